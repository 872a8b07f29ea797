"""Each guard at its limit and a step past it: the outcome, the processor's time and the memory taken, in a process of its own."""

from __future__ import annotations

import json
import os
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from etl.catalog import Catalog, load_catalog
from etl.files.intake import Job
from etl.read_file import read_job
from tests.faults.guard_files import GUARD_FILES, READ, GuardFile
from tests.faults.test_bad_files import CAMPAIGN, good_form

MB = 1024 * 1024


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    found = load_catalog()
    # The first reading imports and remembers; a load's worker has done so after its first file.
    path = Path(os.environ.get("TMPDIR", "/tmp")) / f"warm-{os.getpid()}.docx"
    path.write_bytes(good_form())
    read_job(found, Job(path, "a.docx", CAMPAIGN, datetime(2022, 7, 1), False))
    path.unlink()
    return found


def _memory(name: str) -> int:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(name))


def _figures(catalog: Catalog, path: Path) -> dict[str, Any]:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak begins here
    before, started = _memory("VmRSS"), time.process_time()
    found = read_job(catalog, Job(path, "a.docx", CAMPAIGN, datetime(2022, 7, 1), False))
    return {
        "seconds": time.process_time() - started,
        "megabytes": max(0, _memory("VmHWM") - before) / MB,
        "is_refused": all(s.is_refused for s in found),
        "rules": sorted({f.rule for s in found for f in s.findings}),
        "values": sum(f.value is not None for s in found for f in s.facts),
    }


def measured(catalog: Catalog, path: Path) -> dict[str, Any]:
    """The figures of a reading in a forked process, so that nothing of it is left for the next."""
    back, to = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(to, json.dumps(_figures(catalog, path)).encode())
        finally:
            os._exit(0)
    os.close(to)
    with os.fdopen(back, "rb") as stream:
        said = stream.read()
    os.waitpid(child, 0)
    found: dict[str, Any] = json.loads(said)
    return found


CASES = [pytest.param(f, id=f"{f.guard} {f.what}", marks=[pytest.mark.slow] if f.is_slow else []) for f in GUARD_FILES]


@pytest.mark.parametrize("file", CASES)
def test_a_guard_at_its_limit(catalog: Catalog, tmp_path: Path, file: GuardFile) -> None:
    path = tmp_path / "stored"
    path.write_bytes(file.make())
    got = measured(catalog, path)
    print(f"{file.guard} | {file.what} | {got['rules']}, {got['values']} values | {got['seconds']:.2f} s | {got['megabytes']:.0f} MB")  # fmt: skip
    assert got["is_refused"] == (file.outcome != READ), got
    assert file.outcome == READ or file.outcome in got["rules"], got
    assert file.outcome != READ or got["values"] > 0, got
    assert got["seconds"] < file.seconds, got
    assert got["megabytes"] < file.megabytes, got
    assert list(tmp_path.rglob("*")) == [path]
