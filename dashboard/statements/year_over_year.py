"""What is said of two years: both side by side by unit, and which activities the change comes from."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from dashboard import queries
from dashboard.charts.bars import Bar, draw_change_bars
from dashboard.charts.dumbbell import Dumbbell, draw_dumbbells
from dashboard.components.change_map import BothYears, in_map, is_points, shown, tip
from dashboard.components.changes import both_years_table
from dashboard.components.chart import Drawing
from dashboard.components.chart_table import change_table_of
from dashboard.components.count_unit import unit_of_change
from dashboard.components.doubt import doubted_change, doubted_units, with_facts
from dashboard.components.markup import esc
from dashboard.components.page import View
from dashboard.filters import change_params
from dashboard.format import compact, inner_quotes, signed_compact, value_text
from dashboard.records import Change
from dashboard.sentences import Headline, short
from dashboard.totals import ChangeSet


def most_headline(view: View, changes: ChangeSet, years: BothYears) -> Headline:
    """Which unit rose most; nobody is named for a fall, nor for a figure in doubt."""
    rows = changes.comparable
    rise, fall = sum((row.change or 0) > 0 for row in rows), sum((row.change or 0) < 0 for row in rows)
    risen = [row for row in rows if (in_map(view, row) or 0) > 0 and row.unit_id not in years.doubts]
    if not risen:
        finding = view.t("headline.rise_fall", rise=rise, fall=fall) if rise else view.t("yoy.most.none")
        return Headline(finding, view.t("headline.stop"))
    top = max(risen, key=lambda row: in_map(view, row) or 0.0)
    finding = view.t("yoy.most.rise", name=short(top, view.lang), shown=shown(view, top))
    if is_points(view):
        return Headline(finding, view.t("headline.stop"))
    base, now = (compact(v, view.lang) for v in (top.base_value, top.value))
    # Said where it explains: half of all units had less to grow from than the others.
    is_small = (top.base_value or 0) < median(row.base_value or 0 for row in rows) / 2
    told = view.t("yoy.most.from", base=base, now=now)
    return Headline(finding, told + view.t("yoy.most.caveat" if is_small else "headline.stop"))


def both_years_drawing(view: View, changes: ChangeSet, years: BothYears, rows: Sequence[Change]) -> Drawing:
    """Each unit's two values on one line, in the order given."""
    bells = [
        Dumbbell(
            str(r.unit_id),
            short(r, view.lang),
            r.base_value or 0,
            r.value or 0,
            view.t("doubt.mark") if years.doubted(view, r) else shown(view, r, why=False),
            tip(view, r, years),
            are_exact=(r.base_qualifier == "exact", r.qualifier == "exact"),
        )
        for r in rows
    ]
    figure = draw_dumbbells(
        bells, str(view.filters.base_year), str(view.filters.year), view.t("yoy.both.rough"),
        lambda value: value_text(value, view.measure.unit_zh, view.lang),
    )  # fmt: skip
    table = both_years_table(view, view.t("yoy.both"), rows, doubted_units(view, changes))
    return Drawing("dumbbells", view.t("yoy.both"), figure, most_headline(view, changes, years), table)


def activity_change_drawing(view: View, changes: ChangeSet) -> Drawing | None:
    """The change of each activity; None under one activity, or where there are not two to tell apart."""
    params = change_params(view.filters)
    names = ("jurisdiction_id", "measure_id", "year", "base_year", "scope")
    rows = queries.query_change_by_activity(view.source, {name: params[name] for name in names})
    if len(rows) < 2 or view.filters.activity:
        return None
    largest = max(rows, key=lambda r: abs(r.value - r.base_value))
    amount = signed_compact(largest.value - largest.base_value, view.lang)
    name = inner_quotes(view.pick(largest.short_zh, largest.short_en), view.lang)
    told = Headline(view.t("yoy.by_activity.headline", name=name, amount=amount), view.t("yoy.by_activity.caveat"))
    found = with_facts(view, told, doubted_change(view, view.measure, changes.total))
    bars = [
        Bar(
            r.activity_id, view.pick(r.short_zh, r.short_en), r.value - r.base_value,
            signed_compact(r.value - r.base_value, view.lang),
            esc(f"{compact(r.base_value, view.lang)} → {compact(r.value, view.lang)}"),
        )
        for r in rows
    ]  # fmt: skip
    unit = unit_of_change(view, view.measure)
    table = change_table_of(view, view.t("yoy.by_activity"), bars, unit, view.t("table.activity"))
    return Drawing("by_activity", view.t("yoy.by_activity"), draw_change_bars(bars), found, table)
