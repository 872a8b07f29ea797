"""Whose form it is, of which campaign and which day: told by header, title, wording and names of files."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

from etl.catalog.model import Campaign, Catalog, Form
from etl.decisions.files import ColumnDecisions
from etl.document import Paragraph
from etl.extract.squeeze import squeeze_text
from etl.facts import Submission
from etl.findings import Finding
from etl.form.header import Header
from etl.form.recognise import RECOGNISED, FormPart
from etl.interpret.dates import arabic_digits, interpret_date
from etl.interpret.lexicon import load_lexicon
from etl.resolve import WHOLE_FILE, Resolution, Resolver, hint_words, resolver_for

OTHER_FORM = 0.25  # how much more of another form's words a file must hold to be that form
_LATE_UNTIL = 6  # the month in which the next year's campaign begins
_MAX_TITLE = 60
_DAY_FOLDER = re.compile(r"(?<![^/])\d{4}-\d\d-\d\d/")


@dataclass(frozen=True)
class Source:
    """A file's identity: its name below the loaded folder, and what its folders say."""

    name: str
    sha256: str
    format: str
    campaign: Campaign | None  # from --campaign or the folder; None: to be told from the text
    names: Mapping[str, str] = field(default_factory=dict)  # decided by hand: name as typed -> unit_id
    is_decided: bool = False  # whose campaign the file is was said by hand, of this very file
    received_year: int = 0
    columns: ColumnDecisions = field(default_factory=dict)  # decided by hand: what heads of columns mean


def tell_campaign(
    catalog: Catalog, ranked: list[tuple[float, Form]], text: str, name: str, date_text: str
) -> Campaign | None:
    """The campaign that title, wording and date name together; None when they leave more than one or none.

    A folder named by a day says when a file was published, not of which year it is.
    """
    name = _DAY_FOLDER.sub("", name)
    if years_apart(date_text, text, name):
        return None
    year = (
        re.search(r"(20\d\d)\s*年", text.split("\n", maxsplit=1)[0])
        or re.search(r"(20\d\d)\s*年?", arabic_digits(date_text))
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


def later_form(catalog: Catalog, ranked: list[tuple[float, Form]], campaign: Campaign) -> str | None:
    """The title of the form that a report fills in where that form is younger than the year it gives: the year is a slip then.

    None where the year's own form fits about as well.
    """
    if not ranked or campaign.form_id is None:
        return None
    score, form = ranked[0]
    own = next((s for s, f in ranked if f.form_id == campaign.form_id), 0.0)
    first = min((c.year for c in catalog.campaigns.values() if c.form_id == form.form_id), default=0)
    return form.title_zh if score - own > OTHER_FORM and first > campaign.year else None


def year_of_arrival(catalog: Catalog, submission: Submission, received_at: datetime) -> list[Finding]:
    """That a report whose year was told by its own words alone came in a later year that asks for the same form: the year may be a slip."""
    campaign = catalog.campaigns.get(submission.campaign_id or "")
    if campaign is None or submission.is_refused or received_at.year <= campaign.year:
        return []
    if any(f.rule == "form_year_mismatch" for f in submission.findings):
        return []  # what was filled in is the form of neither
    same = (campaign.jurisdiction_id, campaign.form_id, received_at.year)
    other = next((c for c in catalog.campaigns.values() if (c.jurisdiction_id, c.form_id, c.year) == same), None)
    if other is None:
        return []
    words = {"basis": str(campaign.year), "basis_en": str(campaign.year)}
    day, year = f"{received_at:%Y-%m-%d}", str(other.year)
    return [
        Finding(
            "year_of_arrival",
            submission.source_name,
            day,
            year,
            submission.unit_id,
            proposal=other.campaign_id,
            words=words,
        )
    ]


def tell_unit(catalog: Catalog, campaign: Campaign, submission: Submission, header: Header, source: Source) -> None:
    """Set the submission's reporting unit, from the header or else from the file's name, with findings for what can't be told."""
    resolver = resolver_for(catalog, campaign).deciding(source.names)
    typed, resolution = _resolve(resolver, header.unit, source)
    place = header.place or source.name
    if resolution.unit_id is None and not typed.strip("_ \u3000") and not resolution.proposal:
        submission.findings.append(Finding("unit_blank", place))
        return
    if resolution.unit_id is None:
        submission.findings.append(
            Finding(
                resolution.rule or "unit_unresolved",
                place=place,
                found=typed or source.name,
                proposal=resolution.proposal or None,
                words=hint_words(resolution),
            )
        )
        return
    submission.unit_id = resolution.unit_id
    unit = resolver.unit(resolution.unit_id)
    name = unit.name if unit else ""
    if resolution.rule == "unit_inferred":
        submission.findings.append(
            Finding("unit_inferred", place=source.name, found=source.name, expected=name, unit_id=resolution.unit_id)
        )
    file_name = source.name.split("/")[-1]
    if resolver.search(file_name).unit_id not in (None, resolution.unit_id):
        submission.findings.append(
            Finding("name_disagrees", place=place, found=file_name, expected=name or typed, unit_id=resolution.unit_id)
        )
    if resolution.kind:
        submission.outside_unit = (resolution.unit_id, typed, resolution.kind)
        submission.findings.append(
            Finding("unit_not_in_roster", place=header.place, found=typed, unit_id=resolution.unit_id)
        )


def _resolve(resolver: Resolver, unit_text: str, source: Source) -> tuple[str, Resolution]:
    """The name as it is to be shown, and the unit it stands for; a form without a name is told by its file's name."""
    typed = "" if load_lexicon().masks.fullmatch(squeeze_text(unit_text)) else unit_text
    resolution = resolver.resolve(WHOLE_FILE if WHOLE_FILE in source.names else typed)
    if resolution.unit_id is None and not typed:
        resolution = resolver.search_path(source.name)
    if resolution.kind and " " in unit_text.strip():
        # A contact written behind the office's name is no part of it.
        unit_text = re.split(r"\s+", unit_text.strip())[0]
        resolution = resolver.resolve(unit_text)
    return unit_text, resolution


def years_apart(date_text: str, text: str, name: str) -> str:
    """The years that a report's date, its title (the text's first line) and its file's name give, where they can't all be right; else ''.

    A date of the next spring is that of a late report.
    """
    day = interpret_date(date_text, None).day
    title = {int(y) for y in re.findall(r"(20\d\d)\s*年", text.split("\n", maxsplit=1)[0])}
    named = {int(y) for y in re.findall(r"(?<!\d)(20[12]\d)(?=年|年度)", _DAY_FOLDER.sub("", name).split("/")[-1])}
    said = [years for years in (title, named) if years]
    if day:
        said.append({day.year} if day.month >= _LATE_UNTIL else {day.year, day.year - 1})
    if len(said) < 2 or set.intersection(*said):
        return ""
    return "、".join(str(y) for y in sorted({*title, *named, *({day.year} if day else ())}))


def tell_date(campaign: Campaign, submission: Submission, header: Header, source: Source) -> None:
    """Set the submission's report date, with findings for a date that can't be read or is of another year."""
    read = interpret_date(header.date, campaign.year)
    submission.report_date = read.day
    place = header.place or source.name
    if read.rule:
        submission.findings.append(Finding(read.rule, place=place, found=header.date, unit_id=submission.unit_id))
    elif read.day and read.day.year != campaign.year:
        submission.is_date_doubtful = True
        if source.is_decided or is_late(read.day, campaign):
            said = read.day.isoformat()
            submission.findings.append(
                Finding("date_year_mismatch", place, said, str(campaign.year), submission.unit_id)
            )


def is_late(day: date, campaign: Campaign) -> bool:
    """Whether a date of another year may be that of a report sent late: before the next spring ends."""
    return day.year == campaign.year + 1 and day.month < _LATE_UNTIL


def find_other_year(
    catalog: Catalog, campaign: Campaign, submission: Submission, part: FormPart, source: Source, fits: Collection[str]
) -> list[Finding]:
    """What says that a report is another year's: its date, or where it has none the title or the theme above the table.

    That year's campaign is proposed where it asks for one of the forms that fit (`fits`): else nothing could be read. Such a report does not count until a person says of just this file whose campaign it is.
    """
    day = submission.report_date
    if source.is_decided or (day is not None and (day.year == campaign.year or is_late(day, campaign))):
        return []
    said = day.isoformat() if day else _other_title(part, campaign.year)
    years = {int(y) for y in re.findall(r"20\d\d", said)}
    if not said:
        themes = [f for f in submission.findings if f.rule == "theme_year_mismatch"]
        said, years = (themes[0].found, {int(themes[0].words["year"])}) if themes else ("", set())
    if not said:
        return []
    meant = (
        c.campaign_id
        for c in catalog.campaigns.values()
        if c.jurisdiction_id == campaign.jurisdiction_id and c.year in years and c.form_id in fits
    )
    place = part.title or source.name
    return [Finding("other_year", place, said, str(campaign.year), submission.unit_id, proposal=next(meant, None))]


def _other_title(part: FormPart, year: int) -> str:
    """The line above the table that names another year, where none names the campaign's; '' otherwise."""
    above: list[str] = []
    for block in part.blocks:
        if not isinstance(block, Paragraph):
            break
        above.append(block.text.strip())
    titles = [line for line in above if len(line) <= _MAX_TITLE and "安全" in line and re.search(r"20\d\d年", line)]
    return titles[0] if titles and not any(str(year) in line for line in above) else ""


@lru_cache(maxsize=1024)
def _words(text: str) -> str:
    return re.sub(r"[\W_]", "", squeeze_text(text))


def find_other_theme(part: FormPart, campaign: Campaign | None) -> list[Finding]:
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
