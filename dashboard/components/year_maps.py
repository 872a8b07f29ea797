"""All years on small maps with one set of classes; gaps keep their place, changes of form or districts are said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dashboard import queries
from dashboard.charts.breaks import Classes, coverage_classes, value_classes
from dashboard.charts.geometry import read_layer
from dashboard.charts.small_maps import YearMap, draw_small_maps
from dashboard.components.chart import Drawing, show_drawing
from dashboard.components.chart_table import values_matrix
from dashboard.components.count_unit import unit_in, years_unit
from dashboard.components.doubt import Doubts, doubted_totals, with_doubts
from dashboard.components.mapview import legend_html, to_map_unit, unit_values, value_legend
from dashboard.components.markup import esc, show
from dashboard.components.page import View, unit_words
from dashboard.components.parts import block_note, headline, section
from dashboard.components.value_doubt import doubt_cell, doubt_column, doubts_by_year
from dashboard.queries.comparison import query_year_bases
from dashboard.records import UnitValue
from dashboard.records.comparison import YearBasis
from dashboard.sentences import Headline, compact_or_mark
from dashboard.tables import Column, Table


def year_maps(view: View) -> None:
    """The small maps; nothing where there are none."""
    years = mapped_years(view)
    if not years:
        return
    section(view.t("maps.title", label=view.measure_label))
    drawing = maps_drawing(view, years)
    headline(drawing.found)
    show_drawing(view, drawing)
    show(legend_html(drawing.swatches))
    block_note(view)


def year_face(view: View) -> tuple[str, ...]:
    """The small maps among a page's faces, where there are any."""
    return ("years",) if mapped_years(view) else ()


def mapped_years(view: View) -> tuple[YearBasis, ...]:
    """The years loaded; none where there are fewer than two, or no map."""
    years = query_year_bases(view.source, view.filters.jurisdiction)
    return years if len(years) > 1 and any(year.layer_id for year in years) else ()


def maps_drawing(view: View, years: tuple[YearBasis, ...]) -> Drawing:
    """The small maps with one legend."""
    rows = {year.year: unit_values(view, year.year) for year in years}
    everything = [row for of_year in rows.values() for row in of_year]
    classes = classes_of(view, everything)
    breaks = [y.year for x, y in zip(years, years[1:], strict=False) if x.form_id != y.form_id or y.has_new_districts]  # noqa: RUF007
    finding = view.t("maps.headline", n=len(years))
    caveat = view.t("maps.caveat", years=view.t("names.glue").join(map(str, breaks))) if breaks else ""
    weighty = doubted_totals(view, view.measure, view.filters.scope, view.filters.activity)
    found = with_doubts(view, Headline(finding, caveat or view.t("headline.stop")), weighty)
    doubts = doubts_by_year(view)
    figure = draw_small_maps(panels(view, years, rows, doubts), classes)
    unit = unit_words(view, years_unit(view, view.measure, tuple(rows)))
    legend = value_legend(view, classes, everything, unit)
    return Drawing("year_maps", view.t("maps.short"), figure, found, maps_table(view, rows, doubts), swatches=legend)


def maps_table(view: View, rows: dict[int, tuple[UnitValue, ...]], doubts: Mapping[int, Doubts]) -> Table:
    """One row per unit that any of the years expects, a column a year; "—" where it has no figure.

    Where a value is in doubt, a last column says which.
    """
    names = {row.unit_id: view.pick(row.name_zh, row.name_en) for found in rows.values() for row in found}
    values = {year: {row.unit_id: row for row in found} for year, found in rows.items()}
    columns = [Column(view.t("table.unit"), is_short=True)]
    units = {year: unit_words(view, unit_in(view, view.measure, year)) for year in rows}
    columns += [Column(str(year), units[year], is_number=True) for year in rows]
    table = values_matrix(
        view, view.t("maps.short"), columns, ((name, [values[y].get(u) for y in rows]) for u, name in names.items())
    )
    if not doubts:
        return table
    notes = [[doubt for year in rows for doubt in doubts.get(year, {}).get(unit, ())] for unit in names]
    cells = tuple((*row, doubt_cell(view, found)) for row, found in zip(table.rows, notes, strict=True))
    return replace(table, columns=(*table.columns, doubt_column(view)), rows=cells)


def classes_of(view: View, rows: list[UnitValue]) -> Classes:
    """One set of classes over all years."""
    if view.measure.kind == "coverage":
        return coverage_classes(view.measure.hue)
    values = [row.value for row in rows if row.value is not None]
    return value_classes(values, view.measure.hue, is_percent=view.measure.unit_zh == "%")


def panels(
    view: View, years: tuple[YearBasis, ...], rows: dict[int, tuple[UnitValue, ...]], doubts: Mapping[int, Doubts]
) -> list[YearMap]:
    """A panel a year; years between two loaded ones that have no figures share an empty one."""
    found: list[YearMap] = []
    before: YearBasis | None = None
    for year in years:
        if before is not None and year.year - before.year > 1:
            first, last = before.year + 1, year.year - 1
            title = str(first) if first == last else f"{first}\u2013{last}"
            found.append(YearMap(title, esc(view.t("maps.gap"))))
        found.append(panel(view, year, before, rows[year.year], doubts.get(year.year, {})))
        before = year
    return found


def panel(
    view: View, year: YearBasis, before: YearBasis | None, rows: tuple[UnitValue, ...], doubts: Doubts
) -> YearMap:
    """One year's map with how many units have a figure, and what changed since the year before."""
    n_valued = sum(row.value is not None for row in rows)
    words = [view.t("maps.units", n=n_valued, m=len(rows))]
    if before is not None and before.form_id != year.form_id:
        words.append(view.t("maps.form"))
    if year.has_new_districts:
        words.append(view.t("maps.districts"))
    if doubts:
        words.append(view.t("maps.doubt", n=len(doubts)))
    layer = queries.query_map_layer(view.source, year.layer_id or "")
    shapes = read_layer(layer) if layer else None
    units = tuple(
        replace(to_map_unit(view, row), hover=esc(tip(view, row, is_doubted=row.unit_id in doubts))) for row in rows
    )
    return YearMap(str(year.year), esc(" \u00b7 ".join(words)), units, shapes if shapes and shapes.shapes else None)


def tip(view: View, row: UnitValue, *, is_doubted: bool) -> str:
    """A unit's value in short, or its mark; and that it is in doubt."""
    words = (view.pick(row.short_zh, row.name_en), compact_or_mark(row, view.measure, view.lang))
    return " ".join((*words, view.t("doubt.mark")) if is_doubted else words)
