"""What is said of reporting: both rates, who has done all, who owes what."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.components.parts import (
    KeyFigure,
)
from dashboard.components.reporting_view import ReportingView
from dashboard.format import percent
from dashboard.records.reporting import DueDate, DutyRate, DutyState
from dashboard.reporting import UnitDuties, next_due
from dashboard.sentences import Headline, join_names

MAX_NAMES = 4


def figures(
    view: ReportingView, rates: dict[str, DutyRate], rows: Sequence[DutyState], dues: Sequence[DueDate]
) -> list[KeyFigure]:
    """Both rates, what is missing now, what came late, what is still to come."""
    all_reports = rates[""]
    own = [r for r in rows if r.owed_by == "units"]
    missing = [r for r in own if r.state == "missing"]
    n_units = len({r.unit_id for r in own})
    coming = next_due(dues, view.moment)
    return [
        KeyFigure(view.t("reporting.rate"), percent(all_reports.received),
                  view.t("reporting.rate.note", n=all_reports.n_received, m=all_reports.n_expected), "participation",
                  view.t("reporting.rate.help")),
        KeyFigure(view.t("reporting.on_time"), percent(all_reports.on_time),
                  view.t("reporting.on_time.note", n=all_reports.n_on_time, m=all_reports.n_expected), "participation",
                  view.t("reporting.on_time.help")),
        KeyFigure(view.t("reporting.missing"), str(len(missing)),
                  view.t("reporting.missing.note", n=len({r.unit_id for r in missing}), m=n_units), "hazards"),
        KeyFigure(view.t("reporting.late"), str(sum(r.state == "met_late" for r in own)),
                  view.t("reporting.late.note", n=len({r.unit_id for r in own if r.state == "met_late"}), m=n_units),
                  "hazards"),
        KeyFigure(view.t("reporting.to_come"), str(sum(r.state == "not_due" for r in own)),
                  view.t("reporting.next", what=view.due_words(coming)) if coming else view.t("reporting.next.none"),
                  "neutral"),
    ]  # fmt: skip


def whole_headline(view: ReportingView, units: Sequence[UnitDuties]) -> Headline:
    """How many units have sent and done all that was due, in time."""
    whole = sum(u.is_whole for u in units)
    soft = sum(row.state == "soft" for u in units for row in u.rows)
    unkept = sum(row.state == "no_evidence" for u in units for row in u.rows)
    caveats = [view.t("reporting.whole.soft", n=soft)] if soft else []
    caveats += [view.t("reporting.whole.unkept", n=unkept)] if unkept else []
    return Headline(view.t("reporting.whole", n=whole, m=len(units)), "".join(caveats) or view.t("headline.stop"))


def missing_headline(view: ReportingView, units: Sequence[UnitDuties], n_units: int) -> Headline:
    """How many units owe how much, and who most."""
    if not units:
        return Headline(view.t("reporting.none_missing"), view.t("headline.stop"))
    worst = max(len(u.missing) for u in units)
    names = [view.name(u.first) for u in units if len(u.missing) == worst]
    total = sum(len(u.missing) for u in units)
    if len(names) == len(units) > 1:
        caveat = view.t("reporting.missing.each", n=worst)
    else:
        caveat = view.t("reporting.missing.worst", names=join_names(names, view.lang, MAX_NAMES), n=worst)
    return Headline(view.t("reporting.missing.headline", n=len(units), m=n_units, k=total), caveat)
