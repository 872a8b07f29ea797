"""The whole way: paths -> jobs -> submissions (in worker processes) -> assembly -> release -> CURRENT."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from etl.assemble import Assembly, assemble
from etl.build import build_release, inputs_digest, release_id_of
from etl.catalog import Catalog, load_catalog
from etl.catalog.load import CATALOG_DIR, ROOT
from etl.errors import UsageError
from etl.facts import Submission
from etl.intake import Job, find_jobs
from etl.publish import Pointer, locked, publish, read_pointer
from etl.rounds import Progress, read_jobs


@dataclass
class Loaded:
    """The outcome of reading: what was found, and the identity of the inputs."""

    catalog: Catalog
    jobs: list[Job]
    assembly: Assembly
    inputs_sha256: str
    release_id: str
    pointer: Pointer | None = None

    @property
    def n_readable(self) -> int:
        """Submissions that were read."""
        return sum(s.status != "refused" for s in self.assembly.standings)


def default_paths() -> list[Path]:
    """What `load` reads when no path is given: the inbox, the samples if they were made, and the published totals."""
    candidates = [ROOT / "data" / "var" / "inbox", ROOT / "data" / "var" / "samples", ROOT / "data" / "published"]
    return [p for p in candidates if p.exists()]


def read_all(catalog: Catalog, jobs: Sequence[Job], progress: Progress | None = None) -> list[Submission]:
    """All submissions of all jobs, by name."""
    return [s for _, found in read_jobs(catalog, jobs, progress) for s in found]


def read_inputs(
    paths: Sequence[Path], campaign_id: str | None, progress: Progress | None = None, root: Path = CATALOG_DIR
) -> Loaded:
    """Read and judge everything; nothing is written. Raises UsageError for an unknown campaign or path."""
    catalog = load_catalog(root)
    if campaign_id is not None and campaign_id not in catalog.campaigns:
        known = "、".join(catalog.campaigns)
        raise UsageError(
            f"没有活动 {campaign_id}；已知：{known}", f"no campaign {campaign_id}; known: {known}", found=campaign_id
        )
    chosen = list(paths) or default_paths()
    if not chosen:
        raise UsageError("没有可读的文件夹；请给出路径", "nothing to read; give a path")
    read = read_jobs(catalog, find_jobs(catalog, chosen, campaign_id), progress)
    jobs, submissions = [job for job, _ in read], [s for _, found in read for s in found]
    assembly = assemble(catalog, submissions)
    inputs = inputs_digest(jobs, {s.source_name: s.sha256 for s in submissions})
    return Loaded(catalog, jobs, assembly, inputs, release_id_of(catalog, inputs))


@contextmanager
def building_file(folder: Path) -> Iterator[Path]:
    """A new file to build in, gone afterwards whatever happens."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{os.getpid()}.building"
    leftovers = [path, path.with_suffix(".building.wal")]
    for old in folder.glob("*.building*"):
        old.unlink(missing_ok=True)
    try:
        yield path
    finally:
        for left in leftovers:
            left.unlink(missing_ok=True)


def load(paths: Sequence[Path], campaign_id: str | None, folder: Path, progress: Progress | None = None) -> Loaded:
    """Read, build, verify and publish. When nothing could be read nothing is published (pointer None)."""
    lock = locked(folder)
    try:
        loaded = read_inputs(paths, campaign_id, progress)
        if loaded.n_readable == 0:
            return loaded
        with building_file(folder) as path:
            build_release(loaded.catalog, loaded.assembly, path, loaded.release_id, loaded.inputs_sha256)
            loaded.pointer = publish(folder, path, loaded.release_id)
        return loaded
    finally:
        lock.release()


def current_facts(folder: Path) -> dict[tuple[str, str, str], float | None]:
    """(campaign, unit, indicator) -> value of the release being served; empty when there is none."""
    import duckdb

    pointer = read_pointer(folder)
    if pointer is None:
        return {}
    with duckdb.connect(str(folder / pointer.file), read_only=True) as con:
        rows = con.execute("select campaign_id, unit_id, indicator_id, value from current_fact").fetchall()
    return {(c, u, i): v for c, u, i, v in rows}
