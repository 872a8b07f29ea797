"""Two measures on one map: thirds of participation by thirds of hazards exposed, nine colours."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard import queries
from dashboard.charts.breaks import Classes, quantile
from dashboard.charts.frame import Swatch
from dashboard.charts.map_marks import MapUnit
from dashboard.components.chart_table import values_matrix
from dashboard.components.mapview import mark_legend, mark_of, show_map, to_map_unit
from dashboard.components.markup import esc, show, tag, wrap
from dashboard.components.page import View, unit_of
from dashboard.components.parts import block_note, headline, note, section
from dashboard.components.pivot import cell_doubts
from dashboard.components.population import population_words
from dashboard.filters import value_params, with_measure
from dashboard.records import Measure, UnitValue
from dashboard.sentences import Headline, join_names, short, value_words
from dashboard.tables import Column, Table
from dashboard.theme import PAIRED
from dashboard.totals import per_10k

PAIR = ("participation", "hazards_exposed")
MIN_UNITS = 9
CORNERS = (6, 2, 8, 0)  # classes in the order in which they lead: high in the first measure and low in the second …
CLASSES = Classes(tuple(n + 0.5 for n in range(8)), PAIRED)


@dataclass(frozen=True)
class Paired:
    """The map of both: what it says, the units by class, the legend, the table behind it."""

    found: Headline
    units: tuple[MapUnit, ...]
    legend: tuple[Swatch, ...]
    table: Table
    population: str  # what is to be said of the people behind its rates


def paired_map(view: View) -> None:
    """Which units are high in one and low in the other."""
    measures = paired_measures(view)
    if measures is None:
        return
    labels = [view.pick(m.label_zh, m.label_en) for m in measures]
    section(view.t("paired.title", one=labels[0], other=labels[1]))
    parts = paired_parts(view)
    if parts is None:
        note(view.t("paired.few", n=MIN_UNITS))
        return
    headline(parts.found)
    show(square_html(view, labels))
    # The page shows the nine colours as a square; the saved picture has them in its line of words.
    marks = tuple(swatch for swatch in parts.legend if swatch.kind not in ("words", "box"))
    show_map(
        view, parts.units, CLASSES, parts.legend, parts.found.sentence, "map_pair", parts.table,
        view.t("reports.chart.paired_map"), marks,
    )  # fmt: skip
    note(view.t("paired.note"))
    if parts.population:
        note(parts.population)
    for words in cell_doubts(view, paired_measures(view) or ()):
        note(words)
    block_note(view)


def paired_measures(view: View) -> tuple[Measure, Measure] | None:
    """Both measures, where the release knows them."""
    one, other = (view.choices.measure(name) for name in PAIR)
    return (one, other) if one is not None and other is not None else None


def paired_parts(view: View) -> Paired | None:
    """What the map shows; None with too few units that have both."""
    measures = paired_measures(view)
    if measures is None:
        return None
    one, other = measures
    labels = [view.pick(m.label_zh, m.label_en) for m in measures]
    rows, partner = values_of(view, one), {row.unit_id: row for row in values_of(view, other)}
    thirds = [
        breaks_of([row.value for row in side if row.value is not None]) for side in (rows, tuple(partner.values()))
    ]
    if sum(row.value is not None and partner[row.unit_id].value is not None for row in rows) < MIN_UNITS:
        return None
    classes = {row.unit_id: class_of(row, partner[row.unit_id], thirds) for row in rows}
    sentence = corner_headline(view, labels, {row: classes[row.unit_id] for row in rows})
    marks = {row.unit_id: mark_of(gap_of(row, partner[row.unit_id])) for row in rows}
    units = [
        replace(
            to_map_unit(view, row),
            mark=marks[row.unit_id],
            value=place,
            value_text="",
            hover=tip(view, (one, row), (other, partner[row.unit_id])),
        )
        for row in rows
        for place in [classes[row.unit_id]]
    ]
    table = values_matrix(
        view, view.t("chart.map"), (Column(view.t("table.unit"), is_short=True), *measure_columns(view, (one, other))),
        ((view.pick(r.name_zh, r.name_en), (r, partner[r.unit_id])) for r in rows),
    )  # fmt: skip
    noted = population_words(view, (*rows, *partner.values())) if view.filters.per_10k else ""
    return Paired(sentence, tuple(units), legend(view, labels, units, is_noted=bool(noted)), table, noted)


def corner_headline(view: View, labels: Sequence[str], classes: Mapping[UnitValue, int | None]) -> Headline:
    """The units of the first corner that has any: high and low, low and high, both high, both low; and that the first has none."""
    words = {"one": labels[0], "other": labels[1]}
    for corner in CORNERS:
        names = [short(row, view.lang) for row, place in classes.items() if place == corner]
        if names:
            finding = view.t(f"paired.headline.{corner}", n=len(names), **words)
            named = view.t("reason.colon") + join_names(names, view.lang, 8)
            no_gap = view.t("paired.no_gap", **words) if corner != CORNERS[0] else ""
            return Headline(finding, named + no_gap + view.t("headline.stop"))
    n_both = sum(place is not None for place in classes.values())
    return Headline(view.t("paired.headline.rest", n=n_both), view.t("headline.stop"))


def measure_columns(view: View, measures: Sequence[Measure]) -> tuple[Column, ...]:
    """A head for each measure, with its unit."""
    return tuple(Column(view.pick(m.label_zh, m.label_en), unit_of(view, m), is_number=True) for m in measures)


def values_of(view: View, measure: Measure) -> tuple[UnitValue, ...]:
    """A measure by unit over all activities, as a rate where chosen."""
    params = value_params(with_measure(view.filters, measure.measure_id)) | {"activity_id": ""}
    rows = queries.query_unit_values(view.source, params)
    return per_10k(rows) if view.filters.per_10k and measure.per_capita else rows


def breaks_of(values: list[float]) -> tuple[float, float]:
    """The two places that part the values into thirds."""
    ordered = sorted(values) or [0.0]
    return quantile(ordered, 1 / 3), quantile(ordered, 2 / 3)


def class_of(row: UnitValue, partner: UnitValue, thirds: list[tuple[float, float]]) -> int | None:
    """0 to 8: the third of the first measure times three plus that of the second; None without both values."""
    if row.value is None or partner.value is None:
        return None
    return 3 * bisect_left(thirds[0], row.value) + bisect_left(thirds[1], partner.value)


def gap_of(row: UnitValue, partner: UnitValue) -> str:
    """The state of the measure without a value, the first where both have none."""
    return row.state if row.value is None else partner.state


def tip(view: View, *pairs: tuple[Measure, UnitValue]) -> str:
    """The unit's name and both values."""
    name = view.pick(pairs[0][1].name_zh, pairs[0][1].name_en)
    lines = [f"{view.pick(m.label_zh, m.label_en)} {value_words(row, m, view.lang)}" for m, row in pairs]
    return "<br>".join([f"<b>{esc(name)}</b>", *(esc(line) for line in lines)])


def square_html(view: View, labels: list[str]) -> str:
    """The nine colours as a square: the first measure rises upwards, the second to the right."""
    levels = [view.t(f"paired.level.{n}") for n in range(3)]
    rows = ""
    for one in (2, 1, 0):
        cells = "".join(
            f'<td style="background:{esc(PAIRED[3 * one + other])}" title="{esc(f"{labels[0]} {levels[one]}, {labels[1]} {levels[other]}")}"></td>'
            for other in range(3)
        )
        rows += wrap("tr", tag("th", levels[one]) + cells)
    foot = wrap("tr", wrap("th", "") + "".join(tag("th", level) for level in levels))
    table = wrap("table", rows + foot)
    return f'<div class="atlas-square"><span>{esc(labels[0])} ↑</span>{table}<span>{esc(labels[1])} →</span></div>'


def legend(view: View, labels: list[str], units: Sequence[MapUnit], *, is_noted: bool) -> tuple[Swatch, ...]:
    """Nine colours in reading order, and the marks of units without a figure in one of the two."""
    parts = [Swatch(view.t("paired.legend", one=labels[0], other=labels[1]), kind="words")]
    levels = [view.t(f"paired.level.{n}") for n in range(3)]
    parts += [Swatch(f"{levels[n // 3]}\u00d7{levels[n % 3]}", colour) for n, colour in enumerate(PAIRED)]
    parts += mark_legend((unit.mark, view.t(f"paired.none.{unit.mark}")) for unit in units if unit.value is None)
    parts.append(Swatch(view.t("legend.zone"), kind="circle"))
    return (*parts, Swatch(view.t("legend.mark.population"), kind="words")) if is_noted else tuple(parts)
