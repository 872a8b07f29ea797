"""The pages in a real headless Chromium with the network cut: drawn whole, no outside request, no page error.

Set ATLAS_SCREENSHOTS to a folder to keep the pictures (docs/images was made this way).
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("overview", "participation", "hazards", "coverage", "year_over_year", "district", "reporting")
SIZES = ((1920, 1080), (1366, 768))
# Area and year of each map layer: campaign -> query.
CAMPAIGNS = {
    "chongqing-2022": "area=chongqing&year=2022",
    "chongqing-2026": "area=chongqing&year=2026",
    "ningxia-2021": "area=ningxia&year=2021",
    "jincheng-2022": "area=jincheng&year=2022",
}


def chromium() -> str:
    found = next((p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), None)
    assert found, "no Chromium: run `make system`"
    return found


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@pytest.fixture(scope="module")
def server(sample_releases: Path) -> Iterator[str]:
    """The app as `make serve` starts it, on a port of its own."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "dashboard/app.py"]
    command += ["--server.address", "127.0.0.1", "--server.port", str(port)]
    environment = {**os.environ, "ATLAS_RELEASES": str(sample_releases)}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{base}/_stcore/health", timeout=1)  # noqa: S310
                break
            except OSError:
                time.sleep(0.25)
        yield base
    finally:
        process.terminate()
        process.wait(10)


@dataclass
class Visit:
    """A page with what it asked for and what went wrong."""

    page: Page
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def go(self, url: str) -> None:
        self.page.goto(url)
        self.page.wait_for_selector(".stApp[data-test-script-state=notRunning]", timeout=30_000)
        self.page.wait_for_timeout(300)

    def shot(self, name: str) -> None:
        folder = os.environ.get("ATLAS_SCREENSHOTS")
        if folder:
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
        started = playwright.chromium.launch(executable_path=chromium(), args=flags)
        yield started
        started.close()


def visit(browser: Browser, size: tuple[int, int] = SIZES[0]) -> Visit:
    page = browser.new_context(viewport={"width": size[0], "height": size[1]}).new_page()
    seen = Visit(page)
    page.on("request", lambda r: None if is_inside(r.url) else seen.outside.append(r.url))
    page.on("pageerror", lambda e: seen.errors.append(str(e)))
    page.route("**/*", lambda route: route.continue_() if is_inside(route.request.url) else route.abort())
    return seen


def is_inside(url: str) -> bool:
    return url.startswith(("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:", "about:"))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", SIZES, ids=["1920", "1366"])
def test_every_page_is_whole_and_asks_nobody(browser: Browser, server: str, lang: str, size: tuple[int, int]) -> None:
    seen = visit(browser, size)
    for name in PAGES:
        path = "" if name == "overview" else name
        unit = "&unit=500101" if name == "district" else ""
        seen.go(f"{server}/{path}?area=chongqing&year=2022&base=2021&lang={lang}{unit}")
        assert seen.page.locator("h1").count() >= 1, name
        assert seen.page.locator('[data-testid="stException"]').count() == 0, name
        overflow = seen.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, f"{name}: {overflow} px cut off to the right"
        seen.shot(f"{name}-{lang}-{size[0]}")
    assert seen.outside == []
    assert seen.errors == []


@pytest.mark.parametrize("campaign", CAMPAIGNS)
def test_map_draws_every_unit_once(
    browser: Browser, server: str, release: duckdb.DuckDBPyConnection, campaign: str
) -> None:
    row = release.execute(
        "select l.n_units, (select count(*) from roster r join unit u using (unit_id)"
        " where r.campaign_id = c.campaign_id and u.kind = 'zone')"
        " from campaign c join map_layer l using (layer_id) where c.campaign_id = $campaign",
        {"campaign": campaign},
    ).fetchone()
    assert row is not None
    seen = visit(browser)
    seen.go(f"{server}/?{CAMPAIGNS[campaign]}")
    seen.page.wait_for_selector("g.geo .choroplethlayer path", state="attached", timeout=30_000)
    seen.page.wait_for_timeout(800)
    drawn = seen.page.evaluate(
        "() => { const g = document.querySelector('g.geo:not(.geo2)');"
        " return [g.querySelectorAll('.choroplethlayer path').length, g.querySelectorAll('path.point').length]; }"
    )
    assert drawn == [row[0], row[1]]
    # An inverted ring would fill the frame: no shape may be as wide as the map.
    widest = seen.page.evaluate(
        "() => { const g = document.querySelector('g.geo'); const all = g.getBoundingClientRect().width;"
        " return Math.max(...[...g.querySelectorAll('.choroplethlayer path')].map(p => p.getBoundingClientRect().width)) / all; }"
    )
    assert widest < 0.9
    assert seen.outside == [] and seen.errors == []


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


def test_hostile_links_are_answered_with_a_notice(browser: Browser, server: str) -> None:
    seen = visit(browser)
    seen.go(f"{server}/?area=%3Cscript%3Ealert(1)%3C/script%3E&year=99999&measure=';drop table fact;--")
    assert seen.page.locator('[data-testid="stException"]').count() == 0
    assert seen.page.locator("script:text('alert(1)')").count() == 0
    assert seen.page.locator('[data-testid="stAlert"]').count() >= 1
    assert seen.errors == []
