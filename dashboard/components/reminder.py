"""Who is missing now, and a text to copy for the reminder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.components.markup import esc, show, wrap
from dashboard.components.page import View
from dashboard.components.reporting_view import ReportingView
from dashboard.desk.names import without_folders
from dashboard.desk.queries import query_missing
from dashboard.desk.records import MissingUnit
from dashboard.records.reporting import DueDate, DutyState
from dashboard.reporting import UnitDuties

ALL = ""

Dues = Mapping[tuple[str, int], DueDate]


Unusable = Mapping[str, MissingUnit]  # by unit


def unusable_files(view: ReportingView) -> dict[str, MissingUnit]:
    """The units whose table came in a file that can't be used, by id: nobody may tell them that nothing came."""
    return {u.unit_id: u for u in query_missing(view.source, view.campaign.campaign_id) if u.received_name}


def unusable_words(view: View, unit: MissingUnit) -> str:
    """That its file came and can't be used, with why."""
    key = "reporting.unusable.guessed" if unit.is_guessed else "reporting.unusable"
    return view.t(key, file=without_folders(unit.received_name), why=view.pick(unit.why_zh, unit.why_en))


def unit_words(view: ReportingView, unit: UnitDuties, dues: Dues, unusable: Unusable) -> str:
    """What a unit owes, and that its file came and can't be used where one did."""
    came = unusable.get(unit.unit_id)
    return missing_words(view, unit.missing, dues) + (unusable_words(view, came) if came else "")


def missing_words(view: ReportingView, rows: Sequence[DutyState], dues: Dues) -> str:
    """The missing things of a unit, periods of one duty together: 每周材料（6月3日、6月10日）、总结（6月30日）."""
    groups: dict[str, list[DueDate]] = {}
    for row in rows:
        due = dues[row.duty_id, row.due_no]
        groups.setdefault(row.duty_id, []).append(due)
    glue = view.t("names.separator")
    parts = []
    for group in groups.values():
        whens = [
            view.month_words(d.period_key) if d.period == "monthly" else view.date_words(d.due_at, with_hour=d.has_hour)
            for d in group
        ]
        what = view.pick(group[0].short_zh, group[0].short_en)
        parts.append(view.t("reporting.due_words", what=what, when=glue.join(whens)))
    return glue.join(parts)


def reminder_text(view: ReportingView, units: Sequence[UnitDuties], dues: Dues, unusable: Unusable) -> str:
    """The whole reminder: heading, one line a unit, closing."""
    head = view.t("reporting.reminder.head", area=view.area, year=view.filters.year, day=view.date_words(view.moment))
    lines = [
        view.t(
            "reporting.reminder.line", unit=view.pick(u.first.name_zh, u.first.name_en),
            what=unit_words(view, u, dues, unusable),
        )
        for u in units
    ]  # fmt: skip
    return "\n".join((head, *lines, view.t("reporting.reminder.end")))


def show_missing(view: ReportingView, units: Sequence[UnitDuties], dues: Dues) -> None:
    """The units that owe something, and the reminder for all of them or one."""
    unusable = unusable_files(view)
    lines = "".join(
        wrap("li", f"<b>{esc(view.name(u.first))}</b> {esc(unit_words(view, u, dues, unusable))}") for u in units
    )
    show(f'<div class="atlas-missing" tabindex="0">{wrap("ul", lines)}</div>')
    if not units:
        return
    names = {u.unit_id: view.pick(u.first.name_zh, u.first.name_en) for u in units}
    with st.expander(view.t("reporting.reminder")):
        chosen = st.selectbox(
            view.t("reporting.reminder.unit"), [ALL, *names], key="reminder_unit", label_visibility="collapsed",
            format_func=lambda unit: names.get(unit, view.t("reporting.reminder.all")),
        )  # fmt: skip
        picked = [u for u in units if chosen in (ALL, u.unit_id)]
        st.code(reminder_text(view, picked or units, dues, unusable), language=None, wrap_lines=True)
