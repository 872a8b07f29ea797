"""Long tables (Workbook) -> submissions: published totals with their sources, and registers of dated duties."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

import yaml

from etl.catalog.load import CATALOG_DIR
from etl.catalog.model import Catalog
from etl.document import CellValue, Sheet, Workbook
from etl.extract.squeeze import squeeze_text
from etl.facts import Evidence, Quote, Submission, flag_findings, interpret, make_fact
from etl.findings import Finding
from etl.interpret.count import Typed
from etl.interpret.reading import ROW_MISSING, Reading
from etl.read.xlsx import cell_place
from etl.word_form import Source, resolver_for

_PUBLISHED = ("填报单位", "指标", "公布数")
_REGISTER = ("填报单位", "报送事项", "报送时间")


def long_table_kind(book: Workbook) -> str | None:
    """published, register or None, told by the header row of the first sheet."""
    for sheet in book.sheets[:1]:
        for row in sheet.rows[:5]:
            words = {squeeze_text(str(v)) for v in row if v is not None}
            if words.issuperset(_PUBLISHED):
                return "published"
            if words.issuperset(_REGISTER):
                return "register"
    return None


def _records(sheet: Sheet, wanted: tuple[str, ...]) -> list[tuple[int, dict[str, tuple[CellValue, int]]]]:
    """The rows below the header as {column word: (value, column)} with their row number."""
    head = next(
        r for r, row in enumerate(sheet.rows) if {squeeze_text(str(v)) for v in row if v is not None}.issuperset(wanted)
    )
    names = {c: squeeze_text(str(v)) for c, v in enumerate(sheet.rows[head]) if v is not None}
    return [
        (r, {n: (row[c], c) for c, n in names.items()})
        for r, row in enumerate(sheet.rows[head + 1 :], start=head + 1)
        if any(v is not None for v in row)
    ]


def read_published(catalog: Catalog, source: Source, book: Workbook) -> list[Submission]:
    """Published totals: one figure a row, as printed, with quote and source. `指标` is the form's indicator id or label."""
    submission = Submission(source.name, source.sha256, source.format)
    campaign = source.campaign
    if campaign is None or campaign.form_id is None:
        submission.is_refused = True
        submission.findings.append(Finding("campaign_unknown", place=source.name))
        return [submission]
    form = catalog.forms[campaign.form_id]
    submission.campaign_id, submission.form_id = campaign.campaign_id, form.form_id
    resolver = resolver_for(catalog, campaign)
    by_word = {**{i.label_zh: i for i in form.indicators}, **form.by_indicator}
    sheet = book.sheets[0]
    seen: dict[str, set[str]] = {}
    for r, record in _records(sheet, _PUBLISHED):
        word, column = str(record["指标"][0] or "").strip(), record["公布数"][1]
        place = cell_place(sheet.name, r, column)
        indicator = by_word.get(word)
        name = str(record["填报单位"][0] or "")
        unit_id = resolver.resolve(name).unit_id
        if indicator is None or unit_id is None:
            submission.findings.append(
                Finding(
                    "column_unmapped" if indicator is None else "unit_unresolved",
                    place,
                    word or name,
                    words={"place": place},
                )
            )
            continue
        raw = str(record["公布数"][0] or "")
        submission.facts.append(make_fact(unit_id, indicator, interpret(indicator, Typed(raw)), raw, place))
        seen.setdefault(unit_id, set()).add(indicator.indicator_id)
        quote = [str(record.get(k, ("", 0))[0] or "") for k in ("原文", "来源", "网址")]
        submission.quotes.append(Quote(indicator.indicator_id, *quote))
    for unit_id, have in sorted(seen.items()):
        submission.unit_id = unit_id if len(seen) == 1 else None
        submission.facts += [
            make_fact(unit_id, i, Reading(ROW_MISSING), None, sheet.name)
            for i in form.indicators
            if i.indicator_id not in have
        ]
    submission.findings += flag_findings(submission.facts)
    return [submission]


@lru_cache(maxsize=4)
def duty_kinds(path: Path = CATALOG_DIR / "evidence.yaml") -> dict[str, str]:
    """Printed word of a register -> kind of duty."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {squeeze_text(str(w)): str(item["kind"]) for item in raw["items"] for w in item["words"]}


def duty_kind(item: str) -> str | None:
    """The kind of duty an item names: its whole text first, then the longest known word in it; None when it has none."""
    text, kinds = squeeze_text(item), duty_kinds()
    if text in kinds:
        return kinds[text]
    inside = [w for w in kinds if w in text]
    return kinds[max(inside, key=len)] if inside else None


def read_register(catalog: Catalog, source: Source, book: Workbook) -> list[Submission]:
    """A register of what was sent when: one act a row -> Evidence."""
    submission = Submission(source.name, source.sha256, source.format, is_collected=True)
    campaign = source.campaign
    if campaign is None:
        submission.is_refused = True
        submission.findings.append(Finding("campaign_unknown", place=source.name))
        return [submission]
    submission.campaign_id = campaign.campaign_id
    resolver = resolver_for(catalog, campaign)
    sheet = book.sheets[0]
    for r, record in _records(sheet, _REGISTER):
        (name, name_column), (item, item_column), (when, when_column) = (record[k] for k in _REGISTER)
        unit_id = resolver.resolve(str(name or "")).unit_id
        kind = duty_kind(str(item or ""))
        at = parse_moment(when)
        if unit_id is None:
            submission.findings.append(
                Finding("unit_unresolved", cell_place(sheet.name, r, name_column), str(name or ""))
            )
        elif kind is None:
            submission.findings.append(
                Finding(
                    "column_unmapped",
                    cell_place(sheet.name, r, item_column),
                    str(item or ""),
                    unit_id=unit_id,
                    words={"place": cell_place(sheet.name, r, item_column)},
                )
            )
        elif at is None:
            submission.findings.append(
                Finding("bad_date", cell_place(sheet.name, r, when_column), str(when or ""), unit_id=unit_id)
            )
        else:
            submission.evidence.append(Evidence(unit_id, kind, at, str(record.get("说明", ("", 0))[0] or "")))
    return [submission]


def parse_moment(value: CellValue) -> datetime | None:
    """A date with or without a time; None when it is neither."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    match = re.fullmatch(
        r"\s*(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]+(\d{1,2})[:：](\d{2})(?:[:：](\d{2}))?)?\s*",
        str(value or ""),
    )
    if not match:
        return None
    y, m, d, hour, minute, second = (int(g) if g else 0 for g in match.groups())
    try:
        return datetime(y, m, d, hour, minute, second)
    except ValueError:
        return None
