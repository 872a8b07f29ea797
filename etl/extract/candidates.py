"""Everything in a typed cell that may be an answer: brackets, underlines, bare numbers, each with its words around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from etl.extract.spans import MASK, Span, bracket_spans, list_marks, merged, other_spans
from etl.extract.squeeze import Squeezed
from etl.extract.starts import begins
from etl.interpret.count import Typed
from etl.interpret.lexicon import load_lexicon
from etl.interpret.numerals import NUMERAL_CHARS, ODD_NUMERALS, SCALES
from etl.interpret.times import is_earlier

_BREAK = f",.;:{MASK}"
_LINE_END = re.compile(r"[ \u3000]*[,.;，。；、_]?[ \u3000]*\n")
_NEW_LINE = re.compile(r"(?:^|[^,，、 \u3000\n])[ \u3000]*\n")
_RANGE_ON = re.compile(r"[-~—–至到/+]+\d")
_SUM = re.compile(r"(?:^|[,.;:])(?:以上|上述)")
_DAYS = re.compile(
    r"(?:[\d年月日号至到,;.\-~—和及:]|分别|于|时间|截[至止])*[月日](?:[\d年月日号至到,;.\-~—和及:]|分别|前|底)*"
)


@dataclass(frozen=True)
class Candidate:
    """One possible answer at start..end of the squeezed text. `label` are the words before it, `right` those behind its unit."""

    start: int
    end: int
    typed: Typed
    unit: str
    label: str
    clause: str  # the last clause of the label
    right: str
    bracket: str  # "(", "[", "_" or "" for a bare number
    raw: str
    starts_sentence: bool = False  # a full stop stands between it and the answer before
    starts_clause: bool = False  # a full stop or semicolon does
    starts_line: bool = False  # a line begins between the two, and no comma says that it goes on
    is_open: bool = False  # no bracket and no unit says where the answer ends, nor does the line
    is_aside: bool = (
        False  # another year's by its words (去年…, 2021年… in a form of 2022), or a sum of what was said (以上共8场)
    )

    is_cut: bool = False  # a full stop or semicolon stands between its words and the answer: …观看专题片；（80）人次

    @property
    def begins_anew(self) -> bool:
        """Whether a mark or a line keeps it apart from the answer before."""
        return self.starts_clause or self.starts_line

    @property
    def has_number(self) -> bool:
        """Whether something that may be a number was typed."""
        text = self.typed.before + self.typed.inside + self.typed.after
        return bool(re.search(rf"[\d０-９{NUMERAL_CHARS}{ODD_NUMERALS}]", text))

    @property
    def answer(self) -> str:
        """What was typed into the blank: without the form's own brackets where nothing stands around them."""
        is_inside = self.bracket and not (self.typed.before + self.typed.after).strip()
        return self.typed.inside.strip() if is_inside else self.raw

    @property
    def said(self) -> str:
        """The answer between its words, without the line it was written on: 发放资料__12__份."""
        answer = re.sub(r"_+[ \u3000]*|[ \u3000]*_+", "", self.raw) or self.raw
        return f"{self.label}{answer}{self.unit}"

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not (self.typed.before + self.typed.inside + self.typed.after).strip(" _\u3000\n\t")


def _is_note(inside: str) -> bool:
    """Whether what stands in a bracket behind a unit only says when or where: days, 详见附件2."""
    return _DAYS.fullmatch(inside) is not None or load_lexicon().pointer.fullmatch(inside) is not None


class _Edges(NamedTuple):
    """Where an answer begins and ends with its words of more and less, and what stands around it."""

    start: int
    end: int
    group: list[Span]
    context_start: int
    unit_end: int
    stop: int  # behind the words of more and less that follow the unit


def _edges(text: str, groups: Sequence[list[Span]]) -> list[_Edges]:
    """The edges of each answer: a note behind a unit (6月5日, 详见附件2) is none."""
    lex = load_lexicon()
    tail = re.compile(rf"(?:[{SCALES}]*(?:{lex.after})*[{SCALES}]*)")
    # Only words that can't be the end of a printed label (行为, 线上).
    head = re.compile(r"(?:大约|约为|大致|差不多|约|≈|超过|将近|接近|不少于|不低于|至少|不足|逾|(?<![附最])近|超|≥|>)$")
    unit_at = re.compile(lex.units)
    previous_end = 0
    # 12场以上: words of more and less behind the unit; where text goes on they are its own.
    behind_unit = re.compile(rf"(?:{lex.after})+(?=[{_BREAK})]|{lex.units}|$)")
    edges: list[_Edges] = []
    for group in groups:
        start, end = group[0].start, group[-1].end
        if edges and start == previous_end and _is_note(text[group[0].inner_start : group[0].inner_end]):
            # （3）场（6月5日、12日）
            previous_end = end
            continue
        after = tail.match(text, end)
        end_after = after.end() if after else end
        # 上 of 以上 or 多 before a word is text; only take the tail when a unit or a mark follows.
        if end_after > end and not (
            unit_at.match(text, end_after) or end_after >= len(text) or text[end_after] in _BREAK + ")"
        ):
            end_after = end
        before = head.search(text, previous_end, start)
        start_before = before.start() if before else start
        unit = unit_at.match(text, end_after)
        unit_end = unit.end() if unit else end_after
        more = behind_unit.match(text, unit_end) if unit else None
        edges.append(_Edges(start_before, end_after, group, previous_end, unit_end, more.end() if more else unit_end))
        previous_end = edges[-1].stop
    return edges


def find_candidates(
    cell: Squeezed, text: str, printed: frozenset[str] = frozenset(), year: int | None = None
) -> list[Candidate]:
    """All possible answers in reading order. `text` is the squeezed text with cut-out stretches masked.

    `printed` are brackets of the form's own words, as in 县(市,区): no answers. `year` is the campaign's.
    """
    brackets = bracket_spans(text, printed)
    spans = brackets + other_spans(text, brackets)
    marks = list_marks(cell, text, spans)
    for mark in marks:
        text = text[: mark.start] + MASK * (mark.end - mark.start) + text[mark.end :]
    edges = _edges(text, merged(text, [s for s in spans if s not in marks]))
    found: list[Candidate] = []
    is_sum = is_turned = False
    for n, (start, end, group, context_start, unit_end, stop) in enumerate(edges):
        next_start = edges[n + 1].start if n + 1 < len(edges) else len(text)
        context = text[context_start:start]
        label = context.split(MASK)[-1].strip(_BREAK + "([")
        clause = re.split(f"[{_BREAK}]", label)[-1]
        right = re.split(f"[{_BREAK}]", text[stop:next_start])[0].strip("([") if stop < next_start else ""
        # 98条曝光问题隐患；7个典型案例: answers before their words, from the text's first one on.
        is_turned = (
            bool(right)
            and (is_turned if n else not context)
            and begins(cell, text, start)
            and (next_start == len(text) or begins(cell, text, next_start))
        )
        if is_turned:
            label = clause = right
        made = _candidate(cell, text, start, end, group, text[end:unit_end], (label, clause, right), context)
        if label and not is_turned and context.rstrip("([")[-1:] in (".", ";"):
            made = replace(made, is_cut=True)
        if any(context_start <= mark.start < start for mark in marks):
            made = replace(made, starts_clause=True)  # a sentence's number says that it begins
        if stop > unit_end:
            made = replace(made, typed=made.typed._replace(after=made.typed.after + text[unit_end:stop]))
        is_sum = _SUM.search(label) is not None or (is_sum and not label and not made.starts_clause)
        is_rate = text[end : end + 1] in ("%", "‰") and end < len(text)
        found.append(replace(made, is_aside=is_sum or is_rate or is_earlier(label.split(";")[-1], year)))
    return found


def _candidate(
    cell: Squeezed,
    text: str,
    start: int,
    end: int,
    group: list[Span],
    unit: str,
    words: tuple[str, str, str],
    context: str,
) -> Candidate:
    main = next((s for s in group if s.bracket), group[0])
    if main.bracket:
        inside = cell.between(main.inner_start, main.inner_end)
        before = cell.raw(start, main.start)
        after = cell.raw(main.end, end)
    else:
        inside, before, after = cell.raw(start, end).rstrip(")]）］】"), "", ""
    if main.bracket == "_":
        inside = inside.strip("_")
    stops = set(context) & {".", ";"}
    raw = cell.raw(start, end)
    typed = Typed(inside, before, after)
    # Digits are the answer, not the bracket beside them: 12（ ）.
    is_bare = not main.bracket or not inside.strip(" _\u3000\n\t")
    # 参与人次：4037， the unit stands before the number and a mark behind it.
    is_marked = not unit and (
        text[end : end + 1] in (",", ";", ".", ")", "]")
        or _LINE_END.match(cell.typed, cell.origin[end - 1] + 1) is not None
    )
    is_led = is_marked and re.search(rf"(?:{load_lexicon().units})$", words[1]) is not None
    is_cut = not unit and bool(raw.strip(" _()（）\u3000")) and not is_led and not _ends_line(cell, end)
    # 参与（35 at the end of a text that was cut off, or before what is no mark: nothing says where the number ends.
    is_unclosed = bool(main.bracket.strip("_")) and main.inner_end == main.end and not (unit or is_marked)
    is_open = is_unclosed or (is_bare and (is_cut or _RANGE_ON.match(text, end + len(unit)) is not None))
    anew = _starts_line(cell, start - len(context), start)
    return Candidate(start, end, typed, unit, *words, main.bracket, raw, "." in stops, bool(stops), anew, is_open)


def _starts_line(cell: Squeezed, start: int, end: int) -> bool:
    """Whether a line begins in a stretch of the text or right before it, not behind a comma."""
    between = cell.typed[cell.origin[start - 1] + 1 : cell.origin[end]] if 0 < start < len(cell.origin) > end else ""
    return "\n" in between and _NEW_LINE.search(between) is not None


def _ends_line(cell: Squeezed, end: int) -> bool:
    """Whether the line, or all text, ends behind a stretch; a closing mark may follow it."""
    rest = cell.text[end : end + 2]
    if rest.strip(",.;_)]") == "":
        return True
    return _LINE_END.match(cell.typed, cell.origin[end - 1] + 1) is not None
