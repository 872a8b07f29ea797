"""The cells of a .xlsx: what a stored value says together with its format."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from etl.document import CellValue
from etl.guard.package import Package
from etl.read.attribute import whole_number
from etl.read.beyond import with_content
from etl.read.number_format import DATE, PERCENT, as_shown, format_kind, shown

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_V, _IS = _S + "v", _S + "is"
_NUMBER = re.compile(r"\s*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\s*")
_FEW = 9  # digits that any program shows as they are
UNSEEN = "unseen"
STRUCK = "\ue005"  # stands where struck-through text was left out


def shared_strings(package: Package) -> list[str]:
    """The strings that cells name by number."""
    if not package.has("xl/sharedStrings.xml"):
        return []
    root = package.xml("xl/sharedStrings.xml")
    return [_string(node) for node in root.iter(_S + "si")]


def _string(node: Any) -> str:
    """The text of a rich string: without its phonetic guide and what is struck through or can't be seen; a raised digit apart by ^."""
    runs = [n for n in node if n.tag == _S + "r"]
    if not runs:
        return _unescaped("".join(t.text or "" for t in node.iter(_S + "t") if t.getparent().tag != _S + "rPh"))
    styles = [run.find(_S + "rPr") for run in runs]
    # White beside another colour is seen on no ground; white throughout may be a head on a dark one.
    has_ink = any(not _is_faint(style) for style in styles)
    pieces = []
    for run, style in zip(runs, styles, strict=True):
        text = _unescaped("".join(t.text or "" for t in run.iter(_S + "t")))
        if _is_struck(style) or (has_ink and _is_faint(style) and any(c.isdigit() for c in text)):
            pieces.append(STRUCK)
            continue
        raised = style.find(_S + "vertAlign") if style is not None else None
        is_mark = raised is not None and raised.get("val") != "baseline" and text.strip().isdigit()
        pieces.append(f"^{text}" if is_mark else text)
    return "".join(pieces)


_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TINY_POINTS = 3.0  # nobody reads what is smaller


def _unescaped(text: str) -> str:
    """Text whose control characters programs wrote as _x000D_."""
    return _ESCAPE.sub(lambda m: chr(int(m.group(1), 16)), text) if "_x" in text else text


def _is_faint(style: Any) -> bool:
    """Whether a run is white, or too small to be read."""
    if style is None:
        return False
    size = style.find(_S + "sz")
    try:
        is_tiny = size is not None and float(size.get("val") or 11) < _TINY_POINTS
    except ValueError:
        is_tiny = False
    return is_tiny or _colour(style.find(_S + "color")) == _WHITE


def _is_struck(style: Any) -> bool:
    node = style.find(_S + "strike") if style is not None else None
    return node is not None and node.get("val", "1") not in ("0", "false")


def cell_kinds(package: Package) -> Mapping[str, str]:
    """Cell format (as cells name it) -> date, percent, struck, unseen or, where its words change what a number says, the format itself.

    Formats that say nothing of the kind are left out.
    """
    if not package.has("xl/styles.xml"):
        return {}
    root = package.xml("xl/styles.xml")
    custom = {whole_number(n.get("numFmtId")): n.get("formatCode") or "" for n in root.iter(_S + "numFmt")}
    formats = root.find(_S + "cellXfs")
    fonts = root.find(_S + "fonts")
    fills = root.find(_S + "fills")
    struck = {n for n, font in enumerate(fonts if fonts is not None else []) if _is_struck(font)}
    kinds: dict[str, str] = {}
    for position, node in enumerate(formats if formats is not None else []):
        number = whole_number(node.get("numFmtId"))
        code = custom.get(number)
        kind = format_kind(number, code)
        kind = "struck" if whole_number(node.get("fontId")) in struck else str(code) if kind == "words" else kind
        if kind != "struck" and (
            is_unseen(node, fonts, fills, code) or _is_pictures(_at(fonts, node.get("fontId"), "name"))
        ):
            kind = UNSEEN
        if kind:
            kinds[str(position)] = kind
    return kinds


_WHITE, _WHITES = "FFFFFF", {("theme", "0"), ("indexed", "1"), ("indexed", "9")}


def is_unseen(cell_format: Any, fonts: Any, fills: Any, code: str | None) -> bool:
    """Whether nothing of a cell shows: its writing has the colour of its ground, or its number format has no words at all."""
    if code is not None and set(code.replace(" ", "")) == {";"}:
        return True
    ink = _colour(_at(fonts, cell_format.get("fontId"), "color"))
    if ink is None:
        return False
    pattern = _at(fills, cell_format.get("fillId"), "patternFill")
    is_filled = pattern is not None and pattern.get("patternType") not in (None, "none")
    return ink == (_colour(pattern.find(_S + "fgColor")) if is_filled else _WHITE)


def _is_pictures(name: Any) -> bool:
    """Whether a font shows digits as folders and clocks."""
    return name is not None and any(f in (name.get("val") or "").lower() for f in ("wingdings", "webdings"))


def _at(nodes: Any, number: str | None, name: str) -> Any:
    """The named property of the style part of that number; None where there is none."""
    index = whole_number(number)
    return nodes[index].find(_S + name) if nodes is not None and index < len(nodes) else None


def _colour(node: Any) -> str | None:
    """A colour, so that equal ones compare equal; None for the automatic one."""
    if node is None:
        return None
    named = {(k, v) for k, v in node.attrib.items() if k in ("rgb", "theme", "indexed")}
    if named & _WHITES and not node.get("tint"):
        return _WHITE
    rgb = node.get("rgb")
    return str(rgb)[-6:].upper() if rgb else repr(sorted(node.attrib.items())) if named else None


def cell_value(node: Any, strings: list[str], kinds: Mapping[str, str], epoch: datetime) -> CellValue:
    """What the cell holds: a number, a day or moment, a text, yes or no; None when it is empty."""
    if digits := _plain_digits(node, kinds):
        return float(digits)
    kind = node.get("t") or "n"
    if kind == "inlineStr":
        return (_string(inline) or None) if (inline := node.find(_IS)) is not None else None
    content = next(node.iterchildren(_V), None)
    text = content.text if content is not None else None
    if text is None or text == "":
        return None
    if kind == "s":
        index = whole_number(text, len(strings))
        return strings[index] if index < len(strings) else f"#?{text}"
    if kind in ("str", "e"):
        return _unescaped(str(text))
    if kind == "b":
        return bool(text == "1")
    if kind == "d":
        return str(text)
    if not _NUMBER.fullmatch(text):  # 1_000 and Arabic digits are numbers to Python alone
        return str(text)
    number = as_shown(float(text))
    if not math.isfinite(number):
        return str(text)
    how = style_kind(node, kinds)
    if how == DATE and 0 < number < 80000:
        moment = epoch + timedelta(days=number)
        day: CellValue = moment.date() if number == int(number) else moment
        return day
    if how == PERCENT:
        return f"{number * 100:g}%"
    return (shown(number, how) if how and how != UNSEEN else None) or number


def _plain_digits(node: Any, kinds: Mapping[str, str]) -> str:
    """The few digits that a cell without a format of its own holds, as nearly all cells of nearly all tables; '' of any other cell."""
    if len(node) != 1 or node.get("t") not in (None, "n") or style_kind(node, kinds):
        return ""
    only = node[0]
    digits = only.text if only.tag == _V else None
    return str(digits) if digits and len(digits) <= _FEW and digits.isdigit() and digits.isascii() else ""


def style_kind(node: Any, kinds: Mapping[str, str]) -> str:
    """What the cell's format says; '' for a plain one."""
    return kinds.get(node.get("s") or "0", "") if kinds else ""


def unstruck(node: Any, value: CellValue, kinds: Mapping[str, str]) -> CellValue:
    """What is left of a value when its struck-through part goes; None when all of it is struck."""
    if style_kind(node, kinds) == "struck" or not isinstance(value, str):
        return None
    return value.replace(STRUCK, "").strip() or None


def strike(node: Any, value: CellValue, kinds: Mapping[str, str], place: str, said: list[str]) -> CellValue:
    """What is left of a value when its struck-through part goes, which is taken down with its place."""
    left = unstruck(node, value, kinds)
    if value is not None:
        said.append(struck_at(place, value, left))
    return left


def struck_at(place: str, value: CellValue, left: CellValue) -> str:
    """Where something is struck through, with what stood there where nothing is left of it."""
    is_whole = left is None and not (isinstance(value, str) and STRUCK in value)
    return with_content(place, value) if is_whole else place
