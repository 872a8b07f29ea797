"""What was read of a file, kept by its bytes, by all that was said about it, and by the program: a decision judges anew what
was read, it need not read anew.

A file about which something was decided (its campaign, its unit, that it doesn't count, a column's head) is another file here.
What went wrong for a reason outside the file (a worker that died, a fault of ours, a program that isn't installed) is not kept.
That reading it took too long is kept for an hour: every decision on the desk would wait as long again for the same words.
"""

from __future__ import annotations

import io
import pickle
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from etl.catalog.model import Catalog
from etl.facts import Submission
from etl.files.intake import Job
from etl.files.kept import NOTHING_KEPT, Kept
from etl.files.workers import Lost
from etl.program import library_versions, program_digest
from etl.read_file import Later, file_digest

Read = list[Submission] | Later | Lost
TOO_LONG = "timed_out"
TOO_LONG_KEPT_S = 3600.0  # about a clerk's session: a machine that was busy gets another try after it
_OUTSIDE = frozenset({"crash", "needs_ocr", "needs_libreoffice", "arrivals_unread"})
_NOWHERE = Path()
# All that a piece may name: a piece is data, whoever wrote it.
_CLASSES = frozenset({
    ("etl.facts", "Submission"), ("etl.facts", "Fact"), ("etl.facts", "Quote"), ("etl.facts", "Evidence"),
    ("etl.findings", "Finding"), ("etl.read_file", "Later"), ("datetime", "date"), ("datetime", "datetime"),
})  # fmt: skip


@dataclass(frozen=True)
class KeptReads:
    """The readings kept in a folder by one program; without a folder nothing is kept."""

    kept: Kept
    program: str = ""

    @classmethod
    def of(cls, kept: Kept, catalog: Catalog) -> KeptReads:
        """The readings that this program, with this catalogue, has kept."""
        if kept.folder is None:
            return cls(kept)
        return cls(kept, f"{program_digest(catalog)}|{library_versions()}")

    def key(self, step: str, job: Job) -> tuple[object, ...]:
        """What the reading of a file is made of; empty where nothing is kept or the file can't be opened."""
        if self.kept.folder is None or job.is_debris:
            return ()
        try:
            digest = file_digest(job.path)
        except OSError:
            return ()
        decided = job.decided.get(job.sha256 or digest)
        about = replace(job, path=_NOWHERE, decided={}, columns={})
        return ("read", step, digest, about, decided, job.columns, self.program)

    def found(self, key: Sequence[object]) -> Read | None:
        """What was read before; None when it is to be read now."""
        data = self.kept.read(*key) if key else None
        # Whatever a damaged piece makes the reader stumble over, the file itself is there.
        with suppress(Exception):
            found = _Pieces(io.BytesIO(data)).load() if data else None
            if isinstance(found, Later) or (isinstance(found, list) and all(isinstance(s, Submission) for s in found)):
                return found
            return _still_lost(found)
        return None

    def keep(self, key: Sequence[object], job: Job, found: object) -> None:
        """Keep a reading of just the bytes that the key names."""
        if key and isinstance(found, Lost):
            self.keep_lost(key, job, found)
        elif key and _is_lasting(found) and _digest_of(found) == (job.sha256 or key[2]):
            self.kept.write(pickle.dumps(found, pickle.HIGHEST_PROTOCOL), *key)

    def keep_lost(self, key: Sequence[object], job: Job, lost: Lost) -> None:
        """Keep for a while that reading just these bytes took too long."""
        with suppress(OSError):
            if lost.rule == TOO_LONG and file_digest(job.path) == key[2]:
                self.kept.write(pickle.dumps((lost.rule, lost.found, lost.expected, time.time())), *key)


NO_READS = KeptReads(NOTHING_KEPT)


def _still_lost(found: object) -> Lost | None:
    """What `keep_lost` kept, while it holds."""
    if not isinstance(found, tuple):
        return None
    rule, what, allowed, at = found
    is_of_late = 0 <= time.time() - float(at) < TOO_LONG_KEPT_S
    return Lost(TOO_LONG, str(what), str(allowed)) if rule == TOO_LONG and is_of_late else None


def _digest_of(found: Any) -> str:
    return str(found.sha256 if isinstance(found, Later) else found[0].sha256)


def _is_lasting(found: object) -> bool:
    """Whether the same file would be read the same way again."""
    if isinstance(found, Later):
        return True
    submissions = found if isinstance(found, list) else []
    return bool(submissions) and not any(f.rule in _OUTSIDE for s in submissions for f in s.findings)


class _Pieces(pickle.Unpickler):
    """Reads pieces of the known classes only."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _CLASSES:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return super().find_class(module, name)
