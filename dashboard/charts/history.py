"""A measure through the years: a line only through years of one form, gaps where no campaign is loaded, marks at breaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.charts.base import base_layout
from dashboard.theme import INK, LINE, MUTED

HEIGHT_PX = 190


@dataclass(frozen=True)
class Point:
    """One year: its total, its form, the words at the point and in the tip."""

    year: int
    value: float
    form_id: str
    text: str
    hover: str


def runs(points: Sequence[Point]) -> list[list[Point]]:
    """Consecutive years of one form; a missing year or another form begins a new run."""
    found: list[list[Point]] = []
    for point in points:
        last = found[-1][-1] if found else None
        if last is not None and last.form_id == point.form_id and last.year + 1 == point.year:
            found[-1].append(point)
        else:
            found.append([point])
    return found


def breaks(points: Sequence[Point]) -> list[float]:
    """Where the form changes, between two years."""
    return [
        (one.year + other.year) / 2
        for one, other in zip(points, points[1:], strict=False)  # noqa: RUF007
        if one.form_id != other.form_id
    ]


def draw_history(
    points: Sequence[Point], colour: str, break_words: str, others: tuple[Sequence[float], str] = ((), "")
) -> go.Figure:
    """The runs as lines with values at their points; a dashed line with words where the form or (others) something else changes."""
    figure = base_layout(go.Figure(), height=HEIGHT_PX)
    for run in runs(points):
        figure.add_trace(
            go.Scatter(
                x=[p.year for p in run], y=[p.value for p in run], mode="lines+markers+text",
                line={"color": colour, "width": 2}, marker={"size": 8, "color": colour},
                text=[p.text for p in run], textposition="top center", textfont={"size": 12, "color": INK},
                cliponaxis=False, hovertext=[p.hover for p in run], hovertemplate="%{hovertext}<extra></extra>",
            )
        )  # fmt: skip
    top = max((p.value for p in points), default=1) or 1
    for place, words in [*((p, break_words) for p in breaks(points)), *((p, others[1]) for p in others[0])]:
        figure.add_shape(
            type="line", x0=place, x1=place, y0=0, y1=top * 1.25, line={"color": MUTED, "dash": "dot", "width": 1}
        )
        figure.add_annotation(
            x=place,
            y=top * 1.25,
            text=words,
            showarrow=False,
            yanchor="bottom",
            font={"size": 11, "color": MUTED},
        )
    years = range(min(p.year for p in points), max(p.year for p in points) + 1) if points else range(0)
    figure.update_layout(margin={"l": 24, "r": 36, "t": 22, "b": 24})
    figure.update_xaxes(
        tickmode="array", tickvals=list(years), ticktext=[str(y) for y in years], showgrid=False, zeroline=False,
        linecolor=LINE, showline=True, fixedrange=True, tickfont={"size": 12, "color": MUTED},
        range=[years.start - 0.5, years.stop - 0.5] if points else None,
    )  # fmt: skip
    figure.update_yaxes(range=[0, top * 1.3], visible=False, fixedrange=True)
    return figure
