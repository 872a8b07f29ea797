"""Numbers found in one column that is no answer's: one finding a column, which a clerk can read, instead of one a number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from etl.findings import Finding

# Rules that speak of single numbers, though the column they stand in is what is amiss.
_RULES = frozenset({"wrong_column"})
_COLUMN = re.compile(r"(表\d+)行\d+(列\d+)|(.*)!([A-Z]{1,3})\d+")


def by_column(findings: Iterable[Finding]) -> list[Finding]:
    """The findings, those about several numbers of one column as one: how many, the first few, from which cell to which."""
    groups: dict[object, list[Finding]] = {}
    for n, finding in enumerate(findings):
        groups.setdefault(_column(finding) or n, []).append(finding)
    return [_joined(group) if len(group) > 1 else group[0] for group in groups.values()]


def _column(finding: Finding) -> tuple[object, ...] | None:
    """What findings of one column have in common; None for those that stand by themselves."""
    match = _COLUMN.match(finding.place) if finding.rule in _RULES and finding.indicator_id is None else None
    return (finding.rule, finding.unit_id, *match.groups()) if match else None


def _joined(group: list[Finding]) -> Finding:
    first, last = group[0], group[-1]
    words = {
        "basis": f"（{first.place} 至 {last.place}，共 {len(group)} 处）",
        "basis_en": f" ({len(group)} of them, {first.place} to {last.place})",
    }
    return replace(first, found="、".join(f.found for f in group), words=words)
