"""The blanks of one activity of a Word form as typed -> their readings and facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from etl.catalog.model import Indicator
from etl.extract.activity import Extraction
from etl.extract.fill import Fill
from etl.extract.squeeze import squeeze_text
from etl.facts import Fact, are_few, interpret, make_fact, plain_fact
from etl.form.prose import ActivityText
from etl.form.scale_lines import Scale
from etl.form.unit_names import UnitNames
from etl.interpret.fold import fold
from etl.interpret.lexicon import load_lexicon
from etl.interpret.reading import NOT_FILLED, ROW_MISSING, Reading, withheld
from etl.interpret.times import is_earlier, without_comparison
from etl.interpret.units import is_kin


def read_fill(indicator: Indicator, fill: Fill, year: int | None = None) -> Reading:
    """The reading of one fill; an uncertain place, or another year's number, is withheld with what was typed as the proposal."""
    if fill.typed is None:
        return Reading(ROW_MISSING)
    if fill.certainty == "twice":
        return withheld("two_values", proposal=fill.raw)
    if fill.certainty == "listed":
        return withheld("parts_listed", proposal=fill.proposal)
    reading = interpret(indicator, fill.typed)
    if fill.certainty == "doubted" and reading.value:
        return withheld("words_around", proposal=f"{reading.value:.0f}")
    if fill.certainty == "uncertain" and reading.state not in ("not_filled",):
        guess = f"{reading.value:.0f}" if reading.value is not None else fill.raw
        # 人次 typed where the form prints 场 is no proposal for it.
        is_kin_unit = not fill.unit or is_kin(fill.unit, squeeze_text(indicator.unit), load_lexicon())
        return withheld("uncertain_place", proposal=guess if is_kin_unit else None)
    if (
        indicator.kind == "count"
        and reading.value
        and "年" in (fill.raw or "")
        and is_earlier(without_comparison(fold(fill.raw or "")), year)
    ):
        return withheld("words_around", proposal=f"{reading.value:.0f}")
    return reading


class Asked(NamedTuple):
    """What holds for every blank of a form: whose it is, of which year, the scale that its words give, the names of its unit and of others."""

    unit_id: str | None
    year: int | None
    scale: Scale | None
    names: UnitNames


def facts_of(
    asked: Asked, gathered: ActivityText, extraction: Extraction, lengths: list[int], elsewhere: Mapping[str, str]
) -> tuple[list[Fact], bool]:
    """The facts of one activity, and whether words of the clerk's own stand among its answers, which may doubt the row.

    `elsewhere`: the places of answers that stood in another cell.
    """
    activity, facts = gathered.plan.activity, []
    # An optional row that was left out, or says only that it is optional, was not filled in.
    is_left_out = activity.is_optional and all(f.typed is None for f in extraction.fills.values())
    lone = gathered.cells[0].place if len(gathered.cells) == 1 and not elsewhere else ""
    is_plain = bool(lone) and extraction.is_exact and asked.scale is None
    has_words = not is_plain
    for indicator in activity.indicators:
        fill = extraction.fills[indicator.indicator_id]
        if is_plain and indicator.kind == "count" and are_few(fill.raw):
            facts.append(plain_fact(asked.unit_id, indicator, fill.raw or "", f"{lone} 空{indicator.position}"))
            continue
        has_words = has_words or bool((fill.raw or "").strip("□☑√是否"))
        place = elsewhere.get(indicator.indicator_id) or _place(gathered, fill, lengths, indicator.position)
        reading = Reading(NOT_FILLED) if is_left_out else _judged(asked, indicator, fill)
        flags = fill.flags if fill.typed else ()
        facts.append(make_fact(asked.unit_id, indicator, reading, fill.raw, place, flags))
    return facts, has_words


def _judged(asked: Asked, indicator: Indicator, fill: Fill) -> Reading:
    """The reading of a blank; a count that another unit's name or a scale in the heads speaks of is withheld."""
    reading = read_fill(indicator, fill, asked.year)
    if not reading.value or indicator.kind != "count":
        return reading
    if asked.scale is not None and (not asked.scale.is_people or "人" in indicator.unit):
        return withheld("scale_unclear", proposal=asked.scale.proposal(fill.raw or ""))
    return withheld("words_around", proposal=f"{reading.value:.0f}") if asked.names.are_others(fill.raw) else reading


def _place(gathered: ActivityText, fill: Fill, lengths: list[int], position: int) -> str:
    if not gathered.cells:
        return f"{gathered.plan.activity.title_zh[:12]} 空{position}"
    return f"{gathered.place_of(fill.start, lengths)} 空{position}"
