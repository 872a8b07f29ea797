"""Beside the files: who has not reported, with the reminder's text; blank forms; the decisions in force."""

from __future__ import annotations

import streamlit as st

from dashboard.components.desk_about import WHOLE_FILE
from dashboard.components.desk_blank import blank_box
from dashboard.components.desk_frame import DeskView, now
from dashboard.components.desk_pick import table_height
from dashboard.components.desk_take import take_down
from dashboard.components.desk_typed import asked_campaign
from dashboard.components.markup import show, tag
from dashboard.components.parts import note, section
from dashboard.desk import queries
from dashboard.desk.names import without_folders
from dashboard.desk.records import DeskDecision, MissingUnit
from dashboard.desk.reminder import reminder_text
from dashboard.queries import query_campaigns
from dashboard.records import Campaign
from dashboard.release import Database

TABLE_PX = 360


def side_boxes(view: DeskView, source: Database, campaign_id: str | None) -> None:
    """The campaign is chosen once for reminder and blank forms; that of the file looked at comes first."""
    campaigns = [c for c in query_campaigns(source) if c.form_id and c.basis != "published"]
    if not campaigns:
        return
    campaign_id = campaign_id or asked_campaign(campaigns)
    left, right = st.columns([1.5, 1], gap="large")
    with left:
        heading = st.container()
        by_id = {c.campaign_id: c for c in campaigns}
        options = list(by_id)
        chosen = st.selectbox(
            view.t("desk.col.campaign"), options, index=options.index(campaign_id) if campaign_id in by_id else 0,
            format_func=lambda c: view.campaign_name(by_id[c]), key=f"desk_campaign_{campaign_id}_{view.lang}", width=260,
            label_visibility="collapsed",
        )  # fmt: skip
        with heading:
            section(view.t("desk.missing"), view.sample_badge(by_id[chosen].is_sample))
        missing_box(view, source, by_id[chosen])
    with right:
        section(view.t("desk.blank_forms"))
        blank_box(view, by_id[chosen])


def missing_box(view: DeskView, source: Database, campaign: Campaign) -> None:
    """Who is missing, and a text to copy."""
    missing = queries.query_missing(source, campaign.campaign_id)
    expected = len(queries.query_units(source, campaign.campaign_id))
    if not missing:
        note(view.t("desk.missing.none", m=expected))
        return
    names = {u.unit_id: view.pick(u.name_zh, u.name_en) for u in missing}
    note(view.t("desk.missing.n", n=len(missing), m=expected))
    listed = view.t("list.glue").join(missing_words(view, u) for u in missing)
    show(f'<div class="atlas-missing atlas-remarks" tabindex="0">{tag("p", listed)}</div>')
    with st.expander(view.t("desk.reminder.open")):
        unit = st.selectbox(
            view.t("reporting.reminder.unit"), ["", *names], key=f"desk_remind_{campaign.campaign_id}_{view.lang}", width=260,
            format_func=lambda u: names.get(u, view.t("desk.reminder.all")), label_visibility="collapsed",
        )  # fmt: skip
        chosen = [u for u in missing if unit in ("", u.unit_id)]
        st.code(reminder_text(view.lang, campaign, chosen, now().date()), language=None, wrap_lines=True)


def missing_words(view: DeskView, unit: MissingUnit) -> str:
    """The unit's name, and that its file can't be used where one came."""
    name = view.pick(unit.name_zh, unit.name_en)
    why = view.pick(unit.why_zh, unit.why_en)
    key = "desk.missing.guessed" if unit.is_guessed else "desk.missing.unusable"
    return view.t(key, unit=name, why=why) if unit.received_name else name


def decisions_box(view: DeskView, source: Database) -> None:
    """All decisions with their state; one can be withdrawn."""
    decisions = queries.query_decisions(source)
    section(view.t("desk.decisions", n=len(decisions)))
    if not decisions:
        note(view.t("desk.decisions.none"))
        return
    st.dataframe(
        [decision_row(view, d) for d in decisions], hide_index=True, height=table_height(len(decisions), TABLE_PX)
    )
    applied = {d.decision_id: decision_words(view, d) for d in decisions if d.state != "withdrawn"}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        chosen = st.selectbox(
            view.t("desk.withdraw.which"), list(applied), index=None, format_func=lambda d: applied[d],
            key=f"desk_withdraw_{view.lang}", placeholder=view.t("desk.choose"), width=380,
        )  # fmt: skip
        reason = st.text_input(view.t("desk.reason"), key="desk_withdraw_reason", width=260)
        if st.button(view.t("desk.withdraw"), disabled=not (chosen and reason.strip())):
            withdraw(view, str(chosen), reason)


def decision_row(view: DeskView, d: DeskDecision) -> dict[str, object]:
    """One row of the table of decisions."""
    return {
        view.t("desk.col.when"): f"{d.decided_at:%Y-%m-%d %H:%M}",
        view.t("desk.col.by"): d.decided_by,
        view.t("desk.col.kind"): view.t(f"desk.kind.{d.kind}"),
        view.t("desk.col.file"): without_folders(d.source_name),
        view.t("desk.col.unit"): view.pick(d.unit_zh, d.unit_en),
        view.t("desk.col.blank"): view.pick(d.label_zh, d.label_en),
        view.t("desk.col.raw"): view.t("desk.whole_file") if d.expect == WHOLE_FILE else d.expect,
        view.t("desk.col.to"): view.pick(d.value_zh, d.value_en),
        view.t("desk.col.reason"): view.reason(d.reason),
        view.t("desk.col.state"): decision_state(view, d),
    }


def decision_state(view: DeskView, d: DeskDecision) -> str:
    """In force, or why not: withdrawn, the file gone, its text another, or replaced by which file."""
    if d.state == "lapsed":
        key = {"file": "gone", "rejected": "rejected"}.get(d.found, "lapsed")
        return view.t(f"desk.decision.{key}", found=d.found)
    return view.t(f"desk.decision.{d.state}", found=without_folders(d.found))


def decision_words(view: DeskView, d: DeskDecision) -> str:
    """A decision in one line: when, what kind, about what, to what."""
    about = view.pick(d.unit_zh, d.unit_en) or without_folders(d.source_name)
    words = (view.t(f"desk.kind.{d.kind}"), about, view.pick(d.label_zh, d.label_en), view.pick(d.value_zh, d.value_en))
    return f"{d.decided_at:%m-%d %H:%M} " + " · ".join(w for w in words if w)


def withdraw(view: DeskView, decision_id: str, reason: str) -> None:
    """An earlier decision no longer holds."""
    take_down(view, [{"kind": "withdraw", "value": decision_id, "reason": reason}])
