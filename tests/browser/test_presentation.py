"""The presentation in a real browser: nothing cut at any size, led by keys, and untouched by a server that is gone.

Set ATLAS_SCREENSHOTS to a folder to keep the pictures.
"""

from __future__ import annotations

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

import pytest
from playwright.sync_api import Browser, Frame, Page, sync_playwright

from dashboard.running_order import DEFAULT_ORDER

pytestmark = pytest.mark.browser
# plotly draws on in a chart that was taken away with its page a moment ago; nobody sees it.
PLOTLY_LATE = "reading 'typesetMath'"
ROOT = Path(__file__).resolve().parents[2]
QUERY = "area=chongqing&year=2022&base=2021"
SIZES = ((1920, 1080), (1400, 1050), (1366, 768), (1024, 768))
# What of the screen in view leaves its place or the window, and which of its parts lie on each other.
CUT = """() => {
  const section = document.querySelector('section.on'), found = [];
  const name = e => e.className + ': ' + e.textContent.slice(0, 30);
  const frame = section.getBoundingClientRect();
  for (const e of section.querySelectorAll('.what, .finding, .chart, .legend, .legend span, .note, .card, .card div, .rates > div, .lines li')) {
    const r = e.getBoundingClientRect();
    if (r.left < -1 || r.right > innerWidth + 1 || r.bottom > frame.bottom + 2) found.push('cut ' + name(e));
    if (e.scrollWidth > e.clientWidth + 1 && e.clientWidth && e.tagName !== 'SPAN') found.push('wide ' + name(e));
  }
  for (const e of section.querySelectorAll('.lines, .rates, .cards')) if (e.scrollHeight > e.clientHeight + 2) found.push('high ' + name(e));
  const parts = [...section.children].map(e => [e, e.getBoundingClientRect()]);
  parts.slice(1).forEach(([e, r], n) => { if (r.top < parts[n][1].bottom - 1) found.push('over ' + name(e)); });
  for (const e of document.querySelectorAll('header h1, #reported, #count')) if (e.getBoundingClientRect().right > innerWidth) found.push('head ' + name(e));
  const texts = [...section.querySelectorAll('svg text')].filter(e => e.textContent.trim() && getComputedStyle(e).display !== 'none');
  const lettersOf = e => { const r = e.getBoundingClientRect(), y = .15 * parseFloat(getComputedStyle(e).fontSize);
    return { left: r.left, right: r.right, width: r.width, top: r.top + y, bottom: r.bottom - y }; };
  const boxes = texts.map(e => [e.textContent, lettersOf(e)]).filter(([, r]) => r.width);
  for (const [text, r] of boxes) if (r.left < -1 || r.right > innerWidth + 1 || r.bottom > innerHeight + 1) found.push('outside ' + text);
  boxes.forEach(([one, a], n) => { for (const [other, b] of boxes.slice(n + 1))
    if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 5 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 5) found.push(one + ' on ' + other); });
  return found;
}"""
# Sizes of type as shares of the window's height.
TYPE = """() => {
  const section = document.querySelector('section.on'), size = e => parseFloat(getComputedStyle(e).fontSize) / innerHeight;
  const least = css => Math.min(...[...section.querySelectorAll(css)].filter(e => e.textContent.trim()).map(size), 1);
  return { finding: least('.finding'), shown: least('.card .value, .rates .shown, .lines li, svg text') };
}"""
# Room of the whole city, its districts together, and of the inset, its frame.
ROOMS = """() => {
  const on = document.querySelector('section.on');
  const whole = [...on.querySelectorAll('g.geo:not(.geo2) .choroplethlayer path')].map(p => p.getBoundingClientRect());
  const side = (of, low) => (low ? Math.min : Math.max)(...whole.map(r => r[of]));
  const r = on.querySelector('g.geo2 .bg rect, g.geo2 .frame path').getBoundingClientRect();
  return [(side('right', false) - side('left', true)) * (side('bottom', false) - side('top', true)), r.width * r.height];
}"""
LARGEST = """() => {
  const paths = [...document.querySelectorAll('section.on g.geo:not(.geo2) .choroplethlayer path')];
  const area = p => p.getBoundingClientRect().width * p.getBoundingClientRect().height;
  const r = paths.sort((a, b) => area(b) - area(a))[0].getBoundingClientRect();
  return [r.x + r.width / 2, r.y + r.height / 2];
}"""


@contextmanager
def serving(releases: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The app on a port of its own, and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "streamlit", "run", "dashboard/app.py", "--server.port", str(port)]
    environment = {**os.environ, "ATLAS_RELEASES": str(releases)}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(160):
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
    with serving(sample_releases) as (base, _):
        yield base


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = next((p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), None)
    assert found, "no Chromium: run `make system`"
    cut = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu", cut])
        yield started
        started.close()


@dataclass
class Show:
    """A page with the presentation on it, what it asked for and what went wrong."""

    page: Page
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def frame(self) -> Frame:
        handle = self.page.wait_for_selector("iframe", timeout=30_000)
        assert handle is not None
        found = handle.content_frame()
        assert found is not None
        return found

    def at(self, state: str) -> Frame:
        """The frame, once it shows this screen, such as zh-light-0."""
        frame = self.frame
        frame.wait_for_selector(f"body[data-ready='{state}']", timeout=30_000)
        return frame

    def press(self, key: str, state: str) -> Frame:
        self.page.keyboard.press(key)
        return self.at(state)

    def shot(self, name: str) -> None:
        if folder := os.environ.get("ATLAS_SCREENSHOTS"):
            self.page.wait_for_timeout(500)
            self.page.screenshot(path=Path(folder) / f"{name}.png")


def show(browser: Browser, url: str, size: tuple[int, int] = SIZES[0]) -> Show:
    page = browser.new_context(viewport={"width": size[0], "height": size[1]}).new_page()
    seen = Show(page)
    inside = re.compile(r"(http|ws)://127\.0\.0\.1[:/]|data:|blob:|about:")
    page.on("request", lambda r: None if inside.match(r.url) else seen.outside.append(r.url))
    page.on("pageerror", lambda e: None if PLOTLY_LATE in str(e) else seen.errors.append(str(e)))
    page.goto(url)
    return seen


@pytest.mark.parametrize(
    ("page", "key"),
    [("reporting", "missing"),
     *(pytest.param(*way, marks=pytest.mark.slow) for way in (("hazards", "hazards"), ("", "figures"), ("participation", "map"), ("coverage", "coverage"),
     ("year_over_year", "change_map"), ("data_quality", "quality"), ("reports", "figures")))],
)  # fmt: skip
def test_the_key_begins_at_the_screen_of_the_page(browser: Browser, server: str, page: str, key: str) -> None:
    seen = show(browser, f"{server}/{page}?{QUERY}", SIZES[2])
    seen.page.wait_for_selector(".stApp[data-test-script-state=notRunning]", timeout=30_000)
    seen.page.get_by_role("button", name="演示").wait_for(timeout=30_000)
    seen.page.locator("h1").first.click()
    seen.page.keyboard.press("p")
    seen.at(f"zh-light-{DEFAULT_ORDER.index(key)}")
    assert seen.errors == []
    seen.page.context.close()


@pytest.mark.slow
def test_the_inset_uses_the_room_beside_the_map_and_stays_the_smaller(browser: Browser, server: str) -> None:
    for size in SIZES:
        seen = show(browser, f"{server}/participation?{QUERY}&present=1", size)
        frame = seen.at(f"zh-light-{DEFAULT_ORDER.index('map')}")
        whole, inset = frame.evaluate(ROOMS)
        assert 0.4 * whole < inset <= 2 * whole / 3, size
        seen.page.context.close()


def stages() -> Iterator[object]:
    """The smallest size in Chinese, where room is scarcest; all other pairs among the slow proofs."""
    for number, size in enumerate(SIZES):
        for lang in ("zh", "en"):
            is_quick = (number, lang) == (len(SIZES) - 1, "zh")
            marks = [] if is_quick else [pytest.mark.slow]
            yield pytest.param(size, lang, id=f"{size[0]}x{size[1]}-{lang}", marks=marks)


@pytest.mark.parametrize(("size", "lang"), list(stages()))
def test_every_screen_fits_and_can_be_read_from_afar(
    browser: Browser, server: str, size: tuple[int, int], lang: str
) -> None:
    ground = "dark" if (size[0] > 1390) == (lang == "en") else "light"
    seen = show(browser, f"{server}/?{QUERY}&present=1&lang={lang}&ground={ground}", size)
    for place, key in enumerate(DEFAULT_ORDER):
        frame = seen.at(f"{lang}-{ground}-{place}")
        assert frame.evaluate(CUT) == [], key
        type_size = frame.evaluate(TYPE)
        assert type_size["finding"] >= 0.03, key
        assert type_size["shown"] >= 0.0165, key
        head = frame.inner_text("header")
        assert ("示例数据" if lang == "zh" else "Sample data") in head
        assert ("41 个填报单位中 38 个已报" if lang == "zh" else "38 of 41 units reported") in head
        seen.shot(f"present-{key}-{lang}-{ground}-{size[0]}")
        seen.page.keyboard.press("PageDown")
    assert seen.at(f"{lang}-{ground}-{len(DEFAULT_ORDER) - 1}"), "the last screen stays"
    assert seen.outside == [] and seen.errors == []
    seen.page.context.close()


@pytest.mark.slow
def test_a_larger_screen_names_no_fewer_districts(browser: Browser, server: str) -> None:
    """Labels grow with the map: what is named on a small projector is named on a large one."""
    named = []
    for size in (SIZES[3], SIZES[0]):
        seen = show(browser, f"{server}/?{QUERY}&present=1&lang=en&order=map", size)
        frame = seen.at("en-light-0")
        shown = "e => e.textContent.trim() && getComputedStyle(e).display !== 'none'"
        named.append(
            set(
                frame.evaluate(
                    f"[...document.querySelectorAll('section.on svg text')].filter({shown}).map(e => e.textContent)"
                )
            )
        )
        assert frame.evaluate(CUT) == []
        seen.page.context.close()
    assert len(named[0]) > 20 and named[0] <= named[1]


def test_keys_a_district_and_the_way_back(browser: Browser, server: str) -> None:
    seen = show(browser, f"{server}/hazards?{QUERY}&measure=hazards_exposed&kind=district")
    seen.page.wait_for_selector(".choroplethlayer path", state="attached", timeout=30_000)
    seen.page.wait_for_timeout(800)
    seen.page.keyboard.press("p")
    # The chosen measure's map is that of the hazards, and it is shown once.
    seen.at("zh-light-1")
    seen.press("Home", "zh-light-0")
    # The map of hazards is that of the chosen measure: one screen less.
    last = len(DEFAULT_ORDER) - 2
    for key, place in (
        ("ArrowRight", 1), ("ArrowLeft", 0), (" ", 1), ("PageUp", 0), ("ArrowDown", 1), ("ArrowUp", 0), ("End", last),
        ("Home", 0), ("Enter", 1), ("Backspace", 0), ("PageDown", 1),
    ):  # fmt: skip
        seen.press(key, f"zh-light-{place}")
    frame = seen.frame
    assert "曝光问题隐患" in frame.inner_text("section.on") and "行政区县" in frame.inner_text("footer")
    x, y = frame.evaluate(LARGEST)
    seen.page.mouse.click(x, y)
    frame.wait_for_selector("#panel:not([hidden])")
    assert "曝光问题隐患" in frame.inner_text("#panel")
    seen.shot("present-panel")
    seen.page.mouse.click(x, y)
    frame.wait_for_selector("#panel", state="hidden")
    seen.page.mouse.click(x, y)
    frame.wait_for_selector("#panel:not([hidden])")
    seen.page.keyboard.press("Escape")
    frame.wait_for_selector("#panel", state="hidden")
    assert frame.evaluate("document.body.dataset.ready") == "zh-light-1", "the first Esc closes the district only"
    seen.press("d", "zh-dark-1")
    seen.press("l", "en-dark-1")
    seen.page.keyboard.press("b")
    assert frame.evaluate("getComputedStyle(document.querySelector('main')).visibility") == "hidden"
    seen.press("PageDown", "en-dark-2")
    assert frame.evaluate("getComputedStyle(document.querySelector('main')).visibility") == "visible"
    seen.page.keyboard.press("Escape")
    seen.page.wait_for_selector("iframe", state="detached")
    assert "/hazards?" in seen.page.url and "present" not in seen.page.url
    assert "measure=hazards_exposed" in seen.page.url and "kind=district" in seen.page.url
    seen.page.wait_for_function(
        "() => document.querySelector('h1').innerText.startsWith('Chongqing Safety Month 2022')"
    )
    assert seen.outside == [] and seen.errors == []


WATCH = """addEventListener('DOMContentLoaded', () => setInterval(() => {
  const isOpen = [...document.querySelectorAll('*')].some(e => e.shadowRoot && e.shadowRoot.querySelector('dialog[open]'));
  const isSeen = [...document.querySelectorAll('h1, nav a, [data-testid=stMetric]')].some(e => getComputedStyle(e).visibility === 'visible');
  if (isOpen) window.isCovered = true;
  if (!isOpen && isSeen) window.sawPage = window.isCovered ? 'after' : 'before';
}, 15))"""


@pytest.mark.parametrize("ground", ["dark", pytest.param("light", marks=pytest.mark.slow)])
def test_a_link_opens_on_the_ground_at_once_and_keeps_the_keys_pressed_in_it(
    browser: Browser, server: str, ground: str
) -> None:
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    context.add_init_script(WATCH)
    page = context.new_page()
    # A selection of its own, so that its screens are not kept from another test.
    page.goto(f"{server}/?area=chongqing&year=2021&base=2020&present=1&ground={ground}&units=500101,500102,500103")
    page.wait_for_function("() => window.isCovered", timeout=30_000)
    for _ in range(3):
        page.keyboard.press("PageDown")
    page.keyboard.press("PageUp")
    frame = page.wait_for_selector("iframe", timeout=30_000).content_frame()
    frame.wait_for_selector(f"body[data-ready='zh-{ground}-2']", timeout=30_000)
    assert page.evaluate("window.sawPage") is None, "no page is seen before or between"
    footer = frame.inner_text("footer")
    assert re.search(r"最近一份报送材料于 2021年\d+月\d+日 收到", footer) and re.search(
        r"于 \d+年\d+月\d+日 汇总", footer
    )
    assert not re.search(r"\d-\d\d-\d", footer), "no day without its words"
    page.keyboard.press("Escape")
    page.wait_for_function("() => getComputedStyle(document.querySelector('h1')).visibility === 'visible'")
    page.get_by_role("link", name="隐患曝光").wait_for(timeout=10_000)
    context.close()


def test_moving_takes_no_server_and_no_time(browser: Browser, server: str) -> None:
    seen = show(browser, f"{server}/?{QUERY}&present=1")
    frame = seen.at("zh-light-0")
    frame.wait_for_selector(f"section[data-drawn] >> nth={len(DEFAULT_ORDER) - 1}", state="attached", timeout=60_000)
    asked: list[str] = []
    seen.page.on("request", lambda r: asked.append(r.url))
    took = frame.evaluate(
        "async () => { const ms = []; for (let n = 0; n < 9; n++) { const start = performance.now();"
        " dispatchEvent(new KeyboardEvent('keydown', { key: 'PageDown' }));"
        " await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))); ms.push(performance.now() - start); }"
        " return ms; }"
    )
    assert frame.evaluate("document.body.dataset.ready") == "zh-light-9"
    assert sorted(took)[len(took) // 2] < 200, took
    assert asked == []


@pytest.mark.slow
def test_the_server_dies_during_the_meeting(browser: Browser, sample_releases: Path) -> None:
    with serving(sample_releases) as (base, process):
        seen = show(browser, f"{base}/?{QUERY}&present=1", (1024, 768))
        seen.at("zh-light-0")
        # The page below comes after its presentation; what was never sent can't stay when the server is gone.
        seen.page.wait_for_selector("h1", state="attached", timeout=60_000)
        seen.page.wait_for_selector(".stApp[data-test-script-state=notRunning]", state="attached", timeout=60_000)
        process.terminate()
        process.wait(60)
        seen.page.context.set_offline(True)
        # Long enough for the page's own notice of a lost connection, which must not take the keys.
        seen.page.get_by_text("Connection error").first.wait_for(state="attached", timeout=90_000)
        seen.page.wait_for_timeout(500)
        frame = seen.frame
        for place in range(1, len(DEFAULT_ORDER)):
            seen.press("PageDown", f"zh-light-{place}")
            assert frame.evaluate(CUT) == []
        seen.shot("present-without-server")
        seen.press("Home", "zh-light-0")
        seen.press("l", "en-light-0")
        seen.press("ArrowRight", "en-light-1")
        x, y = frame.evaluate(LARGEST)
        seen.page.mouse.click(x, y)
        frame.wait_for_selector("#panel:not([hidden])")
        seen.page.mouse.click(x, y)
        frame.wait_for_selector("#panel", state="hidden")
        seen.page.keyboard.press("Escape")
        seen.page.wait_for_function("() => !document.activeElement || document.activeElement.tagName !== 'IFRAME'")
        assert seen.page.locator("h1").is_visible(), "the page is still there"
        assert seen.outside == []


@pytest.mark.slow
def test_the_page_stays_as_it_is_below_the_presentation(browser: Browser, server: str) -> None:
    """No chart is built anew when the presentation comes and goes: plotly fails on a map that goes while it is drawn."""
    seen = show(browser, f"{server}/?{QUERY}", SIZES[2])
    seen.page.wait_for_selector("g.geo .choroplethlayer path", state="attached", timeout=60_000)
    seen.page.evaluate("() => document.querySelectorAll('.js-plotly-plot').forEach(plot => plot.dataset.first = 'yes')")
    seen.page.locator("h1").first.click()
    for _ in range(2):
        seen.page.keyboard.press("p")
        seen.at("zh-light-0")
        seen.page.keyboard.press("Escape")
        seen.page.wait_for_selector("iframe", state="detached")
        seen.page.wait_for_selector(".stApp[data-test-script-state=notRunning]", timeout=30_000)
    plots = seen.page.locator(".js-plotly-plot")
    assert plots.count() == seen.page.locator(".js-plotly-plot[data-first]").count() > 1
    assert seen.errors == []
    seen.page.context.close()


@pytest.mark.slow
def test_an_order_in_the_link(browser: Browser, server: str) -> None:
    seen = show(
        browser, f"{server}/reports?{QUERY}&present=1&order=quality,nowhere,map,%3Cscript%3E&ground=dark&lang=en"
    )
    frame = seen.at("en-dark-0")
    assert "Data quality" in frame.inner_text("section.on") and "1 / 2" in frame.inner_text("#count")
    seen.press("End", "en-dark-1")
    seen.page.keyboard.press("Escape")
    seen.page.wait_for_selector("iframe", state="detached")
    notice = seen.page.locator('[data-testid="stAlert"]')
    assert "order=quality%2Cmap" in seen.page.url and notice.count() == 0, "what was named once is gone from the link"
    assert seen.errors == []


def test_a_campaign_without_a_table_presents_its_reporting(browser: Browser, server: str) -> None:
    seen = show(browser, f"{server}/reporting?area=jilin&year=2021&present=1", (1366, 768))
    seen.at("zh-light-1")
    seen.press("Home", "zh-light-0")
    for place, words in enumerate(("报送率", "还缺", "到期应报")):
        frame = seen.at(f"zh-light-{place}")
        assert frame.evaluate(CUT) == [] and words in frame.inner_text("section.on")
        seen.shot(f"present-jilin-{place}")
        seen.page.keyboard.press("PageDown")
    seen.press("Home", "zh-light-0")
    frame = seen.press("PageDown", "zh-light-1")
    frame.click(".lines b >> nth=0")
    frame.wait_for_selector("#panel:not([hidden])")
    assert "到期未见" in frame.inner_text("#panel")
    frame.click(".lines b >> nth=0")
    frame.wait_for_selector("#panel", state="hidden")
    assert seen.errors == []


@pytest.mark.slow
def test_a_remote_and_the_ground_that_stays(browser: Browser, server: str) -> None:
    """A remote's F5 goes on the whole screen and reloads nothing; "." blanks; the ground chosen is kept after Esc."""
    seen = show(browser, f"{server}/?{QUERY}&present=1")
    frame = seen.at("zh-light-0")
    seen.press("PageDown", "zh-light-1")
    frame.evaluate("() => { window.notReloaded = true; }")
    seen.page.keyboard.press("F5")
    seen.page.wait_for_timeout(800)
    seen.at("zh-light-1")
    assert frame.evaluate("document.fullscreenElement !== null && window.notReloaded")
    seen.page.keyboard.press(".")
    shown = "[...document.body.querySelectorAll('*')].filter(e => getComputedStyle(e).visibility !== 'hidden').length"
    assert frame.evaluate(shown) == 0, "the map, its lines and its labels are black too"
    seen.page.keyboard.press("b")
    assert frame.evaluate(shown) > 0
    seen.page.keyboard.press("b")
    assert frame.evaluate(shown) == 0
    seen.page.keyboard.press("x")  # any key brings it back
    assert frame.evaluate("getComputedStyle(document.querySelector('main')).visibility") == "visible"
    frame.evaluate("() => document.exitFullscreen()")
    seen.press("d", "zh-dark-1")
    seen.page.keyboard.press("Escape")
    seen.page.wait_for_selector("iframe", state="detached")
    seen.page.wait_for_function("() => location.search.includes('ground=dark')")
    seen.page.wait_for_timeout(800)
    seen.page.keyboard.press("p")
    seen.at("zh-dark-0")
    seen.press("d", "zh-light-0")
    seen.press("l", "en-light-0")
    seen.page.keyboard.press("Escape")
    seen.page.wait_for_selector("iframe", state="detached")
    seen.page.wait_for_function("() => !location.search.includes('ground') && location.search.includes('lang=en')")
    seen.page.wait_for_selector("text=Participation", timeout=10_000)
    assert seen.errors == []
