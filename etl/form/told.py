"""A text that is no form but tells figures in the form's words, as pasted from a chat: what it answers is proposed, nothing counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from etl.catalog.model import Catalog, Form
from etl.document import Block, Document, Paragraph, Table
from etl.extract.activity import extract_activity
from etl.extract.slots import ActivityPlan, plan_activity
from etl.facts import Fact, Submission, make_fact, number_words
from etl.findings import Finding
from etl.form.figures_quoted import figures_quoted
from etl.form.header import find_header
from etl.form.identity import Source, tell_date, tell_unit
from etl.form.read_fill import read_fill
from etl.form.unit_names import UnitNames, unit_names
from etl.interpret.private import mask_private
from etl.interpret.reading import ROW_MISSING, UNREADABLE, Reading

PROSE = "told_in_prose"
_SENTENCE = re.compile(r"[；;。！!？?\n\r]")
_MOST = 200  # sentences with numbers; a message has no more
_SURE = ("sure", "likely")


def read_told(catalog: Catalog, source: Source, document: Document) -> Submission | None:
    """The submission of a text whose campaign a person said, each count it tells withheld and proposed; its numbers are quoted once.

    None where nobody said so, where it has a table, names several units, or answers no blank of the campaign's form.
    """
    campaign = source.campaign if source.is_decided else None
    form = catalog.forms.get((campaign.form_id if campaign else None) or "")
    if campaign is None or form is None or any(isinstance(b, Table) for b in document.blocks):
        return None
    told = Submission(source.name, source.sha256, source.format, campaign_id=campaign.campaign_id, form_id=form.form_id)
    text, header = document.text, find_header(document.blocks)
    named = units_named(catalog, campaign.jurisdiction_id, text)
    if len(named) > 1:
        return None
    header = replace(header, unit=header.unit.strip() or next(iter(named), ""))
    tell_unit(catalog, campaign, told, header, source)
    told.facts = _facts(form, document.blocks, told.unit_id, campaign.year, unit_names(catalog, campaign, told))
    taken = [f for f in told.facts if PROSE in f.flags]
    if not taken:
        return None
    tell_date(campaign, told, header, source)
    rest = figures_quoted(text.splitlines(), are_proposed=True)
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


def _facts(form: Form, blocks: Sequence[Block], unit_id: str | None, year: int, names: UnitNames) -> list[Fact]:
    """All counts of the form: those that just one sentence answers, proposed; the others missing."""
    plans = [plan_activity(form, a) for a in form.activities]
    said: dict[str, list[Fact]] = {}
    sentences = [(s, b.place) for b in blocks if isinstance(b, Paragraph) for s in _SENTENCE.split(b.text)]
    for sentence, place in [(s, place) for s, place in sentences if re.search(r"\d", s)][:_MOST]:
        for fact in _answers(plans, sentence, place, unit_id, year, names):
            said.setdefault(fact.indicator_id, []).append(fact)
    once = {i: facts[0] for i, facts in said.items() if len(facts) == 1}
    return [
        _proposed(once[i.indicator_id])
        if i.indicator_id in once
        else make_fact(unit_id, i, Reading(ROW_MISSING), None, "")
        for i in form.indicators
    ]


def _answers(
    plans: Sequence[ActivityPlan], sentence: str, place: str, unit_id: str | None, year: int, names: UnitNames
) -> list[Fact]:
    """What a sentence answers of the one activity that it answers most of; nothing where two are as likely."""
    read = [_of_activity(plan, sentence, place, unit_id, year, names) for plan in plans]
    read.sort(key=len, reverse=True)
    return read[0] if len(read) == 1 or len(read[0]) > len(read[1]) else []


def _of_activity(
    plan: ActivityPlan, sentence: str, place: str, unit_id: str | None, year: int, names: UnitNames
) -> list[Fact]:
    """The counts of one activity that a sentence surely or likely answers; of a sentence about people, with their event."""
    fills = extract_activity(plan, sentence, year=year, others=names.others, own=names.own).fills
    found: list[Fact] = []
    for slot, indicator in zip(plan.slots, plan.activity.indicators, strict=True):
        fill = fills[slot.indicator_id]
        if indicator.kind != "count" or fill.typed is None or fill.certainty not in _SURE:
            continue
        reading = read_fill(indicator, fill, year)
        if reading.value is not None and (found or not slot.is_dependent):
            found.append(make_fact(unit_id, indicator, reading, fill.raw, place))
    return found


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
