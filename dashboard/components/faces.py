"""What stands in a page's first place: its own map, or a tool that takes the map's place. Only the chosen one is drawn."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.components.page import View
from dashboard.components.unit_choice import unit_tools
from dashboard.filters import change_filters, to_query

OWN = ""


def face_row(view: View, faces: Sequence[str], *, with_groups: bool = True) -> str:
    """The page's faces as named segments beside the choice of units; which one is chosen, OWN for the page's own."""
    offered = (OWN, *faces)
    chosen = view.filters.face if view.filters.face in faces else OWN
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="atlas-faces"):
        if faces:
            st.session_state["face"] = chosen
            st.segmented_control(
                view.t("face.label"), offered, key="face", label_visibility="collapsed", required=True,
                format_func=lambda face: view.t(f"face.{face or view.page}"), on_change=apply_face, args=(view,),
            )  # fmt: skip
        unit_tools(view, with_groups=with_groups)
    return chosen


def apply_face(view: View) -> None:
    """The chosen face into the URL."""
    face = st.session_state["face"] or OWN
    st.query_params.from_dict(to_query(change_filters(view.filters, view.choices, "show", face)))
