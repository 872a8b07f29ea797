"""The text of a file that is no form, so that a person can copy its figures. The loader reads it: this server opens nobody's file."""

from __future__ import annotations

import re

from dashboard.desk.cell_picture import file_of
from dashboard.desk.loader import run_loader
from dashboard.desk.places import Desk

_DIGEST = re.compile(r"[0-9a-f]{64}")


def file_text(desk: Desk, source_name: str, sha256: str) -> str | None:
    """Its lines with private data masked; None when the file isn't there or holds no text. Kept until the desk is cleared."""
    file = file_of(desk, source_name)
    if file is None or not _DIGEST.fullmatch(sha256):
        return None
    kept = desk.cells / sha256 / "text.txt"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        if not run_loader(["text", str(file), "--sha256", sha256, "--out", str(kept)], desk).is_done:
            kept.write_text("", encoding="utf-8")  # what can't be read takes its time to say so
    return kept.read_text(encoding="utf-8") or None
