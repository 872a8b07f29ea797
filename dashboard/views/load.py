"""Load: the collecting clerk's desk, from upload to publish."""

from __future__ import annotations

import logging
import uuid

import streamlit as st

from dashboard.components.desk_about import file_head, file_remarks
from dashboard.components.desk_case import case_box
from dashboard.components.desk_files import file_table
from dashboard.components.desk_frame import desk_head, open_desk
from dashboard.components.desk_late import late_box
from dashboard.components.desk_side import decisions_box, side_boxes
from dashboard.components.desk_upload import messages, publish_box, upload_box
from dashboard.components.desk_values import value_table
from dashboard.desk.places import is_collector
from dashboard.desk.process import start_ahead

LOG = logging.getLogger("atlas.dashboard")


def render() -> None:
    """Upload, files, values, preview and publish, then who is missing, blank forms and decisions."""
    view = open_desk()
    desk_head(view)
    if not is_collector():
        st.info(view.t("desk.readers"))
        return
    if view.served is None:
        st.info(view.t("desk.first"))
    messages(view)
    upload_box(view)
    source = view.shown
    if source is None:
        return
    late_box(view)
    chosen = file_table(view, source)
    if chosen is not None:
        file_head(view, chosen)
        file_remarks(view, source, chosen.file)
        value_table(view, source, chosen.file)
    publish_box(view)
    case_box(view, source)
    side_boxes(view, source, chosen.campaign_id if chosen else None)
    decisions_box(view, source)
    start_ahead(view.desk)


def guarded() -> None:
    """The page; an unforeseen error shows a number, the log has the rest."""
    try:
        render()
    except Exception:
        number = uuid.uuid4().hex[:8]
        LOG.exception("error %s on page load", number)
        st.error(open_desk().t("notice.error", number=number))


if __name__ == "__main__":
    guarded()
