"""Files that other programs ship on this machine: none is a submission, each is named with a reason, none stops a load."""

from __future__ import annotations

import random
import sysconfig
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.catalog import load_catalog
from etl.files.intake import Job
from etl.files.workers import Limits, Lost, share_out
from etl.read_file import Later, open_job
from tests.formats.made import DAY

PLACES = [
    Path(sysconfig.get_path("purelib")),
    Path("/usr/share"),
    Path("/usr/lib/libreoffice"),
    Path("/usr/lib64/libreoffice"),
]
# How many of a kind: some are there by the thousand.
KINDS = {"docx": 20, "xlsx": 20, "xls": 20, "doc": 20, "odt": 20, "ott": 80, "ods": 20, "ots": 20, "otp": 10, "pptx": 5, "pdf": 10, "rtf": 20}  # fmt: skip
KINDS |= {"csv": 40, "tsv": 5, "html": 60, "txt": 60, "xml": 40, "zip": 10, "png": 10, "jpg": 10, "gif": 10}
MAX_BYTES = 2_000_000
CATALOG = load_catalog()  # inherited by the workers


def outside_files() -> Iterator[Path]:
    """A fixed choice of the files of each kind."""
    found: dict[str, list[Path]] = {}
    for place in PLACES:
        for path in place.rglob("*.*") if place.is_dir() else ():
            if path.suffix[1:].lower() in KINDS:
                found.setdefault(path.suffix[1:].lower(), []).append(path)
    rng = random.Random("outside")
    for kind, paths in sorted(found.items()):
        small = sorted(p for p in paths if p.is_file() and p.stat().st_size <= MAX_BYTES)
        yield from rng.sample(small, min(len(small), KINDS[kind]))


def start() -> None:
    """Workers need nothing more than the catalogue they inherit."""


def outcome(job: Job) -> tuple[str, int]:
    """The step a file takes next or the rule that refused it, and how many values were read."""
    found = open_job(CATALOG, job)
    if isinstance(found, Later):
        return f"next: {found.step}", 0
    n_values = sum(f.value is not None for s in found for f in s.facts)
    return next((f.rule for s in found if s.is_refused for f in s.findings), "read"), n_values


@pytest.mark.slow
def test_each_file_of_other_programs_is_named_with_a_reason() -> None:
    jobs = [Job(p, f"outside/{p.name}", "jincheng-2022", DAY, False) for p in outside_files()]
    assert {".docx", ".csv", ".html"} <= {j.path.suffix for j in jobs}
    table: Counter[tuple[str, str]] = Counter()
    bad = []
    for job, found in zip(jobs, share_out(outcome, jobs, Limits(seconds=60.0), start, (), 2), strict=True):
        rule, n_values = (found.rule, 0) if isinstance(found, Lost) else found
        table[job.path.suffix[1:].lower(), rule] += 1
        if rule in ("read", "crash", "timed_out", "worker_died", "out_of_memory") or n_values:
            bad.append((str(job.path), rule, n_values))
    for (kind, rule), count in sorted(table.items()):
        print(f"| {kind} | {rule} | {count} |")
    assert bad == []
