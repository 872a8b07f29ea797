"""Campaigns, their years, forms and units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Campaign:
    """One row per campaign of the release."""

    campaign_id: str
    jurisdiction_id: str
    jurisdiction_zh: str
    jurisdiction_en: str
    jurisdiction_short: str
    year: int
    form_id: str | None
    title_zh: str
    title_en: str
    theme: str
    theme_en: str
    basis: str
    starts_on: date
    ends_on: date
    table_due_on: date | None
    layer_id: str | None
    is_sample: bool
    has_data: bool
    n_units_expected: int  # of the roster, whether a table is asked for or not
    n_units_reported: int
    newest_arrival_at: datetime | None = None  # of all that counts for the campaign; None: nothing has come
    form_completeness: str | None = (
        None  # complete, partial (only part of it is preserved), assumed, published; None: no form
    )


@dataclass(frozen=True)
class BaseYear:
    """One row per pair of years that the release compares."""

    jurisdiction_id: str
    year: int
    base_year: int


@dataclass(frozen=True)
class Setting:
    """One row per setting of the release."""

    value: str


@dataclass(frozen=True)
class Activity:
    """One row per activity of a form, in the form's order."""

    activity_id: str
    title_zh: str
    title_en: str
    short_zh: str
    short_en: str
    is_optional: bool


@dataclass(frozen=True)
class RosterUnit:
    """One row per campaign and unit expected to report."""

    campaign_id: str
    unit_id: str
    name_zh: str
    short_zh: str
    name_en: str
    kind: str
