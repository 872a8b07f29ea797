"""A second copy of the form's table in its file: set aside and named."""

from __future__ import annotations

import re
from collections.abc import Mapping

from etl.catalog.model import Form
from etl.document import Paragraph, Table
from etl.extract.candidates import find_candidates
from etl.extract.slots import plan_activity
from etl.extract.squeeze import squeeze, squeeze_text
from etl.findings import Finding
from etl.form.recognise import FormPart
from etl.held_facts import held_words
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
                why, here = _why(part, block), f"表{block.number}"
                basis = {"basis": f"（{why}）", "basis_en": f" ({why})"} if why else {}
                findings.append(Finding("second_table", here, here, why, words={**basis, **_held(form, own, block)}))
                continue
            seen |= said
        kept.append(block)
    return FormPart(tuple(kept), part.title), findings


def _held(form: Form, own: set[str], table: Table) -> Mapping[str, str]:
    """The numbers typed behind the form's own words in a table, as words of a message."""
    printed = {plan_activity(form, activity).requirement for activity in form.activities}
    cells = (squeeze(c.text) for row in table.rows for c in row)
    said = [text for text in cells if text.text not in printed and any(a in text.text for a in own)]
    found = (c for text in said for c in find_candidates(text, text.text) if c.has_number and c.unit)
    return held_words([f"{c.answer}{c.unit}" for c in found])


def _why(part: FormPart, table: Table) -> str:
    """The line above a table where it says that the table is no report; ''."""
    above = ""
    for block in part.blocks:
        if block is table:
            break
        if isinstance(block, Paragraph):
            above = block.text.strip()
    return above[:40] if re.search(load_lexicon().aside_words, above) else ""
