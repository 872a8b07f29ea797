"""Caches of one server process: the open release, and the rows of its queries."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from dashboard.release import (
    Database,
    Params,
    Pointer,
    ReleaseError,
    Row,
    open_newest_other,
    open_pointed,
    read_pointer,
    releases_dir,
)

MAX_RELEASES_OPEN = 3
MAX_QUERIES_CACHED = 2000
LOG = logging.getLogger("atlas.dashboard")


@dataclass(frozen=True)
class Opened:
    """The release to show, and the text key of what is wrong when it is not the published one."""

    source: CachedSource
    database: Database
    banner: str | None


@dataclass(frozen=True)
class CachedSource:
    """A release whose answers are kept, keyed by release, query and parameters."""

    database: Database

    @property
    def release_id(self) -> str:
        """Identity of the release behind the answers."""
        return self.database.release_id

    def fetch(self, sql: str, params: Params) -> tuple[tuple[str, ...], tuple[Row, ...]]:
        """Column names and rows, from memory when asked before."""
        key = f"{self.database.release_id}:{self.database.path}"
        return _fetch(key, sql, tuple(sorted(params.items())), self.database)


@st.cache_data(max_entries=MAX_QUERIES_CACHED, show_spinner=False)
def _fetch(
    key: str, sql: str, params: tuple[tuple[str, str | int | bool | None], ...], _database: Database
) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    del key
    return _database.fetch(sql, dict(params))


@st.cache_resource(max_entries=MAX_RELEASES_OPEN, show_spinner=False)
def _open_pointed(release_id: str, path: str, sha256: str, size_bytes: int) -> Database | ReleaseError:
    try:
        return open_pointed(Pointer(release_id, Path(path), sha256, size_bytes))
    except ReleaseError as error:
        LOG.error("current release refused: %s", error)
        return error


@st.cache_resource(max_entries=MAX_RELEASES_OPEN, show_spinner=False, ttl=60)
def _open_other(folder: str, damaged: str) -> Database | ReleaseError:
    try:
        return open_newest_other(Path(folder), Path(damaged) if damaged else None)
    except ReleaseError as error:
        LOG.error("no other release: %s", error)
        return error


def open_current() -> Opened:
    """The release to show now; the pointer is read at each call, so a new release needs no restart.

    Raises ReleaseError when there is none at all.
    """
    folder = releases_dir()
    damaged, reason = "", "release.damaged"
    try:
        pointer = read_pointer(folder)
        found = _open_pointed(pointer.release_id, str(pointer.path), pointer.sha256, pointer.size_bytes)
        if isinstance(found, Database):
            return Opened(CachedSource(found), found, None)
        damaged, reason = pointer.path.name, found.reason
    except ReleaseError as error:
        if error.reason == "release.none":
            raise
        reason = error.reason
    other = _open_other(str(folder), damaged)
    if isinstance(other, ReleaseError):
        raise other
    return Opened(CachedSource(other), other, reason)
