"""Releases on disk: immutable files and the pointer CURRENT that names the one being served."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from etl.errors import ReleaseError
from etl.files.intake import OFFICE_TIME
from etl.places import VAR
from etl.release.build import SAFE, SCHEMA_VERSION

DEFAULT_DIR = VAR / "releases"
KEEP = 5


@dataclass(frozen=True)
class Pointer:
    """What CURRENT says: the release being served."""

    release_id: str
    file: str
    sha256: str
    bytes: int
    published_at: str


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    hasher = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            hasher.update(block)
    return hasher.hexdigest()


def read_pointer(folder: Path) -> Pointer | None:
    """The pointer, None when there is none. Raises ReleaseError when it can't be read."""
    path = folder / "CURRENT"
    if not path.exists():
        return None
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        return Pointer(
            str(raw["release_id"]),
            str(raw["file"]),
            str(raw["sha256"]),
            int(raw["bytes"]),
            str(raw.get("published_at", "")),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ReleaseError(f"{path} 读不出", f"{path} can't be read", place=str(path)) from error


def verify_file(path: Path) -> dict[str, int]:
    """Open a release, scan every table fully and return its row counts. Raises ReleaseError when anything is wrong."""
    try:
        with duckdb.connect(str(path), read_only=True, config=SAFE) as con:
            row = con.execute("select schema_version from release_info").fetchone()
            if row is None or row[0] != SCHEMA_VERSION:
                raise ReleaseError(
                    f"{path.name} 的结构版本不符",
                    f"{path.name} has another schema version",
                    found=str(row),
                    expected=str(SCHEMA_VERSION),
                )
            counts = {}
            for (name,) in con.execute(
                "select table_name from duckdb_tables() where not temporary order by 1"
            ).fetchall():
                # hash() touches every value, so a damaged block is found now and not by a reader.
                scanned = con.execute(f"select count(*), bit_xor(hash(t)) from {name} t").fetchone()  # noqa: S608
                counts[name] = int(scanned[0]) if scanned else 0
            return counts
    except duckdb.Error as error:
        raise ReleaseError(
            f"{path.name} 已损坏：{error}", f"{path.name} is damaged: {error}", place=str(path)
        ) from error


def publish(folder: Path, building: Path, release_id: str) -> Pointer:
    """Verify a built file, give it its final name and switch CURRENT to it. The old release serves until the switch."""
    verify_file(building)
    final = folder / f"{release_id}.duckdb"
    if _is_sound(final):
        building.unlink()
    else:
        building.replace(final)
    pointer = Pointer(
        release_id,
        final.name,
        digest(final),
        final.stat().st_size,
        datetime.now(OFFICE_TIME).isoformat(timespec="seconds"),
    )
    write_pointer(folder, pointer)
    prune(folder, keep=final.name)
    return pointer


def _is_sound(path: Path) -> bool:
    """Whether a release of that name is there and whole; a damaged one is built anew from its inputs."""
    if not path.exists():
        return False
    try:
        verify_file(path)
    except ReleaseError:
        return False
    return True


def write_pointer(folder: Path, pointer: Pointer) -> None:
    """Switch CURRENT in one step: a reader sees the old or the new one, never a half."""
    temporary = folder / "CURRENT.new"
    with temporary.open("w", encoding="utf-8") as stream:
        json.dump(asdict(pointer), stream, ensure_ascii=False, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(folder / "CURRENT")


def release_files(folder: Path) -> list[Path]:
    """Release files, newest first."""
    return sorted(folder.glob("*.duckdb"), key=lambda p: (-p.stat().st_mtime, p.name)) if folder.exists() else []


def is_sound_current(folder: Path, pointer: Pointer) -> bool:
    """Whether the file that the pointer names is there and byte for byte the published one."""
    path = folder / pointer.file
    try:
        return path.stat().st_size == pointer.bytes and digest(path) == pointer.sha256
    except OSError:
        return False


def open_findings(path: Path) -> dict[str, int]:
    """Level -> how many findings of a release are still open."""
    with duckdb.connect(str(path), read_only=True, config=SAFE) as con:
        return dict(con.execute("select level, count(*) from finding where state = 'open' group by level").fetchall())


@dataclass(frozen=True)
class Listed:
    """An open finding as it is listed: which file, where, and its words in both languages."""

    level: str
    source_name: str
    place: str
    message_zh: str
    message_en: str


def list_findings(path: Path) -> list[Listed]:
    """The open findings of a release, file by file; in a file the worst first. Those about no file come last."""
    with duckdb.connect(str(path), read_only=True, config=SAFE) as con:
        rows = con.execute(
            "select f.level, coalesce(s.source_name, ''), f.place, f.message_zh, f.message_en from finding as f "
            "left join submission as s using (submission_id) where f.state = 'open' "
            "order by s.source_name nulls last, case f.level when 'error' then 1 when 'warning' then 2 else 3 end, "
            "in_document(f.place), f.place, f.finding_id"
        ).fetchall()
    return [Listed(*row) for row in rows]


@dataclass(frozen=True)
class Summary:
    """What tells one release from another: when it was built and what is in it."""

    built_at: datetime
    campaigns: tuple[str, ...]
    n_submissions: int


def summarize(path: Path) -> Summary | None:
    """A release in short; None for a damaged one or one of another version."""
    try:
        verify_file(path)
        with duckdb.connect(str(path), read_only=True, config=SAFE) as con:
            built = con.execute("select built_at from release_info").fetchall()[0][0]
            rows = con.execute(
                "select campaign_id from campaign where has_data and basis <> 'published' order by campaign_id"
            ).fetchall()
            n = con.execute("select count(*) from submission where status = 'current'").fetchall()[0][0]
    except (ReleaseError, duckdb.Error, OSError):
        return None
    return Summary(built, tuple(row[0] for row in rows), int(n))


def prune(folder: Path, keep: str) -> None:
    """Delete all but the newest releases; a file that a reader holds open is left for the next time."""
    files = [p for p in release_files(folder) if p.name != keep and not p.name.endswith(".building.duckdb")]
    for path in files[KEEP - 1 :]:
        try:
            path.unlink()
        except OSError:
            continue


def locked(folder: Path, wait_s: float = 0) -> FileLock:
    """The lock of a releases folder; freed by the system when its holder dies. Raises ReleaseError when it is held for `wait_s`."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / "LOCK")
    try:
        lock.acquire(timeout=wait_s)
    except Timeout as error:
        raise ReleaseError(
            "另一个装载正在进行，请稍后再试", "another load is running; try again later", place=str(folder)
        ) from error
    return lock


def current_facts(folder: Path) -> dict[tuple[str, str, str], float | None]:
    """(campaign, unit, indicator) -> value of the release being served; empty when there is none."""
    pointer = read_pointer(folder)
    if pointer is None:
        return {}
    with duckdb.connect(str(folder / pointer.file), read_only=True) as con:
        rows = con.execute("select campaign_id, unit_id, indicator_id, value from current_fact").fetchall()
    return {(c, u, i): v for c, u, i, v in rows}
