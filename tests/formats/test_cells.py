"""Pictures of a scan's cells are drawn within bounds: a file that takes too long or too much is one message."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

import pytest
from PIL import Image

from etl.errors import FileRefused, UsageError
from etl.files.workers import Limits
from etl.ocr import cells
from etl.ocr.cells import Cells, draw_cells


def page(path: Path, size: tuple[int, int] = (900, 1200)) -> Cells:
    Image.new("RGB", size, "white").save(path)
    return Cells(path, hashlib.sha256(path.read_bytes()).hexdigest(), ("1:100,100,200,200", "1:300,300,300,300"))


def test_each_box_has_its_picture(tmp_path: Path) -> None:
    drawn = draw_cells(page(tmp_path / "a.png"), tmp_path / "out")
    assert [p.name for p in drawn] == ["1-100-100-200-200.png", "1-300-300-300-300.png"]


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "form_pictures", lambda *_: time.sleep(60))
    with pytest.raises(FileRefused) as refused:
        draw_cells(page(tmp_path / "a.png"), tmp_path / "out", Limits(seconds=0.5))
    assert refused.value.rule == "timed_out" and not (tmp_path / "out").exists()


def test_what_is_no_scan_or_another_file_by_now_is_refused(tmp_path: Path) -> None:
    asked = page(tmp_path / "a.png")
    (tmp_path / "a.png").write_bytes(b"another")
    with pytest.raises(FileRefused, match="can't be drawn"):
        draw_cells(asked, tmp_path / "out")
    with pytest.raises(FileRefused):
        draw_cells(page(tmp_path / "b.png", (9000, 9000)), tmp_path / "out")
    with pytest.raises(UsageError):
        draw_cells(Cells(tmp_path / "a.png", "", ("1:2",)), tmp_path / "out")


def test_a_cell_of_a_page_on_its_head_is_shown_upright(tmp_path: Path) -> None:
    """Its left side is right of its right one: the corner where it lay, turned."""
    sheet = Image.new("RGB", (900, 1200), "white")
    sheet.paste("red", (700, 900, 800, 1000))
    sheet.paste("blue", (700, 900, 750, 1000))  # the left half of the lying cell is the right one of the upright
    sheet.save(tmp_path / "a.png")
    asked = Cells(
        tmp_path / "a.png", hashlib.sha256((tmp_path / "a.png").read_bytes()).hexdigest(), ("1:889,833,778,750",)
    )
    (drawn,) = draw_cells(asked, tmp_path / "out")
    with Image.open(drawn) as cell:
        width, height = cell.size
        assert cell.getpixel((width // 4, height // 2)) == (255, 0, 0)
        assert cell.getpixel((3 * width // 4, height // 2)) == (0, 0, 255)
