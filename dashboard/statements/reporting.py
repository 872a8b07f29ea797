"""What is said of reporting: both rates, who has done all, who owes what."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.components.parts import (
    KeyFigure,
)
from dashboard.components.reporting_view import ReportingView
from dashboard.format import percent
from dashboard.queries.reporting import query_clock
from dashboard.records.reporting import DueDate, DutyRate, DutyState
from dashboard.reporting import UnitDuties, duties_of, early_of, next_due, parted, tally_of
from dashboard.sentences import Headline, join_names

MAX_NAMES = 4
# How many things a unit owes, from and to, as the map's sentence groups the units.
OWED_GROUPS = ((1, 1), (2, 3), (4, None))
PARTS = ("sent", "done")  # what is to be sent in, which the rates count; and what is to be done


def figures(
    view: ReportingView, rates: dict[str, DutyRate], rows: Sequence[DutyState], dues: Sequence[DueDate]
) -> list[KeyFigure]:
    """Both rates over what must be sent in; what is missing of it, and of what must be done; what is to come."""
    all_reports = rates[""]
    coming = next_due(dues, view.moment)
    to_come = sum(r.state == "not_due" for r in rows if r.owed_by == "units")
    return [
        KeyFigure(view.t("reporting.rate"), percent(all_reports.received),
                  rate_note(view, all_reports), "participation", view.t("reporting.rate.help")),
        KeyFigure(view.t("reporting.on_time"), percent(all_reports.on_time),
                  view.t("reporting.on_time.note", n=all_reports.n_on_time, m=all_reports.n_expected), "participation",
                  view.t("reporting.on_time.help")),
        *(missing_figure(view, name, part, of) for name, part, of in zip(PARTS, parted(rows), parted(dues), strict=True)
          if part),
        KeyFigure(view.t("reporting.to_come"), str(to_come),
                  coming_note(view, coming, early_of(rows, view.moment)), "neutral"),
    ]  # fmt: skip


def coming_note(view: ReportingView, coming: DueDate | None, n_early: int) -> str:
    """What falls due next, and how much of what is not due yet was done early: it is in no other figure."""
    if coming is None:
        return view.t("reporting.next.none")
    early = view.t("reporting.early", n=n_early) if n_early else ""
    return view.t("reporting.next", what=view.due_words(coming)) + early


def rate_note(view: ReportingView, rate: DutyRate) -> str:
    """How many of those due came; what has soft evidence only is in neither number."""
    soft = view.t("reporting.rate.soft", n=rate.n_soft) if rate.n_soft else ""
    return view.t("reporting.rate.note", n=rate.n_received, m=rate.n_expected) + soft


def missing_figure(view: ReportingView, name: str, rows: Sequence[DutyState], dues: Sequence[DueDate]) -> KeyFigure:
    """How many of these duties are missing; below, the rest of all that was due by state."""
    found = tally_of(rows, view.moment)
    counts = {"met": found.n_met, "met_late": found.n_late}
    parts = [view.t(f"reporting.count.{state}", n=n) for state, n in counts.items() if n]
    words = (
        [view.t(f"reporting.due_parts.{name}", m=found.n_due, parts=view.t("names.glue").join(parts))] if parts else []
    )
    words += [
        view.t(f"reporting.count.{state}", n=n)
        for state in ("soft", "no_evidence")
        if (n := sum(r.state == state for r in rows))
    ]
    names = dict.fromkeys(view.pick(d[0].label_zh, d[0].label_en) for d in duties_of(dues))
    return KeyFigure(
        view.t(f"reporting.missing.{name}"), str(found.n_missing), view.t("reason.glue").join(words), "hazards",
        view.t("reporting.missing.help", names=view.t("reporting.basis.glue").join(names)),
    )  # fmt: skip


def whole_headline(view: ReportingView, units: Sequence[UnitDuties]) -> Headline:
    """How many units have sent and done all that was due, in time: those of which all is known, beside how many can't be judged."""
    states = {row.state for u in units for row in u.rows}
    if states and states <= {"not_due", "not_applicable"}:
        return Headline(view.t("reporting.whole.none"), view.t("headline.stop"))
    untold = sum(u.is_untold for u in units)
    whole = sum(u.is_whole and not u.is_untold for u in units)
    soft = sum(row.state == "soft" for u in units for row in u.rows)
    unkept = sum(row.state == "no_evidence" for u in units for row in u.rows)
    caveats = [view.t("reporting.whole.soft", n=soft)] if soft else []
    caveats += [view.t("reporting.whole.unkept", n=unkept)] if unkept else []
    end = "".join(caveats) or view.t("headline.stop")
    if not untold:
        return Headline(view.t("reporting.whole", n=whole, m=len(units)), end)
    known = {"whole": whole, "behind": sum(u.is_behind for u in units), "untold": untold}
    parts = [view.t(f"reporting.whole.{name}", n=n) for name, n in known.items() if n]
    return Headline(view.t("reporting.whole.parts", m=len(units), parts=view.t("names.glue").join(parts)), end)


def standing_headline(view: ReportingView, units: Sequence[UnitDuties]) -> Headline:
    """Which units met all that is due in time; then who owes one thing, two or three, more: names, never a ranking."""
    judged = [unit for unit in units if unit.is_judged]
    if not judged:
        return Headline(view.t("reporting.on_time.none"), view.t("headline.stop"))
    whole = [view.name(unit.first) for unit in judged if unit.is_whole]
    key = "reporting.on_time.all" if len(whole) == len(judged) else "reporting.on_time.whole"
    key += ".judged" if any(unit.has_unkept for unit in judged) else ""
    names = join_names(whole, view.lang, MAX_NAMES) if whole else ""
    found = view.t(key if whole else "reporting.on_time.nobody", n=len(whole), m=len(judged), names=names)
    caveats = [owed_words(view, judged, low, high) for low, high in OWED_GROUPS]
    late = [view.name(unit.first) for unit in judged if not unit.is_whole and not unit.missing]
    caveats.insert(0, view.t("reporting.on_time.late", names=join_names(late, view.lang, MAX_NAMES)) if late else "")
    return Headline(found, "".join(caveats) + view.t("headline.stop"))


def owed_words(view: ReportingView, units: Sequence[UnitDuties], low: int, high: int | None) -> str:
    """The units that owe so many things; empty where there are none."""
    names = [view.name(unit.first) for unit in units if low <= len(unit.missing) <= (high or len(unit.rows))]
    amount, listed = owed_span(view, low, high), join_names(names, view.lang, MAX_NAMES)
    return view.t("reporting.on_time.owes", amount=amount, names=listed) if names else ""


def owed_span(view: ReportingView, low: int, high: int | None) -> str:
    """1 项, 2–3 项, 4 项及以上."""
    span = str(low) if low == high or high is None else f"{low}–{high}"
    return view.t("reporting.on_time.amount" if high else "reporting.on_time.or_more", n=span)


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
    clock = query_clock(view.source, view.campaign.campaign_id)
    day_rule = view.t("reporting.note.inclusive" if clock.is_inclusive else "reporting.note.exclusive")
    off_rule = view.t("reporting.note.moved" if clock.is_moved else "reporting.note.fixed")
    return view.t("reporting.note", day_rule=day_rule, off_rule=off_rule)
