"""checks.yaml and sources.yaml -> frozen records: checks as left, operator, right; the slips looked for;
parts and wholes; sources that are refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from etl.catalog.entry import Entry

OPERATORS = frozenset({"<", "<=", "=", ">=", ">"})
SUBJECTS = frozenset({"value", "report"})


@dataclass(frozen=True)
class Condition:
    """`left operator right`; right is a quantity, a setting or 0, `times` a setting that multiplies it."""

    left: str
    operator: str
    right: str
    times: str = ""
    or_unknown: bool = False


@dataclass(frozen=True)
class Check:
    """One row of `checks`: all of `when` must hold. The others name the quantities that the finding quotes."""

    rule: str
    subject: str  # value, report
    when: tuple[Condition, ...]
    found: str
    expected: str = ""
    proposal: str = ""
    factor: str = ""
    basis: str = ""
    count: str = ""


@dataclass(frozen=True)
class Part:
    """A concept that is a part of another by the words of the form."""

    part: str
    whole: str
    reason_zh: str
    reason_en: str


@dataclass(frozen=True)
class RefusedSource:
    """A source that is never read: `address` is a part of its web address."""

    address: str
    reason_zh: str
    reason_en: str


@dataclass(frozen=True)
class Quality:
    """Everything checks.yaml says."""

    checks: tuple[Check, ...] = ()
    slips: tuple[float, ...] = ()
    bases: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # basis -> (words_zh, words_en)
    parts: tuple[Part, ...] = ()
    refused_sources: tuple[RefusedSource, ...] = ()

    def refusal_of(self, address: str) -> RefusedSource | None:
        """Why a web address is no source; None when nothing is known against it."""
        return next((s for s in self.refused_sources if s.address in address), None)


def parse_quality(raw: Entry, sources: Entry) -> Quality:
    """The records of checks.yaml and sources.yaml."""
    return Quality(
        tuple(map(_check, raw.entries("checks"))),
        tuple(s.number("factor") for s in raw.entries("slips")),
        {b.text("basis"): (b.text("words_zh"), b.text("words_en")) for b in raw.entries("bases")},
        tuple(Part(p.text("part"), p.text("whole"), *_reasons(p)) for p in raw.entries("parts")),
        tuple(RefusedSource(s.text("address"), *_reasons(s)) for s in sources.entries("refused")),
    )


def _reasons(e: Entry) -> tuple[str, str]:
    return e.text("reason_zh"), e.text("reason_en")


def _check(c: Entry) -> Check:
    return Check(
        rule=c.text("rule"),
        subject=c.one_of("subject", SUBJECTS),
        when=tuple(map(_condition, c.entries("when"))),
        found=c.text("found"),
        **{k: c.text(k, "") for k in ("expected", "proposal", "factor", "basis", "count")},
    )


def _condition(c: Entry) -> Condition:
    left, operator = c.text("left"), c.one_of("operator", OPERATORS)
    return Condition(left, operator, c.text("right"), c.text("times", ""), c.flag("or_unknown", False))
