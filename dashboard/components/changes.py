"""Like-for-like changes of a measure under the page's filters, and their bars."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dashboard import queries
from dashboard.charts.bars import Bar, draw_change_bars
from dashboard.components.bounds import bounds_words
from dashboard.components.chart import Drawing
from dashboard.components.count_unit import (
    ARROW,
    both_amounts,
    change_amount,
    change_percent,
    unit_in,
    unit_of_change,
)
from dashboard.components.markup import esc
from dashboard.components.of_activity import has_activity, own_filters
from dashboard.components.page import View
from dashboard.components.value_cells import change_cells
from dashboard.filters import Filters, change_params, value_params, with_measure
from dashboard.format import percent, plain, signed_points, with_unit
from dashboard.records import Change, Measure, PairCount, Total
from dashboard.sentences import Headline, short
from dashboard.tables import Cell, Column, Table
from dashboard.totals import ChangeSet, split_changes, total_of

MAX_BARS = 14
CARRIED_BY = 3  # a unit that holds more than one part in so many of the net change is named


def measure_changes(view: View, measure: Measure | None = None) -> ChangeSet:
    """Changes of the page's measure (or of another one) by unit, and their total."""
    wanted = measure or view.measure
    return filtered_changes(view, wanted, with_measure(view.filters, wanted.measure_id))


def filtered_changes(view: View, wanted: Measure, filters: Filters) -> ChangeSet:
    """A measure's changes under filters of its own."""
    params = change_params(filters)
    rows = queries.query_changes(view.source, params)
    if wanted.kind == "coverage" and filters.scope and not filters.activity:
        units = (row for row in rows if row.unit_id is not None)
        rows = (*units, *queries.query_kind_coverage(view.source, params))
    return split_changes(rows, filters, wanted.kind, tiny_base=queries.query_tiny_base(view.source))


def total_change(view: View, measure: Measure) -> Change | None:
    """The release's own like-for-like total of a measure, over all units and activities."""
    params = change_params(with_measure(view.filters, measure.measure_id)) | {"scope": "", "activity_id": ""}
    return next((row for row in queries.query_changes(view.source, params) if row.unit_id is None), None)


def selected_total(view: View, measure: Measure) -> Total | None:
    """A measure's total over the units and the activity chosen; the release's own where all are."""
    filters = own_filters(view, measure)
    if not filters.scope and not filters.activity:
        return queries.query_totals(view.source, view.campaign.campaign_id).get(measure.measure_id)
    return total_of(queries.query_unit_values(view.source, value_params(filters)), measure.measure_id, measure.kind)


def selected_change(view: View, measure: Measure) -> Change | None:
    """The like-for-like change of that same total: same units, same activity."""
    filters = own_filters(view, measure)
    if not filters.scope and not filters.activity:
        return total_change(view, measure)
    return filtered_changes(view, measure, filters).total


def figure_label(view: View, measure: Measure) -> str:
    """A key figure's label with its unit, and "all activities" where the chosen one does not apply to it."""
    label, unit = view.pick(measure.label_zh, measure.label_en), view.pick(measure.unit_zh, measure.unit_en)
    key = "overview.figure" if has_activity(view, measure) else "overview.figure.all"
    return view.t(key, label=label, unit=unit)


def largest_changes(changes: ChangeSet, most: int = MAX_BARS) -> tuple[Change, ...]:
    """The largest rises and the largest falls, rises first; where one side is short, the other takes its places."""
    rows = sorted(changes.comparable, key=lambda row: row.change or 0, reverse=True)
    if len(rows) <= most:
        return tuple(rows)
    falls = sum(1 for row in rows if (row.change or 0) < 0)
    low = min(falls, max(most // 2, most - (len(rows) - falls)))
    return (*rows[: most - low], *rows[len(rows) - low :])


def most_changed(changes: ChangeSet, most: int) -> tuple[Change, ...]:
    """The units that changed most in either direction, those that rose first."""
    rows = sorted(changes.comparable, key=lambda row: abs(row.change or 0), reverse=True)[:most]
    return tuple(sorted(rows, key=lambda row: row.change or 0, reverse=True))


def shown_words(view: View, changes: ChangeSet, rows: Sequence[Change]) -> str:
    """Which of the units a chart of changes shows, and what its star means; empty when it shows all and none."""
    zero = view.measure.kind != "coverage" and any(row.base_value == 0 and row.change for row in rows)
    star = view.t("change.from_zero", base=view.filters.base_year) if zero else ""
    if len(rows) == len(changes.comparable):
        return star
    rise, fall = (sum(1 for row in rows if sign * (row.change or 0) > 0) for sign in (1, -1))
    return " ".join((view.t("change.shown", rise=rise, fall=fall, m=len(changes.comparable)), star)).strip()


def basis_words(view: View, measure: Measure, total: Change | None) -> str:
    """Which part the percentage is over: both sums, units, indicators where not all are comparable, values not exact."""
    if total is None or total.change is None:
        return ""
    words = {
        "grade": view.t(f"yoy.grade.{total.grade}"), "n": total.n_units,
        "base": whole_in(view, total.base_value, measure, view.filters.base_year),
        "now": whole_in(view, total.value, measure, view.filters.year),
    }  # fmt: skip
    if count := part_count(view, measure, total):
        basis = view.t("change.basis.part", **words, k=count.n_used, m=count.n_asked)
    else:
        basis = view.t("change.basis", **words)
    return f"{basis}{bounds_words(view, measure)}"


def part_count(view: View, measure: Measure, total: Change | None) -> PairCount | None:
    """How many of the measure's indicators a change rests on; None where there is none, or it rests on all."""
    if total is None or total.change is None or measure.kind == "coverage":
        return None
    count = queries.query_pair_count(view.source, change_params(own_filters(view, measure)))
    return count if count.n_used < count.n_asked else None


def whole_in(view: View, value: float | None, measure: Measure, year: int | None) -> str:
    """A sum in full, so that a percentage beside it can be checked; with its unit where the years count in different ones."""
    if measure.kind == "coverage":
        return percent(value)
    changed = ARROW in unit_of_change(view, measure)
    return with_unit(plain(value), unit_in(view, measure, year), view.lang) if changed else plain(value)


def carrying_unit(changes: ChangeSet, measure: Measure) -> Change | None:
    """The unit that alone holds more than a third of the net change, in its direction; None of shares or without one."""
    net = changes.total.change if changes.total else None
    if measure.kind == "coverage" or not net or len(changes.comparable) < CARRIED_BY:
        return None
    top = max(changes.comparable, key=lambda row: (row.change or 0) * net)
    return top if CARRIED_BY * (top.change or 0) * net > net * net else None


def change_bar(view: View, row: Change, *, is_doubted: bool) -> Bar:
    """A unit's change as a bar, with both years in its tip; no percentage of one in doubt."""
    name, lang = short(row, view.lang), view.lang
    is_points = view.measure.kind == "coverage"
    shown = signed_points(row.change, lang) if is_points else change_amount(view, row)
    if row.base_value == 0 and row.change and not is_points:
        # From nothing to something is more often a blank filled at last than a rise.
        shown += "*"
    if row.pct is not None and not is_doubted:
        shown += f" ({change_percent(view, row)})"
    tip = [f"<b>{esc(name)}</b>", esc(shown), esc(both_amounts(view, row))]
    if is_doubted:
        tip.append(esc(view.t("doubt.mark")))
    return Bar(str(row.unit_id), name, row.change, shown, "<br>".join(tip))


def change_note(view: View, changes: ChangeSet, rows: Sequence[Change]) -> str:
    """What the changes rest on, and which of the units these rows are."""
    return " ".join((basis_words(view, view.measure, changes.total), shown_words(view, changes, rows))).strip()


def change_drawing(
    view: View, rows: Sequence[Change], found: Headline, doubted: Collection[str], note: str = "", key: str = "change"
) -> Drawing:
    """Diverging bars of these rows, in the order given."""
    figure = draw_change_bars([change_bar(view, row, is_doubted=row.unit_id in doubted) for row in rows])
    name = view.t("chart.change", base=view.filters.base_year)
    return Drawing(key, name, figure, found, both_years_table(view, name, rows, doubted), note=note)


def both_years_table(view: View, title: str, rows: Sequence[Change], doubted: Collection[str]) -> Table:
    """One row per unit: both years' comparable parts, change, percent where the base allows it."""
    units = [unit_in(view, view.measure, year) for year in (view.filters.base_year, view.filters.year)]
    of_change = view.t("yoy.points") if view.measure.kind == "coverage" else unit_of_change(view, view.measure)
    columns = (
        Column(view.t("table.unit"), is_short=True),
        Column(view.t("table.base", year=view.filters.base_year), units[0], is_number=True),
        Column(view.t("yoy.now", year=view.filters.year), units[1], is_number=True),
        Column(view.t("table.change"), of_change, is_number=True),
        Column(view.t("table.pct"), "%", is_number=True),
    )  # fmt: skip
    cells = []
    for row in rows:
        now, base, change, pct = change_cells(view, row, doubted)
        name = view.pick(row.name_zh, row.name_en)
        cells.append((Cell(name, name), base, now, change, pct))
    return Table(title, columns, tuple(cells))
