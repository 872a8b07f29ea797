"""The catalogue's checks of duties.yaml, evidence.yaml and holidays.csv: (file, line, Chinese, English) of each mistake."""

from __future__ import annotations

from collections.abc import Iterator

from etl.catalog.duties import MOVES, Duty, parse_duty
from etl.catalog.entry import Entry
from etl.catalog.model import Catalog

Told = tuple[str, int, str, str]
FILE = "duties.yaml"


def duty_problems(catalog: Catalog, raw: Entry) -> Iterator[Told]:
    """Duties that name what is not there, or whose years have no calendar where due dates move off days off."""
    years = {day.year for day in catalog.calendar.is_off}
    for entry in raw.entries("duties"):
        duty, line = parse_duty(entry), entry.line
        for campaign_id in duty.campaigns:
            yield from _campaign_problems(catalog, duty, campaign_id, line)
        if duty.kind not in catalog.duty_kinds:
            yield FILE, line, f"未知 kind {duty.kind}", f"unknown kind {duty.kind}"
        if duty.kind == "field" and not duty.field:
            yield FILE, line, f"{duty.duty_id} 没有指明表内的空", f"{duty.duty_id} names no field"
        if not duty.due_on:
            yield FILE, line, f"{duty.duty_id} 没有到期日", f"{duty.duty_id} has no due date"
        for year in sorted({day.year for day in duty.due_on} - years) if catalog.settings[MOVES] else ():
            yield FILE, line, f"holidays.csv 没有 {year} 年", f"holidays.csv has no {year}"


def _campaign_problems(catalog: Catalog, duty: Duty, campaign_id: str, line: int) -> Iterator[Told]:
    campaign = catalog.campaigns.get(campaign_id)
    if campaign is None:
        yield FILE, line, f"未知活动 {campaign_id}", f"unknown campaign {campaign_id}"
        return
    form = catalog.forms.get(campaign.form_id or "")
    if duty.field and (form is None or duty.field not in form.by_indicator):
        yield FILE, line, f"{campaign_id} 的表没有 {duty.field}", f"the form of {campaign_id} has no {duty.field}"
    for kind in set(duty.applies_to) - set(campaign.roster):
        yield FILE, line, f"{campaign_id} 没有 {kind} 类单位", f"{campaign_id} has no units of kind {kind}"
