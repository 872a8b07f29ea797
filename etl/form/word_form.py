"""A prose form (Document) -> submissions with facts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.catalog.model import Campaign, Catalog, Form
from etl.document import Document
from etl.extract.squeeze import squeeze_text
from etl.facts import Submission
from etl.findings import Finding
from etl.form.activities import read_activities
from etl.form.aside import set_copies_aside
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
from etl.form.lines_beside import lines_beside
from etl.form.own_words import find_own_words
from etl.form.parts import join_continued, pass_on, set_earlier_years_aside
from etl.form.recognise import RECOGNISED, FormPart, rank_forms, split_forms, squeezed_text
from etl.form.scale_lines import say_scales
from etl.form.taken_back import say_taken_back
from etl.form.title_words import (
    name_findings,
    no_report_title,
    title_findings,
)
from etl.form.unit_names import unit_names
from etl.form.unknown import form_unknown
from etl.interpret.dates import arabic_digits
from etl.interpret.fold import fold
from etl.interpret.reading import GIVEN

_REFUSING = ("other_year", "table_aside")


def read_word_form(catalog: Catalog, source: Source, document: Document) -> list[Submission]:
    """All forms in a document, one Submission each. A document without a known form is one refused Submission."""
    parts = join_continued(catalog, pass_on(split_forms(document)))
    remarks = [Finding(r, place=source.name) for r in document.remarks if r != "table_without_lines"]
    remarks += [Finding(r, place=source.name, found=words) for r, words in document.left_out]
    notes = [words for rule, words in document.left_out if rule == "note_text"]
    read = [read_part(catalog, source, part, n, notes) for n, part in enumerate(parts)]
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


def read_part(catalog: Catalog, source: Source, part: FormPart, number: int, notes: Sequence[str] = ()) -> Submission:
    """One form: whose it is, of which campaign and day, and its facts; refused when it can't be told. `notes`: in margins and boxes."""
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
        return _unrecognised(submission, source, part, campaign, [asked] if asked else [form for _, form in ranked])
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
    lines = read_activities(
        form, submission, part, strict=strict, campaign=campaign, names=unit_names(catalog, campaign, submission),
        notes=notes,
    )  # fmt: skip
    submission.findings += lines_beside(part, campaign.year if campaign else None)
    submission.findings += title_findings(form, part, campaign)
    submission.findings = say_taken_back(say_scales(submission.findings), lines)
    if strict:
        asking = campaigns_asking(catalog, ranked, campaign) if campaign else ()
        submission.findings.insert(0, _other_form(ranked[0][1], form, submission, part.title or source.name, asking))
    return submission


def _unrecognised(
    submission: Submission, source: Source, part: FormPart, campaign: Campaign | None, forms: Sequence[Form]
) -> Submission:
    """The refused submission of a part whose sentences are none of a form's: what it holds, and whose rows it still names."""
    submission.is_refused = True
    submission.campaign_id = campaign.campaign_id if campaign else None
    replaced = find_own_words(forms, part)
    if replaced is None:
        text = Document(part.blocks).text
        said = form_unknown(source.name, text[:60], text.splitlines(), has_campaign=source.campaign is not None)
        submission.findings.append(said)
        return submission
    submission.form_id = replaced[0].form_id
    submission.findings += replaced[1] + lines_beside(part, campaign.year if campaign else None)
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
