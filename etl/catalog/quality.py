"""checks.yaml and sources.yaml -> frozen records: checks as left, operator, right; the slips looked for;
parts and wholes; sources that are refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

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


def parse_quality(raw: dict[str, Any], sources: dict[str, Any]) -> Quality:
    """The records of checks.yaml and sources.yaml; an unknown field is an error."""
    return Quality(
        tuple(_check(c) for c in raw["checks"]),
        tuple(float(s["factor"]) for s in raw["slips"]),
        {b["basis"]: (b["words_zh"], b["words_en"]) for b in raw["bases"]},
        tuple(Part(p["part"], p["whole"], p["reason_zh"], p["reason_en"]) for p in raw["parts"]),
        tuple(RefusedSource(s["address"], s["reason_zh"], s["reason_en"]) for s in sources["refused"]),
    )


def _fields(record: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in record.items() if not k.startswith("__")}


def _check(record: dict[str, Any]) -> Check:
    fields = _fields(record)
    when = tuple(Condition(**{k: _text(v) for k, v in _fields(c).items()}) for c in fields.pop("when"))
    return Check(when=when, **fields)


def _text(value: object) -> Any:
    return value if isinstance(value, bool | str) else f"{value:g}"
