"""A form as it was read: value beside raw text, the doubtful ones first; accept, correct or explain each."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.components.desk_about import carried_item, is_table
from dashboard.components.desk_frame import DeskView
from dashboard.components.desk_pick import Name, following, pick_row
from dashboard.components.desk_take import Item, take
from dashboard.components.markup import esc, show, tag
from dashboard.components.parts import note
from dashboard.desk import queries
from dashboard.desk.cell_picture import cell_picture, is_scanned
from dashboard.desk.names import typed_words, without_folders
from dashboard.desk.records import CarriedDecision, DeskFile, DeskValue
from dashboard.format import NOTHING, place_words, plain, read_number
from dashboard.release import Database

DOUBT = {0: "error", 1: "error", 2: "warning", 3: "note"}
REMARK, FIRM = 3, 4
TABLE_PX = 460


def value_table(view: DeskView, source: Database, file: DeskFile) -> None:
    """The values of the file, and the panel of the one that was clicked; nothing for a file without values of its own."""
    values = queries.query_values(source, file.submission_id)
    if not values or file.copy_of:
        return
    note(how_many(view, values))
    if len(every := acceptable(values)) > 1 and st.button(
        view.t("desk.accept_all", n=len(every)), key=f"desk_accept_all_{file.submission_id}"
    ):
        take(view, file, *(about_value(v) | accepted_item(view, proposals(v)[0]) for v in every))
    left, right = st.columns([1.9, 1], gap="large")
    with left:
        names: list[Name] = [(v.unit_id, v.indicator_id) for v in values]
        rows = [value_row(view, v, with_unit=is_table(file)) for v in values]
        table = f"values_{file.source_sha256}_{file.part}"
        picked = pick_row(table, names, rows, source.release_id, TABLE_PX, widths(view))
    at, other = picked.at, following(names, picked, [v.doubt < REMARK for v in values])
    with right:
        carried = [
            d for d in queries.query_carried(source, file.submission_id)
            if (d.unit_id, d.indicator_id) == (values[at].unit_id, values[at].indicator_id)
        ]  # fmt: skip
        value_said(view, values[at], with_unit=is_table(file))
        picture_of(view, file, values[at], values)
        value_panel(view, file, values[at], carried, (table, other) if other else None)


def how_many(view: DeskView, values: Sequence[DeskValue]) -> str:
    """How many values there are, how many of them need a look (errors and warnings), and how many have a mere note."""
    doubtful, remarks = sum(v.doubt < REMARK for v in values), sum(v.doubt == REMARK for v in values)
    words = view.t("desk.values.note" if doubtful else "desk.values.clear", n=len(values), doubtful=doubtful)
    return words + (view.t("desk.values.remarks", n=remarks) if remarks else "") + view.t("headline.stop")


def value_row(view: DeskView, value: DeskValue, *, with_unit: bool) -> dict[str, object]:
    """One row of the table of values."""
    unit = {view.t("desk.col.unit"): view.pick(value.unit_zh, value.unit_en) or NOTHING} if with_unit else {}
    return {
        view.t("desk.col.look"): look(view, value),
        **unit,
        view.t("desk.col.no"): value.position,
        view.t("desk.col.blank"): view.pick(value.label_zh, value.label_en),
        view.t("desk.col.raw"): typed_words(value.raw, value.place),
        view.t("desk.col.value"): read_as(view, value),
        view.t("desk.col.said"): said_of(view, value),
        view.t("desk.col.place"): place_words(value.place, view.lang),
    }


def widths(view: DeskView) -> dict[str, int]:
    """Columns that would take more or less than they need, in pixels."""
    return {
        view.t("desk.col.look"): 80,
        view.t("desk.col.no"): 46,
        view.t("desk.col.value"): 110,
        view.t("desk.col.said"): 240,
    }


def look(view: DeskView, value: DeskValue) -> str:
    """Corrected, error, warning, note, or nothing."""
    if value.decision_id:
        return view.t("desk.look.confirmed" if value.is_confirmed else "desk.look.corrected")
    return view.t(f"level.{value.level or DOUBT[value.doubt]}") if value.doubt in DOUBT else ""


def read_as(view: DeskView, value: DeskValue) -> str:
    """The value with its qualifier, or its state in words."""
    if value.kind == "flag" and value.value is not None:
        return view.t("desk.yes") if value.value else view.t("desk.no")
    if value.value is not None:
        number = read_number(value.value, value.qualifier, value.place, view.lang)
        if value.value == 0 and not number[-1:].isalnum():
            return number
        # The unit is printed in Chinese on the form; the English label says what is counted.
        return f"{number} {value.measured_in}".strip() if view.lang == "zh" else number
    return value.text or view.state(value.state)


def said_of(view: DeskView, value: DeskValue) -> str:
    """What the checks say of the value, quoting it as it is shown."""
    words = without_folders(view.pick(value.message_zh, value.message_en))
    for quoted in ("“{}”", '"{}"'):
        words = words.replace(quoted.format(value.raw), quoted.format(typed_words(value.raw, value.place)))
    return words


def is_the_same(value: DeskValue, typed: str) -> bool:
    """Whether what is typed as a correction is what was read."""
    said = typed.strip().replace(",", "")
    return value.value is not None and value.qualifier == "exact" and said == plain(value.value).replace(",", "")


def proposals(value: DeskValue) -> list[str]:
    """What the blank may be meant to say; several numbers in one blank are proposed one by one."""
    return [part.strip() for part in value.proposal.split(" / ") if part.strip()]


def value_said(view: DeskView, value: DeskValue, *, with_unit: bool) -> None:
    """Whose value it is (in a table of many units), what was typed, what was read, what the checks say."""
    label = view.pick(value.label_zh, value.label_en)
    # Where nothing was read, a blank need not have been left empty: a scan may hold what the machine did not see.
    nothing = view.t("desk.state.not_filled") if value.state == "not_filled" else NOTHING
    show(tag("p", f"{value.position}. {label}", "atlas-headline"))
    unit = [(view.t("desk.col.unit"), view.pick(value.unit_zh, value.unit_en) or NOTHING)] if with_unit else []
    rows = [
        *unit,
        (view.t("desk.col.raw"), typed_words(value.raw, value.place) or nothing),
        (view.t("desk.col.value"), read_as(view, value)),
        (view.t("desk.col.said"), said_of(view, value) or NOTHING),
        (view.t("desk.col.place"), place_words(value.place, view.lang)),
    ]
    show("".join(f'<p class="atlas-pair"><span>{esc(k)}</span>{esc(v)}</p>' for k, v in rows))


def value_panel(
    view: DeskView, file: DeskFile, value: DeskValue, carried: Sequence[CarriedDecision], then: tuple[str, Name] | None
) -> None:
    """The decisions about a value, after which the next doubtful one is shown."""
    for n, d in enumerate(carried):
        words = view.t(f"desk.carry.{d.kind}", value=d.value, by=d.decided_by, reason=view.reason(d.reason))
        if st.button(words, type="primary", key=f"desk_carry_{file.submission_id}_{d.unit_id}_{d.indicator_id}_{n}"):
            take(view, file, carried_item(d), then=then)
    if item := asked_about(view, file, value):
        take(view, file, {**about_value(value), **item}, then=then)


def picture_of(view: DeskView, file: DeskFile, value: DeskValue, values: Sequence[DeskValue]) -> None:
    """The cell on the scan, or that it can't be shown; nothing for a value that is on no scan."""
    if not is_scanned(value.place):
        return
    places = [v.place for v in values]
    with st.spinner(view.t("desk.cell_picture.drawing")):
        picture = cell_picture(view.desk, file.source_name, file.source_sha256, value.place, places)
    if picture is None:
        note(view.t("desk.cell_picture.none"))
    else:
        st.image(picture, caption=view.t("desk.cell_picture"))


def acceptable(values: Sequence[DeskValue]) -> list[DeskValue]:
    """The withheld values with one open proposal each, which may be accepted together.

    A value that counts (a suspected slip is only likely) is changed one by one, and so is one on a scan, beside its picture.
    """
    return [
        v for v in values
        if v.value is None and not v.decision_id and len(proposals(v)) == 1 and not is_scanned(v.place)
    ]  # fmt: skip


def about_value(value: DeskValue) -> dict[str, object]:
    """Which blank a decision is about, and what stood there."""
    return {"unit_id": value.unit_id or "", "indicator_id": value.indicator_id, "expect": value.raw}


def accepted_item(view: DeskView, proposal: str) -> dict[str, object]:
    """The decision that a proposal is right."""
    return {"kind": "accept", "value": proposal, "reason": view.t("desk.reason.accepted")}


def asked_about(view: DeskView, file: DeskFile, value: DeskValue) -> Item | None:
    """What the clerk just decided about a value: a proposal taken, a value typed, a finding explained; None: nothing yet."""
    key = f"{file.submission_id}_{value.unit_id}_{value.indicator_id}"
    accepted: Item | None = None
    with st.container(horizontal=True, gap="small"):
        for n, proposal in enumerate(proposals(value)):
            words = view.t("desk.accept", value=proposal)
            # A guess: it stands ready, but what one typed oneself is the button that stands out.
            if st.button(words, key=f"desk_accept_{key}_{n}"):
                accepted = accepted_item(view, proposal)
    with st.form(f"desk_correct_{key}", border=False):
        hint = "flag" if value.kind == "flag" else "hint"
        typed = st.text_input(view.t("desk.new_value"), placeholder=view.t(f"desk.new_value.{hint}"))
        reason = st.text_input(view.t("desk.reason"), placeholder=view.t("desk.reason.hint"))
        with st.container(horizontal=True, gap="small"):
            correct = st.form_submit_button(view.t("desk.correct"), type="primary")
            explain = st.form_submit_button(view.t("desk.explain"), disabled=not value.rule)
    if (correct or explain) and (not reason.strip() or (correct and not typed.strip())):
        st.error(view.t("desk.incomplete"))
        return None
    if correct and is_the_same(value, typed):
        if not value.rule:
            st.info(view.t("desk.same_value"))
            return None
        explain = True
    elif correct:
        return {"kind": "value", "value": typed, "reason": reason}
    return {"kind": "explain", "rule": value.rule, "reason": reason} if explain else accepted
