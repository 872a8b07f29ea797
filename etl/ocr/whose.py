"""Whose form a scan is: two readings must agree; where one is unsure the file's name may decide between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from etl.catalog.model import Catalog
from etl.facts import Submission
from etl.findings import Finding
from etl.resolve import Resolver, resolver_for

_UNKNOWN = ("unit_unresolved", "unit_ambiguous", "unit_blank")


def agree_on_unit(catalog: Catalog, submission: Submission, second: Sequence[Submission], place: str) -> None:
    """Keep the unit that both readings give; else take the one that the file's name gives too, or withhold it, with a finding.

    `place`: where the unit stands on the page, '' if unknown.
    """
    others = {s.unit_id for s in second}
    campaign = catalog.campaigns.get(submission.campaign_id or "")
    if campaign is None or (submission.unit_id is not None and submission.unit_id in others):
        return
    resolver = resolver_for(catalog, campaign)
    named = resolver.search_path(submission.source_name).unit_id
    read = {submission.unit_id, *others} - {None}
    said = [_typed(submission), *map(_typed, second)]
    if named and (read == {named} or (not read and _is_unreadable(resolver, said, named))):
        unit = resolver.unit(named)
        name = submission.source_name
        _set_unit(submission, named)
        submission.findings.append(Finding("unit_inferred", name, name, unit.name if unit else named, named))
    elif submission.unit_id is not None:
        known = resolver.unit(submission.unit_id)
        name = known.name if known else submission.unit_id
        _set_unit(submission, None)
        found = " / ".join(dict.fromkeys((name, *filter(None, said))))
        submission.findings.append(Finding("unit_unresolved", place or submission.source_name, found, proposal=name))


def _is_unreadable(resolver: Resolver, said: Iterable[str], named: str) -> bool:
    """Whether the readings differ, so that neither is what stands there, and none of them speaks of somebody else's office."""
    names = list(said)
    unit = resolver.unit(named)
    near = {"", unit.name if unit else ""}
    resolved = [resolver.resolve(name) for name in names if name]
    return (len(set(names)) > 1 or not any(names)) and all(r.above is None and r.proposal in near for r in resolved)


def _typed(submission: Submission) -> str:
    """The unit's name as OCR read it where it is not known; '' where it is."""
    return next((f.found for f in submission.findings if f.rule in _UNKNOWN), "")


def _set_unit(submission: Submission, unit_id: str | None) -> None:
    """The unit on the submission, on all its facts and on what was said of them."""
    before = submission.unit_id
    submission.unit_id = unit_id
    submission.outside_unit = None
    submission.facts = [f._replace(unit_id=unit_id) for f in submission.facts]
    kept = [f for f in submission.findings if f.rule not in _UNKNOWN]
    submission.findings = [replace(f, unit_id=unit_id) if f.unit_id == before else f for f in kept]
