"""The running order of a presentation, arranged on the Reports page: which screens, in which order, on which ground."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from dashboard.components.page import View
from dashboard.components.parts import note
from dashboard.filters import change_filters, to_query
from dashboard.running_order import SCREENS, Order, moved, toggled

KEY = "screen"


def arrange_screens(view: View, usual: Order, shown: Collection[str] = SCREENS) -> None:
    """A row a screen: ticked or not, earlier, later. `shown` are the screens known to have something to show."""
    order = view.filters.order or usual
    note(view.t("present.arrange.note"))
    with st.container(key="atlas-screens", gap=None):
        for place, key in enumerate((*order, *(key for key in SCREENS if key not in order))):
            screen_row(view, order, key, place, is_empty=key in order and key not in shown)
    with st.container(horizontal=True, gap="small"):
        st.button(
            view.t("present.arrange.usual"), key="screens_usual", on_click=apply, args=(view, "order", ""),
            disabled=not view.filters.order,
        )  # fmt: skip
        st.session_state["screens_dark"] = view.filters.ground == "dark"
        st.toggle(view.t("present.dark"), key="screens_dark", on_change=apply_ground, args=(view,))


def screen_row(view: View, order: Order, key: str, place: int, *, is_empty: bool) -> None:
    """One screen: ticked where it is shown, with the way to other places."""
    is_in, name = key in order, view.t(f"screen.{key}")
    label = f"{place + 1}. {name}" if is_in else name
    if is_empty:
        label += view.t("present.arrange.empty")
    st.session_state[f"{KEY}_{key}"] = is_in
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.checkbox(
            label,
            key=f"{KEY}_{key}",
            on_change=apply,
            args=(view, "order", ",".join(toggled(order, key))),
            width="stretch",
        )
        if not is_in:
            return
        for step, mark, way in ((-1, "↑", "up"), (1, "↓", "down")):
            st.button(
                mark, key=f"{KEY}_{key}_{way}", help=view.t(f"present.arrange.{way}", screen=name), on_click=apply,
                args=(view, "order", ",".join(moved(order, key, step))), type="tertiary",
                disabled=place == (0 if step < 0 else len(order) - 1),
            )  # fmt: skip


def apply(view: View, name: str, value: str) -> None:
    """A changed order or ground into the URL."""
    st.query_params.from_dict(to_query(change_filters(view.filters, view.choices, name, value)))


def apply_ground(view: View) -> None:
    """The ground chosen into the URL."""
    apply(view, "ground", "dark" if st.session_state["screens_dark"] else "")
