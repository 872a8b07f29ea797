"""One blank of a Word form as typed -> its reading."""

from __future__ import annotations

from etl.catalog.model import Indicator
from etl.extract.fill import Fill
from etl.extract.squeeze import squeeze_text
from etl.facts import are_few, interpret
from etl.interpret.fold import fold
from etl.interpret.lexicon import load_lexicon
from etl.interpret.reading import ROW_MISSING, Reading, withheld
from etl.interpret.times import is_earlier, without_comparison
from etl.interpret.units import is_kin


def is_plain_fill(fill: Fill) -> bool:
    """Whether nothing but a few digits stands in a blank, and nothing doubts it."""
    return fill.certainty == "sure" and not fill.flags and are_few(fill.raw)


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
