"""The fills of an activity whose whole text matches its printed sentences."""

from __future__ import annotations

import re

from etl.extract.fill import Fill
from etl.extract.slots import ActivityPlan
from etl.extract.squeeze import Squeezed
from etl.extract.worded import bare_flag
from etl.interpret.count import Typed
from etl.interpret.numerals import NUMERAL_CHARS, SCALES

_BRACKETED = re.compile(r"([^()\[\]]*)[(\[](.*)[)\]]([^()\[\]]*)", re.DOTALL)


def loose_fills(plan: ActivityPlan, cell: Squeezed, match: re.Match[str]) -> dict[str, Fill]:
    """What stands between the printed words, brackets or none: read like the content of a bracket."""
    fills = {}
    for n, slot in enumerate(plan.slots, start=1):
        start, end = match.span(n)
        typed = cell.between(start, end)
        around = _BRACKETED.fullmatch(cell.text[start:end])
        flags: tuple[str, ...] = ()
        if slot.kind == "text":
            typed = typed.strip(" \u3000\n:：")
            is_bracketed = around is not None and around.group(1) in ("", ":") and not around.group(3)
            answer = Typed(typed[1:-1] if is_bracketed else typed)
        elif slot.kind == "count" and around is not None and _is_one_bracket(around):
            (left, _), (inner, stop), (right, _) = (around.span(g) for g in (1, 2, 3))
            answer = Typed(
                cell.between(start + inner, start + stop),
                cell.raw(start + left, start + inner - 1),
                cell.raw(start + right, end),
            )
            flags = ("other_bracket",) if cell.text[start + inner - 1] == "[" else ()
        else:
            answer = Typed(_bare(typed) if slot.kind == "count" else typed)
        fills[slot.indicator_id] = Fill(slot.indicator_id, answer, cell.raw(start, end), flags=flags, start=start)
        if slot.kind == "flag" and not typed.strip("_ \u3000"):
            fills[slot.indicator_id] = bare_flag(slot, cell, start)
    return fills


def _bare(typed: str) -> str:
    """What was typed beside an empty bracket, behind a colon or before half a bracket."""
    text = re.sub(r"[(（]\s*[)）]", "", typed).strip(" \u3000\n\t_:：")
    return text if re.search(r"[(（\[［【]", text) else text.rstrip(")）]］】 ")


def _is_one_bracket(around: re.Match[str]) -> bool:
    """Whether one bracket holds the answer: not 12)和(5, and not a number with another in a bracket behind it."""
    before, inner, after = around.groups()
    if inner.strip("_") and re.search(rf"[\d{NUMERAL_CHARS}]", before + re.sub(f"^[{SCALES}余多]+", "", after)):
        return False
    depth = 0
    for char in inner:
        depth += (char in "([") - (char in ")]")
        if depth < 0:
            return False
    return depth == 0


def exact_fills(plan: ActivityPlan, cell: Squeezed, match: re.Match[str]) -> dict[str, Fill]:
    """What stands in the blanks of the printed sentences as they are."""
    fills = {}
    typed, origin = cell.typed, cell.origin
    for n, slot in enumerate(plan.slots, start=1):
        start, end = match.span(n)
        raw = typed[origin[start] : origin[end - 1] + 1] if start < end else ""
        if slot.kind == "count":
            fills[slot.indicator_id] = Fill(slot.indicator_id, Typed(raw), raw, "sure", (), "", "", start)
        elif slot.kind == "text":
            fills[slot.indicator_id] = Fill(slot.indicator_id, Typed(cell.between(start, end)), raw, start=start)
        elif raw.strip("_ \u3000"):
            fills[slot.indicator_id] = Fill(slot.indicator_id, Typed(raw), raw, start=start)
        else:
            fills[slot.indicator_id] = bare_flag(slot, cell, start)
    return fills
