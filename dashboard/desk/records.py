"""Rows of the desk's queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class DeskFile:
    """One row per file and form in it: what became of it. `copy_of` names the file with the same bytes that counts or counted, '' for most.

    `is_set_aside`: a file that counts for no unit although none of a later date replaced it (a scan, a part, an empty form).
    `is_undone`: somebody has to deal with it: it does not count, or not all of it, and was neither sent back nor replaced.
    """

    submission_id: str
    source_name: str
    copy_of: str
    source_sha256: str
    source_format: str
    part: int
    status: str
    campaign_id: str | None
    form_id: str | None
    unit_id: str | None
    unit_zh: str
    unit_en: str
    n_units: int
    n_filled: int  # of these, those that answer anything
    n_blanks: int
    n_read: int
    n_errors: int
    n_warnings: int
    n_notes: int
    report_date: date | None
    received_at: datetime | None
    replaces: str
    first_zh: str
    first_en: str
    is_rejected: bool
    is_set_aside: bool
    first_rule: str
    is_undone: bool
    is_sample: bool


@dataclass(frozen=True)
class DeskValue:
    """One row per blank of a submission, as read, with the first thing the checks have to say.

    `doubt`: 0 withheld, 1 to 3 an open error, warning or note, 4 firm; `level` is the finding's own, '' without one.
    """

    unit_id: str | None
    unit_zh: str
    unit_en: str
    position: int
    indicator_id: str
    label_zh: str
    label_en: str
    kind: str
    measured_in: str
    value: float | None
    text: str | None
    qualifier: str
    state: str
    raw: str
    place: str
    doubt: int
    level: str
    rule: str
    proposal: str
    message_zh: str
    message_en: str
    decision_id: str | None
    is_confirmed: bool  # the decision says what was read


@dataclass(frozen=True)
class DeskTotal:
    """One row per campaign and measure: its total."""

    campaign_id: str
    measure_id: str
    label_zh: str
    label_en: str
    unit_zh: str
    unit_en: str
    value: float | None
    qualifier: str
    n_units_reported: int
    n_units_expected: int


@dataclass(frozen=True)
class CountedValues:
    """One row per campaign: how many values of its units count."""

    campaign_id: str
    n_values: int


@dataclass(frozen=True)
class DoubtedValue:
    """One row per campaign, measure and value in its total that the checks take for too large or a slip."""

    campaign_id: str
    measure_id: str
    unit_zh: str
    unit_en: str
    value: float


@dataclass(frozen=True)
class DeskDecision:
    """One row per decision, newest first."""

    decision_id: str
    decided_at: datetime
    decided_by: str
    kind: str
    reason: str
    source_name: str
    unit_zh: str
    unit_en: str
    label_zh: str
    label_en: str
    expect: str
    value: str
    value_zh: str
    value_en: str
    state: str
    found: str


@dataclass(frozen=True)
class FileFinding:
    """One row per open finding about a file as a whole, one of its units or columns; `label` is the blank's, '' without one."""

    level: str
    rule: str
    unit_id: str
    indicator_id: str
    place: str
    found: str
    expected: str
    proposal: str
    label_zh: str
    label_en: str
    message_zh: str
    message_en: str
    title_zh: str  # the rule's
    title_en: str


@dataclass(frozen=True)
class DeskBlank:
    """One row per blank of the form a submission's campaign asks for, and whether the submission reads it."""

    indicator_id: str
    position: int
    label_zh: str
    label_en: str
    is_read: bool


@dataclass(frozen=True)
class Correction:
    """One row per blank that counts otherwise than it was typed (a decision), or than in the report before (`older_name`)."""

    unit_zh: str
    unit_en: str
    label_zh: str
    label_en: str
    kind: str
    older_name: str
    old_raw: str
    value: float | None
    text: str | None
    qualifier: str
    state: str
    place: str
    decided_kind: str
    reason: str


@dataclass(frozen=True)
class CarriedDecision:
    """One row per decision about a replaced file that the newer file's own blank, typed the same, may take over."""

    kind: str
    unit_id: str
    indicator_id: str
    rule: str
    expect: str
    value: str
    reason: str
    decided_by: str
    decided_at: datetime
    source_name: str


@dataclass(frozen=True)
class Neighbour:
    """One row per campaign of the files that came together with another, and of how many of them."""

    campaign_id: str
    n_files: int


@dataclass(frozen=True)
class MissingUnit:
    """One row per unit of a campaign that has not reported, the form it owes, and the file it sent that does not count, with why."""

    unit_id: str
    name_zh: str
    name_en: str
    form_zh: str
    form_en: str
    received_name: str = ""  # '': nothing was received
    why_zh: str = ""
    why_en: str = ""
    is_guessed: bool = False  # which campaign's the file is could not be read: it may be this one's


@dataclass(frozen=True)
class DeskUnit:
    """One row per unit on a campaign's roster, and the file that counts for it."""

    unit_id: str
    name_zh: str
    name_en: str
    counted_name: str
    counted_id: str
