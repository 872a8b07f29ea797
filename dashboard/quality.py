"""Arithmetic of the Data quality page: scores over all units, findings by unit and rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.records.quality import Finding, QualityScore

DIMENSIONS: Final = ("completeness", "timeliness", "internal", "time")
STATES: Final = ("open", "explained", "corrected")
GOOD, FAIR = 95.0, 80.0


@dataclass(frozen=True)
class UnitQuality:
    """A unit with its scores by dimension and its open findings by level."""

    first: QualityScore
    scores: dict[str, QualityScore]
    n_open: Counter[str]

    @property
    def weight(self) -> tuple[int, int, int]:
        """Errors, warnings, notes: the order of a ranking."""
        return self.n_open["error"], self.n_open["warning"], self.n_open["note"]


@dataclass(frozen=True)
class RuleCount:
    """A rule with its findings by state."""

    rule: str
    label: str
    level: str
    by_state: Counter[str]


def by_unit(scores: Sequence[QualityScore], findings: Sequence[Finding]) -> tuple[UnitQuality, ...]:
    """Units in the order of the rows."""
    levels: dict[str, Counter[str]] = {}
    for f in findings:
        if f.unit_id is not None and f.state == "open":
            levels.setdefault(f.unit_id, Counter())[f.level] += 1
    grouped: dict[str, dict[str, QualityScore]] = {}
    for row in scores:
        grouped.setdefault(row.unit_id, {})[row.dimension] = row
    return tuple(
        UnitQuality(next(iter(found.values())), found, levels.get(unit, Counter())) for unit, found in grouped.items()
    )


def over_all(scores: Sequence[QualityScore], dimension: str) -> tuple[float | None, int, int]:
    """(per cent over all units, units judged, units)."""
    rows = [r for r in scores if r.dimension == dimension]
    n_all = sum(r.n_all for r in rows)
    share = 100 * sum(r.n_good for r in rows) / n_all if n_all else None
    return share, sum(r.n_all > 0 for r in rows), len(rows)


def by_rule(findings: Sequence[Finding], lang: str) -> tuple[RuleCount, ...]:
    """Rules with the most severe first, then the most frequent."""
    found: dict[str, RuleCount] = {}
    for f in findings:
        label = f.rule_zh if lang == "zh" else f.rule_en
        found.setdefault(f.rule, RuleCount(f.rule, label, f.level, Counter())).by_state[f.state] += 1
    order = {"error": 0, "warning": 1, "note": 2}
    return tuple(sorted(found.values(), key=lambda r: (order.get(r.level, 3), -r.by_state.total(), r.rule)))


def grade(row: QualityScore) -> str:
    """The class of a score: good, fair, poor, none (not judged), missing (no report)."""
    if not row.has_reported and row.dimension != "timeliness":
        return "missing"
    if row.share is None:
        return "none"
    return "good" if row.share >= GOOD else "fair" if row.share >= FAIR else "poor"
