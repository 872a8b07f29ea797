"""Typed text without spaces and in one width, with the way back to the typed characters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from etl.interpret.fold import drop_invisible, fold


@dataclass(frozen=True)
class Squeezed:
    """`text` folded and without white space; `origin[i]` is the index in `typed` of `text[i]`."""

    typed: str
    text: str
    origin: tuple[int, ...]

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
    kept = [i for i, c in enumerate(folded) if not c.isspace()]
    return Squeezed(typed, "".join(folded[i] for i in kept), tuple(kept))


@lru_cache(maxsize=4096)
def squeeze_text(text: str) -> str:
    """Only the folded text without white space."""
    return "".join(c for c in fold(drop_invisible(text)) if not c.isspace())
