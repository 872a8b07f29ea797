"""The campaigns that a form may be of where it doesn't say which: shown to a person, never taken."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.catalog.model import Campaign, Catalog, Form
from etl.file_names import sent_path
from etl.form.header import Header
from etl.form.identity import Source
from etl.form.recognise import RECOGNISED
from etl.resolve import resolver_for

_NEAR_BEST = 0.05
_YEAR = re.compile(r"20[12]\d")


def likely_campaigns(
    catalog: Catalog, ranked: Sequence[tuple[float, Form]], header: Header, title: str, source: Source
) -> tuple[Campaign, ...]:
    """The campaigns that ask for the form, best first: those on whose roster its unit stands, then a year that it names, then that of its arrival, then the newest.

    Where some know the unit, only those of the same jurisdiction; none where the form isn't recognised.
    """
    fits = fitting_forms(ranked)
    asked = [c for c in catalog.campaigns.values() if c.form_id in fits]
    own = [c for c in asked if _knows(catalog, c, header, source)]
    said = {int(year) for words in (header.date, title, sent_path(source.name)) for year in _YEAR.findall(words)}
    areas = {c.jurisdiction_id for c in own} or {c.jurisdiction_id for c in asked}
    likely = [c for c in asked if c.jurisdiction_id in areas]
    return tuple(
        sorted(likely, key=lambda c: (c not in own, c.year not in said, c.year != source.received_year, -c.year))
    )


def campaigns_asking(catalog: Catalog, ranked: Sequence[tuple[float, Form]], told: Campaign) -> tuple[Campaign, ...]:
    """The campaigns of the same jurisdiction that ask for the form which was filled in, the nearest in time to the year that was
    told first; none where no form is recognised."""
    fits = fitting_forms(ranked)
    own = [c for c in catalog.campaigns.values() if c.jurisdiction_id == told.jurisdiction_id and c.form_id in fits]
    return tuple(sorted(own, key=lambda c: (abs(c.year - told.year), -c.year)))


def fitting_forms(ranked: Sequence[tuple[float, Form]]) -> set[str]:
    """The forms that a file's words fit best, or about as well."""
    best = ranked[0][0] if ranked else 0.0
    return {form.form_id for score, form in ranked if score >= max(RECOGNISED, best - _NEAR_BEST)}


def _knows(catalog: Catalog, campaign: Campaign, header: Header, source: Source) -> bool:
    """Whether the unit in the head, or in the file's name, is one of the campaign's jurisdiction."""
    resolver = resolver_for(catalog, campaign)
    if header.unit.strip("_ \u3000"):
        return resolver.resolve(header.unit).unit_id is not None
    return any(resolver.search(piece).unit_id is not None for piece in source.name.split("/"))
