"""Evidence of duties: registers of what was sent in, and monthly logs of cases exposed (Workbook -> Submission).

docs/evidence-files.md tells offices what to write.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

import yaml

from etl.catalog.load import CATALOG_DIR
from etl.catalog.model import Campaign, Catalog
from etl.catalog.text import FAST_LOADER
from etl.document import CellValue, Sheet, Workbook
from etl.extract.squeeze import squeeze_text
from etl.facts import Evidence, Submission
from etl.findings import Finding
from etl.form.identity import Source
from etl.interpret.private import mask_private
from etl.moments import parse_moment
from etl.resolve import Resolver, resolver_for

_SHAPES = {"register": ("unit", "item", "received_at"), "case_log": ("unit", "month", "exposed_on")}
_HEAD_ROWS = 6
_MONTHS = {w: n for n, w in enumerate(("十二", "十一", "十", "九", "八", "七", "六", "五", "四", "三", "二", "一"))}


@lru_cache(maxsize=4)
def _words(
    path: Path = CATALOG_DIR / "evidence.yaml",
) -> tuple[dict[str, str], dict[str, tuple[str, ...]], frozenset[str]]:
    """Printed item -> kind of duty, column -> printed heads, and what the collecting office calls itself."""
    raw = yaml.load(path.read_text(encoding="utf-8"), Loader=FAST_LOADER)  # noqa: S506 - a SafeLoader
    items = {squeeze_text(str(w)): str(k["kind"]) for k in raw["kinds"] for w in k["words"]}
    heads = {c: tuple(squeeze_text(str(w)) for w in words) for c, words in raw["columns"].items()}
    return items, heads, frozenset(squeeze_text(str(w)) for w in raw["own_office"])


def duty_kind(item: str) -> str | None:
    """The kind of duty an item names: its whole text first, then the longest known word in it; None when it has none."""
    text, (kinds, _, _) = squeeze_text(item), _words()
    if text in kinds:
        return kinds[text]
    inside = [w for w in kinds if w in text]
    return kinds[max(inside, key=len)] if inside else None


@dataclass(frozen=True)
class EvidenceSheet:
    """A sheet whose header names the columns of a register or a case log."""

    sheet: Sheet
    shape: str
    head: int
    columns: dict[str, int]


def evidence_sheets(book: Workbook) -> list[EvidenceSheet]:
    """The sheets of a workbook that hold evidence."""
    found = []
    for sheet in book.sheets:
        for r, row in enumerate(sheet.rows[:_HEAD_ROWS]):
            columns = _columns(row)
            shape = next((s for s, need in _SHAPES.items() if columns.keys() >= set(need)), None)
            if shape:
                found.append(EvidenceSheet(sheet, shape, r, columns))
                break
    return found


def _columns(row: tuple[CellValue, ...]) -> dict[str, int]:
    texts = [squeeze_text(re.sub(r"[（(][^（()）]*[)）]", "", str(v))) if v is not None else "" for v in row]
    _, heads, _ = _words()
    hits = ((name, next((texts.index(w) for w in words if w in texts), None)) for name, words in heads.items())
    return {name: place for name, place in hits if place is not None}


def read_evidence(catalog: Catalog, source: Source, book: Workbook) -> list[Submission]:
    """All evidence of a workbook as one submission."""
    submission = Submission(source.name, source.sha256, source.format, is_collected=True)
    campaign = source.campaign
    if campaign is None:
        submission.is_refused = True
        submission.findings.append(Finding("campaign_unknown", place=source.name))
        return [submission]
    submission.campaign_id = campaign.campaign_id
    for found in evidence_sheets(book):
        reader = _Reader(catalog, campaign, submission, found)
        for r in range(found.head + 1, len(found.sheet.rows)):
            reader.read_row(r)
    if not submission.evidence and not submission.findings:
        submission.findings.append(Finding("register_empty", place=source.name))
    return [submission]


class _Reader:
    """Reads the rows of one sheet into a submission."""

    def __init__(self, catalog: Catalog, campaign: Campaign, submission: Submission, found: EvidenceSheet) -> None:
        self.campaign, self.submission, self.found = campaign, submission, found
        self.resolver = resolver_for(catalog, campaign)
        self.whole = Resolver(catalog, campaign.jurisdiction_id, campaign.starts_on, with_whole=True)
        own = (d for d in catalog.duties if campaign.campaign_id in d.campaigns and d.owed_by == "office")
        self.own_kinds = {d.kind for d in own}

    def cell(self, r: int, name: str) -> CellValue:
        """The value under a column; None where there is no such column."""
        row, column = self.found.sheet.rows[r], self.found.columns.get(name)
        return row[column] if column is not None and column < len(row) else None

    def text(self, r: int, name: str) -> str:
        """The value as text without space around it."""
        value = self.cell(r, name)
        return "" if value is None else str(value).strip()

    def remark(self, rule: str, r: int, name: str, unit_id: str | None = None) -> None:
        """A finding about one cell."""
        place = self.found.sheet.place(r, self.found.columns[name])
        words = {"place": place}
        self.submission.findings.append(Finding(rule, place, self.text(r, name), unit_id=unit_id, words=words))

    def moment(self, r: int, name: str, unit_id: str) -> datetime | None:
        """The date of a cell; a remark where something stands there that is none."""
        at = parse_moment(self.cell(r, name))
        if at is None and self.text(r, name):
            self.remark("bad_date", r, name, unit_id)
        return at

    def unit(self, r: int, kind: str) -> str | None:
        """The unit of a row. The collecting office itself is looked for only where it owes such a thing."""
        typed = self.text(r, "unit")
        found = self.resolver.resolve(typed).unit_id
        if kind in self.own_kinds:
            own, whole = self.whole.resolve(typed).unit_id, self.whole.jurisdiction.unit_id
            found = whole if own == whole or squeeze_text(typed) in _words()[2] else found
        return found

    def read_row(self, r: int) -> None:
        """One row; rows that nobody filled in are passed over."""
        if self.found.shape == "register":
            self._register_row(r)
        else:
            self._case_row(r)

    def _register_row(self, r: int) -> None:
        if not self.text(r, "received_at") or not (self.text(r, "unit") or self.text(r, "item")):
            return
        kind = duty_kind(self.text(r, "item"))
        unit_id = self.unit(r, kind or "")
        if unit_id is None:
            self.remark("unit_unresolved", r, "unit")
        elif kind is None:
            self.remark("column_unmapped", r, "item", unit_id)
        elif at := self.moment(r, "received_at", unit_id):
            digits = re.search(r"\d{1,15}", self.text(r, "amount").replace(",", ""))
            period = parse_period(self.cell(r, "period"), self.campaign.year)
            amount = int(digits.group()) if digits else None
            self._add(unit_id, kind, at, period, amount, self.text(r, "note"))

    def _case_row(self, r: int) -> None:
        said = {name: self.text(r, name) for name in ("exposed_on", "reported_on", "medium", "case")}
        if not any(said.values()):
            return
        unit_id = self.unit(r, "case_exposed")
        period = parse_period(self.cell(r, "month"), self.campaign.year)
        if unit_id is None:
            self.remark("unit_unresolved", r, "unit")
            return
        if not period:
            self.remark("bad_date", r, "month", unit_id)
        exposed = self.moment(r, "exposed_on", unit_id)
        note = " · ".join(x for x in (said["medium"], said["case"], self.text(r, "note")) if x)
        if exposed or (period and not said["exposed_on"] and (said["medium"] or said["case"])):
            self._add(unit_id, "case_exposed", exposed, period, None, note)
        if reported := self.moment(r, "reported_on", unit_id):
            self._add(unit_id, "case_reported", reported, period, None, note)

    def _add(self, unit_id: str, kind: str, at: datetime | None, period: str, amount: int | None, note: str) -> None:
        self.submission.evidence.append(Evidence(unit_id, kind, at, mask_private(note), period, amount))


def parse_period(value: CellValue, year: int) -> str:
    """“6月”, “2021-06” or a date -> 2021-06; “第2周” -> W2; '' when it names no period."""
    if isinstance(value, date):
        return f"{value:%Y-%m}"
    if isinstance(value, float) and 1 <= value <= 12 and value == int(value):
        return f"{year}-{int(value):02d}"
    text = squeeze_text(str(value or ""))
    for word, place in _MONTHS.items():
        text = text.replace(word, str(12 - place))
    if match := re.fullmatch(r"第(\d{1,2})[周期]", text):
        return f"W{int(match.group(1))}"
    match = re.fullmatch(r"(?:(\d{4})[年\-/.])?(\d{1,2})(?:月份?)?", text)
    if match and 1 <= int(match.group(2)) <= 12:
        return f"{match.group(1) or year}-{int(match.group(2)):02d}"
    return ""
