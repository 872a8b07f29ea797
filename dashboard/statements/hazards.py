"""What is said of hazards: totals of the page's measures, the measure by unit."""

from __future__ import annotations

from statistics import median

from dashboard.charts.bars import Bar, draw_bars
from dashboard.components.changes import selected_change, selected_total
from dashboard.components.chart import Drawing
from dashboard.components.chart_table import named_table
from dashboard.components.doubt import figure_delta
from dashboard.components.markup import esc
from dashboard.components.page import View
from dashboard.components.parts import (
    KeyFigure,
)
from dashboard.format import compact, with_unit
from dashboard.records import UnitValue
from dashboard.sentences import Headline, compact_or_mark, short, total_text
from dashboard.theme import strong

SHOWN = ("hazards_exposed", "typical_cases", "public_reports", "warning_education")


def figures(view: View) -> list[KeyFigure]:
    """Totals of the page's measures, each with its like-for-like change."""
    shown = []
    for measure_id in SHOWN:
        measure = view.choices.measure(measure_id)
        if measure is None:
            continue
        label = view.t(
            "overview.figure", label=view.pick(measure.label_zh, measure.label_en),
            unit=view.pick(measure.unit_zh, measure.unit_en),
        )  # fmt: skip
        value = total_text(selected_total(view, measure), measure, view.lang)
        delta = figure_delta(view, measure, selected_change(view, measure))
        definition = view.pick(measure.definition_zh, measure.definition_en)
        shown.append(KeyFigure(label, value, delta, "hazards", definition))
    return shown


def unit_headline(view: View, rows: tuple[UnitValue, ...]) -> Headline:
    """The middle of the units, and how many report nothing at all."""
    values = [row.value for row in rows if row.value is not None]
    if not values:
        return Headline(view.t("headline.nothing"), "")
    zero = sum(1 for value in values if value == 0)
    middle = compact(median(values), view.lang)
    caveat = view.t("hazards.units.zero", n=zero) if zero else view.t("hazards.units.no_zero")
    return Headline(view.t("hazards.units.median", value=with_unit(middle, view.measure_unit, view.lang)), caveat)


def unit_drawing(view: View, rows: tuple[UnitValue, ...]) -> Drawing:
    """The units in the order given, drawn in the measure's hue."""
    bars = [
        Bar(
            row.unit_id, short(row, view.lang), row.value, text := compact_or_mark(row, view.measure, view.lang),
            f"<b>{esc(view.pick(row.name_zh, row.name_en))}</b><br>{esc(text)}",
        )
        for row in rows
    ]  # fmt: skip
    figure, name = draw_bars(bars, strong(view.measure.hue)), view.t("chart.bars")
    table = named_table(view, name, bars, label=view.measure_label, unit=view.measure_unit)
    return Drawing("hazard_bars", name, figure, unit_headline(view, rows), table)
