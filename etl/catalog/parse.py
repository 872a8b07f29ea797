"""Plain records -> the catalogue's frozen ones."""

from __future__ import annotations

import re
from collections.abc import Iterable

from etl.catalog.compared import FormComparison, Pair, UnitBridge
from etl.catalog.entry import Entry
from etl.catalog.model import (
    Activity,
    Campaign,
    Concept,
    Form,
    Indicator,
    Jurisdiction,
    LeftOut,
    Measure,
    Population,
    Rule,
    Slot,
    Unit,
)

UNIT_KINDS = frozenset({"jurisdiction", "district", "county", "city", "zone"})
COMPLETENESS = frozenset({"complete", "partial", "assumed", "published"})
INDICATOR_KINDS = frozenset({"count", "flag", "text"})
CAMPAIGN_BASES = frozenset({"notice", "assumed", "published"})
QUANTITIES = frozenset({"participation", "audience", "events", "articles", "items", "flag", "text"})
MEASURE_KINDS = frozenset({"sum", "coverage"})
GRADES = frozenset({"same", "close", "close_after_sum", "refuse"})
LEVELS = frozenset({"error", "warning", "note"})
DIMENSIONS = frozenset({"completeness", "timeliness", "internal", "time", "reading"})
CHINA_LON, CHINA_LAT = (73.0, 136.0), (3.0, 54.0)
_ADCODE = re.compile(r"[0-9]{6}")
_SLOT = re.compile(r"\{(\w+):([^{}]*)\}")


def parse_progress(lines: Iterable[str]) -> tuple[str | Slot, ...]:
    """Progress paragraphs with `{indicator_id:blank}` marks -> printed text and slots in turn.

    The part after the colon is the printed blank: a number of spaces, or the boxes of a flag.
    """
    text = "\n".join(lines)
    parts: list[str | Slot] = []
    end = 0
    for match in _SLOT.finditer(text):
        if match.start() > end:
            parts.append(text[end : match.start()])
        width = match.group(2)
        parts.append(Slot(match.group(1), " " * int(width) if width.isdecimal() else width))
        end = match.end()
    if end < len(text):
        parts.append(text[end:])
    return tuple(parts)


def parse_form(raw: Entry) -> Form:
    """One form file -> Form; positions are counted here, in reading order."""
    activities: list[Activity] = []
    position = 0
    for number, entry in enumerate(raw.entries("activities"), start=1):
        activities.append(_parse_activity(entry, number, position))
        position += len(activities[-1].indicators)
    return Form(
        form_id=raw.text("form_id"),
        title_zh=raw.text("title_zh"),
        title_en=raw.text("title_en"),
        source_zh=raw.text("source_zh"),
        source_en=raw.text("source_en"),
        completeness=raw.one_of("completeness", COMPLETENESS),
        note_zh=raw.text("note_zh", ""),
        note_en=raw.text("note_en", ""),
        hotlines=raw.texts("hotlines", is_needed=False),
        header=raw.text("header"),
        columns=raw.texts("columns"),
        activities=tuple(activities),
    )


def _parse_activity(a: Entry, number: int, blanks_before: int) -> Activity:
    activity_id = a.text("activity_id")
    indicators = tuple(
        Indicator(
            indicator_id=i.text("indicator_id"),
            activity_id=activity_id,
            position=position,
            unit=i.text_or_empty("unit"),
            kind=i.one_of("kind", INDICATOR_KINDS),
            concept_id=i.text("concept_id"),
            label_zh=i.text("label_zh"),
            label_en=i.text("label_en"),
        )
        for position, i in enumerate(a.entries("indicators"), start=blanks_before + 1)
    )
    return Activity(
        activity_id=activity_id,
        position=number,
        title_zh=a.text("title_zh"),
        title_en=a.text("title_en"),
        short_zh=a.text("short_zh", a.text("title_zh")),
        short_en=a.text("short_en", a.text("title_en")),
        is_optional=a.flag("is_optional", False),
        requirement_zh=a.text("requirement_zh", ""),
        parts=parse_progress(_progress(a)),
        indicators=indicators,
    )


def _progress(a: Entry) -> tuple[str, ...]:
    """The progress paragraphs; a blank must be so many spaces wide, or boxes to tick."""
    lines = a.texts("progress_zh")
    for n, line in enumerate(lines, start=1):
        for match in _SLOT.finditer(line):
            if not match.group(2).isdecimal() and "□" not in match.group(2):
                zh, en = "空的宽度，如 {x:2}，或方框 {x:□是 □否}", "the width of the blank {x:2}, or boxes {x:□是 □否}"
                raise a.wrong("progress_zh", match.group(), zh, en, n)
    return lines


def parse_concept(c: Entry) -> Concept:
    """One concept record."""
    return Concept(c.text("concept_id"), c.one_of("quantity", QUANTITIES), c.text("label_zh"), c.text("label_en"))


def parse_jurisdiction(j: Entry, position: int) -> Jurisdiction:
    """One jurisdiction record."""
    name_zh, name_en = j.text("name_zh"), j.text("name_en")
    return Jurisdiction(j.text("jurisdiction_id"), j.text("unit_id"), name_zh, name_en, j.texts("words"), position)


def parse_campaign(c: Entry) -> Campaign:
    """One campaign record; its id says jurisdiction and year."""
    jurisdiction_id, year = c.text("jurisdiction_id"), c.whole("year", 1949)
    due_id = f"{jurisdiction_id}-{year}"
    if c.text("campaign_id") != due_id:
        raise c.wrong(
            "campaign_id", c.text("campaign_id"), f" {due_id}（地区和年份）", f"{due_id} (jurisdiction and year)"
        )
    return Campaign(
        campaign_id=due_id,
        jurisdiction_id=jurisdiction_id,
        year=year,
        form_id=c.maybe_text("form_id"),
        basis=c.one_of("basis", CAMPAIGN_BASES),
        document_no=c.text_or_empty("document_no"),
        title_zh=c.text("title_zh"),
        title_en=c.text("title_en"),
        theme_zh=c.text_or_empty("theme_zh"),
        theme_en=c.text_or_empty("theme_en"),
        tour_zh=c.text_or_empty("tour_zh"),
        starts_on=c.day("starts_on"),
        ends_on=c.day("ends_on"),
        tour_ends_on=c.maybe_day("tour_ends_on"),
        table_due_on=c.maybe_day("table_due_on"),
        roster=c.texts("roster", UNIT_KINDS),
    )


def parse_measure(m: Entry, position: int) -> Measure:
    """One measure record."""
    left_out = tuple(
        LeftOut(x.text("concept_id"), x.text("reason_zh"), x.text("reason_en"))
        for x in m.entries("leaves_out", is_needed=False)
    )
    return Measure(
        measure_id=m.text("measure_id"),
        position=position,
        kind=m.one_of("kind", MEASURE_KINDS),
        unit_zh=m.text("unit_zh"),
        unit_en=m.text("unit_en"),
        label_zh=m.text("label_zh"),
        label_en=m.text("label_en"),
        hue=m.text("hue"),
        definition_zh=m.text("definition_zh"),
        definition_en=m.text("definition_en"),
        per_capita=m.flag("per_capita"),
        from_published=m.flag("from_published"),
        adds=m.texts("adds", is_needed=False),
        leaves_out=left_out,
    )


def parse_comparisons(entries: Iterable[Entry]) -> dict[tuple[str, str], FormComparison]:
    """All declared form comparisons by (base form, later form)."""
    found: dict[tuple[str, str], FormComparison] = {}
    for entry in entries:
        pairs, (grade, zh, en) = tuple(map(_parse_pair, entry.entries("pairs"))), _graded(entry.entry("coverage"))
        for base in entry.texts("base_forms"):
            for form in entry.texts("forms"):
                found[(base, form)] = FormComparison(base, form, pairs, grade, zh, en)
    return found


def _parse_pair(p: Entry) -> Pair:
    return Pair(p.texts("base"), p.texts("now"), *_graded(p), p.flag("is_break", False), p.flag("is_group", False))


def _graded(e: Entry) -> tuple[str, str, str]:
    """A grade and its reasons."""
    return e.one_of("grade", GRADES), e.text("reason_zh"), e.text("reason_en")


def parse_bridge(b: Entry) -> UnitBridge:
    """One boundary change."""
    day, base_units = b.day("changed_on"), b.texts("base_units")
    return UnitBridge(b.text("jurisdiction_id"), day, base_units, b.text("unit_id"), *_graded(b))


def parse_rule(r: Entry) -> Rule:
    """One rule record."""
    texts = {k: r.text(k) for k in ("rule", "title_zh", "title_en", "message_zh", "message_en")}
    return Rule(
        level=r.one_of("level", LEVELS),
        misleads_zh=r.text("misleads_zh", ""),
        misleads_en=r.text("misleads_en", ""),
        remedy_zh=r.text("remedy_zh", ""),
        remedy_en=r.text("remedy_en", ""),
        dimension=r.one_of("dimension", DIMENSIONS, "reading"),
        **texts,
    )


def parse_unit(row: Entry) -> Unit:
    """One line of units.csv."""
    adcode = row.maybe_text("adcode")
    if adcode is not None and not _ADCODE.fullmatch(adcode):
        raise row.wrong("adcode", adcode, "六位区划代码", "a code of six digits")
    return Unit(
        unit_id=row.text("unit_id"),
        jurisdiction_id=row.text("jurisdiction_id"),
        name=row.text("name"),
        short_name=row.text("short_name"),
        name_en=row.text("name_en"),
        kind=row.one_of("kind", UNIT_KINDS),
        adcode=adcode,
        parent_id=row.maybe_text("parent_id"),
        position=row.whole("position", 0),
        lon=row.maybe_number("lon", *CHINA_LON),
        lat=row.maybe_number("lat", *CHINA_LAT),
        valid_from=row.maybe_day("valid_from"),
        valid_to=row.maybe_day("valid_to"),
        aliases=tuple(a for a in row.text("aliases", "").split("|") if a),
    )


def parse_population(row: Entry) -> Population:
    """One line of population.csv."""
    return Population(
        unit_id=row.text("unit_id"),
        valid_from=row.maybe_day("valid_from"),
        valid_to=row.maybe_day("valid_to"),
        population=row.whole("population", 1),
        is_census=row.bit("is_census"),
        source_zh=row.text("source_zh"),
        note_zh=row.text("note_zh", ""),
        note_en=row.text("note_en", ""),
    )
