"""Entry: `streamlit run dashboard/app.py`. Navigation only."""

from __future__ import annotations

import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
if str(HERE.parent) not in sys.path:
    sys.path.insert(0, str(HERE.parent))

import streamlit as st  # noqa: E402
from streamlit.delta_generator import DeltaGenerator  # noqa: E402

from dashboard.cache import settle_memory  # noqa: E402
from dashboard.components import page  # noqa: E402
from dashboard.components.nav import known_pages  # noqa: E402
from dashboard.records import Lang  # noqa: E402
from dashboard.texts import text  # noqa: E402

CSS_WORDS = ("lost.head", "lost.body", "date.year", "date.month", "date.day")
STYLE = HERE / "static" / "atlas.css"
SHOWN = "atlas_presentation_shown"


def show_over(view: page.View) -> None:
    """The presentation, which loads what makes reports only when it is asked for."""
    from dashboard.presentation.stage import show_presentation

    st.session_state[SHOWN] = show_presentation(view)


def asks_presentation() -> bool:
    """Whether the link asks for a presentation."""
    return st.query_params.get("present") == "1"


def ground_first(lang: Lang) -> DeltaGenerator:
    """The place of the presentation's ground, with it where a presentation is asked for: before any page is opened."""
    place = st.empty()
    if asks_presentation():
        from dashboard.presentation.ground import show_ground

        with place.container():
            show_ground(lang, is_dark=st.query_params.get("ground") == "dark")
    return place


def _first_by_name(first: st.Page) -> st.Page:
    """The first page stands at /; who types its name gets it, too."""

    def go() -> None:
        st.switch_page(first, query_params=st.query_params.to_dict())

    return st.Page(go, title=first.title, url_path=known_pages()[0], visibility="hidden")


def own_words(lang: Lang) -> str:
    """What atlas.css puts in the place of Streamlit's own English words."""
    words = (f"--{name.replace('.', '-')}:{json.dumps(text(lang, name), ensure_ascii=False)}" for name in CSS_WORDS)
    return f":root{{{';'.join(words)}}}"


def main() -> None:
    """The page menu, the style, and the chosen page."""
    page.over_the_page = show_over
    st.set_page_config(page_title="Safety Month Atlas · 安全生产月图鉴", layout="wide")
    page.restore_query()
    lang = page.asked_lang()
    ground = ground_first(lang)
    first, *others = known_pages()
    pages = [
        st.Page(f"views/{first}.py", title=text(lang, f"page.{first}"), url_path="", default=True),
        *(st.Page(f"views/{key}.py", title=text(lang, f"page.{key}"), url_path=key) for key in others),
    ]
    # The menu is painted before any style of ours: a link to a presentation is opened without it, and the way back has it.
    is_cold = SHOWN not in st.session_state and asks_presentation()
    chosen = st.navigation([*pages, _first_by_name(pages[0])], position="hidden" if is_cold else "top")
    # By URL, so that the browser keeps it; the query makes a changed file a new one.
    st.html(f'<style>@import url("/app/static/atlas.css?v={STYLE.stat().st_mtime_ns}");{own_words(lang)}</style>')
    st.session_state[SHOWN] = False
    chosen.run()
    if not st.session_state[SHOWN]:
        ground.empty()
    settle_memory()


main()
