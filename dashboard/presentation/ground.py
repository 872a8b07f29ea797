"""The ground of a presentation that a link opens: seen before its screens are made, so that no page is seen first."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.records import Lang
from dashboard.texts import text
from dashboard.theme import DARK, INK, WHITE

# The page is not to be seen under it from the first paint on, until somebody leaves, which the browser knows first.
COVER: Final = (
    "<style>html:not(.atlas-uncovered) .stApp{visibility:hidden}html:not(.atlas-uncovered) body{background:%s}</style>"
)
HERE: Final = Path(__file__).resolve().parent
GROUND: Final = st.components.v2.component(
    "atlas_ground",
    html="<dialog><p></p></dialog>",
    css=(HERE / "ground.css").read_text(encoding="utf-8"),
    js=(HERE / "ground.js").read_text(encoding="utf-8"),
)


def show_ground(lang: Lang, *, is_dark: bool) -> None:
    """The ground over the window, until the presentation takes its place and the keys pressed in it."""
    ground, ink = (DARK[WHITE], DARK[INK]) if is_dark else (WHITE, INK)
    st.html(COVER % ground)
    GROUND(key="atlas_ground", data={"ground": ground, "ink": ink, "words": text(lang, "present.opening")}, height=1)
