"""A collected table (Workbook) -> submissions: of which campaign each sheet is, which tables it holds, how each is to be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from etl.catalog.model import Campaign, Catalog
from etl.collected.campaign import coded_campaign, likely_campaigns
from etl.collected.joined import join_sheets
from etl.collected.left_over import listed_lines, listed_remarks
from etl.collected.long import as_table
from etl.collected.pasted import read_pasted
from etl.collected.sentences import read_sentences
from etl.collected.sheet.day_column import latest_day
from etl.collected.sheet.held_back import held_numbers
from etl.collected.sheet.lines import line_words
from etl.collected.sheet.names_beside import spread_names
from etl.collected.sheet.periods import aside_word
from etl.collected.sheet.split import tables_of
from etl.collected.sheet.times import time_told, years_in
from etl.collected.sheet.two_units import split_pairs
from etl.collected.sheet.whole_sheets import fill_merged
from etl.collected.sheet.yes_no import join_yes_no
from etl.collected.titles import file_doubts, title_doubts, told_in_notes
from etl.collected.unit_grid import NOTHING_SAID, by_unit
from etl.collected.ways import grids_of, say_named
from etl.document import CellValue, Sheet, Workbook
from etl.extract.squeeze import squeeze_text
from etl.facts import Submission
from etl.findings import Finding
from etl.form.identity import Source, is_late, tell_campaign
from etl.form.unknown import form_unknown
from etl.held_facts import held_words
from etl.interpret.dates import interpret_date
from etl.interpret.private import mask_title
from etl.interpret.reading import NOT_FILLED, ROW_MISSING, UNREADABLE
from etl.resolve import Resolver, resolver_for

# What is a remark about one sheet or table beside others is an error where it is the whole file.
_WHOLE_FILE = {"sheet_other_year": "other_year", "sheet_aside": "table_aside"}
_TITLE_ROWS = 4  # rows that may hold titles
_DATE_LINE = re.compile(
    r"(?:填[报表]|报送|上报|统计|制表)(?:日期|时间)\s*[:：]\s*(\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}|[^\s　]*)"
)
_PERIOD = re.compile(r"截[至止]|[日月]\s*[-—~～至到]")  # 统计时间：6月1日至6月30日 is no report date


def read_collected(catalog: Catalog, source: Source, book: Workbook) -> list[Submission]:
    """All visible sheets of a campaign together are one Submission; when none can be read, one refused Submission."""
    found: list[Submission] = []
    for sheet in book.sheets:
        found += _read_sheet(catalog, source, sheet)
    remarks = [_remark(rule, said, source.name) for rule, said in book.remarks]
    good = [s for s in found if not s.is_refused]
    if not good:
        refused = found[0] if found else Submission(source.name, source.sha256, source.format, is_refused=True)
        if not found:
            refused.campaign_id = source.campaign.campaign_id if source.campaign else None
            refused.findings = [form_unknown(source.name, source.name, (), has_campaign=source.campaign is not None)]
        told = {(f.rule, f.place, f.found) for f in refused.findings}
        refused.findings += [f for s in found[1:] for f in s.findings if (f.rule, f.place, f.found) not in told]
        # A sheet of another year beside others is a remark; where it is the whole file, the file may be this year's after all.
        refused.findings = [replace(f, rule=_WHOLE_FILE.get(f.rule, f.rule)) for f in refused.findings] + remarks
        return [refused]
    joined = join_sheets(good)
    for number, submission in enumerate(joined):
        submission.part = number
    campaign = catalog.campaigns[str(joined[0].campaign_id)]
    if not source.is_decided:
        joined[0].findings += file_doubts(source.name, resolver_for(catalog, campaign), campaign.year)
    notes = [f for sheet in book.sheets for f in told_in_notes(sheet, campaign.year)]
    # A sheet with numbers that can't be read is spoken about, beside those that can.
    joined[0].findings += [f for s in found if s.is_refused for f in s.findings] + notes + remarks
    return joined


def _remark(rule: str, said: str, name: str) -> Finding:
    """A remark about the file: of its place, and behind a tab what stands there."""
    place, _, quoted = said.partition("\t")
    if rule == "hidden_content" and quoted:
        return Finding(rule, place, place, words=held_words(quoted.split("、")))
    return Finding(rule, place=place or name, found=quoted or place or name)


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
    _tell_date(campaign, submission, sheet)
    year = None if source.is_decided else _other_year(sheet, words, campaign, coded)
    if year is not None:
        meant = (
            c for c in catalog.campaigns.values() if (c.jurisdiction_id, c.year) == (campaign.jurisdiction_id, year)
        )
        proposal = next((c.campaign_id for c in meant if c.form_id), None)
        told = {"year": str(year), **held_numbers(filled.rows)}
        # A text table has no name of its own.
        found = sheet.name if sheet.fields is None else str(year)
        why = Finding("sheet_other_year", sheet.name, found, str(campaign.year), proposal=proposal, words=told)
        return [_refused(submission, why)]
    title = next((str(v) for row in filled.rows[:2] for v in row if isinstance(v, str)), "")
    aside = "" if source.is_decided else aside_word(sheet.name, title, campaign.year)
    if aside:
        held = held_numbers(filled.rows)
        return [_refused(submission, Finding("sheet_aside", sheet.name, sheet.name, aside, words=held))]
    resolver = resolver_for(catalog, campaign).deciding(source.names)
    source = replace(source, campaign=campaign)
    tables = [
        (table, _read_table(catalog, source, table, resolver, submission)) for table in tables_of(sheet, resolver)
    ]
    return [replace(read, table_title=table.caption or _lines_above(sheet)) for table, read in tables]


def _lines_above(sheet: Sheet) -> str:
    """The titles of a table; who reported and when is none."""
    lines = (words[0] for row in sheet.rows[: sheet.n_above or _TITLE_ROWS] if len(words := line_words(row)) == 1)
    return "\n".join(line for line in lines if ":" not in squeeze_text(line))


def _other_name(sheet: Sheet, resolver: Resolver, submission: Submission) -> Iterator[Finding]:
    """That a sheet about one unit bears another unit's name: in its tab, its title or its file's name."""
    units = {f.unit_id for f in submission.facts}
    unit = resolver.unit(str(next(iter(units)))) if len(units) == 1 else None
    title = next((str(v) for row in sheet.rows[:2] for v in row if isinstance(v, str)), "")[:60]
    lines = (row for row in sheet.rows[:_TITLE_ROWS] if len(line_words(row)) == 1)
    alone = (str(next(v for v in row if v is not None))[:60] for row in lines)
    file_name = submission.source_name.rsplit("/", 1)[-1]
    named = {sheet.name: resolver.resolve(sheet.name)}
    named |= {words: resolver.search(words) for words in (title, *alone, file_name)}
    for name, found in named.items():
        if unit and found.unit_id not in (None, unit.unit_id):
            yield Finding("name_disagrees", sheet.name, name, unit.name, unit.unit_id)


def _titles(sheet: Sheet, resolver: Resolver, submission: Submission, year: int) -> list[Finding]:
    """What the titles above a table and its sheet's name cast doubt on, where it was not said yet."""
    said = {f.found for f in submission.findings if f.rule == "doubt_line"}
    units = {f.unit_id for f in submission.facts if f.unit_id}
    return [f for f in title_doubts(sheet, resolver, units, year) if f.found not in said]


def _unknown(likely: Sequence[Campaign], place: str) -> Finding:
    """That the campaign can't be told, with those that the table's units and heads fit."""
    if not likely:
        return Finding("campaign_unknown", place)
    words = {
        "basis": f"（单位和栏目与{'、'.join(c.title_zh for c in likely)}相符）",
        "basis_en": f" (its units and heads fit {', '.join(c.title_en for c in likely)})",
    }
    return Finding("campaign_unknown", place, proposal=" / ".join(c.campaign_id for c in likely), words=words)


def _refused(submission: Submission, *why: Finding) -> Submission:
    return replace(submission, is_refused=True, findings=list(why))


def _read_table(catalog: Catalog, source: Source, sheet: Sheet, resolver: Resolver, blank: Submission) -> Submission:
    """A table of units either way round, a list of blanks of one unit, or the Word form in cells."""
    form = catalog.forms[str(blank.form_id)]
    year = catalog.campaigns[str(blank.campaign_id)].year
    whole = join_yes_no(spread_names(fill_merged(sheet), resolver, year))
    filled = split_pairs(whole, frozenset(i.unit for i in form.indicators))
    if sheet.caption and not source.is_decided and (aside := _caption_aside(sheet.caption, year)):
        held = held_numbers(filled.rows)
        return _refused(replace(blank), Finding("sheet_aside", sheet.name, sheet.caption, aside, words=held))
    told = read_sentences(form, filled, resolver, blank)
    if told is not None:
        return told
    as_list = as_table(filled, resolver, year)
    said = source.columns.get(str(blank.campaign_id), NOTHING_SAID)
    for grid in chain(
        grids_of(as_list, resolver, year) if as_list else (), grids_of(filled, resolver, year, source.name)
    ):
        submission = replace(blank, facts=[], findings=[*blank.findings], outside_units=[], decided_columns=[])
        if not grid.read(form, submission, year, said, is_decided=source.is_decided):
            continue
        if submission.report_date is None:
            submission.report_date = latest_day(grid.sheet, grid.layout, year)
        submission.findings += say_named(grid)
        submission.findings += _other_name(sheet, resolver, submission)
        submission.findings += _titles(filled, resolver, submission, year)
        if grid.sheet is as_list or grid.is_from_list:
            submission.findings += listed_remarks(filled, resolver)
        if grid.sheet is as_list:
            submission.findings += listed_lines(filled, resolver, year)
        # The unit's name above the sentences of a pasted form looks like the head of a table.
        pasted = read_pasted(catalog, source, sheet, resolver) if len(by_unit(grid.layout.rows)) < 2 else None
        return pasted if pasted is not None and _n_read(pasted) > _n_read(submission) else submission
    pasted = read_pasted(catalog, source, sheet, resolver)
    if pasted is not None:
        return pasted
    words = " ".join(str(v) for row in filled.rows for v in row if isinstance(v, str))[:60]
    place = f"{source.name} {sheet.name}"
    name, cells = words if mask_title(words) else sheet.name, (v for row in filled.rows for v in row)
    unread = next((found for grid in grids_of(filled, resolver, year) if (found := grid.unread(form, year))), None)
    return _refused(
        replace(blank),
        *(unread or [form_unknown(place, name, cells, has_campaign=source.campaign is not None)]),
    )


def _caption_aside(caption: str, year: int) -> str:
    """What the line above one of several tables says that sets it aside: a plan, an example, another year."""
    said = squeeze_text(caption).strip("()[]:")
    return aside_word(caption, "", year) or (said if time_told(said, year) == "other" else "")


def _n_read(submission: Submission) -> tuple[int, int]:
    """How many blanks were answered so that it can be read, and how many were found at all."""
    found = [f.state for f in submission.facts if f.state not in (ROW_MISSING, UNREADABLE)]
    return len(found) - found.count(NOT_FILLED), len(found)


def _other_year(sheet: Sheet, words: str, campaign: Campaign, coded: Campaign | None) -> int | None:
    """The one year that a sheet's code, its name, else its title, else its date gives, where it is not the campaign's; None otherwise."""
    if coded is not None and coded.year != campaign.year:
        return coded.year
    for text in (sheet.name, words.split("\n", maxsplit=1)[0][:60]):
        years = years_in(text)
        if years:
            return next(iter(years)) if len(years) == 1 and campaign.year not in years else None
    days = [day for _, said in _date_lines(sheet) if (day := interpret_date(said, None).day)]
    is_other = days and not any(day.year == campaign.year or is_late(day, campaign) for day in days)
    return days[0].year if is_other else None


def _tell_date(campaign: Campaign, submission: Submission, sheet: Sheet) -> None:
    """Set the report date from the first 填报日期 line that gives one, with a finding for what can't be read or is of another year."""
    for place, said in _date_lines(sheet):
        read = interpret_date(said, campaign.year)
        rule = read.rule or ("date_year_mismatch" if read.day and read.day.year != campaign.year else None)
        if rule:
            shown = str(said) if read.day is None else read.day.isoformat()
            submission.findings.append(Finding(rule, place, shown, str(campaign.year)))
        if read.day:
            submission.report_date, submission.is_date_doubtful = read.day, read.day.year != campaign.year
            return


def _date_lines(sheet: Sheet) -> Iterator[tuple[str, CellValue]]:
    """Place and content of what stands behind 填报日期：, in the same cell or the next."""
    for r, row in enumerate(sheet.rows):
        for c, value in enumerate(row):
            if not isinstance(value, str) or not ("日期" in value or "时间" in value):
                continue
            if match := _DATE_LINE.search(value):
                inside = match.group(1)
                at, said = next(((c + n, v) for n, v in enumerate(row[c:]) if n and v is not None), (c, None))
                if not _PERIOD.search(inside or str(said)):
                    yield (sheet.place(r, c), inside) if inside else (sheet.place(r, at), said)
