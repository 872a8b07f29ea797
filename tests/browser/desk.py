"""A desk of its own in a real Chromium with the network cut: the server, the clerk's clicks, and pictures of the states.

Set ATLAS_SCREENSHOTS to a folder to keep the pictures: each state at two sizes, in Chinese and English.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.catalog import load_catalog

ROOT = Path(__file__).resolve().parents[2]
CAMPAIGN, COUNT, PEOPLE = "ningxia-2021", "theory_group_sessions", "theory_group_attendance"
SIZES = ((1920, 1080), (1366, 768))
TALL = (1600, 2300)
ROW_PX = 33


@contextmanager
def desk_server(var: Path) -> Iterator[str]:
    """The address of a dashboard whose run-time data lie in `var`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "dashboard/app.py", "--server.port", str(port)]
    environment = {**os.environ, "ATLAS_VAR": str(var)}
    environment.pop("ATLAS_READY_LOADERS", None)
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=quiet, stderr=quiet)
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1)
                break
            except OSError:
                time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(60)


def is_inside(url: str) -> bool:
    return url.startswith(("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:", "about:"))


class Clerk:
    """Somebody at the desk, and what the page asked for from outside meanwhile."""

    def __init__(self, browser: Browser, address: str) -> None:
        width, height = TALL
        self.page: Page = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN").new_page()
        # A table is downloaded without a window of the system's own.
        self.page.add_init_script("delete window.showSaveFilePicker")
        self.address = address
        self.outside: list[str] = []
        self.page.on("request", lambda r: None if is_inside(r.url) else self.outside.append(r.url))
        self.page.route("**/*", lambda route: route.continue_() if is_inside(route.request.url) else route.abort())

    def open(self, name: str = "load", **query: str) -> None:
        asked = "&".join(f"{k}={v}" for k, v in {"lang": "zh", **query}.items())
        self.page.goto(f"{self.address}/{name}?{asked}")
        expect(self.page.locator("h1").first).to_be_visible(timeout=60_000)
        self.settle()

    def settle(self) -> None:
        """Wait until the page has been still for a moment."""
        quiet_since = time.monotonic()
        while time.monotonic() - quiet_since < 0.35:
            if self.page.locator(".stApp[data-test-script-state=running]").count():
                quiet_since = time.monotonic()
            self.page.wait_for_timeout(40)

    def sign(self, desk: str = "综合科") -> None:
        self.page.get_by_placeholder("如：综合科").fill(desk)
        self.page.keyboard.press("Tab")
        self.settle()

    def upload(self, *files: Path) -> None:
        self.page.set_input_files("input[type=file]", [str(p) for p in files])
        self.settle()
        self.page.get_by_role("button", name="读取检查").click()

    def click(self, name: str, nth: int = 0) -> None:
        self.page.get_by_role("button", name=name, exact=True).nth(nth).click()
        self.settle()

    def choose(self, box: str, option: str | re.Pattern[str]) -> None:
        self.page.get_by_role("combobox", name=box).first.click()
        self.page.get_by_role("option", name=option).first.click()
        self.settle()

    def table(self, nth: int) -> Locator:
        return self.page.locator('[data-testid="stDataFrame"]:visible').nth(nth)

    def cells(self, nth: int) -> list[list[str]]:
        """What a table says, row by row, without its head: as it is downloaded, for its cells are painted."""
        self.table(nth).scroll_into_view_if_needed()
        self.table(nth).hover()
        with self.page.expect_download() as download:
            self.table(nth).get_by_role("button", name="Download as CSV").click()
        text = download.value.path().read_text(encoding="utf-8-sig")
        return list(csv.reader(io.StringIO(text)))[1:]

    def pick(self, table: int, row: int) -> None:
        """Click the selection box of a row (0 is the first) of a table."""
        self.table(table).scroll_into_view_if_needed()
        box = self.table(table).bounding_box()
        assert box
        self.page.mouse.click(box["x"] + 18, box["y"] + ROW_PX * (row + 1) + ROW_PX / 2)
        self.settle()

    def pick_named(self, table: int, name: str) -> None:
        """The same for the row in which a cell says this."""
        self.pick(table, next(n for n, row in enumerate(self.cells(table)) if name in row))

    def shots(self, name: str, at: str = "", at_en: str = "") -> None:
        """Pictures of the state, scrolled to the heading that begins with `at`."""
        if not (folder := os.environ.get("ATLAS_SCREENSHOTS")):
            return
        Path(folder).mkdir(parents=True, exist_ok=True)
        for lang, where in (("zh", at), ("en", at_en)):
            if lang != "zh":  # what the page has just said goes with the next click
                self.speak(lang)
            for width, height in SIZES:
                self.page.set_viewport_size({"width": width, "height": height})
                self.settle()
                if where:
                    words = self.page.get_by_text(where).first
                    words.evaluate("e => e.scrollIntoView({block: 'start'})")
                self.page.wait_for_timeout(700)
                self.page.screenshot(path=f"{folder}/{name}-{lang}-{width}.png")
        self.page.set_viewport_size({"width": TALL[0], "height": TALL[1]})
        self.speak("zh")

    def speak(self, lang: str) -> None:
        self.page.locator("h1").first.evaluate("e => e.scrollIntoView({block: 'end'})")
        self.page.locator(".st-key-atlas-filter-lang").get_by_role("combobox").click()
        self.page.get_by_role("option", name={"zh": "中文", "en": "English"}[lang]).click()
        self.settle()


def word_form(path: Path, unit: str, typed: Mapping[str, str] | None = None, day: str = "2021年7月3日") -> Path:
    """A whole form, 7 in every blank not typed otherwise: a few blanks alone would replace no earlier report."""
    form = load_catalog().forms[CAMPAIGN]
    path.write_bytes(write_docx(form, filled(typed), {"reporting_unit": unit, "report_date": day}))
    return path


def filled(typed: Mapping[str, str] | None = None) -> list[str]:
    """The progress cells of the form."""
    form = load_catalog().forms[CAMPAIGN]
    every = {i.indicator_id: "7" for i in form.indicators if i.kind == "count"} | dict(typed or {})
    return [fill_progress(a, every) for a in form.activities]


def scanned_form(browser: Browser, path: Path, unit: str, typed: Mapping[str, str]) -> Path:
    """The same form as a scan: printed by the browser, a little turned, kept as a picture."""
    form = load_catalog().forms[CAMPAIGN]
    rows = [("活动项目", "内容要求", "进展情况")]
    rows += [(a.title_zh, a.requirement_zh, p) for a, p in zip(form.activities, filled(typed), strict=True)]
    table = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    page = browser.new_page(viewport={"width": 1100, "height": 780}, device_scale_factor=2)
    page.set_content(
        "<style>body{margin:40px;font:19px/1.5 'Noto Serif CJK SC',serif}h2{text-align:center}"
        "table{border-collapse:collapse}td{border:1.5px solid #000;padding:6px}td:nth-child(1){width:15%}"
        f"td:nth-child(2){{width:35%}}</style><h2>{form.title_zh}</h2>"
        f"<p>填报单位（盖章）：{unit}　联系人：　电话：　填报日期：2021年7月2日</p><table>{table}</table>"
    )
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    page.close()
    picture.rotate(0.4, fillcolor="white", resample=Image.Resampling.BICUBIC).save(path, quality=92)
    return path


def served(folder: Path, query: str) -> list[tuple[object, ...]]:
    """The rows of a query to the release that CURRENT names."""
    name = json.loads((folder / "CURRENT").read_text())["file"]
    copy = shutil.copy(folder / name, folder.parent / "copy.duckdb")
    with duckdb.connect(str(copy), read_only=True) as con:
        return con.execute(query).fetchall()
