"""What is said of reporting: both rates, who has done all, who owes what."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.components.parts import (
    KeyFigure,
)
from dashboard.components.reporting_view import ReportingView
from dashboard.format import percent
from dashboard.queries.reporting import query_clock
from dashboard.records import UnitValue
from dashboard.records.reporting import DueDate, DutyRate, DutyState
from dashboard.reporting import UnitDuties, duties_of, next_due, parted, tally_of
from dashboard.sentences import Headline

HALF = 50.0  # percent
PARTS = ("once", "monthly")  # plans, weekly material and tables; and the typical cases of each month


def figures(
    view: ReportingView, rates: dict[str, DutyRate], rows: Sequence[DutyState], dues: Sequence[DueDate]
) -> list[KeyFigure]:
    """Both rates over what must be sent in; what is missing of plans and tables, and of the monthly cases; what is to come."""
    all_reports = rates[""]
    coming = next_due(dues, view.moment)
    to_come = sum(r.state == "not_due" for r in rows if r.owed_by == "units")
    return [
        KeyFigure(view.t("reporting.rate"), percent(all_reports.received), rate_words(view, all_reports, rows),
                  "participation", view.t("reporting.rate.help")),
        KeyFigure(view.t("reporting.on_time"), percent(all_reports.on_time),
                  view.t("reporting.on_time.note", n=all_reports.n_on_time, m=all_reports.n_expected), "participation",
                  view.t("reporting.on_time.help")),
        *(missing_figure(view, name, part, of) for name, part, of in zip(PARTS, parted(rows), parted(dues), strict=True)
          if part),
        KeyFigure(view.t("reporting.to_come"), str(to_come),
                  view.t("reporting.next", what=view.due_words(coming)) if coming else view.t("reporting.next.none"),
                  "neutral"),
    ]  # fmt: skip


def rate_words(view: ReportingView, rate: DutyRate, rows: Sequence[DutyState]) -> str:
    """Expected and received; how many of them are cases reported each month, so that the figures beside it add up."""
    monthly = tally_of((r for r in parted(rows)[1] if r.is_report), view.moment).n_due
    key = "reporting.rate.note.cases" if monthly else "reporting.rate.note"
    return view.t(key, n=rate.n_received, m=rate.n_expected, k=monthly)


def missing_figure(view: ReportingView, name: str, rows: Sequence[DutyState], dues: Sequence[DueDate]) -> KeyFigure:
    """How many of these duties are missing; below, the rest of all that was due by state."""
    found = tally_of(rows, view.moment)
    counts = {"met": found.n_met, "met_late": found.n_late, "soft": found.n_soft}
    parts = [view.t(f"reporting.count.{state}", n=n) for state, n in counts.items() if n]
    words = [view.t("reporting.due_parts", m=found.n_due, parts=view.t("names.glue").join(parts))] if parts else []
    if unkept := sum(r.state == "no_evidence" for r in rows):
        words.append(view.t("reporting.count.no_evidence", n=unkept))
    names = dict.fromkeys(view.pick(d[0].label_zh, d[0].label_en) for d in duties_of(dues))
    return KeyFigure(
        view.t(f"reporting.missing.{name}"), str(found.n_missing), view.t("reason.glue").join(words), "hazards",
        view.t("reporting.missing.help", names=view.t("reporting.basis.glue").join(names)),
    )  # fmt: skip


def whole_headline(view: ReportingView, units: Sequence[UnitDuties]) -> Headline:
    """How many units have sent and done all that was due, in time."""
    whole = sum(u.is_whole for u in units)
    soft = sum(row.state == "soft" for u in units for row in u.rows)
    unkept = sum(row.state == "no_evidence" for u in units for row in u.rows)
    caveats = [view.t("reporting.whole.soft", n=soft)] if soft else []
    caveats += [view.t("reporting.whole.unkept", n=unkept)] if unkept else []
    return Headline(view.t("reporting.whole", n=whole, m=len(units)), "".join(caveats) or view.t("headline.stop"))


def on_time_headline(view: ReportingView, rows: Sequence[UnitValue]) -> Headline:
    """How many units met all that is due in time, and how many less than half of it."""
    shares = [row.value for row in rows if row.value is not None]
    if not shares:
        return Headline(view.t("reporting.on_time.none"), view.t("headline.stop"))
    found = view.t("reporting.on_time.half", n=sum(share >= HALF for share in shares), m=len(shares))
    return Headline(found, view.t("headline.stop"))


def missing_headline(view: ReportingView, units: Sequence[UnitDuties], n_units: int) -> Headline:
    """How many units owe how much, and of which kind; who owes most is not said, the list gives each its own."""
    if not units:
        return Headline(view.t("reporting.none_missing"), view.t("headline.stop"))
    parts = dict(zip(PARTS, parted(row for u in units for row in u.missing), strict=True))
    said = [view.t(f"reporting.missing.part.{name}", n=len(part)) for name, part in parts.items() if part]
    caveat = view.t("reporting.missing.parts", parts=view.t("names.glue").join(said))
    total = sum(map(len, parts.values()))
    return Headline(view.t("reporting.missing.headline", n=len(units), m=n_units, k=total), caveat)


def calendar_headline(view: ReportingView, dues: Sequence[DueDate]) -> Headline:
    """How many due dates have passed, and the next one."""
    past = sum(d.due_at <= view.moment for d in dues)
    coming = next_due(dues, view.moment)
    caveat = view.t("reporting.calendar.next", what=view.due_words(coming)) if coming else view.t("headline.stop")
    return Headline(view.t("reporting.calendar.headline", n=past, m=len(dues)), caveat)


def rule_words(view: ReportingView) -> str:
    """What the rates count, and how due dates are read."""
    clock = query_clock(view.source)
    day_rule = view.t("reporting.note.inclusive" if clock.is_inclusive else "reporting.note.exclusive")
    off_rule = view.t("reporting.note.moved" if clock.is_moved else "reporting.note.fixed")
    return view.t("reporting.note", day_rule=day_rule, off_rule=off_rule)
