"""The meeting's screens as slides: native charts to edit where the office program has the type, maps as pictures."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from pptx import Presentation
from pptx.enum.dml import MSO_PATTERN
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from dashboard.charts.frame import Swatch, width_px
from dashboard.charts.map_labels import STAGE
from dashboard.records import Lang
from dashboard.reports.chart import Chart, Native, Series
from dashboard.reports.deck import Deck
from dashboard.reports.pptx_bars import add_bars, slide_parts
from dashboard.reports.pptx_cards import add_cards, native_cards, rate_card
from dashboard.reports.pptx_lines import add_line_chart
from dashboard.reports.pptx_table import add_table
from dashboard.reports.pptx_text import (
    BOX_MARGIN,
    POINTS,
    colour,
    fitting,
    height_of,
    set_font,
    write,
)
from dashboard.reports.screen import Screen
from dashboard.sentences import Headline
from dashboard.theme import INK, MUTED, NO_DATA, NO_DATA_LINE, strong

WIDTH, HEIGHT, SIDE = 13.333, 7.5, 0.55
BODY_PT, FOOT_PT, SHOWN_PT = 18, 10, 12
LANGUAGES: Final[dict[Lang, str]] = {"zh": "zh-CN", "en": "en-US"}
LINE_SIZES: Final = (24, 20, 18, 16, 14, 12)
TITLE_SIZES, NOTE_SIZES, FOOT_SIZES = (26, 24, 22, 20, 18, 16, 14), (12, 11, 10, 9, 8), (10, 9, 8, 7)
CHART_BOX: Final = (SIDE, 1.35, WIDTH - 2 * SIDE, HEIGHT - 1.35 - 0.85)
FOOT_IN, NOTE_IN, MOST_NOTE_IN = 0.4, 0.45, 1.3
TABLE_BOX: Final = (SIDE, 1.3, WIDTH - 2 * SIDE, HEIGHT - FOOT_IN)  # its last side is where the note below it ends
LINES_BOX: Final = (SIDE, 1.4, WIDTH - 2 * SIDE, 5.1)
MAP_TOP, LEGEND_UP, LEGEND_LINE, LEGEND_PT = 1.3, 1.4, 0.25, 12
# The size at which a map's labels are fitted; it is enlarged to the slide.
SLIDE_MAP_PX: Final = (STAGE.width, STAGE.height)
# Marks of maps: lines that tell kinds of no colour apart.
PATTERNS: Final = {
    "hatch": MSO_PATTERN.WIDE_UPWARD_DIAGONAL, "cross": MSO_PATTERN.DIAGONAL_CROSS, "level": MSO_PATTERN.LIGHT_HORIZONTAL,
}  # fmt: skip


def to_pptx(deck: Deck, pictures: Mapping[str, bytes], trouble: str = "") -> bytes:
    """The slides, a slide for each screen; `trouble` says why pictures are missing."""
    slides = Presentation()
    slides.slide_width, slides.slide_height = Inches(WIDTH), Inches(HEIGHT)
    set_language(slides, deck.view.lang)
    slides.core_properties.title, slides.core_properties.comments = deck.title, deck.stamp.property_line
    add_cover(slides, deck)
    for screen in deck.screens:
        for part in parts_of(screen):
            slide = new_slide(slides, deck, part.found.sentence, shown_title(screen))
            fill_slide(slide, deck, part, pictures, trouble)
    stream = io.BytesIO()
    slides.save(stream)
    return stream.getvalue()


def set_language(slides: Any, lang: Lang) -> None:
    """The language of all texts: programs choose glyphs, line breaks and spelling by it."""
    for found in slides.element.iter(qn("a:defRPr")):
        found.set("lang", LANGUAGES[lang])


def parts_of(screen: Screen) -> tuple[Screen, ...]:
    """The screen, once for each slide that its bars need; the same finding stands on all of them, numbered."""
    if screen.chart is None or screen.chart.native is None:
        return (screen,)
    natives = slide_parts(screen.chart.native)
    if len(natives) == 1:
        return (screen,)
    return tuple(
        replace(
            screen, chart=replace(screen.chart, native=native),
            found=Headline(screen.found.finding, f"{screen.found.caveat} ({n}/{len(natives)})"),
        ) for n, native in enumerate(natives, 1)
    )  # fmt: skip


def shown_title(screen: Screen) -> str:
    """What the slide shows, with the unit its numbers are in."""
    chart = screen.chart
    return f"{screen.title} ({chart.unit})" if chart is not None and chart.native and chart.unit else screen.title


def fill_slide(slide: Any, deck: Deck, screen: Screen, pictures: Mapping[str, bytes], trouble: str) -> None:
    """What the screen shows, and its note above the slide's foot."""
    note_in = NOTE_IN
    if screen.chart is not None:
        add_chart(slide, deck, screen.chart, pictures, trouble)
    elif screen.cards:
        add_cards(slide, screen.cards, SIDE, WIDTH - 2 * SIDE)
    elif screen.rates:
        add_rates(slide, deck, screen)
    elif screen.table is not None:
        left, top, width, bottom = TABLE_BOX
        note_in = min(max(height_of(screen.note, NOTE_SIZES[-2], width), NOTE_IN), MOST_NOTE_IN)
        add_table(slide, (left, top, width, bottom - note_in - top), screen.table)
    else:
        add_lines(slide, screen)
    if screen.note:
        box = (SIDE, HEIGHT - FOOT_IN - note_in, WIDTH - 2 * SIDE, note_in)
        write(slide, box, screen.note, fitting(screen.note, NOTE_SIZES, box[2], box[3]), ink=MUTED)


def add_chart(slide: Any, deck: Deck, chart: Chart, pictures: Mapping[str, bytes], trouble: str) -> None:
    """A chart to edit, a single bar as a figure, else the chart's picture, else why there is none."""
    if chart.native is not None:
        measure = deck.view.choices.measure(chart.measure_id)
        told, hue = f"{chart.title} {chart.found.sentence}", strong(measure.hue if measure else "")
        if chart.native.kind == "lines":
            add_line_chart(slide, CHART_BOX, told, hue, chart.native)
        elif cards := native_cards(deck.view, chart.native, hue):
            add_cards(slide, cards, SIDE, WIDTH - 2 * SIDE)
        else:
            add_bars(slide, CHART_BOX, told, hue, chart.native)
    elif chart.key in pictures:
        add_map(slide, chart, pictures[chart.key])
    else:
        words = deck.view.t("report.blank.picture", title=chart.title, reason=deck.view.t(trouble) if trouble else "")
        write(slide, (SIDE, 3, WIDTH - 2 * SIDE, 1), words, BODY_PT)


def new_slide(slides: Any, deck: Deck, title: str, shown: str = "") -> Any:
    """An empty slide with what it shows and its finding above, the stamp below."""
    slide = slides.slides.add_slide(slides.slide_layouts[5])
    shape = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = (Inches(v) for v in (SIDE, 0.3, WIDTH - 2 * SIDE, 1.0))
    shape.text_frame.word_wrap, shape.text_frame.vertical_anchor = True, MSO_ANCHOR.TOP
    paragraph = shape.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT
    run = paragraph.add_run()
    run.text = title
    set_font(run.font, fitting(title, TITLE_SIZES, WIDTH - 2 * SIDE, 1.0), INK, bold=True)
    if shown:
        write(slide, (SIDE, 0.08, WIDTH - 2 * SIDE, 0.3), shown, SHOWN_PT, ink=MUTED)
    foot = (SIDE, HEIGHT - 0.45, WIDTH - 2 * SIDE, 0.4)
    write(slide, foot, deck.stamp.line, fitting(deck.stamp.line, FOOT_SIZES, foot[2], 0.3), ink=MUTED)
    return slide


def add_cover(slides: Any, deck: Deck) -> None:
    """Title, who reported, sample mark."""
    slide = new_slide(slides, deck, "")
    write(slide, (SIDE + 0.4, 2.4, WIDTH - 2, 1.2), deck.title, 38, bold=True)
    rest = deck.reported + ("\n" + deck.stamp.sample if deck.view.campaign.is_sample else "")
    write(slide, (SIDE + 0.4, 3.9, WIDTH - 2, 1.2), rest, 20, ink=MUTED)
    slide.shapes._spTree.remove(slide.shapes.title._element)


def add_rates(slide: Any, deck: Deck, screen: Screen) -> None:
    """Shares in percent as a chart to edit, n of m in the names; a single one as a figure."""
    hue = strong("participation")
    if len(screen.rates) == 1:
        add_cards(slide, [rate_card(screen.rates[0], hue)], SIDE, WIDTH - 2 * SIDE)
        return
    glue = deck.view.t("present.rate.glue")
    names = tuple(f"{rate.label}{glue}{rate.note if rate.shown.endswith('%') else rate.shown}" for rate in screen.rates)
    shares = tuple(None if rate.share is None else round(rate.share, 1) for rate in screen.rates)
    told = f"{screen.title} {screen.found.sentence}"
    add_bars(slide, CHART_BOX, told, hue, Native("shares", names, (Series("%", shares),)))


def add_lines(slide: Any, screen: Screen) -> None:
    """The lists; what does not fit at the smallest size is counted."""
    lines = [
        f"{line.name}  {line.text}" if line.name else f"{n}. {line.text}" for n, line in enumerate(screen.lines, 1)
    ]
    if screen.more:
        lines += ["", screen.more_title, *(f"· {text}" for text in screen.more)]
    left, top, width, height = LINES_BOX
    size = fitting("\n".join(lines), LINE_SIZES, width, height)
    n_shown = len(lines)
    while n_shown > 1 and height_of("\n".join(lines[:n_shown]), size, width) > height:
        n_shown -= 1
    if n_shown < len(lines):
        lines = [*lines[: n_shown - 1], f"… +{len(lines) - n_shown + 1}"]
    write(slide, (left, top, width, height), "\n".join(lines), size)


def add_map(slide: Any, chart: Chart, png: bytes) -> None:
    """The picture of the bare map as large as there is room, its legend below it as shapes and words."""
    room_w, room_h = WIDTH - 2 * SIDE, HEIGHT - MAP_TOP - LEGEND_UP
    ratio = SLIDE_MAP_PX[0] / SLIDE_MAP_PX[1]
    shown_w = min(room_w, room_h * ratio)
    picture = slide.shapes.add_picture(
        io.BytesIO(png), Inches((WIDTH - shown_w) / 2), Inches(MAP_TOP), Inches(shown_w), Inches(shown_w / ratio)
    )
    picture._element.nvPicPr.cNvPr.set("descr", f"{chart.title} {chart.found.sentence}")
    add_legend(slide, chart)


def add_legend(slide: Any, chart: Chart) -> None:
    """Marks and words in one line, in two where they are many."""
    x, top, mark = SIDE, HEIGHT - LEGEND_UP + 0.05, 0.28
    for swatch in chart.legend:
        width = width_px(swatch.label, LEGEND_PT) / POINTS + 2 * BOX_MARGIN
        if x > SIDE and x + width + mark > WIDTH - SIDE:
            x, top = SIDE, top + LEGEND_LINE
        if swatch.kind != "words":
            side = 0.16 if swatch.kind == "circle" else mark
            kind = MSO_SHAPE.OVAL if swatch.kind == "circle" else MSO_SHAPE.RECTANGLE
            shape = slide.shapes.add_shape(kind, Inches(x), Inches(top + 0.07), Inches(side), Inches(0.16))
            shape.shadow.inherit = False
            line = {"circle": INK, "zero": swatch.colour}.get(swatch.kind, NO_DATA_LINE)
            shape.line.color.rgb, shape.line.width = colour(line), Pt(1.75 if swatch.kind == "zero" else 0.75)
            fill_mark(shape, swatch)
            x += mark
        write(slide, (x, top, width, 0.3), swatch.label, LEGEND_PT).text_frame.word_wrap = False
        x += width + 0.08


def fill_mark(shape: Any, swatch: Swatch) -> None:
    """The class's colour; hatching for what has no figure; nothing in a circle or for zero."""
    if swatch.kind in ("circle", "zero"):
        shape.fill.background()
    elif swatch.kind == "box":
        shape.fill.solid()
        shape.fill.fore_color.rgb = colour(swatch.colour)
    else:
        shape.fill.patterned()
        shape.fill.pattern = PATTERNS.get(swatch.kind, MSO_PATTERN.WIDE_UPWARD_DIAGONAL)
        shape.fill.fore_color.rgb, shape.fill.back_color.rgb = colour(NO_DATA_LINE), colour(NO_DATA)
