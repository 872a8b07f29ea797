"""Findings of the Data quality page: chosen by rule, unit and state, listed down to the cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.components.parts import download_buttons, note, show_table_only
from dashboard.components.quality_view import QualityView
from dashboard.format import place_words
from dashboard.quality import STATES, by_rule
from dashboard.records import Finding
from dashboard.records.quality import PublishedFinding
from dashboard.tables import Cell, Column, Table

MAX_SHOWN = 60


@dataclass(frozen=True)
class Chosen:
    """What is to be listed; '' is everything."""

    rule: str = ""
    unit: str = ""
    state: str = ""

    def holds(self, finding: Finding) -> bool:
        """Whether the finding is among what was chosen."""
        return (
            self.rule in ("", finding.rule)
            and self.unit in ("", finding.unit_id or "-")
            and self.state in ("", finding.standing)
        )


def choose(view: QualityView, findings: Sequence[Finding]) -> Chosen:
    """Three boxes: rule, unit, state, each with the number of findings."""
    everything = view.t("quality.all")
    rules = {"": everything} | {
        r.rule: view.t("quality.option", name=r.label, n=r.by_state.total()) for r in by_rule(findings, view.lang)
    }
    units: dict[str, str] = {"": everything}
    for f in findings:
        units.setdefault(f.unit_id or "-", view.pick(f.unit_zh, f.unit_en) or view.t("quality.no_unit"))
    states = {"": everything} | {
        s: view.t(f"quality.state.{s}") for s in STATES if any(f.standing == s for f in findings)
    }
    names = ("rule", "unit", "state")
    columns = st.columns(3)
    found = [box(view, name, o, c) for name, o, c in zip(names, (rules, units, states), columns, strict=True)]
    return Chosen(*found)


def box(view: QualityView, name: str, options: dict[str, str], column: DeltaGenerator) -> str:
    """One box; what it says is '' for everything."""
    asked = column.selectbox(
        view.t(f"quality.choose.{name}"), list(options), key=f"quality_{name}",
        format_func=lambda option: options.get(option, option),
    )  # fmt: skip
    return asked if asked in options else ""


def where(view: QualityView, f: Finding) -> str:
    """File and cell; a finding about the whole file has its name alone."""
    file = f.source_name.rsplit("/", 1)[-1]
    if not file or f.place in (file, f.source_name):
        return file or f.place
    return view.t("quality.place", file=file, place=place_words(f.place, view.lang))


def finding_table(view: QualityView, findings: Sequence[Finding]) -> Table:
    """One row a finding: where to the cell, what is said, what it would be, its state."""
    columns = (
        Column(view.t("quality.column.level"), is_short=True), Column(view.t("table.unit"), is_short=True),
        Column(view.t("quality.column.rule")), Column(view.t("quality.column.blank")),
        Column(view.t("quality.column.message")),
        Column(view.t("quality.column.found"), is_export_only=True), Column(view.t("quality.column.expected"), is_export_only=True),
        Column(view.t("quality.column.proposal"), is_number=True), Column(view.t("quality.column.place"), is_file=True),
        Column(view.t("table.state"), is_short=True),
    )  # fmt: skip
    rows = []
    for f in findings:
        texts = (
            view.t(f"level.{f.level}"), view.pick(f.unit_zh, f.unit_en), view.pick(f.rule_zh, f.rule_en),
            view.pick(f.indicator_zh, f.indicator_en), view.pick(f.message_zh, f.message_en), f.found, f.expected, f.proposal or "", where(view, f),
            view.t(f"quality.state.{f.standing}"),
        )  # fmt: skip
        rows.append(tuple(Cell(words, words) for words in texts))
    return Table(view.t("quality.findings"), columns, tuple(rows))


def show_findings(view: QualityView, findings: Sequence[Finding]) -> None:
    """The list with its boxes; the download holds all that was chosen."""
    chosen = choose(view, findings)
    listed = [f for f in findings if chosen.holds(f)]
    table = finding_table(view, listed)
    note(view.t("quality.listed", n=len(listed), m=len(findings)))
    if listed:
        show_table_only(Table(table.title, table.columns, table.rows[:MAX_SHOWN]))
    if len(listed) > MAX_SHOWN:
        note(view.t("quality.more", n=MAX_SHOWN, m=len(listed)))
    download_buttons(view, table, "findings")


def published_table(view: QualityView, rows: Sequence[PublishedFinding]) -> Table:
    """Findings of published figures with the words they stand in."""
    heads = ("quality.column.published", "quality.column.message", "quality.column.quote", "quality.column.source")
    body = []
    for row in rows:
        texts = (view.pick(row.title_zh, row.title_en), view.pick(row.message_zh, row.message_en), row.quote,
                 row.url or row.source)  # fmt: skip
        body.append(tuple(Cell(words, words) for words in texts))
    columns = (*(Column(view.t(h)) for h in heads[:3]), Column(view.t(heads[3]), is_file=True))
    return Table(view.t("quality.published"), columns, tuple(body))
