"""One unit's brief, slides, table and offline page, each a click away on the unit's own page."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.components.page import View
from dashboard.components.parts import section
from dashboard.download.made import MADE, MadeFile, make_file, offer_file
from dashboard.records import RosterUnit
from dashboard.reports.making import UNIT_MAKERS, make_unit_report


def make_unit_file(view: View, kind: str, unit_id: str) -> MadeFile:
    """The file. Raises CannotReport."""
    made = make_unit_report(view, kind, unit_id)
    return MadeFile(made.content, kind, made.trouble)


def unit_stem(view: View, unit: RosterUnit) -> str:
    """重庆市-2022-单个区县简报-南岸区."""
    name = view.pick(unit.name_zh, unit.name_en)
    return "-".join((view.area, str(view.filters.year), view.t("reports.kind.unit"), name))


def unit_files(view: View, unit: RosterUnit) -> None:
    """A button for each kind of file."""
    section(view.t("district.files_out"))
    identities = {kind: (view.filters, unit.unit_id, kind, view.source.release_id) for kind in UNIT_MAKERS}
    with st.container(horizontal=True, gap="small", key="atlas-unit-files"):
        pressed = [kind for kind in UNIT_MAKERS if st.button(view.t(f"reports.unit.{kind}"), key=f"unit_file_{kind}")]
    for kind in pressed:
        make_file(view, identities[kind], partial(make_unit_file, view, kind, unit.unit_id))
    kept = st.session_state.get(MADE)
    if kept and kept[0] in identities.values():
        offer_file(view, kept[0], unit_stem(view, unit))
