"""Words beside figures which say that they may not be this campaign's, or not settled."""

from __future__ import annotations

import re

from etl.interpret.lexicon import load_lexicon


def casts_doubt(words: str) -> bool:
    """Whether folded words around a form, a table or an answer do: 以上为去年数据, 样表; not 按照计划开展."""
    lex = load_lexicon()
    return re.search(lex.doubt_lines, re.sub(lex.harmless, "", words)) is not None
