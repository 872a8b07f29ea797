"""Where on a scan something stands: a cell, a line above the table, or the whole page, with what OCR read there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

_BLANK = re.compile(r" 空\d+$")
_ALIKE = 60  # of 100: enough to show a line beside its picture, never to take its number
_PERSONS = re.compile("联系|电话|手机|负责人|审核|填表人|填报人")
_PAGE = re.compile(r"页\d+")
_UNIT = re.compile(r"(?:填\s*[报表]|报\s*送|上\s*报)\s*(?:单\s*位|地\s*区|部\s*门)")
_MOST_LINES = 2


@dataclass(frozen=True)
class Patch:
    """A part of a scan: where it is (page and per mille of its width and height) and its lines with their confidence."""

    where: str
    lines: tuple[tuple[str, float], ...]

    def confidence(self, raw: str) -> float:
        """How sure the lines are that hold what was typed; of all lines when it stands in none of them."""
        wanted = re.sub(r"\s", "", raw)
        holding = [c for text, c in self.lines if wanted and wanted in re.sub(r"\s", "", text)]
        return min(holding or [c for _, c in self.lines], default=0.0)


NO_PATCH = Patch("", ())


@dataclass(frozen=True)
class Seen:
    """All patches of a scan, and the page on which the blank before was found."""

    patches: Mapping[str, Patch]
    page_before: str

    @property
    def pages(self) -> list[Patch]:
        """The whole pages."""
        return [p for place, p in self.patches.items() if _PAGE.fullmatch(place)]

    @property
    def page(self) -> Patch:
        """The page to show of a blank whose cell was not found."""
        return self.patches.get(self.page_before) or next(iter(self.pages), NO_PATCH)


def patch_at(patches: Mapping[str, Patch], place: str) -> Patch:
    """The patch of the cell or line that a value's or finding's place names."""
    return patches.get(_BLANK.sub("", place), NO_PATCH)


def page_of(patch: Patch) -> str:
    """The page (页2) that a patch lies on, '' for none."""
    found = re.match(r"框(\d+):", patch.where)
    return f"页{found.group(1)}" if found else ""


def pictured(patches: Mapping[str, Patch], place: str) -> str:
    """The place with its part of the page, so that the picture can be shown."""
    where = "" if "框" in place else patch_at(patches, place).where
    return f"{place} {where}".strip()


def unit_line(patches: Mapping[str, Patch]) -> str:
    """The place of the line or cell where the reporting unit stands, '' where none was seen."""
    small = ((place, patch) for place, patch in patches.items() if not _PAGE.fullmatch(place))
    return next((place for place, patch in small if any(_UNIT.search(text) for text, _ in patch.lines)), "")


def likely_lines(label: str, patches: Iterable[Patch]) -> str:
    """The line or two that look most like a blank's sentence and hold something; '' where none does."""
    rated: dict[str, float] = {}
    for text, _ in (line for patch in patches for line in patch.lines):
        if re.search(r"[（(]|\d", text) and not _PERSONS.search(text):
            rated[text] = max(fuzz.partial_ratio(label, text), fuzz.token_ratio(label, text))
    best = max(rated.values(), default=0.0)
    return "；".join([t for t, rate in rated.items() if rate >= max(_ALIKE, best - 5)][:_MOST_LINES])
