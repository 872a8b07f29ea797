"""A presentation as one HTML file: screens in both languages, plotly and the map layer once in it, nothing to be fetched.

The snapshot is this file; the app shows the same one over its page, so that a network that fails changes nothing.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import plotly

from dashboard.charts.base import EMPTY_TOPO
from dashboard.charts.geometry import GEO_URL
from dashboard.charts.map_labels import STAGE
from dashboard.components.page import View
from dashboard.filters import Filters
from dashboard.records import Lang
from dashboard.reports.columns import in_two_columns
from dashboard.reports.deck import Deck, make_deck
from dashboard.reports.opening import CannotReport
from dashboard.reports.render import Spec, read_geojson
from dashboard.reports.screen import Screen
from dashboard.reports.unit_deck import unit_deck
from dashboard.running_order import DEFAULT_ORDER
from dashboard.tables import Table
from dashboard.theme import DARK, INK, LINE, MUTED, NO_DATA, NO_DATA_LINE, PANEL, WHITE

HERE: Final = Path(__file__).resolve().parent
PLOTLY: Final = Path(str(plotly.__file__)).parent / "package_data" / "plotly.min.js"
LANGS: Final[tuple[Lang, ...]] = ("zh", "en")
WORDS: Final = ("next", "previous", "full", "close", "keys", "lang", "ground", "leave")
TOKENS: Final = {
    "ground": WHITE, "ink": INK, "muted": MUTED, "line": LINE, "panel": PANEL, "no-data": NO_DATA,
    "no-data-line": NO_DATA_LINE,
}  # fmt: skip
# The app serves its own fonts; a file opened by a double click uses the machine's.
FONT_URL: Final = "app/static/fonts/noto-sans-sc-{script}-{weight}-normal.woff2"


def to_html(view: View, *, in_app: bool = False) -> bytes:
    """The file; in the app it has the app's fonts and can be left. Raises CannotReport where there is nothing to show."""
    return decks_html({lang: deck_in(view, lang) for lang in LANGS}, view.filters, in_app=in_app)


def unit_html(view: View, unit_id: str) -> bytes:
    """The same file about one unit. Raises CannotReport."""
    views = {lang: replace(view, filters=replace(view.filters, lang=lang)) for lang in LANGS}
    return decks_html({lang: unit_deck(own, unit_id) for lang, own in views.items()}, view.filters)


def decks_html(decks: Mapping[Lang, Deck], filters: Filters, *, in_app: bool = False) -> bytes:
    """The file of these screens in both languages. Raises CannotReport."""
    if not decks["zh"].screens:
        raise CannotReport("present.empty")
    layers: dict[str, Spec] = {}
    content: dict[str, Any] = {lang: language(deck, layers) for lang, deck in decks.items()}
    content |= {"first": filters.lang, "ground": filters.ground, "inApp": in_app, "layers": layers,
                "topojson": EMPTY_TOPO, "dark": DARK, "ink": INK, "paper": WHITE, "labelFrame": [STAGE.width, STAGE.height]}  # fmt: skip
    page = (HERE / "deck.html").read_text(encoding="utf-8")
    parts = {
        "/*FONT_SOURCE*/": "'self'" if in_app else "data:",
        "/*STYLE*/": (app_fonts() if in_app else "") + tokens() + (HERE / "deck.css").read_text(encoding="utf-8"),
        "/*PLOTLY*/": packed_plotly(),
        "/*BEGIN*/": begin_json(()).decode(),
        "/*DATA*/": safe_json(content),
        "/*SCRIPT*/": (HERE / "deck.js").read_text(encoding="utf-8"),
    }
    for mark, text in parts.items():
        page = page.replace(mark, text, 1)
    return page.encode("utf-8")


def deck_in(view: View, lang: Lang) -> Deck:
    """The screens in one language."""
    return make_deck(replace(view, filters=replace(view.filters, lang=lang)), DEFAULT_ORDER)


@lru_cache(maxsize=1)
def packed_plotly() -> str:
    """plotly.js as text that the page unpacks."""
    return base64.b64encode(gzip.compress(PLOTLY.read_bytes(), mtime=0)).decode("ascii")


def tokens() -> str:
    """The colours of both grounds as the style sheet's variables."""
    light = "".join(f"--{name}:{colour};" for name, colour in TOKENS.items())
    dark = "".join(f"--{name}:{DARK[colour]};" for name, colour in TOKENS.items())
    return f":root{{{light}}}\n:root.dark{{{dark}}}\n"


def app_fonts() -> str:
    """The app's own fonts."""
    return "".join(
        f"@font-face{{font-family:AtlasSans;font-weight:{weight};src:url({FONT_URL.format(script=script, weight=weight)})"
        f"{';unicode-range:U+0000-02FF,U+2000-206F,U+2122,U+2212' if script == 'latin' else ''}}}\n"
        for script in ("chinese-simplified", "latin")
        for weight in (400, 700)
    )


def begin_json(screens: tuple[str, ...]) -> bytes:
    """The screens of which the presentation begins at the first that it has; at its first screen without any."""
    return f'<script id="begin" type="application/json">{safe_json(screens)}</script>'.encode()


def safe_json(content: object) -> str:
    """JSON that can't end the script it stands in."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def language(deck: Deck, layers: dict[str, Spec]) -> dict[str, Any]:
    """All that one language's screens say; map layers are put into `layers`."""
    view = deck.view
    return {
        "title": deck.title, "reported": deck.reported, "stamp": deck.stamp.line,
        "mark": view.t("head.sample") if view.campaign.is_sample else "",
        "words": {name: view.t(f"snapshot.{name}") for name in WORDS},
        "screens": [screen(s, layers) for s in deck.screens],
        "units": {unit_id: asdict(panel) for unit_id, panel in deck.units.items()},
    }  # fmt: skip


def table_of(table: Table | None) -> dict[str, Any] | None:
    """The table's heads and texts, and which columns are of numbers."""
    if table is None:
        return None
    own = table.on_screen
    return {
        "heads": [column.head for column in own.columns], "numbers": [column.is_number for column in own.columns],
        "rows": [[cell.text for cell in row] for row in own.rows],
    }  # fmt: skip


def screen(shown: Screen, layers: dict[str, Spec]) -> dict[str, Any]:
    """A screen as the page takes it."""
    found: dict[str, Any] = {
        "key": shown.key, "title": shown.title, "finding": shown.found.finding, "caveat": shown.found.caveat,
        "note": shown.note, "cards": [asdict(card) for card in shown.cards],
        "rates": [asdict(rate) for rate in shown.rates], "lines": [asdict(line) for line in shown.lines],
        "table": table_of(shown.table), "moreTitle": shown.more_title, "more": shown.more,
    }  # fmt: skip
    if shown.chart is not None:
        spec: Spec = json.loads(shown.chart.alone().to_json())
        spec["layout"].pop("template", None)
        for trace in spec["data"]:
            source = trace.get("geojson")
            if isinstance(source, str) and source.startswith(GEO_URL):
                layers.setdefault(source, read_geojson(source))
        found["figure"] = in_two_columns(spec)
        found["legend"] = [asdict(swatch) for swatch in shown.chart.legend]
    return found
