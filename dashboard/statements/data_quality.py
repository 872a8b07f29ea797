"""What is said of data quality: scores, units with open findings, findings by rule."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import queries
from dashboard.components.parts import (
    KeyFigure,
)
from dashboard.components.quality_view import QualityView, score_text
from dashboard.quality import DIMENSIONS, STATES, UnitQuality, over_all
from dashboard.records import Finding
from dashboard.records.quality import QualityScore
from dashboard.sentences import Headline


def figures(view: QualityView, scores: Sequence[QualityScore]) -> list[KeyFigure]:
    """The four scores over all units, each with the units it could be judged for."""
    found = []
    for dimension in DIMENSIONS:
        score, n, m = over_all(scores, dimension, view.tiny_base)
        value = score_text(view, score)
        found.append(
            KeyFigure(view.t(f"quality.{dimension}"), value, view.t("quality.figure.note", n=n, m=m), "participation",
                      view.t(f"quality.{dimension}.help"))
        )  # fmt: skip
    return found


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
    """How many findings there are, and in which state."""
    counts = {state: sum(f.state == state for f in findings) for state in STATES}
    errors = sum(f.state == "open" and f.level == "error" for f in findings)
    caveat = view.t("quality.rules.caveat", explained=counts["explained"], corrected=counts["corrected"])
    return Headline(view.t("quality.rules.headline", n=counts["open"], m=len(findings), k=errors), caveat)
