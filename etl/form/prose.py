"""Sentences to their activities by their words: a form pasted as text, or one cell that answers for several activities."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from etl.document import Block, Cell, Paragraph, Table
from etl.extract.candidates import find_candidates
from etl.extract.slots import ActivityPlan
from etl.extract.squeeze import squeeze, squeeze_text
from etl.interpret.lexicon import load_lexicon

_MARK = re.compile("[□☐▢■☑☒√✓✔✅]")  # boxes answer a question without a number
_ALIKE = 75  # of 100: reworded, and still the label's own words


@dataclass(frozen=True)
class Beside:
    """A cell beside the progress cell. `kind`: form (its requirement), other (a head of the clerk's own), rival (nothing tells it from the progress cell)."""

    cell: Cell
    kind: str
    is_headed: bool = False  # under a head of its own that says something else than the progress cell's


@dataclass
class ActivityText:
    """The progress text of one activity gathered from its rows; `cells` keeps where each stretch stands."""

    plan: ActivityPlan
    cells: list[Cell]
    requirement: list[Beside]

    @property
    def text(self) -> str:
        """The progress cells, one after the other."""
        return "\n".join(c.text for c in self.cells)

    def place_of(self, fraction_start: int, squeezed_lengths: list[int]) -> str:
        """The place of the cell that holds the squeezed character at `fraction_start`."""
        seen = 0
        for cell, length in zip(self.cells, squeezed_lengths, strict=True):
            seen += length
            if fraction_start < seen:
                return cell.place
        return self.cells[-1].place if self.cells else ""


def count_words(plan: ActivityPlan, text: str) -> int:
    """How many of an activity's own words a text holds."""
    return sum(a in text for a in plan.anchors)


def gather_prose(plans: list[ActivityPlan], found: dict[str, ActivityText], blocks: Sequence[Block]) -> list[Cell]:
    """A form pasted as text: each sentence goes to the activity whose words it holds, else to the one above. The sentences of none."""
    current = plans[0]
    left: list[Cell] = []
    paragraphs = [Cell(b.text, b.place) for b in blocks if isinstance(b, Paragraph)]
    paragraphs += [c for row in rows_of(blocks) for c in row]
    pieces = [Cell(text, c.place) for c in paragraphs for text in _sentences(c.text)]
    for cell in pieces:
        text = squeeze_text(cell.text)
        if re.search("填报单位|统计表$|活动项目", text) and len(text) < 60:
            continue
        if _is_printed(plans, text):
            continue
        titled = next((p for p in plans if len(text) <= 60 and fuzz.ratio(text, p.title) >= 78), None)
        if titled is not None and not re.search(r"[_(]", text):
            current = titled
            continue
        best = max(plans, key=lambda p: count_words(p, text))
        if count_words(best, text) >= 1 and not is_part_sentence(text):
            current = best
        elif not find_candidates(squeeze(cell.text), text) and not _MARK.search(text):
            left.append(cell)
            continue
        found[current.activity.activity_id].cells.append(cell)
    return left


def _is_printed(plans: Sequence[ActivityPlan], text: str) -> bool:
    """Whether a sentence is the form's own requirement (曝光一个典型案例): it asks for numbers and answers none."""
    words = re.sub("^[^:]{0,8}:", "", text).strip(" .;,")
    return len(words) >= 8 and any(
        words in p.requirement or words.removeprefix(p.title) in p.requirement for p in plans
    )


def _sentences(text: str) -> list[str]:
    """A paragraph's sentences, brackets kept whole; a report's paragraph often speaks of several activities."""
    found, depth, start = [], 0, 0
    for n, char in enumerate(text):
        depth = max(0, depth + (char in "(（") - (char in ")）"))
        if depth == 0 and char in "。；;":
            found.append(text[start : n + 1])
            start = n + 1
    return [*found, text[start:]] if text[start:].strip() or not found else found


def spread(found: dict[str, ActivityText]) -> None:
    """Give activities whose own cells are empty their sentences out of a cell of another one: all was typed into one cell."""
    silent = [t for t in found.values() if not any(c.text.strip() for c in t.cells)]
    for target in [t for t in found.values() if silent and t not in silent]:
        cells: list[Cell] = []
        for cell in target.cells:
            text = squeeze_text(cell.text)
            others = [t for t in silent if _foreign(t.plan, target.plan, text) >= min(2, len(t.plan.anchors))]
            cells += _share_out(cell, target, others) if others else [cell]
        target.cells = cells


def _foreign(plan: ActivityPlan, own: ActivityPlan, text: str) -> int:
    """How many of an activity's words a text holds that the cell's own activity does not print."""
    return sum(a in text and a not in own.blank for a in plan.anchors)


def _share_out(cell: Cell, target: ActivityText, others: Sequence[ActivityText]) -> list[Cell]:
    """Each sentence to the activity whose words it clearly holds, else it stays; a bare 参与 follows its sentence. What stays.

    Clearly: more of its labels than of the cell's own activity, or, reworded, more like one of them.
    """
    current, left = target, []
    for piece in (Cell(s, cell.place) for line in cell.text.split("\n") for s in _sentences(line) if s.strip()):
        text = squeeze_text(piece.text)
        # On a tie the cell's own activity, which is the first, keeps it.
        best = max((target, *others), key=lambda t: (count_words(t.plan, text), _nearness(t.plan, text)))
        if best is not target and not count_words(best.plan, text) and _nearness(best.plan, text) < _ALIKE:
            best = target
        current = current if _is_bare(text, (target, *others)) else best
        if current is target:
            left.append(piece)
        else:
            current.cells = [*(c for c in current.cells if c.text.strip()), piece]
    return left


def _nearness(plan: ActivityPlan, text: str) -> float:
    """How like the words of a sentence are to the label of an activity that is most like them, 0 to 100."""
    words = re.split(r"[(_\d]", text.lstrip(",.;:"))[0]
    return max((fuzz.ratio(s.label, words) for s in plan.slots if not s.is_dependent), default=0.0) if words else 0.0


def _is_bare(text: str, activities: Iterable[ActivityText]) -> bool:
    """Whether a sentence has no words but a 参与 of the sentence before, or is a part of it (其中…)."""
    words = re.split(r"[(_\d]", text.strip(",.;:"))[0]
    labels = {w for t in activities for s in t.plan.slots if s.is_dependent for w in (s.label, *s.synonyms)}
    return words in labels | {""} or is_part_sentence(text)


def is_part_sentence(text: str) -> bool:
    """Whether a sentence only says a part of what the one before said."""
    return re.match(rf"[,.;:]*(?:{load_lexicon().part_words})", text) is not None


def rows_of(blocks: Sequence[Block]) -> Iterable[tuple[Cell, ...]]:
    """The rows of all tables."""
    for block in blocks:
        if isinstance(block, Table):
            yield from block.rows
