"""What slow steps made is not made again for the same bytes, and is made again when it is damaged or the bytes are others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from etl.files import office
from etl.files.kept import Kept
from etl.files.office import OldFile, convert_all
from etl.ocr import again
from etl.ocr.again import seen_again
from etl.ocr.page import Seen
from etl.read.layout import Page, Word

BOX = (1.5, 2.0, 30.25, 12.0)
SEEN = [
    [Seen(Page(1, 800.0, 600.0, (Word("渝北区", BOX),), ((0.0, 1.0, 800.0, 2.0),), 20.0), {BOX: 0.97})],
    [Seen(Page(1, 800.0, 600.0, (), ()), {})],
]


class Reader:
    """Counts how often it is asked to look."""

    def __init__(self) -> None:
        self.n_looks = 0

    def see(self) -> list[list[Seen]]:
        self.n_looks += 1
        return SEEN


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    monkeypatch.setattr(again, "_reader", lambda: "reader 1")
    return Reader()


def test_a_scan_is_seen_once_and_comes_back_the_same(tmp_path: Path, reader: Reader) -> None:
    kept = Kept(tmp_path)
    assert [seen_again(kept, b"scan", reader.see) for _ in range(3)] == [SEEN] * 3
    assert reader.n_looks == 1
    seen_again(kept, b"another", reader.see)
    assert reader.n_looks == 2
    seen_again(Kept(), b"scan", reader.see)
    assert reader.n_looks == 3


@pytest.mark.parametrize("damage", [b"", b"{", b"[[[1]]]", b"null", b"[1]", b'[[[1, 2, 3, [["a", [1], 2]], [], 0]]]'])
def test_a_damaged_piece_is_made_anew(tmp_path: Path, reader: Reader, damage: bytes) -> None:
    kept = Kept(tmp_path)
    seen_again(kept, b"scan", reader.see)
    (piece,) = tmp_path.iterdir()
    piece.write_bytes(damage)
    assert seen_again(kept, b"scan", reader.see) == SEEN and reader.n_looks == 2


def test_another_program_looks_again(tmp_path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    seen_again(Kept(tmp_path), b"scan", reader.see)
    monkeypatch.setattr(again, "_reader", lambda: "reader 2")
    seen_again(Kept(tmp_path), b"scan", reader.see)
    assert reader.n_looks == 2


def test_an_old_file_is_converted_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "soffice"
    program.write_bytes(b"")
    monkeypatch.setenv("ATLAS_SOFFICE", str(program))
    asked: list[int] = []

    def run(_office: Path, files: list[Path], target: str, folder: Path, _seconds: float) -> bool:
        asked.append(len(files))
        for file in files:
            out = folder / "out" / f"{file.stem}.{target}"
            out.parent.mkdir(exist_ok=True)
            out.write_bytes(b"copy of " + file.read_bytes())
        return True

    monkeypatch.setattr(office, "_run", run)
    kept = Kept(tmp_path / "kept")
    files = [OldFile(tmp_path / name, "ole-word") for name in ("a.doc", "b.doc", "c.doc")]
    for file in files:
        file.path.write_bytes(file.path.name.encode())
    convert_all(files[:2], tmp_path / "first", kept)
    made = convert_all([files[0], files[2], files[1]], tmp_path / "second", kept)
    assert [p.read_bytes() for p in made if isinstance(p, Path)] == [
        b"copy of a.doc",
        b"copy of c.doc",
        b"copy of b.doc",
    ]
    assert asked == [2, 1]


def test_pieces_that_nobody_asks_for_go(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "kept")
    kept.forget_old()
    for name in "ab":
        kept.write(b"piece", name)
        path = kept.path(name)
        assert path
        os.utime(path, (1_700_000_000, 1_700_000_000))
    assert kept.read("a") == b"piece"
    kept.forget_old()
    assert kept.read("a") == b"piece" and kept.read("b") is None
