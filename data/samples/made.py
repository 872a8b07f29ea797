"""What the maker hands to the writer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from data.samples.facts import Facts


@dataclass(frozen=True)
class MadeUnit:
    """One unit's part of a file, as truth."""

    unit_id: str
    facts: Facts
    is_current: bool = True
    report_date: date | None = None
    written_as: str = ""
    notes: tuple[str, ...] = ()
    treatments: Mapping[str, str] = field(default_factory=dict)

    def truth(self) -> dict[str, object]:
        """The record for the truth file."""
        return {
            "is_current": self.is_current,
            "report_date": self.report_date.isoformat() if self.report_date else None,
            "written_as": self.written_as,
            "notes": list(self.notes),
            "oddities": sorted({t.oddity for t in self.facts.values() if t.oddity} | set(self.notes)),
            "treatments": dict(self.treatments),
            "facts": {indicator_id: typed.truth() for indicator_id, typed in self.facts.items()},
        }


@dataclass(frozen=True)
class MadeFile:
    """One file with its bytes and its truth. kind: form, collected, duplicate, register."""

    name: str
    data: bytes
    received_at: datetime
    kind: str
    units: tuple[MadeUnit, ...] = ()
    is_late: bool = False
    duplicate_of: str | None = None
    superseded_by: str | None = None
    wrong_totals: tuple[str, ...] = ()

    def truth(self) -> dict[str, object]:
        """The record for the truth file."""
        return {
            "file": self.name,
            "kind": self.kind,
            "received_at": self.received_at.isoformat(),
            "is_late": self.is_late,
            "duplicate_of": self.duplicate_of,
            "superseded_by": self.superseded_by,
            "wrong_totals": list(self.wrong_totals),
            "units": {u.unit_id: u.truth() for u in self.units},
        }


@dataclass(frozen=True)
class MadeCampaign:
    """All files of a campaign, the units without a table, and the truth of the registers: due dates and lines."""

    campaign_id: str
    form_id: str | None
    files: tuple[MadeFile, ...]
    missing: tuple[str, ...] = ()
    register: tuple[Mapping[str, object], ...] = ()
    acts: tuple[Mapping[str, object], ...] = ()

    def truth(self) -> dict[str, object]:
        """The record for the truth file."""
        return {
            "form_id": self.form_id,
            "missing": list(self.missing),
            "files": [f.truth() for f in self.files],
            "register": [dict(r) for r in self.register],
            "acts": [dict(a) for a in self.acts],
        }
