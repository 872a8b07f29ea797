"""Whether what the desk shows was read from what lies on it: a reading that was broken off, by a click or a closed page, is no reading."""

from __future__ import annotations

import hashlib

from dashboard.desk.places import Desk
from dashboard.desk.staging import ARRIVALS, staged_files


def contents(desk: Desk) -> str:
    """A digest of what lies on the desk: the staged files with their arrivals, and the decisions in force; '' for an empty desk."""
    files = staged_files(desk)
    if not files and not desk.decisions.exists():
        return ""
    hasher = hashlib.sha256()
    for path in files:
        status = path.stat()
        hasher.update(f"{path.name}|{status.st_size}|{status.st_mtime_ns}\n".encode())
    for path in (desk.staged / ARRIVALS, desk.decisions if desk.decisions.exists() else desk.published_decisions):
        hasher.update(path.read_bytes() if path.exists() else b"")
    return hasher.hexdigest()


def note_read(desk: Desk, digest: str) -> None:
    """Take down that the candidate was made of just these contents."""
    desk.candidate.mkdir(parents=True, exist_ok=True)
    desk.read_mark.write_text(digest, encoding="ascii")


def is_read(desk: Desk) -> bool:
    """Whether the candidate was made of what lies on the desk now; an empty desk needs no reading."""
    now = contents(desk)
    return not now or (desk.read_mark.exists() and desk.read_mark.read_text(encoding="ascii") == now)
