"""A prose form (Document) -> submissions with facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from etl.catalog.model import Campaign, Catalog, Form
from etl.document import Document
from etl.extract.activity import Extraction, extract_activity
from etl.extract.added_words import says_scope
from etl.extract.squeeze import squeeze_text
from etl.facts import Fact, Submission, flag_findings, judge_together
from etl.findings import Finding
from etl.form.aside import set_copies_aside
from etl.form.columns import columns_of
from etl.form.figures_quoted import figures_quoted
from etl.form.header import Header, find_header
from etl.form.identity import (
    OTHER_FORM,
    Source,
    find_other_theme,
    find_other_year,
    later_form,
    tell_campaign,
    tell_date,
    tell_unit,
    years_apart,
)
from etl.form.likely import campaigns_asking, fitting_forms, likely_campaigns
from etl.form.lines_beside import doubts_in_cells, lines_beside
from etl.form.misplaced import take_misplaced
from etl.form.own_words import find_own_words
from etl.form.parts import join_continued, set_earlier_years_aside
from etl.form.prose import ActivityText
from etl.form.read_fill import Asked, facts_of
from etl.form.recognise import RECOGNISED, FormPart, gather, rank_forms, split_forms, squeezed_text
from etl.form.scale_lines import scale_lines, scale_told, scale_words
from etl.form.title_words import (
    added_findings,
    head_findings,
    name_findings,
    no_report_title,
    scaled_heads,
    title_findings,
)
from etl.form.unit_names import NO_NAMES, UnitNames, unit_names
from etl.form.unread import name_unread
from etl.interpret.dates import arabic_digits
from etl.interpret.doubts import casts_doubt, limits_figures
from etl.interpret.fold import fold
from etl.interpret.reading import GIVEN, ROW_MISSING

_REFUSING = ("other_year", "table_aside")
_SHORT_LINE = 40  # letters; a printed sentence with its answers is longer
_PIECE = re.compile(r"[,;。，；()（）\n]")


def read_word_form(catalog: Catalog, source: Source, document: Document) -> list[Submission]:
    """All forms in a document, one Submission each. A document without a known form is one refused Submission."""
    parts = join_continued(catalog, split_forms(document))
    remarks = [Finding(r, place=source.name) for r in document.remarks if r != "table_without_lines"]
    remarks += [Finding(r, place=source.name, found=words) for r, words in document.left_out]
    read = [read_part(catalog, source, part, n) for n, part in enumerate(parts)]
    if len(read) > 1:
        remarks += set_earlier_years_aside(parts, read)
    other_years = refuse_other_years(read)
    good = [s for s in read if not s.is_refused]
    if good:
        remarks += other_years
    if not good:
        refused = read[0] if read else Submission(source.name, source.sha256, source.format, is_refused=True)
        if document.n_pictures and len(squeeze_text(document.text)) < 40:
            refused.findings = [Finding("needs_ocr", place=source.name)]
        elif "table_without_lines" in document.remarks:
            # That says why no form was found, and what to do.
            refused.findings = [Finding("table_without_lines", place=source.name)]
        refused.findings += remarks
        return [refused]
    if len(good) > 1:
        remarks.append(Finding("several_forms", found=str(len(good)), place=source.name))
    if document.n_pictures or "embedded_ignored" in document.remarks:
        empty = [s for s in good if not any(f.value is not None or f.text for f in s.facts)]
        remarks += [Finding("picture_of_form", place=source.name, unit_id=s.unit_id) for s in empty]
    if not source.is_decided:
        campaign = catalog.campaigns.get(good[0].campaign_id or "")
        remarks += name_findings(source.name, campaign.year if campaign else None)
    good[0].findings += remarks
    for n, submission in enumerate(good):
        submission.part = n
    return good


def refuse_other_years(read: Sequence[Submission]) -> list[Finding]:
    """Refuse the forms that say they are of another year or no report; what is said about them."""
    said: list[Finding] = []
    for submission in read:
        mine = [f for f in submission.findings if f.rule in _REFUSING]
        if mine and not submission.is_refused:
            submission.is_refused = True
            submission.findings.sort(key=lambda f: f.rule not in _REFUSING)
            said += mine
    return said


def read_part(catalog: Catalog, source: Source, part: FormPart, number: int) -> Submission:
    """One form: whose it is, of which campaign and day, and its facts; refused when it can't be told."""
    text = Document(part.blocks).text
    submission = Submission(source.name, source.sha256, source.format, part=number)
    header = find_header(part.blocks)
    asked = catalog.forms.get((source.campaign.form_id if source.campaign else None) or "")
    ranked = rank_forms(
        [f for f in catalog.forms.values() if f.completeness != "published"], squeezed_text(part.blocks), asked
    )
    campaign = source.campaign or tell_campaign(catalog, ranked, f"{part.title}\n{text}", source.name, header.date)
    later = later_form(catalog, ranked, campaign) if campaign and not source.campaign else None
    campaign = None if later else campaign
    if not ranked or ranked[0][0] < RECOGNISED:
        submission.is_refused = True
        submission.campaign_id = campaign.campaign_id if campaign else None
        replaced = find_own_words([asked] if asked else [form for _, form in ranked], part)
        if replaced is None:
            words = figures_quoted(text.splitlines())
            submission.findings.append(Finding("form_not_recognised", place=source.name, found=text[:60], words=words))
            return submission
        submission.form_id = replaced[0].form_id
        submission.findings += replaced[1] + lines_beside(part, campaign.year if campaign else None)
        return submission
    if campaign is None or campaign.form_id is None:
        submission.is_refused = True
        submission.campaign_id = campaign.campaign_id if campaign else None
        likely = () if campaign else likely_campaigns(catalog, ranked, header, part.title, source)
        proposal = " / ".join(c.campaign_id for c in likely) or None
        rule, found = ("no_table_asked", "") if campaign else _why_untold(header, part, source, later)
        # Of forms that read alike the one is named that is asked of its unit.
        named = catalog.forms[likely[0].form_id].title_zh if later and likely and likely[0].form_id else later
        submission.findings.append(Finding(rule, source.name, found, named or "", proposal=proposal))
        form = ranked[0][1]
        strict = False
    else:
        submission.campaign_id = campaign.campaign_id
        form = catalog.forms[campaign.form_id]
        own = next((score for score, f in ranked if f.form_id == form.form_id), 0.0)
        strict = ranked[0][0] - own > OTHER_FORM
    submission.form_id = form.form_id
    part, copies = set_copies_aside(form, part)
    submission.findings += find_other_theme(part, campaign) + copies
    if campaign is not None:
        tell_unit(catalog, campaign, submission, header, source)
        tell_date(campaign, submission, header, source)
        submission.findings += find_other_year(catalog, campaign, submission, part, source, fitting_forms(ranked))
        submission.findings += [] if source.is_decided else no_report_title(part)
    read_activities(
        form, submission, part, strict=strict, campaign=campaign, names=unit_names(catalog, campaign, submission)
    )
    submission.findings += lines_beside(part, campaign.year if campaign else None)
    submission.findings += title_findings(form, part, campaign)
    if strict:
        asking = campaigns_asking(catalog, ranked, campaign) if campaign else ()
        submission.findings.insert(0, _other_form(ranked[0][1], form, submission, part.title or source.name, asking))
    return submission


def _why_untold(header: Header, part: FormPart, source: Source, later: str | None) -> tuple[str, str]:
    """The rule that says why a form's campaign can't be told, and what in the form says so; `later`: the younger form it fills in."""
    if later:
        return "form_of_later_year", header.date or part.title
    if apart := years_apart(header.date, f"{part.title}\n", source.name):
        return "campaign_years_differ", apart
    undated = _date_without_year(header.date)
    return ("campaign_year_missing" if undated else "campaign_unknown"), undated


def _date_without_year(date: str) -> str:
    """The report date as typed where it names a day and no year in four digits (26.7.1, 7月3日); '' otherwise."""
    digits = arabic_digits(fold(date))
    return date.strip() if re.search(r"\d", digits) and not re.search(r"(?<!\d)20\d\d", digits) else ""


def _other_form(found: Form, asked: Form, submission: Submission, place: str, asking: Sequence[Campaign]) -> Finding:
    """That another form was filled in than the campaign's, how much of it could be read all the same, and which campaigns it may be of
    (`asking`: those that ask for the form)."""
    count = sum(f.state in GIVEN for f in submission.facts)
    zh, en = (
        (f"只读出两表相同的 {count} 项", f"Only what both ask for was read: {count}")
        if count
        else ("没有读出可计入的数", "Nothing in it could be read")
    )
    if asking:
        years = [str(c.year) for c in asking]
        zh += f"；该表式是 {'、'.join(years)} 年活动的，若属于那次活动，请在“数据导入”页指定，否则退回，请对方用本次活动的表重报"
        en += f". The form is that of {', '.join(years)}: assign the file to that campaign on the page Load if it is its report, else reject it and ask for the right form"
    else:
        zh += "，请退回，用本次活动的表重报"
        en += "; reject it and ask for the right form"
    return Finding(
        "form_year_mismatch", place, found.title_zh, asked.title_zh, submission.unit_id,
        proposal=" / ".join(c.campaign_id for c in asking) or None, words={"basis": zh, "basis_en": en},
    )  # fmt: skip


def read_activities(
    form: Form,
    submission: Submission,
    part: FormPart,
    *,
    strict: bool,
    campaign: Campaign | None = None,
    names: UnitNames = NO_NAMES,
) -> None:
    """Add the facts and findings of all activities to a submission whose unit is known.

    `strict`: another form's words; `names`: those of its unit, and of the campaign's others.
    """
    year = campaign.year if campaign else None
    told = columns_of(part.blocks, year)
    said = gather(form, part.blocks, told, year)
    facts: list[Fact] = []
    instead: dict[str, str] = {}
    findings = [
        replace(f, unit_id=submission.unit_id)
        for f in (*said.findings, *head_findings(form, part.blocks, told), *added_findings(said.added, year))
    ]
    scaled = [*scaled_heads(told), *scale_lines(part.blocks)]
    for activity in form.activities:
        gathered = said.texts[activity.activity_id]
        extraction = extract_activity(
            gathered.plan, gathered.text, strict=strict, year=year, others=names.others, own=names.own
        )
        lengths = [len(squeeze_text(c.text)) for c in gathered.cells]
        elsewhere, misplaced = take_misplaced(activity, gathered, extraction.fills, submission.unit_id)
        said_here = [words for c in gathered.cells for words in scale_words(c.text)]
        asked = Asked(submission.unit_id, year, scale_told([*scaled, *said_here]), names)
        read_here, has_words = facts_of(asked, gathered, extraction, lengths, elsewhere)
        facts += read_here
        findings += _extras(gathered, extraction, lengths, submission.unit_id)
        instead |= extraction.instead
        findings += misplaced
        if has_words:
            findings += _doubts(gathered, submission.unit_id, year)
    read = {c.place for t in said.texts.values() for c in (*t.cells, *(b.cell for b in t.requirement))}
    left = ((c.place, c.text) for c in said.rest if c.place not in read)
    findings += [replace(f, unit_id=submission.unit_id) for f in doubts_in_cells(left, year)]
    has_answers = strict or any(f.value is not None or f.text for f in facts)
    findings += name_unread(form, part, read, said.rest, submission.unit_id, has_answers=has_answers)
    findings += [
        Finding("said_instead", f.place, instead[f.indicator_id], indicator_id=f.indicator_id, unit_id=f.unit_id)
        if f.indicator_id in instead
        else Finding("row_missing", f.place, indicator_id=f.indicator_id, unit_id=f.unit_id)
        for f in facts
        if f.state == ROW_MISSING
    ]
    facts, more = judge_together(form, facts)
    submission.facts = facts
    submission.findings += flag_findings(facts) + findings + more


def _doubts(gathered: ActivityText, unit_id: str | None, year: int | None) -> Iterator[Finding]:
    """Words in a cell of answers which may say that its figures are not this campaign's (以上为去年数据, 均为计划): named."""
    for cell in gathered.cells:
        if casts_doubt(cell.text):
            pieces = (p.strip() for p in _PIECE.split(cell.text) if casts_doubt(p))
            said = "；".join(p for p in pieces if p not in gathered.plan.requirement)
            if said:
                yield Finding("doubt_line", cell.place, said[:120], unit_id=unit_id)
        for line in cell.text.splitlines():
            if len(line) <= _SHORT_LINE and limits_figures(squeeze_text(line), year):
                yield Finding("doubt_line", cell.place, line.strip(), unit_id=unit_id)


def _extras(gathered: ActivityText, extraction: Extraction, lengths: list[int], unit_id: str | None) -> list[Finding]:
    """Words around answers, and answers that belong to no blank of the form."""
    found = []
    for blank, words in extraction.beside.items():
        place = gathered.place_of(extraction.fills[blank].start, lengths)
        found.append(
            Finding(
                "scope_beside" if says_scope(words) else "words_beside",
                place,
                words,
                unit_id=unit_id,
                indicator_id=blank,
            )
        )
    for candidate in extraction.extras:
        if not candidate.has_number:
            continue
        place = gathered.place_of(candidate.start, lengths)
        found.append(Finding("extra_value", place, candidate.said, unit_id=unit_id))
    return found
