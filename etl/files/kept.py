"""What slow steps made of a file, kept by what it was made of: what OCR saw on a page, the converted copy of an old file,
what was read of any file.

Keys hold the file's bytes and the program that read them, so that what is kept is what would be made again. Without a folder
nothing is kept. A piece that is missing or damaged is made anew.
"""

from __future__ import annotations

import hashlib
import os
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

UNUSED_DAYS = 45
_A_DAY = 86_400


@dataclass(frozen=True)
class Kept:
    """A folder of kept pieces; None keeps nothing."""

    folder: Path | None = None

    def path(self, *parts: object) -> Path | None:
        """Where the piece made of these parts lies, whether it is there or not."""
        if self.folder is None:
            return None
        return self.folder / hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()

    def read(self, *parts: object) -> bytes | None:
        """The piece, None when it isn't kept."""
        path = self.path(*parts)
        with suppress(OSError):
            data = path.read_bytes() if path else None
            if path and time.time() - path.stat().st_mtime > _A_DAY:
                path.touch()
            return data
        return None

    def write(self, data: bytes, *parts: object) -> None:
        """Keep a piece, in one step; a full disk loses time only."""
        path = self.path(*parts)
        if path is None:
            return
        beside = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(data)
            beside.replace(path)

    def forget_old(self, days: int = UNUSED_DAYS) -> None:
        """Let pieces go that nobody asked for in that many days: their file, or the program that read it, is another by now."""
        if self.folder is None:
            return
        oldest = time.time() - days * _A_DAY
        with suppress(OSError), os.scandir(self.folder) as pieces:
            for piece in pieces:
                if piece.stat().st_mtime < oldest:
                    Path(piece).unlink()


NOTHING_KEPT = Kept()
