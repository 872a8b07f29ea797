"""A collected table (Workbook) -> submissions: where the units stand, which column is which blank, what the totals say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from etl.catalog.model import Campaign, Catalog, Form, Indicator
from etl.columns import ColumnMap, header_paths, map_columns
from etl.document import CellValue, Sheet, Workbook
from etl.extract.squeeze import squeeze_text
from etl.facts import Fact, Submission, flag_findings, interpret, judge_together, make_fact, number_words
from etl.findings import Finding
from etl.interpret.count import Typed
from etl.interpret.reading import NOT_REPORTED, ROW_MISSING, Reading, withheld
from etl.read.xlsx import cell_place
from etl.resolve import Resolution, Resolver
from etl.word_form import Source, resolver_for, tell_campaign

_TOTAL = re.compile(r"^(合\s*计|总\s*计|共\s*计|小\s*计|全[市区省州县国]|汇\s*总|累\s*计|合计数|总数)[:：]?$")
_GRAND = re.compile(r"^(合\s*计|总\s*计|共\s*计|全[市区省州县国]|汇\s*总)")
_NOTE = re.compile(r"^\s*[（(]?(注|说明|备注|填表人|填报人|审核|制表|联系|单位负责人|填表说明|附注)")
_MISSING = re.compile(r"^(未报送?|未上报|没报|缺报|漏报)$")


@dataclass(frozen=True)
class Layout:
    """Where things stand in a sheet: the unit column, the data rows with their unit, total rows, the first data row."""

    name_column: int
    first_row: int
    rows: tuple[tuple[int, Resolution], ...]
    totals: tuple[int, ...]
    unresolved: tuple[tuple[int, str], ...]


def read_collected(catalog: Catalog, source: Source, book: Workbook) -> list[Submission]:
    """Each visible sheet that holds a table of units is one Submission; when none does, one refused Submission."""
    found: list[Submission] = []
    for sheet in book.sheets:
        read = _read_sheet(catalog, source, sheet, len(found))
        if read is not None:
            found.append(read)
    remarks = [Finding(rule, place=place or source.name, found=place or source.name) for rule, place in book.remarks]
    good = [s for s in found if not s.is_refused]
    if not good:
        refused = found[0] if found else Submission(source.name, source.sha256, source.format, is_refused=True)
        if not found:
            refused.campaign_id = source.campaign.campaign_id if source.campaign else None
            refused.findings = [Finding("form_not_recognised", place=source.name, found=source.name)]
        refused.findings += remarks
        return [refused]
    good[0].findings += remarks
    return good


def _read_sheet(catalog: Catalog, source: Source, sheet: Sheet, number: int) -> Submission | None:
    if not sheet.rows:
        return None
    filled = fill_merged(sheet)
    words = "\n".join(str(v) for row in filled.rows[:6] for v in row if isinstance(v, str))
    campaign = source.campaign or tell_campaign(catalog, [], words[:600], source.name, "")
    submission = Submission(source.name, source.sha256, source.format, part=number, is_collected=True)
    if campaign is None or campaign.form_id is None:
        submission.is_refused = True
        submission.campaign_id = campaign.campaign_id if campaign else None
        submission.findings.append(
            Finding("no_table_asked" if campaign else "campaign_unknown", place=f"{source.name} {sheet.name}")
        )
        return submission
    submission.campaign_id, submission.form_id = campaign.campaign_id, campaign.form_id
    form = catalog.forms[campaign.form_id]
    resolver = resolver_for(catalog, campaign)
    upright, turned = _layout(filled, resolver), _layout(transposed(filled), resolver)
    if turned is not None and (upright is None or len(turned.rows) > len(upright.rows)):
        return _read_grid(campaign, form, transposed(filled), turned, resolver, submission, is_turned=True)
    if upright is None:
        submission.is_refused = True
        submission.findings.append(
            Finding("form_not_recognised", place=f"{source.name} {sheet.name}", found=words[:60])
        )
        return submission
    return _read_grid(campaign, form, filled, upright, resolver, submission, is_turned=False)


def fill_merged(sheet: Sheet) -> Sheet:
    """The sheet with every merged area filled with its first cell's value."""
    if not sheet.merged:
        return sheet
    rows = [list(r) for r in sheet.rows]
    for r1, c1, r2, c2 in sheet.merged:
        if r1 >= len(rows) or c1 >= len(rows[r1]):
            continue
        value = rows[r1][c1]
        for r in range(r1, min(r2 + 1, len(rows))):
            for c in range(c1, min(c2 + 1, len(rows[r]))):
                rows[r][c] = value
    return replace(sheet, rows=tuple(tuple(r) for r in rows))


def transposed(sheet: Sheet) -> Sheet:
    """Rows and columns exchanged."""
    return replace(
        sheet, rows=tuple(zip(*sheet.rows, strict=True)), uncached=frozenset((c, r) for r, c in sheet.uncached)
    )


def _layout(sheet: Sheet, resolver: Resolver) -> Layout | None:
    """The column with most unit names, and the rows they stand in; None when there is no such column."""
    best: tuple[int, int] | None = None
    width = len(sheet.rows[0]) if sheet.rows else 0
    for column in range(min(width, 12)):
        names = {
            resolver.resolve(str(v)).unit_id
            for v in (r[column] for r in sheet.rows)
            if isinstance(v, str) and len(v) < 40 and not _TOTAL.match(v.strip())
        }
        known = sum(1 for n in names if n is not None and resolver.unit(n) is not None)
        if known >= 1 and (best is None or known > best[0]):
            best = (known, column)
    if best is None:
        return None
    return _rows_of(sheet, resolver, best[1])


def _rows_of(sheet: Sheet, resolver: Resolver, column: int) -> Layout | None:
    rows, totals, unresolved = [], [], []
    first = None
    for r, row in enumerate(sheet.rows):
        text = str(row[column]).strip() if row[column] is not None else ""
        lead = next((str(v).strip() for v in row if v is not None), "")
        if first is not None and (_TOTAL.match(text) or _TOTAL.match(lead)):
            totals.append(r)
            continue
        resolution = resolver.resolve(text) if 0 < len(text) < 40 else Resolution(None, "unit_unresolved")
        is_unit = resolution.unit_id is not None and resolver.unit(resolution.unit_id) is not None
        has_data = sum(1 for c, v in enumerate(row) if v is not None and c > column) >= 1
        if is_unit and (first is not None or has_data or _blank_row(row, column)):
            first = r if first is None else first
            rows.append((r, resolution))
        elif first is not None and resolution.unit_id is not None:
            rows.append((r, resolution))
        elif first is not None and has_data and not _NOTE.match(lead) and _has_numbers(row, column):
            unresolved.append((r, text or lead))
    if first is None:
        return None
    return Layout(column, first, tuple(rows), tuple(totals), tuple(unresolved))


def _blank_row(row: Sequence[CellValue], column: int) -> bool:
    return all(v is None for c, v in enumerate(row) if c > column)


def _has_numbers(row: Sequence[CellValue], column: int) -> bool:
    return any(
        isinstance(v, float) or (isinstance(v, str) and re.search(r"\d", v)) for c, v in enumerate(row) if c > column
    )


def _read_grid(
    campaign: Campaign,
    form: Form,
    sheet: Sheet,
    layout: Layout,
    resolver: Resolver,
    submission: Submission,
    *,
    is_turned: bool,
) -> Submission:
    paths = header_paths(sheet, layout.first_row, layout.name_column)
    columns = map_columns(form, paths, layout.name_column)
    place = _Placer(sheet.name, is_turned)
    if not columns.of_indicator:
        submission.is_refused = True
        submission.findings.append(
            Finding("form_not_recognised", place=sheet.name, found=" / ".join(paths[min(paths)]) if paths else "")
        )
        return submission
    for column, path in columns.unmapped:
        if any(_filled(sheet.rows[r][column]) for r, _ in layout.rows):
            submission.findings.append(
                Finding(
                    "column_unmapped",
                    place(0, column).split("!")[0],
                    "/".join(path),
                    words={"place": place(layout.first_row - 1, column)},
                )
            )
    for indicator_id, path in columns.reworded.items():
        where = place(layout.first_row - 1, columns.of_indicator[indicator_id])
        submission.findings.append(Finding("column_reworded", where, "/".join(path), indicator_id=indicator_id))
    repeated = {u for u, n in Counter(x.unit_id for _, x in layout.rows).items() if n > 1}
    for r, resolution in layout.rows:
        unit_id = resolution.unit_id
        unit = resolver.unit(unit_id) if unit_id else None
        if unit_id in repeated:
            submission.findings.append(
                Finding("repeated_in_table", place(r, layout.name_column), resolution.name, unit_id=unit_id)
            )
        if unit is None and unit_id is not None and resolution.kind:
            submission.outside_units.append((unit_id, resolution.name.strip(), resolution.kind))
            submission.findings.append(
                Finding("unit_not_in_roster", place(r, layout.name_column), resolution.name, unit_id=unit_id)
            )
        _read_row(form, sheet, columns, r, None if unit_id in repeated else unit_id, place, submission)
    for r, name in layout.unresolved:
        submission.findings.append(Finding("unit_unresolved", place(r, layout.name_column), name))
        _read_row(form, sheet, columns, r, None, place, submission)
    _check_totals(form, sheet, columns, layout, place, submission)
    return submission


@dataclass(frozen=True)
class _Placer:
    """Row and column of the read grid -> place in the file."""

    sheet: str
    is_turned: bool

    def __call__(self, row: int, column: int) -> str:
        return cell_place(self.sheet, column, row) if self.is_turned else cell_place(self.sheet, row, column)


def _filled(value: CellValue) -> bool:
    return value is not None and str(value).strip() != ""


def _read_row(
    form: Form, sheet: Sheet, columns: ColumnMap, row: int, unit_id: str | None, place: _Placer, submission: Submission
) -> None:
    """All blanks of one unit's row."""
    facts: list[Fact] = []
    values = sheet.rows[row]
    given = [str(v).strip() for v in (values[c] for c in columns.of_indicator.values()) if _filled(v)]
    not_reported = bool(given) and all(_MISSING.match(g) for g in given)
    for indicator in form.indicators:
        column = columns.of_indicator.get(indicator.indicator_id)
        where = place(row, column if column is not None else 0)
        if not_reported:
            # The whole row says so, for the blanks the table leaves out as well.
            raw = str(values[column] or "") if column is not None else None
            facts.append(make_fact(unit_id, indicator, Reading(NOT_REPORTED), raw, where))
            continue
        if column is None:
            facts.append(make_fact(unit_id, indicator, Reading(ROW_MISSING), None, where))
            continue
        if (row, column) in sheet.uncached:
            facts.append(
                make_fact(unit_id, indicator, withheld("formula_uncached", state="formula_uncached"), "", where)
            )
            continue
        reading, raw = read_cell(indicator, values[column], columns.scale.get(indicator.indicator_id, 1))
        facts.append(make_fact(unit_id, indicator, reading, raw, where))
    facts, more = judge_together(form, facts)
    submission.facts += facts
    submission.findings += flag_findings(facts) + more


def read_cell(indicator: Indicator, value: CellValue, scale: int) -> tuple[Reading, str]:
    """One cell of a collected table. `scale` is 10,000 under a header in 万."""
    if value is None:
        return interpret(indicator, Typed("")), ""
    if isinstance(value, date):
        raw = value.isoformat()[:10]
        if indicator.kind == "text":
            return interpret(indicator, Typed(raw)), raw
        return withheld("date_in_number", proposal=f"{value.month}-{value.day}"), raw
    if isinstance(value, bool):
        raw = "是" if value else "否"
        return (interpret(indicator, Typed(raw)) if indicator.kind == "flag" else withheld("unreadable")), str(
            value
        ).upper()
    raw = _plain_number(value) if isinstance(value, float) else value
    if indicator.kind == "flag" and raw.strip() in ("1", "0"):
        return interpret(indicator, Typed("是" if raw.strip() == "1" else "否")), raw
    if scale != 1 and indicator.kind == "count":
        return _scaled(indicator, raw, scale), raw
    return interpret(indicator, Typed(raw)), raw


def _plain_number(value: float) -> str:
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


def _scaled(indicator: Indicator, raw: str, scale: int) -> Reading:
    """A cell under a header in 万: the number times 10,000, whatever way it is typed."""
    try:
        number = Decimal(squeeze_text(raw).replace(",", "")) * scale
    except InvalidOperation:
        reading = interpret(indicator, Typed(raw))
        if reading.value is None or reading.value == 0 or "万" in raw:
            return reading
        return interpret(indicator, Typed(raw + "万"))
    if number != int(number):
        return withheld("non_integer")
    return interpret(indicator, Typed(str(int(number)))).with_flag("rounded")


def _check_totals(
    form: Form, sheet: Sheet, columns: ColumnMap, layout: Layout, place: _Placer, submission: Submission
) -> None:
    """Total rows against the sum of the units' rows; both are kept, only the units' rows count."""
    rows = [
        r
        for r in layout.totals
        if any(_GRAND.match(str(v).strip()) for v in sheet.rows[r][: layout.name_column + 1] if v is not None)
    ]
    sums: dict[str, float] = {}
    for fact in submission.facts:
        if fact.value is not None:
            sums[fact.indicator_id] = sums.get(fact.indicator_id, 0.0) + fact.value
    for r in rows[:1]:
        for indicator in form.indicators:
            column = columns.of_indicator.get(indicator.indicator_id)
            if column is None or indicator.kind != "count" or not _filled(sheet.rows[r][column]):
                continue
            declared, raw = read_cell(indicator, sheet.rows[r][column], columns.scale.get(indicator.indicator_id, 1))
            if declared.value is None or declared.value == sums.get(indicator.indicator_id, 0.0):
                continue
            submission.findings.append(
                Finding(
                    "total_mismatch",
                    place(r, column),
                    raw,
                    number_words(sums.get(indicator.indicator_id, 0.0)),
                    indicator_id=indicator.indicator_id,
                    proposal=None,
                )
            )
