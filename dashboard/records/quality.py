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
    state: str = "open"
    source_name: str = ""
    meaning_zh: str = ""  # the message without what a clerk is to do about it
    meaning_en: str = ""

    @property
    def is_open(self) -> bool:
        """Whether no decision corrected the value or explained it."""
        return self.state == "open"

    @property
    def standing(self) -> str:
        """What became of it: open (somebody has to act), explained, corrected; note where it never asked anything of anybody."""
        return "note" if self.level == "note" and self.is_open else self.state

    @property
    def is_current(self) -> bool:
        """Whether it is about what counts now, or about a file that was refused; not about a replaced one."""
        return self.status != "superseded"


@dataclass(frozen=True)
class DoubtfulValue:
    """One row per value of either year compared that an open finding takes for a slip."""

    measure_id: str
    year: int
    unit_id: str
    short_zh: str
    name_en: str
    indicator_id: str
    label_zh: str
    label_en: str
    value: float
    proposal: str  # a guess, '' without one
    usual: str  # the figure expected, where there is a guess
    off: float  # how far a total that holds it would move
    is_added: bool  # in the year's total under the filters
    is_compared: bool  # in the like-for-like comparison under the filters


@dataclass(frozen=True)
class WarnedValue:
    """One row per measure and value in its total that an open warning names, and that is not taken for a slip."""

    measure_id: str
    unit_id: str
    short_zh: str
    name_en: str
    indicator_id: str
    value: float


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


@dataclass(frozen=True)
class QualityScore:
    """One row per unit and dimension of data quality: n_good of n_all; n_all 0 is not judged."""

    unit_id: str
    name_zh: str
    short_zh: str
    name_en: str
    dimension: str
    n_good: int
    n_all: int
    is_whole_doubted: bool  # the whole report looks like a copy: none of its counts is good
    has_reported: bool  # True as well where no table is asked for


@dataclass(frozen=True)
class PublishedFinding:
    """One row per finding on published figures, with the words they stand in."""

    title_zh: str
    title_en: str
    message_zh: str
    message_en: str
    place: str
    quote: str
    source: str
    url: str
