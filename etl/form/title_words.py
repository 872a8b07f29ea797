"""What a Word form's title, or the head over its answers, says beside its printed words: 样表, 作废, 第二周, （单位：万人次）, another year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from etl.catalog.model import Campaign, Form
from etl.document import Block, Table
from etl.extract.squeeze import squeeze_text
from etl.file_names import names_of_path
from etl.findings import Finding
from etl.form.columns import Columns
from etl.form.recognise import FormPart
from etl.interpret.doubts import SAMPLE_MARK, limits_figures, says_scale, takes_figures_back
from etl.interpret.lexicon import load_lexicon

_PROVINCE = re.compile(r"^(?:附件?\d*:?)?([\u4e00-\u9fff]{2,6}?(?:省|自治区))")
_ONE_WORD = 8  # letters of a line that is but such a word
_SPAN = re.compile("[月日]|截[至止]|[全各][市省州区县]|[仅只]")
_BESIDE_MONTH = re.compile(
    r"(?:20\d\d年)?(?:0?[57]|五|七)月份?"
)  # a day of them may be named, a title is of one of them
_PLAIN = re.compile(r"附件?表?\d*|20\d\d年度?|[正定终]稿|正式|汇总|6月份?|安全生产月|第\d+页|含?线上|签?盖?章")


def title_findings(form: Form, part: FormPart, campaign: Campaign | None) -> list[Finding]:
    """A warning that quotes the title where it names another year or place, a part of the time, a plan or a draft."""
    rule = _rule_of_title(form.title_zh, part.title, campaign.year if campaign else None)
    return [Finding(rule, part.title.strip()[:40], part.title.strip())] if rule else []


@lru_cache(maxsize=512)
def _rule_of_title(printed: str, typed: str, year: int | None) -> str:
    """The rule that names a title, '' for none; offices fill in copies of one file, so few titles are asked for often."""
    printed, title = squeeze_text(printed), squeeze_text(typed)
    if not title:
        return ""
    pieces = _added(printed, title)
    added = ",".join(pieces)
    named = {int(y) for y in re.findall(r"(20\d\d)年", title)}
    is_other_year = year is not None and bool(named) and year not in named
    is_other_event = re.search(load_lexicon().doubt_lines, title) is not None
    is_told = (
        is_doubtful(added)
        or any(map(_BESIDE_MONTH.fullmatch, pieces))
        or any(limits_figures(piece, year) for piece in pieces)
        or limits_figures(title, year)
    )
    if is_other_year or is_other_event or _is_other_place(printed, title) or is_told:
        return "doubt_line"
    return "line_beside" if "(" in title and added else ""


def no_report_title(part: FormPart) -> list[Finding]:
    """That the title, or a line of one word above the table, says that it is no report (样表, 模板, 作废, 计划汇总); such a form does
    not count until a person says of just this file that it does."""
    above: list[str] = [part.title]
    for block in part.blocks:
        if isinstance(block, Table):
            break
        above += [block.text] if 0 < len(block.text.strip()) <= _ONE_WORD else []
    word = re.compile(load_lexicon().no_report)
    for n, line in enumerate(above):
        said = word.search(squeeze_text(line.replace(SAMPLE_MARK, "")))
        if said and (n == 0 or said.group() == squeeze_text(line).strip("()[]:")):
            return [Finding("table_aside", line.strip()[:40], line.strip(), said.group())]
    return []


def head_findings(form: Form, blocks: Sequence[Block], told: Sequence[Columns]) -> Iterator[Finding]:
    """The same of the heads over the answers, in brackets behind their own words; `told`: what the columns of each block are."""
    for block, columns in zip(blocks, told, strict=True):
        if not isinstance(block, Table) or not columns.rows:
            continue
        for at, head in columns.heads.items():
            words = _in_brackets(head) if columns.kinds[at] == "progress" else ""
            if words and words not in squeeze_text(form.title_zh):
                is_told = is_doubtful(words) or _SPAN.search(words) is not None
                yield Finding("doubt_line" if is_told else "line_beside", block.rows[min(columns.rows)][0].place, head)


def added_findings(added: Sequence[tuple[str, str]], year: int | None) -> Iterator[Finding]:
    """The same of words (place, words) typed behind an activity's title or requirement: 咨询日活动（作废）; and of a number there."""
    for place, words in added:
        pieces = [words, *(p for p in re.split(r"[()\[\],;.]", words) if p)]
        if any(is_doubtful(piece) or limits_figures(piece.strip("()"), year) for piece in pieces):
            yield Finding("doubt_line", place, words)
        elif re.search(r"\d", re.sub(r"^\(?\d{1,2}\)?[.,]?$|(?<!\d)(?:20\d\d|6[.·]16)(?!\d)", "", words)):
            yield Finding("extra_value", place, words)


def name_findings(source_name: str, year: int | None) -> list[Finding]:
    """The same of the file's own name and of the folders it lies in: 统计表（作废）.docx, 2020年数据.docx, 2020/万州区.docx."""
    return [Finding("doubt_line", source_name, n) for n in names_of_path(source_name) if _is_name_told(n, year)]


@lru_cache(maxsize=1024)
def _is_name_told(name: str, year: int | None) -> bool:
    """Folders hold many files: their names are asked for again and again."""
    said = squeeze_text(name)
    lex = load_lexicon()
    years = {int(y) for y in re.findall(r"(?<!\d)(20[012]\d)(?=年|$)", said)}
    is_told = said in lex.other_period or re.search(f"{lex.doubt_lines}|{lex.no_report}", said) is not None
    is_limited = any(limits_figures(p, year) or says_scale(p) for p in re.split(r"[-_()\[\]]", said) if p)
    return is_told or is_limited or (year is not None and bool(years) and year not in years)


def scaled_heads(told: Sequence[Columns]) -> Iterator[str]:
    """The heads over the answers that say figures are counted in ten thousands."""
    for columns in told:
        progress = (columns.heads[at] for at, kind in columns.kinds.items() if kind == "progress")
        yield from filter(is_scaled, progress)


def is_scaled(head: str) -> bool:
    """Whether a head names a scale: 进展情况(单位:万人次), 完成情况(万)."""
    return says_scale(head) or re.search(r"\([^()]*[百千万亿](?:人次|人|次)?\)", head) is not None


def is_doubtful(words: str) -> bool:
    """Whether added words may say that the figures are not this campaign's, only a part of them, or not settled."""
    lex = load_lexicon()
    told = f"{lex.table_doubts}|{lex.doubt_lines}|{lex.no_report}"
    is_part = any(word in words for word in lex.part_periods | lex.other_period)
    return bool(words) and (
        is_part or is_scaled(f"({words})") or re.search(told, words) is not None or takes_figures_back(words)
    )


def _added(printed: str, title: str) -> list[str]:
    """The stretches of a title that its printed form doesn't have, and what stands in its brackets."""
    match = SequenceMatcher(None, printed, title, autojunk=False)
    pieces = [title[b:d] for tag, _, _, b, d in match.get_opcodes() if tag in ("insert", "replace")]
    return [w for p in (*pieces, *re.findall(r"\(([^()]+)\)", title)) if (w := _PLAIN.sub("", p).strip("()[]\"'.,:;"))]


def _in_brackets(head: str) -> str:
    return ",".join(w for p in re.findall(r"\(([^()]+)\)", head) if (w := _PLAIN.sub("", p)))


def _is_other_place(printed: str, title: str) -> bool:
    """Whether a title begins with a province that its form doesn't name."""
    said = _PROVINCE.match(title)
    return said is not None and said.group(1)[:2] not in printed
