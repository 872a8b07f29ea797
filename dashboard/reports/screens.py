"""Each screen of a presentation, from the pages' own figures, sentences and drawings; None with nothing to show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from dashboard.components.attention import LEADING, attention
from dashboard.components.changes import basis_words, largest_changes, measure_changes, shown_words
from dashboard.components.mapview import unit_values
from dashboard.components.of_activity import label_of, own_view
from dashboard.components.page import for_totals
from dashboard.components.parts import KeyFigure, Linked
from dashboard.components.quality_view import quality_view, score_text
from dashboard.components.reporting_view import ReportingView
from dashboard.components.unit_choice import group_doubts, group_names, group_notes, group_table
from dashboard.components.year_basis import basis_lines
from dashboard.filters import DEFAULT_MEASURE
from dashboard.format import NOTHING, long_day, percent
from dashboard.quality import DIMENSIONS, by_unit, over_all
from dashboard.queries.quality import query_scores
from dashboard.reports.chart import Chart
from dashboard.reports.data import is_asked, key_number
from dashboard.reports.drawings import draw_named
from dashboard.reports.screen import Basis, Card, Line, Rate, Screen
from dashboard.sentences import Headline
from dashboard.statements import data_quality, reporting
from dashboard.theme import MUTED, strong

# A chart's name and its measure; an empty one is the chosen measure.
CHARTS: Final = {
    "map": ("map", ""), "activities": ("activities", ""), "bars": ("bars", ""), "change": ("change", ""),
    "change_map": ("change_map", ""), "history": ("history", ""), "coverage": ("map", "activity_coverage"),
    "filled": ("filled", "activity_coverage"), "hazards": ("map", "hazards_exposed"),
    "hazards_bars": ("bars", "hazards_exposed"),
}  # fmt: skip


def make_screen(basis: Basis, key: str) -> Screen | None:
    """The screen of this key."""
    return chart_screen(basis, key) if key in CHARTS else OTHERS[key](basis)


def titled(basis: Basis, key: str, found: Headline) -> Screen:
    """A screen with its title, still empty."""
    return Screen(key, basis.view.t(f"screen.{key}"), found)


def chart_screen(basis: Basis, key: str) -> Screen | None:
    """A page's chart with what it says; only of a measure that somebody filled in."""
    name, measure_id = CHARTS[key]
    view = basis.view
    measure_id = measure_id or view.filters.measure
    own = own_view(view, measure_id)
    # These two are always over all units or all activities, which the filters would deny.
    if (key == "history" and view.filters.scope) or (key in ("history", "activities") and view.filters.activity):
        return None
    if not basis.has_table or own.measure.measure_id != measure_id:
        return None
    if all(row.value is None for row in unit_values(own)):
        return None
    chart = draw_named(view, name, measure_id)
    if chart is None:
        return None
    return Screen(key, chart.title, chart.found, chart, note=chart_note(basis, chart))


def chart_note(basis: Basis, chart: Chart) -> str:
    """Under a change what part it is over; under a map where its boundaries come from."""
    if chart.name not in ("change", "change_map"):
        return chart.boundaries
    own = for_totals(own_view(basis.view, chart.measure_id))
    changes = measure_changes(own)
    words = [basis_words(own, own.measure, changes.total)]
    words += [shown_words(own, changes, largest_changes(changes))] if chart.name == "change" else [chart.boundaries]
    return " ".join(part for part in words if part)


def figures(basis: Basis) -> Screen | None:
    """The leading measures and who reported; without a table the rates of reporting."""
    view = basis.view
    if basis.has_table:
        totals = for_totals(view)
        numbers = [
            key_number(totals, m) for m in view.choices.measures if m.measure_id in LEADING and is_asked(totals, m)
        ]
        cards = [Card(n.label, n.shown, n.delta, strong(n.measure.hue)) for n in numbers if n.shown != NOTHING]
        rest = (
            view.t("overview.reporting.missing", n=len(basis.silent))
            if basis.silent
            else view.t("overview.reporting.all")
        )
        cards.append(Card(view.t("overview.reporting"), f"{basis.n_reported} / {len(basis.reports)}", rest, MUTED))
        found = Headline(basis.reported, view.t("present.figures.caveat" if basis.silent else "headline.stop"))
    elif basis.duties.units:
        duties = basis.duties
        shown = reporting.figures(duties.view, dict(duties.rates), duties.rows, duties.dues)
        cards = [duty_card(figure) for figure in shown]
        found = reporting.whole_headline(duties.view, duties.units)
    else:
        return None
    return replace(titled(basis, "figures", found), cards=tuple(cards))


def duty_card(figure: KeyFigure) -> Card:
    """A key figure of the Reporting page."""
    return Card(figure.label, figure.value, figure.note, MUTED if figure.hue == "neutral" else strong(figure.hue))


def groups(basis: Basis) -> Screen | None:
    """The chosen units beside the second group, every measure; None where no second group is chosen."""
    view = basis.view
    if not view.filters.against or not basis.has_table:
        return None
    table = group_table(view)
    one, other = (group_names(view, chosen) for chosen in (view.filters.units, view.filters.against))
    rated = [n for n, m in enumerate(view.choices.measures) if m.measure_id == DEFAULT_MEASURE and m.per_capita]
    ratio = table.rows[rated[0]][-1] if rated else None
    finding = view.t("present.groups")
    if ratio is not None and isinstance(ratio.value, float) and ratio.value:
        side = "higher" if ratio.value > 0 else "lower"
        finding = view.t(f"present.groups.{side}", pct=percent(abs(ratio.value)))
    names = view.t("present.groups.names", one=one, other=other)
    notes = (names, *group_notes(view), *group_doubts(view))
    found = Headline(finding, view.t("headline.stop"))
    return replace(titled(basis, "groups", found), table=table, note=" ".join(notes))


def missing(basis: Basis) -> Screen | None:
    """Who sent no table, and who sent it late; without a table who owes what."""
    view = basis.view
    if view.campaign.form_id is None or view.filters.as_of:
        # As of a day only the duties are known: what came later says nothing of it.
        return owing(basis)
    if not basis.reports:
        return None
    late = [report for report in basis.reports if report.state == "reported" and (report.days_late or 0) > 0]
    n, m = len(basis.silent), len(basis.reports)
    finding = view.t("present.missing", n=n, m=m) if n else view.t("present.missing.none", m=m)
    caveat = view.t("present.missing.late", n=len(late)) if late else view.t("headline.stop")
    lines = [Line(view.t("state.mark.not_reported"), view.pick(r.name_zh, r.name_en), r.unit_id) for r in basis.silent]
    lines += [
        Line(view.t("present.late", n=r.days_late or 0), view.pick(r.name_zh, r.name_en), r.unit_id) for r in late
    ]
    return replace(titled(basis, "missing", Headline(finding, caveat)), lines=tuple(lines))


def owing(basis: Basis) -> Screen | None:
    """The units of which something due is missing, each with what."""
    duties = basis.duties
    if not duties.units:
        return None
    found = reporting.missing_headline(duties.view, duties.owing, len(duties.units))
    lines = [
        Line(duties.owed_words(u), basis.view.pick(u.first.name_zh, u.first.name_en), u.unit_id) for u in duties.owing
    ]
    return replace(titled(basis, "missing", found), lines=tuple(lines), note=known_words(duties.view))


def known_words(view: ReportingView) -> str:
    """Up to which day the reporting is told, and why that day."""
    key = "present.known.asked" if view.filters.as_of else "present.known"
    return view.t(key, day=long_day(view.moment, view.lang))


def duties(basis: Basis) -> Screen | None:
    """What had to be sent in, duty by duty: how much has come, and how much of it in time."""
    found, view = basis.duties, basis.duties.view
    if not found.units:
        return None
    rates = []
    for duty in (group[0] for group in found.groups):
        rate = found.rates.get(duty.duty_id)
        if rate is None or not rate.n_expected:
            continue
        note = view.t("present.on_time", share=percent(rate.on_time))
        shown = view.t("present.of", n=rate.n_received, m=rate.n_expected)
        rates.append(Rate(view.pick(duty.label_zh, duty.label_en), rate.received, shown, note))
    if not rates:
        return None
    every = found.rates[""]
    share, values = percent(every.received), {"n": every.n_received, "m": every.n_expected, "k": every.n_on_time}
    told = Headline(view.t("present.duties", share=share, **values), view.t("present.duties.on_time", **values))
    title = told if every.n_expected else reporting.whole_headline(view, found.units)
    return replace(titled(basis, "duties", title), rates=tuple(rates), note=known_words(view))


def quality(basis: Basis) -> Screen | None:
    """The four scores over the units chosen, and how many findings are open; None where no figures can be judged."""
    view = quality_view(basis.view)
    scores = query_scores(view.source, view.campaign.campaign_id, view.filters.scope)
    if not scores:
        return None
    findings = data_quality.current_findings(view, scores)
    rates = []
    for dimension in DIMENSIONS:
        whole = over_all(scores, dimension, view.tiny_base)
        shown, judged = score_text(view, whole.score), data_quality.share_words(view, dimension, whole)
        rates.append(Rate(view.t(f"quality.{dimension}"), whole.score.share, shown, judged))
    # Of a campaign without a table only the arrivals can be judged, which the screen of the duties says.
    if all(rate.share is None for dimension, rate in zip(DIMENSIONS, rates, strict=True) if dimension != "timeliness"):
        return None
    found = data_quality.unit_headline(view, by_unit(scores, findings))
    note = data_quality.rule_headline(view, findings).sentence
    return replace(titled(basis, "quality", found), rates=tuple(rates), note=note)


def notes(basis: Basis) -> Screen | None:
    """What must be known before a figure is quoted, and what the comparison of the chosen measure rests on."""
    view = basis.view
    if not basis.has_table:
        return None
    people = for_totals(own_view(view, "participation"))
    items = [
        f"{n.link}{n.rest}" if isinstance(n, Linked) else n
        for n in attention(people, basis.reports, unit_values(people))
    ]
    found = Headline(view.t("present.notes", n=len(items)), "")
    own = for_totals(own_view(view, view.filters.measure))
    return replace(
        titled(basis, "notes", found), lines=tuple(Line(item) for item in items),
        more_title=own.t("present.compared", label=label_of(view, own.measure), base=own.filters.base_year),
        more=basis_lines(own, measure_changes(own)), note=view.t("report.basis"),
    )  # fmt: skip


OTHERS: Final[dict[str, Callable[[Basis], Screen | None]]] = {
    "figures": figures, "groups": groups, "missing": missing, "duties": duties, "quality": quality, "notes": notes,
}  # fmt: skip
