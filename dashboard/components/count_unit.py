"""In which unit a year counts: the one its form prints; of two years compared both, where they differ."""

from __future__ import annotations

from dataclasses import replace

from dashboard.components.page import View
from dashboard.format import UNIT_CHANGE, qualified, signed_compact, signed_percent, value_text, with_unit
from dashboard.records import Change, Measure

ARROW = UNIT_CHANGE
SEVERAL = "/"


def measure_in(view: View, measure: Measure, year: int | None) -> Measure:
    """The measure in the unit of that year's form."""
    campaign = view.choices.campaign(view.filters.jurisdiction, year)
    return view.choices.measure_in(campaign.form_id, measure) if campaign else measure


def unit_in(view: View, measure: Measure, year: int | None) -> str:
    """The unit in which that year's form counts a measure."""
    found = measure_in(view, measure, year)
    return view.pick(found.unit_zh, found.unit_en)


def unit_of_change(view: View, measure: Measure) -> str:
    """The unit of a difference between the two years: 个, or 条→个 where the forms count in different ones."""
    base, now = (unit_in(view, measure, year) for year in (view.filters.base_year, view.filters.year))
    return now if base == now or view.filters.base_year is None else f"{base}{ARROW}{now}"


def measure_of_change(view: View, measure: Measure) -> Measure:
    """The measure as its difference between the two years is counted: 条→个 for its unit where that changed."""
    unit = unit_of_change(view, measure)
    return measure if ARROW not in unit else replace(measure, unit_zh=unit, unit_en=unit)


def amount_in(view: View, value: float | None, qualifier: str, year: int | None) -> str:
    """A value of the page's measure in short form with its mark and that year's unit: 约34条."""
    unit = unit_in(view, view.measure, year)
    number = qualified(value_text(value, unit, view.lang), qualifier, view.lang)
    return number if unit == "%" or value is None else with_unit(number, unit, view.lang)


def both_amounts(view: View, row: Change) -> str:
    """2021: 约34条 → 2022: 40个."""
    base, now = view.filters.base_year, view.filters.year
    then = amount_in(view, row.base_value, row.base_qualifier, base)
    return f"{base}: {then} {ARROW} {now}: {amount_in(view, row.value, row.qualifier, now)}"


def change_amount(view: View, row: Change) -> str:
    """The change in short form with its sign, and of one unit whether it is only about so much: 约+12."""
    return qualified(signed_compact(row.change, view.lang), row.own_qualifier, view.lang)


def change_percent(view: View, row: Change) -> str:
    """The change in percent with its sign, and of one unit whether it is only about so much: 约+12.3%."""
    return qualified(signed_percent(row.pct), row.own_qualifier, view.lang)


def years_unit(view: View, measure: Measure, years: tuple[int, ...]) -> str:
    """The unit of several years on one scale: 条, or 条/个 where their forms count in different ones."""
    return SEVERAL.join(dict.fromkeys(unit_in(view, measure, year) for year in years))
