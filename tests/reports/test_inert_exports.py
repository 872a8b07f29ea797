"""Names, file names and notes that would run as a formula, a tag or a link: inert in each file that pages and reports give out."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
import streamlit as st
from lxml import etree

from dashboard.__main__ import main as dashboard_main
from etl.__main__ import main as etl_main
from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.catalog import load_catalog
from tests.app.running import run

CAMPAIGN = "chongqing-2021"
HOSTILE = ("=1+1", "+x", "-x", "@x", "\t=2", "\r=3", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))")
PAGES = ("hazards", "district", "reporting", "data_quality", "load")
QUIET = ("overview", "participation", "coverage", "year_over_year", "reports")  # they hold no typed text
# What a spreadsheet takes for the beginning of a formula; a number of ours may be negative.
FORMULA = re.compile(r"^\s*[=+\-@＝＋－＠]|^[\t\r\n]")
# The totals of the blank workbook to send out.
OWN_SUM = re.compile(r'=IF\(COUNT\([A-Z]+\d+:[A-Z]+\d+\)=0,"",SUM\([A-Z]+\d+:[A-Z]+\d+\)\)')
NUMBER = re.compile(r"[+\-−]?[\d,.]+[%万亿]*")


def filled(unit: str, text: str, *, typed: str = "12") -> bytes:
    form = load_catalog().forms[CAMPAIGN]
    words = {i.indicator_id: {"flag": "☑是□否", "text": text}.get(i.kind, "12") for i in form.indicators}
    words["lecture_sessions"] = typed
    return write_docx(form, [fill_progress(a, words) for a in form.activities], {"reporting_unit": unit, "report_date": "2021年7月1日"})  # fmt: skip


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of districts and offices whose names, file names, texts and answers are all hostile."""
    base = tmp_path_factory.mktemp("hostile")
    folder = base / "in" / CAMPAIGN
    folder.mkdir(parents=True)
    roster = load_catalog().roster(load_catalog().campaigns[CAMPAIGN])
    for number, text in enumerate(HOSTILE):
        name = text.replace("\t", "").replace("\r", "")
        (folder / f"{name} {number}.docx").write_bytes(filled(f"{text.replace(' ', '/')}局", text))
        (folder / f"{name} 区 {number}.docx").write_bytes(
            filled(roster[number].name, f"{text}事故", typed=text.strip())
        )
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["区县", "理论学习中心组学习（次）", "@x 列", "备注"])
    for number, text in enumerate(HOSTILE):
        sheet.append([roster[number + 10].name, number + 1, number, text])
        sheet.cell(number + 2, 4).data_type = "s"
    book.save(folder / "=汇总.xlsx")
    assert etl_main(["load", str(base / "in"), "--releases", str(base / "out"), "--quiet"]) == 0
    return base / "out"


@pytest.fixture(scope="module")
def office(hostile: Path) -> str:
    """The office whose name is a tag."""
    units = _units(hostile)
    assert len(units) >= 6, units
    return next(unit for unit, name in units if "onerror" in name)


class Markup(HTMLParser):
    """Gathers what of a page would run."""

    def __init__(self) -> None:
        super().__init__()
        self.bad: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            is_link = name in ("href", "src") and (value or "").strip().lower().startswith("javascript:")
            if name.startswith("on") or is_link or (tag == "img" and value == "x"):
                self.bad.append(f"<{tag} {name}={value}>")


def check_markup(text: str) -> None:
    found = Markup()
    found.feed(text)
    assert found.bad == []


def check_csv(data: bytes) -> int:
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    cells = [c for row in rows for c in row]
    assert [c for c in cells if FORMULA.match(c) and not NUMBER.fullmatch(c)] == []
    return sum("x" in c or "=" in c for c in cells)


def check_xlsx(data: bytes) -> int:
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = [c for sheet in book.worksheets for row in sheet.iter_rows() for c in row if c.value is not None]
    texts = [str(c.value) for c in cells if c.data_type in "fs" and not OWN_SUM.fullmatch(str(c.value))]
    assert [t for t in texts if FORMULA.match(t) and not NUMBER.fullmatch(t)] == []
    assert [c.hyperlink for c in cells if c.hyperlink] == []
    return sum("x" in str(c.value) for c in cells)


def check_package(data: bytes) -> int:
    """A Word or PowerPoint file: no link or field made of a text; workbooks behind charts are inert too."""
    n_seen = 0
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            part = package.read(name)
            if name.endswith(".rels"):
                targets = [r.get("Target", "") for r in etree.fromstring(part)]
                assert [t for t in targets if "javascript" in t or t == "x"] == [], name
            elif name.endswith(".xml"):
                text = "".join(etree.fromstring(part).itertext())
                n_seen += sum(h.strip() in text for h in HOSTILE)
            elif name.endswith(".xlsx"):
                check_xlsx(part)
    return n_seen


def check_file(name: str, data: bytes) -> int:
    """How many hostile texts stand in the file, none of them alive."""
    suffix = name.rpartition(".")[2]
    if suffix == "zip":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return sum(check_file(n, archive.read(n)) for n in archive.namelist())
    if suffix in ("html", "svg"):
        check_markup(data.decode())
        return int("onerror" in data.decode())
    checks: dict[str, Callable[[bytes], int]] = {"csv": check_csv, "xlsx": check_xlsx, "docx": check_package, "pptx": check_package}  # fmt: skip
    return checks[suffix](data)


def _units(releases: Path) -> list[tuple[str, str]]:
    """The offices that were typed, as they are named in the release."""
    name = json.loads((releases / "CURRENT").read_text(encoding="utf-8"))["file"]
    with duckdb.connect(str(releases / name), read_only=True) as con:
        return con.execute("select unit_id, name from unit where kind = 'department' order by unit_id").fetchall()


@pytest.mark.parametrize("page", [*PAGES, *(pytest.param(p, marks=pytest.mark.slow) for p in QUIET)])
def test_what_a_page_shows_and_gives_out_is_inert(
    hostile: Path, office: str, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    given: list[tuple[str, Any]] = []
    button = st.download_button

    def kept(label: str, data: Any, file_name: str = "", *args: Any, **more: Any) -> Any:
        given.append((file_name, data() if callable(data) else data))
        return button(label, data, file_name, *args, **more)

    monkeypatch.setattr(st, "download_button", kept)
    app = run(hostile, monkeypatch, page, area="chongqing", year="2021")
    for element in app.get("html"):
        check_markup(str(element.proto.body))
    texts = [str(e.value) for kind in ("markdown", "caption", "info", "warning", "success") for e in app.get(kind)]
    assert [t for t in texts if "<img" in t or "](javascript" in t] == []
    seen = sum(check_file(name, data if isinstance(data, bytes) else data.encode()) for name, data in given)
    print(page, len(given), "downloads,", seen, "hostile cells")


@pytest.mark.parametrize(
    ("suffix", "options"),
    [
        ("xlsx", []),
        ("html", []),
        pytest.param("docx", [], marks=pytest.mark.slow),
        pytest.param("pptx", [], marks=pytest.mark.slow),
        ("xlsx", ["unit"]),
        ("html", ["unit"]),
        pytest.param("docx", ["unit"], marks=pytest.mark.slow),
        pytest.param("pptx", ["unit"], marks=pytest.mark.slow),
        pytest.param("zip", [], marks=pytest.mark.slow),
    ],
)
def test_a_report_is_inert(
    hostile: Path, office: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, options: list[str]
) -> None:
    monkeypatch.setenv("ATLAS_RELEASES", str(hostile))
    out = tmp_path / f"report.{suffix}"
    more = ["--unit", "500107"] if options else []
    for lang in ("zh", "en"):
        assert dashboard_main(["report", "--campaign", CAMPAIGN, "--lang", lang, "--out", str(out), *more]) == 0
        print(suffix, options, lang, check_file(out.name, out.read_bytes()), "hostile texts")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["map", "bars", "rules"])
def test_a_chart_is_inert(hostile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("ATLAS_RELEASES", str(hostile))
    out = tmp_path / "chart.svg"
    assert dashboard_main(["chart", name, "--campaign", CAMPAIGN, "--out", str(out)]) == 0
    check_file(out.name, out.read_bytes())
