"""What is said of coverage: units by activities, the share held, how full the tables are."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from dashboard import queries
from dashboard.charts.stacked import Part, Stack, draw_stacks
from dashboard.components.changes import selected_change, selected_total
from dashboard.components.chart import Drawing
from dashboard.components.chart_table import matrix_table
from dashboard.components.markup import esc
from dashboard.components.matrix import Mark
from dashboard.components.page import View
from dashboard.components.parts import (
    KeyFigure,
)
from dashboard.format import inner_quotes, percent
from dashboard.records import Activity, HeldState, UnitReport
from dashboard.sentences import Headline, delta_text, join_names, total_text
from dashboard.tables import Cell, Column, Table
from dashboard.theme import NO_DATA_LINE, RAMPS, WHITE

# state -> class in atlas.css and mark; each is told by its mark alone, without colour.
MARKS = {
    "held": ("m-held", "●"),
    "zero": ("m-zero", "0"),
    "not_filled": ("m-blank", ""),
    "not_applicable": ("m-na", "/"),
    "not_asked": ("m-off", "·"),
    "unclear": ("m-unclear", "?"),
    "not_reported": ("m-missing", "×"),
}


# part of a unit's table -> colour; filled, zero, not applicable, without a usable number, blank.
PARTS = {
    "filled": RAMPS["coverage"][3],
    "zero": RAMPS["hazards"][1],
    "not_applicable": NO_DATA_LINE,
    "withheld": "#A884BE",
    "blank": WHITE,
}

_MOST_TIED = 3  # activities that one headline names


def marks(view: View) -> dict[str, Mark]:
    """The marks with their words in the reader's language."""
    return {state: Mark(css, mark, view.t(f"coverage.state.{state}")) for state, (css, mark) in MARKS.items()}


def by_unit(rows: tuple[HeldState, ...]) -> list[tuple[HeldState, ...]]:
    """The rows of each unit, in administrative order."""
    return [tuple(group) for _, group in groupby(rows, key=lambda row: row.unit_id)]


def asked_states(rows: tuple[HeldState, ...], activity: Activity) -> list[str]:
    """The states of an activity in the units that reported and to which it applies."""
    states = (row.state for row in rows if row.activity_id == activity.activity_id)
    return [state for state in states if state not in ("not_reported", "not_applicable", "not_asked")]


def finding(view: View, activities: tuple[Activity, ...], rows: tuple[HeldState, ...]) -> Headline:
    """The share held, and what was held least."""
    total = selected_total(view, view.measure)
    if total is None or total.value is None:
        return Headline(view.t("headline.nothing"), "")
    asked = [a for a in activities if not a.is_optional]
    shares: list[tuple[float, int, str]] = []
    for activity in asked:
        if known := asked_states(rows, activity):
            name = inner_quotes(view.pick(activity.short_zh, activity.short_en), view.lang)
            shares.append((known.count("held") / len(known), len(known) - known.count("held"), name))
    share, gap, names = least_held(shares)
    caveat = ""
    if names:
        key = "coverage.least" if len(names) == 1 else "coverage.least.tied"
        said = view.t("coverage.least.joint").join(names)
        caveat = view.t(key, name=said, share=percent(100 * share, 0), n=gap)
    return Headline(
        view.t("coverage.headline", share=total_text(total, view.measure, view.lang)), caveat or view.t("headline.stop")
    )


def least_held(shares: Sequence[tuple[float, int, str]]) -> tuple[float, int, list[str]]:
    """Share, units that did not hold it, and the names of what was held least: none where all was held, or more than a headline names."""
    share, gap, _ = min(shares, key=lambda s: s[0], default=(1.0, 0, ""))
    names = [name for s, n, name in shares if (s, n) == (share, gap)]
    return share, gap, names if gap and len(names) <= _MOST_TIED else []


def figures(view: View, activities: tuple[Activity, ...], rows: tuple[HeldState, ...]) -> list[KeyFigure]:
    """The share held with its change, units that held all, cells that report zero, cells left open."""
    total, change = selected_total(view, view.measure), selected_change(view, view.measure)
    delta = delta_text(change, view.measure, view.filters.base_year, view.lang)
    obligatory = {a.activity_id for a in activities if not a.is_optional}
    groups = [[r for r in group if r.activity_id in obligatory] for group in by_unit(rows)]
    reporting = [group for group in groups if any(r.state != "not_reported" for r in group)]
    whole = sum(1 for group in reporting if all(r.state in ("held", "not_applicable") for r in group))
    cells = [r.state for r in rows if r.state not in ("not_reported", "not_asked")]
    unclear = cells.count("not_filled") + cells.count("unclear")
    label = view.t("overview.figure", label=view.measure_label, unit="%")
    all_cells = view.t("coverage.figure.cells", n=len(cells))
    return [
        KeyFigure(label, total_text(total, view.measure, view.lang), delta, "coverage",
                  view.pick(view.measure.definition_zh, view.measure.definition_en)),
        KeyFigure(view.t("coverage.figure.whole"), f"{whole} / {len(reporting)}", view.t("coverage.figure.whole.note"),
                  "coverage"),
        KeyFigure(view.t("coverage.figure.zero"), str(cells.count("zero")), all_cells, "neutral"),
        KeyFigure(view.t("coverage.figure.open"), str(unclear), all_cells, "neutral"),
    ]  # fmt: skip


def table_parts(report: UnitReport) -> tuple[int, ...]:
    """How many blanks of a unit's table are filled, zero, not applicable, without a usable number, left blank."""
    known = (report.n_reported - report.n_zero, report.n_zero, report.n_not_applicable, report.n_withheld)
    return (*known, max(report.n_blanks - sum(known), 0))


def filled_share(report: UnitReport) -> float:
    """Share of the blanks that are filled; zeros and "not applicable" count as filled."""
    return 100 * (report.n_reported + report.n_not_applicable) / report.n_blanks


def filled_reports(view: View) -> tuple[UnitReport, ...]:
    """The reports of the units chosen that have a table."""
    kinds = {unit.unit_id for unit in view.choices.units_of(view.campaign) if view.has_unit(unit.unit_id, unit.kind)}
    reports = queries.query_unit_reports(view.source, view.campaign.campaign_id)
    return tuple(r for r in reports if r.unit_id in kinds and r.state == "reported" and r.n_blanks)


def filled_headline(view: View, reports: tuple[UnitReport, ...]) -> Headline:
    """How many tables are full; and how many of them don't ask for every blank of the form."""
    short = sum(1 for r in reports if r.n_not_asked)
    caveat = view.t("coverage.filled.caveat") + (view.t("coverage.filled.short", n=short) if short else "")
    full = sum(1 for r in reports if r.n_reported + r.n_not_applicable == r.n_blanks)
    return Headline(view.t("coverage.filled.headline", n=full, m=len(reports)), caveat)


def filled_drawing(view: View, reports: tuple[UnitReport, ...]) -> Drawing:
    """The tables in the order given, drawn."""
    parts = [Part(view.t(f"coverage.part.{name}"), colour) for name, colour in PARTS.items()]
    stacks = []
    for report in reports:
        name, sizes = view.pick(report.short_zh, report.name_en), table_parts(report)
        lines = [f"{part.name} {size}" for part, size in zip(parts, sizes, strict=True) if size]
        lines += [view.t("coverage.part.not_asked", n=report.n_not_asked)] if report.n_not_asked else []
        tip = "<br>".join((f"<b>{esc(name)}</b>", *(esc(line) for line in lines)))
        stacks.append(Stack(report.unit_id, name, sizes, percent(filled_share(report), 0), tip))
    columns = [Column(view.t("table.unit"), is_short=True), *(Column(p.name, is_number=True) for p in parts)]
    table = matrix_table(view.t("coverage.filled"), columns, ((s.name, s.sizes) for s in stacks))
    figure = draw_stacks(stacks, parts)
    return Drawing("filled", view.t("coverage.filled"), figure, filled_headline(view, reports), table)


def activity_table(view: View, activities: tuple[Activity, ...], rows: tuple[HeldState, ...]) -> Table:
    """One row per activity: how many units are in each state, and the share that held it."""
    states = [state for state in MARKS if any(row.state == state for row in rows)]
    columns = [Column(view.t("district.activity")), Column(view.t("coverage.share"), "%", is_number=True)]
    columns += [Column(view.t(f"coverage.state.{state}"), is_number=True) for state in states]
    body = []
    for activity in activities:
        found = [row.state for row in rows if row.activity_id == activity.activity_id]
        asked = asked_states(rows, activity)
        share = 100 * asked.count("held") / len(asked) if asked else None
        mark = view.t("coverage.optional.mark") if activity.is_optional else ""
        name = Cell(
            view.pick(activity.title_zh, activity.title_en) + mark,
            view.pick(activity.short_zh, activity.short_en) + mark,
        )
        counts = (Cell(n, str(n), is_muted=not n) for n in (found.count(state) for state in states))
        body.append((name, Cell(share, percent(share)), *counts))
    return Table(view.t("coverage.by_activity"), tuple(columns), tuple(body))


def state_table(view: View, activities: tuple[Activity, ...], rows: tuple[HeldState, ...]) -> Table:
    """The matrix in words, for download."""
    words = marks(view)
    columns = [Column(view.t("table.unit"))]
    columns += [Column(view.pick(a.short_zh, a.short_en)) for a in activities]
    body = []
    for group in by_unit(rows):
        states = {row.activity_id: words[row.state].words for row in group}
        name = view.pick(group[0].name_zh, group[0].name_en)
        texts = (name, *(states.get(a.activity_id, "") for a in activities))
        body.append(tuple(Cell(text, text) for text in texts))
    return Table(view.t("coverage.matrix"), tuple(columns), tuple(body))


def gap_headline(view: View, activities: tuple[Activity, ...], rows: tuple[HeldState, ...]) -> Headline:
    """How many units report zero or leave an obligatory activity blank, and which."""
    asked = {activity.activity_id for activity in activities if not activity.is_optional}
    gaps = [
        group
        for group in by_unit(rows)
        if any(row.state in ("zero", "not_filled") and row.activity_id in asked for row in group)
    ]
    unclear = [
        group
        for group in by_unit(rows)
        if group not in gaps and any(row.state == "unclear" and row.activity_id in asked for row in group)
    ]
    more = view.t("coverage.gaps.unclear", n=len(unclear), names=_names(view, unclear)) if unclear else ""
    if not gaps:
        return Headline(view.t("coverage.no_gaps"), more)
    return Headline(
        view.t("coverage.gaps", n=len(gaps)), view.t("coverage.gaps.names", names=_names(view, gaps)) + more
    )


def _names(view: View, groups: list[tuple[HeldState, ...]]) -> str:
    return join_names([view.pick(g[0].short_zh, g[0].name_en) for g in groups], view.lang, 4)
