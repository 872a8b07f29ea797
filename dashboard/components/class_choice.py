"""How the map's classes are made: by quantiles, equal steps, natural breaks or by hand; with the histogram beside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from unicodedata import normalize

import streamlit as st

from dashboard.charts.breaks import Classes
from dashboard.charts.histogram import axis_labels, draw_histogram
from dashboard.components.chart import Drawing, show_drawing
from dashboard.components.mapview import class_labels, shared_classes, zero_label
from dashboard.components.page import View
from dashboard.components.parts import note, show_table_only
from dashboard.filters import change_filters, to_query
from dashboard.format import compact
from dashboard.query_reader import CLASS_METHODS
from dashboard.records import UnitValue
from dashboard.sentences import Headline
from dashboard.tables import Cell, Column, Table

HAND = "hand"


def class_choice(view: View, rows: Sequence[UnitValue], found: Headline) -> None:
    """The choice, folded away, and the spread of the values over the classes; `found`: what the map says of them."""
    values = [row.value for row in rows if row.value is not None]
    if view.measure.kind == "coverage" or len(values) < 2:
        return
    classes, chosen = shared_classes(view, rows), view.filters.classes
    current = chosen if chosen in CLASS_METHODS else HAND
    with st.expander(view.t("classes.title", method=view.t(f"classes.{current or 'quantile'}"))):
        st.session_state["classes_method"] = current
        st.segmented_control(
            view.t("classes.label"), (*CLASS_METHODS, HAND), key="classes_method", label_visibility="collapsed",
            format_func=lambda method: view.t(f"classes.{method or 'quantile'}"),
            on_change=apply_method, args=(view, classes.breaks),
        )  # fmt: skip
        if current == HAND:
            st.session_state["classes_hand"] = chosen
            st.text_input(
                view.t("classes.by_hand"), key="classes_hand", max_chars=60, on_change=apply_hand, args=(view,)
            )
        labels = {place: compact(place, view.lang) for place in axis_labels(values)}
        figure, table = draw_histogram(values, classes, labels), classes_table(view, values, classes)
        show_drawing(view, Drawing("classes", view.t("classes.histogram"), figure, found))
        show_table_only(table)
        note(view.t("classes.note"))


def classes_table(view: View, values: Sequence[float], classes: Classes) -> Table:
    """One row per class: how many units lie in it."""
    zeros = sum(classes.is_zero(value) for value in values)
    counts = Counter(classes.index(value) for value in values if not classes.is_zero(value))
    columns = (
        Column(view.t("table.class"), view.measure_unit, is_short=True),
        Column(view.t("table.unit_count"), is_number=True),
    )
    rows = [(zero_label(view), zeros)] if zeros else []
    rows += [(label, counts[n]) for n, label in enumerate(class_labels(view, classes))]
    return Table(view.t("classes.histogram"), columns, tuple((Cell(a, a), Cell(n, str(n))) for a, n in rows))


def apply_method(view: View, breaks: Sequence[float]) -> None:
    """The chosen method into the URL; by hand starts from the breaks that are shown."""
    method = st.session_state["classes_method"] or ""
    set_classes(view, ",".join(f"{b:g}" if b < 1e6 else f"{b:.0f}" for b in breaks) if method == HAND else method)


def apply_hand(view: View) -> None:
    """Breaks as typed into the URL; what is not rising numbers is named on the page and ignored."""
    typed = normalize("NFKC", st.session_state["classes_hand"]).replace(" ", "")
    query = to_query(view.filters)
    st.query_params.from_dict(query | {"classes": typed})


def set_classes(view: View, value: str) -> None:
    """The URL with these classes."""
    st.query_params.from_dict(to_query(change_filters(view.filters, view.choices, "classes", value)))
