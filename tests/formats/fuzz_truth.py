"""What came of a damaged file, against what the sound one says."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

Read = dict[tuple[str, str], tuple[float | None, str]]  # unit and blank -> value and state


@dataclass(frozen=True)
class Came:
    """How a file came out, what was said of it, what was read, and the seconds it took."""

    how: str
    rules: tuple[str, ...]
    read: Read
    seconds: float
    tokens: Counter[str] = field(default_factory=Counter)  # numbers as they stand in a text


def text_of(data: bytes) -> str:
    """What stands in a file without a checksum, and in the parts of one that has."""
    if data[:2] == b"PK":
        with suppress(Exception), zipfile.ZipFile(io.BytesIO(data)) as archive:
            return " ".join(
                archive.read(n).decode("utf-8", "replace") for n in archive.namelist() if n.endswith(".xml")
            )
        return ""
    is_page = b"<" in data[:2000] or data[:4] == b"MIME"
    return data.decode("utf-8" if is_page else "gb18030", "replace")


# States that don’t say that something stands there; a fact that is no longer there says nothing either.
SILENT = {"gone", "not_filled", "not_reported", "not_applicable", "explicit_zero", "reported"}


@dataclass
class Against:
    """Blanks of damaged files that were read, against the sound file."""

    same: int = 0
    withheld: int = 0  # no value, and its state or a finding of the file says why
    moved: list[object] = field(default_factory=list)  # another blank's value
    other: list[object] = field(default_factory=list)  # a value that stands nowhere in the sound file
    lost: list[object] = field(default_factory=list)  # no value, and nothing said of it

    def add(self, name: str, sound: Came, came: Came) -> None:
        """Count a file that was read."""
        known = {v for v, _ in sound.read.values() if v is not None and v >= 100}
        said = set(came.rules) - set(sound.rules)
        for key, (value, _) in sound.read.items():
            new, state = came.read.get(key, (None, "gone"))
            if new == value:
                self.same += value is not None
            elif new is not None:
                is_moved = new in known and not came.tokens[f"{new:g}"] > sound.tokens[f"{new:g}"]
                (self.moved if is_moved else self.other).append((name, key, value, new))
            elif state not in SILENT or said or sound.tokens[f"{value:g}"] > came.tokens[f"{value:g}"]:
                self.withheld += 1
            else:
                self.lost.append((name, key, value, state))


SEPARATORS = {"csv": b",", "tsv": b"\t"}


def single_changes(data: bytes, mark: bytes, step: int) -> Iterator[bytes]:
    """One byte left out, one bit turned, a separator put in, at every `step`-th place."""
    for at in range(0, len(data), step):
        yield data[:at] + data[at + 1 :]
        yield data[:at] + bytes([data[at] ^ 1 << at % 7]) + data[at + 1 :]
        yield data[:at] + mark + data[at:]
