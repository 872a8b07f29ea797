"""One file as a whole: what the checks say about it, whose it is, for which campaign, whether it counts."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.components.desk_columns import UNREAD, unread_columns
from dashboard.components.desk_confirm import confirm_box
from dashboard.components.desk_files import Chosen
from dashboard.components.desk_frame import DeskView
from dashboard.components.desk_pick import go_to
from dashboard.components.desk_pictures import finding_pictures
from dashboard.components.desk_reject import ask_campaign, reject_button, rejecting
from dashboard.components.desk_remarks import SUMS, differing_sums, explained_item, remarks
from dashboard.components.desk_take import Item, take
from dashboard.components.desk_text import text_box
from dashboard.components.desk_typed import asked_campaign
from dashboard.components.desk_upload import read_again
from dashboard.components.parts import note, section
from dashboard.desk import queries
from dashboard.desk.names import without_folders
from dashboard.desk.records import CarriedDecision, DeskFile, DeskUnit, FileFinding
from dashboard.desk.staging import unstage
from dashboard.queries import query_campaigns
from dashboard.release import Database

WHOLE_FILE = "*"
UNKNOWN_UNIT = tuple(queries.UNKNOWN_UNIT.split(","))
NO_UNIT = "-"
UNTOLD = ("campaign_unknown", "campaign_year_missing", "campaign_years_differ", "form_of_later_year")
UNKNOWN_FORM = (*UNTOLD, "form_not_recognised", UNREAD)
OTHER_YEAR = "other_year"
ASKS_CAMPAIGN = (OTHER_YEAR, *UNTOLD, "year_of_arrival")
OTHER_FORM = "form_year_mismatch"
# Nothing can be done on the desk about such a file but to ask for another.
NO_USE = (
    OTHER_FORM, "file_damaged", "encrypted", "unsupported_format", "file_empty", "file_too_large", "zip_too_large",
    "nested_archive",
)  # fmt: skip
# What these found is the sender's own words, and says what to mend.
QUOTING = (*UNKNOWN_UNIT, *ASKS_CAMPAIGN, OTHER_FORM)
MAX_OFFERS = 6


def file_head(view: DeskView, chosen: Chosen) -> None:
    """Whose values follow, and the ways back to the file looked at before and on to the next that needs a look."""
    file = chosen.file
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        section(view.t("desk.values", name=without_folders(file.source_name)), view.sample_badge(file.is_sample))
        with st.container(horizontal=True, gap="small", width="content"):
            for key, where in (("desk.previous_file", chosen.before), ("desk.next_file", chosen.then)):
                if where and st.button(view.t(key), key=key.replace(".", "_")):
                    go_to(*where)
                    st.rerun()


def file_remarks(view: DeskView, source: Database, file: DeskFile) -> None:
    """What is said about the file as a whole, and what can be done about it, the likeliest in one click."""
    findings = queries.query_findings(source, file.submission_id)
    if file.copy_of:
        note(view.said(file))
        return
    remarks(view, file, findings)
    finding_pictures(view, file, findings)
    text_box(view, source, file, findings)
    if items := offered(view, source, file, findings):
        take(view, file, *items)
    unread_columns(view, source, file, findings)
    differing_sums(view, file, findings)
    if carried := queries.query_carried(source, file.submission_id):
        carry_all(view, file, carried)
    confirm_box(view, source, file)
    with st.expander(view.t("desk.about_file"), expanded=file.status == "refused" and not file.is_rejected):
        about_file(view, source, file, findings)


def offered(view: DeskView, source: Database, file: DeskFile, findings: Sequence[FileFinding]) -> tuple[Item, ...]:
    """The one-click answers to a year or a unit that isn't known: count it as what is named, or reject the file. None before a click.

    They are guesses, so none of them looks like what one is to do.
    """
    asking = [f for f in findings if f.rule in ASKS_CAMPAIGN or (f.rule == OTHER_FORM and f.proposal)]
    if asking and not file.is_rejected:
        return offered_campaign(view, source, file, asking)
    useless = next((f for f in findings if f.rule in NO_USE and (f.level == "error" or file.status == "refused")), None)
    if useless is not None and not file.n_read and not file.is_rejected:
        return back_button(view, source, file, useless)
    unknown = [f for f in findings if f.rule in UNKNOWN_UNIT]
    if not unknown or file.is_rejected:
        return ()
    units = {u.name_zh: u for u in queries.query_units(source, file.campaign_id or "")}
    offers = [(f, units[f.proposal]) for f in unknown[:MAX_OFFERS] if f.proposal in units]
    for _, unit in offers:
        if is_taken(file, unit):
            note(
                view.t(
                    "desk.has_file", unit=view.pick(unit.name_zh, unit.name_en), name=without_folders(unit.counted_name)
                )
            )
    items: tuple[Item, ...] = ()
    with st.container(horizontal=True, gap="small"):
        for n, (finding, unit) in enumerate(offers):
            key = "desk.count_name_as" if is_table(file) else "desk.count_as"
            words = view.t(key, unit=view.pick(unit.name_zh, unit.name_en), found=finding.found)
            if st.button(words, key=f"desk_count_{file.submission_id}_{n}"):
                expect = finding.found if is_table(file) else WHOLE_FILE
                reason = view.t("desk.reason.assigned")
                items = ({"kind": "unit", "expect": expect, "value": unit.unit_id, "reason": reason},)
        if not is_table(file):
            items = back_button(view, source, file, unknown[0]) or items
    return items


def back_button(view: DeskView, source: Database, file: DeskFile, finding: FileFinding) -> tuple[Item, ...]:
    """Send the file back in one click, quoting what is the sender's own words."""
    return reject_button(view, source, file, finding, is_quoting=finding.rule in QUOTING)


def offered_campaign(
    view: DeskView, source: Database, file: DeskFile, asking: Sequence[FileFinding]
) -> tuple[Item, ...]:
    """Count a file for a campaign it may be of: those the findings propose, the one it was sent for; or reject it.

    Where none is more likely, the campaign the page is at comes first; where another form was filled in, one that asks for it.
    """
    finding = next((f for f in asking if f.rule == OTHER_FORM), asking[0])
    campaigns = [c for c in query_campaigns(source) if c.form_id]
    names = {c.campaign_id: view.campaign_name(c) for c in campaigns}
    # For the campaign whose form it is not nothing could be read.
    sent_for = file.campaign_id if finding.rule != OTHER_FORM else None
    offers = [c for c in dict.fromkeys((*finding.proposal.split(" / "), sent_for)) if c in names]
    asked = asked_campaign(campaigns) if finding.rule != OTHER_YEAR else None
    if finding.rule == OTHER_FORM and asked not in offers:
        asked = offers[0] if offers else None
    items: tuple[Item, ...] = ()
    with st.container(horizontal=True, gap="small"):
        for campaign_id in sorted(offers, key=lambda c: c != asked)[:MAX_OFFERS]:
            words = view.t("desk.count_for", campaign=names[campaign_id or ""])
            if st.button(words, key=f"desk_year_{file.submission_id}_{campaign_id}"):
                items = ({"kind": "campaign", "value": campaign_id, "reason": view.t("desk.reason.assigned")},)
        items = back_button(view, source, file, finding) or items
    return items


def is_taken(file: DeskFile, unit: DeskUnit) -> bool:
    """Whether another file counts for the unit, which this one might replace."""
    return unit.counted_id not in ("", file.submission_id)


def carry_all(view: DeskView, file: DeskFile, carried: Sequence[CarriedDecision]) -> None:
    """What was decided about the replaced file where this one says the same: taken over in one click."""
    note(view.t("desk.carry.note", n=len(carried)))
    if st.button(view.t("desk.carry.all", n=len(carried)), key=f"desk_carry_{file.submission_id}"):
        take(view, file, *map(carried_item, carried))


def carried_item(d: CarriedDecision) -> Item:
    """The decision as one about the newer file, for the reason it had."""
    return {
        "kind": d.kind, "unit_id": d.unit_id, "indicator_id": d.indicator_id, "rule": d.rule, "expect": d.expect,
        "value": d.value, "reason": d.reason or d.decided_by,
    }  # fmt: skip


def is_table(file: DeskFile) -> bool:
    """Whether the file is a collected table, whose rows name the units."""
    return file.unit_id is None and file.n_units > 0


def about_file(view: DeskView, source: Database, file: DeskFile, findings: Sequence[FileFinding]) -> None:
    """Assign a campaign or a unit, reject, take off the desk, or say that the remarks are in order."""
    left, middle, right = st.columns(3, gap="medium")
    if file.n_blanks or file.first_rule in UNKNOWN_FORM:
        campaigns = {c.campaign_id: view.campaign_name(c) for c in query_campaigns(source) if c.form_id}
        with left:
            assign_campaign(view, file, campaigns, may_confirm=any(f.rule == OTHER_YEAR for f in findings))
    else:
        with left:
            note(view.t("desk.nothing_read"))
    if file.n_blanks:
        with middle:
            assign_unit(view, source, file, [f for f in findings if f.rule in UNKNOWN_UNIT])
    with right:
        reject(view, source, file, findings)


def assign_campaign(view: DeskView, file: DeskFile, campaigns: dict[str, str], *, may_confirm: bool) -> None:
    """Which campaign the file belongs to; that it is the one it was sent for must be said of another year's form."""
    options = list(campaigns)
    index = options.index(file.campaign_id) if file.campaign_id in campaigns else None
    chosen = st.selectbox(
        view.t("desk.assign_campaign"), options, index=index, format_func=lambda c: campaigns[c],
        key=f"desk_campaign_{file.submission_id}_{view.lang}", placeholder=view.t("desk.choose"),
    )  # fmt: skip
    if st.button(
        view.t("desk.assign"),
        key=f"desk_do_campaign_{file.submission_id}",
        disabled=chosen in (None, *(() if may_confirm else (file.campaign_id,))),
    ):
        take(view, file, {"kind": "campaign", "value": chosen, "reason": view.t("desk.reason.assigned")})


def assign_unit(view: DeskView, source: Database, file: DeskFile, unknown: Sequence[FileFinding]) -> None:
    """Whose form it is, or whose row a name in the table is: a unit's, or nobody's that reports."""
    units = {
        u.unit_id: view.t("desk.unit_with_file", unit=name, name=without_folders(u.counted_name))
        if is_taken(file, u)
        else name
        for u in queries.query_units(source, file.campaign_id or "")
        for name in (view.pick(u.name_zh, u.name_en),)
    }
    if not units:
        note(view.t("desk.campaign_first"))
        return
    name, named = WHOLE_FILE, {f.found: f for f in unknown if f.found}
    if is_table(file):
        if not named:
            note(view.t("desk.all_units_known"))
            return
        name = st.selectbox(view.t("desk.unknown_name"), list(named), key=f"desk_name_{file.submission_id}")
        units[NO_UNIT] = view.t("desk.no_unit")
    chosen = st.selectbox(
        view.t("desk.assign_unit"), list(units), index=None, format_func=lambda u: units[u],
        key=f"desk_unit_{file.submission_id}_{view.lang}", placeholder=view.t("desk.choose"),
    )  # fmt: skip
    if st.button(view.t("desk.assign"), key=f"desk_do_unit_{file.submission_id}", disabled=chosen is None):
        reason = view.t("desk.reason.assigned")
        whose: Item = {"kind": "unit", "expect": name, "value": chosen, "reason": reason}
        take(view, file, explained_item(named[name], reason, name) if chosen == NO_UNIT else whose)


def reject(view: DeskView, source: Database, file: DeskFile, findings: Sequence[FileFinding]) -> None:
    """Send the file back, take an upload off the desk, or explain the remarks on the whole file."""
    # Sums that differ and columns that match no blank are answered one by one.
    doubts = [f for f in findings if f.level != "note" and f.rule not in (*UNKNOWN_UNIT, SUMS, UNREAD)]
    ask_campaign(view, source, file)
    with st.form(f"desk_about_{file.submission_id}", border=False):
        reason = st.text_input(view.t("desk.reason"), placeholder=view.t("desk.reject.hint"))
        with st.container(horizontal=True, gap="small"):
            back = st.form_submit_button(view.t("desk.reject"), disabled=file.is_rejected)
            is_right = file.status != "refused" and bool(doubts) and st.form_submit_button(view.t("desk.explain_file"))
    if (back or is_right) and not reason.strip():
        st.error(view.t("desk.reason.missing"))
    elif back:
        take(view, file, *rejecting(view, source, file, reason))
    elif is_right:
        take(view, file, *(explained_item(f, reason) for f in doubts))
    if file.source_name.startswith(f"{queries.STAGED}/"):
        upload = without_folders(file.source_name).split("/")[0]
        if st.button(view.t("desk.unstage", name=upload), key=f"desk_unstage_{file.submission_id}"):
            unstage(view.desk, [upload])
            read_again(view)
