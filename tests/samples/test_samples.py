"""The synthetic submissions: deterministic, complete in their truth, marked, and free of personal data."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import xlrd
import yaml
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from data.samples.__main__ import main
from data.samples.profile import load_profile
from data.samples.word import START
from data.samples.write import ARRIVALS, MARKER, make_samples, truth_path
from etl.blank.fill import fill_progress
from etl.catalog.load import CATALOG_DIR, load_catalog
from etl.errors import UsageError

CATALOG = load_catalog()
PROFILE = load_profile()
CAMPAIGN_IDS = list(PROFILE["campaigns"])
TABLE_CAMPAIGNS = [c for c in CAMPAIGN_IDS if CATALOG.campaigns[c].form_id]
WORD_CAMPAIGNS = [c for c in CAMPAIGN_IDS if PROFILE["campaigns"][c]["format"] == "docx"]
SAME_TICK = str.maketrans("☒■☐", "☑☑□")
STATES = {
    "reported", "explicit_zero", "not_filled", "not_applicable", "pending", "unquantified", "see_attachment",
    "unreadable", "row_missing", "not_reported",
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("samples") / "samples"
    make_samples(out)
    return out


@pytest.fixture(scope="module")
def truth(made: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(truth_path(made).read_text(encoding="utf-8"))
    return content["campaigns"]  # type: ignore[no-any-return]


def _all_bytes(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def _units(campaign: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str, dict[str, Any]]]:
    for file in campaign["files"]:
        for unit_id, unit in file["units"].items():
            yield file, unit_id, unit


def _visible(paragraph: Any) -> str:
    """A paragraph as a person sees it: insertions taken, deletions gone, symbols as ticks."""
    return "".join("☑" if n.tag == qn("w:sym") else n.text or "" for n in paragraph.iter(qn("w:t"), qn("w:sym")))


def word_text(path: Path) -> str:
    """All paragraphs of a form."""
    return "\n".join(_visible(p) for p in Document(str(path)).element.body.iter(qn("w:p")))


def test_two_makes_are_equal_and_another_seed_differs(tmp_path: Path) -> None:
    chosen = ["jincheng-2021", "ningxia-2021", "jilin-2021"]
    for name, seed in (("a", None), ("b", None), ("c", 7)):
        make_samples(tmp_path / name, seed, chosen)
    assert _all_bytes(tmp_path / "a") == _all_bytes(tmp_path / "b")
    assert truth_path(tmp_path / "a").read_bytes() == truth_path(tmp_path / "b").read_bytes()
    assert _all_bytes(tmp_path / "a") != _all_bytes(tmp_path / "c")


@pytest.mark.slow
def test_one_campaign_alone_is_the_same_as_among_all(made: Path, tmp_path: Path) -> None:
    make_samples(tmp_path / "one", None, ["ningxia-2021"])
    assert _all_bytes(tmp_path / "one" / "ningxia-2021") == _all_bytes(made / "ningxia-2021")


def test_marker_and_truth_are_where_they_belong(made: Path) -> None:
    marker = (made / MARKER).read_text(encoding="utf-8")
    assert "合成" in marker
    assert "synthetic" in marker
    assert truth_path(made).parent == made.parent
    assert not list(made.rglob("*truth*"))


@pytest.mark.parametrize("campaign_id", CAMPAIGN_IDS)
def test_arrival_list_names_every_file_with_its_time(made: Path, truth: dict[str, Any], campaign_id: str) -> None:
    folder = made / campaign_id
    with (folder / ARRIVALS).open(encoding="utf-8", newline="") as stream:
        listed = {row["file"]: row["received_at"] for row in csv.DictReader(stream)}
    assert set(listed) == {p.name for p in folder.iterdir()} - {ARRIVALS}
    for file in truth[campaign_id]["files"]:
        assert listed[file["file"]] == file["received_at"]
        arrived = datetime.fromisoformat(file["received_at"]).timestamp()
        assert (folder / file["file"]).stat().st_mtime == pytest.approx(arrived)


@pytest.mark.parametrize("campaign_id", TABLE_CAMPAIGNS)
def test_every_roster_unit_is_current_once_or_missing(truth: dict[str, Any], campaign_id: str) -> None:
    campaign = truth[campaign_id]
    current = [unit_id for _, unit_id, unit in _units(campaign) if unit["is_current"]]
    roster = [u.unit_id for u in CATALOG.roster(CATALOG.campaigns[campaign_id])]
    assert len(current) == len(set(current))
    assert sorted(current + campaign["missing"]) == sorted(roster)
    assert 1 <= len(campaign["missing"]) <= 3


@pytest.mark.parametrize("campaign_id", TABLE_CAMPAIGNS)
def test_every_blank_has_a_known_state(truth: dict[str, Any], campaign_id: str) -> None:
    form = CATALOG.forms[truth[campaign_id]["form_id"]]
    for _, _, unit in _units(truth[campaign_id]):
        assert set(unit["facts"]) == set(form.by_indicator)
        for fact in unit["facts"].values():
            assert fact["state"] in STATES
            assert fact["value"] is None or fact["state"] in {"reported", "explicit_zero"}
            assert (fact["qualifier"] == "range") == ("low" in fact)


@pytest.mark.parametrize("campaign_id", TABLE_CAMPAIGNS)
def test_every_oddity_is_there(truth: dict[str, Any], campaign_id: str) -> None:
    found = {o for _, _, unit in _units(truth[campaign_id]) for o in unit["oddities"]}
    assert found >= {"scale_slip", "attendance_without_event", "two_values", "negative", "percent_in_count"}


@pytest.mark.parametrize("campaign_id", WORD_CAMPAIGNS)
def test_late_corrected_doubled_and_cut_forms(made: Path, truth: dict[str, Any], campaign_id: str) -> None:
    files = truth[campaign_id]["files"]
    assert any(f["is_late"] for f in files)
    (old,) = [f for f in files if f["superseded_by"]]
    (new,) = [f for f in files if f["file"] == old["superseded_by"]]
    ((unit_id, old_unit),) = old["units"].items()
    assert old_unit["report_date"] < new["units"][unit_id]["report_date"]
    assert old["received_at"] < new["received_at"]
    assert old_unit["facts"] != new["units"][unit_id]["facts"]
    (double,) = [f for f in files if f["duplicate_of"]]
    folder = made / campaign_id
    assert (folder / double["file"]).read_bytes() == (folder / double["duplicate_of"]).read_bytes()
    states = [fact["state"] for _, _, unit in _units(truth[campaign_id]) for fact in unit["facts"].values()]
    assert "row_missing" in states


def _progress_cells(path: Path) -> list[str]:
    """The third cell of every body row, over all tables of the file."""
    rows = list(Document(str(path)).element.body.iter(qn("w:tr")))
    cells = [row.findall(qn("w:tc"))[2] for row in rows if row.find(qn("w:trPr")) is None]
    return ["\n".join(_visible(p) for p in cell.findall(qn("w:p"))) for cell in cells]


@pytest.mark.parametrize("campaign_id", WORD_CAMPAIGNS)
def test_word_forms_hold_what_the_truth_says(made: Path, truth: dict[str, Any], campaign_id: str) -> None:
    form = CATALOG.forms[truth[campaign_id]["form_id"]]
    for file, _, unit in _units(truth[campaign_id]):
        cells = _progress_cells(made / campaign_id / file["file"])
        typed = {indicator_id: fact["typed"] for indicator_id, fact in unit["facts"].items()}
        expected = [fill_progress(a, typed).translate(SAME_TICK) for a in form.activities]
        if "sentence_deleted" not in unit["notes"]:
            assert [c.translate(SAME_TICK) for c in cells] == expected, file["file"]
            continue
        differing = [(c, e) for c, e in zip(cells, expected, strict=True) if c.translate(SAME_TICK) != e]
        ((cell, full),) = differing
        assert len(cell) < len(full)
        assert START not in cell


def test_word_level_variety_is_there(made: Path) -> None:
    xml = "".join(zipfile.ZipFile(path).read("word/document.xml").decode() for path in sorted(made.rglob("*.docx")))
    for mark in ("<w:sdt>", "<w:ins ", "<w:del ", "w14:checkbox", "F052", "F0FE", "<w:u ", "w:proofErr"):
        assert mark in xml, mark


def test_collected_workbook_has_one_wrong_total(made: Path, truth: dict[str, Any]) -> None:
    (file,) = truth["chongqing-2020"]["files"]
    form = CATALOG.forms["chongqing-2021"]
    sheet = load_workbook(made / "chongqing-2020" / file["file"]).worksheets[0]
    total_row = next(n for n in range(5, sheet.max_row + 1) if sheet.cell(n, 1).value == "合计")
    wrong = []
    for column, indicator in enumerate(form.indicators, start=3):
        values = [u["facts"][indicator.indicator_id]["value"] for u in file["units"].values()]
        expected = sum(v for v in values if v is not None)
        if indicator.kind == "count" and sheet.cell(total_row, column).value != expected:
            wrong.append(indicator.indicator_id)
    assert wrong == file["wrong_totals"]
    assert len(wrong) == 1


def test_old_workbook_and_csv_hold_the_rows(made: Path, truth: dict[str, Any]) -> None:
    (old,) = truth["jincheng-2021"]["files"]
    sheet = xlrd.open_workbook(str(made / "jincheng-2021" / old["file"])).sheet_by_index(0)
    rows = [sheet.row_values(r) for r in range(sheet.nrows)]
    assert [r[1] for r in rows[4 : 4 + len(old["units"])]] == [u["written_as"] for u in old["units"].values()]
    (table,) = truth["chongqing-2025"]["files"]
    text = (made / "chongqing-2025" / table["file"]).read_bytes().decode("gb18030")
    lines = list(csv.reader(io.StringIO(text)))
    for line, unit in zip(lines[1:], table["units"].values(), strict=True):
        assert line[1:] == [unit["written_as"], *(f["typed"] for f in unit["facts"].values())]


@pytest.mark.parametrize("campaign_id", [c for c in CAMPAIGN_IDS if "register" in PROFILE["campaigns"][c]])
def test_register_covers_every_duty_of_every_unit(made: Path, truth: dict[str, Any], campaign_id: str) -> None:
    campaign = CATALOG.campaigns[campaign_id]
    plan = PROFILE["campaigns"][campaign_id]
    roster = {u.unit_id for u in CATALOG.roster(campaign)}
    own = {CATALOG.jurisdictions[campaign.jurisdiction_id].unit_id}
    duties = {
        (d.duty_id, unit_id, day.isoformat())
        for d in CATALOG.duties
        if campaign_id in d.campaigns and d.kind not in {"table", "field", *plan.get("unkept", ())}
        for day in d.due_on
        for unit_id in (roster if d.owed_by == "units" else own)
        if not d.applies_to or CATALOG.units[unit_id].kind in d.applies_to
    }
    told = {(r["duty_id"], r["unit_id"], r["due_at"][:10]) for r in truth[campaign_id]["register"] if r["duty_id"]}
    assert told == duties
    lines = list(csv.reader(io.StringIO((made / campaign_id / plan["register"]).read_text(encoding="utf-8-sig"))))
    assert lines[0] == ["填报单位", "报送事项", "所属期", "报送时间", "数量", "说明"]
    kinds = {"case_exposed", "case_reported"} if "case_log" in plan else set()
    sent = [a for a in truth[campaign_id]["acts"] if a["kind"] not in kinds]
    assert (
        len(lines) - 1
        == len(sent)
        == sum(r["state"] != "missing" for r in truth[campaign_id]["register"] if r["kind"] not in kinds)
    )
    assert {"met", "missing"} <= {r["state"] for r in truth[campaign_id]["register"]}


@pytest.mark.parametrize("campaign_id", [c for c in CAMPAIGN_IDS if "case_log" in PROFILE["campaigns"][c]])
def test_case_log_has_a_line_for_every_case(made: Path, truth: dict[str, Any], campaign_id: str) -> None:
    path = made / campaign_id / PROFILE["campaigns"][campaign_id]["case_log"]
    if path.suffix == ".xlsx":
        rows = [[c or "" for c in r] for r in load_workbook(path).active.iter_rows(min_row=2, values_only=True)]
    else:
        rows = list(csv.reader(io.StringIO(path.read_bytes().decode("gb18030"))))
    assert rows[0] == ["填报单位", "月份", "曝光日期", "媒体", "典型案例", "上报日期", "说明"]
    cases = [r for r in truth[campaign_id]["register"] if r["kind"] == "case_exposed" and r["state"] != "missing"]
    assert len(rows) - 1 == len(cases)
    assert sum(not r[2] for r in rows[1:]) == sum(c["state"] == "soft" for c in cases) > 0
    told = [r for r in truth[campaign_id]["register"] if r["kind"] == "case_reported" and r["received_at"]]
    assert sum(bool(r[5]) for r in rows[1:]) == len(told) and {"met", "met_late"} == {r["state"] for r in told}


def test_register_words_are_in_the_catalogue() -> None:
    evidence = yaml.safe_load((CATALOG_DIR / "evidence.yaml").read_text(encoding="utf-8"))
    known = {word: item["kind"] for item in evidence["kinds"] for word in item["words"]}
    assert len(known) == sum(len(item["words"]) for item in evidence["kinds"]), "a word stands for one kind"
    for kind, words in PROFILE["register"]["words"].items():
        assert {known[w] for w in words} == {kind}
    assert {d.kind for d in CATALOG.duties} <= {item["kind"] for item in evidence["kinds"]}


def test_figures_follow_the_unit_over_the_years(truth: dict[str, Any]) -> None:
    changes = []
    for iid in ("lecture_attendance",):
        old, new = (
            {u: x["facts"][iid]["value"] for _, u, x in _units(truth[c]) if x["is_current"]}
            for c in ("chongqing-2020", "chongqing-2021")
        )
        changes += [new[u] / old[u] for u in new if new[u] and old.get(u)]
    changes.sort()
    assert 1.0 < changes[len(changes) // 2] < 1.3
    assert sum(c < 1 for c in changes) >= 2


def test_no_personal_data(made: Path) -> None:
    phone = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}-\d{7,8}|[\w.]+@[\w.]+")
    for path in sorted(made.rglob("*")):
        if path.suffix == ".docx":
            text = word_text(path)
            assert re.search(r"联系人[：:][\s\u3000]*电话[：:][\s\u3000]*填报日期", text), path.name
        elif path.suffix in {".csv", ".txt"}:
            text = path.read_bytes().decode("gb18030" if "汇总" in path.name or "月报" in path.name else "utf-8")
        else:
            continue
        assert not phone.search(text), path.name


def test_refuses_a_folder_of_something_else(tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text("x")
    with pytest.raises(UsageError):
        make_samples(tmp_path, None, ["jilin-2021"])
    assert main(["--out", str(tmp_path), "--campaign", "jilin-2021"]) == 1
    assert main(["--out", str(tmp_path / "new"), "--campaign", "nowhere-2021"]) == 1
    assert not (tmp_path / "new").exists()


def test_can_be_made_again_over_itself(tmp_path: Path) -> None:
    out = tmp_path / "s"
    for _ in range(2):
        assert main(["--out", str(out), "--campaign", "jilin-2021"]) == 0
    assert sorted(p.name for p in (out / "jilin-2021").iterdir()) == [
        "received.csv",
        "吉林省2021典型案例月报.xlsx",
        "吉林省2021报送登记.csv",
    ]
