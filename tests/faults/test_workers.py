"""Files that hang, eat memory or take their process down: one finding each, and the rest go on."""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import signal
import subprocess
import sys
import time
import types
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

import etl.files.workers
import etl.rounds
from etl.catalog import Catalog, load_catalog
from etl.facts import Submission
from etl.files.intake import Job
from etl.files.limits import MEMORY_EXIT
from etl.files.workers import Limits, Lost, share_out
from etl.read_file import Later
from etl.rounds import read_jobs

ROOT = Path(__file__).resolve().parents[2]
QUICK = Limits(seconds=8.0, bytes=200 * 1024 * 1024)


def nothing() -> None:
    """A worker that needs no preparation."""


def act(item: str) -> str:
    if item == "hang":
        time.sleep(60)
    if item == "eat":
        hoard = [bytearray(50 * 1024 * 1024) for _ in range(100)]
        return str(len(hoard))
    if item == "segfault":
        faulthandler.disable()
        os.kill(os.getpid(), signal.SIGSEGV)
    if item == "leave":
        os._exit(3)
    if item == "raise":
        raise KeyError(item)
    return item.upper()


@pytest.mark.parametrize(
    "n_workers", [pytest.param(1, marks=pytest.mark.slow), 2, pytest.param(4, marks=pytest.mark.slow)]
)
def test_each_death_costs_one_item(n_workers: int) -> None:
    bad = {"hang": "timed_out", "eat": "out_of_memory", "segfault": "worker_died", "leave": "worker_died"}
    items = [f"item{n}" for n in range(40)]
    for n, name in enumerate((*bad, "raise")):
        items.insert(n * 7 + 3, name)
    started = time.monotonic()
    found = list(share_out(act, items, QUICK, nothing, workers=n_workers))
    assert time.monotonic() - started < 60
    assert [f.rule if isinstance(f, Lost) else f for f in found] == [
        bad.get(i, "crash" if i == "raise" else i.upper()) for i in items
    ]


def test_spawned_workers_do_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows, where nothing forks."""
    spawning = multiprocessing.get_context("spawn")
    # A page's test in the same process leaves its script as the main module, which a new process would run.
    monkeypatch.setitem(sys.modules, "__main__", types.ModuleType("__main__"))
    monkeypatch.setattr(etl.files.workers.mp, "get_context", lambda _: spawning)
    found = list(share_out(act, ["a", "leave", "b"], Limits(), nothing, workers=2))
    assert [f.rule if isinstance(f, Lost) else f for f in found] == ["A", "worker_died", "B"]


def test_deaths_in_a_row_are_told_apart() -> None:
    found = list(share_out(act, ["segfault", "segfault", "leave", "a", "leave"], QUICK, nothing, workers=1))
    assert [f.found if isinstance(f, Lost) else f for f in found] == [
        "SIGSEGV",
        "SIGSEGV",
        "exit code 3",
        "A",
        "exit code 3",
    ]


def test_a_stopped_iteration_leaves_no_process() -> None:
    found = share_out(act, ["a", *["hang"] * 5], Limits(seconds=30), nothing, workers=2)
    assert next(found) == "A"
    found.close()  # type: ignore[attr-defined]
    assert not multiprocessing.active_children()


def test_results_stay_in_order_and_few_wait_in_memory() -> None:
    items = [f"i{n}" for n in range(3000)]
    assert list(share_out(act, items, QUICK, nothing, workers=3)) == [i.upper() for i in items]


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_workers_end_with_a_killed_parent() -> None:
    program = (
        "import multiprocessing, time\nfrom tests.faults.test_workers import *\n"
        "results = share_out(act, ['a', 'b', 'c'], QUICK, nothing, workers=2)\nnext(results)\n"
        "print(*[p.pid for p in multiprocessing.active_children()], flush=True)\ntime.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    pids = parent.stdout.readline().split()
    assert pids and all(Path("/proc", p).exists() for p in pids)
    parent.kill()
    parent.communicate(timeout=10)
    deadline = time.monotonic() + 8
    while any(Path("/proc", p).exists() for p in pids) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert [p for p in pids if Path("/proc", p).exists() and "Z" not in Path("/proc", p, "stat").read_text()[:40]] == []


def test_the_watching_thread_ends_a_process_that_grows() -> None:
    program = (
        "import time\nfrom etl.files.limits import watch_memory\nassert watch_memory(50 * 1024 * 1024)\n"
        "hoard = bytearray(b'x' * 200 * 1024 * 1024)\ntime.sleep(20)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, timeout=30, check=False)
    assert done.returncode == MEMORY_EXIT


# --- the same with files


REAL: Callable[[Catalog, Job], list[Submission] | Later] = etl.rounds.open_job


def strange(catalog: Catalog, job: Job) -> list[Submission] | Later:
    for word in ("hang", "eat", "segfault"):
        if word in job.name:
            act(word)
    return REAL(catalog, job)


@pytest.mark.skipif(sys.platform != "linux", reason="a spawned worker does not see the replaced reader")
@pytest.mark.parametrize("n_good", [pytest.param(1, marks=pytest.mark.slow), 30])
def test_a_deadly_file_costs_itself_only(sample_root: Path, monkeypatch: pytest.MonkeyPatch, n_good: int) -> None:
    catalog = load_catalog()
    good = sorted((sample_root / "samples" / "ningxia-2021").glob("*.docx"))[0]
    monkeypatch.setattr(etl.rounds, "open_job", strange)
    monkeypatch.setattr(etl.rounds, "READING", Limits(seconds=8.0, bytes=300 * 1024 * 1024))
    names = ["hang.docx", "eat.docx", "segfault.docx", *[f"good{n}.docx" for n in range(n_good)]]
    jobs = [Job(good, n, "ningxia-2021", datetime(2021, 7, 1), True) for n in sorted(names)]
    read = {j.name: s for j, s in read_jobs(catalog, jobs).files}
    assert set(read) == set(names)
    rules = {n: [f.rule for s in read[n] for f in s.findings] for n in ("hang.docx", "eat.docx", "segfault.docx")}
    assert rules == {"hang.docx": ["timed_out"], "eat.docx": ["out_of_memory"], "segfault.docx": ["worker_died"]}
    for name, (submission, *_) in read.items():
        assert submission.is_refused == (not name.startswith("good"))
        assert {f.rule for f in submission.findings} <= set(catalog.rules)
    assert all(read[f"good{n}.docx"][0].facts for n in range(n_good))


def test_one_small_file_is_read_at_once(sample_root: Path) -> None:
    catalog = load_catalog()
    good = sorted((sample_root / "samples" / "ningxia-2021").glob("*.docx"))[0]
    job = Job(good, good.name, "ningxia-2021", datetime(2021, 7, 1), True)
    here = [s.facts for s in REAL(catalog, job) if isinstance(s, Submission)]
    taken = []
    for _ in range(5):
        started = time.monotonic()
        in_worker = read_jobs(catalog, [job]).files
        taken.append(time.monotonic() - started)
        assert [s.facts for s in in_worker[0][1]] == here
    if sys.platform == "linux":
        assert min(taken) < 0.5  # the best of some: the machine may be busy with other tests
