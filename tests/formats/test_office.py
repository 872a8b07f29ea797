"""LibreOffice as a helper that may be missing, hang, or be handed a hostile file."""

from __future__ import annotations

import http.server
import shutil
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import etl.files.office
from etl.catalog import Catalog
from etl.files.intake import Job
from tests.faults.test_bad_files import repacked
from tests.formats.conftest import Made
from tests.formats.made import DAY, compare, read_one, read_several

NINGXIA = "ningxia-2021"


def test_without_libreoffice_each_file_says_what_to_do(
    catalog: Catalog, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATLAS_SOFFICE", "")
    jobs = [Job(made.form(NINGXIA, s), f"a.{s}", NINGXIA, DAY, False) for s in ("doc", "rtf", "odt", "docx")]
    read = {s.source_format: s for s in read_several(catalog, jobs)}
    assert {k: (s.is_refused, [f.rule for f in s.findings if f.rule.startswith("needs")]) for k, s in read.items()} == {
        "doc": (True, ["needs_libreoffice"]),
        "rtf": (True, ["needs_libreoffice"]),
        "odt": (True, ["needs_libreoffice"]),
        "docx": (False, []),
    }
    assert "LibreOffice" in catalog.rules["needs_libreoffice"].message_zh
    assert len({s.sha256 for s in read.values()}) == 4


def test_one_call_converts_all_and_a_broken_file_costs_itself_only(
    catalog: Catalog, made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []
    run = etl.files.office._run
    monkeypatch.setattr(etl.files.office, "_run", lambda *a: (calls.append(len(a[1])), run(*a))[1])
    broken = tmp_path / "broken.doc"
    data = made.form(NINGXIA, "doc").read_bytes()
    broken.write_bytes(data[:2048] + b"\x00" * 3000 + "WordDocument".encode("utf-16-le"))
    paths = [made.form(c, s) for c in made.units for s in ("doc", "odt", "rtf")]
    jobs = [Job(p, p.name, p.name.partition(".")[0], DAY, False) for p in paths]
    jobs.append(Job(broken, "broken.doc", NINGXIA, DAY, False))
    read = {s.source_name: s for s in read_several(catalog, jobs)}
    assert calls[0] == len(jobs) and sum(calls[1:]) <= 1
    for path in paths:
        campaign = path.name.partition(".")[0]
        assert compare(made.truths[campaign], [read[path.name]], made.units[campaign]).exact == len(
            made.truths[campaign]
        )
    assert read["broken.doc"].is_refused
    assert [f.rule for f in read["broken.doc"].findings] == ["file_damaged"]


@pytest.mark.skipif(shutil.which("sh") is None, reason="the stand-in program is a shell script")
def test_a_hanging_libreoffice_is_killed_with_its_children(
    catalog: Catalog, made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = tmp_path / "soffice"
    fake.write_text(f"#!/bin/sh\nsleep 300 & echo $! >> {tmp_path}/pids\nsleep 300\n")
    fake.chmod(0o755)
    monkeypatch.setenv("ATLAS_SOFFICE", str(fake))
    for name in ("START_SECONDS", "FILE_SECONDS", "ALONE_SECONDS"):
        monkeypatch.setattr(etl.files.office, name, 0.5)
    started = time.monotonic()
    (refused,) = read_one(catalog, made.form(NINGXIA, "doc"), NINGXIA)
    assert time.monotonic() - started < 8
    assert [f.rule for f in refused.findings] == ["timed_out"]
    time.sleep(0.2)
    pids = [Path("/proc", pid, "stat") for pid in (tmp_path / "pids").read_text().split()]
    assert pids and all(not p.exists() or ") Z " in p.read_text() for p in pids)


def test_macros_are_remarked(catalog: Catalog, made: Made, tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(made.form(NINGXIA, "doc").read_bytes() + "_VBA_PROJECT".encode("utf-16-le") + b"\x00" * 500)
    submissions = read_one(catalog, path, NINGXIA)
    assert "macros_ignored" in {f.rule for f in submissions[0].findings}
    assert compare(made.truths[NINGXIA], submissions, made.units[NINGXIA]).exact == len(made.truths[NINGXIA])


MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="M" script:language="StarBasic">
Sub Main
Open "{mark}" For Output As #1
Print #1, "ran"
Close #1
End Sub
</script:module>"""
LIBRARY = '<?xml version="1.0"?><library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false"><library:element library:name="M"/></library:library>'
LIBRARIES = '<?xml version="1.0"?><library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink"><library:library library:name="Standard" library:link="false"/></library:libraries>'


def with_macro(data: bytes, mark: Path) -> bytes:
    """An .odt whose macro writes a file when the document is opened."""
    with zipfile.ZipFile(__import__("io").BytesIO(data)) as archive:
        content, manifest = archive.read("content.xml"), archive.read("META-INF/manifest.xml")
    listener = (
        b"<office:scripts><office:event-listeners><script:event-listener"
        b' xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" script:language="ooo:script"'
        b' script:event-name="dom:load" xmlns:xlink="http://www.w3.org/1999/xlink" xlink:type="simple"'
        b' xlink:href="vnd.sun.star.script:Standard.M.Main?language=Basic&amp;location=document"/>'
        b"</office:event-listeners></office:scripts>"
    )
    assert b"<office:scripts/>" in content
    names = ("Basic/script-lc.xml", "Basic/Standard/script-lb.xml", "Basic/Standard/M.xml")
    entries = b"".join(
        f'<manifest:file-entry manifest:full-path="{n}" manifest:media-type="text/xml"/>'.encode() for n in names
    )
    changes = dict(zip(names, (LIBRARIES.encode(), LIBRARY.encode(), MODULE.format(mark=mark).encode()), strict=True))
    changes["content.xml"] = content.replace(b"<office:scripts/>", listener)
    changes["META-INF/manifest.xml"] = manifest.replace(b"</manifest:manifest>", entries + b"</manifest:manifest>")
    return repacked(data, changes)


def test_a_macro_bound_to_opening_does_not_run(catalog: Catalog, made: Made, tmp_path: Path) -> None:
    path, mark = tmp_path / "a.odt", tmp_path / "ran.txt"
    path.write_bytes(with_macro(made.form(NINGXIA, "odt").read_bytes(), mark))
    submissions = read_one(catalog, path, NINGXIA)
    assert compare(made.truths[NINGXIA], submissions, made.units[NINGXIA]).exact == len(made.truths[NINGXIA])
    assert not mark.exists()


@pytest.fixture
def calls() -> Iterator[tuple[int, list[str]]]:
    """A local web server that remembers who called."""
    heard: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1], heard
    server.shutdown()


def test_nothing_is_fetched(catalog: Catalog, made: Made, tmp_path: Path, calls: tuple[int, list[str]]) -> None:
    port, heard = calls
    url = f"http://127.0.0.1:{port}/picture.png"
    rtf = made.form(NINGXIA, "rtf").read_bytes()
    at = rtf.index(b"\\trowd")
    field = b'{\\field{\\*\\fldinst {INCLUDEPICTURE "' + url.encode() + b'" \\\\d}}{\\fldrslt {x}}}\\par '
    (tmp_path / "a.rtf").write_bytes(rtf[:at] + field + rtf[at:])
    odt = made.form(NINGXIA, "odt").read_bytes()
    with zipfile.ZipFile(made.form(NINGXIA, "odt")) as archive:
        content = archive.read("content.xml")
    frame = (
        '<text:p><draw:frame draw:name="f" svg:width="2cm" svg:height="2cm" text:anchor-type="as-char"><draw:image'
        f' xlink:href="{url}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p>'
    )
    changed = content.replace(b"</office:text>", frame.encode() + b"</office:text>")
    assert changed != content
    (tmp_path / "a.odt").write_bytes(repacked(odt, {"content.xml": changed}))
    page = made.form(NINGXIA, "html").read_text(encoding="utf-8")
    (tmp_path / "a.html").write_text(page.replace("</body>", f'<img src="{url}"><script src="{url}"></script></body>'))
    for name in ("a.rtf", "a.odt", "a.html"):
        submissions = read_one(catalog, tmp_path / name, NINGXIA)
        assert compare(made.truths[NINGXIA], submissions, made.units[NINGXIA]).exact == len(made.truths[NINGXIA]), name
    assert heard == []
