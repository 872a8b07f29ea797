"""The campaigns that a form may be of where it doesn't say which: shown to a person, never taken."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.catalog.model import Campaign, Catalog, Form
from etl.form.header import Header
from etl.form.identity import Source, resolver_for
from etl.form.recognise import RECOGNISED

_NEAR_BEST = 0.05
_YEAR = re.compile(r"20[12]\d")


def likely_campaigns(
    catalog: Catalog, ranked: Sequence[tuple[float, Form]], header: Header, title: str, source: Source
) -> tuple[Campaign, ...]:
    """The campaigns that ask for the form, best first: those on whose roster its unit stands, then a year that it names, then that of its arrival, then the newest.

    Where some know the unit, only those of the same jurisdiction; none where the form isn't recognised.
    """
    best = ranked[0][0] if ranked else 0.0
    fits = {form.form_id for score, form in ranked if score >= max(RECOGNISED, best - _NEAR_BEST)}
    asked = [c for c in catalog.campaigns.values() if c.form_id in fits]
    own = [c for c in asked if _knows(catalog, c, header, source)]
    said = {int(year) for words in (header.date, title, source.name) for year in _YEAR.findall(words)}
    areas = {c.jurisdiction_id for c in own} or {c.jurisdiction_id for c in asked}
    likely = [c for c in asked if c.jurisdiction_id in areas]
    return tuple(
        sorted(likely, key=lambda c: (c not in own, c.year not in said, c.year != source.received_year, -c.year))
    )


def _knows(catalog: Catalog, campaign: Campaign, header: Header, source: Source) -> bool:
    """Whether the unit in the head, or in the file's name, is one of the campaign's jurisdiction."""
    resolver = resolver_for(catalog, campaign)
    if header.unit.strip("_ \u3000"):
        return resolver.resolve(header.unit).unit_id is not None
    return any(resolver.search(piece).unit_id is not None for piece in source.name.split("/"))
