"""A campaign that arrives as one collected table: .xlsx, .xls or CSV."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time

import xlwt

from data.samples.campaigns import cast_roles, with_oddities
from data.samples.facts import Facts, Maker, fill_form
from data.samples.habits import without_value
from data.samples.made import MadeCampaign, MadeFile, MadeUnit
from data.samples.names import due_day, unit_name
from data.samples.numbers import renamed
from data.samples.profile import dice
from etl.blank.grid import KEY_COLUMNS, Grid, lay_out
from etl.blank.xlsx import SHEET_NAME, grid_to_xlsx, write_csv
from etl.catalog.model import Campaign, Form, Unit

Cells = dict[str, dict[str, object]]


def make_collected_campaign(maker: Maker, campaign: Campaign) -> MadeCampaign:
    """One file with a row per unit; units that did not report have no row, or one that says so."""
    plan = maker.profile["campaigns"][campaign.campaign_id]
    roles = cast_roles(maker, campaign)
    gone = {u.unit_id for u in roles.missing}
    named = roles.missing[0] if plan["format"] == "xlsx" else None
    rows: list[Unit] = []
    units: list[MadeUnit] = []
    for unit in maker.catalog.roster(campaign):
        if unit.unit_id in gone and unit != named:
            continue
        rng = dice(maker.seed, "row", campaign.campaign_id, unit.unit_id)
        is_renamed = rng.random() < maker.profile["renamed_share"]
        written_as = unit_name(unit, rng, maker.profile) if is_renamed else unit.name
        facts = with_oddities(maker, campaign, roles, unit, fill_form(maker, unit, campaign, "sheet"))
        if unit == named:
            word = without_value(maker.profile["unreported_word"], "not_reported")
            facts = dict.fromkeys(facts, word)
        rows.append(renamed(unit, written_as))
        units.append(MadeUnit(unit.unit_id, facts, unit != named, written_as=written_as))
    data, wrong = _write(maker, campaign, rows, {u.unit_id: u.facts for u in units})
    received_at = datetime.combine(due_day(campaign), time(16, 20))
    file = MadeFile(plan["file"], data, received_at, "collected", tuple(units), wrong_totals=wrong)
    return MadeCampaign(campaign.campaign_id, campaign.form_id, (file,), tuple(u.unit_id for u in roles.missing))


def _write(
    maker: Maker, campaign: Campaign, units: Sequence[Unit], facts: dict[str, Facts]
) -> tuple[bytes, tuple[str, ...]]:
    """The file, and the columns whose total is wrong on purpose."""
    plan, form = maker.profile["campaigns"][campaign.campaign_id], maker.form(campaign)
    cells: Cells = {u: {i: t.cell for i, t in blanks.items() if t.cell is not None} for u, blanks in facts.items()}
    if plan["format"] == "csv":
        return write_csv(form, units, cells, with_total=False), ()
    totals = column_sums(form, list(facts.values()))
    wrong: tuple[str, ...] = ()
    if plan["format"] == "xlsx":
        rng = dice(maker.seed, "total", campaign.campaign_id)
        wrong = (rng.choice(sorted(totals)),)
        totals[wrong[0]] += maker.profile["total_wrong_by"]
    grid = _with_totals(form, lay_out(form, units, cells, True, plan["title"]), totals)
    return (grid_to_xlsx(form, grid) if plan["format"] == "xlsx" else grid_to_xls(grid)), wrong


def column_sums(form: Form, facts: Sequence[Facts]) -> dict[str, int]:
    """What the total row should say: the sum of every value that counts; columns without any are left out."""
    sums: dict[str, int] = {}
    for indicator in form.indicators:
        values = [blanks[indicator.indicator_id].value for blanks in facts]
        numbers = [int(v) for v in values if v is not None]
        if indicator.kind == "count" and numbers:
            sums[indicator.indicator_id] = sum(numbers)
    return sums


def _with_totals(form: Form, grid: Grid, totals: Mapping[str, int]) -> Grid:
    if grid.total_row is None:
        return grid
    cells = dict(grid.cells)
    for column, indicator in enumerate(form.indicators, start=len(KEY_COLUMNS)):
        cells.pop((grid.total_row, column), None)
        if indicator.indicator_id in totals:
            cells[grid.total_row, column] = totals[indicator.indicator_id]
    return replace(grid, cells=cells)


def grid_to_xls(grid: Grid) -> bytes:
    """A laid out table as an old .xls workbook."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet(SHEET_NAME)
    merged = {(area[0], area[1]): area for area in grid.merged}
    for (row, column), value in sorted(grid.cells.items(), key=lambda item: item[0]):
        if (row, column) in merged:
            _, _, last_row, last_column = merged[row, column]
            sheet.write_merge(row, last_row, column, last_column, value)
        else:
            sheet.write(row, column, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
