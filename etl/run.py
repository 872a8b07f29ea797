"""The whole way: paths -> jobs -> submissions (in worker processes) -> assembly -> release -> CURRENT."""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from etl.assemble import Assembly, assemble
from etl.catalog import Catalog, load_catalog
from etl.catalog.check import sound_catalog
from etl.catalog.load import CATALOG_DIR
from etl.decisions import (
    DEFAULT_FILE,
    Decision,
    Outcome,
    apply_decisions,
    column_decisions,
    file_decisions,
    read_decisions,
)
from etl.decisions.newer import judge_superseded
from etl.errors import UsageError
from etl.files.intake import Job, find_jobs, office_now
from etl.files.kept import NOTHING_KEPT, Kept
from etl.places import ROOT, VAR
from etl.release.build import build_release, inputs_digest, release_id_of
from etl.release.publish import (
    Listed,
    Pointer,
    is_sound_current,
    list_findings,
    locked,
    open_findings,
    publish,
    read_pointer,
)
from etl.rounds import Progress, read_jobs


@dataclass
class Loaded:
    """The outcome of reading: what was found, and the identity of the inputs."""

    catalog: Catalog
    jobs: list[Job]
    outcomes: list[Outcome]
    assembly: Assembly
    inputs_sha256: str
    release_id: str
    loaded_at: datetime  # on the offices' clock
    pointer: Pointer | None = None
    open_findings: Mapping[str, int] = field(default_factory=dict)  # level -> how many, those of the checks included
    listed: Sequence[Listed] = ()  # the same one by one, where that was asked for
    is_part: bool = False  # only the paths that were named were read, not all that the decisions may be about

    @property
    def n_readable(self) -> int:
        """Submissions that were read."""
        return sum(s.status != "refused" for s in self.assembly.standings)


@dataclass(frozen=True)
class Wanted:
    """What a load shall read: `paths` (none: the default folders), `also` beside them, for which campaign, decided how, with which slow steps kept."""

    paths: tuple[Path, ...] = ()
    also: tuple[Path, ...] = ()
    campaign_id: str | None = None
    decisions_file: Path = DEFAULT_FILE
    kept: Kept = NOTHING_KEPT
    is_listing: bool = False  # whether every finding is wanted, and not only how many


def default_paths(also: Sequence[Path] = ()) -> list[Path]:
    """What `load` reads when no path is given: the inbox and the published totals; the samples while there is no own file."""
    inbox, samples, published = VAR / "inbox", VAR / "samples", ROOT / "data" / "published"
    has_own = any(p.is_file() for folder in (inbox, *also) if folder.exists() for p in folder.rglob("*"))
    return [p for p in (inbox, *([] if has_own else [samples]), published) if p.exists()]


def _jobs(catalog: Catalog, wanted: Wanted, decisions: Sequence[Decision]) -> list[Job]:
    if wanted.campaign_id is not None and wanted.campaign_id not in catalog.campaigns:
        known, asked = "、".join(catalog.campaigns), wanted.campaign_id
        raise UsageError(f"没有活动 {asked}；已知：{known}", f"no campaign {asked}; known: {known}", found=asked)
    chosen = [*(wanted.paths or default_paths(wanted.also)), *wanted.also]
    if not chosen:
        raise UsageError("没有可读的文件夹；请给出路径", "nothing to read; give a path")
    decided, columns = file_decisions(decisions), column_decisions(decisions)
    jobs = find_jobs(catalog, chosen, wanted.campaign_id)
    return [replace(j, decided=decided, columns=columns) for j in jobs] if decided or columns else jobs


def read_inputs(wanted: Wanted, progress: Progress | None = None, root: Path = CATALOG_DIR) -> Loaded:
    """Read and judge everything; nothing is written. Raises UsageError for an unknown campaign or path, CatalogError."""
    catalog, loaded_at = sound_catalog(root), office_now()
    decisions = read_decisions(wanted.decisions_file)
    asked = _jobs(catalog, wanted, decisions)
    read = read_jobs(catalog, asked, progress, wanted.kept)
    inputs = inputs_digest(asked, decisions, read.digests)
    jobs, submissions = [job for job, _ in read.files], [s for _, found in read.files for s in found]
    applied = apply_decisions(catalog, submissions, decisions)
    assembly = assemble(catalog, submissions)
    outcomes = judge_superseded(catalog, assembly, applied)
    release_id = release_id_of(catalog, inputs, loaded_at)
    return Loaded(catalog, jobs, outcomes, assembly, inputs, release_id, loaded_at, is_part=bool(wanted.paths))


def is_current(wanted: Wanted, folder: Path, root: Path = CATALOG_DIR) -> bool:
    """Whether the release being served was made from just these inputs by this program and catalogue, and nothing fell due since."""
    pointer = read_pointer(folder)
    if pointer is None or not is_sound_current(folder, pointer):
        return False
    catalog = load_catalog(root)
    decisions = read_decisions(wanted.decisions_file)
    inputs = inputs_digest(_jobs(catalog, wanted, decisions), decisions)
    return release_id_of(catalog, inputs, office_now()) == pointer.release_id


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


def _build(loaded: Loaded, path: Path, *, is_listing: bool) -> None:
    build_release(
        loaded.catalog, loaded.assembly, loaded.outcomes, path, loaded.release_id, loaded.inputs_sha256, loaded.loaded_at
    )  # fmt: skip
    loaded.open_findings = open_findings(path)
    if is_listing:
        loaded.listed = list_findings(path)


@contextmanager
def keeping_all() -> Iterator[None]:
    """What a load reads stays until it ends and holds no circles: looking for some would take a tenth of its time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def rehearse(wanted: Wanted, progress: Progress | None = None) -> Loaded:
    """What a load would find, the checks over all files together included; nothing is published."""
    with keeping_all():
        loaded = read_inputs(wanted, progress)
        if loaded.n_readable:
            with tempfile.TemporaryDirectory(prefix="atlas-check-", ignore_cleanup_errors=True) as temporary:
                _build(loaded, Path(temporary) / "check.building", is_listing=wanted.is_listing)
    return loaded


def load(wanted: Wanted, folder: Path, progress: Progress | None = None, *, wait_s: float = 0) -> Loaded:
    """Read, build, verify and publish. When nothing could be read nothing is published (pointer None).

    Another load that is running is waited for, `wait_s` seconds at most.
    """
    lock = locked(folder, wait_s)
    try:
        with keeping_all():
            loaded = read_inputs(wanted, progress)
            if loaded.n_readable == 0:
                return loaded
            with building_file(folder) as path:
                _build(loaded, path, is_listing=wanted.is_listing)
                loaded.pointer = publish(folder, path, loaded.release_id)
            wanted.kept.forget_old()
            return loaded
    finally:
        lock.release()
