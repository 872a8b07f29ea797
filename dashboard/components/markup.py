"""HTML of our own pieces. Every text goes through `esc`; nothing else is put into markup."""

from __future__ import annotations

from html import escape

import streamlit as st


def esc(text: object) -> str:
    """The text, safe inside HTML and inside quoted attributes."""
    # A quote by its number: plotly, which draws some of these texts, knows no &quot; and would print it.
    return escape(str(text), quote=True).replace("&quot;", "&#34;")


def tag(name: str, text: object, css_class: str = "", tip: str = "") -> str:
    """An element with escaped text; `tip` is shown under the pointer."""
    attributes = (f' class="{esc(css_class)}"' if css_class else "") + (f' title="{esc(tip)}"' if tip else "")
    return f"<{name}{attributes}>{esc(text)}</{name}>"


def wrap(name: str, inner_html: str, css_class: str = "") -> str:
    """An element around ready markup."""
    attribute = f' class="{esc(css_class)}"' if css_class else ""
    return f"<{name}{attribute}>{inner_html}</{name}>"


def show(html: str) -> None:
    """Put markup on the page."""
    st.html(html)
