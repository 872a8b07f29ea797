"""The guard before any parser: sizes, kinds, macros, links, protection, bombs, DTDs, names, far cells (one test a point)."""

from __future__ import annotations

import hashlib
import io
import socket
import time
import tracemalloc
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

import etl.guard.size
import etl.read_file
from etl.__main__ import main
from etl.catalog import Catalog, load_catalog
from etl.errors import FileRefused
from etl.facts import Submission
from etl.files.intake import Job
from etl.guard.package import open_package
from etl.read.xlsx import read_xlsx
from etl.read_file import read_job
from tests.faults.test_bad_files import CAMPAIGN, bomb, good_form, lying_bomb, many_parts, ole, repacked, rows, workbook

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def read(catalog: Catalog, folder: Path, data: bytes, name: str = "a.docx") -> Submission:
    path = folder / "stored"
    path.write_bytes(data)
    return read_job(catalog, Job(path, name, CAMPAIGN, datetime(2022, 7, 1), False))[0]


def rules(submission: Submission) -> set[str]:
    return {f.rule for f in submission.findings}


def n_read(submission: Submission) -> int:
    return sum(f.value == 12 for f in submission.facts)


def test_i1_the_limit_itself_is_accepted_one_byte_more_is_not(
    catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = good_form()
    for module in (etl.guard.size, etl.read_file):
        monkeypatch.setattr(module, "MAX_FILE_BYTES", len(data))
    assert n_read(read(catalog, tmp_path, data)) == 35

    def never(*_: object) -> None:
        raise AssertionError("a parser was called")

    for module, name in ((etl.read_file, "open_package"), (etl.read_file, "sniff"), (etl.read_file, "_read")):
        monkeypatch.setattr(module, name, never)
    assert rules(read(catalog, tmp_path, data + b"\x00")) == {"file_too_large"}
    assert rules(read(catalog, tmp_path, b"")) == {"file_empty"}


@pytest.mark.parametrize("name", ["a.docx", "A.DOCX", "a.pdf", "a.xls", "a", "a.jpg.exe"])
def test_i2_the_name_says_nothing(catalog: Catalog, tmp_path: Path, name: str) -> None:
    found = read(catalog, tmp_path, good_form(), name)
    assert (n_read(found), found.source_format) == (35, "docx")
    assert read(catalog, tmp_path, b"%PDF-1.4\n", name).source_format == "pdf"
    assert read(catalog, tmp_path, ole("Workbook"), name).source_format == "xls"


def linked(part: str, kind: str) -> bytes:
    target = 'Target="http://192.0.2.1/evil.dotm" TargetMode="External"'
    head = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    with zipfile.ZipFile(io.BytesIO(good_form())) as archive:
        old = archive.read(part).decode() if part in archive.namelist() else f"{head}</Relationships>"
    link = f'<Relationship Id="rEvil" Type="{RELATION}/{kind}" {target}/>'
    return repacked(good_form(), {part: old.replace("</Relationships>", f"{link}</Relationships>").encode()})


def test_i3_macros_objects_and_links_are_remarked_and_never_opened(
    catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_network(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", no_network)
    cases = {
        "macros_ignored": [repacked(good_form(), {"word/vbaProject.bin": b"\x00" * 99})],
        "embedded_ignored": [
            repacked(good_form(), {"word/embeddings/oleObject1.bin": ole("x")}),
            repacked(good_form(), {"word/activeX/activeX1.bin": b"x"}),
        ],
        "external_link_ignored": [
            linked("word/_rels/settings.xml.rels", "attachedTemplate"),
            linked("word/_rels/document.xml.rels", "image"),
            linked("word/_rels/document.xml.rels", "oleObject"),
        ],
    }
    for rule, files in cases.items():
        for data in files:
            found = read(catalog, tmp_path, data)
            assert rules(found) == {rule} and n_read(found) == 35
    assert rules(read(catalog, tmp_path, linked("word/_rels/document.xml.rels", "hyperlink"))) == set()
    book = repacked(
        workbook(lambda b: None), {"xl/vbaProject.bin": b"x", "xl/externalLinks/externalLink1.xml": b"<a/>"}
    )
    assert rules(read(catalog, tmp_path, book, "a.xlsm")) >= {"macros_ignored", "external_link_ignored"}


def test_i4_protected_files_are_named_so(catalog: Catalog, tmp_path: Path) -> None:
    head = bytearray(b"\xec\xa5" + b"\x00" * 510)
    head[0x0B] |= 0x01
    old_word = ole("WordDocument")[:3584].ljust(3584, b"\x00") + bytes(head) + b"\x00" * 600
    manifest = b"<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
    odt = {
        "mimetype": b"application/vnd.oasis.opendocument.text",
        "content.xml": b"\x8f",
        "META-INF/manifest.xml": manifest,
    }
    flagged = bytearray(good_form())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        flagged[flagged.index(mark) + offset] |= 1
    for data in (ole("EncryptedPackage"), old_word, repacked(empty_zip(), odt), bytes(flagged)):
        assert rules(read(catalog, tmp_path, data)) == {"encrypted"}


def empty_zip() -> bytes:
    out = io.BytesIO()
    zipfile.ZipFile(out, "w").close()
    return out.getvalue()


@pytest.mark.parametrize("make", [bomb, many_parts, lying_bomb], ids=["210 MB", "2,100 parts", "lying sizes"])
def test_i5_bombs_are_refused_at_once_and_without_memory(catalog: Catalog, tmp_path: Path, make: object) -> None:
    data = make()  # type: ignore[operator]
    (tmp_path / "stored").write_bytes(data)
    job = Job(tmp_path / "stored", "a.docx", CAMPAIGN, datetime(2022, 7, 1), False)
    read_job(catalog, job)
    tracemalloc.start()
    started = time.process_time()
    (found,) = read_job(catalog, job)
    taken, peak = time.process_time() - started, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.is_refused and rules(found) <= {"zip_too_large", "file_damaged", "form_not_recognised"}
    assert taken < 1 and peak < 50 * 1024 * 1024


DTDS = {
    "external entity": b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    "billion laughs": b'<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "'
    + b"&a;" * 50
    + b'"><!ENTITY c "'
    + b"&b;" * 50
    + b'">]>',
    "large entity": b'<!DOCTYPE d [<!ENTITY a "' + b"x" * 1_000_000 + b'">]>',
    "behind a long comment": b"<!--" + b"-x" * 300_000 + b'--><!DOCTYPE d [<!ENTITY a "b">]>',
    "external subset": b'<!DOCTYPE d PUBLIC "x" "http://192.0.2.1/x.dtd">',
}


@pytest.mark.parametrize("dtd", DTDS)
@pytest.mark.parametrize("code", ["utf-8", "utf-16", "utf-16-be", "utf-32", "utf-32-be"])
@pytest.mark.parametrize("part", ["word/document.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"])
def test_i6_a_dtd_in_any_part_is_refused(catalog: Catalog, tmp_path: Path, part: str, code: str, dtd: str) -> None:
    data = good_form() if part.startswith("word") else workbook(lambda b: None)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read(part).decode()
    body = xml.partition("?>")[2] if xml.startswith("<?xml") else xml
    changed = f'<?xml version="1.0" encoding="{code[:6]}"?>'.replace("utf-8", "UTF-8") + DTDS[dtd].decode() + body
    found = read(catalog, tmp_path, repacked(data, {part: changed.encode(code)}))
    assert rules(found) == {"dtd_refused"} and found.is_refused


@pytest.mark.parametrize(("said", "code"), [("UTF-7", "utf-7"), ("cp037", "cp037"), ("x-own", "utf-8")])
@pytest.mark.parametrize("part", ["word/document.xml", "word/_rels/document.xml.rels"])
def test_i6_a_code_that_may_hide_a_dtd_is_refused(
    catalog: Catalog, tmp_path: Path, part: str, said: str, code: str
) -> None:
    with zipfile.ZipFile(io.BytesIO(good_form())) as archive:
        body = archive.read(part).decode().partition("?>")[2]
    text = f'<?xml version="1.0" encoding="{said}"?>' + DTDS["external entity"].decode() + body
    # Beyond the code's own letters, signs as numbers.
    written = text.encode(code, "xmlcharrefreplace").replace(b"+ADw-?xml", b"<?xml").replace(b"?+AD4-", b"?>", 1)
    if code == "utf-7":
        written = text.partition("?>")[0].encode() + b"?>" + text.partition("?>")[2].encode("utf-7")
    found = read(catalog, tmp_path, repacked(good_form(), {part: written}))
    if part.endswith(".rels"):  # a part that need not be read: told
        assert found.is_refused or "external_link_ignored" in rules(found)
    else:
        assert found.is_refused and rules(found) <= {"file_damaged", "dtd_refused"}


@pytest.mark.parametrize("gone", [10, 60, 150, 4000])
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_an_archive_of_forms_that_was_cut_off_is_not_read_as_its_last_one(
    catalog: Catalog, tmp_path: Path, method: int, gone: int
) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name in ("甲.docx", "乙.docx", "丙.docx"):
            archive.writestr(name, good_form())
    found = read(catalog, tmp_path, out.getvalue()[:-gone])
    assert found.is_refused and rules(found) == {"file_damaged"}


def test_i7_names_with_a_way_out_stay_names(catalog: Catalog, tmp_path: Path) -> None:
    names = ("../../evil.xml", "/etc/evil.xml", "C:\\evil.xml", "x" * 300 + ".xml", "a.docx:evil.exe", "nul.xml?")
    data = repacked(good_form(), dict.fromkeys(names, b"<a/>")).replace(b"nul.xml?", b"nul.xml\0")
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("../../etc/x.docx", "a.docx:evil.exe", "x" * 300 + ".docx", "a\0b.docx", "C:\\x.docx"):
        found = read(catalog, folder, data, name)
        assert n_read(found) == 35 and found.sha256 == hashlib.sha256(data).hexdigest()
    assert [p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*")] == ["in", "in/stored"]


@pytest.mark.parametrize("kind", ["far cell", "empty rows", "wide rows"])
def test_i8_far_and_empty_cells_cost_nothing(kind: str) -> None:
    if kind == "far cell":
        data = workbook(lambda b: b.worksheets[0].__setitem__("XFD1048576", "x"))
    else:
        with zipfile.ZipFile(io.BytesIO(workbook(lambda b: None))) as archive:
            xml = archive.read("xl/worksheets/sheet1.xml")
        if kind == "empty rows":
            more = "".join(f'<row r="{n}" s="1" customFormat="1" ht="14"/>' for n in range(4, 1_048_577))
        else:
            names = [a + b + c for a in " ABCDEFG" for b in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for c in "ABCDEFGHIJKLMNOP"]
            more = '<row r="4">' + "".join(f'<c r="{n.strip()}4" s="1"/>' for n in names) * 5 + "</row>"
        changed = xml.replace(b"</sheetData>", more.encode() + b"</sheetData>")
        data = repacked(workbook(lambda b: None), {"xl/worksheets/sheet1.xml": changed})
    started = time.process_time()
    sheet = read_xlsx(open_package(data)).sheets[0]
    assert time.process_time() - started < 2
    assert len(sheet.rows) == 3 and max(len(r) for r in sheet.rows) <= 200


FORMULAS = ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1"]


def test_i18_texts_that_look_like_formulas_pass_as_texts(tmp_path: Path) -> None:
    folder = tmp_path / CAMPAIGN
    folder.mkdir()
    for number, text in enumerate(FORMULAS):
        (folder / f"{text.strip()} {number}.docx").write_bytes(good_form(f"{text}某局"))
    (folder / "好.docx").write_bytes(good_form())
    out = tmp_path / "out"
    assert main(["load", str(folder), "--releases", str(out), "--quiet"]) == 0
    names = {str(n) for (n,) in rows(out, "select source_name from submission")}
    assert {f"{t.strip()} {n}.docx" for n, t in enumerate(FORMULAS)} <= names
    assert rows(out, "select * from finding where rule = 'crash'") == []
    from dashboard.tables import inert

    for (text,) in rows(
        out, "select name from unit union select found from finding union select source_name from submission"
    ):
        shown = str(inert(str(text or "")))
        assert not shown.lstrip().startswith(("=", "+", "-", "@"))


def test_i19_markup_in_names_is_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / CAMPAIGN
    folder.mkdir()
    nasty = "<b>onerror=alert(1)<b>[x](javascript:alert(1))局"
    (folder / "好.docx").write_bytes(good_form())
    (folder / "b.docx").write_bytes(good_form(nasty))
    out = tmp_path / "out"
    assert main(["load", str(folder), "--releases", str(out)]) == 0
    texts = [str(t) for (t,) in rows(out, "select message_zh from finding where found like '%onerror%'")]
    assert texts and all("{" not in t for t in texts)
    from dashboard.components.markup import escape

    assert "<" not in escape(nasty)


def test_a_refusal_is_our_own_error() -> None:
    with pytest.raises(FileRefused):
        open_package(b"PK\x03\x04" + b"\x00" * 50)
