"""Lines around a Word form that nobody reads as answers: named, louder where they hold numbers or take the form's figures back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from etl.document import Block, Paragraph, Table
from etl.extract.candidates import Candidate, find_candidates
from etl.extract.squeeze import squeeze, squeeze_text
from etl.findings import Finding
from etl.form.head_figures import head_figures
from etl.form.recognise import FormPart
from etl.held_facts import first_of
from etl.interpret.doubts import says_scale, takes_figures_back
from etl.interpret.lexicon import load_lexicon
from etl.interpret.private import mask_private

_SHORT_LINE = 24
_LONGEST = 120
_ROW = re.compile(r"(?:[^\d，。；：、（）(),;:]{1,14}\s+)?[\d０-９][\d０-９,.]*(?:\s+[\d０-９][\d０-９,.]*)*")
_LEAST_DIGITS, _YEAR = 3, re.compile(r"20\d\d")
_MASKED = re.compile(r"\*|X{4}")
# Who reported, when, and how to reach them: 填报单位（盖章）：…, 审核人：…, 联系电话：….
_HEADER = re.compile(
    r"(?:填[报表]|报送|上报|联系|审核|审批|制表|签发|经办|分管|主要)?(?:单位|地区|部门|人|人员|日期|时间|电话|方式|领导|负责人|手机|邮箱|传真|盖章|签字|签名|公章)"
    r"(?:\([^()]{0,10}\))?[:_][^:,;.]{0,30}?(?=(?:填[报表]|报送|上报|联系|审核|审批|制表|签发|经办|分管|主要|电话|日期|手机|单位|盖章|负责人)|$)"
)
_IS_WHO = re.compile(r"(?:填[报表]|报送|上报|联系|审核|制表|负责|签发|分管|电话|手机|日期|单位(?!:[百千万亿]))")
_DATE = re.compile(
    r"(?:20\d\d|二[〇零o0]\S\S)年?[\d一二三四五六七八九十]{0,2}[月./-]?[\d一二三四五六七八九十]{0,3}日?|\d{1,2}月\d{1,2}日前?"
)
_NUMBERED = re.compile(r"^附件?\d{0,2}[:,]?|(?:^|(?<=[:;,.]))\(?\d{1,2}[).,](?!\d)|第\d{1,2}页|共\d{1,2}页")
_OFFICE = re.compile(r"[\u4e00-\u9fff\"]{3,30}(?:办公室|委员会|局|政府|安委办|管委会)(?:制|印制|\(.{0,4}\))?")


def lines_beside(part: FormPart, year: int | None) -> list[Finding]:
    """What is said of the paragraphs around the form; `year` is the campaign's.

    Lines of names and bare figures are a table that lost its lines: they have one finding together.
    """
    first = next((n for n, b in enumerate(part.blocks) if isinstance(b, Table)), None)
    if first is None:
        return []
    # What stands before the head may be the notice that asks for the form.
    head = max((n for n, b in enumerate(part.blocks[:first]) if is_form_head(b)), default=first)
    found = list(_lines_above([b for b in part.blocks[:head] if isinstance(b, Paragraph)], year))
    rows: list[tuple[str, list[str]]] = []
    for n, block in enumerate(part.blocks):
        if isinstance(block, Paragraph) and is_form_head(block):
            found += (Finding("doubt_line", block.place, words) for words in told_in_head(block.text, year))
            if figures := head_figures(block.text):
                found.append(Finding("text_after_form", block.place, "、".join(figures)))
            continue
        if not isinstance(block, Paragraph) or n <= head:
            continue
        if figures := _bare_figures(block.text):
            rows.append((block.place, figures))
        elif rule := rule_of_line(block.text, year):
            found.append(Finding(rule, block.place, block.text.strip()[:_LONGEST]))
    figures = [f for _, row in rows for f in row]
    if len(figures) == 1 and len(re.sub(r"\D", "", figures[0])) >= _LEAST_DIGITS and not _YEAR.fullmatch(figures[0]):
        # A smaller one alone is a page's number.
        found.append(Finding("text_after_form", rows[0][0], figures[0]))
    if len(figures) > 1:
        said, words = first_of(figures)
        found.append(Finding("table_unread", rows[0][0], said, words=words))
    return found


def _lines_above(lines: Sequence[Paragraph], year: int | None) -> Iterator[Finding]:
    """What lines above the form count, in one finding; each short one that takes the form's figures back."""
    counted: list[tuple[str, str]] = []
    for line in lines:
        if is_form_head(line):
            continue
        said = _counted(line.text)
        counted += [(line.place, figure) for figure in said]
        is_doubt = (
            takes_figures_back(squeeze_text(line.text), year) if said else rule_of_line(line.text, year) == "doubt_line"
        )
        if is_doubt and len(line.text.strip()) <= _SHORT_LINE:
            yield Finding("doubt_line", line.place, line.text.strip())
    if counted:
        shown, words = first_of([figure for _, figure in counted])
        yield Finding("text_after_form", counted[0][0], shown, words=words)


def _counted(line: str) -> list[str]:
    """What a line above the form counts, each number with its words: a letter's 公开课17场, 公开课：17, a correction. A notice may count, too."""
    text = squeeze(line)
    counted = [c for c in find_candidates(text, text.text) if c.has_number and _counts(c, text.text)]
    said = [replace(c, label=c.clause[-_SHORT_LINE:]).said for c in counted]
    return said or [line.strip() for figure in _bare_figures(line)[:1] if not _YEAR.fullmatch(figure)]


def _counts(candidate: Candidate, text: str) -> bool:
    """Whether a number has a unit (一式两份 counts no reports), or stands alone behind a colon."""
    if candidate.unit:
        return candidate.unit != "份" or len(re.sub(r"\D", "", candidate.raw)) > 1
    if re.match(rf"\d[\d,.]*\((?:{load_lexicon().units})\)", text[candidate.start :]):
        return True
    is_told = re.search(r"[\u4e00-\u9fff]{2}:$", text[: candidate.start]) is not None
    return is_told and re.fullmatch(r"\d{1,6}", candidate.raw) is not None and not _HEADER.search(text)


def told_in_head(line: str, year: int | None) -> Iterator[str]:
    """What the line of who and when says of the figures besides: 单位：万人次, （作废）. Names of persons stand in it: nothing else is quoted."""
    if "统计表" in line:  # the title is judged by itself
        return
    for piece in re.split(r"[\s_]+", line.strip()):
        text = squeeze_text(piece)
        inner = re.findall(r"\(([^()]+)\)", text)
        said = [*inner] if _IS_WHO.match(text) else [text, *inner]
        if any(takes_figures_back(words, year) for words in said):
            yield piece if not _IS_WHO.match(text) else "、".join(inner)


def rule_of_line(line: str, year: int | None) -> str:
    """The rule that names a line; '' for an empty one and for the form's own head and foot: who, when, a telephone."""
    text = squeeze(line)
    words = _HEADER.sub("", text.text)
    is_empty = len(re.sub(r"[^\u4e00-\u9fffA-Za-z\d]", "", words)) < 2 or _OFFICE.fullmatch(words)
    if is_empty and not says_scale(text.text):
        return ""
    if says_scale(text.text):
        return "doubt_line"
    # 一式两份 is no figure.
    if any(c.has_number and c.unit not in ("", "份") for c in find_candidates(text, text.text)):
        return "text_after_form"
    if takes_figures_back(words, year):
        return "doubt_line"
    rest = load_lexicon().pointer.sub("", _NUMBERED.sub("", _DATE.sub("", words)))
    if re.search(r"\d", rest) and not _MASKED.search(mask_private(line)):
        return "text_after_form"
    return "line_beside" if len(re.findall(r"[\u4e00-\u9fff]", rest)) > 3 else ""


def is_form_head(block: Block) -> bool:
    """Whether a paragraph is the form's title or says who reports."""
    return isinstance(block, Paragraph) and re.search(r"统计表|填\s*报\s*单\s*位", block.text) is not None


def _bare_figures(line: str) -> list[str]:
    """The figures of a line that holds a name and figures, or figures only; none of any other line, of a date or an 附件 2."""
    if not _ROW.fullmatch(line.strip()) or load_lexicon().pointer.search(squeeze_text(line)):
        return []
    figures = re.findall(r"\d[\d,.]*", squeeze(line).folded)
    return [] if any(_MASKED.search(mask_private(f)) for f in figures) else figures


def doubts_in_cells(cells: Iterator[tuple[str, str]], year: int | None) -> Iterator[Finding]:
    """The same of cells (place, text) in rows of the form's table that belong to no activity, where a line takes figures back."""
    for place, text in cells:
        if rule_of_line(text, year) == "doubt_line":
            yield Finding("doubt_line", place, text.strip()[:_LONGEST])
