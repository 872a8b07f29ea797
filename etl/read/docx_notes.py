"""What stands beside a Word form and is no answer: comments, notes, heads and feet of pages that hold a number or take figures back."""

from __future__ import annotations

import re
from typing import Any

from etl.guard.package import Package
from etl.interpret.doubts import SAMPLE_MARK, takes_figures_back
from etl.interpret.fold import fold
from etl.interpret.retracted import retracts
from etl.read.docx_names import P, T, W

_WORD_ART = "{urn:schemas-microsoft-com:vml}textpath"
_YEAR_OF_DATA = re.compile(r"20[012]\d年度?的?(?:数据|数字|数)")
_FIELD, _SIMPLE = W + "fldChar", W + "fldSimple"
_MOST_PAGES = 20  # of a form
_PAGE_PART = re.compile(r"(?:header|footer)\d*\.xml")
_UNITS = "[场次人条个篇部项份件起]"
_COUNT = re.compile(rf"[\d０-９][万千百余多]*\s*{_UNITS}")
_MEASURE = re.compile(r"(?:人次|场次|次数|场数|人数|条数)[:：]?\s*[\d０-９]")
_NUMERAL = re.compile(f"[一二三四五六七八九十百千万两]+{_UNITS}|[改为是成][一二三四五六七八九十百千万两]")
_ASIDE = {"comments.xml": "comment", "footnotes.xml": "footnote", "endnotes.xml": "endnote"}

# A number alone in a box or frame outside the table lies over a blank.
LONE_NUMBER = re.compile(
    r"[\s(（约近共]*[\d０-９][\d０-９,.，．]*[万千百余多+]*\s*(?![年月日号页])[\u4e00-\u9fff]{0,3}[)）\s]*"
)


def notes_beside(package: Package, folder: str) -> list[str]:
    """Comments, notes, heads and feet of pages that hold a number or take figures back: nothing of them is read as an answer."""
    found = []
    pages = [n for n in package.names if ("header" in n or "footer" in n) and _PAGE_PART.fullmatch(n, len(folder))]
    for name in sorted(pages):
        root = package.xml(name)
        text = "".join(t.text or "" for t in root.iter(T))
        is_told = _COUNT.search(text) or _MEASURE.search(text) or _takes_back(text) or _YEAR_OF_DATA.search(text)
        found += [text.strip()] if is_told else _lone_numbers(root)
        # Words across the page (watermarks).
        found += (words for n in root.iter(_WORD_ART) if _takes_back(words := n.get("string") or ""))
    for name, kind in _ASIDE.items():
        if package.has(folder + name):
            for node in package.xml(folder + name).iter(W + kind):
                text = "".join(t.text or "" for t in node.iter(T))
                if re.search(r"\d", text) or _NUMERAL.search(text) or _takes_back(text):
                    found.append(text.strip())
    return found


def _lone_numbers(page: Any) -> list[str]:
    """The numbers alone in a line of a page's head or foot that can't be its own number: too large, and of no field."""
    lines = (p for p in page.iter(P) if p.find(f".//{_FIELD}") is None and p.find(f".//{_SIMPLE}") is None)
    texts = ("".join(t.text or "" for t in p.iter(T)).strip() for p in lines)
    return [t for t in texts if LONE_NUMBER.fullmatch(t) and int("".join(re.findall(r"\d", t))[:9]) > _MOST_PAGES]


def _takes_back(text: str) -> bool:
    """Whether words beside the form take its figures back; a sample's own mark is shown wherever its figures are."""
    said = "".join(fold(text).split())
    return text.strip() != SAMPLE_MARK and (takes_figures_back(said) or retracts(said, None))
