"""What only numbers the columns or rows of a table (1, (2), 甲, 栏次, A01), or says how to fill it in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from etl.document import CellValue
from etl.interpret.lexicon import load_lexicon

_NUMBERING = re.compile(
    r"\(?\d{1,3}\)?|[甲乙丙丁戊]|栏次|行次|(?:指标|栏目)?(?:代码|编码|编号)|[A-Z]|[A-Z]{1,3}-?\d{1,4}|:?-{2,}:?"
)
_FIRST_YEAR, _LAST_YEAR = 2000, 2099
_COUNTED_FROM = 4  # columns are numbered from 1, or go on behind two or three that aren't


def is_numbering(word: str) -> bool:
    """Whether a folded word below a head only numbers its column, or is a code of it (A01, X-3)."""
    return _NUMBERING.fullmatch(word) is not None


def is_hint_row(words: Sequence[str]) -> bool:
    """Whether a row below the heads only says how to fill the table in: 填写说明, 整数, 整数."""
    lex = load_lexicon()
    hints = words[1:] if words and words[0] in lex.hint_heads else words
    return bool(hints) and all(re.fullmatch(rf"\(?(?:{lex.hint_words})\)?", word) for word in hints)


def are_no_figures(values: Sequence[CellValue]) -> bool:
    """Whether what stands behind 单位 is no row's figures (市直单位 has such): words, years, or 1, 2, 3 … that number the columns."""
    numbers = [v for v in values if isinstance(v, float)]
    are_years = all(_FIRST_YEAR <= n <= _LAST_YEAR for n in numbers)
    are_counted = len(numbers) > 1 and all(b - a == 1 for a, b in pairwise(numbers)) and numbers[0] < _COUNTED_FROM
    return len(numbers) < len(values) or are_years or are_counted
