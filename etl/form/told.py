"""A text that is no form but tells figures in the form's words, as pasted from a chat: what it answers is proposed, nothing counts."""

from __future__ import annotations

from dataclasses import replace

from etl.catalog.model import Catalog
from etl.document import Document, Table
from etl.facts import Fact, Submission, number_words
from etl.findings import Finding
from etl.form.activities import read_activities
from etl.form.figures_quoted import figures_quoted
from etl.form.header import find_header
from etl.form.identity import Source, tell_date, tell_unit
from etl.form.recognise import FormPart
from etl.form.unit_names import unit_names
from etl.interpret.private import mask_private
from etl.interpret.reading import UNREADABLE

PROSE = "told_in_prose"
_NOT_ASKED = (
    "row_missing",
    "extra_value",
    "line_beside",
    "text_after_form",
)  # what a form says of itself, and what is quoted together


def read_told(catalog: Catalog, source: Source, document: Document) -> Submission | None:
    """The submission of a text whose campaign a person said, each count it tells withheld and proposed; its numbers are quoted once.

    None where nobody said so, where it has a table, names several units, or answers no blank of the campaign's form.
    """
    campaign = source.campaign if source.is_decided else None
    form = catalog.forms.get((campaign.form_id if campaign else None) or "")
    if campaign is None or form is None or any(isinstance(b, Table) for b in document.blocks):
        return None
    told = Submission(source.name, source.sha256, source.format, campaign_id=campaign.campaign_id, form_id=form.form_id)
    text, header, part = document.text, find_header(document.blocks), FormPart(document.blocks, "")
    named = units_named(catalog, campaign.jurisdiction_id, text)
    if len(named) > 1:
        return None
    header = replace(header, unit=header.unit.strip() or next(iter(named), ""))
    tell_unit(catalog, campaign, told, header, source)
    names = unit_names(catalog, campaign, told)
    read_activities(form, told, part, strict=True, campaign=campaign, names=names)
    told.facts = [_proposed(f) for f in told.facts]
    taken = [f for f in told.facts if PROSE in f.flags]
    if not taken:
        return None
    tell_date(campaign, told, header, source)
    rest = figures_quoted(text.splitlines(), are_proposed=True)
    told.findings = [f for f in told.findings if f.rule not in _NOT_ASKED]
    told.findings += [Finding(PROSE, f.place, f.raw or "", "", f.unit_id, f.indicator_id, f.proposal) for f in taken]
    words = {"count": str(len(taken)), **rest}
    told.findings.append(Finding("prose_read", source.name, form.title_zh, words=words))
    return told


def units_named(catalog: Catalog, jurisdiction_id: str, text: str) -> frozenset[str]:
    """The reporting units that a text names by a name of their own."""
    names = catalog.unit_names[jurisdiction_id]
    held = sorted((n for n in names if len(n) > 1 and n in text), key=len, reverse=True)
    # 大足 in 大足区 is the same one.
    return frozenset(n for k, n in enumerate(held) if not any(n in longer for longer in held[:k]))


def _proposed(fact: Fact) -> Fact:
    """A fact with a number as one that waits for a person; any other as it is."""
    if fact.value is None:
        return fact
    is_plain = fact.qualifier == "exact" or not fact.raw
    guess = number_words(fact.value).replace(",", "") if is_plain else fact.raw  # 4500余 is more than 4500
    said = mask_private(fact.raw) if fact.raw else fact.raw
    return fact._replace(
        value=None, low=None, high=None, qualifier="exact", state=UNREADABLE, raw=said, flags=(PROSE,), proposal=guess
    )
