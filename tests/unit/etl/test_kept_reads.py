"""What was read is not read again for a decision, and is read again where anything it was made of is another."""

from __future__ import annotations

import io
import os
import pickle
import time
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from etl import rounds
from etl.catalog import Catalog, load_catalog
from etl.facts import Submission
from etl.files.intake import Job, find_jobs
from etl.files.kept import Kept
from etl.files.workers import Lost, share_out
from etl.rounds import read_jobs
from tests.unit.etl.test_decisions import CAMPAIGN, COUNT, form


class Reader:
    """Reads a folder, and counts what the workers were asked."""

    def __init__(self, folder: Path, kept: Kept) -> None:
        self.catalog: Catalog = load_catalog()
        self.folder, self.kept = folder, kept
        self.asked: list[str] = []

    def share_out(self, work: Any, items: Sequence[Any], *rest: Any) -> Iterator[Any]:
        self.asked += [item[1].name for item in items if isinstance(item, tuple)]
        return share_out(work, items, *rest)

    def read(self, **said: Any) -> list[Submission]:
        """All submissions; `self.asked` has the files that were read for it."""
        self.asked.clear()
        jobs: list[Job] = [replace(j, **said) for j in find_jobs(self.catalog, [self.folder], CAMPAIGN)]
        return [s for _, found in read_jobs(self.catalog, jobs, None, self.kept).files for s in found]


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reader:
    folder = tmp_path / "in"
    form(folder / "a.docx", **{COUNT: "12"})
    form(folder / "b.docx", "江北区", **{COUNT: "1O2"})
    with zipfile.ZipFile(folder / "c.zip", "w") as archive:
        archive.write(folder / "b.docx", "d.docx")
    (folder / "坏.docx").write_bytes(b"PK\x03\x04 broken")
    made = Reader(folder, Kept(tmp_path / "kept"))
    monkeypatch.setattr(rounds, "share_out", made.share_out)
    return made


def test_what_was_read_comes_back_the_same_without_reading(reader: Reader) -> None:
    first = reader.read()
    assert sorted(reader.asked) == ["a.docx", "b.docx", "c.zip", "c.zip/d.docx", "坏.docx"]
    assert reader.read() == first and reader.asked == []
    # A copy elsewhere of what is kept stands under its own name.
    (reader.folder / "a.docx").replace(reader.folder / "e.docx")
    assert [s.source_name for s in reader.read()] == ["b.docx", "c.zip/d.docx", "e.docx", "坏.docx"]
    assert reader.asked == ["e.docx"]


def test_another_content_or_arrival_or_decision_is_read_anew(reader: Reader) -> None:
    first = reader.read()
    form(reader.folder / "a.docx", **{COUNT: "13"})
    assert {f.value for s in reader.read() for f in s.facts if f.indicator_id == COUNT} == {13.0, None}
    assert reader.asked == ["a.docx"]
    later = first[0].received_at
    assert later
    reader.read(received_at=later.replace(year=later.year + 1))
    assert len(reader.asked) == 5
    reader.read(columns={CAMPAIGN: {}})
    assert len(reader.asked) == 5


@pytest.mark.parametrize("piece", [b"", b"no piece", pickle.dumps([1]), pickle.dumps(os.getcwd)])
def test_a_damaged_piece_is_read_anew_and_runs_nothing(reader: Reader, piece: bytes) -> None:
    first = reader.read()
    assert reader.kept.folder
    for path in reader.kept.folder.iterdir():
        path.write_bytes(piece)
    assert reader.read() == first and len(reader.asked) == 5


def test_a_fault_of_ours_is_not_kept(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("etl.read.opened.read_docx", lambda _package: 1 / 0)
        assert {f.rule for s in reader.read() for f in s.findings} == {"crash", "file_damaged"}
    reader.read()
    assert sorted(reader.asked) == ["a.docx", "b.docx", "c.zip/d.docx"]


def test_what_took_too_long_is_not_waited_for_at_each_decision(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(work: Any, items: Sequence[Any], *rest: Any) -> Iterator[Any]:
        for item, answer in zip(items, reader.share_out(work, items, *rest), strict=True):
            lost = {"a.docx": Lost("timed_out", "> 20 s", "20 s"), "b.docx": Lost("worker_died", "SIGSEGV")}
            yield lost.get(item[1].name, answer) if isinstance(item, tuple) else answer

    with monkeypatch.context() as patched:
        patched.setattr(rounds, "share_out", slow)
        first = reader.read()
    assert [(s.source_name, s.findings[0].rule, s.findings[0].expected) for s in first[:2]] == [
        ("a.docx", "timed_out", "20 s"),
        ("b.docx", "worker_died", ""),
    ]
    # The one was the file's or the machine's slowness, the other may be gone the next time.
    assert reader.read()[0] == first[0] and reader.asked == ["b.docx"]
    # After an hour, when the clock was put back, when it comes again: another try.
    now = time.time()
    for other in (now + 3601, now - 60):
        with monkeypatch.context() as patched:
            patched.setattr("etl.kept_reads.time.time", lambda at=other: at)
            jobs = find_jobs(reader.catalog, [reader.folder], CAMPAIGN)
            reads = rounds.KeptReads.of(reader.kept, reader.catalog)
            assert reads.found(reads.key("open", jobs[0])) is None
    later = first[0].received_at
    assert later and reader.read(received_at=later.replace(year=later.year + 1))[0].facts
    (reader.folder / "a.docx").write_bytes((reader.folder / "b.docx").read_bytes())
    assert "timed_out" not in {f.rule for s in reader.read() for f in s.findings}


def test_a_piece_holds_known_classes_only() -> None:
    from etl.kept_reads import _Pieces

    with pytest.raises(pickle.UnpicklingError, match="getcwd"):
        _Pieces(io.BytesIO(pickle.dumps(os.getcwd))).load()
