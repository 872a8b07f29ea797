"""Duties of the catalogue -> rows of the release."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from etl.catalog.duties import dues
from etl.catalog.model import Catalog

Rows = list[tuple[Any, ...]]


def duty_rows(catalog: Catalog) -> Rows:
    """One row per duty, campaign and due date, in the schema's column order."""
    rows: Rows = []
    position = 0
    for duty in catalog.duties:
        kind = catalog.duty_kinds[duty.kind]
        for campaign_id in duty.campaigns:
            position += 1
            for due in dues(duty, catalog.settings, catalog.calendar):
                rows.append(
                    (
                        duty.duty_id, campaign_id, position, duty.kind, duty.period, due.number, due.key, due.on,
                        due.at, duty.is_dated, due.counts_from, due.counts_to, duty.due_time, duty.min_count, duty.max_amount,
                        duty.field, list(duty.applies_to), duty.owed_by, kind.is_report, kind.names_period, duty.basis,
                        duty.label_zh, duty.label_en, duty.short_zh or kind.short_zh, duty.short_en or kind.short_en, duty.quote, duty.note_zh,
                        duty.note_en,
                    )
                )  # fmt: skip
    return rows


def last_due(catalog: Catalog, moment: datetime) -> datetime | None:
    """The last due moment of all duties that has passed by a moment; None before the first."""
    passed = (
        due.at for duty in catalog.duties for due in dues(duty, catalog.settings, catalog.calendar) if due.at <= moment
    )
    return max(passed, default=None)
