"""Which form is this, where do its rows stand, and what does its header say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz

from etl.catalog.model import Form
from etl.document import Block, Cell, Document, Paragraph, Table
from etl.extract.slots import ActivityPlan, plan_activity
from etl.extract.squeeze import squeeze_text
from etl.findings import Finding
from etl.form.columns import Columns, Headed, columns_of, is_head_row, set_columns_aside
from etl.form.label_rows import label_and_answer
from etl.form.prose import ActivityText, Beside, count_words, gather_prose, spread

CLEAR = 0.6  # share above which near spellings need not be looked for
PLAIN = 0.9  # share above which no other form can fit so much better that it matters
_LIKE_TITLE = 60  # of 100: a cell that may be an activity's title
_PRINTED_CELLS = 2  # of a row: title and requirement
_PRINTED = ["form", "form", "progress"]  # the columns of a form as it was sent out
RECOGNISED = 0.34  # share of a form's own words that must stand in a file


@dataclass(frozen=True)
class FormPart:
    """The blocks of one form inside a document, with the header above them."""

    blocks: tuple[Block, ...]
    title: str


@dataclass(frozen=True)
class Gathered:
    """A form's text by activity, cells that belong to none, and findings on columns that were not read."""

    texts: dict[str, ActivityText]
    rest: list[Cell]
    findings: list[Finding]
    added: list[tuple[str, str]]  # (place, words) typed behind the printed words of a cell beside the answers


@lru_cache(maxsize=64)
def _anchors(form: Form) -> tuple[str, ...]:
    return tuple(dict.fromkeys(a for activity in form.activities for a in plan_activity(form, activity).anchors))


def exact_score(form: Form, squeezed: str) -> float:
    """Share of the form's own words that stand literally in the squeezed text of a file, 0 to 1."""
    anchors = _anchors(form)
    return sum(a in squeezed for a in anchors) / len(anchors) if anchors else 0.0


def near_score(form: Form, squeezed: str) -> float:
    """The same with near spellings included, each counting a little less."""
    anchors = _anchors(form)
    if not anchors:
        return 0.0
    exact = sum(a in squeezed for a in anchors)
    near = sum(
        1
        for a in anchors
        if a not in squeezed and len(a) >= 6 and fuzz.partial_ratio(a, squeezed, score_cutoff=85) >= 85
    )
    return (exact + 0.8 * near) / len(anchors)


def squeezed_text(blocks: Iterable[Block]) -> str:
    """All text of the blocks without white space; cell by cell, since most cells of a form were seen in other forms."""
    return "".join(
        squeeze_text(block.text)
        if isinstance(block, Paragraph)
        else "".join(squeeze_text(c.text) for row in block.rows for c in row)
        for block in blocks
    )


def rank_forms(forms: Iterable[Form], squeezed: str, asked: Form | None = None) -> list[tuple[float, Form]]:
    """The forms by how much of their wording a squeezed text holds, best first; the form asked for alone where nearly all of it stands there."""
    if asked is not None and (score := exact_score(asked, squeezed)) >= PLAIN:
        return [(score, asked)]
    ranked = [(exact_score(f, squeezed), f) for f in forms]
    if max((score for score, _ in ranked), default=0.0) < CLEAR:
        ranked = [(near_score(f, squeezed), f) for _, f in ranked]
    return sorted(ranked, key=lambda x: (-x[0], x[1].form_id))


def split_forms(document: Document) -> list[FormPart]:
    """The forms inside one file: a new one begins at every header line that has a table behind it."""
    starts = [n for n, b in enumerate(document.blocks) if _is_header(b)]
    bounds = [
        0,
        *[s for s in starts[1:] if any(isinstance(b, Table) for b in document.blocks[starts[0] : s])],
        len(document.blocks),
    ]
    parts = []
    for first, last in pairwise(bounds):
        blocks = document.blocks[first:last]
        if len(bounds) > 2 and not any(isinstance(b, Table) for b in blocks):
            continue
        title = next((b.text for b in blocks if isinstance(b, Paragraph) and "统计表" in b.text), "")
        parts.append(FormPart(tuple(blocks), title))
    return parts


def _is_header(block: Block) -> bool:
    if isinstance(block, Paragraph):
        return "填" in block.text and bool(re.search(r"填\s*报\s*单\s*位", block.text))
    first = (c.text for row in block.rows[:3] for c in row if "填" in c.text)
    return any("填报单位" in squeeze_text(text) for text in first)


def gather(form: Form, blocks: Sequence[Block], told: Sequence[Columns], year: int | None = None) -> Gathered:
    """Each activity's progress text, the cells that belong to no activity, and what was left aside.

    `told`: what the columns of each block are; `year` is the campaign's.

    A row belongs to the activity whose title stands in it, else to the one whose words its cells hold, else (title cell
    empty) to the row above. The progress cell is the one under that head, else the one that holds the activity's sentences.
    """
    plans = [plan_activity(form, a) for a in form.activities]
    found = {p.activity.activity_id: ActivityText(p, [], []) for p in plans}
    rest: list[Cell] = []
    added: list[tuple[str, str]] = []
    current: ActivityPlan | None = None
    upright = [_upright(plans, b) for b in blocks]
    if any(now is not was for now, was in zip(upright, blocks, strict=True)):
        told = columns_of(upright, year)
    headed = set_columns_aside(upright, told, year)
    for row, texts, columns in _rows(headed):
        plan = _row_plan(plans, texts)
        if plan is None and (len(row) < 2 or texts[0] == ""):
            plan = current
        if plan is None:
            rest.extend(c for c in row if c.text.strip())
            continue
        current = plan
        target = found[plan.activity.activity_id]
        kinds = [columns.kind(c, n) for n, c in enumerate(row)]
        if columns.has_no_answers(kinds):
            continue
        progress = _progress_index(plan, texts, kinds)
        pair = label_and_answer(plan, row, texts, progress)
        target.cells.append(pair.cell if pair else row[progress])
        for n, cell in enumerate(row):
            if n == progress or (pair and n in pair.columns):
                continue
            if n < _PRINTED_CELLS and (words := _added(plan, texts[n])):
                added.append((cell.place, words))
            if texts[n] and _likeness(texts[n], plan.title) < _LIKE_TITLE and not _is_numbering(plan, texts, n):
                is_headed = columns.head(cell, n) != columns.head(row[progress], progress)
                target.requirement.append(Beside(cell, _beside(columns, kinds[n]), is_headed))
            elif n < _PRINTED_CELLS and not _added(plan, texts[n]) and _adds_number(texts[n], plan.title):
                rest.append(cell)
    if not any(t.cells for t in found.values()) and not any(c.is_cut for c in headed.columns):
        rest += gather_prose(plans, found, headed.blocks)
    else:
        spread(found)
    return Gathered(found, rest, headed.findings, added)


def _added(plan: ActivityPlan, text: str) -> str:
    """What a cell holds besides the activity's title or requirement; '' where it holds neither."""
    if text in (plan.title, plan.requirement):
        return ""
    printed = next((p for p in (plan.requirement, plan.title) if p and p in text), "")
    return text.replace(printed, "", 1) if printed else ""


@lru_cache(maxsize=4096)
def _likeness(text: str, title: str) -> float:
    """Of 100. The cells beside the answers hold the same printed words in form after form."""
    return fuzz.ratio(text, title)


@lru_cache(maxsize=4096)
def _adds_number(text: str, title: str) -> bool:
    """Whether a title cell holds a number that its title doesn't: an answer typed behind it; no numbering before it."""
    own = re.sub(r"^\(?\d{1,2}\)?[.,]?(?=\D)", "", text) if not re.match(r"\d", title) else text
    return len(re.findall(r"\d+", own)) > len(re.findall(r"\d+", title))


def _beside(columns: Columns, kind: str) -> str:
    """How a cell beside the progress cell is to be taken: `rival` where no head tells the two apart."""
    return kind if columns.has("progress") and kind in ("form", "other") else "rival"


def _is_numbering(plan: ActivityPlan, texts: list[str], n: int) -> bool:
    """Whether a cell is the row's 序号, before the activity's title."""
    is_number = n == 0 and len(texts) > 1 and re.fullmatch(r"\(?\d{1,2}\)?[.,]?", texts[0]) is not None
    return is_number and fuzz.ratio(texts[1], plan.title) >= _LIKE_TITLE


def _upright(plans: list[ActivityPlan], block: Block) -> Block:
    """A table whose activities stand side by side in its first row is turned."""
    if not isinstance(block, Table):
        return block
    head = [squeeze_text(c.text) for c in block.rows[0]] if block.rows else []
    titled = sum(any(t == p.title for p in plans) for t in head) if len(block.rows) <= 4 else 0
    is_turned = titled >= 2 and len({len(row) for row in block.rows}) == 1
    return Table(tuple(zip(*block.rows, strict=True)), block.number) if is_turned else block


def _rows(headed: Headed) -> Iterable[tuple[tuple[Cell, ...], list[str], Columns]]:
    """All rows but those of heads, with their squeezed texts and what their columns are."""
    for block, columns in zip(headed.blocks, headed.columns, strict=True):
        for r, row in enumerate(block.rows if isinstance(block, Table) else ()):
            texts = [squeeze_text(c.text) for c in row]
            if r not in columns.rows and not is_head_row(texts):
                yield row, texts, columns


def _row_plan(plans: list[ActivityPlan], texts: list[str]) -> ActivityPlan | None:
    for text in texts[:2]:
        if 2 <= len(text) <= 60:
            if printed := next((p for p in plans if p.title == text), None):
                return printed
            best = max(plans, key=lambda p: fuzz.ratio(text, p.title))
            if fuzz.ratio(text, best.title) >= 78:
                return best
    scored = [(max((count_words(p, t) for t in texts), default=0), -n, p) for n, p in enumerate(plans)]
    hits, _, best = max(scored)
    return best if hits >= 1 else None


def _progress_index(plan: ActivityPlan, texts: list[str], kinds: list[str]) -> int:
    """Which cell holds the answers: the one under that head if any of the activity's labels stands there, else the one
    with most of them, the last one when none has any."""
    if len(texts) == 1:
        return 0
    if kinds == _PRINTED and texts[1] == plan.requirement and plan.exact.fullmatch(texts[2]):
        return 2
    # A column under a head of the clerk's own holds the answers only where no head says which one does.
    told = "progress" in kinds
    hits = [(count_words(plan, t), n) for n, t in enumerate(texts) if not (told and kinds[n] == "other")]
    best, at = max((h for h in hits if kinds[h[1]] == "progress"), default=(0, 0))
    best, at = (best, at) if best else max(hits)
    if best and _is_requirement(plan, texts[at]):
        # The requirement names what the sentences ask for, and all of it where only some of them stand in the row.
        best, at = max((h for h in hits if h[1] != at), default=(0, at))
    if best:
        return at
    candidates = [n for n in range(1, len(texts)) if fuzz.ratio(texts[n], plan.requirement) < 80]
    headed = [n for n in candidates if kinds[n] == "progress"]
    return (headed or candidates or [len(texts) - 1])[-1]


def _is_requirement(plan: ActivityPlan, text: str) -> bool:
    return text == plan.requirement or fuzz.ratio(text, plan.requirement, score_cutoff=90) >= 90
