"""Like-for-like changes of a measure under the page's filters, and their bars."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import queries
from dashboard.charts.bars import Bar, draw_change_bars
from dashboard.components.markup import esc
from dashboard.components.page import View
from dashboard.components.parts import config_of
from dashboard.filters import change_params, value_params, with_measure
from dashboard.format import plain, signed_compact, signed_points, value_text
from dashboard.records import Change, Measure, Total
from dashboard.sentences import short
from dashboard.totals import ChangeSet, split_changes, total_of

MAX_BARS = 14


def measure_changes(view: View, measure: Measure | None = None) -> ChangeSet:
    """Changes of the page's measure (or of another one) by unit, and their total."""
    wanted = measure or view.measure
    filters = with_measure(view.filters, wanted.measure_id)
    rows = queries.query_changes(view.source, change_params(filters))
    return split_changes(rows, filters, wanted.kind, tiny_base=queries.query_tiny_base(view.source))


def total_change(view: View, measure: Measure) -> Change | None:
    """The release's own like-for-like total of a measure, over all units and activities."""
    params = change_params(with_measure(view.filters, measure.measure_id)) | {"unit_kind": "", "activity_id": ""}
    return next((row for row in queries.query_changes(view.source, params) if row.unit_id is None), None)


def selected_total(view: View, measure: Measure) -> Total | None:
    """A measure's total over the kind of unit chosen; the release's own where all units are."""
    if not view.filters.unit_kind:
        return queries.query_totals(view.source, view.campaign.campaign_id).get(measure.measure_id)
    params = value_params(with_measure(view.filters, measure.measure_id)) | {"activity_id": ""}
    return total_of(queries.query_unit_values(view.source, params), measure.measure_id, measure.kind)


def selected_change(view: View, measure: Measure) -> Change | None:
    """A measure's like-for-like total over the kind of unit chosen."""
    return measure_changes(view, measure).total if view.filters.unit_kind else total_change(view, measure)


def largest_changes(changes: ChangeSet, most: int = MAX_BARS) -> tuple[Change, ...]:
    """The units that changed most, those that rose first."""
    rows = sorted(changes.comparable, key=lambda row: abs(row.change or 0), reverse=True)[:most]
    return tuple(sorted(rows, key=lambda row: row.change or 0, reverse=True))


def change_bar(view: View, row: Change) -> Bar:
    """A unit's change as a bar, with both years in its tip."""
    name, lang = short(row, view.lang), view.lang
    is_points = view.measure.kind == "coverage"
    shown = signed_points(row.change, lang) if is_points else signed_compact(row.change, lang)
    then, now = (value_text(value, view.measure.unit_zh, lang) for value in (row.base_value, row.value))
    tip = [
        f"<b>{esc(name)}</b>",
        esc(f"{view.measure_label} {shown}"),
        esc(f"{view.filters.base_year}: {then} → {view.filters.year}: {now}"),
    ]
    if row.pct is not None:
        tip.append(esc(f"{plain(row.pct)}%"))
    return Bar(str(row.unit_id), name, row.change, shown, "<br>".join(tip))


def change_bars(view: View, rows: Sequence[Change], key: str = "change") -> None:
    """Diverging bars of these rows, in the order given."""
    figure = draw_change_bars([change_bar(view, row) for row in rows])
    st.plotly_chart(figure, theme=None, key=key, config=config_of(view, view.t("chart.change")))
