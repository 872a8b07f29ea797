"""Rows in which a clerk took the sentences apart: the words of a blank in one cell, the answer in the next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from etl.document import Cell
from etl.extract.slots import ActivityPlan
from etl.interpret.lexicon import load_lexicon

_LONGEST = 120  # characters of one blank's own words


@dataclass(frozen=True)
class LabelRow:
    """A sentence put together again from two cells, at the place of the answer; `columns` are the two."""

    cell: Cell
    columns: tuple[int, int]


@lru_cache(maxsize=1)
def _answer() -> re.Pattern[str]:
    lex = load_lexicon()
    marks = re.escape(lex.ticked + lex.ticks + lex.boxes)
    number = rf"(?:{lex.before})*[\d.,]+[万亿千百]?(?:{lex.after})*(?:{lex.units})?"
    return re.compile(rf"{number}|[{marks}是否()]+|无|/|-+|—+")


@lru_cache(maxsize=1)
def _unit_behind() -> re.Pattern[str]:
    return re.compile(rf"[(（]\s*(?:单位[:：])?\s*({load_lexicon().units})\s*[)）][:：]?\s*$")


def label_and_answer(plan: ActivityPlan, row: Sequence[Cell], texts: Sequence[str], at: int) -> LabelRow | None:
    """The sentence of a row whose words end in a unit in brackets, or are a blank's own, with the answer behind them."""
    if len(row) < 2:
        return None
    if len(texts[at]) > _LONGEST:
        return None
    label_at = at - 1 if at and (_answer().fullmatch(texts[at]) or not texts[at]) else at
    if label_at + 1 >= len(row) or not texts[label_at]:
        return None
    label, answer = row[label_at].text.strip(), row[label_at + 1]
    if len(label) > _LONGEST:
        return None
    unit = _unit_behind().search(label)
    is_answer = bool(_answer().fullmatch(texts[label_at + 1])) or texts[label_at + 1] == ""
    if unit and is_answer and not re.search(r"\d", label[: unit.start()].replace("6·16", "")):
        text = f"{label[: unit.start()]}（{answer.text.strip()}）{unit.group(1)}；"
    elif texts[label_at + 1] and any(texts[label_at].rstrip(":") == s.label for s in plan.slots if s.kind != "count"):
        text = f"{label}{answer.text.strip()}；"
    else:
        return None
    return LabelRow(Cell(text, answer.place), (label_at, label_at + 1))
