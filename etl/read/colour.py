"""Colours as Word and web pages write them."""

from __future__ import annotations

import re

_NAMED = frozenset({"white", "snow", "ghostwhite", "ivory", "floralwhite", "whitesmoke", "mintcream", "azure"})
_HEX = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})\s*[,\s]\s*(\d{1,3})\s*[,\s]\s*(\d{1,3})\b[^)]*\)?")
_MARKERS = {
    "black": "000000",
    "blue": "0000ff",
    "cyan": "00ffff",
    "green": "00ff00",
    "magenta": "ff00ff",
    "red": "ff0000",
    "yellow": "ffff00",
    "darkblue": "000080",
    "darkcyan": "008080",
    "darkgreen": "008000",
    "darkmagenta": "800080",
    "darkred": "800000",
    "darkyellow": "808000",
    "darkgray": "808080",
    "lightgray": "c0c0c0",
}  # of Word's text markers
_NEAR = 0x18  # of 255: letters that differ less from their ground are not seen
_PALE = 0xF0  # of 255 in red, green and blue: nobody tells it from paper


def is_white(colour: str | None) -> bool:
    """Whether a colour can't be told from white paper: FFFFFF, #fff, white, rgb(254, 254, 254). False for none and for unknown ones."""
    said = (colour or "").strip().lower()
    if said in _NAMED:
        return True
    if match := _HEX.fullmatch(said):
        digits = match.group(1) if len(match.group(1)) == 6 else "".join(2 * d for d in match.group(1))
        return all(int(digits[n : n + 2], 16) >= _PALE for n in (0, 2, 4))
    rgb = _RGB.fullmatch(said)
    return rgb is not None and all(int(part) >= _PALE for part in rgb.groups())


def are_alike(one: str | None, other: str | None) -> bool:
    """Whether letters of one colour can't be seen on a ground of the other; an automatic colour is black, False for unknown ones."""
    first, second = _parts(one), _parts(other)
    return (
        first is not None and second is not None and all(abs(a - b) < _NEAR for a, b in zip(first, second, strict=True))
    )


def _parts(colour: str | None) -> tuple[int, int, int] | None:
    """Red, green and blue of a colour as Word writes it; None for one that is not known."""
    said = (colour or "auto").strip().lower()
    match = _HEX.fullmatch("000000" if said == "auto" else _MARKERS.get(said, said))
    if match is None:
        return None
    digits = match.group(1) if len(match.group(1)) == 6 else "".join(2 * d for d in match.group(1))
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
