"""The monthly case log as a file: one case a row, as docs/evidence-files.md says."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from typing import Final

from dashboard.queries import query_rows
from dashboard.release import Source
from dashboard.tables import UTF8_BOM, inert
from dashboard.texts import read_texts

# Unit, month, day of publication, medium, case, day it was reported upwards, remark: the heads an office writes.
HEADS: Final = read_texts()["desk.case.heads"]["zh"].split()


@dataclass(frozen=True)
class CaseUnit:
    """One row per campaign and unit that owes a typical case each month."""

    campaign_id: str
    unit_id: str
    name_zh: str
    name_en: str
    year: int
    position: int


@dataclass(frozen=True)
class ExposedCase:
    """A case made public by a unit: when, where, what; and when it was reported to the office above, if it was."""

    unit: str
    exposed_on: date
    medium: str
    case: str
    reported_on: date | None
    remark: str


def query_case_units(source: Source) -> tuple[CaseUnit, ...]:
    """One row per campaign and unit that owes a typical case each month."""
    return query_rows(source, "desk_case_units", CaseUnit)


def case_file(campaign_id: str, exposed: ExposedCase) -> tuple[str, bytes]:
    """Name and bytes of a case log with this one case."""
    stream = io.StringIO(newline="")
    row = (
        exposed.unit, f"{exposed.exposed_on:%Y-%m}", exposed.exposed_on.isoformat(), inert(exposed.medium),
        inert(exposed.case), exposed.reported_on.isoformat() if exposed.reported_on else "", inert(exposed.remark),
    )  # fmt: skip
    csv.writer(stream, lineterminator="\r\n").writerows((HEADS, row))
    name = f"{campaign_id}-{exposed.unit}-{exposed.exposed_on.isoformat()}.csv"
    return name, (UTF8_BOM + stream.getvalue()).encode("utf-8")
