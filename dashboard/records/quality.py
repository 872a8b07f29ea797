"""What the checks found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One row per finding of a campaign."""

    finding_id: str
    level: str
    rule: str
    rule_zh: str
    rule_en: str
    unit_id: str | None
    unit_zh: str
    unit_en: str
    indicator_id: str | None
    indicator_zh: str
    indicator_en: str
    submission_id: str | None
    place: str
    found: str
    expected: str
    proposal: str | None
    message_zh: str
    message_en: str
    status: str

    @property
    def is_current(self) -> bool:
        """Whether it is about what counts now, or about a file that was refused; not about a replaced one."""
        return self.status != "superseded"


@dataclass(frozen=True)
class RefusedFile:
    """A file that was refused; homeless when not even its campaign could be told."""

    source_name: str
    is_homeless: bool
    unit_id: str | None
    short_zh: str
    name_en: str
    reason_zh: str
    reason_en: str
