"""All files -> submissions, in rounds: what can be read at once, then what archives hold, then what is converted first, then scans."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from etl.catalog import Catalog, load_catalog
from etl.facts import Submission
from etl.files.intake import Job
from etl.files.kept import NOTHING_KEPT, Kept
from etl.files.office import OldFile, convert_all
from etl.files.workers import Limits, Lost, share_out
from etl.kept_reads import NO_READS, KeptReads
from etl.read_file import Later, format_of, open_job, refused_job, scan_job
from etl.unpack import Archive, unpack

READING = Limits()
SCANNING = Limits(seconds=300.0, bytes=4 << 30)  # OCR of a dozen pages, twice


@dataclass(frozen=True)
class Step:
    """A step that takes long and begins: `office` or `scan`, for how many files."""

    name: str
    count: int


# How many files were read, of how many, the one just read or the step that begins, and what was read.
Progress = Callable[[int, int, Job | Step, list[Submission]], None]

_CATALOG: Catalog | None = None


def _start_worker(root: Path) -> None:
    """Each worker has the catalogue once: inherited where processes fork, loaded where they are spawned."""
    global _CATALOG  # noqa: PLW0603
    if _CATALOG is None or _CATALOG.root != root:
        _CATALOG = load_catalog(root)


def _read_in_worker(task: tuple[str, Job, Kept]) -> list[Submission] | Later:
    step, job, kept = task
    catalog = _CATALOG or load_catalog()
    return scan_job(catalog, job, kept) if step == "scan" else open_job(catalog, job)


@dataclass
class Rounds:
    """What was read so far, and what waits for another step."""

    catalog: Catalog
    folder: Path
    progress: Progress | None
    kept: Kept = NOTHING_KEPT
    reads: KeptReads = NO_READS
    total: int = 0
    read: list[tuple[Job, list[Submission]]] = field(default_factory=list)
    later: list[tuple[Job, Later]] = field(default_factory=list)

    def read_each(self, jobs: Sequence[Job]) -> dict[Path, str]:
        """Read the files in worker processes; those that take another step first are kept for it. What comes back: the
        digests of the bytes that were read."""
        global _CATALOG  # noqa: PLW0603
        _CATALOG = self.catalog
        digests: dict[Path, str] = {}
        for job, found in self.read_or_kept("open", jobs, READING):
            if isinstance(found, Later):
                digests[job.path] = found.sha256
                self.later.append((job, found))
                continue
            if not isinstance(found, Lost) and found:
                digests[job.path] = found[0].sha256
            self.keep(job, found)
        return digests

    def keep(self, job: Job, found: list[Submission] | Lost) -> None:
        """Take down the outcome of a file."""
        if isinstance(found, Lost):
            found = refused_job(job, found.rule, found.found, found.expected)
        self.read.append((job, found))
        if self.progress:
            self.progress(len(self.read), self.total, job, found)

    def say(self, step: str, count: int) -> None:
        """A step that takes long begins."""
        if self.progress and count:
            self.progress(len(self.read), self.total, Step(step, count), [])

    def waiting_for(self, step: str) -> list[tuple[Job, Later]]:
        """The files that wait for a step; they wait no longer."""
        found = [(j, x) for j, x in self.later if x.step == step]
        self.later = [(j, x) for j, x in self.later if x.step != step]
        return found

    def unpack_each(self) -> list[Job]:
        """The files inside the archives."""
        jobs = [job for job, _ in self.waiting_for("archive")]
        tasks = [Archive(job, self.folder / f"archive{n}", tuple(self.catalog.campaigns)) for n, job in enumerate(jobs)]
        members: list[Job] = []
        results = share_out(unpack, tasks, READING, _start_worker, (self.catalog.root,))
        for job, found in zip(jobs, results, strict=True):
            refused = [(job, found)] if isinstance(found, Lost) else found.refused
            self.total += len(refused) - 1
            for lost, why in refused:
                self.keep(lost, why)
            if not isinstance(found, Lost):
                members.extend(found.jobs)
        self.total += len(members)
        return members

    def convert_each(self) -> list[Job]:
        """The old files' converted copies, in the old files' names."""
        waiting = self.waiting_for("office")
        self.say("office", len(waiting))
        files = [OldFile(j.path, x.kind) for j, x in waiting]
        copies = convert_all(files, self.folder / "office", self.kept) if waiting else []
        jobs: list[Job] = []
        for (job, later), made in zip(waiting, copies, strict=True):
            as_it_came = replace(job, sha256=later.sha256, source_format=format_of(later.kind), remarks=later.remarks)
            if isinstance(made, Lost):
                self.keep(as_it_came, made)
            else:
                jobs.append(replace(as_it_came, path=made))
        return jobs

    def scan_each(self) -> None:
        """Read the pictures, by OCR."""
        jobs = [
            replace(j, sha256=x.sha256, source_format=format_of(x.kind), remarks=x.remarks)
            for j, x in self.waiting_for("scan")
        ]
        self.say("scan", len(jobs))
        for job, found in self.read_or_kept("scan", jobs, SCANNING, min(len(jobs), os.cpu_count() or 1)):
            if not isinstance(found, Later):
                self.keep(job, found)

    def read_or_kept(
        self, step: str, jobs: Sequence[Job], limits: Limits, workers: int | None = None
    ) -> Iterator[tuple[Job, list[Submission] | Later | Lost]]:
        """Each file with what was read of it: before, where that is kept, else now, in worker processes."""
        keys = [self.reads.key(step, job) for job in jobs]
        before = [self.reads.found(key) for key in keys]
        left = [job for job, found in zip(jobs, before, strict=True) if found is None]
        tasks = [(step, job, self.kept) for job in left]
        with closing(
            share_out(_read_in_worker, tasks, limits, _start_worker, (self.catalog.root,), workers)
        ) as results:
            for job, key, known in zip(jobs, keys, before, strict=True):
                found = known
                if found is None:
                    found = next(results)
                    self.reads.keep(key, job, found)
                yield job, found


@dataclass(frozen=True)
class ReadFiles:
    """Every file with its submissions, by name, and the digests of the files as they came ('' where unreadable)."""

    files: list[tuple[Job, list[Submission]]]
    digests: dict[Path, str]


def read_jobs(
    catalog: Catalog,
    jobs: Iterable[Job],
    progress: Progress | None = None,
    kept: Kept = NOTHING_KEPT,
) -> ReadFiles:
    """Every file with its submissions, by name; an archive's members stand in its place."""
    # A folder on Windows may still be looked at by a scanner when it goes; that is no reason to fail a load.
    with tempfile.TemporaryDirectory(prefix="atlas-", ignore_cleanup_errors=True) as temporary:
        first = list(jobs)
        rounds = Rounds(catalog, Path(temporary), progress, kept, KeptReads.of(kept, catalog), len(first))
        digests = rounds.read_each(first)
        rounds.read_each(rounds.unpack_each())
        rounds.read_each(rounds.convert_each())
        rounds.scan_each()
    return ReadFiles(sorted(rounds.read, key=lambda r: r[0].name), digests)
