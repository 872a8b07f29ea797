"""Typed text without spaces and in one width, with the way back to the typed characters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from etl.interpret.fold import drop_invisible, fold


@dataclass(frozen=True)
class Squeezed:
    """`text` is `typed` folded and without white space."""

    typed: str
    folded: str
    text: str

    @cached_property
    def origin(self) -> list[int]:
        """Index in `typed` of each character of `text`."""
        origin: list[int] = []
        at = 0
        for word in self.folded.split():
            at = self.folded.index(word, at)
            origin.extend(range(at, at + len(word)))
            at += len(word)
        return origin

    def raw(self, start: int, end: int) -> str:
        """The typed text of a stretch of the squeezed one, inner white space included."""
        if start >= end:
            return ""
        return self.typed[self.origin[start] : self.origin[end - 1] + 1]

    def between(self, start: int, end: int) -> str:
        """The typed text strictly between the characters before `start` and at `end`, outer white space included."""
        left = self.origin[start - 1] + 1 if start > 0 else 0
        right = self.origin[end] if end < len(self.origin) else len(self.typed)
        return self.typed[left:right]


def squeeze(typed: str) -> Squeezed:
    """Fold widths and drop white space, remembering where each character came from."""
    typed = drop_invisible(typed)
    folded = fold(typed)
    return Squeezed(typed, folded, "".join(folded.split()))


@lru_cache(maxsize=4096)
def squeeze_text(text: str) -> str:
    """Only the folded text without white space."""
    return "".join(fold(drop_invisible(text)).split())
