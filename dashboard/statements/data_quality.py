"""What is said of data quality: scores, units with open findings, findings by rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dashboard import queries
from dashboard.charts.findings import RuleBar, draw_findings
from dashboard.components.chart import Drawing
from dashboard.components.chart_table import matrix_table
from dashboard.components.markup import esc
from dashboard.components.parts import (
    KeyFigure,
)
from dashboard.components.quality_view import QualityView, score_text
from dashboard.format import plain
from dashboard.quality import DIMENSIONS, STATES, UnitQuality, Whole, by_rule, over_all
from dashboard.records import Finding
from dashboard.records.quality import QualityScore
from dashboard.sentences import Headline
from dashboard.tables import Column
from dashboard.theme import LINE, NO_DATA, NO_DATA_LINE, strong


def figures(view: QualityView, scores: Sequence[QualityScore]) -> list[KeyFigure]:
    """The four scores over all units, each with what it is a share of."""
    found = []
    for dimension in DIMENSIONS:
        whole = over_all(scores, dimension, view.tiny_base)
        found.append(
            KeyFigure(view.t(f"quality.{dimension}"), score_text(view, whole.score), share_words(view, dimension, whole),
                      "participation", view.t(f"quality.{dimension}.help"))
        )  # fmt: skip
    return found


def share_words(view: QualityView, dimension: str, whole: Whole) -> str:
    """Of what a score is the share: blanks of how many reports, reports due, counts of how many units."""
    score = whole.score
    if not score.n_all:
        return view.t(f"quality.none.{dimension}")
    key = f"quality.figure.{dimension}"
    if dimension == "completeness" and whole.n_silent:
        key = "quality.figure.completeness.silent"
    return view.t(
        key, reports=whole.n_judged, units=whole.n_judged, silent=whole.n_silent, m=plain(score.n_all),
        n=plain(score.n_good),
    )  # fmt: skip


def current_findings(view: QualityView, scores: Sequence[QualityScore]) -> list[Finding]:
    """What the checks say about the units scored, and about whole files where no units are chosen."""
    shown = {row.unit_id for row in scores}
    return [
        f
        for f in queries.query_findings(view.source, view.campaign.campaign_id)
        if f.is_current and (f.unit_id in shown or (f.unit_id is None and not view.filters.scope))
    ]


def unit_headline(view: QualityView, units: Sequence[UnitQuality]) -> Headline:
    """How many units have open errors or warnings, and the most in one; who that is stands in the table."""
    owing = [u for u in units if u.n_open["error"] + u.n_open["warning"]]
    if not owing:
        return Headline(view.t("quality.headline.none", m=len(units)), view.t("headline.stop"))
    worst = max(u.n_open["error"] + u.n_open["warning"] for u in owing)
    caveat = view.t("quality.headline.most", n=worst)
    return Headline(view.t("quality.headline", n=len(owing), m=len(units)), caveat)


def rule_headline(view: QualityView, findings: Sequence[Finding]) -> Headline:
    """How many errors and warnings there are, and in which state; how many mere notes beside them."""
    if not findings:
        return Headline(view.t("quality.rules.none"), view.t("headline.stop"))
    asking = Counter(f.standing for f in findings if f.level != "note")
    n_notes = sum(f.level == "note" for f in findings)
    notes = view.t("quality.rules.notes", n=n_notes) if n_notes else ""
    if not asking:
        return Headline(view.t("quality.rules.none"), notes + view.t("headline.stop"))
    errors = sum(f.is_open and f.level == "error" for f in findings)
    caveat = view.t("quality.rules.caveat", explained=asking["explained"], corrected=asking["corrected"])
    found = view.t("quality.rules.headline", n=asking["open"], m=asking.total(), k=errors)
    return Headline(found, caveat + notes + view.t("headline.stop"))


def rules_drawing(view: QualityView, findings: Sequence[Finding]) -> Drawing:
    """Findings by rule and state."""
    rules = by_rule(findings, view.lang)
    colours = {"open": strong("hazards"), "explained": NO_DATA, "corrected": NO_DATA_LINE, "note": LINE}
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
    return Drawing("rules", title, figure, rule_headline(view, findings), table, of_measure=False)
