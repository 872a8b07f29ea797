"""A prose form (Document) -> submissions with facts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from etl.aside import set_copies_aside, text_behind
from etl.catalog.model import Campaign, Catalog, Form, Indicator
from etl.document import Cell, Document, Paragraph
from etl.extract.activity import Extraction, Fill, extract_activity
from etl.extract.candidates import find_candidates
from etl.extract.squeeze import squeeze, squeeze_text
from etl.facts import Fact, Submission, flag_findings, interpret, judge_together, make_fact
from etl.findings import Finding
from etl.interpret.dates import interpret_date
from etl.interpret.lexicon import load_lexicon
from etl.interpret.reading import NOT_FILLED, ROW_MISSING, Reading, withheld
from etl.misplaced import take_misplaced
from etl.parts import join_continued, set_earlier_years_aside
from etl.recognise import RECOGNISED, ActivityText, FormPart, find_header, gather, rank_forms, split_forms
from etl.resolve import WHOLE_FILE, Resolver, hint_words


@dataclass(frozen=True)
class Source:
    """A file's identity: its name below the loaded folder, and what its folders say."""

    name: str
    sha256: str
    format: str
    campaign: Campaign | None  # from --campaign or the folder; None: to be told from the text
    names: Mapping[str, str] = field(default_factory=dict)  # decided by hand: name as typed -> unit_id


def read_word_form(catalog: Catalog, source: Source, document: Document) -> list[Submission]:
    """All forms in a document, one Submission each. A document without a known form is one refused Submission."""
    parts = join_continued(catalog, split_forms(document))
    remarks = [Finding(r, place=source.name) for r in document.remarks]
    remarks += [Finding(r, place=source.name, found=words) for r, words in document.left_out]
    read = [read_part(catalog, source, part, n) for n, part in enumerate(parts)]
    if len(read) > 1:
        remarks += set_earlier_years_aside(parts, read)
    good = [s for s in read if not s.is_refused]
    if not good:
        refused = read[0] if read else Submission(source.name, source.sha256, source.format, is_refused=True)
        if document.n_pictures and len(squeeze_text(document.text)) < 40:
            refused.findings = [Finding("needs_ocr", place=source.name)]
        refused.findings += remarks
        return [refused]
    if len(good) > 1:
        remarks.append(Finding("several_forms", found=str(len(good)), place=source.name))
    good[0].findings += remarks
    for n, submission in enumerate(good):
        submission.part = n
    return good


def read_part(catalog: Catalog, source: Source, part: FormPart, number: int) -> Submission:
    """One form: whose it is, of which campaign and day, and its facts; refused when it can't be told."""
    text = Document(part.blocks).text
    submission = Submission(source.name, source.sha256, source.format, part=number)
    header = find_header(part.blocks)
    ranked = rank_forms([f for f in catalog.forms.values() if f.completeness != "published"], text)
    campaign = source.campaign or tell_campaign(catalog, ranked, f"{part.title}\n{text}", source.name, header.date)
    if not ranked or ranked[0][0] < RECOGNISED:
        submission.is_refused = True
        submission.campaign_id = campaign.campaign_id if campaign else None
        submission.findings.append(Finding("form_not_recognised", place=source.name, found=text[:60]))
        return submission
    if campaign is None or campaign.form_id is None:
        submission.is_refused = True
        submission.campaign_id = campaign.campaign_id if campaign else None
        submission.findings.append(Finding("no_table_asked" if campaign else "campaign_unknown", place=source.name))
        form = ranked[0][1]
        strict = False
    else:
        submission.campaign_id = campaign.campaign_id
        form = catalog.forms[campaign.form_id]
        own = next((score for score, f in ranked if f.form_id == form.form_id), 0.0)
        strict = ranked[0][0] - own > 0.25
        if strict:
            submission.findings.append(
                Finding(
                    "form_year_mismatch",
                    found=ranked[0][1].title_zh,
                    expected=form.title_zh,
                    place=part.title or source.name,
                )
            )
    submission.form_id = form.form_id
    part, copies = set_copies_aside(form, part)
    submission.findings += _other_theme(part, campaign) + copies
    if campaign is not None:
        _who_and_when(catalog, campaign, submission, header.unit, header.date, header.place, source)
    _read_activities(form, submission, part, strict)
    submission.findings += text_behind(part)
    return submission


@lru_cache(maxsize=1024)
def _words(text: str) -> str:
    return re.sub(r"[\W_]", "", squeeze_text(text))


def _other_theme(part: FormPart, campaign: Campaign | None) -> list[Finding]:
    """The theme of another year's month around the table: an older document was re-dated."""
    if campaign is None:
        return []
    lines = [(_words(b.text), b.place) for b in part.blocks if isinstance(b, Paragraph)]
    own = _words(campaign.theme_zh)
    for year, theme in load_lexicon().themes:
        said = next((place for line, place in lines if _words(theme) in line), None)
        # A theme may stand inside a later one: 安全发展 and 落实安全责任，推动安全发展.
        if said is not None and year != campaign.year and _words(theme) not in own:
            if any(own and own in line for line, _ in lines):
                continue
            return [Finding("theme_year_mismatch", said, theme, str(campaign.year), words={"year": str(year)})]
    return []


def tell_campaign(
    catalog: Catalog, ranked: list[tuple[float, Form]], text: str, name: str, date_text: str
) -> Campaign | None:
    """The campaign that title, wording and date name together; None when they leave more than one or none."""
    year = (
        re.search(r"(20\d\d)\s*年?", date_text)
        or re.search(r"(20\d\d)\s*年", text[:300])
        or re.search(r"(?<!\d)(20[12]\d)(?!\d)", name)
    )
    words = f"{name}\n{text}"
    jurisdictions = [
        j.jurisdiction_id
        for j in catalog.jurisdictions.values()
        if j.jurisdiction_id != "china" and any(w in words for w in j.words)
    ]
    fits = [f.form_id for score, f in ranked if ranked and score >= RECOGNISED and score >= ranked[0][0] - 0.05]
    found = [
        c
        for c in catalog.campaigns.values()
        if c.jurisdiction_id in jurisdictions
        and (year is None or c.year == int(year.group(1)))
        and (c.form_id in fits or c.form_id is None or year is not None)
    ]
    with_form = [c for c in found if c.form_id in fits]
    choice = with_form or found
    if len(choice) > 1 and year is None:
        # No year anywhere: the form of one notice only.
        choice = [c for c in choice if c.basis == "notice"]
    return choice[0] if len(choice) == 1 else None


def _who_and_when(
    catalog: Catalog,
    campaign: Campaign,
    submission: Submission,
    unit_text: str,
    date_text: str,
    place: str,
    source: Source,
) -> None:
    """Reporting unit and report date of a form, with findings for what can't be told."""
    resolver = resolver_for(catalog, campaign).deciding(source.names)
    typed = "" if load_lexicon().masks.fullmatch(squeeze_text(unit_text)) else unit_text
    resolution = resolver.resolve(WHOLE_FILE if WHOLE_FILE in source.names else typed)
    if resolution.unit_id is None and not typed:
        for piece in reversed(source.name.split("/")):
            resolution = resolver.search(piece)
            if resolution.unit_id:
                break
    if resolution.kind and " " in unit_text.strip():
        # A contact written behind the office's name is no part of it.
        unit_text = re.split(r"\s+", unit_text.strip())[0]
        resolution = resolver.resolve(unit_text)
    if resolution.unit_id is None:
        submission.findings.append(
            Finding(
                resolution.rule or "unit_unresolved",
                place=place or source.name,
                found=unit_text or source.name,
                proposal=resolution.proposal or None,
                words=hint_words(resolution),
            )
        )
    else:
        submission.unit_id = resolution.unit_id
        unit = resolver.unit(resolution.unit_id)
        if resolution.rule == "unit_inferred":
            submission.findings.append(
                Finding(
                    "unit_inferred",
                    place=source.name,
                    found=source.name,
                    expected=unit.name if unit else "",
                    unit_id=resolution.unit_id,
                )
            )
        by_name = resolver.search(source.name.split("/")[-1])
        if by_name.unit_id not in (None, resolution.unit_id):
            submission.findings.append(
                Finding(
                    "name_disagrees",
                    place=place or source.name,
                    found=source.name.split("/")[-1],
                    expected=unit.name if unit else unit_text,
                    unit_id=resolution.unit_id,
                )
            )
        if resolution.kind:
            submission.outside_unit = (resolution.unit_id, unit_text, resolution.kind)
            submission.findings.append(
                Finding("unit_not_in_roster", place=place, found=unit_text, unit_id=resolution.unit_id)
            )
    read = interpret_date(date_text, campaign.year)
    submission.report_date = read.day
    if read.rule:
        submission.findings.append(
            Finding(read.rule, place=place or source.name, found=date_text, unit_id=submission.unit_id)
        )
    if read.day and read.day.year != campaign.year and not read.rule:
        submission.is_date_doubtful = True
        submission.findings.append(
            Finding(
                "date_year_mismatch",
                place=place or source.name,
                found=read.day.isoformat(),
                expected=str(campaign.year),
                unit_id=submission.unit_id,
            )
        )


_RESOLVERS: dict[tuple[int, str], Resolver] = {}


def resolver_for(catalog: Catalog, campaign: Campaign) -> Resolver:
    """The resolver of a campaign's jurisdiction on its first day."""
    key = (id(catalog), campaign.campaign_id)
    if key not in _RESOLVERS:
        _RESOLVERS[key] = Resolver(
            catalog, campaign.jurisdiction_id, campaign.starts_on, with_whole="jurisdiction" in campaign.roster
        )
    return _RESOLVERS[key]


def _read_activities(form: Form, submission: Submission, part: FormPart, strict: bool) -> None:
    texts, rest = gather(form, part.blocks)
    facts: list[Fact] = []
    findings: list[Finding] = []
    for activity in form.activities:
        gathered = texts[activity.activity_id]
        extraction = extract_activity(gathered.plan, gathered.text, strict=strict)
        lengths = [len(squeeze_text(c.text)) for c in gathered.cells]
        elsewhere, misplaced = take_misplaced(activity, gathered, extraction.fills, submission.unit_id)
        # An optional row that was left out, or says only that it is optional, was not filled in.
        is_left_out = activity.is_optional and all(f.typed is None for f in extraction.fills.values())
        for indicator in activity.indicators:
            fill = extraction.fills[indicator.indicator_id]
            place = elsewhere.get(indicator.indicator_id) or _place(gathered, fill, lengths, indicator.position)
            reading = Reading(NOT_FILLED) if is_left_out else _read_fill(indicator, fill)
            facts.append(
                make_fact(submission.unit_id, indicator, reading, fill.raw, place, fill.flags if fill.typed else ())
            )
        findings += _extras(gathered, extraction, lengths, submission.unit_id)
        findings += misplaced
    for cell in rest:
        findings += _stray(cell, submission.unit_id)
    findings += [
        Finding("row_missing", f.place, indicator_id=f.indicator_id, unit_id=f.unit_id)
        for f in facts
        if f.state == ROW_MISSING
    ]
    facts, more = judge_together(form, facts)
    submission.facts = facts
    submission.findings += flag_findings(facts) + findings + more


def _read_fill(indicator: Indicator, fill: Fill) -> Reading:
    """The reading of one fill; an uncertain place is withheld with what was typed as the proposal."""
    if fill.typed is None:
        return Reading(ROW_MISSING)
    if fill.certainty == "twice":
        return withheld("two_values", proposal=fill.raw)
    reading = interpret(indicator, fill.typed)
    if fill.certainty == "uncertain" and reading.state not in ("not_filled",):
        guess = f"{reading.value:.0f}" if reading.value is not None else fill.raw
        return withheld("uncertain_place", proposal=guess)
    return reading


def _place(gathered: ActivityText, fill: Fill, lengths: list[int], position: int) -> str:
    if not gathered.cells:
        return f"{gathered.plan.activity.title_zh[:12]} 空{position}"
    return f"{gathered.place_of(fill.start, lengths)} 空{position}"


def _extras(gathered: ActivityText, extraction: Extraction, lengths: list[int], unit_id: str | None) -> list[Finding]:
    """Answers that belong to no blank of the form."""
    found = []
    for candidate in extraction.extras:
        if not candidate.has_number:
            continue
        place = gathered.place_of(candidate.start, lengths)
        found.append(
            Finding("extra_value", place, f"{candidate.label}{candidate.raw}{candidate.unit}", unit_id=unit_id)
        )
    return found


def _stray(cell: Cell, unit_id: str | None) -> list[Finding]:
    """Numbers with a unit in rows that belong to no activity."""
    text = squeeze(cell.text)
    if re.search("填报单位|填报日期", text.text):
        return []
    return [
        Finding("extra_value", cell.place, f"{c.label[-20:]}{c.raw}{c.unit}", unit_id=unit_id)
        for c in find_candidates(text, text.text)
        if c.has_number and c.unit
    ]


def is_prose_form(document: Document) -> bool:
    """Whether the document has any text at all."""
    return any(isinstance(b, Paragraph) or b.rows for b in document.blocks)
