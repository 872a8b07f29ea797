"""Caches of one server process: the open releases. Their answers are kept with them."""

from __future__ import annotations

import gc
import logging
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from dashboard.release import (
    Database,
    Pointer,
    ReleaseError,
    open_newest_other,
    open_pointed,
    read_pointer,
    releases_dir,
)

MAX_RELEASES_OPEN = 3
LOG = logging.getLogger("atlas.dashboard")


@dataclass(frozen=True)
class Opened:
    """The release to show, and the text key of what is wrong when it is not the published one."""

    database: Database
    banner: str | None


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
            return Opened(found, None)
        damaged, reason = pointer.path.name, found.reason
    except ReleaseError as error:
        if error.reason == "release.none":
            raise
        reason = error.reason
    other = _open_other(str(folder), damaged)
    if isinstance(other, ReleaseError):
        raise other
    return Opened(other, reason)


@st.cache_resource(show_spinner=False)
def settle_memory() -> bool:
    """Once, after the first page: what is loaded by then stays, so that collections need not walk through it again."""
    gc.collect()
    gc.freeze()
    return True
