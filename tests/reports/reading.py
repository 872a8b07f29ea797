"""What a reader sees of a page and of each file, read back from the bytes: no function of the product makes it."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from playwright.sync_api import Page
from streamlit.testing.v1 import AppTest

from tests.app.running import chart, metrics, words

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?[万亿kMB%]?")
READY_MS = 30_000


def numbers(text: str) -> list[str]:
    """The numbers of a text as they are printed."""
    return NUMBER.findall(text)


def squeezed(text: str) -> str:
    """The text without any space: formats put them differently between Chinese and numbers."""
    return re.sub(r"\s", "", text)


@dataclass(frozen=True)
class Seen:
    """The Overview page: key figures (label -> value, line below), the sentence above its map, each unit's tip on it."""

    figures: dict[str, tuple[str, str]]
    headline: str
    tips: dict[str, str]


def seen_on(app: AppTest) -> Seen:
    """What the rendered page says."""
    headline = re.search(r'<p class="atlas-headline">(.*?)</p>', words(app), re.S)
    assert headline is not None
    tips: dict[str, str] = {}
    if any(str(e.proto.id).endswith("-map") for e in app.get("plotly_chart")):
        for trace in chart(app, "map")["data"]:
            if trace["type"] == "choropleth" and trace.get("hoverinfo") != "skip":
                tips |= dict(zip(trace["locations"], trace["text"], strict=True))
            elif trace.get("customdata") and trace.get("hovertext"):
                tips |= dict(zip(trace["customdata"], trace["hovertext"], strict=True))
    return Seen(
        metrics(app), plain(headline[1]), {unit: plain(tip.replace("<br>", "\n")) for unit, tip in tips.items()}
    )


def plain(markup: str) -> str:
    """Markup without its tags."""
    return html.unescape(re.sub(r"<[^>]+>", "", markup))


def part(content: bytes, name: str) -> str:
    """A part of an office file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode("utf-8")


def texts_in(xml: str, block: str, run: str) -> list[str]:
    """The text of each block (paragraph, cell) in the order of the file."""
    found = re.findall(rf"<{block}[ >].*?</{block}>", xml, re.S)
    return [html.unescape("".join(re.findall(rf"<{run}(?: [^>]*)?>([^<]*)</{run}>", one))) for one in found]


def word_lines(content: bytes) -> list[str]:
    """Every paragraph of a Word document, those of tables too."""
    return texts_in(part(content, "word/document.xml"), "w:p", "w:t")


def word_tables(content: bytes) -> list[list[list[str]]]:
    """Every table of a Word document: rows of cells."""
    found = []
    for table in re.findall(r"<w:tbl>.*?</w:tbl>", part(content, "word/document.xml"), re.S):
        rows = re.findall(r"<w:tr[ >].*?</w:tr>", table, re.S)
        found.append([texts_in(row, "w:tc", "w:t") for row in rows])
    return found


def slide_lines(content: bytes) -> list[list[str]]:
    """Every paragraph of every slide."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [n for n in archive.namelist() if re.fullmatch(r"ppt/slides/slide\d+\.xml", n)]
        names.sort(key=lambda n: int(re.findall(r"\d+", n)[0]))
        return [texts_in(archive.read(name).decode("utf-8"), "a:p", "a:t") for name in names]


def sheet_rows(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    """Every sheet's rows."""
    book = load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def screens_in(page: Page, content: bytes, folder: Path, keys: tuple[str, ...]) -> dict[str, str]:
    """The text of these screens of a snapshot, as the browser shows them one after the other."""
    path = folder / "snapshot.html"
    path.write_bytes(content)
    data = re.search(r'<script id="data" type="application/json">(.*?)</script>', content.decode("utf-8"), re.S)
    assert data is not None
    parsed = json.loads(data[1])
    order = [screen["key"] for screen in parsed[parsed["first"]]["screens"]]
    page.goto(path.as_uri())
    found = {}
    for place, key in enumerate(order[: max((order.index(k) for k in keys if k in order), default=0) + 1]):
        if place:
            page.keyboard.press("ArrowRight")
        page.wait_for_selector(f"body[data-ready$='-{place}']", timeout=READY_MS)
        if key in keys:
            found[key] = str(page.locator("section.on").inner_text())
    found["stamp"] = str(page.locator("#stamp").inner_text())
    return found


def picture_texts(svg: bytes) -> list[str]:
    """The texts of a chart's picture; the PNG is drawn from the same figure by the same browser."""
    drawn = re.findall(r"<text[^>]*>(.*?)</text>", svg.decode("utf-8"), re.S)
    return [plain(text) for text in drawn]
