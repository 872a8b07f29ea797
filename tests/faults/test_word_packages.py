"""A Word file in every way a program packs it: the same answers come back, or the file is named."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from etl.catalog import load_catalog
from etl.facts import Submission
from etl.files.intake import Job
from etl.read_file import read_job
from tests.faults.test_bad_files import CAMPAIGN, good_form, repacked

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "word/document.xml"


def read(folder: Path, data: bytes) -> Submission:
    path = folder / "表"
    path.write_bytes(data)
    (submission,) = read_job(load_catalog(), Job(path, "表", CAMPAIGN, datetime(2022, 7, 1), False))
    return submission


def parts() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(good_form())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(content: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return out.getvalue()


def renamed(new: str) -> bytes:
    old = parts()
    old[new] = old.pop(MAIN)
    for name in ("_rels/.rels", "[Content_Types].xml"):
        old[name] = old[name].replace(MAIN.encode(), new.encode())
    return packed(old)


def strict() -> bytes:
    usual = b"http://schemas.openxmlformats.org/"
    names = {
        b"wordprocessingml": b"wordprocessingml/main",
        b"drawingml": b"drawingml/main",
        b"officeDocument": b"officeDocument/relationships",
    }
    found = parts()
    for kind, new in names.items():
        old = usual + kind + b"/2006/" + new.rpartition(b"/")[2]
        found = {n: d.replace(old, b"http://purl.oclc.org/ooxml/" + new) for n, d in found.items()}
    return packed(found)


def flat() -> bytes:
    space = 'xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"'
    body = b"".join(
        b'<pkg:part pkg:name="/%s"><pkg:xmlData>%s</pkg:xmlData></pkg:part>' % (n.encode(), d.partition(b"?>")[2])
        for n, d in parts().items()
        if n.endswith((".xml", ".rels")) and d.startswith(b"<?xml")
    )
    return f'<?xml version="1.0"?><pkg:package {space}>'.encode() + body + b"</pkg:package>"


PACKED: dict[str, Callable[[], bytes]] = {
    "strict": strict,
    "one XML file": flat,
    "another part name": lambda: renamed("word/document2.xml"),
    "another folder": lambda: renamed("doc/main.xml"),
    "backslashes": lambda: packed({n.replace("/", "\\"): d for n, d in parts().items()}),
    "leading slashes": lambda: packed({f"/{n}": d for n, d in parts().items()}),
    "another case": lambda: packed({n.replace("document", "Document"): d for n, d in parts().items()}),
    "line break before": lambda: b"\r\n" + good_form(),
    "another prefix": lambda: repacked(good_form(), {MAIN: parts()[MAIN].replace(b"<w:", b"<x:").replace(b"</w:", b"</x:").replace(b" w:", b" x:").replace(b"xmlns:w=", b"xmlns:x=")}),
    "UTF-16": lambda: repacked(good_form(), {MAIN: parts()[MAIN].decode().replace("UTF-8", "UTF-16").encode("utf-16")}),
}  # fmt: skip


@pytest.mark.parametrize("way", PACKED)
def test_the_same_answers_in_every_package(tmp_path: Path, way: str) -> None:
    found = read(tmp_path, PACKED[way]())
    assert not found.is_refused, found.findings
    assert sum(f.value == 12 for f in found.facts) == 35


def linked(target: str, kind: str, content: bytes, body: bytes) -> bytes:
    link = f'<Relationship Id="rNew" Type="{R}/{kind}" Target="{target}"/></Relationships>'.encode()
    rels = "word/_rels/document.xml.rels"
    changed = {rels: parts()[rels].replace(b"</Relationships>", link), f"word/{target}": content}
    return repacked(good_form(), {**changed, MAIN: body})


def test_a_document_put_in_when_the_file_is_opened_is_read(tmp_path: Path) -> None:
    chunk = f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body><w:altChunk r:id="rNew"/></w:body></w:document>'
    found = read(tmp_path, linked("chunk.docx", "aFChunk", good_form(), chunk.encode()))
    assert sum(f.value == 12 for f in found.facts) == 35


def test_a_number_in_a_comment_is_named_and_not_read(tmp_path: Path) -> None:
    note = f'<w:comments xmlns:w="{W}"><w:comment w:id="0"><w:p><w:r><w:t>应为88</w:t></w:r></w:p></w:comment></w:comments>'
    found = read(tmp_path, linked("comments.xml", "comments", note.encode(), parts()[MAIN]))
    assert [f.found for f in found.findings if f.rule == "note_text"] == ["应为88"]
    assert 88 not in {f.value for f in found.facts}


def test_the_page_head_says_who_reports(tmp_path: Path) -> None:
    page = f'<w:hdr xmlns:w="{W}"><w:p><w:r><w:t>填报单位：高平市</w:t></w:r></w:p></w:hdr>'
    body = parts()[MAIN].decode()
    start = body.index("<w:p>", body.index("</w:p>"))
    end = body.index("<w:tbl>")
    found = read(tmp_path, linked("header9.xml", "header", page.encode(), (body[:start] + body[end:]).encode()))
    assert found.unit_id == "140581"


def with_chunk(content: bytes, name: str, into: str) -> bytes:
    """A filled form with another document put in behind some words of its text."""
    body = parts()[MAIN].decode()
    at = body.index("</w:p>", body.index(into)) + len("</w:p>")
    chunk = f'<w:altChunk xmlns:r="{R}" r:id="rNew"/>'
    return linked(name, "aFChunk", content, (body[:at] + chunk + body[at:]).encode())


MHTML = b'MIME-Version: 1.0\nContent-Type: text/html; charset="utf-8"\nContent-Transfer-Encoding: 8bit\n\n'
PAGE = "<html><meta charset='utf-8'><body><p>另培训(77)人次</p></body></html>"
CHUNKS = {
    "a.txt": ("另培训(77)人次".encode(), "77"),
    "a.html": (PAGE.encode(), "77"),
    "a.mht": (MHTML + PAGE.encode(), "77"),
    "a.rtf": (rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0 \'b9\'b2 77\'b3\'a1\par}", "RTF 共 77场"),
}


@pytest.mark.parametrize("into", ["进展情况统计表", "培训辅导等"])
@pytest.mark.parametrize("name", CHUNKS)
def test_a_text_put_in_is_read_at_its_place_or_named_and_the_form_counts(tmp_path: Path, name: str, into: str) -> None:
    content, named = CHUNKS[name]
    found = read(tmp_path, with_chunk(content, name, into))
    assert sum(f.value == 12 for f in found.facts) == 35
    # A line above the form is a covering letter's and says nothing of it.
    if not (into == "进展情况统计表" and name != "a.rtf"):
        assert any(named in f.found for f in found.findings)


@pytest.mark.parametrize(
    ("content", "why"), [(b"PK\x03\x04 no archive", "damaged"), (b"", "empty"), (b"<html>\x00\x00", "/")]
)
def test_a_document_put_in_that_cannot_be_opened_is_named_and_the_form_counts(
    tmp_path: Path, content: bytes, why: str
) -> None:
    found = read(tmp_path, with_chunk(content, "a.docx", "进展情况统计表"))
    assert sum(f.value == 12 for f in found.facts) == 35
    assert [why in f.found for f in found.findings if f.rule == "chunk_unread"] == [True]
