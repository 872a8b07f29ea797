"""Values that the checks take for a slip and that a total or a change rests on: said before anything is quoted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from dashboard import queries
from dashboard.components.changes import part_count, selected_change, selected_total
from dashboard.components.count_unit import measure_of_change
from dashboard.components.of_activity import own_filters
from dashboard.components.page import View
from dashboard.filter_words import activity_words
from dashboard.filters import change_params, value_params
from dashboard.format import compact, inner_quotes
from dashboard.queries.comparison import query_measure_doubts, query_ratio_doubts
from dashboard.queries.quality import query_doubtful_values, query_warned_values
from dashboard.records import Change, Measure, UnitValue
from dashboard.records.comparison import MeasureDoubt, YearDoubt
from dashboard.records.quality import DoubtfulValue, WarnedValue
from dashboard.sentences import Headline, change_headline, delta_text, spread_headline
from dashboard.totals import PER, ChangeSet

WEIGHTY = 0.05  # of a total: what moves it by more is said beside it
MAX_VALUES = 2

Doubts = Mapping[str, Sequence[DoubtfulValue | MeasureDoubt]]  # unit -> what of it is in doubt


def doubted_total(view: View, measure: Measure) -> tuple[DoubtfulValue, ...]:
    """Doubtful values that move the measure's total under the filters by more than a twentieth."""
    total = selected_total(view, measure)
    if measure.kind == "coverage" or total is None or total.value is None:
        return ()
    limit = WEIGHTY * total.value
    return tuple(row for row in doubtful_values(view, measure) if row.is_added and row.off > limit)


def warned_total(view: View, measure: Measure) -> tuple[WarnedValue, ...]:
    """Values under an open warning that make up more than a twentieth of the measure's total under the filters, the largest first."""
    total = selected_total(view, measure)
    if measure.kind == "coverage" or total is None or total.value is None:
        return ()
    rows = query_warned_values(view.source, value_params(own_filters(view, measure)))
    return tuple(row for row in rows if row.value > WEIGHTY * total.value)


def total_words(view: View, measure: Measure, *, is_card: bool = False) -> str:
    """What the measure's total rests on that must be checked before it is quoted: slips, else what warnings name; '' without any.

    `is_card`: in few words, as beside a key figure; the whole stands in the headline or the list of what needs attention.
    """
    if rows := doubted_total(view, measure):
        return card_words(view, rows) if is_card else doubt_words(view, rows)
    warned = warned_total(view, measure)
    if not warned:
        return ""
    key = "doubt.warned.card" if is_card else "doubt.warned.clause"
    return view.t(key if len(warned) <= MAX_VALUES else f"{key}.more", items=named(view, warned), n=len(warned))


def card_words(view: View, rows: Sequence[DoubtfulValue]) -> str:
    """江北46存疑，核实前请勿引用: units and values alone; empty without a doubt."""
    if not rows:
        return ""
    return view.t("doubt.card" if len(rows) <= MAX_VALUES else "doubt.card.more", items=named(view, rows), n=len(rows))


def named(view: View, rows: Sequence[DoubtfulValue | WarnedValue]) -> str:
    """The first few as unit and value; the year only where it is not the one shown."""
    return view.t("names.glue").join(
        view.t(
            "doubt.card.item", name=view.pick(row.short_zh, row.name_en), value=compact(row.value, view.lang),
            year=view.t("doubt.year", year=row.year) if isinstance(row, DoubtfulValue) and row.year != view.filters.year else "",
        )
        for row in rows[:MAX_VALUES]
    )  # fmt: skip


def doubted_change(view: View, measure: Measure, change: Change | None) -> tuple[DoubtfulValue, ...]:
    """Doubtful values of either year that move a like-for-like sum by more than a twentieth, or exceed the change."""
    if measure.kind == "coverage" or change is None or change.change is None:
        return ()
    return weighing(view, (row for row in doubtful_values(view, measure) if row.is_compared), change)


def weighing(view: View, rows: Iterable[DoubtfulValue], change: Change) -> tuple[DoubtfulValue, ...]:
    """Those that move either side of the change by more than a twentieth, or exceed the change itself."""
    sums = {view.filters.year: change.value or 0, view.filters.base_year: change.base_value or 0}
    moved = abs(change.change or 0)
    return tuple(row for row in rows if row.off > WEIGHTY * sums[row.year] or row.off > moved)


def doubtful_values(view: View, measure: Measure) -> tuple[DoubtfulValue, ...]:
    """All doubtful values of both years that add to the measure."""
    return query_doubtful_values(view.source, change_params(own_filters(view, measure)))


def doubts_shown(view: View, rows: Sequence[UnitValue]) -> Doubts:
    """Unit -> the doubtful values that move what these rows show of it by more than a twentieth; none of shares."""
    found: dict[str, list[DoubtfulValue | MeasureDoubt]] = {}
    if view.measure.kind != "coverage":
        amounts = {row.unit_id: amount(view, row) for row in rows}
        for doubt in doubtful_values(view, view.measure):
            if doubt.is_added and doubt.off > WEIGHTY * amounts.get(doubt.unit_id, doubt.off / WEIGHTY):
                found.setdefault(doubt.unit_id, []).append(doubt)
    return found


def amount(view: View, row: UnitValue) -> float:
    """What the unit reported, also where the rows show rates."""
    return (row.value or 0) * ((row.population or 0) / PER if view.filters.per_10k else 1)


def doubts_by_unit(
    view: View, measure: Measure, bridges: Mapping[str, Sequence[str]]
) -> dict[str, tuple[DoubtfulValue, ...]]:
    """Unit -> the doubtful values in its like-for-like change, whatever their weight; none for shares.

    `bridges`: unit of the later year -> the units of the base year that it stands for.
    """
    if measure.kind == "coverage" or view.filters.base_year is None:
        return {}
    stands_for = {part: unit for unit, parts in bridges.items() for part in parts}
    found: dict[str, tuple[DoubtfulValue, ...]] = {}
    for row in doubtful_values(view, measure):
        if row.is_compared:
            is_base = row.year == view.filters.base_year
            unit = stands_for.get(row.unit_id, row.unit_id) if is_base else row.unit_id
            found[unit] = (*found.get(unit, ()), row)
    return found


def doubted_units(view: View, changes: ChangeSet) -> frozenset[str]:
    """Units whose like-for-like change rests on a doubtful value: it gets no percentage in any table."""
    filters = view.filters
    if filters.base_year is None or not changes.comparable:
        return frozenset()
    measure = view.measure
    bridges = queries.query_bridges(view.source, filters.jurisdiction, filters.year, filters.base_year)
    doubts = doubts_by_unit(view, measure, {row.unit_id: row.base_unit_ids for row in bridges})
    return frozenset(
        str(row.unit_id) for row in changes.comparable if weighing(view, doubts.get(str(row.unit_id), ()), row)
    )


def measure_doubts(view: View, measure: Measure, scope: str = "", activity: str = "") -> tuple[MeasureDoubt, ...]:
    """Doubtful values that the measure adds in any year, over these units and this activity; none in shares."""
    if measure.kind == "coverage":
        return ()
    params = {
        "jurisdiction_id": view.filters.jurisdiction, "measure_id": measure.measure_id, "activity_id": activity,
        "scope": scope,
    }  # fmt: skip
    return query_measure_doubts(view.source, params)


def doubted_totals(view: View, measure: Measure, scope: str = "", activity: str = "") -> tuple[MeasureDoubt, ...]:
    """Those that move the sum of these units, of any year, by more than a twentieth."""
    return tuple(row for row in measure_doubts(view, measure, scope, activity) if row.off > WEIGHTY * row.whole)


def doubted_ratios(view: View) -> dict[tuple[int, str], tuple[YearDoubt, ...]]:
    """(year, ratio) -> the doubtful values that move one of its two sums by more than a twentieth."""
    found: dict[tuple[int, str], tuple[YearDoubt, ...]] = {}
    for row in query_ratio_doubts(view.source, view.filters.jurisdiction, view.filters.scope):
        if row.off > WEIGHTY * row.whole:
            key = row.year, row.of_id
            found[key] = (*found.get(key, ()), row)
    return found


def value_words(view: View, row: DoubtfulValue | YearDoubt, *, is_guessing: bool = True) -> str:
    """荣昌2020年“媒体转发报道”9万疑为错位（常值约9，疑为9）; the year only where it is not the one shown.

    `is_guessing`: with what was probably meant, and why; without it the fact alone that the figure is far off.
    """
    year = "" if row.year == view.filters.year else view.t("doubt.year", year=row.year)
    return view.t(
        "doubt.value" if row.proposal and is_guessing else "doubt.value.far", name=view.pick(row.short_zh, row.name_en),
        year=year, label=inner_quotes(view.pick(row.label_zh, row.label_en), view.lang),
        value=compact(row.value, view.lang), usual=row.usual, proposal=row.proposal,
    )  # fmt: skip


def doubt_words(view: View, rows: Sequence[DoubtfulValue | YearDoubt], *, is_guessing: bool = True) -> str:
    """其中…，核实前请勿引用; empty without a doubt."""
    if not rows:
        return ""
    named = view.t("names.glue").join(value_words(view, row, is_guessing=is_guessing) for row in rows[:MAX_VALUES])
    return view.t("doubt.clause" if len(rows) <= MAX_VALUES else "doubt.clause.more", items=named, n=len(rows))


def doubt_items(view: View, measures: Iterable[Measure], said: str = "") -> list[str]:
    """One sentence for every doubtful value that weighs in one of these measures, with the measures it weighs in.

    `said`: what the page's headline says already; a value that weighs in the page's measure alone is not said once more.
    """
    found: dict[tuple[int, str, str], tuple[DoubtfulValue, list[str]]] = {}
    for measure in measures:
        rows = (*doubted_total(view, measure), *doubted_change(view, measure, selected_change(view, measure)))
        for row in dict.fromkeys(rows):
            _, labels = found.setdefault((row.year, row.unit_id, row.indicator_id), (row, []))
            labels.append(view.pick(measure.label_zh, measure.label_en))
    told = ((value_words(view, row), labels) for row, labels in found.values())
    return [
        view.t("doubt.item", value=words, labels=view.t("names.glue").join(labels))
        for words, labels in told
        if labels != [view.pick(view.measure.label_zh, view.measure.label_en)] or words not in said
    ]


def figure_delta(view: View, measure: Measure, change: Change | None) -> str:
    """The change beside a key figure; where it or the total rests on a doubtful value, that instead.

    Beside a share of the units that reported, while others have not: a rise may only mean that the rest is not in yet.
    """
    delta = delta_text(change, measure, view.filters.base_year, view.lang)
    if count := part_count(view, measure, change):
        delta = view.t("delta.basis.part", delta=delta, k=count.n_used, m=count.n_asked)
    delta = said_delta(view, measure, change, delta, is_card=True)
    is_part = 0 < view.campaign.n_units_reported < view.campaign.n_units_expected
    return view.t("delta.reported_only", delta=delta) if measure.kind == "coverage" and is_part else delta


def said_delta(view: View, measure: Measure, change: Change | None, delta: str, *, is_card: bool = False) -> str:
    """A change in words, of a total or of the one unit that the view is narrowed to, with the doubtful values in it.

    `is_card`: in few words, where the page says the whole elsewhere.
    """
    if rows := doubted_change(view, measure, change):
        return view.t(
            "doubt.delta", base=view.filters.base_year, clause=(card_words if is_card else doubt_words)(view, rows)
        )
    clause = total_words(view, measure, is_card=is_card)
    return view.t("doubt.total", delta=delta, clause=clause) if clause else delta


def told_spread(view: View, rows: Sequence[UnitValue]) -> Headline:
    """The headline above a measure's map, with what its total and the highest value, which it names, rest on."""
    measure = view.measure
    if activity := activity_words(view.filters, view.choices):
        label = view.t("headline.of_activity", label=view.measure_label, activity=inner_quotes(activity, view.lang))
        measure = replace(measure, label_zh=label, label_en=label)
    found = spread_headline(rows, measure, view.lang, per_10k=view.filters.per_10k)
    doubts, top = doubts_shown(view, rows), max(rows, key=lambda row: row.value or 0, default=None)
    of_top = doubts.get(top.unit_id, ()) if top else ()
    every = tuple(dict.fromkeys((*doubted_total(view, view.measure), *of_top)))
    return with_doubts(view, found, every) if every else with_clause(view, found, total_words(view, view.measure))


def told_change(view: View, changes: ChangeSet, said: str = "") -> Headline:
    """The headline above the changes; no net change is given that rests on a doubtful value.

    `said`: what stands below another headline of the page, not to be printed twice.
    """
    found = change_headline(changes, measure_of_change(view, view.measure), view.filters.base_year, view.lang)
    rows = doubted_change(view, view.measure, changes.total)
    if not rows:
        return found
    told = with_doubts(view, Headline(found.finding, ""), rows)
    return replace(told, below="") if told.below == said else told


def with_doubts(view: View, found: Headline, rows: Sequence[DoubtfulValue | YearDoubt]) -> Headline:
    """The headline with the fact that these values are far off; what each was probably meant to be, and why, is for below."""
    guesses = [value_words(view, row) for row in rows[:MAX_VALUES] if row.proposal]
    below = view.t("doubt.below", items=view.t("reason.glue").join(guesses)) if guesses else ""
    return replace(with_facts(view, found, rows), below=below)


def with_facts(view: View, found: Headline, rows: Sequence[DoubtfulValue | YearDoubt]) -> Headline:
    """The same of a page's further charts: what the values were probably meant to be stands below the page's own headline."""
    return with_clause(view, found, doubt_words(view, rows, is_guessing=False))


def with_clause(view: View, found: Headline, clause: str) -> Headline:
    """The clause behind the caveat, before the full stop."""
    if not clause:
        return found
    stop = view.t("headline.stop")
    return Headline(found.finding, view.t("doubt.behind", caveat=found.caveat.removesuffix(stop), clause=clause) + stop)
