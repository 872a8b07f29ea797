"""The offline snapshot in a real browser, from a file, with the network cut."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from dashboard.release import Database
from dashboard.reports.html import to_html
from dashboard.reports.opening import view_of
from dashboard.running_order import DEFAULT_ORDER

pytestmark = pytest.mark.browser
SIZES = ((1920, 1080), (1024, 768))
N_SCREENS = len(DEFAULT_ORDER)
CLIPPED = (
    "() => [...document.querySelectorAll('section.on > *, .on .card .value, header h1')]"
    ".filter(e => e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().bottom > innerHeight + 1)"
    ".map(e => e.className + e.innerText.slice(0, 30))"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.mark.parametrize("size", SIZES)
def test_keys_click_and_languages_without_a_network(
    source: Database, browser: Browser, tmp_path: Path, size: tuple[int, int]
) -> None:
    path = tmp_path / "snapshot.html"
    path.write_bytes(to_html(view_of(source, {"area": "chongqing", "year": "2022", "base": "2021"})))
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, offline=True)
    page = context.new_page()
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    page.goto(path.as_uri())
    page.wait_for_selector("body[data-ready='zh-light-0']")
    assert "38 / 41" in page.inner_text("section.on") and "示例数据" in page.inner_text("header")
    for place in range(1, N_SCREENS):
        page.keyboard.press("ArrowRight")
        page.wait_for_selector(f"body[data-ready='zh-light-{place}']")
        assert page.evaluate(CLIPPED) == [], place
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("body[data-ready='zh-light-1']")
    districts = page.locator("section.on .choroplethlayer path")
    assert districts.count() >= 38
    page.evaluate("() => document.querySelectorAll('section.on .choroplethlayer path')[20].setAttribute('id', 'one')")
    box = page.locator("#one").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_selector("#panel:not([hidden])")
    assert "参与人次" in page.inner_text("#panel")
    page.keyboard.press("Escape")
    assert not page.locator("#panel").is_visible()
    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement !== null")
    page.keyboard.press("Escape")
    page.wait_for_function("() => document.fullscreenElement === null")
    page.mouse.move(5, 5)
    page.mouse.move(size[0] / 2, size[1] / 2)
    page.click("#lang")
    page.wait_for_selector("body[data-ready='en-light-1']")
    assert "Participation" in page.inner_text("section.on") and page.evaluate("document.documentElement.lang") == "en"
    assert errors == []
    assert [url for url in asked if not url.startswith(("file:", "blob:", "data:"))] == []
    context.close()
