"""A folder of broken, strange and hostile files with one good one among them: the good one is read, each other is named."""

from __future__ import annotations

import csv
import io
import json
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import duckdb
import openpyxl
import pytest

from etl.__main__ import main
from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.catalog import Catalog, load_catalog
from etl.files.intake import Job
from etl.findings import word_finding
from etl.read_file import read_job

ROOT = Path(__file__).resolve().parents[2]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CAMPAIGN = "jincheng-2022"
HEAD = ["县区", "专题研讨、集中宣讲、培训辅导等（场）", "参与（人次）"]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def good_form(unit: str = "城区", value: int = 12) -> bytes:
    form = load_catalog().forms[CAMPAIGN]
    typed = {i.indicator_id: str(value) for i in form.indicators if i.kind == "count"}
    progress = [fill_progress(a, typed) for a in form.activities]
    return write_docx(form, progress, {"reporting_unit": unit, "report_date": "2022年7月1日"})


def repacked(data: bytes, changes: dict[str, bytes]) -> bytes:
    """A zip with parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changes.get(name, old.read(name)))
        for name in changes.keys() - set(old.namelist()):
            new.writestr(name, changes[name])
    return out.getvalue()


def with_dtd(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("word/document.xml")
    head, mark, rest = xml.partition(b"?>")
    entity = b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    return repacked(data, {"word/document.xml": head + mark + entity + rest})


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"<a>" + b" " * (210 * 1024 * 1024))
    return out.getvalue()


def lying_bomb() -> bytes:
    """Says it unpacks to little, and does not."""
    data = bytearray(repacked(good_form(), {"word/document.xml": b" " * (90 * 1024 * 1024)}))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.find(mark)
        while at >= 0:
            size = int.from_bytes(data[at + offset : at + offset + 4], "little")
            if size > 80 * 1024 * 1024:
                data[at + offset : at + offset + 4] = (1000).to_bytes(4, "little")
            at = data.find(mark, at + 4)
    return bytes(data)


def many_parts() -> bytes:
    return repacked(good_form(), {f"x/{n}.xml": b"<a/>" for n in range(2100)})


def ole(stream: str) -> bytes:
    return OLE + b"\x00" * 504 + stream.encode("utf-16-le") + b"\x00" * 3000


def workbook(change: Callable[[openpyxl.Workbook], None], rows: list[list[object]] | None = None) -> bytes:
    book = openpyxl.Workbook()
    for row in rows or [["晋城市2022年安全生产月活动汇总表"], HEAD, ["沁水县", 3, 40]]:
        book.worksheets[0].append(row)
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def far_cell(book: openpyxl.Workbook) -> None:
    book.worksheets[0]["XFD1048576"] = "x"


def hidden_sheet(book: openpyxl.Workbook) -> None:
    sheet = book.create_sheet("旧")
    sheet.append(HEAD)
    sheet.append(["阳城县", 900, 900])
    sheet.sheet_state = "hidden"


def formula(book: openpyxl.Workbook) -> None:
    book.worksheets[0]["B3"] = "=1+2"


def text_table(unit: str, code: str, mark: str) -> bytes:
    return "\r\n".join(mark.join(r) for r in [HEAD, [unit, "5", "60"]]).encode(code)


# name -> (bytes, the rule that must be found, or '' when it is simply read)
BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "空.docx": (lambda: b"", "file_empty"),
    "文本.docx": ("这不是Word文件".encode, "form_not_recognised"),
    "截断.docx": (lambda: good_form()[:9000], "file_damaged"),
    "声明.docx": (lambda: with_dtd(good_form()), "dtd_refused"),
    "炸弹.docx": (bomb, "zip_too_large"),
    "谎报.docx": (lying_bomb, ""),
    "多部件.docx": (many_parts, "zip_too_large"),
    "宏.docm": (lambda: repacked(good_form("阳城县"), {"word/vbaProject.bin": b"\x00" * 99}), "macros_ignored"),
    "加密.docx": (lambda: ole("EncryptedPackage"), "encrypted"),
    "旧版.doc": (lambda: ole("WordDocument"), "file_damaged"),
    "坏页.pdf": (lambda: b"%PDF-1.4\n%\xe2\xe3\n1 0 obj\n<<>>\nendobj\n", "file_damaged"),
    "照片.png": (lambda: b"\x89PNG\r\n\x1a\n" + b"\x00" * 200, "file_damaged"),
    "网页.xls": (lambda: b"<html><body><table><tr><td>1</td></tr></table></body></html>", "form_not_recognised"),
    "坏簿.xls": (lambda: ole("Workbook"), "file_damaged"),
    "远格.xlsx": (lambda: workbook(far_cell), "far_cell"),
    "公式.xlsx": (lambda: workbook(formula), "formula_uncached"),
    "隐藏.xlsx": (lambda: workbook(hidden_sheet), "hidden_content"),
    "国标.csv": (lambda: text_table("陵川县", "gb18030", ","), ""),
    "宽码.csv": (lambda: text_table("泽州县", "utf-16", "\t"), ""),
    "分号.csv": (lambda: text_table("高平市", "utf-8-sig", ";"), ""),
    "乱码.bin": (lambda: random.Random(7).randbytes(4000), ""),
    "坏部件.docx": (lambda: repacked(good_form(), {"word/document.xml": b"<w:document"}), "file_damaged"),
    "空包.zip": (lambda: _zip_of("__MACOSX/._a.docx", b"x"), "file_empty"),
    "坏包.zip": (lambda: _zip_of("a.txt", b"x")[:40], "file_damaged"),
    "压缩包.rar": (lambda: b"Rar!\x1a\x07\x01\x00" + b"\x00" * 99, "unsupported_format"),
}
READ = {"宏.docm", "远格.xlsx", "公式.xlsx", "隐藏.xlsx", "国标.csv", "宽码.csv", "分号.csv"}


def _zip_of(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, data)
    return out.getvalue()


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[bytes], Path]:
    """The command line on the whole folder: its process and the releases folder."""
    base = tmp_path_factory.mktemp("bad")
    folder = base / "in" / CAMPAIGN
    folder.mkdir(parents=True)
    (folder / "好.docx").write_bytes(good_form())
    (folder / "~$好.docx").write_bytes(b"\x00" * 162)
    (folder / ".DS_Store").write_bytes(b"\x00\x00\x00\x01Bud1")
    for name, (make, _) in BAD.items():
        (folder / name).write_bytes(make())
    done = subprocess.run(
        [sys.executable, "-m", "etl", "load", str(base / "in"), "--releases", str(base / "out")],
        cwd=ROOT,
        capture_output=True,
        timeout=300,
        check=False,
    )
    return done, base / "out"


def rows(folder: Path, query: str, *values: object) -> list[tuple[object, ...]]:
    name = json.loads((folder / "CURRENT").read_text(encoding="utf-8"))["file"]
    with duckdb.connect(str(folder / name), read_only=True) as con:
        return con.execute(query, list(values)).fetchall()


def test_the_load_ends_well_and_without_a_trace(loaded: tuple[subprocess.CompletedProcess[bytes], Path]) -> None:
    done, folder = loaded
    assert done.returncode == 0, done.stderr.decode()
    assert b"Traceback" not in done.stderr + done.stdout
    assert main(["verify", "--releases", str(folder)]) == 0
    assert rows(folder, "select * from finding where rule = 'crash'") == []


def test_the_good_file_is_read_whole(loaded: tuple[subprocess.CompletedProcess[bytes], Path]) -> None:
    found = rows(
        loaded[1],
        "select count(*), min(value), max(value) from current_fact f join submission s using (submission_id)"
        " join indicator i on i.indicator_id = f.indicator_id and i.form_id = ?"
        " where s.source_name like '%/好.docx' and i.kind = 'count'",
        CAMPAIGN,
    )
    counts = sum(i.kind == "count" for i in load_catalog().forms[CAMPAIGN].indicators)
    assert found == [(counts, 12.0, 12.0)]


@pytest.mark.parametrize("name", sorted(BAD))
def test_each_bad_file_is_named_with_its_reason(
    loaded: tuple[subprocess.CompletedProcess[bytes], Path], name: str
) -> None:
    done, folder = loaded
    rule = BAD[name][1]
    found = rows(
        folder,
        "select n.rule, n.message_zh, n.message_en, s.status from submission s left join finding n using (submission_id)"
        " where s.source_name like '%/' || ?",
        name,
    )
    assert found, "no submission of this file"
    statuses = {status for *_, status in found}
    if name in READ:
        assert statuses <= {"current", "superseded"}
    else:
        assert statuses == {"refused"}
        assert any(r[0] for r in found)
    assert rule in {r[0] for r in found} | {""}
    for _, zh, en, _ in found:
        if zh is not None:
            assert any("\u4e00" <= c <= "\u9fff" for c in str(zh)) and any(c.isascii() and c.isalpha() for c in str(en))
            assert "{" not in f"{zh}{en}"
    assert name in done.stdout.decode()


def test_debris_is_no_submission(loaded: tuple[subprocess.CompletedProcess[bytes], Path]) -> None:
    names = {str(r[0]).rpartition("/")[2] for r in rows(loaded[1], "select source_name from submission")}
    assert names == {"好.docx", *BAD}


def test_values_of_the_odd_but_good_files(loaded: tuple[subprocess.CompletedProcess[bytes], Path]) -> None:
    found = rows(
        loaded[1],
        "select s.source_name, f.unit_id, f.value, f.state from fact f join submission s using (submission_id)"
        " where f.indicator_id = 'seminar_training_attendance' and s.source_format in ('csv', 'xlsx')",
    )
    got = {str(n).rpartition("/")[2]: (u, v) for n, u, v, _ in found if v is not None}
    assert got == {
        "国标.csv": ("140524", 60.0),
        "宽码.csv": ("140525", 60.0),
        "分号.csv": ("140581", 60.0),
        "远格.xlsx": ("140521", 40.0),
        "公式.xlsx": ("140521", 40.0),
        "隐藏.xlsx": ("140521", 40.0),
    }
    states = rows(
        loaded[1],
        "select f.value, f.state from fact f join submission s using (submission_id)"
        " where s.source_name like '%/公式.xlsx' and f.indicator_id = 'seminar_training_sessions'",
    )
    assert states == [(None, "formula_uncached")]


def test_exit_codes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    only_bad = tmp_path / "only-bad"
    only_bad.mkdir()
    (only_bad / "空.docx").write_bytes(b"")
    out = ["--releases", str(tmp_path / "out")]
    assert main(["load", str(only_bad), *out]) == 1
    assert not (tmp_path / "out" / "CURRENT").exists()
    assert main(["load", str(tmp_path / "not-there"), *out]) == 2
    assert main(["load", str(only_bad), "--campaign", "atlantis-2021", *out]) == 2
    assert main(["verify", *out]) == 1
    assert main(["rollback", "abc", *out]) == 2
    assert main(["form", "atlantis-2021", "--docx", str(tmp_path / "f.docx")]) == 2
    for words in (["load", "--no-such"], ["no-such"], [], ["form", CAMPAIGN]):
        with pytest.raises(SystemExit) as stop:
            main(words)
        assert stop.value.code == 2
    good = tmp_path / CAMPAIGN
    good.mkdir()
    (good / "好.docx").write_bytes(good_form())
    assert main(["check", str(good), *out]) == 0
    assert not (tmp_path / "out" / "CURRENT").exists()
    assert main(["check", str(only_bad), *out]) == 1
    assert main(["load", str(good), *out]) == 0
    assert main(["verify", *out]) == 0
    assert "Traceback" not in capsys.readouterr().err


def test_a_bad_only_load_leaves_the_release_being_served(tmp_path: Path) -> None:
    good, bad = tmp_path / CAMPAIGN, tmp_path / "bad"
    good.mkdir()
    bad.mkdir()
    (good / "好.docx").write_bytes(good_form())
    (bad / "坏.docx").write_bytes(b"PK\x03\x04" + b"\x00" * 50)
    out = tmp_path / "out"
    assert main(["load", str(good), "--releases", str(out), "--quiet"]) == 0
    before = (out / "CURRENT").read_bytes()
    assert main(["load", str(bad), "--releases", str(out), "--quiet"]) == 1
    assert (out / "CURRENT").read_bytes() == before


# --- random damage to the bytes


def seeds(sample_root: Path) -> list[Path]:
    """One Word form, one workbook, one old workbook and one text table of the samples."""
    samples = sample_root / "samples"
    picked = [sorted((samples / "ningxia-2021").glob("*.docx"))[0]]
    for suffix in (".xlsx", ".xls", ".csv"):
        picked.append(next(p for p in sorted(samples.rglob(f"*{suffix}")) if p.name != "received.csv"))
    return picked


def damaged(rng: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    kind = rng.randrange(5)
    for _ in range(rng.choice((1, 3, 20))):
        at = rng.randrange(len(changed))
        if kind == 0:
            changed[at] = rng.randrange(256)
        elif kind == 1:
            changed[at] ^= 1 << rng.randrange(8)
        elif kind == 2:
            del changed[at : at + rng.randint(1, 40)]
        elif kind == 3:
            changed[at:at] = rng.randbytes(rng.randint(1, 40))
        else:
            changed[at : at + 8] = b"\xff" * 8
        if not changed:
            break
    return bytes(changed)


def damaged_part(rng: random.Random, data: bytes) -> bytes:
    """The damage inside a part, behind a sound zip, where a checksum does not catch it."""
    if data[:2] != b"PK":
        return damaged(rng, data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        inner = [n for n in archive.namelist() if n.endswith(".xml")]
        name = rng.choice([n for n in inner if "document" in n or "sheet" in n or "sharedStrings" in n] or inner)
        xml = archive.read(name)
    return repacked(data, {name: damaged(rng, xml)})


OUR_STATES = {
    *("reported", "explicit_zero", "not_filled", "not_applicable", "pending", "unquantified", "see_attachment"),
    *("unreadable", "row_missing", "not_reported", "needs_ocr", "ditto", "formula_uncached", "ocr_suspect"),
}


def fuzz(catalog: Catalog, sample_root: Path, folder: Path, rounds: int) -> None:
    rng = random.Random("damage to bytes")
    crashes, outcomes = [], {"read": 0, "refused": 0}
    for number in range(rounds):
        for source in seeds(sample_root):
            make = damaged_part if rng.random() < 0.5 else damaged
            data = make(rng, source.read_bytes())
            path = folder / source.name
            path.write_bytes(data)
            job = Job(path, source.name, source.parent.name, datetime(2022, 7, 1), True)
            for submission in read_job(catalog, job):
                outcomes["refused" if submission.is_refused else "read"] += 1
                if submission.is_refused:
                    assert submission.findings, (number, source.name)
                if any(f.rule == "crash" for f in submission.findings):
                    crashes.append((number, source.name, [f.found for f in submission.findings if f.rule == "crash"]))
                assert {f.state for f in submission.facts} <= OUR_STATES, (number, source.name)
                for finding in submission.findings:
                    row = word_finding(catalog, finding, "s", submission.campaign_id, submission.form_id)
                    assert row.message_zh and row.message_en
    print("fuzz:", outcomes)
    assert crashes == []
    assert outcomes["refused"] > rounds // 3 and outcomes["read"] > rounds // 3


def test_random_damage_gives_only_our_own_outcomes(catalog: Catalog, sample_root: Path, tmp_path: Path) -> None:
    fuzz(catalog, sample_root, tmp_path, 50)


@pytest.mark.slow
def test_much_random_damage(catalog: Catalog, sample_root: Path, tmp_path: Path) -> None:
    fuzz(catalog, sample_root, tmp_path, 2000)


def test_a_table_of_arrivals_with_junk_does_not_stop_the_load(tmp_path: Path) -> None:
    folder = tmp_path / CAMPAIGN
    folder.mkdir()
    (folder / "好.docx").write_bytes(good_form())
    with (folder / "received.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([["file", "received_at"], ["好.docx", "昨天"], [], ["不存在.docx", ""], ["x"]])
    assert main(["load", str(folder), "--releases", str(tmp_path / "out"), "--quiet"]) == 0


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"\x81\x30\x81", b"\x00" * 50], ids=["half-utf16", "half-gb", "nul"])
def test_an_unreadable_table_of_arrivals_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], data: bytes
) -> None:
    folder = tmp_path / CAMPAIGN
    folder.mkdir()
    (folder / "好.docx").write_bytes(good_form())
    (folder / "received.csv").write_bytes(data)
    assert main(["load", str(folder), "--releases", str(tmp_path / "out"), "--quiet"]) in (0, 1)
    assert "Traceback" not in capsys.readouterr().err


def test_arrivals_written_by_excel_in_gb18030_are_read(tmp_path: Path) -> None:
    folder = tmp_path / CAMPAIGN
    folder.mkdir()
    (folder / "好.docx").write_bytes(good_form())
    (folder / "received.csv").write_bytes("file,received_at\r\n好.docx,2022-07-01 08:00\r\n".encode("gb18030"))
    assert main(["load", str(folder), "--releases", str(tmp_path / "out"), "--quiet"]) == 0
    found = rows(tmp_path / "out", "select received_at from submission")
    assert found == [(datetime(2022, 7, 1, 8, 0),)]
