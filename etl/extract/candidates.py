"""Everything in a typed cell that may be an answer: brackets, underlines, bare numbers, each with its words around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from etl.extract.squeeze import Squeezed
from etl.extract.starts import begins, is_dated, without_list
from etl.interpret.count import Typed
from etl.interpret.lexicon import load_lexicon
from etl.interpret.numerals import NUMERAL_CHARS, ODD_NUMERALS, SCALES
from etl.interpret.times import is_earlier

MASK = "\x01"  # stands for text that was cut out as the answer of a text or yes/no blank
_LONGEST = 120  # characters of an answer in brackets
_BREAK = f",.;:{MASK}"
_BARE = re.compile(
    rf"(?:\d[\d,.]*\d|\d)(?:[至到](?:\d[\d,.]*\d|\d))?|(?<![{NUMERAL_CHARS}第])[{NUMERAL_CHARS}]+(?=人次|场次|条次|场|次|个|篇|条|部|项|份|起|件)"
)
_SIGNS = 40  # characters that may touch a number on either side
_SIGN = re.compile(r"[A-Za-z\d几‰/\\\-~—–―─→=<>≥≤×*#?^²³¼½¾+•﹣⁓∽]")
_LINE_END = re.compile(r"[ \u3000]*[,.;，。；、_]?[ \u3000]*\n")
_NEW_LINE = re.compile(r"(?:^|[^,，、 \u3000\n])[ \u3000]*\n")
_RANGE_ON = re.compile(r"[-~—–至到/+]+\d")
_LIST_NUMBER = re.compile(r"\d{1,2}[,.](?=[\u4e00-\u9fff\"《])")  # 3、各镇街…, at the start of a sentence
_SENTENCE_END = re.compile(r"(?:^|[^\d][.;]|^[.;])$")
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


@dataclass(frozen=True)
class _Span:
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


def _bracket_spans(text: str, printed: frozenset[str]) -> list[_Span]:
    spans: list[_Span] = []
    i = 0
    while i < len(text):
        if text[i] in "([":
            close = _closing(text, i)
            if text[i : close + 1] in printed:
                i = close + 1
                continue
            if close > 0:
                spans.append(_Span(i, close + 1, i + 1, close, text[i]))
                i = close + 1
                continue
            # An open bracket that never closes: the number behind it is still an answer.
            tail = re.match(rf"[\d,.{SCALES}余多约近超+]+(?:[年月日号%]\d*)*", text[i + 1 :])
            if tail:
                end = i + 1 + tail.end()
                spans.append(_Span(i, end, i + 1, end, text[i]))
                i = end
                continue
        i += 1
    return spans


def _other_spans(text: str, taken: list[_Span]) -> list[_Span]:
    """Underlined blanks and bare numbers outside brackets."""
    covered = bytearray(len(text))
    for span in taken:
        covered[span.start : span.end] = b"\x01" * (span.end - span.start)
    spans: list[_Span] = []
    for match in re.finditer(r"_+((?:[^_,.;:()\[\]]|(?<=\d)[.,](?=\d)){1,20}?)_+|_{2,}", text):
        if not any(covered[match.start() : match.end()]):
            inner = match.span(1) if match.group(1) is not None else (match.end(), match.end())
            spans.append(_Span(match.start(), match.end(), inner[0], inner[1], "_"))
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
        end = last + (text[last : last + 1] in (")", "]"))
        spans.append(_Span(first, end, first, last, ""))
    return spans


def _with_signs(text: str, start: int, end: int) -> tuple[int, int]:
    """A bare number with the letters and signs that touch it: 1O2, 12-15, -5, 3×4 are no 1, 12, 5, 3."""
    first, last = max(0, start - _SIGNS), min(len(text), end + _SIGNS)
    while start > first and _SIGN.match(text[start - 1]):
        start -= 1
    while end < last and _SIGN.match(text[end]):
        end += 1
    return start, end


def _merged(text: str, spans: list[_Span]) -> list[list[_Span]]:
    """Spans that touch, or have only a qualifier or scale between them, are one answer: （ ）12, 约（300）."""
    groups: list[list[_Span]] = []
    for span in sorted(spans, key=lambda s: s.start):
        if groups and span.start - groups[-1][-1].end <= 2:
            gap = text[groups[-1][-1].end : span.start]
            if re.fullmatch(rf"[{SCALES}余多约近超+]*", gap) and (groups[-1][-1].bracket == "" or span.bracket == ""):
                groups[-1].append(span)
                continue
        groups.append([span])
    return groups


def _is_note(inside: str) -> bool:
    """Whether what stands in a bracket behind a unit only says when or where: days, 详见附件2."""
    return _DAYS.fullmatch(inside) is not None or load_lexicon().pointer.fullmatch(inside) is not None


def find_candidates(
    cell: Squeezed, text: str, printed: frozenset[str] = frozenset(), year: int | None = None
) -> list[Candidate]:
    """All possible answers in reading order. `text` is the squeezed text with cut-out stretches masked.

    `printed` are brackets of the form's own words, as in 县(市,区): no answers. `year` is the campaign's.
    """
    lex = load_lexicon()
    brackets = without_list(cell, text, _bracket_spans(text, printed))
    groups = _merged(text, brackets + _other_spans(text, brackets))
    tail = re.compile(rf"(?:[{SCALES}]*(?:{lex.after})*[{SCALES}]*)")
    # Only words that can't be the end of a printed label (行为, 线上).
    head = re.compile(r"(?:大约|约为|大致|差不多|约|≈|超过|将近|接近|不少于|不低于|至少|不足|逾|(?<![附最])近|超|≥|>)$")
    unit_at = re.compile(lex.units)
    found: list[Candidate] = []
    previous_end = 0
    # 12场以上: words of more and less behind the unit; where text goes on they are its own.
    behind_unit = re.compile(rf"(?:{lex.after})+(?=[{_BREAK})]|{lex.units}|$)")
    edges: list[tuple[int, int, list[_Span], int, int, int]] = []
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
        edges.append((start_before, end_after, group, previous_end, unit_end, more.end() if more else unit_end))
        previous_end = edges[-1][5]
    is_sum = is_turned = False
    for n, (start, end, group, context_start, unit_end, stop) in enumerate(edges):
        next_start = edges[n + 1][0] if n + 1 < len(edges) else len(text)
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
    group: list[_Span],
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
