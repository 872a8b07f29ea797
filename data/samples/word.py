"""Word-level variety: the same text in the many ways Word stores it.

Typed values come in between marks (START id MIDDLE value END); they leave as plain text, underlined or split runs,
content controls, tracked changes, check boxes or symbols.
"""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.text.run import Run
from lxml import etree

from etl.blank.zips import rewrite_zip

START, MIDDLE, END = "\ue000", "\ue002", "\ue001"
_MARKED = re.compile(f"{START}(\\w+){MIDDLE}(.*?){END}", re.DOTALL)
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_SYMBOLS = (("Wingdings 2", "F052"), ("Wingdings", "F0FE"))
_TICKED, _EMPTY = "☑■☒", "□☐"
_TRACKED = {qn("w:id"): "1", qn("w:author"): "填报人", qn("w:date"): "2000-01-01T00:00:00Z"}


@dataclass(frozen=True)
class Variety:
    """What is done to a file: treatment by indicator id, and the table row after which the table is split."""

    treatments: Mapping[str, str]
    split_after: int | None = None


def mark(indicator_id: str, typed: str) -> str:
    """A typed value between the marks."""
    return f"{START}{indicator_id}{MIDDLE}{typed}{END}"


def apply_variety(document: bytes, variety: Variety, rng: random.Random) -> bytes:
    """The Word file with its marked values treated and all marks gone."""

    def edit(xml: bytes) -> bytes:
        root = parse_xml(xml)
        for text in list(root.iter(qn("w:t"))):
            if START in (text.text or ""):
                _treat_run(text.getparent(), variety.treatments, rng)
        if variety.split_after is not None:
            _split_table(next(root.iter(qn("w:tbl"))), variety.split_after)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    return rewrite_zip(document, {"word/document.xml": edit})


def _treat_run(run: Any, treatments: Mapping[str, str], rng: random.Random) -> None:
    pieces: list[Any] = []
    plain = ""
    text, end = run.text, 0
    for match in _MARKED.finditer(text):
        plain += text[end : match.start()]
        end = match.end()
        how = treatments.get(match.group(1), "plain")
        if how == "plain":
            plain += match.group(2)
            continue
        pieces += [_run(run, plain)] if plain else []
        plain = ""
        pieces += _TREATMENTS[how](run, match.group(2), rng)
    plain += text[end:]
    pieces += [_run(run, plain)] if plain else []
    for piece in pieces:
        run.addprevious(piece)
    run.getparent().remove(run)


def _run(like: Any, text: str) -> Any:
    """A run that looks like another."""
    made = OxmlElement("w:r")
    if like.rPr is not None:
        made.append(copy.deepcopy(like.rPr))
    made.text = text
    return made


def _underlined(like: Any, text: str, rng: random.Random) -> list[Any]:
    made = _run(like, text)
    Run(made, None).font.underline = True  # type: ignore[arg-type]
    return [made]


def _split(like: Any, text: str, rng: random.Random) -> list[Any]:
    if len(text) < 2:
        return [_run(like, text)]
    cut = rng.randint(1, len(text) - 1)
    start, end = OxmlElement("w:proofErr"), OxmlElement("w:proofErr")
    start.set(qn("w:type"), "gramStart")
    end.set(qn("w:type"), "gramEnd")
    return [start, _run(like, text[:cut]), end, _run(like, text[cut:])]


def _control(like: Any, text: str, rng: random.Random) -> list[Any]:
    control, properties, content = OxmlElement("w:sdt"), OxmlElement("w:sdtPr"), OxmlElement("w:sdtContent")
    properties.append(OxmlElement("w:text"))
    content.append(_run(like, text))
    control.extend([properties, content])
    return [control]


def _tracked(like: Any, text: str, rng: random.Random) -> list[Any]:
    """The old value deleted, the new one inserted, changes not yet accepted."""
    old = _run(like, str(rng.randint(10, 999)))
    for part in old.iter(qn("w:t")):
        part.tag = qn("w:delText")
    deleted, inserted = OxmlElement("w:del", attrs=_TRACKED), OxmlElement("w:ins", attrs=_TRACKED)
    deleted.append(old)
    inserted.append(_run(like, text))
    return [deleted, inserted]


def _symbol(like: Any, text: str, rng: random.Random) -> list[Any]:
    """A ticked box as a Wingdings symbol: the tick is not in the text."""
    font, char = rng.choice(_SYMBOLS)
    pieces: list[Any] = []
    for part in re.split(f"([{_TICKED}])", text):
        if part and part in _TICKED:
            made = _run(like, "")
            made.append(OxmlElement("w:sym", attrs={qn("w:font"): font, qn("w:char"): char}))
            pieces.append(made)
        elif part:
            pieces.append(_run(like, part))
    return pieces


def _check_box(like: Any, text: str, rng: random.Random) -> list[Any]:
    """Boxes as check box controls of Word."""
    pieces: list[Any] = []
    for part in re.split(f"([{_TICKED}{_EMPTY}])", text):
        if part and part in _TICKED + _EMPTY:
            is_ticked = part in _TICKED
            control, properties, content = OxmlElement("w:sdt"), OxmlElement("w:sdtPr"), OxmlElement("w:sdtContent")
            box = etree.SubElement(properties, f"{{{_W14}}}checkbox", nsmap={"w14": _W14})
            etree.SubElement(box, f"{{{_W14}}}checked").set(f"{{{_W14}}}val", "1" if is_ticked else "0")
            content.append(_run(like, "☒" if is_ticked else "☐"))
            control.extend([properties, content])
            pieces.append(control)
        elif part:
            pieces.append(_run(like, part))
    return pieces


def _split_table(table: Any, after: int) -> None:
    """Rows after the given body row go to a second table on a new page, under a repeated header row."""
    rows = table.findall(qn("w:tr"))
    second = OxmlElement("w:tbl")
    for part in (table.find(qn("w:tblPr")), table.find(qn("w:tblGrid")), rows[0]):
        second.append(copy.deepcopy(part))
    for row in rows[after + 1 :]:
        second.append(row)
    between, run, page_break = OxmlElement("w:p"), OxmlElement("w:r"), OxmlElement("w:br")
    page_break.set(qn("w:type"), "page")
    run.append(page_break)
    between.append(run)
    table.addnext(between)
    between.addnext(second)


_TREATMENTS = {
    "underlined": _underlined,
    "split_runs": _split,
    "content_control": _control,
    "tracked": _tracked,
    "symbol": _symbol,
    "check_box": _check_box,
}
