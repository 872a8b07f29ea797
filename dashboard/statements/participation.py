"""What is said of participation: key figures, the spread over units, the activities it consists of."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from dashboard import queries
from dashboard.charts.bars import Bar, draw_bars
from dashboard.charts.breaks import nice_ticks
from dashboard.charts.strip import Dot, draw_strip
from dashboard.components.changes import (
    basis_words,
    figure_label,
    selected_total,
)
from dashboard.components.chart import Drawing
from dashboard.components.chart_table import named_table
from dashboard.components.doubt import doubted_total, figure_delta, with_facts
from dashboard.components.markup import esc
from dashboard.components.page import View, for_all_activities, for_totals
from dashboard.components.parts import (
    KeyFigure,
)
from dashboard.filters import value_params
from dashboard.format import NOTHING, compact, inner_quotes, percent, qualified, with_unit
from dashboard.records import ActivityValue, UnitValue
from dashboard.sentences import (
    NOTED,
    Headline,
    compact_or_mark,
    rate_unit,
    short,
    total_text,
    value_words,
)
from dashboard.theme import strong
from dashboard.totals import PER, ChangeSet, sum_values

ACTIVITY_ROW_PX = 36


def spread_drawing(view: View, rows: tuple[UnitValue, ...]) -> Drawing | None:
    """The distribution, drawn; None with fewer than two values."""
    dots = [Dot(row.unit_id, short(row, view.lang), row.value, tip(view, row)) for row in rows if row.value is not None]
    if len(dots) < 2:  # a single unit has no spread
        return None
    values = [dot.value for dot in dots]
    middle = compact(median(values), view.lang)
    finding = view.t("participation.median.headline", value=with_unit(middle, view.measure_unit, view.lang))
    labels = {place: compact(place, view.lang) for place in nice_ticks(max(values))}
    figure = draw_strip(dots, strong(view.measure.hue), view.t("participation.median", value=middle), labels)
    name = view.t("chart.spread")
    table = named_table(view, name, dots, [row.qualifier for row in rows if row.value is not None])
    return Drawing("spread", name, figure, Headline(finding, ""), table)


def figures(view: View, rows: tuple[UnitValue, ...], changes: ChangeSet) -> list[KeyFigure]:
    """Total, rate, the middle of the units and how many have a figure; always of the units and activity chosen."""
    measure, lang = view.measure, view.lang
    plain_rows = queries.query_unit_values(view.source, value_params(view.filters))
    total, valued = selected_total(view, measure), [row for row in plain_rows if row.value is not None]
    delta = figure_delta(view, measure, changes.total)
    basis = basis_words(view, measure, changes.total)
    definition = view.pick(measure.definition_zh, measure.definition_en)
    known = [row for row in valued if row.population]
    people = sum(row.population or 0 for row in known)
    rate = sum(row.value or 0 for row in known) * PER / people if people else None
    noted = NOTED if any(row.is_noted for row in known) else ""
    chosen = sorted((row for row in rows if row.value is not None), key=lambda row: row.value or 0)
    ends = [compact_or_mark(row, measure, lang) for row in (chosen[0], chosen[-1])] if chosen else [NOTHING, NOTHING]
    middle = compact(median(row.value or 0 for row in chosen), lang) if chosen else NOTHING
    return [
        KeyFigure(figure_label(view, measure), total_text(total, measure, lang), delta, measure.hue,
                  f"{definition} {basis}".strip()),
        KeyFigure(view.t("participation.figure.rate", unit=rate_unit(measure, lang)), compact(rate, lang) + noted,
                  view.t("participation.figure.rate.note", n=len(known)), measure.hue),
        KeyFigure(view.t("participation.figure.median", unit=view.measure_unit), middle,
                  view.t("participation.figure.median.note", low=ends[0], high=ends[1]), measure.hue),
        KeyFigure(view.t("participation.figure.units"), f"{len(valued)} / {len(plain_rows)}",
                  view.t("participation.figure.units.note", m=len(plain_rows)), "neutral"),
    ]  # fmt: skip


def tip(view: View, row: UnitValue) -> str:
    """A unit's name and value for a hover."""
    words = value_words(row, view.measure, view.lang)
    return f"<b>{esc(view.pick(row.name_zh, row.name_en))}</b><br>{esc(words)}"


def activity_rows(view: View) -> tuple[ActivityValue, ...]:
    """The measure by activity, under the kind of unit chosen."""
    params = value_params(view.filters)
    params = {name: params[name] for name in ("campaign_id", "measure_id", "scope")}
    return queries.query_activity_values(view.source, params | {"form_id": view.campaign.form_id or ""})


def activity_finding(view: View, rows: Sequence[ActivityValue], total: float, chosen: str) -> str:
    """Which activity is the largest; of a chosen one its share first."""

    def told(row: ActivityValue, *, is_quoted: bool = True) -> dict[str, str]:
        share = percent(100 * (row.value or 0) / total, 0).rstrip("%")
        name = view.pick(row.short_zh, row.short_en)
        return {"name": inner_quotes(name, view.lang) if is_quoted else name, "share": share}

    largest = max(rows, key=lambda row: row.value or 0)
    own = next((row for row in rows if row.activity_id == chosen), None)
    if own is None:
        if sum(bool(row.value) for row in rows) == 1:
            return view.t("participation.activity.only", **told(largest))
        return view.t("participation.activity.headline", **told(largest, is_quoted=False))
    rest = "most" if own is largest else "other"
    return view.t("participation.activity.chosen", **told(own)) + view.t(
        f"participation.activity.chosen.{rest}", **told(largest)
    )


def activity_drawing(view: View) -> Drawing | None:
    """All activities in totals, also beside rates of the units or one chosen activity, which is then said; None without a total."""
    asked, view = view.filters, for_all_activities(for_totals(view))
    rows = activity_rows(view)
    total = sum_values(row.value for row in rows)
    if not total:
        return None
    finding = activity_finding(view, rows, total, asked.activity)
    bars = [
        Bar(
            row.activity_id, view.pick(row.short_zh, row.short_en), row.value,
            qualified(compact(row.value, view.lang), row.qualifier, view.lang),
            esc(f"{view.pick(row.short_zh, row.short_en)} {with_unit(compact(row.value, view.lang), view.measure_unit, view.lang)}"),
        )
        for row in rows
    ]  # fmt: skip
    figure = draw_bars(bars, strong(view.measure.hue), row_px=ACTIVITY_ROW_PX)
    key = ("all_" if asked.activity else "") + ("totals" if asked.per_10k else "")
    title = view.t("participation.by_activity" + (f".{key.rstrip('_')}" if key else ""))
    first = view.t("table.activity")
    table = named_table(view, title, bars, [row.qualifier for row in rows], first=first)
    found = with_facts(view, Headline(finding, ""), doubted_total(view, view.measure))
    return Drawing("activities", title, figure, found, table)
