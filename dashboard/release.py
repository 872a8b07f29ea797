"""The release that readers see: found by its pointer, verified once, opened read-only."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, TypeAlias, TypeVar

import duckdb

T = TypeVar("T")
Row: TypeAlias = tuple[Any, ...]
Params: TypeAlias = Mapping[str, str | int | bool | None]
Asked: TypeAlias = tuple[str, type[Any], tuple[tuple[str, Any], ...]]  # query, kind of record, parameters by name

POINTER_NAME = "CURRENT"
DEFAULT_DIR = Path("data/var/releases")
SCHEMA_VERSION = 10  # the release tables this dashboard reads; a release of another version is refused
MAX_ANSWERS_KEPT = 5000
REQUIRED_TABLES = frozenset(
    {"release_info", "campaign", "unit", "roster", "measure", "measure_value", "measure_total", "comparison"}
)
# One thread a query: the answers are small, and handing them to several threads takes longer than finding them.
OPEN_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "enable_external_access": False,
    "threads": 1,
}


class ReleaseError(Exception):
    """A release can't be used. `reason` is a key of texts.yaml; the message is for the log."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason


class Source(Protocol):
    """Anything that answers a query with records."""

    @property
    def release_id(self) -> str:
        """Identity of the release behind the answers."""

    def records(self, sql: str, kind: type[T], params: Params) -> tuple[T, ...]:
        """The rows as records; the query's columns are the record's fields."""


@dataclass(frozen=True)
class Pointer:
    """What CURRENT says: the file of the published release and its fingerprint."""

    release_id: str
    path: Path
    sha256: str
    size_bytes: int


@dataclass(frozen=True)
class Database:
    """An open release. One cursor per query, because a DuckDB connection can't be shared by threads.

    A release never changes, so answers are kept with it and go when it goes.
    """

    release_id: str
    path: Path
    built_at: str
    connection: duckdb.DuckDBPyConnection
    answers: dict[Asked, tuple[Any, ...]] = field(default_factory=dict, compare=False, repr=False)
    noted: threading.local = field(default_factory=threading.local, compare=False, repr=False)

    def fetch(self, sql: str, params: Params) -> tuple[tuple[str, ...], tuple[Row, ...]]:
        """Column names and rows of one query."""
        with self.connection.cursor() as cursor:
            cursor.execute(sql, dict(params))
            columns = tuple(str(column[0]) for column in cursor.description or ())
            return columns, tuple(tuple(row) for row in cursor.fetchall())

    def records(self, sql: str, kind: type[T], params: Params) -> tuple[T, ...]:
        """The rows as records, from memory when asked before; the query's columns are the record's fields."""
        ordered = tuple(sorted(params.items()))
        notes = getattr(self.noted, "asked", None)
        if notes is not None:
            notes.append((sql, kind, ordered))
        return self.answer(sql, kind, ordered)

    def answer(self, sql: str, kind: type[T], params: tuple[tuple[str, Any], ...]) -> tuple[T, ...]:
        """The same, for parameters in the order of their names."""
        key = (sql, kind, params)
        found = self.answers.get(key)
        if found is None:
            columns, rows = self.fetch(sql, dict(params))
            found = tuple(kind(**dict(zip(columns, row, strict=True))) for row in rows)
            if self.is_full:
                self.answers.clear()
            self.answers[key] = found
        return found

    @property
    def is_full(self) -> bool:
        """Whether as many answers are kept as may be."""
        return len(self.answers) >= MAX_ANSWERS_KEPT

    @contextmanager
    def noting(self) -> Iterator[list[Asked]]:
        """What this thread asks meanwhile, answered from memory or not."""
        asked: list[Asked] = []
        self.noted.asked = asked
        try:
            yield asked
        finally:
            self.noted.asked = None


def releases_dir() -> Path:
    """Where releases lie: ATLAS_RELEASES, else releases below ATLAS_VAR, else data/var/releases."""
    own = os.environ.get("ATLAS_VAR")
    return Path(os.environ.get("ATLAS_RELEASES") or (Path(own) / "releases" if own else DEFAULT_DIR))


def read_pointer(folder: Path) -> Pointer:
    """The pointer's content. Raises ReleaseError `no_release` or `bad_pointer`."""
    path = folder / POINTER_NAME
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        name = Path(str(data["file"])).name
        return Pointer(str(data["release_id"]), folder / name, str(data["sha256"]), int(data["bytes"]))
    except FileNotFoundError:
        raise ReleaseError("release.none", str(path)) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReleaseError("release.bad_pointer", f"{path}: {error}") from error


def verify_file(pointer: Pointer) -> None:
    """Nothing when the file is byte for byte the published one; else ReleaseError `release.damaged`."""
    try:
        size = pointer.path.stat().st_size
        if size != pointer.size_bytes:
            raise ReleaseError("release.damaged", f"{pointer.path}: {size} bytes, expected {pointer.size_bytes}")
        with pointer.path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise ReleaseError("release.damaged", f"{pointer.path}: {error}") from error
    if digest != pointer.sha256:
        raise ReleaseError("release.damaged", f"{pointer.path}: sha256 {digest}, expected {pointer.sha256}")


def open_file(path: Path) -> Database:
    """The release in this file, read-only, without extensions or access to other files."""
    try:
        connection = duckdb.connect(str(path), read_only=True, config=OPEN_CONFIG)
    except duckdb.Error as error:
        raise ReleaseError("release.damaged", f"{path}: {error}") from error
    try:
        tables = {row[0] for row in connection.execute("select table_name from duckdb_tables()").fetchall()}
        if missing := REQUIRED_TABLES - tables:
            raise ReleaseError("release.damaged", f"{path}: no table {', '.join(sorted(missing))}")
        info = connection.execute("select release_id, built_at, schema_version from release_info").fetchone()
        if info is None or info[2] != SCHEMA_VERSION:
            found = "release_info is empty" if info is None else f"schema version {info[2]}, expected {SCHEMA_VERSION}"
            raise ReleaseError("release.damaged", f"{path}: {found}")
    except (duckdb.Error, ReleaseError) as error:
        connection.close()
        raise error if isinstance(error, ReleaseError) else ReleaseError("release.damaged", str(error)) from error
    return Database(str(info[0]), path, str(info[1])[:16], connection)


def open_pointed(pointer: Pointer) -> Database:
    """The published release, verified. Raises ReleaseError."""
    verify_file(pointer)
    return open_file(pointer.path)


def open_newest_other(folder: Path, damaged: Path | None) -> Database:
    """The newest other release of the folder that opens. Raises ReleaseError `release.none_good`."""
    files = sorted(folder.glob("*.duckdb"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in files:
        if damaged is not None and path.name == damaged.name:
            continue
        try:
            return open_file(path)
        except ReleaseError:
            continue
    raise ReleaseError("release.none_good", str(folder))
