"""A second copy of the form's table in its file: set aside and named."""

from __future__ import annotations

import re

from etl.catalog.model import Form
from etl.document import Paragraph, Table
from etl.extract.slots import plan_activity
from etl.extract.squeeze import squeeze_text
from etl.findings import Finding
from etl.form.recognise import FormPart
from etl.interpret.lexicon import load_lexicon

MIN_WORDS = 4  # fewer of the form's own words may repeat by chance


def set_copies_aside(form: Form, part: FormPart) -> tuple[FormPart, list[Finding]]:
    """The part without tables that say again what an earlier table says, each named; the first is the report.

    The rest of a form that goes on in a second table repeats nothing and stays.
    """
    if sum(isinstance(b, Table) for b in part.blocks) < 2:
        return part, []
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


def _why(part: FormPart, table: Table) -> str:
    """The line above a table where it says that the table is no report; ''."""
    above = ""
    for block in part.blocks:
        if block is table:
            break
        if isinstance(block, Paragraph):
            above = block.text.strip()
    return above[:40] if re.search(load_lexicon().aside_words, above) else ""
