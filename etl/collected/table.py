"""A collected table (Workbook) -> submissions: where the units stand, which column is which blank, what the totals say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import chain

from etl.catalog.model import Campaign, Catalog, Form, Indicator
from etl.collected.campaign import coded_campaign, likely_campaigns
from etl.collected.cells import read_cell
from etl.collected.columns import ColumnMap, map_columns
from etl.collected.departments import can_be_summed, put_together
from etl.collected.heads import header_paths
from etl.collected.joined import join_sheets
from etl.collected.layout import Layout, UnitRow, fill_merged, find_layout, scale_lines, shared_cells, transposed
from etl.collected.left_over import is_filled, left_columns, left_remarks, listed_remarks
from etl.collected.long import as_table
from etl.collected.one_unit import with_unit_as_head
from etl.collected.pasted import read_pasted
from etl.collected.periods import other_periods, without_rows
from etl.collected.scale import has_scale, scale_of
from etl.collected.sentences import read_sentences
from etl.collected.split import tables_of
from etl.collected.totals import check_totals
from etl.document import CellValue, Sheet, Workbook
from etl.facts import Fact, Submission, flag_findings, judge_together, make_fact
from etl.findings import Finding
from etl.form.identity import Source, is_late, resolver_for, tell_campaign
from etl.interpret.dates import interpret_date
from etl.interpret.reading import NOT_FILLED, NOT_REPORTED, ROW_MISSING, UNREADABLE, Reading, withheld
from etl.resolve import Resolver, hint_words

_DATE_LINE = re.compile(r"(?:填[报表]|报送|上报|统计|制表)(?:日期|时间)\s*[:：]\s*([^\s　]*)")
_MISSING = re.compile(r"^(未报送?|未上报|没报|缺报|漏报)$")


def read_collected(catalog: Catalog, source: Source, book: Workbook) -> list[Submission]:
    """All visible sheets of a campaign together are one Submission; when none can be read, one refused Submission."""
    found: list[Submission] = []
    for sheet in book.sheets:
        found += _read_sheet(catalog, source, sheet)
    remarks = [Finding(rule, place=place or source.name, found=place or source.name) for rule, place in book.remarks]
    good = [s for s in found if not s.is_refused]
    if not good:
        refused = found[0] if found else Submission(source.name, source.sha256, source.format, is_refused=True)
        if not found:
            refused.campaign_id = source.campaign.campaign_id if source.campaign else None
            refused.findings = [Finding("form_not_recognised", place=source.name, found=source.name)]
        # A sheet of another year beside others is a remark; where it is the whole file, the file may be this year's after all.
        is_other = any(f.rule == "sheet_other_year" for f in refused.findings)
        refused.findings = [replace(f, rule="other_year") if is_other else f for f in refused.findings] + remarks
        return [refused]
    joined = join_sheets(good)
    for number, submission in enumerate(joined):
        submission.part = number
    # A sheet with numbers that can't be read is spoken about, beside those that can.
    joined[0].findings += [f for s in found if s.is_refused for f in s.findings] + remarks
    return joined


def _read_sheet(catalog: Catalog, source: Source, sheet: Sheet) -> list[Submission]:
    """Each table of one sheet."""
    if not sheet.rows:
        return []
    filled = fill_merged(sheet)
    words = "\n".join(str(v) for row in filled.rows[:6] for v in row if isinstance(v, str))
    coded = coded_campaign(catalog, filled)
    campaign = source.campaign or coded or tell_campaign(catalog, [], words[:600], source.name, "")
    submission = Submission(source.name, source.sha256, source.format, is_collected=True)
    if campaign is None or campaign.form_id is None:
        submission.campaign_id = campaign.campaign_id if campaign else None
        place = f"{source.name} {sheet.name}"
        why = Finding("no_table_asked", place) if campaign else _unknown(likely_campaigns(catalog, filled), place)
        return [_refused(submission, why)]
    submission.campaign_id, submission.form_id = campaign.campaign_id, campaign.form_id
    submission.report_date = next((day for row in sheet.rows if (day := _date_of_line(row))), None)
    submission.is_date_doubtful = submission.report_date is not None and submission.report_date.year != campaign.year
    year = None if source.is_decided else _other_year(sheet, words, campaign, coded)
    if year is not None:
        meant = (
            c for c in catalog.campaigns.values() if (c.jurisdiction_id, c.year) == (campaign.jurisdiction_id, year)
        )
        proposal = next((c.campaign_id for c in meant if c.form_id), None)
        said = {"year": str(year)}
        why = Finding("sheet_other_year", sheet.name, sheet.name, str(campaign.year), proposal=proposal, words=said)
        return [_refused(submission, why)]
    resolver = resolver_for(catalog, campaign).deciding(source.names)
    source = replace(source, campaign=campaign)
    return [_read_table(catalog, source, table, resolver, submission) for table in tables_of(sheet, resolver)]


def _unknown(likely: Sequence[Campaign], place: str) -> Finding:
    """That the campaign can't be told, with those that the table's units and heads fit."""
    if not likely:
        return Finding("campaign_unknown", place)
    words = {
        "basis": f"（单位和栏目与{'、'.join(c.title_zh for c in likely)}相符）",
        "basis_en": f" (its units and heads fit {', '.join(c.title_en for c in likely)})",
    }
    return Finding("campaign_unknown", place, proposal=" / ".join(c.campaign_id for c in likely), words=words)


def _refused(submission: Submission, why: Finding) -> Submission:
    return replace(submission, is_refused=True, findings=[why])


def _read_table(catalog: Catalog, source: Source, sheet: Sheet, resolver: Resolver, blank: Submission) -> Submission:
    """A table of units either way round, a list of blanks of one unit, or the Word form in cells."""
    form = catalog.forms[str(blank.form_id)]
    filled = fill_merged(sheet)
    told = read_sentences(form, filled, resolver, blank)
    if told is not None:
        return told
    as_list = as_table(filled, resolver)
    for grid in chain(_grids(as_list, resolver) if as_list else (), _grids(filled, resolver)):
        submission = replace(blank, facts=[], findings=[], outside_units=[])
        if not grid.read(form, submission):
            continue
        if grid.sheet is as_list:
            submission.findings += listed_remarks(filled, resolver)
        # The unit's name above the sentences of a pasted form looks like the head of a table.
        pasted = read_pasted(catalog, source, sheet, resolver) if len(_by_unit(grid.layout.rows)) < 2 else None
        return pasted if pasted is not None and _n_read(pasted) > _n_read(submission) else submission
    pasted = read_pasted(catalog, source, sheet, resolver)
    if pasted is not None:
        return pasted
    words = " ".join(str(v) for row in filled.rows for v in row if isinstance(v, str))[:60]
    place = f"{source.name} {sheet.name}"
    return _refused(replace(blank), Finding("form_not_recognised", place=place, found=words))


def _n_read(submission: Submission) -> tuple[int, int]:
    """How many blanks were answered so that it can be read, and how many were found at all."""
    found = [f.state for f in submission.facts if f.state not in (ROW_MISSING, UNREADABLE)]
    return len(found) - found.count(NOT_FILLED), len(found)


def _other_year(sheet: Sheet, words: str, campaign: Campaign, coded: Campaign | None) -> int | None:
    """The one year that a sheet's code, its name, else its title, else its date gives, where it is not the campaign's; None otherwise."""
    if coded is not None and coded.year != campaign.year:
        return coded.year
    for text in (sheet.name, words.split("\n", maxsplit=1)[0][:60]):
        years = {int(y) for y in re.findall(r"(?<!\d)(20[012]\d)(?=\s*年|$|[^\d.])", text)}
        if years:
            return next(iter(years)) if len(years) == 1 and campaign.year not in years else None
    days = [day for row in sheet.rows if (day := _date_of_line(row))]
    is_other = days and not any(day.year == campaign.year or is_late(day, campaign) for day in days)
    return days[0].year if is_other else None


def _date_of_line(row: Sequence[CellValue]) -> date | None:
    """The date behind 填报日期：, in the same cell or the next; None where a row gives none, or no year."""
    for c, value in enumerate(row):
        if not isinstance(value, str) or not ("日期" in value or "时间" in value):
            continue
        match = _DATE_LINE.search(value)
        if match:
            said = match.group(1) or next((v for v in row[c + 1 :] if v is not None), None)
            return interpret_date(said, None).day
    return None


def _grids(sheet: Sheet, resolver: Resolver) -> Iterator[_Grid]:
    """The ways to see the sheet as a table of units, likeliest first."""
    turned = transposed(sheet)
    ways = [
        _Grid(s, layout, resolver, is_turned=is_turned)
        for s, is_turned in ((sheet, False), (turned, True))
        if (layout := find_layout(s, resolver)) is not None
    ]
    ways.sort(key=lambda g: -len(g.layout.rows))
    yield from ways
    headed = with_unit_as_head(sheet, resolver)
    if headed is not None:
        own = transposed(headed)
        layout = find_layout(own, resolver)
        if layout is not None:
            yield _Grid(own, layout, resolver, is_turned=True)


@dataclass(frozen=True)
class _Grid:
    """A sheet seen as rows of units."""

    sheet: Sheet
    layout: Layout
    resolver: Resolver
    is_turned: bool

    @cached_property
    def shared(self) -> frozenset[tuple[int, int]]:
        """Data cells that are merged with others."""
        return shared_cells(self.sheet, self.layout)

    def place(self, row: int, column: int) -> str:
        """Row and column of the read grid -> place in the file."""
        return self.sheet.place(column, row) if self.is_turned else self.sheet.place(row, column)

    def read(self, form: Form, submission: Submission) -> bool:
        """Read the grid into the submission; False when no column belongs to the form."""
        year = int(str(submission.campaign_id)[-4:])
        left_out = other_periods(self.sheet, self.layout, year)
        layout = without_rows(self.layout, left_out) if left_out else self.layout
        heads = header_paths(self.sheet, layout)
        columns = map_columns(form, heads, layout.name_column, (self.sheet.caption, self.sheet.name), year)
        if not columns.of_indicator:
            return False
        submission.findings += self._apply_scale(form, columns, heads)
        submission.findings += left_columns(self.sheet, layout, columns, heads, self.place) + self._reworded(columns)
        submission.findings += left_remarks(self.sheet, layout, heads, self.place)
        if left_out:
            words = "、".join(sorted(set(left_out.values())))
            submission.findings.append(Finding("rows_other_period", self.place(min(left_out), 0), words, str(year)))
        values: dict[int, dict[str, Fact]] = {}
        for unit in layout.rows:
            values[unit.row] = {f.indicator_id: f for f in self._row(form, columns, unit.row, unit.resolution.unit_id)}
        for unit_rows in _by_unit(layout.rows):
            self._add_unit(form, unit_rows, values, submission)
        for r, said in layout.unresolved:
            place, proposal = self.place(r, layout.name_column), said.proposal or None
            submission.findings.append(
                Finding("unit_unresolved", place, said.name, proposal=proposal, words=hint_words(said))
            )
            values[r] = {f.indicator_id: f for f in self._row(form, columns, r, None)}
            _add(form, list(values[r].values()), submission)
        submission.findings += check_totals(form, self.sheet, columns, layout, values, self.place, _declared)
        return True

    def _apply_scale(self, form: Form, columns: ColumnMap, heads: Mapping[int, tuple[str, ...]]) -> list[Finding]:
        """单位：万人次 around the table scales the columns of that unit; where it is unclear which or how, they don't count."""
        lines = scale_lines(self.sheet, self.layout)
        found = []
        for indicator_id, column in columns.of_indicator.items():
            indicator = form.by_indicator[indicator_id]
            if indicator.kind != "count" or indicator_id in columns.scale:
                continue
            scale = 0 if has_scale(heads[column], indicator.label_zh) else scale_of(indicator.unit, lines)
            if scale != 1:
                columns.scale[indicator_id] = scale
            if scale > 1:
                where = self.place(self.layout.first_row - 1, column)
                said = next(line for line in lines if scale_of(indicator.unit, [line]) != 1)
                found.append(Finding("scale_above", where, said.strip(), f"{scale:,}", indicator_id=indicator_id))
        return found

    def _add_unit(
        self, form: Form, rows: list[UnitRow], values: dict[int, dict[str, Fact]], submission: Submission
    ) -> None:
        """One unit's facts: its one row, its departments' rows put together, or (it stands there twice) none."""
        name, unit_id = rows[0].resolution.name, rows[0].resolution.unit_id
        where = self.place(rows[0].row, self.layout.name_column)
        if rows[0].resolution.kind and unit_id is not None:
            submission.outside_units.append((unit_id, name.strip(), rows[0].resolution.kind))
            submission.findings.append(Finding("unit_not_in_roster", where, name, unit_id=unit_id))
        if len(rows) == 1:
            _add(form, list(values[rows[0].row].values()), submission)
        elif can_be_summed([r.department for r in rows]):
            for row in rows:
                submission.findings += flag_findings(values[row.row].values())
            facts = [
                put_together(i.kind, [(r.department, values[r.row][i.indicator_id]) for r in rows])
                for i in form.indicators
            ]
            _add(form, facts, submission)
        else:
            for row in rows:
                at = self.place(row.row, self.layout.name_column)
                submission.findings.append(Finding("repeated_in_table", at, name, unit_id=unit_id))
                _add(form, [f._replace(unit_id=None) for f in values[row.row].values()], submission)

    def _reworded(self, columns: ColumnMap) -> list[Finding]:
        """The columns read although their heads are worded otherwise."""
        at = self.layout.first_row - 1
        return [
            Finding("column_reworded", self.place(at, columns.of_indicator[i]), "/".join(path), indicator_id=i)
            for i, path in columns.reworded.items()
        ]

    def _row(self, form: Form, columns: ColumnMap, row: int, unit_id: str | None) -> list[Fact]:
        """All blanks of one row."""
        facts: list[Fact] = []
        values = self.sheet.rows[row]
        given = [v for v in (values[c] for c in columns.of_indicator.values()) if is_filled(v)]
        not_reported = bool(given) and all(isinstance(v, str) and _MISSING.match(v.strip()) for v in given)
        for indicator in form.indicators:
            column = columns.of_indicator.get(indicator.indicator_id)
            where = self.place(row, column if column is not None else 0)
            if not_reported:
                # The whole row says so, for the blanks the table leaves out as well.
                raw = str(values[column] or "") if column is not None else None
                facts.append(make_fact(unit_id, indicator, Reading(NOT_REPORTED), raw, where))
            elif column is None:
                facts.append(make_fact(unit_id, indicator, Reading(ROW_MISSING), None, where))
            else:
                facts.append(self._fact(unit_id, indicator, columns, row, column))
        return facts

    def _fact(self, unit_id: str | None, indicator: Indicator, columns: ColumnMap, row: int, column: int) -> Fact:
        """What one row says for one blank, in one cell or in several that are parts of it."""
        if parts := columns.parts.get(indicator.indicator_id):
            named = [(self._head(c), self._read(unit_id, indicator, columns, row, c)) for c in parts]
            return put_together(indicator.kind, named, summed="derived_sum", withheld="part_unreadable")
        return self._read(unit_id, indicator, columns, row, column)

    def _head(self, column: int) -> str:
        """The last word above a column."""
        words = [self.sheet.rows[r][column] for r in self.layout.header]
        return next((str(w) for w in reversed(words) if w is not None), "")

    def _read(self, unit_id: str | None, indicator: Indicator, columns: ColumnMap, row: int, column: int) -> Fact:
        """One cell as the answer to a blank."""
        values, where = self.sheet.rows[row], self.place(row, column)
        if (row, column) in self.sheet.uncached:
            reading = withheld("formula_uncached", state="formula_uncached")
            return make_fact(unit_id, indicator, reading, "", where)
        scale = columns.scale.get(indicator.indicator_id, 1)
        reading, text = read_cell(indicator, values[column], scale)
        others = _others(values, column, columns, indicator.indicator_id) if columns.repeated else set()
        if (row, column) in self.shared and reading.state != NOT_FILLED:
            reading = withheld("merged_value", proposal=text)
        elif others:
            text = " / ".join([text, *sorted(others)])
            reading = withheld("column_repeated", proposal=text)
        return make_fact(unit_id, indicator, reading, text, where)


def _by_unit(rows: Sequence[UnitRow]) -> list[list[UnitRow]]:
    """The rows of data, those of one unit together."""
    found: dict[str | None, list[UnitRow]] = {}
    for unit in rows:
        found.setdefault(unit.resolution.unit_id, []).append(unit)
    return list(found.values())


def _others(values: Sequence[CellValue], column: int, columns: ColumnMap, indicator_id: str) -> set[str]:
    """What other columns of the same blank say that the first does not."""
    also = {str(values[c]).strip() for i, c in columns.repeated if i == indicator_id}
    return also - {"", "None", str(values[column]).strip()}


def _add(form: Form, facts: list[Fact], submission: Submission) -> None:
    facts, more = judge_together(form, facts)
    submission.facts += facts
    submission.findings += flag_findings(facts) + more


def _declared(indicator: Indicator, value: CellValue, scale: int) -> float | None:
    """The number a total cell states; None when it states none."""
    return read_cell(indicator, value, scale)[0].value if is_filled(value) else None
