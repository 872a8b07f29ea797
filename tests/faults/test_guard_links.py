"""Macros and links to the outside wherever a file may hold them: each is a finding, nothing is fetched, ordinary files stay quiet."""

from __future__ import annotations

import io
import socket
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from etl.catalog import Catalog, load_catalog
from etl.files.intake import Job
from etl.guard.kind import remarks_of
from etl.guard.outside import told_by_names
from etl.guard.package import open_package
from etl.read.xlsx import read_xlsx
from etl.read_file import Later, open_job
from tests.faults.hostile import zipped
from tests.faults.test_bad_files import CAMPAIGN, good_form, repacked, workbook
from tests.faults.test_guard import RELATION, n_read, read, rules

LINK, MACROS = "external_link_ignored", "macros_ignored"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OUTSIDE = 'Target="http://192.0.2.1/evil" TargetMode="External"'
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)


def relations(tag: str, code: str = "utf-8", prefix: str = "") -> bytes:
    name = f"xmlns:{prefix}" if prefix else "xmlns"
    start = f"{prefix}:" if prefix else ""
    head = f'<?xml version="1.0" encoding="{code}"?><{start}Relationships {name}="{PACKAGE}">'
    return f'{head}<{start}Relationship Id="r9" {tag}/></{start}Relationships>'.encode(code)


def book(parts: dict[str, bytes]) -> bytes:
    return repacked(workbook(lambda b: None), parts)


def form(parts: dict[str, bytes]) -> bytes:
    return repacked(good_form(), parts)


def in_text(paragraph: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(good_form())) as archive:
        text = archive.read("word/document.xml").decode()
    return form({"word/document.xml": text.replace("<w:body>", f"<w:body>{paragraph}", 1).encode()})


def field(*code: str) -> str:
    runs = "".join(f"<w:r><w:instrText>{c}</w:instrText></w:r>" for c in code)
    marks = [f'<w:r><w:fldChar w:fldCharType="{k}"/></w:r>' for k in ("begin", "separate", "end")]
    return f"{marks[0]}{runs}{marks[1]}<w:r><w:t>x</w:t></w:r>{marks[2]}"


IMAGE = f'Type="{RELATION}/image" {OUTSIDE}'
FORMS: dict[str, Callable[[], bytes]] = {
    "image of a page head": lambda: form({"word/_rels/header1.xml.rels": relations(IMAGE)}),
    "image of a footnote": lambda: form({"word/_rels/footnotes.xml.rels": relations(IMAGE)}),
    "name in capitals": lambda: form({"word/_RELS/HEADER1.XML.RELS": relations(IMAGE)}),
    "tag with a prefix": lambda: form({"word/_rels/header1.xml.rels": relations(IMAGE, prefix="p")}),
    "utf-16": lambda: form({"word/_rels/header1.xml.rels": relations(IMAGE, "utf-16")}),
    "letters as numbers": lambda: form(
        {"word/_rels/header1.xml.rels": relations(IMAGE.replace('"External"', '"Extern&#97;l"'))}
    ),
    "an address that says hyperlink": lambda: form(
        {"word/_rels/header1.xml.rels": relations(IMAGE.replace("evil", "hyperlink"))}
    ),
    "DDEAUTO": lambda: in_text(f"<w:p>{field('DDEAUTO cmd.exe x')}</w:p>"),
    "DDE over runs": lambda: in_text(f"<w:p>{field(' D', 'DE ', 'excel x')}</w:p>"),
    "DDE by a field inside": lambda: in_text(
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{field("QUOTE 68 68 69").replace(">x<", ">DDE<")}'
        '<w:r><w:instrText> excel x</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    ),
    "DDE as a simple field": lambda: in_text('<w:p><w:fldSimple w:instr="dde excel x"><w:r/></w:fldSimple></w:p>'),
    "INCLUDETEXT": lambda: in_text(f"<w:p>{field('INCLUDETEXT http://192.0.2.1/x.docx')}</w:p>"),
    "DDE in a page head": lambda: form(
        {"word/header1.xml": f"<w:hdr {WORD}><w:p>{field('DDEAUTO excel x')}</w:p></w:hdr>".encode()}
    ),
    "DDE in a page foot in utf-16": lambda: form(
        {"word/footer2.xml": f"<w:ftr {WORD}><w:p>{field('DDEAUTO excel x')}</w:p></w:ftr>".encode("utf-16")}
    ),
}


@pytest.mark.parametrize("what", FORMS)
def test_i3_a_link_in_any_part_of_a_word_form(catalog: Catalog, tmp_path: Path, what: str) -> None:
    found = read(catalog, tmp_path, FORMS[what]())
    assert [f.rule for f in found.findings] == [LINK] and n_read(found) == 35


BOOKS = {
    "oleObject": (LINK, {"xl/worksheets/_rels/sheet1.xml.rels": relations(f'Type="{RELATION}/oleObject" {OUTSIDE}')}),
    "connections": (LINK, {"xl/connections.xml": b"<connections/>"}),
    "connections elsewhere": (LINK, {"xl/_rels/x.rels": relations(f'Type="{RELATION}/connections" Target="c.xml"')}),
    "Excel 4 macros": (MACROS, {"xl/macrosheets/sheet1.xml": b"<xm:macrosheet/>"}),
    "backslashes": (MACROS, {"xl\\macrosheets\\sheet1.xml": b"<xm:macrosheet/>"}),
    "Excel 4 macros elsewhere": (
        MACROS,
        {
            "xl/_rels/x.rels": relations(
                'Type="http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet" Target="m.xml"'
            )
        },
    ),
    "macros elsewhere": (
        MACROS,
        {
            "xl/_rels/x.rels": relations(
                'Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="v.bin"'
            )
        },
    ),
}


@pytest.mark.parametrize("what", BOOKS)
def test_i3_a_link_or_macro_in_any_part_of_a_workbook(catalog: Catalog, tmp_path: Path, what: str) -> None:
    rule, parts = BOOKS[what]
    plain = read(catalog, tmp_path, book({}), "a.xlsx")
    found = read(catalog, tmp_path, book(parts), "a.xlsx")
    assert rules(found) - rules(plain) == {rule}
    assert [(f.indicator_id, f.value) for f in found.facts] == [(f.indicator_id, f.value) for f in plain.facts]


def test_i3_a_sheet_of_macros_is_not_read_as_a_sheet() -> None:
    with zipfile.ZipFile(io.BytesIO(book({}))) as archive:
        links, sheet = (archive.read(f"xl/{n}").decode() for n in ("_rels/workbook.xml.rels", "worksheets/sheet1.xml"))
    assert len(read_xlsx(open_package(book({}))).sheets) == 1
    old, new = f"{RELATION}/worksheet", "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet"
    links = links.replace(old, new).replace("worksheets/", "macrosheets/")
    read = read_xlsx(
        open_package(book({"xl/_rels/workbook.xml.rels": links.encode(), "xl/macrosheets/sheet1.xml": sheet.encode()}))
    )
    assert read.sheets == () and (MACROS, "") in read.remarks


def open_document(kind: str, text: str = "", more: tuple[str, ...] = ()) -> bytes:
    mime = f"application/vnd.oasis.opendocument.{kind}".encode()
    content = f"<office:document-content>{text}</office:document-content>".encode()
    return zipped({"mimetype": mime, "content.xml": content, **dict.fromkeys(more, b"<x/>")})


OPEN = {
    "Basic": (MACROS, "", ("Basic/script-lc.xml", "Basic/Standard/Module1.xml")),
    "Scripts": (MACROS, "", ("Scripts/python/m.py",)),
    "event": (MACROS, '<script:event-listener xlink:href="vnd.sun.star.script:x"/>', ()),
    "image": (LINK, '<draw:image xlink:type="simple" xlink:href="http://192.0.2.1/x.png"/>', ()),
    "section of another file": (LINK, '<text:section-source xlink:href="../other.odt"/>', ()),
    "DDE": (LINK, '<text:dde-connection-decl office:dde-application="soffice"/>', ()),
}


@pytest.mark.parametrize("what", OPEN)
@pytest.mark.parametrize("kind", ["text", "spreadsheet"])
def test_i3_macros_and_links_of_open_documents(catalog: Catalog, tmp_path: Path, kind: str, what: str) -> None:
    rule, text, more = OPEN[what]
    path = tmp_path / "stored"
    path.write_bytes(open_document(kind, text, more))
    found = open_job(catalog, Job(path, "a.odt", CAMPAIGN, datetime(2022, 7, 1), False))
    assert isinstance(found, Later) and found.remarks == (rule,)


OLD = {
    "rtf": rb"{\rtf1{\field{\*\fldinst { DDEAUTO c:\\cmd.exe x}}{\fldrslt x}}}",
    "ole-word": b"\xd0\xcf\x11\xe0 \x13 DDEAUTO c:\\cmd.exe x\x14",
}


@pytest.mark.parametrize("kind", OLD)
def test_i3_links_of_old_files(kind: str) -> None:
    assert remarks_of(kind, OLD[kind]) == (LINK,)
    assert remarks_of("ole-word", "\x13 DDE x".encode("utf-16-le")) == (LINK,)
    assert remarks_of(kind, OLD[kind].replace(b"DDEAUTO", b"PAGE")) == ()


def test_i3_what_ordinary_files_hold_is_no_remark(catalog: Catalog, tmp_path: Path) -> None:
    hyper = relations(f'Type="{RELATION}/hyperlink" {OUTSIDE}')
    for data in (
        form({"word/_rels/header1.xml.rels": hyper}),
        form({"word/_rels/header1.xml.rels": relations(f'Type="{RELATION}/image" Target="media/image1.png"')}),
        in_text(f"<w:p>{field('PAGE')}{field('LINKED')}{field('HYPERLINK http://192.0.2.1')}</w:p>"),
    ):
        assert rules(read(catalog, tmp_path, data)) == set()
    link = (
        '<text:a xlink:type="simple" xlink:href="http://192.0.2.1/">x</text:a><draw:image xlink:href="Pictures/1.png"/>'
    )
    data = open_document("text", link, ("Basic/script-lc.xml", "Basic/Standard/script-lb.xml", "Basic/"))
    assert remarks_of("odt", data, open_package(data)) == ()
    assert told_by_names(("Scripts/a.docx", "Basic/b.docx")) == ()  # an archive's folders


def test_i3_a_damaged_list_of_links_is_no_reason_to_refuse(catalog: Catalog, tmp_path: Path) -> None:
    found = read(catalog, tmp_path, form({"word/_rels/header1.xml.rels": b"no XML"}))
    assert rules(found) == set() and n_read(found) == 35
