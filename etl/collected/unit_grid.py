"""A sheet seen as rows of units, either way round: which column is which blank, and what each unit says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from etl.catalog.model import Form, Indicator
from etl.collected.cells import few_digits, is_beyond_people, is_of_other, read_cell, without_own_name
from etl.collected.column_lines import apply_scale, told_columns
from etl.collected.columns.match import ColumnMap, map_columns
from etl.collected.columns.said_heads import decided_columns, say_decided
from etl.collected.columns.sheet_topic import heads_of
from etl.collected.corrected import hold_corrected
from etl.collected.left_over import doubt_lines, is_filled, left_columns, left_remarks, lines_beside, say_reworded
from etl.collected.part_facts import add_parts, check_whole
from etl.collected.repeated_columns import said_again, unlike_columns
from etl.collected.sheet.departments import can_be_summed, put_together
from etl.collected.sheet.doubts import doubted_columns, doubted_rows, is_name_doubtful, shifted_rows
from etl.collected.sheet.held_back import held_numbers, numbers_of, say_columns_aside, say_left_out, say_rows
from etl.collected.sheet.layout import Layout, UnitRow
from etl.collected.sheet.periods import told_periods, without_rows
from etl.collected.sheet.whole_sheets import shared_cells
from etl.collected.totals import check_totals, without_disputed
from etl.decisions.files import ColumnDecision
from etl.document import CellValue, Sheet
from etl.extract.squeeze import squeeze_text
from etl.facts import Fact, Submission, flag_findings, judge_together, make_fact, number_words, plain_fact
from etl.findings import Finding
from etl.held_facts import held_words
from etl.interpret.lexicon import load_lexicon
from etl.interpret.reading import EMPTY, NOT_FILLED, NOT_REPORTED, ROW_MISSING, Reading, withheld
from etl.next_blank import name_next_blank
from etl.resolve import Resolver, hint_words

NOTHING_SAID: Mapping[str, ColumnDecision] = {}


@dataclass(frozen=True)
class UnitGrid:
    """A sheet seen as rows of units."""

    sheet: Sheet
    layout: Layout
    resolver: Resolver
    is_turned: bool
    year: int = 0
    named_by: str = ""  # the file's name, where it alone says whose the table is
    is_from_list: bool = False  # made of one unit's list, whose remarks stand beside its rows

    @cached_property
    def shared(self) -> frozenset[tuple[int, int]]:
        """Data cells that are merged with others."""
        return shared_cells(self.sheet, self.layout)

    @cached_property
    def shifted(self) -> frozenset[int]:
        """Rows whose fields may have moved."""
        return frozenset() if self.is_turned else shifted_rows(self.sheet, self.layout)

    @cached_property
    def doubted(self) -> tuple[frozenset[int], frozenset[int]]:
        """Rows, and columns, whose remark takes their figures back."""
        return doubted_rows(self.sheet, self.layout), doubted_columns(self.sheet, self.layout)

    @cached_property
    def is_plain(self) -> bool:
        """Whether nothing but its head and its row says anything of a cell: no merged or moved ones, no remark that takes figures back."""
        return not (self.shared or self.shifted or self.doubted[0] or self.doubted[1])

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of all rows, as typed."""
        return tuple(u.resolution.name for u in self.layout.rows)

    def place(self, row: int, column: int) -> str:
        """Row and column of the read grid -> place in the file."""
        return self.sheet.place(column, row) if self.is_turned else self.sheet.place(row, column)

    def read(
        self,
        form: Form,
        submission: Submission,
        year: int,
        said: Mapping[str, ColumnDecision] = NOTHING_SAID,
        *,
        is_decided: bool = False,
    ) -> bool:
        """Read the grid into the submission of this year's campaign; False when no column belongs to the form.

        A table all of whose rows are of another time is refused, unless a person said of which campaign it is. `said`: what
        persons said that heads mean.
        """
        told = told_periods(self.sheet, self.layout, year)
        left_out = {r: word for r, (kind, word) in told.items() if kind == "other"}
        parts = {} if is_decided else {r: word for r, (kind, word) in told.items() if kind == "part"}
        layout = without_rows(self.layout, left_out)
        if not layout.rows and is_decided:
            left_out, layout = {}, self.layout
        heads = heads_of(form, self.sheet, layout)
        decided = decided_columns(heads, said)
        told_aside = told_columns(self.sheet, self.layout, year) if self.is_turned else {}
        heads = {c: path for c, path in heads.items() if c not in told_aside or c in decided}
        columns = self._map(form, heads, year, decided)
        if columns.repeated:
            columns = replace(columns, unlike=unlike_columns(self.sheet, layout, columns, heads))
        if not columns.of_indicator:
            return False
        if not layout.rows:
            submission.is_refused = True
            submission.findings.append(say_rows("other_year", self.sheet, self.layout, left_out, self.place, year))
            return True
        submission.findings += apply_scale(form, self.sheet, self.layout, columns, heads, self.place)
        submission.findings += left_columns(form, self.sheet, layout, columns, heads, self.place)
        submission.findings += say_reworded(columns, self.layout.first_row - 1, self.place)
        submission.findings += say_decided(heads, decided, lambda c: self.place(self.layout.first_row - 1, c))
        submission.decided_columns += [d.decision_id for d in decided.values()]
        submission.findings += left_remarks(self.sheet, layout, heads, self.place)
        submission.findings += lines_beside(self.sheet, self.layout, self.place, is_turned=self.is_turned)
        submission.findings += doubt_lines(self.sheet, self.layout, self.place, year)
        submission.findings += say_left_out(self.sheet, self.layout, layout, left_out, self.place, year)
        submission.findings += say_columns_aside(self.sheet, self.layout, told_aside, self.place, year)
        values: dict[int, dict[str, Fact]] = {}
        for unit in layout.rows:
            values[unit.row] = {f.indicator_id: f for f in self._row(form, columns, unit.row, unit.resolution.unit_id)}
        for unit_rows in by_unit(layout.rows):
            self._add_unit(form, _answering(unit_rows, values), values, submission, parts, year)
        for r, unknown in layout.unresolved:
            place, proposal = self.place(r, layout.name_column), unknown.proposal or None
            words = {**hint_words(unknown), **held_words(numbers_of(self.sheet.rows[r][layout.name_column + 1 :]))}
            submission.findings.append(Finding("unit_unresolved", place, unknown.name, proposal=proposal, words=words))
            values[r] = {f.indicator_id: f for f in self._row(form, columns, r, None)}
            _add(form, list(values[r].values()), submission)
        disputed = check_totals(form, self.sheet, columns, layout, values, self.place, _declared)
        submission.facts = without_disputed(submission.facts, disputed)
        submission.findings += disputed
        corrected = hold_corrected(form, self.sheet, layout, submission.facts, self.place, year)
        submission.facts, submission.findings = corrected[0], submission.findings + corrected[1]
        return True

    def _map(
        self, form: Form, heads: dict[int, tuple[str, ...]], year: int, decided: Mapping[int, ColumnDecision]
    ) -> ColumnMap:
        names = (self.sheet.caption, self.sheet.name)
        by_hand = {c: d.indicator_id for c, d in decided.items()}
        return map_columns(form, heads, self.layout.name_column, names, year, by_hand)

    def unread(self, form: Form, year: int) -> list[Finding]:
        """The columns of numbers of a table of several units none of whose heads is known."""
        if len(by_unit(self.layout.rows)) < 2:
            return []
        heads = heads_of(form, self.sheet, self.layout)
        columns = self._map(form, heads, year, {})
        left = left_columns(form, self.sheet, self.layout, columns, heads, self.place)
        return [f for f in left if f.rule == "column_unread"]

    def _add_unit(
        self,
        form: Form,
        rows: list[UnitRow],
        values: dict[int, dict[str, Fact]],
        submission: Submission,
        parts: Mapping[int, str],
        year: int,
    ) -> None:
        """One unit's facts: its one row, its departments' rows put together, or (it stands there twice, or with a week only) none."""
        name, unit_id = rows[0].resolution.name, rows[0].resolution.unit_id
        where = self.place(rows[0].row, self.layout.name_column)
        if is_name_doubtful(name, self.names):
            submission.findings.append(Finding("remark_unclear", where, name, unit_id=unit_id))
        if rows[0].resolution.kind and unit_id is not None:
            submission.outside_units.append((unit_id, name.strip(), rows[0].resolution.kind))
            submission.findings.append(Finding("unit_not_in_roster", where, name, unit_id=unit_id))
        if len(rows) == 1 and (word := parts.get(rows[0].row)):
            held = held_numbers([self.sheet.rows[rows[0].row][self.layout.name_column + 1 :]])
            submission.findings.append(Finding("rows_other_period", where, word, str(year), unit_id, words=held))
            _add(form, [f._replace(unit_id=None) for f in values[rows[0].row].values()], submission)
        elif len(rows) == 1:
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
                held = held_numbers([self.sheet.rows[row.row][self.layout.name_column + 1 :]])
                submission.findings.append(Finding("repeated_in_table", at, name, unit_id=unit_id, words=held))
                _add(form, [f._replace(unit_id=None) for f in values[row.row].values()], submission)

    def _row(self, form: Form, columns: ColumnMap, row: int, unit_id: str | None) -> list[Fact]:
        """All blanks of one row."""
        facts: list[Fact] = []
        values = self.sheet.rows[row]
        given = (v for v in (values[c] for c in columns.of_indicator.values()) if is_filled(v))
        not_reported = _is_unreported(next(given, None)) and all(map(_is_unreported, given))
        is_plain = self.is_plain and not (columns.repeated or columns.parts or columns.checked or not_reported)
        for indicator in form.indicators:
            column = columns.of_indicator.get(indicator.indicator_id)
            if is_plain and column is not None and indicator.kind == "count":
                digits = few_digits(values[column])
                if digits and columns.scale.get(indicator.indicator_id, 1) == 1:
                    facts.append(plain_fact(unit_id, indicator, digits, self.place(row, column)))
                    continue
            if not_reported:
                # The whole row says so, for the blanks the table leaves out as well.
                raw = str(values[column] or "") if column is not None else None
                facts.append(make_fact(unit_id, indicator, Reading(NOT_REPORTED), raw, self.place(row, column or 0)))
            elif column is None:
                facts.append(make_fact(unit_id, indicator, Reading(ROW_MISSING), None, self.place(row, 0)))
            else:
                facts.append(self._fact(unit_id, indicator, columns, row, column))
        return facts

    def _fact(self, unit_id: str | None, indicator: Indicator, columns: ColumnMap, row: int, column: int) -> Fact:
        """What one row says for one blank, in one cell or in several that are parts of it."""
        if parts := columns.parts.get(indicator.indicator_id):
            heads = {c: self._head(c) for c in parts}
            return add_parts(indicator.kind, self._parts(unit_id, indicator, columns, row, heads))
        fact = self._read(unit_id, indicator, columns, row, column)
        if beside := columns.checked.get(indicator.indicator_id):
            return check_whole(indicator.kind, fact, self._parts(unit_id, indicator, columns, row, beside))
        return fact

    def _parts(
        self, unit_id: str | None, indicator: Indicator, columns: ColumnMap, row: int, of: Mapping[int, str]
    ) -> list[tuple[str, Fact]]:
        """Several cells of a row for one blank, each with its word."""
        return [(word, self._read(unit_id, indicator, columns, row, c)) for c, word in of.items()]

    def _head(self, column: int) -> str:
        """The last word above a column."""
        words = [self.sheet.rows[r][column] for r in self.layout.header]
        return next((str(w) for w in reversed(words) if w is not None), "")

    def _read(self, unit_id: str | None, indicator: Indicator, columns: ColumnMap, row: int, column: int) -> Fact:
        """One cell as the answer to a blank."""
        values, where = self.sheet.rows[row], self.place(row, column)
        scale = columns.scale.get(indicator.indicator_id, 1)
        if (row, column) in self.sheet.uncached:
            reading = withheld("formula_uncached", state="formula_uncached")
            return make_fact(unit_id, indicator, reading, "", where)
        reading, text = read_cell(indicator, without_own_name(values[column], self.resolver, unit_id), scale)
        if indicator.kind == "count" and is_of_other(text, reading, self.resolver, unit_id, self.year):
            reading = withheld("unreadable", proposal=number_words(reading.value))
        if scale > 1 and is_beyond_people(indicator, text, reading, self.resolver.people(unit_id)):
            # 15000 under 万人次: nobody takes part 150 million times in one unit.
            reading = withheld("scale_unclear", proposal=text.strip())
        others = said_again(self.sheet, columns, indicator.indicator_id, row) if columns.repeated else []
        if reading.state != NOT_FILLED and row in self.shifted:
            return make_fact(unit_id, indicator, withheld("row_shifted"), text, where)
        if reading.state != NOT_FILLED and (row in self.doubted[0] or column in self.doubted[1]):
            return make_fact(unit_id, indicator, withheld("row_doubted", proposal=text), text, where)
        if (row, column) in self.shared and reading.state != NOT_FILLED:
            # Whose it is can't be told: nothing to accept for each of those it stands beside.
            reading = withheld("merged_value")
        elif others:
            text = " / ".join(t for t in (text, *others) if t.strip())
            reading = withheld("column_repeated", proposal=text)
        return make_fact(unit_id, indicator, reading, text, where)


def _is_unreported(value: CellValue) -> bool:
    """Whether a cell says that nothing was reported (未报)."""
    return isinstance(value, str) and squeeze_text(value) in load_lexicon().not_reported


def by_unit(rows: Sequence[UnitRow]) -> list[list[UnitRow]]:
    """The rows of data, those of one unit together."""
    found: dict[str | None, list[UnitRow]] = {}
    for unit in rows:
        found.setdefault(unit.resolution.unit_id, []).append(unit)
    return list(found.values())


def _answering(rows: list[UnitRow], values: Mapping[int, Mapping[str, Fact]]) -> list[UnitRow]:
    """Of a unit's rows those that answer anything, where one does: a printed row left empty beside a filled one says nothing."""
    if len(rows) == 1:
        return rows
    return [u for u in rows if any(f.state not in EMPTY for f in values[u.row].values())] or rows[:1]


def _add(form: Form, facts: list[Fact], submission: Submission) -> None:
    facts, more = judge_together(form, facts)
    submission.facts += facts
    submission.findings += name_next_blank(form, facts, flag_findings(facts)) + more


def _declared(indicator: Indicator, value: CellValue, scale: int) -> float | None:
    """The number a total cell states; None when it states none."""
    return read_cell(indicator, value, scale)[0].value if is_filled(value) else None
