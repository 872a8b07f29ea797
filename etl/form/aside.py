"""What stands in a file beside the form that counts: a second copy of its table, and text behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.catalog.model import Form
from etl.document import Block, Paragraph, Table
from etl.extract.candidates import find_candidates
from etl.extract.slots import plan_activity
from etl.extract.squeeze import squeeze, squeeze_text
from etl.findings import Finding
from etl.form.recognise import FormPart
from etl.interpret.doubts import casts_doubt
from etl.interpret.lexicon import load_lexicon
from etl.interpret.private import mask_private

MIN_WORDS = 4  # fewer of the form's own words may repeat by chance
_SHORT_LINE = 24
MOST_SHOWN = 20  # numbers that one finding names
_ROW = re.compile(r"(?:[^\d，。；：、（）(),;:]{1,14}\s+)?[\d０-９][\d０-９,.]*(?:\s+[\d０-９][\d０-９,.]*)*")
_MASKED = re.compile(r"\*|X{4}")
_HEADER = re.compile("填报|报送|联系|电话|日期|填表|审核|负责人|盖章")


def set_copies_aside(form: Form, part: FormPart) -> tuple[FormPart, list[Finding]]:
    """The part without tables that say again what an earlier table says, each named; the first is the report.

    The rest of a form that goes on in a second table repeats nothing and stays.
    """
    own = {a for activity in form.activities for a in plan_activity(form, activity).anchors}
    seen: set[str] = set()
    kept, findings = [], []
    for block in part.blocks:
        if isinstance(block, Table):
            text = squeeze_text("\n".join(c.text for row in block.rows for c in row))
            said = {a for a in own if a in text}
            if len(said & seen) >= max(MIN_WORDS, 0.6 * len(said)):
                findings.append(Finding("second_table", f"表{block.number}", f"表{block.number}", _why(part, block)))
                continue
            seen |= said
        kept.append(block)
    return FormPart(tuple(kept), part.title), findings


def _is_head(block: Block) -> bool:
    """Whether a paragraph is the form's title or says who reports."""
    return isinstance(block, Paragraph) and re.search(r"统计表|填\s*报\s*单\s*位", block.text) is not None


def _why(part: FormPart, table: Table) -> str:
    """The line above a table where it says that the table is no report; ''."""
    above = ""
    for block in part.blocks:
        if block is table:
            break
        if isinstance(block, Paragraph):
            above = block.text.strip()
    return above[:40] if re.search(load_lexicon().aside_words, above) else ""


def text_outside(part: FormPart) -> list[Finding]:
    """Paragraphs behind the form's head that hold numbers: named, since nobody else reads them.

    Lines of names and bare figures are a table that lost its lines: they have one finding together.
    """
    first = next((n for n, b in enumerate(part.blocks) if isinstance(b, Table)), None)
    if first is None:
        return []
    # What stands before the head may be the notice that asks for the form.
    head = max((n for n, b in enumerate(part.blocks[:first]) if _is_head(b)), default=first)
    found, rows = list(_doubts(part, head)), []
    for block in part.blocks[head + 1 :]:
        if not isinstance(block, Paragraph) or _HEADER.search(block.text):
            continue
        text = squeeze(block.text)
        if any(c.has_number and c.unit for c in find_candidates(text, text.text)):
            found.append(Finding("text_after_form", block.place, block.text.strip()[:120]))
        elif figures := _bare_figures(block.text):
            rows.append((block.place, figures))
    figures = [f for _, row in rows for f in row]
    if len(figures) > 1:
        said = "、".join(figures[:MOST_SHOWN]) + ("……" if len(figures) > MOST_SHOWN else "")
        found.append(Finding("table_unread", rows[0][0], said, words={"count": str(len(figures))}))
    return found


def _doubts(part: FormPart, head: int) -> Iterator[Finding]:
    """Lines around the form which may say that its figures are not this campaign's; above its head only short ones, and not
    those of the notice that asks for it."""
    for n, block in enumerate(part.blocks):
        is_said = isinstance(block, Paragraph) and casts_doubt(squeeze_text(block.text))
        if isinstance(block, Paragraph) and is_said and (n >= head or len(block.text.strip()) <= _SHORT_LINE):
            yield Finding("doubt_line", block.place, block.text.strip()[:120])


def _bare_figures(line: str) -> list[str]:
    """The figures of a line that holds a name and figures, or figures only; none of any other line, of a date or an 附件 2."""
    if not _ROW.fullmatch(line.strip()) or load_lexicon().pointer.search(squeeze_text(line)):
        return []
    figures = re.findall(r"\d[\d,.]*", squeeze(line).folded)
    return [] if any(_MASKED.search(mask_private(f)) for f in figures) else figures
