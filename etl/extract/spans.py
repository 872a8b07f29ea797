"""The stretches of a typed cell that an answer may stand in: brackets, lines to write on, bare numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from etl.extract.squeeze import Squeezed
from etl.extract.starts import begins, is_dated
from etl.interpret.lexicon import load_lexicon
from etl.interpret.numerals import NUMERAL_CHARS, SCALES

MASK = "\x01"  # stands for text that was cut out as the answer of a text or yes/no blank
_LONGEST = 120  # characters of an answer in brackets
_BARE = re.compile(
    rf"(?:\d[\d,.]*\d|\d)(?:[至到](?:\d[\d,.]*\d|\d))?|(?<![{NUMERAL_CHARS}第])[{NUMERAL_CHARS}]+(?=人次|场次|条次|场|次|个|篇|条|部|项|份|起|件)"
)
_SIGNS = 40  # characters that may touch a number on either side
_SIGN = re.compile(r"[A-Za-z\d几‰/\\\-~—–―─→=<>≥≤×*#?^²³¼½¾+•﹣⁓∽]")
_LIST_NUMBER = re.compile(r"\d{1,2}[,.](?=[\u4e00-\u9fff\"《])")  # 3、各镇街…, at the start of a sentence
_SPAN_OF_TIME = re.compile(r"\d{1,2}[-~—–]\d{1,2}")  # 1-6月
_MONTHS = re.compile(r"(?<!\d)20\d\d\.\d{1,2}[-~—–至到](?:20\d\d\.)?\d{1,2}(?![\d.])")  # 2021.1-2021.6
_SENTENCE_END = re.compile(r"(?:^|[^\d][.;]|^[.;])$")


@dataclass(frozen=True)
class Span:
    """A stretch of the squeezed text: all of it, what stands inside its bracket, and which bracket (`_` a line, `` none)."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    bracket: str


def _closing(text: str, start: int) -> int:
    """Index of the bracket that closes the one at `start`; -1 when none does within an answer's length."""
    depth = 0
    for i in range(start, min(start + _LONGEST + 1, len(text))):
        if text[i] in "([":
            depth += 1
        elif text[i] in ")]":
            depth -= 1
            if depth == 0:
                return i
        elif text[i] == MASK:
            return -1
    return -1


def bracket_spans(text: str, printed: frozenset[str]) -> list[Span]:
    """The stretches in brackets, without `printed` ones (the form's own words); one that never closes ends with its number."""
    spans: list[Span] = []
    i = 0
    while i < len(text):
        if text[i] in "([":
            close = _closing(text, i)
            if text[i : close + 1] in printed:
                i = close + 1
                continue
            if close > 0:
                spans.append(Span(i, close + 1, i + 1, close, text[i]))
                i = close + 1
                continue
            # An open bracket that never closes: the number behind it is still an answer.
            tail = re.match(rf"[\d,.{SCALES}余多约近超+]+(?:[年月日号%]\d*)*", text[i + 1 :])
            if tail:
                end = i + 1 + tail.end()
                spans.append(Span(i, end, i + 1, end, text[i]))
                i = end
                continue
        i += 1
    return spans


def other_spans(text: str, taken: list[Span]) -> list[Span]:
    """Underlined blanks and bare numbers outside brackets."""
    covered = bytearray(len(text))
    for span in taken:
        covered[span.start : span.end] = b"\x01" * (span.end - span.start)
    for time in _MONTHS.finditer(text):
        covered[time.start() : time.end()] = b"\x01" * (time.end() - time.start())
    spans: list[Span] = []
    for match in re.finditer(r"_+((?:[^_,.;:()\[\]]|(?<=\d)[.,](?=\d)){1,20}?)_+|_{2,}", text):
        if not any(covered[match.start() : match.end()]):
            inner = match.span(1) if match.group(1) is not None else (match.end(), match.end())
            spans.append(Span(match.start(), match.end(), inner[0], inner[1], "_"))
            covered[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
    for match in _BARE.finditer(text):
        is_beside = text[match.start() - 1 : match.start()] in (")", "]", "_") and match.start() > 0
        if any(covered[match.start() : match.end()]) or (not is_beside and is_dated(text, match.end())):
            continue
        if text[match.start() - 1 : match.start()] in ("·", "第") and match.start() > 0:
            continue
        if _LIST_NUMBER.match(text, match.start()) and _SENTENCE_END.search(
            text[max(0, match.start() - 2) : match.start()]
        ):
            continue
        # A closing bracket whose opening one was deleted belongs to the number.
        if spans and match.start() < spans[-1].end and not spans[-1].bracket:
            continue
        first, last = _with_signs(text, *match.span())
        if not is_beside and _SPAN_OF_TIME.fullmatch(text, first, last) and is_dated(text, last):
            continue
        end = last + (text[last : last + 1] in (")", "]"))
        spans.append(Span(first, end, first, last, ""))
    return spans


def _with_signs(text: str, start: int, end: int) -> tuple[int, int]:
    """A bare number with the letters and signs that touch it: 1O2, 12-15, -5, 3×4 are no 1, 12, 5, 3."""
    first, last = max(0, start - _SIGNS), min(len(text), end + _SIGNS)
    while start > first and _SIGN.match(text[start - 1]):
        start -= 1
    while end < last and _SIGN.match(text[end]):
        end += 1
    return start, end


def merged(text: str, spans: list[Span]) -> list[list[Span]]:
    """Spans that touch, or have only a qualifier or scale between them, are one answer: （ ）12, 约（300）."""
    groups: list[list[Span]] = []
    for span in sorted(spans, key=lambda s: s.start):
        if groups and span.start - groups[-1][-1].end <= 2:
            gap = text[groups[-1][-1].end : span.start]
            if re.fullmatch(rf"[{SCALES}余多约近超+]*", gap) and (groups[-1][-1].bracket == "" or span.bracket == ""):
                groups[-1].append(span)
                continue
        groups.append([span])
    return groups


def list_marks(cell: Squeezed, text: str, spans: Sequence[Span]) -> list[Span]:
    """Those of the spans that only number the sentences: (1)组织…；(2)开展…, 1）组织…；2）开展….

    Most of them have an answer of their own, and not of people alone: （3）曝光问题隐患；（4）典型案例 are answers before their words, and so may
    （3）宣讲，参与（41）人次；（4）观看，参与（83）人次 be.
    """
    units = load_lexicon().units
    marks = [
        s
        for s in spans
        if re.fullmatch(r"\(?\d{1,2}\)", text[s.start : s.end])
        and re.match(rf"(?!{units})[\u4e00-\u9fff\"《]", text[s.end :])
        and begins(cell, text, s.start)
    ]
    numbers = [int(text[s.start : s.end].strip("()")) for s in marks]
    if len(marks) < 2 or any(a + 1 != b for a, b in pairwise(numbers)):
        return []
    bounds = [*(s.start for s in marks), len(text)]
    answers = [s.start for s in spans if not text.startswith("人", s.end)]
    n_answered = sum(any(a < start < b for start in answers) for a, b in pairwise(bounds))
    return marks if n_answered * 2 > len(marks) else []
