"""Arithmetic of the Data quality page: scores over all units, findings by unit and rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.records.quality import Finding, QualityScore

DIMENSIONS: Final = ("completeness", "timeliness", "internal", "time")
STATES: Final = ("open", "explained", "corrected", "note")
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
    """A rule with its findings by what became of them."""

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


@dataclass(frozen=True)
class Score:
    """n good of n judged; a share in per cent only where enough was judged, else None."""

    n_good: int
    n_all: int
    share: float | None


def score_of(n_good: int, n_all: int, tiny_base: float) -> Score:
    """The score of so many good of so many judged; below `tiny_base` it has no percentage, as a change has none."""
    return Score(n_good, n_all, 100 * n_good / n_all if n_all and n_all >= tiny_base else None)


@dataclass(frozen=True)
class Whole:
    """A score over all units: of how many, and how many of them sent no report."""

    score: Score
    n_judged: int
    n_silent: int


def over_all(scores: Sequence[QualityScore], dimension: str, tiny_base: float) -> Whole:
    """The score of a dimension over all units: all that is good of all that was judged."""
    rows = [r for r in scores if r.dimension == dimension]
    score = score_of(sum(r.n_good for r in rows), sum(r.n_all for r in rows), tiny_base)
    return Whole(score, sum(r.n_all > 0 for r in rows), sum(not r.has_reported for r in rows))


def by_rule(findings: Sequence[Finding], lang: str) -> tuple[RuleCount, ...]:
    """Rules with the most severe first, then the most frequent."""
    found: dict[str, RuleCount] = {}
    for f in findings:
        label = f.rule_zh if lang == "zh" else f.rule_en
        found.setdefault(f.rule, RuleCount(f.rule, label, f.level, Counter())).by_state[f.standing] += 1
    order = {"error": 0, "warning": 1, "note": 2}
    return tuple(sorted(found.values(), key=lambda r: (order.get(r.level, 3), -r.by_state.total(), r.rule)))


def grade(row: QualityScore, tiny_base: float) -> str:
    """The class of a score: good, fair, poor; few (too few for a percentage), whole (the report itself is in doubt),
    none (not judged), missing (no report)."""
    if not row.has_reported and row.dimension != "timeliness":
        return "missing"
    if not row.n_all:
        return "none"
    if row.is_whole_doubted:
        return "whole"
    share = score_of(row.n_good, row.n_all, tiny_base).share
    if share is None:
        return "good" if row.n_good == row.n_all else "few"
    return "good" if share >= GOOD else "fair" if share >= FAIR else "poor"
