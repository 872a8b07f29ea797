"""Hostile files in worker processes: each ends in bounded time and memory in what is written down for it, and none crashes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from etl.catalog import Catalog, load_catalog
from etl.files.intake import Job, find_jobs, shown_name
from etl.files.workers import Limits, Lost, share_out
from etl.read_file import Later, open_job
from etl.unpack import Archive, unpack
from tests.faults.hostile import ENDLESS, FORMS, GOOD, OTHERS, TABLES
from tests.faults.test_bad_files import CAMPAIGN, ROOT, rows
from tests.formats.made import DAY

DEADLINE = Limits(seconds=15.0)
CATALOG = load_catalog()


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return CATALOG


def start() -> None:
    """Workers need nothing more than the catalogue they inherit."""


def outcome(job: Job) -> tuple[str, list[str]]:
    """What came of a file: read, the step it takes next, or the rule that refused it; and all its rules."""
    found = open_job(CATALOG, job)
    if isinstance(found, Later):
        return found.step, []
    rules = [f.rule for s in found for f in s.findings]
    return ("read" if any(not s.is_refused for s in found) else rules[0]), rules


def outcomes(folder: Path, makers: Iterable[tuple[str, Callable[[], bytes]]], limits: Limits) -> dict[str, object]:
    jobs = []
    for name, make in makers:
        (folder / name).write_bytes(make())
        jobs.append(Job(folder / name, name, CAMPAIGN, DAY, False))
    return dict(zip((j.name for j in jobs), share_out(outcome, jobs, limits, start, (), 2), strict=True))


@pytest.mark.parametrize("kind", [FORMS, TABLES, OTHERS], ids=["forms", "tables", "others"])
def test_each_hostile_file_comes_to_its_end(tmp_path: Path, kind: dict[str, tuple[Callable[[], bytes], str]]) -> None:
    found = outcomes(tmp_path, ((n, make) for n, (make, _) in kind.items()), DEADLINE)
    ends = {n: o.rule if isinstance(o, Lost) else o[0] for n, o in found.items()}  # type: ignore[index]
    assert ends == {n: end for n, (_, end) in kind.items()}
    assert not [n for n, o in found.items() if not isinstance(o, Lost) and "crash" in o[1]]  # type: ignore[index]


@pytest.mark.slow
def test_an_endless_loop_in_a_parser_ends_at_the_deadline(tmp_path: Path) -> None:
    found = outcomes(tmp_path, ENDLESS.items(), Limits(seconds=3.0))
    assert {n: o.rule if isinstance(o, Lost) else o for n, o in found.items()} == dict.fromkeys(ENDLESS, "timed_out")


def test_archives_with_hostile_names_stay_below_their_folder(catalog: Catalog, tmp_path: Path) -> None:
    from tests.faults.hostile import zipped

    names = ["../../../evil.docx", "/etc/evil.docx", "C:\\x\\evil.docx", "x" * 250 + ".docx", "a/" * 300 + "b.docx"]
    path = tmp_path / "a.zip"
    path.write_bytes(zipped(dict.fromkeys(names, GOOD)))
    found = unpack(Archive(Job(path, "a.zip", CAMPAIGN, DAY, False), tmp_path / "out", (CAMPAIGN,)))
    assert len(found.jobs) == len(names) and found.refused == []
    assert {j.path.parent for j in found.jobs} == {tmp_path / "out"}
    assert not any(".." in j.name or "\\" in j.name for j in found.jobs)


@pytest.mark.skipif(sys.platform == "win32", reason="names that Windows doesn't allow")
def test_a_folder_of_strange_entries_stops_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "in" / CAMPAIGN
    folder.mkdir(parents=True)
    (folder / "好.docx").write_bytes(GOOD)
    for name, target in (("nowhere.docx", "gone.docx"), ("self.docx", "self.docx"), ("endless.docx", "/dev/zero")):
        (folder / name).symlink_to(target)
    os.mkfifo(folder / "pipe.docx")
    (folder / "folder.docx").mkdir()
    for raw in ("渝北区.csv".encode("gbk"), b"\xff\xfe.docx", b"a\nb.docx", b"<img src=x>.csv"):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + raw)).write_bytes(b"x,y,z\n1,2," + raw)
    command = [sys.executable, "-m", "etl", "load", str(tmp_path / "in"), "--releases", str(tmp_path / "out")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=200, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert b"Traceback" not in done.stderr + done.stdout
    read = rows(tmp_path / "out", "select source_name, status from submission order by 1")
    statuses = {str(n).rpartition("/")[2]: s for n, s in read}
    assert statuses["好.docx"] == "current"
    assert statuses["渝北区.csv"] == "refused"
    assert len(statuses) == 5  # links to nowhere, pipes and folders are no files


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("好.docx", "好.docx"),
        (os.fsdecode("渝北区.csv".encode("gbk")), "渝北区.csv"),
        ("a\nb\u202e.docx", "a\ufffdb\ufffd.docx"),
        ("\ud800.docx", "\\ud800.docx"),
    ],
)
def test_names_are_shown_as_their_sender_saw_them(name: str, shown: str) -> None:
    assert shown_name(name) == shown


def test_a_file_that_goes_while_it_is_read_is_named(catalog: Catalog, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(GOOD)
    (job,) = find_jobs(catalog, [tmp_path], CAMPAIGN)
    path.unlink()
    assert outcome(job)[0] == "file_damaged"


def test_a_folder_that_cannot_be_opened_is_named(
    catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "locked").mkdir()
    (tmp_path / "a.docx").write_bytes(GOOD)
    listed = os.scandir

    def refuse_locked(path: str | Path) -> object:
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(os, "scandir", refuse_locked)
    jobs = find_jobs(catalog, [tmp_path], CAMPAIGN)
    assert [j.name for j in jobs] == ["a.docx", "locked"]
    assert outcome(jobs[1])[0] == "file_damaged"
