"""Names of units inside a form's answers: its own says nothing new, another's makes another figure of the number."""

from __future__ import annotations

import re
from typing import NamedTuple

from etl.catalog.model import Campaign, Catalog
from etl.facts import Submission

_NOTE = re.compile(r"[(（\[【]\s*([\u4e00-\u9fff]{2,12})\s*[)）\]】]")


class UnitNames(NamedTuple):
    """The names of a form's own unit, and of the campaign's other units but those that its own name holds."""

    own: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()

    def are_others(self, raw: str | None) -> bool:
        """Whether an answer holds another unit's name in brackets: 120（渝北区）."""
        notes = _NOTE.findall(raw) if raw and not raw.isascii() else ()
        return any(note in self.others for note in notes)


NO_NAMES = UnitNames()


def unit_names(catalog: Catalog, campaign: Campaign | None, submission: Submission) -> UnitNames:
    """The names for a submission whose unit is known; none for any other."""
    unit = catalog.units.get(submission.unit_id or "")
    if campaign is None or unit is None:
        return NO_NAMES
    own = frozenset(n for n in (unit.name, unit.short_name, *unit.aliases) if len(n) > 1)
    names = catalog.unit_names[campaign.jurisdiction_id]
    return UnitNames(own, frozenset(n for n in names if n not in unit.name and n not in own))
