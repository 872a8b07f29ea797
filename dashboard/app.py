"""Entry: `streamlit run dashboard/app.py`. Navigation only."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
if str(HERE.parent) not in sys.path:
    sys.path.insert(0, str(HERE.parent))

import streamlit as st  # noqa: E402

from dashboard.cache import settle_memory  # noqa: E402
from dashboard.components.nav import known_pages  # noqa: E402
from dashboard.components.page import asked_lang, restore_query  # noqa: E402
from dashboard.texts import text  # noqa: E402

STYLE = HERE / "static" / "atlas.css"


def main() -> None:
    """The page menu, the style, and the chosen page."""
    st.set_page_config(page_title="Safety Month Atlas · 安全生产月图鉴", layout="wide")
    restore_query()
    lang = asked_lang()
    pages = [
        st.Page(f"views/{page}.py", title=text(lang, f"page.{page}"), url_path=page, default=page == "overview")
        for page in known_pages()
    ]
    chosen = st.navigation(pages, position="top")
    # By URL, so that the browser keeps it; the query makes a changed file a new one.
    st.html(f'<style>@import url("/app/static/atlas.css?v={STYLE.stat().st_mtime_ns}");</style>')
    chosen.run()
    settle_memory()


main()
