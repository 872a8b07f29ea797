"""Data quality: four scores a unit, what the checks say down to the cell, and what is wrong with published figures."""

from __future__ import annotations

import streamlit as st

from dashboard.components.chart import show_drawing
from dashboard.components.guard import has_figures
from dashboard.components.head import page_head
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
from dashboard.quality import by_unit
from dashboard.queries.quality import query_published_findings, query_scores
from dashboard.statements.data_quality import (
    current_findings,
    figures,
    rule_headline,
    rules_drawing,
    unit_headline,
)

HEAD = ("area", "year", "kind")


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
            show_drawing(view, rules_drawing(view, findings))
        block_note(view)
    section(view.t("quality.findings"))
    show_findings(view, findings)
    published(view)
    note(view.t("quality.note"))
    caption(view)


if __name__ == "__main__":
    run_page("data_quality", render)
