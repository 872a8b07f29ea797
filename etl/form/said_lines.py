"""A report written in lines without a table (安全宣传咨询日：举办37场，参与4037人次) as a list of blanks and answers, for the reader of
collected tables: it reads what a line names unmistakably and names every other number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from etl.document import CellValue, Document, Paragraph, Sheet, Table, Workbook
from etl.extract.added_words import takes_back
from etl.extract.odd_brackets import as_round
from etl.findings import Finding
from etl.form.lone_figures import lone_figures
from etl.interpret.fold import fold
from etl.interpret.lexicon import load_lexicon
from etl.interpret.numerals import NUMERAL_CHARS, ODD_NUMERALS

_PIECE = re.compile(r"(?<=[^\d])\.|\.(?=\D|$)|;")
_CLAUSE = re.compile(r"(?<=[\u4e00-\u9fff)\]\"]),")
_NUMBERING = re.compile(
    r"^\s*(?:\(?[一二三四五六七八九十]{1,3}[),.\x02]|第[一二三四五六七八九十]+[,.\x02]?|\(?\d{1,2}[),.\x02](?!\d))\s*"
)
_VERBS = re.compile(r"[:\s]*(?:共计|累计|合计|共|开展|举办|组织|举行|完成|召开)*了?[:\s]*$")
_PEOPLE = re.compile(r"(?:共计?|累计|吸引|约)?(?:参与|参加|参会)(?:人数|人次|群众|职工)?:?")
_HEADER = re.compile(r"填\s*报|联\s*系\s*(?:人|电话)|负责人[^:：\d]{0,8}[:：]|报送(?:日期|时间)")
_IN_BRACKET = re.compile(r"(?<=[(（\[【])\s*\n|\n\s*(?=[)）\]】])")
_ODD = re.compile(r"[|/=<~-]\d|\d[|/%>]")  # a number between signs that are no brackets
_SIGN_BEFORE = re.compile("[^\\u4e00-\\u9fff\"')\\]:>\\s]$|第$")  # -8, |6|, 第8
_LISTED = "\x02"
_DAY = re.compile("6[·.]?16")
_MOST_HEADING = 40
_LEAST, _MOST_LEFT = 2, 1  # lines that must be understood; for each at most so many that are not


@dataclass(frozen=True)
class Said:
    """The list, and the sentences with counts that are not in it."""

    book: Workbook
    left: tuple[Finding, ...]


def said_lines(document: Document, name: str) -> Said | None:
    """The list that a document without tables holds; None where fewer than two of its lines, or fewer than half, are of that kind.

    `name`: the file's, which may say whose report it is.
    """
    if any(isinstance(b, Table) for b in document.blocks):
        return None
    paragraphs = [b for b in document.blocks if isinstance(b, Paragraph) and b.text.strip()]
    rows: list[tuple[CellValue, CellValue]] = []
    places: dict[tuple[int, int], str] = {}
    heads = [p for p in paragraphs[1:] if _HEADER.search(p.text) and not _is_counted(fold(p.text))]
    top = [p.text.strip() for p in (*paragraphs[:1], *heads)]
    # The first line is the title, whatever it counts.
    left = [Finding("remark_number", p.place, p.text.strip()) for p in paragraphs[:1] if _is_counted(fold(p.text))]
    n_read, heading = 0, ""
    for paragraph in (p for p in paragraphs[1:] if p not in heads):
        for piece in _pieces(paragraph.text):
            found = list(_answers(piece, heading))
            if found:
                n_read += 1
            elif _is_counted(piece):
                left.append(Finding("remark_number", paragraph.place, piece.replace(_LISTED, "、").strip()))
            elif len(piece) <= _MOST_HEADING:
                heading = _NUMBERING.sub("", piece).strip(":")
            for row in found:
                places |= {(len(top) + 1 + len(rows), c): paragraph.place for c in (0, 1)}
                rows.append(row)
    if n_read < _LEAST or len(left) > n_read * _MOST_LEFT:
        return None
    table: list[tuple[CellValue, CellValue]] = [*((line, None) for line in top), ("指标", "数量"), *rows]
    return Said(Workbook((Sheet(name, tuple(table), places=places),)), tuple(left))


def _is_counted(piece: str) -> bool:
    """Whether a number stands before a unit, or alone in a bracket or on a line to write on."""
    number = rf"[\d{NUMERAL_CHARS}{ODD_NUMERALS}]"
    beside = (
        rf"\d[万亿余多+]*[()\[\]_\s]*(?:{load_lexicon().units})|[(\[_][^()\[\]_]{{0,6}}{number}[^()\[\]_]{{0,6}}[)\]_]"
    )
    is_told = re.search(beside, piece) is not None or _ODD.search(piece) is not None
    return is_told or bool(lone_figures(piece.replace(_LISTED, "、")))


def _pieces(text: str) -> Iterator[str]:
    # 、 parts things in a label, never clauses; a line that breaks in a bracket goes on.
    text = _IN_BRACKET.sub("", text)
    for line in fold(as_round(text).replace("、", _LISTED)).split("\n"):
        yield from (p for p in _PIECE.split(line) if p.strip())


def _answers(piece: str, heading: str) -> Iterator[tuple[str, str]]:
    """Head and answer of each clause of a sentence, 参与 for its people; nothing where any of its clauses is of another kind."""
    clauses = [c for c in _CLAUSE.split(_NUMBERING.sub("", piece).strip(" ,")) if c.strip()]
    rows: list[tuple[str, str]] = []
    for clause in clauses:
        match = _clause(clause)
        if match is None:
            return
        words, number, unit, behind = match
        label = _VERBS.sub("", words)
        if _PEOPLE.fullmatch(words) or (not words and _PEOPLE.fullmatch(behind)):
            label = "参与"
        elif behind or takes_back(words, is_before=True):
            return
        label = label or ("" if rows else _VERBS.sub("", heading))
        if len(label.replace('"', "")) < 2 or (label == "参与" and not rows):
            return
        rows.append((f"{label.replace(':', '').replace(_LISTED, '、')}（{unit}）", number))
    yield from rows


def _clause(clause: str) -> tuple[str, str, str, str] | None:
    """(words, number, unit, words of taking part behind it) of a clause; None for any other sentence."""
    lex = load_lexicon()
    masked = _DAY.sub(lambda m: "日" * len(m.group()), clause)
    match = re.fullmatch(
        rf"([^\d]*?)[()\[\]_\s]*((?:{lex.before})*(?:\d[\d,.]*[余多]?[万亿]?[余多]?|[{NUMERAL_CHARS}]+))[()\[\]_\s]*({lex.units})((?:参与|参加)?)",
        masked.strip(),
    )
    if match is None or _SIGN_BEFORE.search(match.group(1)):
        return None
    return clause.strip()[: match.end(1)].strip(), match.group(2), match.group(3), match.group(4)
