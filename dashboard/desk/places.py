"""Folders of the desk, below the folder of run-time data."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# One change of a desk at a time: the sessions of clerks and tabs are threads of one server.
CHANGING = threading.RLock()


@dataclass(frozen=True)
class Desk:
    """Where the desk keeps what is not yet published, and where it goes on publishing."""

    var: Path

    @property
    def staged(self) -> Path:
        """Uploaded files that wait."""
        return self.var / "desk" / "staged"

    @property
    def candidate(self) -> Path:
        """The release made of everything and the staged files."""
        return self.var / "desk" / "candidate"

    @property
    def read_mark(self) -> Path:
        """What the candidate was made of."""
        return self.candidate / "READ"

    @property
    def kept(self) -> Path:
        """What OCR and LibreOffice made of files, so that a decision does not make it again."""
        return self.var / "desk" / "kept"

    @property
    def cells(self) -> Path:
        """Pictures of scanned cells."""
        return self.var / "desk" / "cells"

    @property
    def under_way(self) -> Path:
        """What a publishing has done so far, so that it can be undone."""
        return self.var / "desk" / "publishing"

    @property
    def decisions(self) -> Path:
        """The published decisions and those taken on the desk."""
        return self.var / "desk" / "decisions.csv"

    @property
    def published_decisions(self) -> Path:
        """The decisions that every load applies."""
        return self.var / "decisions.csv"

    @property
    def inbox(self) -> Path:
        """Where published uploads go."""
        return self.var / "inbox"


def the_desk() -> Desk:
    """The desk of this installation: below ATLAS_VAR, else data/var."""
    return Desk(Path(os.environ.get("ATLAS_VAR") or ROOT / "data" / "var"))


def is_collector() -> bool:
    """Whether this server offers the desk: not where ATLAS_ROLE is reader."""
    return os.environ.get("ATLAS_ROLE", "collector").strip().lower() != "reader"
