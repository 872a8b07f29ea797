"""What the checks say about a file as a whole: why it does not count, errors, then the rest, folded where it is long; sums that differ."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.components.desk_frame import DeskView
from dashboard.components.desk_take import Item, take
from dashboard.components.markup import esc, show, tag, wrap
from dashboard.components.parts import note
from dashboard.desk.names import without_folders
from dashboard.desk.records import DeskFile, FileFinding
from dashboard.format import place_words

SUMS = "total_mismatch"
FEW = 6  # remarks that are no errors and stand open


def remarks(view: DeskView, file: DeskFile, findings: Sequence[FileFinding]) -> None:
    """The errors as a list, then warnings and notes; more than a few of these are one line that opens."""
    said = [f for f in findings if f.rule != SUMS]
    errors = [f for f in said if f.level == "error"]
    others = [f for f in said if f.level != "error"]
    if len(others) <= FEW:
        errors, others = said, []
    show_lines(view, file, errors)
    if others:
        with st.expander(view.t("desk.remarks.more", n=len(others))):
            show_lines(view, file, others)


def show_lines(view: DeskView, file: DeskFile, findings: Sequence[FileFinding]) -> None:
    """One line a finding; nothing without one."""
    if findings:
        lines = "".join(wrap("li", finding_html(view, file, f)) for f in findings)
        show(f'<div class="atlas-missing atlas-remarks" tabindex="0">{wrap("ul", lines)}</div>')


def finding_html(view: DeskView, file: DeskFile, finding: FileFinding) -> str:
    """Level, words and place of a finding."""
    place = place_of(view, finding)
    where = "" if place in ("", without_folders(file.source_name)) else tag("span", place, "place")
    words = view.message(finding.rule, finding.message_zh, finding.message_en)
    return f"{tag('b', view.t(f'level.{finding.level}'), finding.level)} {esc(words)}{where}"


def place_of(view: DeskView, finding: FileFinding) -> str:
    """Where it stands, as the reader says it."""
    return without_folders(place_words(finding.place, view.lang))


def differing_sums(view: DeskView, file: DeskFile, findings: Sequence[FileFinding]) -> None:
    """Totals of a table beside what its rows add up to, one line each; the chosen ones are closed with a reason."""
    sums = [f for f in findings if f.rule == SUMS]
    if not sums:
        return
    note(view.t("desk.sums", n=len(sums)))
    with st.form(f"desk_sums_{file.submission_id}", border=False):
        chosen = [
            f for n, f in enumerate(sums)
            if st.checkbox(sum_words(view, f), value=len(sums) == 1, key=f"desk_sum_{file.submission_id}_{n}")
        ]  # fmt: skip
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            reason = st.text_input(view.t("desk.reason"), placeholder=view.t("desk.sums.hint"), width=320)
            done = st.form_submit_button(view.t("desk.sums.explain"))
    if done and not (chosen and reason.strip()):
        st.error(view.t("desk.sums.incomplete"))
    elif done:
        take(view, file, *(explained_item(f, reason) for f in chosen))


def sum_words(view: DeskView, finding: FileFinding) -> str:
    """What the table declares, what its rows add up to, and where."""
    words = view.message(finding.rule, finding.message_zh, finding.message_en)
    # A checkbox reads its label as Markdown.
    return f"{words} ({place_of(view, finding)})".replace("[", r"\[").replace("*", r"\*").replace("_", r"\_")


def explained_item(finding: FileFinding, reason: str, expect: str = "") -> Item:
    """The decision that a finding about the file, one of its units or columns is right as it is; `expect`: only the one about this."""
    about = {"unit_id": finding.unit_id, "indicator_id": finding.indicator_id, "expect": expect}
    return {"kind": "explain", "rule": finding.rule, "reason": reason, **about}
