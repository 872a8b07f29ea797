"""Where on a scan the findings about a file as a whole stand: pictures, so that a name or a line is judged beside what was sent."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.components.desk_frame import DeskView
from dashboard.components.desk_remarks import place_of
from dashboard.components.parts import note
from dashboard.desk.cell_picture import cell_picture, is_scanned
from dashboard.desk.records import DeskFile, FileFinding

FEW = 2  # pictures that stand open
MOST = 12
WIDTH_PX = 460


def finding_pictures(view: DeskView, file: DeskFile, findings: Sequence[FileFinding]) -> None:
    """A picture of each place on a scan that an error or a warning about the file names, once; nothing for other files."""
    at = {f.place: f for f in findings if is_scanned(f.place) and f.level != "note"}
    shown = list(at.values())[:MOST]
    if not shown:
        return
    is_open = len(shown) <= FEW and any(f.level == "error" for f in shown)
    # Drawing takes its time, so the rest is drawn when it is asked for.
    if is_open or st.toggle(view.t("desk.pictures", n=len(shown)), key=f"desk_pictures_{file.submission_id}"):
        draw(view, file, shown)


def draw(view: DeskView, file: DeskFile, findings: Sequence[FileFinding]) -> None:
    """The pictures side by side, each with what was read there; one that can't be drawn is said to be so."""
    places = [f.place for f in findings]
    with st.container(horizontal=True, gap="medium"):
        for finding in findings:
            with st.spinner(view.t("desk.cell_picture.drawing")):
                picture = cell_picture(view.desk, file.source_name, file.source_sha256, finding.place, places)
            words = view.t("desk.pictures.of", found=finding.found, place=place_of(view, finding))
            if picture is None:
                note(f"{view.t('desk.cell_picture.none')} {words}")
            else:
                st.image(picture, caption=words, width=WIDTH_PX)
