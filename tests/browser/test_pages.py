"""The pages in a real headless Chromium with the network cut: drawn whole, no outside request, no page error.

Set ATLAS_SCREENSHOTS to a folder to keep the pictures (docs/images was made this way).
"""

from __future__ import annotations

import html as markup
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from dashboard.charts.frame import BOTTOM_PX, CHART_WIDTH_PX, MAP_HEIGHT_PX, MAP_WIDTH_PX, TOP_PX
from dashboard.components.nav import known_pages

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
PAGES = known_pages()
DRAWN_PAGES = PAGES[: PAGES.index("reporting") + 1]  # those that differ by the campaign's map and form
SIZES = ((1920, 1080), (1366, 768))
# Area and year of each map layer: campaign -> query.
CAMPAIGNS = {
    "chongqing-2021": "area=chongqing&year=2021",
    "chongqing-2022": "area=chongqing&year=2022",
    "chongqing-2025": "area=chongqing&year=2025",
    "chongqing-2026": "area=chongqing&year=2026",
    "ningxia-2021": "area=ningxia&year=2021",
    "jincheng-2022": "area=jincheng&year=2022",
}
# Our notice of an unforeseen error; what a page without a base year may say; a campaign without a table.
# plotly draws on in a chart that was taken away with its page a moment ago; nobody sees it.
PLOTLY_LATE = "reading 'typesetMath'"
ERROR = re.compile("本页出错|Something went wrong")
EXPECTED = re.compile(
    "没有可对比的年份|there is no year to compare|不含“|does not ask for|只存一部分|is preserved in part"
)
NO_TABLE = re.compile("没有附统计表|has no statistics table")
DRAWN = (
    "place => { const g = document.querySelector(place);"
    " return [g.querySelectorAll('.choroplethlayer path').length, g.querySelectorAll('path.point').length]; }"
)
# What is wider than its box: chosen filters, cells of tables, the line below a key figure.
CLIPPED = (
    "() => [...document.querySelectorAll('[class*=st-key-atlas-filter] [data-baseweb=select] > div > div:first-child,"
    " .atlas-table, .atlas-matrix, [data-testid=stMetricDelta], [data-testid=stMetricDelta] *')].filter(e => e.clientWidth && e.checkVisibility() && e.scrollWidth > e.clientWidth + 1).map(e => e.innerText.slice(0, 40))"
)
# Labels of a map, line by line, that lie on one another by more than the rim of a line's box.
COLLIDING = """() => {
  const boxes = [...document.querySelectorAll('g.geo text')].filter(t => t.checkVisibility()).flatMap(t =>
    (t.querySelectorAll('tspan.line').length ? [...t.querySelectorAll('tspan.line')] : [t])
      .filter(l => l.textContent.replace(/\\u00a0/g, '').trim()).map(l => [l.textContent, l.getBoundingClientRect()]));
  const found = [];
  boxes.forEach(([one, a], n) => { for (const [other, b] of boxes.slice(n + 1))
    if (one !== other && Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4)
      found.push(one + ' on ' + other); });
  return found;
}"""
OVER_TITLE = (
    "() => { const [title, filters] = [document.querySelector('.atlas-sample') ? '.atlas-sample' : '.atlas-h1', '.st-key-atlas-filters'].map("
    "s => document.querySelector(s).getBoundingClientRect());"
    " return title.right > filters.left && title.bottom > filters.top && title.top < filters.bottom; }"
)


def chromium() -> str:
    found = next((p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), None)
    assert found, "no Chromium: run `make system`"
    return found


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@contextmanager
def started(releases: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The app as `make serve` starts it, on a port of its own: its address, and its process."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "dashboard/app.py"]
    command += ["--server.address", "127.0.0.1", "--server.port", str(port)]
    environment = {**os.environ, "ATLAS_RELEASES": str(releases)}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{base}/_stcore/health", timeout=1)  # noqa: S310
                break
            except OSError:
                time.sleep(0.25)
        yield base, process
    finally:
        process.terminate()
        process.wait(60)


@pytest.fixture(scope="module")
def server(sample_releases: Path) -> Iterator[str]:
    with started(sample_releases) as (base, _):
        yield base


@dataclass
class Visit:
    """A page with what it asked for and what went wrong."""

    page: Page
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def go(self, url: str) -> None:
        self.page.goto(url)
        self.page.wait_for_selector("h1", timeout=30_000)
        self.page.wait_for_selector(".stApp[data-test-script-state=notRunning]", timeout=30_000)
        self.page.wait_for_timeout(300)

    def shot(self, name: str) -> None:
        folder = os.environ.get("ATLAS_SCREENSHOTS")
        if folder:
            if self.page.locator("g.geo").count():
                self.page.wait_for_selector("g.geo .choroplethlayer path", state="attached", timeout=30_000)
            self.page.wait_for_timeout(1200)
            self.page.screenshot(path=Path(folder) / f"{name}.png")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    cut = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"
    flags = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        cut,
    ]
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=flags)
        yield launched
        launched.close()


def visit(browser: Browser, size: tuple[int, int] = SIZES[0]) -> Visit:
    page = browser.new_context(viewport={"width": size[0], "height": size[1]}).new_page()
    seen = Visit(page)
    page.on("request", lambda r: None if is_inside(r.url) else seen.outside.append(r.url))
    page.on("pageerror", lambda e: None if PLOTLY_LATE in str(e) else seen.errors.append(str(e)))
    page.route("**/*", lambda route: route.continue_() if is_inside(route.request.url) else route.abort())
    return seen


def is_inside(url: str) -> bool:
    return url.startswith(("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:", "about:"))


def unit_of(release: duckdb.DuckDBPyConnection, campaign: str) -> str:
    """The unit of the campaign with the longest text in its table, for its District page."""
    longest = """
        select unit_id from roster left join fact using (campaign_id, unit_id)
        where campaign_id = $c order by length(coalesce(fact.text, '')) desc, unit_id limit 1
    """
    row = release.execute(longest, {"c": campaign}).fetchone()
    return str(row[0]) if row and row[0] else ""


def pages_of(campaign: str, *, is_picked: bool) -> tuple[str, ...]:
    """The pages that differ by map and form of each campaign; all of one campaign, in all sizes where pictures are wanted."""
    is_whole = campaign == "chongqing-2022" and (is_picked or "ATLAS_SCREENSHOTS" in os.environ)
    return PAGES if is_whole else DRAWN_PAGES


def visits() -> Iterator[object]:
    """In Chinese on the small screen and in English on the large one: two campaigns in every run, each in one of the two ways.
    The slow proofs have the rest, and one campaign the other way about too."""
    quick = {"jincheng-2022": "en", "ningxia-2021": "zh"}
    for campaign in (*CAMPAIGNS, "jilin-2021"):
        for lang in ("zh", "en"):
            for size in SIZES:
                is_whole = campaign == "chongqing-2022"
                is_first = (lang == "zh") == (size == SIZES[1])
                if is_whole or is_first:
                    is_slow = not is_first or quick.get(campaign) != lang
                    name = f"{size[0]}-{lang}-{campaign}"
                    yield pytest.param(campaign, lang, size, id=name, marks=[pytest.mark.slow] if is_slow else [])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_must_not_be_quoted_is_not_cut_off(browser: Browser, server: str, lang: str) -> None:
    seen = visit(browser, SIZES[1])
    seen.go(f"{server}/district?area=chongqing&year=2022&base=2021&unit=500230&lang={lang}")
    words = {"zh": "核实前请勿引用", "en": "not to be quoted before it is checked"}[lang]
    line = seen.page.locator('[data-testid="stMetricDelta"]', has_text=words)
    line.first.wait_for(timeout=15_000)
    assert line.count() == 1 and line.bounding_box()["height"] > 30, "one line would end in an ellipsis"  # type: ignore[index]
    assert seen.page.evaluate(CLIPPED) == []


def test_a_long_text_among_the_values_leaves_the_names_of_the_blanks_their_room(browser: Browser, server: str) -> None:
    """The cases named in a form took half the table, so that every name beside them was broken in two."""
    seen = visit(browser, SIZES[1])
    seen.go(f"{server}/district?area=chongqing&year=2021&base=2020&unit=500151&lang=en")
    name = seen.page.locator(".atlas-table td", has_text=re.compile("^Theory study group attendance$")).first
    name.wait_for(timeout=15_000)
    assert name.bounding_box()["height"] < 40, "one line"  # type: ignore[index]


def shown_after(page: Page, selector: str) -> str:
    """What the style sheet writes in an element, whose own words have no size."""
    script = "e => [getComputedStyle(e, '::after').content, parseFloat(getComputedStyle(e).fontSize)]"
    words, size = page.locator(selector).first.evaluate(script)
    assert size == 0
    return str(words).strip('"')


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "parts", "head"), [("zh", "年月日", "中断"), ("en", "yyyymmdd", "is lost")])
def test_streamlits_own_words_are_in_the_pages_language(
    browser: Browser, sample_releases: Path, lang: str, parts: str, head: str
) -> None:
    with started(sample_releases) as (base, process):
        page = visit(browser, SIZES[1]).page
        page.goto(f"{base}/reporting?area=chongqing&year=2021&lang={lang}")
        field = '[data-testid="stDateInputField"] [data-type="{}"]'
        page.locator(field.format("year")).wait_for(timeout=30_000)
        page.wait_for_timeout(1000)
        assert "".join(shown_after(page, field.format(part)) for part in ("year", "month", "day")) == parts
        process.kill()
        page.locator('[data-testid="stDialog"] h2').wait_for(timeout=30_000)
        assert head in shown_after(page, '[data-testid="stDialog"] h2')
        assert shown_after(page, '[data-testid="stDialog"] h2 + div')


# Notes, frame by frame, what of the picture's own legend is seen in the map's box.
WATCH_FRAME = """
window.framesSeen = [];
const look = () => {
  const box = document.querySelector('[class*="st-key-atlas-map"]');
  if (box) for (const text of box.querySelectorAll('.infolayer text')) {
    const [at, edge] = [text.getBoundingClientRect(), box.getBoundingClientRect()];
    const isSeen = at.width && getComputedStyle(text).visibility !== 'hidden' && at.top < edge.bottom - 2 && at.bottom > edge.top + 2;
    if (isSeen) window.framesSeen.push(text.textContent);
  }
  requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""


@pytest.mark.slow
def test_on_a_slow_machine_no_second_legend_is_seen_before_the_map(browser: Browser, server: str) -> None:
    seen = visit(browser, SIZES[1])
    seen.page.add_init_script(WATCH_FRAME)
    slow = seen.page.context.new_cdp_session(seen.page)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 6})
    seen.page.goto(f"{server}/?area=chongqing&year=2022")
    seen.page.locator(".choroplethlayer path").first.wait_for(timeout=60_000)
    seen.page.wait_for_timeout(1500)
    assert seen.page.locator('[class*="st-key-atlas-map"] .infolayer text').count() > 4, "the picture keeps its legend"
    assert seen.page.evaluate("window.framesSeen") == []


@pytest.mark.parametrize(("campaign", "lang", "size"), list(visits()))
def test_every_page_is_whole_and_asks_nobody(
    browser: Browser, server: str, release: duckdb.DuckDBPyConnection, lang: str, size: tuple[int, int], campaign: str
) -> None:
    area, year = campaign.split("-")
    has_table = campaign != "jilin-2021"
    seen = visit(browser, size)
    for name in pages_of(campaign, is_picked=(lang == "zh") == (size == SIZES[1])):
        path = "" if name == "overview" else name
        unit = f"&unit={unit_of(release, campaign)}" if name == "district" else ""
        seen.go(f"{server}/{path}?area={area}&year={year}&lang={lang}{unit}")
        assert seen.page.locator("h1").count() >= 1, name
        assert seen.page.locator('[data-testid="stException"]').count() == 0, name
        # Our own notice of an error is an alert too; a page with figures shows none of any kind.
        alerts = seen.page.locator('[data-testid="stAlert"]').all_inner_texts()
        assert not any(ERROR.search(text) for text in alerts), (name, alerts)
        if has_table:
            assert [text for text in alerts if not EXPECTED.search(text)] == [], name
        elif name not in ("reporting", "load"):  # duties without a table are the first one's own matter
            assert any(NO_TABLE.search(text) for text in alerts), name
        overflow = seen.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, f"{name}: {overflow} px cut off to the right"
        assert seen.page.evaluate(CLIPPED) == [], name
        assert not seen.page.evaluate(OVER_TITLE), f"{name}: filters lie over the title"
        if campaign == "chongqing-2022":
            seen.shot(f"{name}-{lang}-{size[0]}")
    assert seen.outside == []
    assert seen.errors == []


def counts(release: duckdb.DuckDBPyConnection, campaign: str) -> tuple[int, int, str | None]:
    """Districts of the layer, zones of the campaign, and the layer's inset."""
    row = release.execute(
        "select l.n_units, (select count(*) from roster r join unit u using (unit_id)"
        " where r.campaign_id = c.campaign_id and u.kind = 'zone' and u.lon is not null), l.inset::varchar"
        " from campaign c join map_layer l using (layer_id) where c.campaign_id = $campaign",
        {"campaign": campaign},
    ).fetchone()
    assert row is not None
    return row[0], row[1], row[2]


@pytest.mark.parametrize(
    ("campaign", "kind"),
    [
        pytest.param(c, kind, marks=[pytest.mark.slow] if kind and c != "chongqing-2022" else [])
        for c in (*(c for c in CAMPAIGNS if c != "chongqing-2021"), "jilin-2021")
        for kind in ("", "zone")
    ],
)
def test_map_draws_every_unit_once(
    browser: Browser, server: str, release: duckdb.DuckDBPyConnection, campaign: str, kind: str
) -> None:
    n_districts, n_zones, inset = counts(release, campaign)
    if kind and not n_zones:
        return
    seen = visit(browser)
    # A campaign without a table has its map on the Reporting page.
    asked = CAMPAIGNS.get(campaign, "area=jilin&year=2021")
    page = "reporting" if campaign not in CAMPAIGNS else ""
    seen.go(f"{server}/{page}?{asked}" + (f"&kind={kind}" if kind else ""))
    seen.page.wait_for_selector("g.geo .choroplethlayer path", state="attached", timeout=30_000)
    seen.page.wait_for_timeout(800)
    drawn = seen.page.evaluate(DRAWN, "g.geo:not(.geo2)")
    assert drawn == [n_districts, n_zones]
    if inset:
        core, points = seen.page.evaluate(DRAWN, "g.geo2")
        assert core >= len(json.loads(inset)["unit_ids"]), "the inset draws its own districts, and neighbours in view"
        assert points == in_inset(release, campaign, json.loads(inset)["bounds"])
    else:
        assert seen.page.locator("g.geo2").count() == 0
    # An inverted ring would fill the frame: no shape may be as wide as the map.
    widest = seen.page.evaluate(
        "() => { const g = document.querySelector('g.geo'); const all = g.getBoundingClientRect().width;"
        " return Math.max(...[...g.querySelectorAll('.choroplethlayer path')].map(p => p.getBoundingClientRect().width)) / all; }"
    )
    assert widest < 0.9
    assert seen.outside == [] and seen.errors == []


def in_inset(release: duckdb.DuckDBPyConnection, campaign: str, bounds: list[float]) -> int:
    """Zones whose point lies in the inset."""
    west, south, east, north = bounds
    row = release.execute(
        "select count(*) from roster r join unit u using (unit_id) where r.campaign_id = $c and u.kind = 'zone'"
        " and u.lon between $w and $e and u.lat between $s and $n",
        {"c": campaign, "w": west, "e": east, "s": south, "n": north},
    ).fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.parametrize(
    ("page", "button", "size"),
    [
        pytest.param("", "map", SIZES[0], id="map-1920"),
        pytest.param("participation", "spread", SIZES[1], id="spread-1366", marks=pytest.mark.slow),
        pytest.param("", "map", SIZES[1], id="map-1366", marks=pytest.mark.slow),
        pytest.param("participation", "spread", SIZES[0], id="spread-1920", marks=pytest.mark.slow),
    ],
)
def test_a_saved_picture_says_what_it_is(
    browser: Browser, server: str, tmp_path: Path, page: str, button: str, size: tuple[int, int]
) -> None:
    """The chart's own menu: the same picture from any screen, with title, legend, filters and the sample mark."""
    seen = visit(browser, size)
    seen.go(f"{server}/{page}?area=chongqing&year=2022&base=2021")
    seen.page.wait_for_timeout(1500)
    png = Image.open(save(seen, button, tmp_path / "picture.png"))
    seen.page.get_by_text("图上相机存为 SVG").click()
    seen.page.wait_for_timeout(1500)
    svg = save(seen, button, tmp_path / "picture.svg").read_text(encoding="utf-8")
    width = MAP_WIDTH_PX if button == "map" else CHART_WIDTH_PX
    assert png.width == 2 * width and png.height > 2 * (TOP_PX + BOTTOM_PX)
    colours = png.convert("RGB").getcolors(maxcolors=1_000_000)
    assert colours is not None and len(colours) > 200, "not blank"
    ends = (png.crop((0, 0, png.width, 2 * TOP_PX)), png.crop((0, png.height - 2 * BOTTOM_PX, png.width, png.height)))
    for part in ends:
        found = part.convert("L").getcolors()
        assert found is not None and min(value for _, value in found) < 128, "words above and below the chart"
    edges = [png.crop(box).convert("L").getextrema() for box in ((0, 0, png.width, 8), (0, 0, 8, png.height))]
    assert edges == [(255, 255)] * 2, "no word is cut at the edge"
    said = markup.unescape(re.sub(r"<[^>]+>", "", svg))
    for words in ("重庆市 2022 年安全生产月", "【示例数据】", "全部活动", "对比 2021 年", "示例数据，非真实填报"):
        assert words in said, words
    if button == "map":
        for words in ("参与人次", "5万–8万", "未报送", "功能区（无边界）", "沙坪坝", "高新区", "边界数据来源"):
            assert words in said, words
        assert png.height == 2 * MAP_HEIGHT_PX
    if folder := os.environ.get("ATLAS_PICTURES"):
        shutil.copy(tmp_path / "picture.png", Path(folder) / f"{button}-{size[0]}.png")
    assert seen.outside == [] and seen.errors == []


def save(seen: Visit, button: str, path: Path) -> Path:
    """Press the camera of the chart and keep what the browser saves."""
    place = ".st-key-atlas-map" if button == "map" else f".st-key-atlas-chart-{button}"
    seen.page.locator(f"{place} .js-plotly-plot").first.hover()
    with seen.page.expect_download(timeout=20_000) as waiting:
        seen.page.locator(f"{place} .modebar-btn").first.click()
    waiting.value.save_as(path)
    return path


@pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.slow)])
def test_the_page_cuts_the_frame_of_a_picture_off(browser: Browser, server: str, lang: str) -> None:
    seen = visit(browser)
    seen.go(f"{server}/participation?area=chongqing&year=2022&base=2021&lang={lang}")
    seen.page.wait_for_timeout(1500)
    for place in (".st-key-atlas-map", ".st-key-atlas-chart-spread", ".st-key-atlas-chart-activities"):
        seen.page.wait_for_selector(f"{place} .g-gtitle", state="attached", timeout=20_000)
        hidden = seen.page.evaluate(
            "place => { const box = document.querySelector(place).getBoundingClientRect();"
            " const title = document.querySelector(place + ' .g-gtitle').getBoundingClientRect();"
            " const plot = document.querySelector(place + ' .js-plotly-plot').getBoundingClientRect();"
            " return [title.bottom <= box.top + 1, plot.bottom - box.bottom]; }", place,
        )  # fmt: skip
        assert hidden[0], f"{place}: the title is cut off"
        assert abs(hidden[1] - BOTTOM_PX) <= 2, f"{place}: so are the sources"


def test_a_click_on_a_district_opens_it(browser: Browser, server: str) -> None:
    seen = visit(browser)
    seen.go(f"{server}/?area=chongqing&year=2022")
    seen.page.wait_for_selector("g.geo .choroplethlayer path", state="attached", timeout=30_000)
    seen.page.wait_for_timeout(1500)
    box = seen.page.evaluate(
        "() => { const p = [...document.querySelectorAll('g.geo:not(.geo2) .choroplethlayer path')]"
        ".sort((a, b) => b.getBoundingClientRect().width * b.getBoundingClientRect().height"
        " - a.getBoundingClientRect().width * a.getBoundingClientRect().height)[0].getBoundingClientRect();"
        " return [p.x + p.width / 2, p.y + p.height / 2]; }"
    )
    seen.page.mouse.move(box[0], box[1])
    seen.page.wait_for_timeout(300)
    seen.page.mouse.click(box[0], box[1])
    seen.page.wait_for_url("**/district?**", timeout=15_000)
    assert "unit=50" in seen.page.url
    assert seen.outside == []


def test_the_first_page_is_found_by_its_name_too(browser: Browser, server: str) -> None:
    seen = visit(browser)
    seen.go(f"{server}/overview?area=jincheng&year=2022&lang=en")
    seen.page.get_by_role("heading", name="Jincheng Safety Month 2022").wait_for(timeout=15_000)
    assert seen.page.get_by_text("Page not found").count() == 0
    assert seen.errors == []


def test_hostile_links_are_answered_with_a_notice(browser: Browser, server: str) -> None:
    seen = visit(browser)
    seen.go(f"{server}/?area=%3Cscript%3Ealert(1)%3C/script%3E&year=99999&measure=';drop table fact;--")
    assert seen.page.locator('[data-testid="stException"]').count() == 0
    assert seen.page.locator("script:text('alert(1)')").count() == 0
    assert seen.page.locator('[data-testid="stAlert"]').count() >= 1
    assert seen.errors == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_kind_of_report_can_be_seen(browser: Browser, server: str, lang: str) -> None:
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.goto(f"{server}/reports?area=chongqing&year=2022&lang={lang}")
    group = page.locator(".st-key-report_kind")
    last = group.get_by_role("radio").last
    last.wait_for(timeout=60_000)
    whole, box = group.bounding_box(), last.bounding_box()
    page.close()
    assert whole and box and box["x"] + box["width"] <= whole["x"] + whole["width"] + 1


@pytest.mark.parametrize(
    ("size", "lang"),
    [
        pytest.param(s, lang, id=f"{s[0]}x{s[1]}-{lang}", marks=[pytest.mark.slow])
        for s in SIZES
        for lang in ("zh", "en")
    ],
)
def test_no_label_of_a_map_lies_on_another(browser: Browser, server: str, size: tuple[int, int], lang: str) -> None:
    page = browser.new_context(viewport={"width": size[0], "height": size[1]}).new_page()
    for address in ("?area=chongqing&year=2026&base=2025", "year_over_year?area=chongqing&year=2026&base=2025",
                    "hazards?area=chongqing&year=2021", "coverage?area=chongqing&year=2022"):  # fmt: skip
        page.goto(f"{server}/{address}&lang={lang}")
        page.wait_for_selector("g.geo .choroplethlayer path", state="attached", timeout=30_000)
        page.wait_for_timeout(800)
        assert page.evaluate(COLLIDING) == [], address
    page.context.close()


@pytest.mark.slow
def test_views_are_named_listed_opened_renamed_and_deleted(browser: Browser, server: str) -> None:
    """The list lives in the reader's browser: it is there on other pages and after a reload."""
    seen = visit(browser, SIZES[1])
    page, opener = seen.page, seen.page.locator(".st-key-saved_views button").first
    seen.go(f"{server}/hazards?area=chongqing&year=2022&base=2021&show=pivot")
    opener.click()
    page.get_by_text("还没有保存的视图").wait_for()
    page.get_by_placeholder("给当前视图起名").fill("七月例会 <b>")
    page.get_by_role("button", name="保存", exact=True).click()
    page.wait_for_url("**name=*")
    seen.go(f"{server}/reporting?area=jincheng&year=2022")
    opener.click()
    page.get_by_role("link", name="七月例会 b").click()
    page.wait_for_url("**/hazards?**show=pivot**")
    page.get_by_text("视图“七月例会 b”").wait_for()
    opener.click()
    page.get_by_role("button", name="改名").click()
    page.locator("li input").fill("八月")
    page.get_by_role("button", name="确定").click()
    page.wait_for_url("**name=%E5%85%AB%E6%9C%88**")
    page.get_by_role("link", name="八月").wait_for()
    seen.shot("saved-views")
    page.wait_for_timeout(2000)  # the new name is in the link: the page is made again
    page.get_by_role("button", name="删除").click()
    page.get_by_role("button", name="确认删除").click()
    page.get_by_text("还没有保存的视图").wait_for()
    assert seen.errors == [] and seen.outside == []
    page.context.close()


class Hand:
    """Clicks, counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0

    def click(self, place: Locator) -> None:
        place.click()
        self.clicks += 1


def to_reports(hand: Hand, kind: str) -> None:
    """From any page to the report of this kind, pressed to be made."""
    hand.click(hand.page.get_by_role("link", name="报告", exact=True))
    hand.page.locator(".st-key-report_kind").get_by_role("radio", name=kind).wait_for(timeout=60_000)
    if kind != "Word 报告":  # chosen already
        hand.click(hand.page.locator(".st-key-report_kind").get_by_role("radio", name=kind))
        hand.page.wait_for_selector(".stApp[data-test-script-state=notRunning]", timeout=60_000)
    hand.click(hand.page.get_by_role("button", name="生成并下载"))


@pytest.mark.parametrize(
    ("kind", "ending"),
    [
        ("Excel 表", "xlsx"), pytest.param("Word 报告", "docx", marks=pytest.mark.slow),
        pytest.param("PPT 幻灯片", "pptx", marks=pytest.mark.slow), pytest.param("离线网页", "html", marks=pytest.mark.slow),
    ],
)  # fmt: skip
def test_from_a_page_three_clicks_at_most_put_a_report_into_the_hand(
    browser: Browser, server: str, kind: str, ending: str
) -> None:
    """Counted: from Participation to the file saved, under the page's filters."""
    seen = visit(browser, SIZES[1])
    seen.go(f"{server}/participation?area=jincheng&year=2022&base=2021")
    hand = Hand(seen.page)
    with seen.page.expect_download(timeout=120_000) as saved:
        to_reports(hand, kind)
    assert saved.value.suggested_filename == f"晋城市-2022-{kind.replace(' ', '_')}.{ending}"
    assert hand.clicks <= 3 and Path(saved.value.path()).stat().st_size > 10_000
    seen.page.wait_for_timeout(500)
    assert seen.errors == [] and seen.outside == []
    seen.page.context.close()


def test_the_picture_of_a_chart_is_one_click(browser: Browser, server: str) -> None:
    seen = visit(browser, SIZES[1])
    seen.go(f"{server}/participation?area=jincheng&year=2022&base=2021")
    chart = seen.page.locator(".st-key-atlas-chart-activities")
    chart.locator(".js-plotly-plot").hover()
    with seen.page.expect_download(timeout=60_000) as saved:
        chart.locator(".modebar-btn").first.click()
    assert saved.value.suggested_filename.endswith(".png")
    seen.page.context.close()
