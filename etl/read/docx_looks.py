"""The run properties of Word that say how text looks: which they are, and when one of them is on."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from typing import Any

from etl.read.attribute import whole_number
from etl.read.colour import is_white
from etl.read.docx_names import W14, W

VALUE = W + "val"
_FILL = W + "fill"
_SHIFTED_HALF_POINTS = 6  # a note mark that was lifted or lowered by hand
LOOKS = {
    W + "u": "is_underlined",
    W + "rFonts": "is_symbolic",
    W + "strike": "is_struck",
    W + "dstrike": "is_struck",
    W + "vanish": "is_hidden",
    W + "vertAlign": "is_raised",
    W + "position": "is_shifted",
    W + "color": "is_white",
    W14 + "textFill": "is_white",
    W + "sz": "is_tiny",
    W + "shd": "is_grounded",
    W + "highlight": "is_grounded",
}
# On every run or cell, and of matter only where a part's bytes say a symbol font, a size that nobody can read or a ground under letters.
_FONTS, _SIZE, _GROUNDS = W + "rFonts", W + "sz", (W + "shd", W + "highlight")
_TINY_HALF_POINTS = 6
_TINY_SIGN = re.compile(rb":sz\s[^>]*val=[\"'][0-6][\"']")
_GROUND_SIGN = re.compile(rb"<w:rPr>(?:<[^<>]*/>)*?<w:(?:shd|highlight)\s")
RARE_LOOKS = tuple(tag for tag in LOOKS if tag not in (_FONTS, _SIZE, *_GROUNDS))
_SYMBOL_FONTS = re.compile(rb"w(?:ing|eb)dings", re.IGNORECASE)
# Properties of fonts, readable sizes, languages, widths and places alone: most elements of most forms.
_PLAIN_LOOK = re.compile(
    rb"<w:(r|p|tc)Pr>"
    rb"(?:<w:(?:(?:rFonts|lang|kern|spacing|jc|ind|tcW|vAlign) [^<>]*|szC?s? w:val=\"\d\d+\")/>)*"
    rb"</w:\1Pr>"
)


def without_plain_looks(data: bytes) -> bytes:
    """A part's bytes without the properties that say nothing of what its text means; all of them where a symbol font or a comment may stand in it."""
    return data if b"<!" in data or _names_symbols(data) else _PLAIN_LOOK.sub(b"", data)


def _names_symbols(data: bytes) -> bool:
    # The second look costs more than the first.
    return (b"ings" in data or b"INGS" in data) and _SYMBOL_FONTS.search(data) is not None


def _has_grounds(data: bytes) -> bool:
    return (b":highlight" in data or b":shd" in data) and _GROUND_SIGN.search(data) is not None


def looks_of(data: bytes, used: Container[str]) -> Mapping[str, str]:
    """The properties worth looking at: those of `RARE_LOOKS` that are used in a part, fonts and sizes where its bytes say one that matters.

    Every run of every form is asked, and few files use any.
    """
    has_letters = data.startswith((b"<", b"\xef\xbb\xbf<")) and b"&#" not in data and b"\0" not in data
    seldom = {
        _FONTS: not has_letters or _names_symbols(data),
        _SIZE: not has_letters or _TINY_SIGN.search(data) is not None,
        **dict.fromkeys(_GROUNDS, not has_letters or _has_grounds(data)),
    }
    return {tag: look for tag, look in LOOKS.items() if seldom.get(tag, tag in used)}


def shows(node: Any) -> bool:
    """Whether one of the properties of `LOOKS` says its look of the text under it."""
    look, value = LOOKS[node.tag], node.get(VALUE)
    if look == "is_symbolic":
        return any(name in "|".join(node.values()).lower() for name in ("wingdings", "webdings"))
    if look == "is_grounded":
        return is_ground(node)
    if look == "is_underlined":
        return bool((value or "single") != "none")
    if look == "is_raised":
        return value in ("superscript", "subscript")
    if look == "is_shifted":
        return whole_number((value or "").removeprefix("-")) >= _SHIFTED_HALF_POINTS
    if look == "is_tiny":
        return whole_number(value, _TINY_HALF_POINTS + 1) <= _TINY_HALF_POINTS
    if node.tag == W14 + "textFill":
        return _is_no_fill(node)
    if look == "is_white":
        return is_white(value) or _is_theme_ground(node)
    return (value or "1") not in ("0", "false", "off", "none")


def _is_theme_ground(node: Any) -> bool:
    """Whether a colour is the theme's own ground, not darkened by more than an eye can tell."""
    is_ground_colour = node.get(W + "themeColor") in ("background1", "light1")
    shade = node.get(W + "themeShade", "FF")
    return is_ground_colour and is_white(3 * shade)


def _is_no_fill(fill: Any) -> bool:
    """Whether letters are filled with nothing, or with the colour of the ground."""
    colour = next((n for n in fill.iter(W14 + "srgbClr", W14 + "schemeClr")), None)
    if colour is None:
        return fill.find(W14 + "noFill") is not None
    value = colour.get(W14 + "val")
    return len(colour) == 0 and (value in ("bg1", "lt1") or is_white(value))


def is_ground(node: Any) -> bool:
    """Whether a shading or a highlight puts a colour under the text that white shows up on."""
    fill = node.get(_FILL) or node.get(VALUE) or "none"
    return fill.lower() not in ("auto", "none", "clear", "nil") and not is_white(fill)
