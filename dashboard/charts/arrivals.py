"""Arrivals: what had come in by each day, stepped, against what was due by then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import plotly.graph_objects as go

from dashboard.charts.base import Parts, Trace, trace
from dashboard.theme import INK, LINE, MUTED, strong

HEIGHT_PX = 300
DAYS_BESIDE = 3
MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60)
MAX_MONTHS = 8  # labels of months side by side
BY_DAYS = 45  # a span shorter than this has a tick a week, a longer one a tick a month


@dataclass(frozen=True)
class Step:
    """A day and the count reached by its end."""

    day: date
    count: int


@dataclass(frozen=True)
class ArrivalWords:
    """What the chart says: names of both lines at their ends, the label of the as-of line, ticks."""

    due: str
    received: str
    as_of: str
    ticks: dict[date, str]


def cumulate(days: Iterable[date]) -> tuple[Step, ...]:
    """Days with repeats -> the count reached by each day."""
    found, total = [], 0
    for day, count in sorted(Counter(days).items()):
        total += count
        found.append(Step(day, total))
    return tuple(found)


def span_of(due: Sequence[Step], received: Sequence[Step]) -> tuple[date, date]:
    """First and last day of the axis, with some room."""
    days = [step.day for step in (*due, *received)] or [date(1970, 1, 1)]
    return min(days) - timedelta(days=DAYS_BESIDE), max(days) + timedelta(days=DAYS_BESIDE)


def tick_days(first: date, last: date) -> tuple[date, ...]:
    """The first of each month, or of every second, third, … one where they would stand too close; each Monday of a short span."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    if (last - first).days < BY_DAYS:
        return tuple(day for day in days if day.weekday() == 0)
    months = [day for day in days if day.day == 1]
    every = next((n for n in MONTH_STEPS if len(months) <= n * MAX_MONTHS), len(months))
    # Counted from January, so that a year begins with a label.
    return tuple(day for day in months if (day.year * 12 + day.month - 1) % every == 0)


def _line(steps: Sequence[Step], first: date, last: date) -> tuple[list[date], list[int]]:
    """The steps from zero at the first day to their count at the last."""
    kept = [step for step in steps if step.day <= last]
    return [first, *(s.day for s in kept), last], [0, *(s.count for s in kept), kept[-1].count if kept else 0]


def _name(day: date, count: int, name: str, colour: str, place: str) -> dict[str, object]:
    """A line's name at its end."""
    return {
        "x": day, "y": count, "text": name, "showarrow": False, "xanchor": "left", "xshift": 6, "yanchor": place,
        "font": {"size": 12, "color": colour},
    }  # fmt: skip


def draw_arrivals(due: Sequence[Step], received: Sequence[Step], words: ArrivalWords, as_of: date) -> go.Figure:
    """Two stepped lines with their names at the ends; what is received stops at the as-of day."""
    first, last = span_of(due, received)
    until = min(max(as_of, first), last)
    blue = strong("participation")
    traces: list[Trace] = []
    for steps, end, line, fill, name in (
        (due, last, {"color": MUTED, "width": 1.5, "dash": "dot", "shape": "hv"}, None, words.due),
        (received, until, {"color": blue, "width": 2.5, "shape": "hv"}, "tozeroy", words.received),
    ):
        x, y = _line(steps, first, end)
        traces.append(
            trace(
                "scatter", x=x, y=y, mode="lines", line=line, fill=fill, fillcolor="rgba(31,95,168,0.08)", name=name,
                hovertemplate="%{x|%Y-%m-%d} · %{y}<extra>" + name + "</extra>",
            )
        )  # fmt: skip
    top = max([s.count for s in (*due, *received)], default=1) or 1
    n_due, n_received = (steps[-1].count if steps else 0 for steps in (due, received))
    # Where both lines end together, their names keep clear of each other.
    places = ("middle", "middle") if until < last else ("bottom", "top") if n_due >= n_received else ("top", "bottom")
    notes = [
        _name(last, n_due, words.due, MUTED, places[0]),
        _name(until, n_received, words.received, blue, places[1]),
    ]
    shapes = []
    if until < last:
        shapes.append({"type": "line", "x0": until, "x1": until, "y0": 0, "y1": 1, "yref": "paper",
                       "line": {"color": INK, "width": 1}})  # fmt: skip
        notes.append({"x": until, "y": 1, "yref": "paper", "yanchor": "bottom", "text": words.as_of, "showarrow": False,
                      "xanchor": "center", "font": {"size": 12, "color": INK}})  # fmt: skip
    layout = {
        "margin": {"l": 36, "r": 96, "t": 20, "b": 26},
        "xaxis": {"range": [first, last], "showgrid": False, "zeroline": False, "fixedrange": True, "linecolor": LINE,
                  "tickvals": list(words.ticks), "ticktext": list(words.ticks.values()),
                  "tickfont": {"size": 12, "color": MUTED}},
        "yaxis": {"range": [0, top * 1.06], "gridcolor": LINE, "zeroline": False, "fixedrange": True, "nticks": 5,
                  "tickfont": {"size": 12, "color": MUTED}},
        "shapes": shapes, "annotations": notes,
    }  # fmt: skip
    return Parts(traces, layout).figure(height=HEIGHT_PX)
