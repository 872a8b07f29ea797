"""The desk in a real browser: upload, what needs a look, accept, correct, assign, preview, publish."""

from __future__ import annotations

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
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Page, expect, sync_playwright

from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.catalog import load_catalog

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]
CAMPAIGN, COUNT, PEOPLE = "ningxia-2021", "theory_group_sessions", "theory_group_attendance"


def word_form(path: Path, unit: str, **typed: str) -> None:
    """A whole form: a few blanks alone would replace no earlier report."""
    form = load_catalog().forms[CAMPAIGN]
    every = {i.indicator_id: "7" for i in form.indicators if i.kind == "count"} | typed
    progress = [fill_progress(a, every) for a in form.activities]
    path.write_bytes(write_docx(form, progress, {"reporting_unit": unit, "report_date": "2021年7月3日"}))


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory, sample_root: Path) -> Path:
    folder = tmp_path_factory.mktemp("var")
    inbox = folder / "inbox" / CAMPAIGN
    inbox.mkdir(parents=True)
    for file in sorted((sample_root / "samples" / CAMPAIGN).glob("*.docx"))[:3]:
        shutil.copy(file, inbox)
    uploads = folder / "uploads"
    uploads.mkdir()
    word_form(uploads / "宁东表.docx", "宁东能源化工基地管委会", **{COUNT: "1O2", PEOPLE: "3O"})
    word_form(uploads / "表二.docx", "很川市", **{COUNT: "5", PEOPLE: "100"})
    (uploads / "坏.docx").write_bytes(b"PK\x03\x04 broken")
    return folder


@pytest.fixture(scope="module")
def address(var: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "dashboard/app.py", "--server.port", str(port)]
    server = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "ATLAS_VAR": str(var)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
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


@pytest.fixture
def page(address: str) -> Iterator[Page]:
    chromium = next(p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        found = browser.new_context(viewport={"width": 1600, "height": 2300}, locale="zh-CN").new_page()
        found.goto(f"{address}/load?lang=zh")
        expect(found.get_by_role("heading", name="数据导入")).to_be_visible(timeout=60_000)
        yield found
        browser.close()


def settled(page: Page) -> None:
    page.wait_for_timeout(400)
    page.wait_for_selector(".stApp[data-test-script-state=notRunning]", timeout=120_000)
    page.wait_for_timeout(600)


def pick_row(page: Page, table: int, row: int) -> None:
    """Click the selection box of a row (0 is the first) of a table."""
    box = page.locator('[data-testid="stDataFrame"]:visible').nth(table).bounding_box()
    assert box
    page.mouse.click(box["x"] + 18, box["y"] + 36 * (row + 1) + 18)
    settled(page)


def shot(page: Page, name: str) -> None:
    if folder := os.environ.get("ATLAS_SCREENSHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{folder}/{name}.png")


def served(var: Path, query: str) -> list[tuple[object, ...]]:
    name = json.loads((var / "releases" / "CURRENT").read_text())["file"]
    copy = shutil.copy(var / "releases" / name, var / "copy.duckdb")
    with duckdb.connect(str(copy), read_only=True) as con:
        return con.execute(query).fetchall()


def test_a_file_that_is_too_large_is_refused_in_the_pages_language(page: Page, address: str, tmp_path: Path) -> None:
    large = tmp_path / "大.docx"
    large.write_bytes(b"0" * (21 << 20))
    for lang, words in (("zh", "超过 20 MB"), ("en", "above 20 MB")):
        page.goto(f"{address}/load?lang={lang}")
        page.set_input_files("input[type=file]", str(large))
        chip = page.locator('[data-testid="stFileChip"][aria-invalid="true"]')
        expect(chip).to_be_visible()
        assert words in chip.evaluate("chip => getComputedStyle(chip, '::after').content")


def test_from_upload_to_publish(page: Page, var: Path) -> None:
    settled(page)
    page.get_by_placeholder("如：综合科").fill("综合科")
    page.keyboard.press("Tab")
    settled(page)
    page.reload()
    settled(page)
    # What was typed outlives a reload.
    expect(page.get_by_placeholder("如：综合科")).to_have_value("综合科")
    page.set_input_files("input[type=file]", [str(p) for p in sorted((var / "uploads").iterdir())])
    settled(page)
    page.get_by_role("button", name="读取检查").click()
    expect(page.get_by_text("四、发布前预览")).to_be_visible(timeout=120_000)
    settled(page)
    shot(page, "desk-files-zh")
    # Refused first, then errors: 坏.docx, 表二.docx (unknown unit), 宁东表.docx (1O2).
    expect(page.get_by_text("三、逐项核对：坏.docx")).to_be_visible()

    pick_row(page, 0, 1)
    expect(page.get_by_text("三、逐项核对：表二.docx")).to_be_visible()
    unit = page.get_by_role("combobox", name=re.compile("是哪个单位的"))
    unit.click()
    page.get_by_role("option", name="银川市").click()
    settled(page)
    page.get_by_role("button", name="指定").nth(1).click()
    settled(page)

    # The file stays the one looked at, though it has moved down the table, for it is no longer refused.
    expect(page.get_by_text("三、逐项核对：表二.docx")).to_be_visible(timeout=60_000)
    pick_row(page, 0, 1)
    expect(page.get_by_text("三、逐项核对：宁东表.docx")).to_be_visible()
    shot(page, "desk-values-zh")
    expect(page.get_by_text("1. 理论学习中心组学习", exact=True)).to_be_visible()
    page.get_by_role("button", name="采纳建议：102").click()
    settled(page)

    expect(page.get_by_text("三、逐项核对：宁东表.docx")).to_be_visible(timeout=60_000)
    # Decided, its next doubtful value is shown.
    expect(page.get_by_text("2. 理论学习中心组学习参与", exact=True)).to_be_visible()
    page.get_by_role("button", name="发布", exact=True).click()
    expect(page.get_by_text("已发布。").first).to_be_visible(timeout=120_000)
    shot(page, "desk-published-zh")

    query = "select unit_id, value, raw, decision_id is not null from current_fact where indicator_id = '{}' and unit_id in ('NX-ND', '640100') order by 1"
    assert served(var, query.format(COUNT)) == [("640100", 5.0, "5", False), ("NX-ND", 102.0, "1O2", True)]
    assert {p.name for p in (var / "inbox").rglob("*.docx")} >= {"宁东表.docx", "表二.docx"}
    assert served(var, "select kind, state, decided_by from decision order by kind") == [
        ("accept", "applied", "综合科"),
        ("unit", "applied", "综合科"),
    ]
    assert not list((var / "desk").rglob("*.docx"))

    # What was published undecided waits on the desk, today and in every later session.
    expect(page.get_by_text("以前收到的文件中有 1 个尚未处理")).to_be_visible()
    page.get_by_role("button", name="去处理").click()
    expect(page.get_by_text("三、逐项核对：坏.docx")).to_be_visible(timeout=60_000)
    page.reload()
    expect(page.get_by_text("三、逐项核对：坏.docx")).to_be_visible(timeout=60_000)
    shot(page, "desk-undone-zh")


@pytest.mark.slow
def test_a_column_that_no_blank_matches_is_said_and_counts(page: Page, var: Path, tmp_path: Path) -> None:
    table = tmp_path / "街头.csv"
    rows = [
        "宁夏回族自治区2021年安全生产月统计表,,",
        "地市,街头讲解（场）,过路群众（万人次）",
        "石嘴山市,31,1.5",
        "吴忠市,32,2",
    ]
    table.write_text("\n".join(rows), encoding="utf-8")
    settled(page)
    page.get_by_placeholder("如：综合科").fill("综合科")
    page.keyboard.press("Tab")
    settled(page)
    page.set_input_files("input[type=file]", str(table))
    settled(page)
    page.get_by_role("button", name="读取检查").click()
    expect(page.get_by_text("三、逐项核对：街头.csv")).to_be_visible(timeout=120_000)
    settled(page)
    page.get_by_role("combobox", name="过路群众(万人次)").click()
    page.get_by_role("option", name=re.compile("理论学习中心组学习参与")).click()
    settled(page)
    page.get_by_role("button", name="按所选读取").click()
    expect(page.get_by_text("“过路群众(万人次)”一列由综合科于").first).to_be_visible(timeout=120_000)
    # The other column stays unread, and is asked about.
    expect(page.get_by_role("combobox", name="街头讲解(场)")).to_be_visible()
    shot(page, "desk-columns-zh")
    folder = var / "desk" / "candidate"
    name = json.loads((folder / "CURRENT").read_text())["file"]
    with duckdb.connect(str(shutil.copy(folder / name, tmp_path / "copy.duckdb")), read_only=True) as con:
        said = "select value from fact join submission using (submission_id) where source_name like '%街头.csv' and value is not null"
        assert sorted(con.execute(said).fetchall()) == [(15000.0,), (20000.0,)]
    page.get_by_role("button", name="清空，不发布").click()
    settled(page)


def test_a_reader_is_offered_no_desk(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dashboard.components.nav import known_pages

    assert "load" in known_pages()
    monkeypatch.setenv("ATLAS_ROLE", "reader")
    assert "load" not in known_pages()
