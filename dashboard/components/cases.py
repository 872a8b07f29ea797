"""The typical cases as the units described them; a search narrows them."""

from __future__ import annotations

import re

import streamlit as st

from dashboard.components.markup import esc, show, tag, wrap
from dashboard.components.matrix import district_href
from dashboard.components.page import View
from dashboard.components.parts import download_buttons, headline, note, section
from dashboard.components.reported import reported_counts
from dashboard.records import CaseText
from dashboard.sentences import Headline
from dashboard.tables import Cell, Column, Table

MAX_CASES = 60
MAX_SEARCH = 40


def find_cases(rows: tuple[CaseText, ...], asked: str) -> tuple[CaseText, ...]:
    """The cases whose unit or words hold what was asked."""
    wanted = asked.strip().lower()
    return tuple(row for row in rows if wanted in f"{row.name_zh}{row.name_en}{row.text}".lower())


def show_cases(view: View, rows: tuple[CaseText, ...]) -> None:
    """Search, list and downloads; a sentence when nobody wrote any."""
    section(view.t("hazards.cases"))
    if not rows:
        note(view.t("hazards.cases.none"))
        return
    units = len({row.unit_id for row in rows})
    caveat = view.t("hazards.cases.caveat")
    headline(Headline(view.t("hazards.cases.headline", n=units, m=reported_counts(view)[1]), caveat))
    asked = st.text_input(
        view.t("hazards.search"), key="case_search", placeholder=view.t("hazards.search"),
        label_visibility="collapsed", max_chars=MAX_SEARCH,
    )  # fmt: skip
    found = find_cases(rows, asked)
    if asked.strip():
        note(view.t("hazards.cases.found", n=len(found), m=len(rows)))
    if found:
        listed = wrap("dl", "".join(case_html(view, row, asked.strip()) for row in found[:MAX_CASES]), "atlas-facts")
        label = esc(view.t("hazards.cases"))
        show(f'<div class="atlas-cases" tabindex="0" role="region" aria-label="{label}">{listed}</div>')
    download_buttons(view, case_table(view, found), "cases")


def marked(text: str, wanted: str) -> str:
    """The text as markup, what was searched for marked in it."""
    if not wanted:
        return esc(text)
    parts = re.split(f"({re.escape(wanted)})", text, flags=re.IGNORECASE)
    return "".join(tag("mark", part) if n % 2 else esc(part) for n, part in enumerate(parts))


def case_html(view: View, row: CaseText, wanted: str = "") -> str:
    """One unit's cases; the name leads to its District page."""
    name = esc(view.pick(row.name_zh, row.name_en))
    link = f'<a href="{esc(district_href(view, row.unit_id))}" target="_self">{name}</a>'
    return wrap("dt", link) + wrap("dd", marked(row.text, wanted))


def case_table(view: View, rows: tuple[CaseText, ...]) -> Table:
    """Unit, blank, words and file, for download."""
    keys = ("table.unit", "district.indicator", "hazards.cases.text", "district.place", "district.file")
    body = []
    for row in rows:
        texts = (view.pick(row.name_zh, row.name_en), view.pick(row.label_zh, row.label_en), row.text, row.place,
                 row.source_name)  # fmt: skip
        body.append(tuple(Cell(text, text) for text in texts))
    return Table(view.t("hazards.cases"), tuple(Column(view.t(key)) for key in keys), tuple(body))
