"""Data quality: four scores a unit, what the checks say down to the cell, and what is wrong with published figures."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.charts.findings import RuleBar, draw_findings
from dashboard.components.chart import show_chart
from dashboard.components.chart_table import matrix_table
from dashboard.components.guard import has_figures
from dashboard.components.head import page_head
from dashboard.components.markup import esc
from dashboard.components.page import View, run_page
from dashboard.components.parts import (
    block_note,
    caption,
    download_buttons,
    headline,
    key_figures,
    note,
    order_choice,
    section,
    show_table,
)
from dashboard.components.quality_findings import published_table, show_findings
from dashboard.components.quality_view import QualityView, quality_view, score_table, show_strip
from dashboard.quality import STATES, by_rule, by_unit
from dashboard.queries.quality import query_published_findings, query_scores
from dashboard.records import Finding
from dashboard.statements.data_quality import current_findings, figures, rule_headline, unit_headline
from dashboard.tables import Column
from dashboard.theme import NO_DATA, NO_DATA_LINE, strong

HEAD = ("area", "year", "kind")


def rules_chart(view: QualityView, findings: Sequence[Finding]) -> None:
    """Findings by rule and state."""
    rules = by_rule(findings, view.lang)
    colours = {"open": strong("hazards"), "explained": NO_DATA, "corrected": NO_DATA_LINE}
    bars = []
    for rule in rules:
        level = view.t(f"level.{rule.level}")
        parts = [view.t("quality.bar.part", state=view.t(f"quality.state.{s}"), n=rule.by_state[s]) for s in STATES]
        hover = "<br>".join(esc(line) for line in (f"{rule.label} · {level}", *parts))
        bars.append(RuleBar(f"{rule.label} · {level}", tuple(rule.by_state[s] for s in STATES), hover))
    figure = draw_findings(bars, [(view.t(f"quality.state.{s}"), colours[s]) for s in STATES])
    columns = [Column(view.t("table.rule"), is_short=True)]
    columns += [Column(view.t(f"quality.state.{s}"), is_number=True) for s in STATES]
    title = view.t("quality.rules")
    table = matrix_table(title, columns, ((b.name, b.sizes) for b in bars))
    found = rule_headline(view, findings).sentence
    show_chart(view, figure, "rules", title, found, of_measure=False, table=table)


def published(view: QualityView) -> None:
    """What is wrong with figures that others published."""
    rows = query_published_findings(view.source)
    if rows:
        section(view.t("quality.published"))
        note(view.t("quality.published.note"))
        show_table(view, published_table(view, rows), "published")


def render(view: View) -> None:
    """Scores above; strip and rules beside each other; the list of findings; published figures; how it is meant."""
    view = quality_view(view)
    page_head(view, HEAD)
    scores = query_scores(view.source, view.campaign.campaign_id, view.filters.scope)
    has_table = has_figures(view)  # without one, being in time can still be judged
    if not scores:
        if has_table:
            st.info(view.t("quality.nothing", area=view.area, year=view.filters.year))
        return
    findings = current_findings(view, scores)
    units = by_unit(scores, findings)
    key_figures(figures(view, scores))
    left, right = st.columns([1.35, 1], gap="large")
    with left:
        headline(unit_headline(view, units))
        if order_choice(view, "quality_order", "order.findings"):
            units = tuple(sorted(units, key=lambda u: tuple(-n for n in u.weight)))
        show_strip(view, units)
        block_note(view)
        download_buttons(view, score_table(view, units), "scores")
    with right:
        headline(rule_headline(view, findings))
        if findings:
            rules_chart(view, findings)
        block_note(view)
    section(view.t("quality.findings"))
    show_findings(view, findings)
    published(view)
    note(view.t("quality.note"))
    caption(view)


if __name__ == "__main__":
    run_page("data_quality", render)
