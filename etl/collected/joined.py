"""Several sheets of one workbook -> one submission: one sheet a unit, one sheet an activity, or both. Nothing is added up."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import replace

from etl.collected.sheet_copies import WEAK, Origin, Titles, sheet_pairs, strongest, unlike_sheets
from etl.facts import Fact, Submission, flag_findings
from etl.interpret.reading import ROW_MISSING, UNREADABLE


def join_sheets(found: Iterable[Submission]) -> list[Submission]:
    """The sheets of each campaign as one submission; blanks of which two sheets say different things are withheld."""
    by_campaign: dict[str | None, list[Submission]] = {}
    for submission in found:
        by_campaign.setdefault(submission.campaign_id, []).append(submission)
    return [_joined(sheets) if len(sheets) > 1 else sheets[0] for sheets in by_campaign.values()]


def _joined(sheets: list[Submission]) -> Submission:
    whole = replace(sheets[0], is_collected=True, unit_id=None, outside_unit=None, findings=[], facts=[])
    days = [(not s.is_date_doubtful, s.report_date) for s in sheets if s.report_date]
    is_sound, whole.report_date = max(days, default=(True, None))
    whole.is_date_doubtful = not is_sound
    whole.decided_columns = [d for s in sheets for d in s.decided_columns]
    whole.outside_units = [u for s in sheets for u in [*s.outside_units, *([s.outside_unit] if s.outside_unit else [])]]
    by_blank: dict[tuple[str | None, str], list[Fact]] = {}
    unknown: list[Fact] = []
    for sheet in sheets:
        whole.findings += sheet.findings
        for fact in sheet.facts:
            if fact.unit_id is None:
                unknown.append(fact)
            else:
                by_blank.setdefault((fact.unit_id, fact.indicator_id), []).append(fact)
    titles = {f.place: s.table_title for s in sheets for f in s.facts}
    doubled = unlike_sheets(by_blank.values(), titles)
    facts = [_agreed(said, doubled, titles) for said in by_blank.values()]
    kept = {(f.unit_id, f.indicator_id): f for f in facts}
    # A sentence that only one sheet leaves out is not missing.
    whole.findings = [
        f
        for f in whole.findings
        if f.rule != "row_missing" or f.unit_id is None or kept[(f.unit_id, str(f.indicator_id))].state == ROW_MISSING
    ]
    whole.facts = facts + unknown
    whole.findings += flag_findings(f for f in facts if "sheets_differ" in f.flags)
    return whole


def _agreed(said: list[Fact], doubled: Container[frozenset[Origin]], titles: Titles) -> Fact:
    """What the sheets say of a blank, withheld where two differ or may be parts of one figure (`doubled`)."""
    left = strongest(said)
    is_doubled = left[0].value not in (None, 0) and any(pair in doubled for pair in sheet_pairs(left, titles))
    is_one = len({(f.value, f.qualifier, f.state, f.low, f.high, f.text) for f in left}) == 1
    if left[0].state in WEAK or (is_one and not is_doubled):
        return left[0]
    return left[0]._replace(
        value=None,
        text=None,
        qualifier="exact",
        state=UNREADABLE,
        low=None,
        high=None,
        raw="；".join(f.raw or "" for f in left),
        place="、".join(f.place for f in left),
        flags=("sheets_differ",),
        proposal=" / ".join(f.raw or "" for f in left),
    )
