"""Colours as Word and web pages write them."""

from __future__ import annotations

import re

_NAMED = frozenset({"white", "snow", "ghostwhite", "ivory", "floralwhite", "whitesmoke", "mintcream", "azure"})
_HEX = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})\s*[,\s]\s*(\d{1,3})\s*[,\s]\s*(\d{1,3})\b[^)]*\)?")
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
