"""An .ofd (GB/T 33190) with a text layer -> Document or Workbook: text codes and ruling lines by their places."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from etl.document import Document, Workbook
from etl.errors import FileRefused
from etl.guard.package import Package
from etl.read.attribute import whole_number
from etl.read.grid import as_read
from etl.read.layout import Box, Page, Word, lay_out
from etl.read.pdf import MIN_CHARACTERS, check_pages
from etl.read.side_by_side import refuse_side_by_side

_THIN = 1.2  # mm: a filled box thinner than this is a line
_A4 = (0.0, 0.0, 210.0, 297.0)
_MAX_GLYPHS = 200_000


def read_ofd(package: Package) -> Document | Workbook | None:
    """The text with its tables; None when its pages are pictures. Raises FileRefused for damaged parts."""
    pages: list[Page] = []
    n_glyphs = 0
    for document_part in _documents(package):
        root = package.xml(document_part)
        base = posixpath.dirname(document_part)
        default = _box(_text(root, ".//{*}CommonData/{*}PageArea/{*}PhysicalBox")) or _A4
        templates = {
            t.get("ID"): _join(base, t.get("BaseLoc")) for t in root.findall(".//{*}CommonData/{*}TemplatePage")
        }
        nodes = root.findall("./{*}Pages/{*}Page")
        check_pages(len(pages) + len(nodes))
        for node in nodes:
            page = _page(package, _join(base, node.get("BaseLoc")), templates, default, len(pages) + 1)
            n_glyphs += len(page.words)
            if n_glyphs > _MAX_GLYPHS:
                raise FileRefused("file_too_large", "文字过多", "too much text", found=f"> {_MAX_GLYPHS}")
            pages.append(page)
    if not pages:
        raise FileRefused("file_damaged", "OFD 没有页面", "no pages in the OFD", found="OFD: 0")
    if n_glyphs < MIN_CHARACTERS:
        return None
    blocks = lay_out(pages)
    refuse_side_by_side(blocks, pages)
    return as_read(blocks)


def _documents(package: Package) -> list[str]:
    """The parts that OFD.xml names as documents."""
    roots = package.xml("OFD.xml").findall(".//{*}DocBody/{*}DocRoot")
    return [_join("", r.text) for r in roots]


def _join(base: str, place: str | None) -> str:
    """A place in the package, from its root or from the part that names it."""
    text = (place or "").strip().replace("\\", "/")
    return posixpath.normpath(text.lstrip("/") if text.startswith("/") else posixpath.join(base, text))


def _text(root: Any, path: str) -> str:
    found = root.find(path)
    return (found.text or "") if found is not None else ""


def _numbers(text: str | None) -> list[float]:
    return [float(n) for n in re.findall(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,2})?", text or "")]


def _box(text: str | None) -> Box | None:
    """x y width height -> corners."""
    numbers = _numbers(text)
    if len(numbers) != 4:
        return None
    x, y, width, height = numbers
    return x, y, x + width, y + height


def _page(package: Package, part: str, templates: dict[Any, str], default: Box, number: int) -> Page:
    if not package.has(part):
        raise FileRefused(
            "file_damaged", f"缺少页面 {part}", f"the page {part} is missing", found=part[:80], place=part[:80]
        )
    root = package.xml(part)
    area = _box(_text(root, "./{*}Area/{*}PhysicalBox")) or default
    words: list[Word] = []
    rules: list[Box] = []
    names = [templates.get(t.get("TemplateID"), "") for t in root.findall("./{*}Template")]
    for content in [root, *(package.xml(n) for n in names if package.has(n))]:
        for layer in content.findall("./{*}Content/{*}Layer"):
            for node in layer.iter("{*}TextObject", "{*}PathObject"):
                if node.tag.endswith("TextObject"):
                    words.extend(_glyphs(node))
                else:
                    rules.extend(_lines(node))
    return Page(number, area[2] - area[0], area[3] - area[1], tuple(words), tuple(rules))


def _place(node: Any) -> tuple[float, float, list[float]]:
    """Where an object's own origin lies on the page, and its matrix."""
    boundary = _box(node.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
    matrix = _numbers(node.get("CTM"))
    return boundary[0], boundary[1], matrix if len(matrix) == 6 else [1, 0, 0, 1, 0, 0]


def _glyphs(node: Any) -> Iterator[Word]:
    """The characters of a text object: X and Y give the first one's baseline, DeltaX the steps between."""
    left, top, (a, b, c, d, e, f) = _place(node)
    size = (_numbers(node.get("Size")) or [3.5])[0]
    x = y = 0.0
    for code in node.findall("./{*}TextCode"):
        text = (code.text or "").strip("\r\n")
        x = (_numbers(code.get("X")) or [x])[0]
        y = (_numbers(code.get("Y")) or [y])[0]
        steps, falls = _steps(code.get("DeltaX"), len(text)), _steps(code.get("DeltaY"), len(text))
        here_x, here_y = x, y
        for n, char in enumerate(text):
            wide = size * (0.5 if char.isascii() else 1.0)
            x0, y0 = left + a * here_x + c * here_y + e, top + b * here_x + d * here_y + f
            if char.strip():
                high = size * abs(d or 1.0)
                yield Word(char, (x0, y0 - 0.85 * high, x0 + wide * abs(a or 1.0), y0 + 0.15 * high))
            down = falls[n] if n < len(falls) else 0.0
            here_x += steps[n] if n < len(steps) else (0.0 if down else wide)
            here_y += down


def _steps(text: str | None, wanted: int) -> list[float]:
    """DeltaX or DeltaY; `g 3 5.0` stands for three steps of 5.0."""
    found: list[float] = []
    pieces = iter((text or "").split())
    for piece in pieces:
        if piece == "g":
            count, step = next(pieces, "0"), _numbers(next(pieces, "0")) or [0.0]
            found += step * min(whole_number(count), wanted)
        else:
            found += _numbers(piece)[:1]
        if len(found) >= wanted:
            break
    return found


def _lines(node: Any) -> Iterator[Box]:
    """The level and upright strokes of a path, and filled boxes as thin as a line."""
    left, top, (a, b, c, d, e, f) = _place(node)

    def on_page(x: float, y: float) -> tuple[float, float]:
        return left + a * x + c * y + e, top + b * x + d * y + f

    at = start = (0.0, 0.0)
    strokes: list[Box] = []
    for mark, values in re.findall(r"([SMLQBAC])([^SMLQBAC]*)", _text(node, "./{*}AbbreviatedData")):
        numbers = _numbers(values)
        if mark == "C":
            strokes.append((*at, *start))
            at = start
        elif len(numbers) >= 2:
            point = on_page(numbers[-2], numbers[-1])
            if mark in ("S", "M"):
                start = point
            elif mark == "L":
                strokes.append((*at, *point))
            at = point
    for x0, y0, x1, y1 in strokes:
        if min(abs(x1 - x0), abs(y1 - y0)) < _THIN / 2:
            yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
