"""Numbers in the attributes of a file's XML, however absurd."""

from __future__ import annotations

_DIGITS = 9  # more than any sound file needs


def whole_number(text: str | None, fallback: int = 0) -> int:
    """The number a plain run of digits says; `fallback` for everything else, other scripts' digits included."""
    return int(text) if text and len(text) <= _DIGITS and text.isascii() and text.isdigit() else fallback
