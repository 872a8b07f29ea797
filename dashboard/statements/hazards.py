"""What is said of hazards: totals of the page's measures, the measure by unit."""

from __future__ import annotations

from statistics import median

from dashboard import queries
from dashboard.charts.bars import Bar, draw_bars
from dashboard.charts.scatter import Dot, draw_scatter
from dashboard.components.bivariate import measure_columns
from dashboard.components.changes import selected_change, selected_total
from dashboard.components.chart import Drawing
from dashboard.components.chart_table import named_table, values_matrix
from dashboard.components.doubt import figure_delta
from dashboard.components.markup import esc
from dashboard.components.page import View
from dashboard.components.parts import (
    KeyFigure,
)
from dashboard.filters import value_params, with_measure
from dashboard.format import compact, percent, with_unit
from dashboard.records import Measure, UnitValue
from dashboard.sentences import Headline, compact_or_mark, short, total_text, value_words
from dashboard.tables import Column
from dashboard.theme import strong

# measure -> the one it is set against.
PARTNER = {"hazards_exposed": "public_reports"}
MIN_DOTS = 6
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
    """The middle of the units, and how many report nothing at all; of one unit its figure."""
    values = [row.value for row in rows if row.value is not None]
    if not values:
        return Headline(view.t("headline.nothing"), "")
    if len(rows) == 1:
        return standing_words(view, rows[0])
    zero = sum(1 for value in values if value == 0)
    middle = compact(median(values), view.lang)
    caveat = view.t("hazards.units.zero", n=zero) if zero else view.t("hazards.units.no_zero")
    return Headline(view.t("hazards.units.median", value=with_unit(middle, view.measure_unit, view.lang)), caveat)


def standing_words(view: View, row: UnitValue) -> Headline:
    """A single unit's value: it has no middle."""
    value = value_words(row, view.measure, view.lang)
    words = view.t("headline.one", name=short(row, view.lang), label=view.measure_label, value=value)
    return Headline(words, view.t("headline.stop"))


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
    table = named_table(view, name, bars, [row.qualifier for row in rows])
    return Drawing("hazard_bars", name, figure, unit_headline(view, rows), table)


def partner_of(view: View) -> Measure | None:
    """The measure that the chosen one is set against."""
    return view.choices.measure(PARTNER.get(view.measure.measure_id, SHOWN[0]))


def relation_drawing(view: View, rows: tuple[UnitValue, ...]) -> Drawing | None:
    """The chosen measure against another one, one dot a unit, and how many units lie high in both; None with too few."""
    other = partner_of(view)
    if other is None or view.filters.per_10k:
        return None
    partner = queries.query_unit_values(view.source, value_params(with_measure(view.filters, other.measure_id)))
    partners = {row.unit_id: row for row in partner}
    both = [(row, partners[row.unit_id]) for row in rows if row.unit_id in partners]
    both = [pair for pair in both if None not in (pair[0].value, pair[1].value)]
    pairs = [(row, row.value or 0, other_row.value or 0) for row, other_row in both]
    if len(pairs) < MIN_DOTS:
        return None
    label, other_label = view.measure_label, view.pick(other.label_zh, other.label_en)
    middles = median(x for _, x, _ in pairs), median(y for _, _, y in pairs)
    above = [y > middles[1] for _, x, y in pairs if x > middles[0]]
    share = percent(100 * sum(above) / len(above), 0) if above else "0%"
    finding = view.t("hazards.relation.headline", share=share, one=label, other=other_label, n=len(above))
    found = Headline(finding, view.t("hazards.relation.caveat", m=len(pairs)))
    dots = [
        Dot(row.unit_id, short(row, view.lang), x, y,
            f"<b>{esc(view.pick(row.name_zh, row.name_en))}</b><br>{esc(label)} {esc(compact(x, view.lang))}"
            f"<br>{esc(other_label)} {esc(compact(y, view.lang))}")
        for row, x, y in pairs
    ]  # fmt: skip
    titles = [
        view.t("overview.figure", label=view.pick(m.label_zh, m.label_en), unit=view.pick(m.unit_zh, m.unit_en))
        for m in (view.measure, other)
    ]
    figure = draw_scatter(dots, titles[0], titles[1], strong("hazards"), lambda value: compact(value, view.lang))
    columns = (Column(view.t("table.unit"), is_short=True), *measure_columns(view, (view.measure, other)))
    table = values_matrix(view, view.t("chart.relation"), columns, ((short(pair[0], view.lang), pair) for pair in both))
    return Drawing("relation", view.t("chart.relation"), figure, found, table)
