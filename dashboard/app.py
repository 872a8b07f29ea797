"""Entry: `streamlit run dashboard/app.py`. Navigation only."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
if str(HERE.parent) not in sys.path:
    sys.path.insert(0, str(HERE.parent))

import streamlit as st  # noqa: E402

from dashboard.cache import settle_memory  # noqa: E402
from dashboard.components import page  # noqa: E402
from dashboard.components.nav import known_pages  # noqa: E402
from dashboard.texts import text  # noqa: E402

STYLE = HERE / "static" / "atlas.css"


def show_over(view: page.View) -> None:
    """The presentation, which loads what makes reports only when it is asked for."""
    from dashboard.presentation.stage import show_presentation

    show_presentation(view)


def main() -> None:
    """The page menu, the style, and the chosen page."""
    page.over_the_page = show_over
    st.set_page_config(page_title="Safety Month Atlas · 安全生产月图鉴", layout="wide")
    page.restore_query()
    lang = page.asked_lang()
    pages = [
        st.Page(f"views/{key}.py", title=text(lang, f"page.{key}"), url_path=key, default=key == "overview")
        for key in known_pages()
    ]
    chosen = st.navigation(pages, position="top")
    # By URL, so that the browser keeps it; the query makes a changed file a new one.
    st.html(f'<style>@import url("/app/static/atlas.css?v={STYLE.stat().st_mtime_ns}");</style>')
    chosen.run()
    settle_memory()


main()
