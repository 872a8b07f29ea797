"""Scans and photographs: tilted, noisy pictures of filled forms. Nothing wrong, nothing said to be empty or exact."""

from __future__ import annotations

import hashlib
import re
import socket
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest
from PIL import Image

import etl.ocr.scan
from etl.assemble import assemble
from etl.catalog import Catalog
from etl.facts import Submission
from etl.ocr.cells import Cells, draw_cells
from tests.formats.conftest import Made
from tests.formats.made import compare, read_one


def scan(pdf: Path, target: Path, tilt: float, noise: float = 12.0, dots: int = 200) -> Path:
    """The PDF's pages as a scanner gives them: a little turned, a little dirty, no text."""
    rng = np.random.default_rng(5)
    pages = []
    for page in pypdfium2.PdfDocument(pdf):
        picture = page.render(scale=dots / 72).to_pil().convert("RGB")
        picture = picture.rotate(tilt, fillcolor=(250, 250, 248), resample=Image.Resampling.BICUBIC)
        dirty = np.asarray(picture) + rng.normal(0, noise, (picture.height, picture.width, 1))
        pages.append(Image.fromarray(dirty.clip(0, 255).astype("uint8")))
    more: dict[str, Any] = {"save_all": True, "append_images": pages[1:]} if target.suffix in (".pdf", ".tif") else {}
    pages[0].save(target, resolution=float(dots), **more)
    return target


def no_network(*_: object) -> None:
    raise AssertionError("OCR asked for the network")


@pytest.mark.parametrize(
    ("campaign_id", "suffix", "tilt", "at_least"),
    [
        ("ningxia-2021", "png", 0.8, 5),
        pytest.param("ningxia-2021", "tif", -1.5, 5, marks=pytest.mark.slow),
        pytest.param("jincheng-2022", "jpg", 0.4, 15, marks=pytest.mark.slow),
        pytest.param("jincheng-2022", "pdf", 1.2, 15, marks=pytest.mark.slow),
        pytest.param("chongqing-2021", "pdf", 0.8, 25, marks=pytest.mark.slow),
    ],
)
def test_scans_are_read_or_withheld(
    catalog: Catalog,
    made: Made,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    campaign_id: str,
    suffix: str,
    tilt: float,
    at_least: int,
) -> None:
    monkeypatch.setattr(socket.socket, "connect", no_network)
    path = scan(made.form(campaign_id, "pdf"), tmp_path / f"扫描.{suffix}", tilt)
    submissions = read_one(catalog, path, campaign_id)
    found = compare(made.truths[campaign_id], submissions, made.units[campaign_id])
    print(campaign_id, suffix, tilt, found)
    assert (found.wrong, found.lost) == ([], []), [f for s in submissions for f in s.findings]
    assert found.exact >= at_least, found.withheld
    check_honesty(catalog, submissions)


def check_honesty(catalog: Catalog, submissions: list[Submission]) -> None:
    """Every value approximate with its finding and picture, nothing counted as empty, no tick counted."""
    (submission,) = submissions
    form = catalog.forms[str(submission.form_id)]
    told = {f.indicator_id for f in submission.findings if f.rule == "ocr_value"}
    for fact in submission.facts:
        assert fact.state not in ("not_filled", "row_missing")
        if fact.state in ("reported", "explicit_zero"):
            assert fact.qualifier != "exact" and fact.indicator_id in told
            assert re.search(r"框\d+:\d+,\d+,\d+,\d+", fact.place)
            assert form.by_indicator[fact.indicator_id].kind != "flag"
        elif fact.state == "needs_ocr":
            assert fact.value is None and fact.text is None
    for finding in assemble(catalog, submissions).findings:
        assert finding.rule in catalog.rules
        if finding.rule == "ocr_value":
            assert "0.9" in finding.message_zh or "1.0" in finding.message_zh


@pytest.mark.slow
def test_a_page_laid_on_its_head_is_turned(catalog: Catalog, made: Made, tmp_path: Path) -> None:
    path = scan(made.form("ningxia-2021", "pdf"), tmp_path / "a.png", 180.4)
    submissions = read_one(catalog, path, "ningxia-2021")
    found = compare(made.truths["ningxia-2021"], submissions, made.units["ningxia-2021"])
    assert (found.wrong, found.lost) == ([], []) and found.exact >= 5, found
    check_honesty(catalog, submissions)
    upright = scan(made.form("ningxia-2021", "pdf"), tmp_path / "b.png", 0.4)
    turned = boxes_of(submissions)
    level = boxes_of(read_one(catalog, upright, "ningxia-2021"))
    assert turned.keys() == level.keys() and len(turned) > 1
    for place in turned:
        shown = [_grey(path, turned[place], tmp_path / "1"), _grey(upright, level[place], tmp_path / "2")]
        assert np.corrcoef(shown[0].ravel(), shown[1].ravel())[0, 1] > 0.8, place


def boxes_of(submissions: list[Submission]) -> dict[str, str]:
    """Cell -> its box on the scan."""
    places = (f.place for s in submissions for f in s.facts)
    return {m[1]: m[2] for m in (re.match(r"(页\d+表\d+行\d+列\d+).*框([\d:,]+)", p) for p in places) if m}


def _grey(scanned: Path, box: str, folder: Path) -> Any:
    """A cell's picture, small enough that a pixel's shift does not matter."""
    (drawn,) = draw_cells(Cells(scanned, hashlib.sha256(scanned.read_bytes()).hexdigest(), (box,)), folder)
    with Image.open(drawn) as cell:
        return np.asarray(cell.convert("L").resize((48, 16), Image.Resampling.BOX), float)


def test_a_blurred_scan_is_withheld_rather_than_wrong(catalog: Catalog, made: Made, tmp_path: Path) -> None:
    path = scan(made.form("ningxia-2021", "pdf"), tmp_path / "a.png", 0.5, noise=60, dots=90)
    submissions = read_one(catalog, path, "ningxia-2021")
    found = compare(made.truths["ningxia-2021"], submissions, made.units["ningxia-2021"])
    # Where the unit's own name could not be read, its values belong to no one and are no one's loss.
    assert found.wrong == [] and (found.lost == [] or submissions[0].unit_id is None)
    assert submissions[0].unit_id or {f.rule for s in submissions for f in s.findings} & {
        "unit_unresolved",
        "needs_ocr",
    }


@pytest.mark.slow
def test_a_scanned_collected_table_is_not_guessed_at(catalog: Catalog, made: Made, tmp_path: Path) -> None:
    path = scan(made.table("ningxia-2021", "pdf"), tmp_path / "a.png", 0.3, dots=150)
    (refused,) = read_one(catalog, path, "ningxia-2021")
    assert refused.is_refused and {f.rule for f in refused.findings} <= {"ocr_table", "form_not_recognised"}


def test_a_picture_of_nothing_and_a_broken_one(catalog: Catalog, tmp_path: Path) -> None:
    Image.new("RGB", (600, 400), "white").save(tmp_path / "leer.png")
    (tmp_path / "坏.jpg").write_bytes(b"\xff\xd8\xff" + b"\x00" * 300)
    rules = {p.name: [f.rule for s in read_one(catalog, p, None) for f in s.findings] for p in tmp_path.iterdir()}
    assert rules == {"leer.png": ["needs_ocr"], "坏.jpg": ["file_damaged"]}


def test_without_the_packages_a_scan_says_what_to_install(
    catalog: Catalog, made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(etl.ocr.scan, "is_installed", lambda: False)
    path = scan(made.form("ningxia-2021", "pdf"), tmp_path / "a.pdf", 0.0)
    (refused,) = read_one(catalog, path, "ningxia-2021")
    assert [f.rule for f in refused.findings] == ["needs_ocr"] and refused.source_format == "pdf" and refused.sha256
    assert "requirements-ocr" in catalog.rules["needs_ocr"].remedy_zh


@pytest.mark.parametrize("side", [1, 16, 199])
def test_an_icon_is_no_form(catalog: Catalog, tmp_path: Path, side: int) -> None:
    path = tmp_path / "icon.png"
    Image.new("RGB", (side, side), "white").save(path)
    (submission,) = read_one(catalog, path, "ningxia-2021")
    assert submission.is_refused
    assert [f.rule for f in submission.findings] == ["needs_ocr"]
