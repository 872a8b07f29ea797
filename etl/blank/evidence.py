"""The blank register of what is sent in and the blank monthly case log, as one workbook to fill in."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from etl.blank.xlsx import MADE_AT, without_save_time
from etl.blank.zips import rewrite_zip
from etl.catalog.duties import Duty, dues
from etl.catalog.model import Campaign, Catalog, Unit

REGISTER_HEADS = ("填报单位", "报送事项", "所属期", "应报时间", "报送时间", "数量", "说明")
CASE_HEADS = ("填报单位", "月份", "曝光日期", "媒体", "典型案例", "上报日期", "说明")
REGISTER_NOTE = "只填“报送时间”（年-月-日 时:分）；没有收到的留空。数量：总结的字数。"
CASE_NOTE = "只填有案例的行。曝光日期为刊播日期；没有日期而填了媒体或案例的，只作旁证。"
NOT_REGISTERED = frozenset({"table", "field", "case_exposed", "case_reported"})
_EDGE = Side(style="thin", color="999999")
_BORDER = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)

Row = tuple[object, ...]


@dataclass(frozen=True)
class FormSheet:
    """A sheet to be: its name, the note above, heads and rows."""

    name: str
    note: str
    heads: tuple[str, ...]
    rows: Sequence[Row]


def blank_evidence(catalog: Catalog, campaign: Campaign) -> bytes:
    """A row for every unit and thing due; only dates are to be filled in."""
    duties = [d for d in catalog.duties if campaign.campaign_id in d.campaigns]
    sheets = [FormSheet("报送登记", REGISTER_NOTE, REGISTER_HEADS, register_rows(catalog, campaign, duties))]
    if cases := case_rows(catalog, campaign, duties):
        sheets.append(FormSheet("典型案例月报", CASE_NOTE, CASE_HEADS, cases))
    return write_sheets(sheets, f"{campaign.title_zh}报送登记")


def owing_units(catalog: Catalog, campaign: Campaign, duty: Duty) -> list[Unit]:
    """The units that owe a duty: of the roster those it applies to, or the collecting office itself."""
    if duty.owed_by == "office":
        return [catalog.units[catalog.jurisdictions[campaign.jurisdiction_id].unit_id]]
    return [u for u in catalog.roster(campaign) if not duty.applies_to or u.kind in duty.applies_to]


def register_rows(catalog: Catalog, campaign: Campaign, duties: Sequence[Duty]) -> list[Row]:
    """Unit, item, period and due date of everything to be registered; by due date, units in order."""
    rows: list[tuple[date, int, Row]] = []
    for duty in (d for d in duties if d.kind not in NOT_REGISTERED):
        item = catalog.duty_kinds[duty.kind].words[0]
        for due in dues(duty, catalog.settings, catalog.calendar):
            period = f"第{due.number}周" if duty.period == "weekly" else f"{due.on.month}月" if due.key else ""
            at = f"{due.at:%Y-%m-%d %H:%M}" if duty.due_time else f"{due.at:%Y-%m-%d}"
            for unit in owing_units(catalog, campaign, duty):
                rows.append((due.on, len(rows), (unit.name, item, period, at)))
    return [row for _, _, row in sorted(rows)]


def case_rows(catalog: Catalog, campaign: Campaign, duties: Sequence[Duty]) -> list[Row]:
    """Unit and month of every case to be exposed."""
    return [
        (unit.name, f"{day:%Y-%m}")
        for duty in duties
        if duty.kind == "case_exposed"
        for unit in owing_units(catalog, campaign, duty)
        for day in duty.due_on
    ]


def write_sheets(sheets: Sequence[FormSheet], title: str) -> bytes:
    """The sheets as a workbook; equal content gives equal bytes."""
    book = Workbook()
    for number, form in enumerate(sheets):
        sheet = book.worksheets[0] if number == 0 else book.create_sheet()
        sheet.title = form.name
        sheet.append([form.note])
        sheet.append(list(form.heads))
        for row in form.rows:
            sheet.append(list(row))
        for cells in sheet.iter_rows(min_row=2, max_row=len(form.rows) + 2, max_col=len(form.heads)):
            for cell in cells:
                cell.border, cell.alignment = _BORDER, Alignment(vertical="center")
        for cell in sheet[2]:
            cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="F2F2F2")
        for column, head in enumerate(form.heads, start=1):
            sheet.column_dimensions[get_column_letter(column)].width = 24 if head in ("填报单位", "典型案例") else 16
        sheet.freeze_panes = "A3"
    book.properties.creator, book.properties.title, book.properties.created = "", title, MADE_AT
    out = io.BytesIO()
    book.save(out)
    return rewrite_zip(out.getvalue(), {"docProps/core.xml": without_save_time})
