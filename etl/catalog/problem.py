"""A mistake in the catalogue, with its place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One mistake and where it stands."""

    file: str
    line: int
    message_zh: str
    message_en: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message_zh} / {self.message_en}"
