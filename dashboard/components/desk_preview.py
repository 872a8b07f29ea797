"""The preview: which totals, and how many reporting units, publishing would change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.components.desk_frame import DeskView
from dashboard.components.desk_pick import table_height
from dashboard.components.parts import note
from dashboard.desk import queries
from dashboard.desk.preview import ReportingChange, TotalChange, gone_campaigns, reporting_changes, total_changes
from dashboard.desk.records import DeskTotal, DoubtedValue
from dashboard.format import NOTHING, plain, qualified
from dashboard.queries import query_campaigns
from dashboard.records import Campaign
from dashboard.release import Database

TABLE_PX = 420
MAX_NAMED = 2
NUMBERS = ("before", "after", "units_before", "units_after")
# What must be checked stands whole in a window of 1,366 pixels.
WIDTHS = {
    "campaign": 160,
    "measure": 230,
    "before": 110,
    "after": 120,
    "doubted": 320,
    "units_before": 140,
    "units_after": 140,
}


def show_preview(view: DeskView, candidate: Database) -> list[str]:
    """The changes as a table, campaigns that would go as a warning; the campaigns that change, in their order."""
    before = queries.query_totals(view.served) if view.served else ()
    after = queries.query_totals(candidate)
    campaigns = query_campaigns(candidate)
    names = {c.campaign_id: view.campaign_name(c) for c in campaigns}
    if gone := gone_campaigns(before, after):
        st.warning(view.t("desk.gone", campaign=view.t("list.glue").join(names.get(c, c) for c in gone)))
    changes = total_changes(before, after)
    reporting = reporting_changes(query_campaigns(view.served) if view.served else (), campaigns)
    if not changes and not reporting:
        note(view.t("desk.no_change"))
        return []
    rows = change_rows(view, reporting, changes, names, queries.query_doubted(candidate))
    columns = {
        view.t(f"desk.col.{key}"): st.column_config.Column(alignment="right" if key in NUMBERS else None, width=width)
        for key, width in WIDTHS.items()
    }
    st.dataframe(rows, hide_index=True, height=table_height(len(rows), TABLE_PX), column_config=columns)
    note(view.t("desk.preview.note"))
    touched = {c.after.campaign_id for c in changes} | {c.after.campaign_id for c in reporting}
    return [campaign_id for campaign_id in names if campaign_id in touched]


def change_rows(
    view: DeskView,
    reporting: Sequence[ReportingChange],
    changes: Sequence[TotalChange],
    names: Mapping[str, str],
    doubted: Sequence[DoubtedValue],
) -> list[dict[str, object]]:
    """One row per campaign with other reporting units, then per total that changes, campaign by campaign, with the pages' own marks."""
    columns = [view.t(f"desk.col.{key}") for key in WIDTHS]
    rows: list[tuple[str, ...]] = [
        (names[c.after.campaign_id], view.t("overview.reporting"), reported(c.before), reported(c.after), "", "", "")
        for c in reporting
    ]
    rows += [
        (
            names[c.after.campaign_id],
            measure_words(view, c.after),
            *(qualified(plain(t.value), t.qualifier, view.lang) if t else NOTHING for t in (c.before, c.after)),
            doubted_words(view, [d for d in doubted if (d.campaign_id, d.measure_id) == of(c.after)]),
            *(str(t.n_units_reported if t else 0) for t in (c.before, c.after)),
        )
        for c in changes
    ]
    order = list(names.values())
    return [dict(zip(columns, row, strict=True)) for row in sorted(rows, key=lambda row: order.index(row[0]))]


def measure_words(view: DeskView, total: DeskTotal) -> str:
    """参与人次, 曝光问题隐患（条）: the measure, with its unit where its name doesn't say it."""
    label, unit = view.pick(total.label_zh, total.label_en), view.pick(total.unit_zh, total.unit_en)
    return label if unit.lower().rstrip("s") in label.lower() else view.t("desk.measure", label=label, unit=unit)


def of(total: DeskTotal) -> tuple[str, str]:
    """Campaign and measure of a total."""
    return total.campaign_id, total.measure_id


def doubted_words(view: DeskView, rows: Sequence[DoubtedValue]) -> str:
    """含 1 个可疑数：南岸 3,650,000,000; the largest of several are named; empty without one."""
    if not rows:
        return ""
    named = [f"{view.pick(d.unit_zh, d.unit_en)} {plain(d.value)}" for d in rows[:MAX_NAMED]]
    key = "desk.doubted" if len(rows) <= MAX_NAMED else "desk.doubted.more"
    return view.t(key, n=len(rows), values=view.t("list.glue").join(named))


def reported(campaign: Campaign | None) -> str:
    """How many of the units expected have reported, as Overview says it."""
    return f"{campaign.n_units_reported} / {campaign.n_units_expected}" if campaign else NOTHING
