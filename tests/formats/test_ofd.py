"""OFD files: forms and tables of full truth, and files that are no sound OFD."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape, unescape

import pytest

from etl.catalog import Catalog
from tests.faults.test_bad_files import repacked
from tests.formats.conftest import FORMS, Made
from tests.formats.made import compare, read_one
from tests.formats.ofd_writer import ofd_of_pdf


@pytest.mark.parametrize("campaign_id", FORMS)
def test_forms_come_back(catalog: Catalog, made: Made, tmp_path: Path, campaign_id: str) -> None:
    path = tmp_path / "报表.ofd"
    path.write_bytes(ofd_of_pdf(made.form(campaign_id, "pdf")))
    submissions = read_one(catalog, path, campaign_id)
    found = compare(made.truths[campaign_id], submissions, made.units[campaign_id])
    assert (found.wrong, found.lost, found.withheld) == ([], [], []), [f for s in submissions for f in s.findings]
    assert {s.source_format for s in submissions} == {"ofd"}


@pytest.mark.parametrize("campaign_id", ["jincheng-2022", "ningxia-2021"])
def test_tables_come_back(catalog: Catalog, made: Made, tmp_path: Path, campaign_id: str) -> None:
    path = tmp_path / "汇总.ofd"
    path.write_bytes(ofd_of_pdf(made.table(campaign_id, "pdf")))
    submissions = read_one(catalog, path, campaign_id)
    for unit_id, truth in made.tables[campaign_id].items():
        found = compare(truth, submissions, unit_id)
        assert (found.wrong, found.lost, found.withheld) == ([], [], []), unit_id


def test_no_sound_ofd(catalog: Catalog, made: Made, tmp_path: Path) -> None:
    good = ofd_of_pdf(made.form("ningxia-2021", "pdf"))
    entity = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"/>'
    cases = {
        "pictures.ofd": (ofd_of_pdf(made.form("ningxia-2021", "pdf"), with_text=False), "needs_ocr"),
        "dtd.ofd": (repacked(good, {"OFD.xml": entity}), "dtd_refused"),
        "empty.ofd": (repacked(good, {"OFD.xml": b"<x/>"}), "file_damaged"),
        "lost.ofd": (
            repacked(
                good, {"Doc_0/Document.xml": b"<Document><Pages><Page BaseLoc='../../../etc/x'/></Pages></Document>"}
            ),
            "file_damaged",
        ),
    }
    for name, (data, rule) in cases.items():
        (tmp_path / name).write_bytes(data)
        (refused,) = read_one(catalog, tmp_path / name, "ningxia-2021")
        assert refused.is_refused and [f.rule for f in refused.findings] == [rule], name


_OBJECT = re.compile(
    r'<ofd:TextObject ID="5" Boundary="([\d.-]+) ([\d.-]+) ([\d.-]+) ([\d.-]+)" Font="1" Size="([\d.]+)">'
    r'<ofd:TextCode X="0" Y="([\d.]+)" DeltaX="([^"]*)">(.*?)</ofd:TextCode></ofd:TextObject>'
)


def _steps(delta: str, count: int) -> list[float]:
    if delta.startswith("g "):
        _, n, step = delta.split()
        return [float(step)] * int(n)
    return [float(x) for x in delta.split()][:count]


def _an_object_a_character(found: re.Match[str]) -> str:
    x, y, _, high, size = map(float, found.groups()[:5])
    text, out = unescape(found[8]), []
    for char, step in zip(text, [*_steps(found[7], len(text) - 1), 0.0], strict=True):
        out.append(f'<ofd:TextObject ID="5" Boundary="{x:.4f} {y} {size} {high}" Font="1" Size="{size}"><ofd:TextCode X="0" Y="{found[6]}">{escape(char)}</ofd:TextCode></ofd:TextObject>')  # fmt: skip
        x += step
    return "".join(out)


def _a_code_a_character(found: re.Match[str]) -> str:
    text, here, out = unescape(found[8]), 0.0, []
    for char, step in zip(text, [*_steps(found[7], len(text) - 1), 0.0], strict=True):
        out.append(f'<ofd:TextCode X="{here:.4f}" Y="{found[6]}">{escape(char)}</ofd:TextCode>')
        here += step
    head = found[0].partition("<ofd:TextCode")[0]
    return f"{head}{''.join(out)}</ofd:TextObject>"


def _twice_as_large_by_matrix(found: re.Match[str]) -> str:
    x, y, wide, high, size = map(float, found.groups()[:5])
    steps = " ".join(f"{s / 2:.5f}" for s in _steps(found[7], 999))
    return (
        f'<ofd:TextObject ID="5" Boundary="{x} {y} {wide} {high}" CTM="2 0 0 2 0 0" Font="1" Size="{size / 2}">'
        f'<ofd:TextCode X="0" Y="{float(found[6]) / 2}" DeltaX="{steps}">{found[8]}</ofd:TextCode></ofd:TextObject>'
    )


WAYS: dict[str, Callable[[str], str]] = {
    "an object a character": lambda x: _OBJECT.sub(_an_object_a_character, x),
    "a code a character": lambda x: _OBJECT.sub(_a_code_a_character, x),
    "scaled by a matrix": lambda x: _OBJECT.sub(_twice_as_large_by_matrix, x),
    "no prefix": lambda x: x.replace("ofd:", "").replace("xmlns:ofd", "xmlns"),
    "in blocks": lambda x: _OBJECT.sub(lambda m: f'<ofd:PageBlock ID="9">{m[0]}</ofd:PageBlock>', x),
    "objects backwards": lambda x: re.sub(
        r"(<ofd:Layer[^>]*>)(.*)(</ofd:Layer>)",
        lambda m: (
            m[1] + "".join(reversed(re.findall(r"<ofd:(?:Text|Path)Object.*?</ofd:(?:Text|Path)Object>", m[2]))) + m[3]
        ),
        x,
        flags=re.DOTALL,
    ),
}


def _changed(data: bytes, change: Callable[[str], str]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {n: archive.read(n).decode() for n in archive.namelist() if n.endswith("Content.xml")}
    changed = {n: change(x) for n, x in parts.items()}
    assert changed != parts
    return repacked(data, {n: x.encode() for n, x in changed.items()})


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("campaign_id", ["chongqing-2021", "ningxia-2021"])
def test_texts_in_other_pieces_say_the_same(
    catalog: Catalog, made: Made, tmp_path: Path, campaign_id: str, way: str
) -> None:
    path = tmp_path / "a.ofd"
    path.write_bytes(_changed(ofd_of_pdf(made.form(campaign_id, "pdf")), WAYS[way]))
    found = compare(made.truths[campaign_id], read_one(catalog, path, campaign_id), made.units[campaign_id])
    assert (found.wrong, found.lost, found.withheld) == ([], [], [])


def test_two_forms_in_one_file_are_two_submissions(catalog: Catalog, made: Made, tmp_path: Path) -> None:
    data = ofd_of_pdf(made.form("ningxia-2021", "pdf"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {n: archive.read(n) for n in archive.namelist()}
    second = {n.replace("Doc_0", "Doc_1"): x.replace("银川市".encode(), "吴忠市".encode()) for n, x in parts.items() if n.startswith("Doc_0")}  # fmt: skip
    body = re.search(rb"<ofd:DocBody>.*</ofd:DocBody>", parts["OFD.xml"])
    assert body is not None
    both = parts["OFD.xml"].replace(body[0], body[0] + body[0].replace(b"Doc_0", b"Doc_1"))
    path = tmp_path / "a.ofd"
    path.write_bytes(repacked(data, {**second, "OFD.xml": both}))
    submissions = read_one(catalog, path, "ningxia-2021")
    truth = made.truths["ningxia-2021"]
    for unit in ("640100", "640300"):
        found = compare(truth, submissions, unit)
        assert (found.wrong, found.lost, found.withheld) == ([], [], []), (unit, [s.unit_id for s in submissions])
    assert "several_forms" in {f.rule for s in submissions for f in s.findings}
