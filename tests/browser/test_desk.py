"""The desk in a real browser with the network cut: from files as they come to published totals on another page."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from dashboard.components.nav import known_pages
from dashboard.desk.loader import run_loader
from dashboard.desk.places import Desk
from dashboard.format import compact, plain, qualified
from etl.catalog import load_catalog
from etl.facts import Submission
from etl.files.intake import Job
from etl.rounds import read_jobs
from tests.browser.desk import CAMPAIGN, COUNT, PEOPLE, Clerk, desk_server, scanned_form, served, word_form

pytestmark = pytest.mark.browser
CUT = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"
PARTICIPATION = "participation"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = next(p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n)))
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", CUT]
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=flags)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two units have reported and are published when the day begins."""
    folder = tmp_path_factory.mktemp("var")
    inbox = folder / "inbox" / CAMPAIGN
    inbox.mkdir(parents=True)
    word_form(inbox / "中卫市.docx", "中卫市", {COUNT: "4", PEOPLE: "90"}, "2021年7月1日")
    word_form(inbox / "吴忠市.docx", "吴忠市", {COUNT: "6", PEOPLE: "80"}, "2021年7月1日")
    assert run_loader(["load", "--quiet"], Desk(folder)).is_done
    return folder


@pytest.fixture(scope="module")
def uploads(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """What a clerk drags into the page: an archive and loose files, with the usual mistakes."""
    folder = tmp_path_factory.mktemp("received")
    inner = word_form(folder / "石嘴山市.docx", "石嘴山市", {COUNT: "5", PEOPLE: "150"})
    with zipfile.ZipFile(folder / "七月三日.zip", "w") as archive:
        archive.write(inner, inner.name)
    inner.unlink()
    word_form(folder / "宁东表.docx", "宁东能源化工基地管委会", {COUNT: "1O2", PEOPLE: "300"})
    word_form(folder / "表二.docx", "很川市", {COUNT: "5", PEOPLE: "100"})
    word_form(folder / "谁的.docx", "", {COUNT: "9"})
    word_form(folder / "中卫市（更正）.docx", "中卫市", {COUNT: "4", PEOPLE: "120"})
    word_form(folder / "协会.docx", "煤炭行业协会", {COUNT: "3"})
    (folder / "坏.docx").write_bytes(b"PK\x03\x04 broken")
    scanned_form(browser, folder / "固原市.jpg", "固原市", {COUNT: "8", PEOPLE: "240"})
    return sorted(folder.iterdir())


@pytest.fixture(scope="module")
def address(var: Path) -> Iterator[str]:
    with desk_server(var) as found:
        yield found


@pytest.fixture
def clerk(browser: Browser, address: str) -> Iterator[Clerk]:
    found = Clerk(browser, address)
    found.open()
    yield found
    assert found.outside == []
    found.page.context.close()


def looking_at(page: Page, name: str) -> None:
    expect(page.get_by_text(f"三、逐项核对：{name}")).to_be_visible(timeout=60_000)


def test_a_file_that_is_too_large_is_refused_in_the_pages_language(clerk: Clerk, tmp_path: Path) -> None:
    large = tmp_path / "大.docx"
    large.write_bytes(b"0" * (21 << 20))
    for lang, words in (("zh", "超过 20 MB"), ("en", "above 20 MB")):
        clerk.open(lang=lang)
        clerk.page.set_input_files("input[type=file]", str(large))
        chip = clerk.page.locator('[data-testid="stFileChip"][aria-invalid="true"]')
        expect(chip).to_be_visible()
        assert words in chip.evaluate("chip => getComputedStyle(chip, '::after').content")


def test_from_upload_to_publish(clerk: Clerk, var: Path, uploads: list[Path]) -> None:
    page = clerk.page
    clerk.sign()
    clerk.shots("desk-1-empty")
    clerk.upload(*uploads)
    expect(page.get_by_text(re.compile(r"^\d+/\d+ ")).first).to_be_visible(timeout=60_000)
    expect(page.get_by_text("四、发布前预览")).to_be_visible(timeout=180_000)
    clerk.settle()
    # Refused first, then what needs a look, then what is in order.
    files = clerk.cells(0)
    assert [(row[0], row[1], row[3]) for row in files] == [
        ("坏.docx", "未读取", "—"),
        ("表二.docx", "未计入", "—"),
        ("谁的.docx", "未计入", "—"),
        ("宁东表.docx", "新报", "宁东能源化工基地"),
        ("协会.docx", "新报", "煤炭行业协会"),
        ("中卫市（更正）.docx", "更正", "中卫市"),
        ("固原市.jpg", "新报", "固原市"),
        ("七月三日.zip/石嘴山市.docx", "新报", "石嘴山市"),
    ]
    clerk.shots("desk-2-files", "二、文件", "2. Files")

    # Refused in one click, for the reason that is shown.
    looking_at(page, "坏.docx")
    clerk.click("按宁夏回族自治区 2021 年的报表退回，理由照检查所见")
    # Decided, it moves down: it needs no look any more.
    clerk.pick_named(0, "表二.docx")
    looking_at(page, "表二.docx")
    clerk.shots("desk-3-unit", "三、逐项核对", "3. Value by value")
    clerk.click("计为银川市")
    clerk.pick_named(0, "宁东表.docx")
    looking_at(page, "宁东表.docx")
    clerk.shots("desk-4-doubt", "三、逐项核对", "3. Value by value")
    clerk.click("采纳建议：102")
    # A correction is typed, with its reason.
    clerk.pick_named(1, "理论学习中心组学习参与")
    page.get_by_label("更正为").fill("320")
    page.get_by_placeholder("如：7月5日电话核实").fill("7月5日电话核实")
    clerk.click("更正")
    clerk.shots("desk-5-corrected", "三、逐项核对", "3. Value by value")
    clerk.pick_named(0, "协会.docx")
    looking_at(page, "协会.docx")
    page.get_by_text("指定活动或单位、退回、注明已核实").click()
    page.get_by_placeholder("如：未盖章，请重报").fill("不是报送单位")
    clerk.click("退回，理由如上填写")
    # What the machine read stands beside what it saw.
    clerk.pick_named(0, "固原市.jpg")
    looking_at(page, "固原市.jpg")
    expect(page.get_by_text("扫描件上的这一格", exact=True)).to_be_visible(timeout=60_000)
    picture = page.locator('[data-testid="stImage"] img').first
    assert picture.evaluate("img => img.naturalWidth") > 200
    clerk.shots("desk-6-scan", "三、逐项核对", "3. Value by value")
    check_preview_and_publish(clerk, var)
    check_published(var)
    check_what_waits(clerk)
    check_other_pages(clerk, var)


def check_preview_and_publish(clerk: Clerk, var: Path) -> None:
    """The preview names the old and the new totals: those being served, and those served after publishing."""
    preview = {row[1]: row[2:4] for row in clerk.cells(2)}
    clerk.shots("desk-7-preview", "四、发布前预览", "4. Before publishing")
    before = totals(var)
    assert before[PARTICIPATION] == 90 + 80 + 2 * 3 * 7
    clerk.click("发布")
    expect(clerk.page.get_by_text("已发布。").first).to_be_visible(timeout=120_000)
    clerk.settle()
    clerk.shots("desk-8-published")
    after, scanned = totals(var), scanned_people(var)
    # 中卫 (its newer form), 吴忠, 石嘴山, 宁东 (as corrected), 银川, and what the scan gave.
    assert after[PARTICIPATION] == 120 + 80 + 150 + 320 + 100 + 5 * 3 * 7 + scanned
    assert preview["报送单位"] == ["2 / 6", "6 / 6"]
    bare = [re.sub(r"[^\d,—]", "", cell) for cell in preview["参与人次"]]
    assert bare == [plain(before[PARTICIPATION]), plain(after[PARTICIPATION])]


def totals(var: Path) -> dict[str, float]:
    rows = served(var / "releases", "select measure_id, value from measure_total where campaign_id = 'ningxia-2021'")
    return {str(measure): value for measure, value in rows if isinstance(value, float)}


def scanned_people(var: Path) -> float:
    """What counts of the scan; at best approximately."""
    rows = served(
        var / "releases",
        "select f.value, f.qualifier from current_fact f join submission using (submission_id) join indicator using (indicator_id)"
        " where source_format = 'picture' and indicator.form_id = 'ningxia-2021' and indicator.unit = '人次' and f.value is not null",
    )
    assert {q for _, q in rows} <= {"approx"} and rows
    return sum(float(str(v)) for v, _ in rows)


def check_published(var: Path) -> None:
    """The values as typed, accepted and corrected; every decision with who and why; the files in the inbox, the desk empty."""
    query = (
        "select unit_id, value, raw, decision_id is not null from current_fact where indicator_id = '{}'"
        " and unit_id in ('NX-ND', '640100', '640500') order by 1"
    )
    assert served(var / "releases", query.format(COUNT)) == [
        ("640100", 5.0, "5", False),
        ("640500", 4.0, "4", False),
        ("NX-ND", 102.0, "1O2", True),
    ]
    assert served(var / "releases", query.format(PEOPLE))[1:] == [
        ("640500", 120.0, "120", False),
        ("NX-ND", 320.0, "300", True),
    ]
    decided = served(var / "releases", "select kind, state, decided_by, reason from decision order by kind, reason")
    assert decided == [
        ("accept", "applied", "综合科", "采纳建议"),
        ("campaign", "applied", "综合科", "人工指定"),  # of the broken file that was sent back, by the files beside it
        ("reject", "applied", "综合科", "不是报送单位"),
        ("reject", "applied", "综合科", decided[3][3]),
        ("unit", "applied", "综合科", "人工指定"),
        ("value", "applied", "综合科", "7月5日电话核实"),
    ]
    assert {p.name for p in (var / "inbox").rglob("*.*")} >= {"七月三日.zip", "宁东表.docx", "固原市.jpg", "坏.docx"}
    assert not list((var / "desk").rglob("*.docx"))


def check_other_pages(clerk: Clerk, var: Path) -> None:
    """Whoever opens another page sees the published totals."""
    people = qualified(compact(totals(var)[PARTICIPATION], "zh"), "approx", "zh")
    for name in ("overview", "participation"):
        clerk.open(name, area="ningxia", year="2021")
        expect(clerk.page.get_by_text(people).first).to_be_visible(timeout=60_000)


def check_what_waits(clerk: Clerk) -> None:
    """What was published undecided waits on the desk, today and in every later session."""
    expect(clerk.page.get_by_text("以前收到的文件中有 1 个尚未处理")).to_be_visible()
    clerk.click("去处理")
    looking_at(clerk.page, "谁的.docx")
    clerk.page.reload()
    looking_at(clerk.page, "谁的.docx")


def downloaded(clerk: Clerk, button: str, folder: Path) -> Path:
    """The file behind a button, under the name it is offered by."""
    with clerk.page.expect_download() as download:
        clerk.page.get_by_role("button", name=button, exact=True).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_blank_forms_from_the_desk_read_back(clerk: Clerk, tmp_path: Path) -> None:
    catalog = load_catalog()
    n_blanks = len(catalog.forms[CAMPAIGN].indicators)
    roster = catalog.roster(catalog.campaigns[CAMPAIGN])
    clerk.shots("desk-10-blank", "空白表", "Blank forms")
    blank, book = downloaded(clerk, "Word 填报表", tmp_path), downloaded(clerk, "Excel 汇总表", tmp_path)
    assert blank.suffix == ".docx" and book.suffix == ".xlsx"
    for path, n_units in ((blank, 1), (book, len(roster))):
        (submission,) = read(path)
        assert (submission.form_id, submission.campaign_id) == (CAMPAIGN, CAMPAIGN)
        assert len(submission.facts) == n_blanks * n_units
        assert {f.state for f in submission.facts} == {"not_filled"}
    # What a clerk types into the workbook is what is read of it.
    typed = openpyxl.load_workbook(book)
    sheet = typed.worksheets[0]
    cell = next(c for row in sheet.iter_rows() for c in row if c.value == roster[0].name)
    sheet.cell(cell.row, sheet.max_column).value = 123
    typed.save(book)
    (submission,) = read(book)
    assert [(f.unit_id, f.value) for f in submission.facts if f.value is not None] == [(roster[0].unit_id, 123.0)]


def read(path: Path) -> list[Submission]:
    job = Job(path, path.name, CAMPAIGN, datetime(2021, 7, 3), is_sample=False)
    return [s for _, found in read_jobs(load_catalog(), [job]).files for s in found]


@pytest.mark.slow
def test_a_column_that_no_blank_matches_is_said_and_counts(clerk: Clerk, var: Path, tmp_path: Path) -> None:
    table = tmp_path / "街头.csv"
    rows = [
        "宁夏回族自治区2021年安全生产月统计表,,",
        "地市,街头讲解（场）,过路群众（万人次）",
        "石嘴山市,31,1.5",
        "吴忠市,32,2",
    ]
    table.write_text("\n".join(rows), encoding="utf-8")
    clerk.sign()
    clerk.upload(table)
    looking_at(clerk.page, "街头.csv")
    clerk.settle()
    clerk.choose("过路群众(万人次)", re.compile("理论学习中心组学习参与"))
    clerk.page.get_by_role("button", name="按所选读取").click()
    expect(clerk.page.get_by_text("“过路群众(万人次)”一列由综合科于").first).to_be_visible(timeout=120_000)
    # The other column stays unread, and is asked about.
    expect(clerk.page.get_by_role("combobox", name="街头讲解(场)")).to_be_visible()
    clerk.shots("desk-columns", "三、逐项核对", "3. Value by value")
    said = "select value from fact join submission using (submission_id) where source_name like '%街头.csv' and value is not null"
    assert sorted(served(var / "desk" / "candidate", said)) == [(15000.0,), (20000.0,)]
    clerk.click("清空，不发布")


def test_a_reader_is_offered_no_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "load" in known_pages()
    monkeypatch.setenv("ATLAS_ROLE", "reader")
    assert "load" not in known_pages()
