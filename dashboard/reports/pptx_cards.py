"""Large figures on slides: the key figures, and charts that would have a single bar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from pptx.util import Inches

from dashboard.components.page import View
from dashboard.format import NOTHING, percent, plain, signed
from dashboard.reports.chart import BARE, Native
from dashboard.reports.pptx_text import colour, fitting, write
from dashboard.reports.screen import Card, Rate
from dashboard.theme import MUTED

FIGURE_PT: Final = 36
CARDS_A_ROW: Final = 3
ABOUT_SIZES: Final = (14, 12, 11, 10)


def add_cards(slide: Any, cards: Sequence[Card], side: float, width_of_all: float) -> None:
    """The figures as large numbers with their basis, three in a row."""
    width = width_of_all / CARDS_A_ROW
    for place, card in enumerate(cards):
        left, top = side + (place % CARDS_A_ROW) * width, 1.7 + (place // CARDS_A_ROW) * 2.6
        rule = slide.shapes.add_shape(1, Inches(left), Inches(top), Inches(width - 0.3), Inches(0.05))
        rule.fill.solid()
        rule.fill.fore_color.rgb = colour(card.colour)
        rule.line.fill.background()
        write(slide, (left, top + 0.15, width - 0.3, 0.4), card.label, 16, ink=MUTED)
        write(slide, (left, top + 0.55, width - 0.3, 0.8), card.value, FIGURE_PT, bold=True)
        size = fitting(card.note, ABOUT_SIZES, width - 0.3, 1.1)
        write(slide, (left, top + 1.4, width - 0.3, 1.1), card.note or NOTHING, size, ink=MUTED)


def native_cards(view: View, native: Native, hue: str) -> tuple[Card, ...]:
    """A chart's only bar as a figure, the parts of a stacked one as one each; none of a chart with more bars."""
    if len(native.categories) != 1 or native.kind == "lines":
        return ()
    (name,) = native.categories
    values = [series.values[0] for series in native.series]
    if native.kind == "stacked":
        whole = sum(value or 0 for value in values)
        return tuple(
            Card(series.name, plain(value), percent(100 * (value or 0) / whole) if whole else NOTHING, hue)
            for series, value in zip(native.series, values, strict=True)
        )
    (series,), (value,) = native.series, values
    number = NOTHING if value is None else signed(plain(abs(value)), value) if native.kind == "change" else plain(value)
    pattern = series.labels[0] if series.labels and value is not None else BARE
    return (Card(name, pattern.replace(BARE, number, 1), series.name, hue),)


def rate_card(rate: Rate, hue: str) -> Card:
    """A single share as a figure: n of m below it."""
    value = NOTHING if rate.share is None else percent(rate.share)
    notes = [rate.shown if rate.shown != value else "", rate.note]
    return Card(rate.label, value, "\n".join(note for note in notes if note), hue)
