"""Plain records -> the catalogue's frozen ones."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from etl.catalog.model import (
    Activity,
    Campaign,
    Form,
    FormComparison,
    Indicator,
    LeftOut,
    Measure,
    Pair,
    Population,
    Rule,
    Slot,
    Unit,
    UnitBridge,
)
from etl.catalog.text import Record, need
from etl.errors import CatalogError

_SLOT = re.compile(r"\{(\w+):([^{}]*)\}")


def parse_progress(lines: list[str]) -> tuple[str | Slot, ...]:
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
        parts.append(Slot(match.group(1), " " * int(width) if width.isdigit() else width))
        end = match.end()
    if end < len(text):
        parts.append(text[end:])
    return tuple(parts)


def parse_form(raw: Record) -> Form:
    """One form file -> Form; positions are counted here, in reading order."""
    file = raw["__file__"]
    activities: list[Activity] = []
    position = 0
    for number, a in enumerate(need(raw, "activities", file), start=1):
        indicators: list[Indicator] = []
        for i in need(a, "indicators", file):
            position += 1
            fields = {
                k: str(need(i, k, file)) for k in ("indicator_id", "unit", "kind", "concept_id", "label_zh", "label_en")
            }
            indicators.append(Indicator(activity_id=str(a["activity_id"]), position=position, **fields))
        activities.append(
            Activity(
                activity_id=str(need(a, "activity_id", file)),
                position=number,
                title_zh=str(need(a, "title_zh", file)),
                title_en=str(need(a, "title_en", file)),
                short_zh=str(a.get("short_zh") or a["title_zh"]),
                short_en=str(a.get("short_en") or a["title_en"]),
                is_optional=bool(a.get("is_optional", False)),
                requirement_zh=str(a.get("requirement_zh", "")),
                parts=parse_progress([str(p) for p in need(a, "progress_zh", file)]),
                indicators=tuple(indicators),
            )
        )
    return Form(
        form_id=str(need(raw, "form_id", file)),
        title_zh=str(need(raw, "title_zh", file)),
        title_en=str(need(raw, "title_en", file)),
        source_zh=str(need(raw, "source_zh", file)),
        source_en=str(need(raw, "source_en", file)),
        completeness=str(need(raw, "completeness", file)),
        note_zh=str(raw.get("note_zh", "")),
        note_en=str(raw.get("note_en", "")),
        hotlines=tuple(str(h) for h in raw.get("hotlines", [])),
        header=str(need(raw, "header", file)),
        columns=tuple(str(c) for c in need(raw, "columns", file)),
        activities=tuple(activities),
    )


def optional_day(value: Any) -> date | None:
    """A calendar date; None for an empty field."""
    if value in (None, ""):
        return None
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _sure_day(value: Any) -> date:
    day = optional_day(value)
    if day is None:
        raise CatalogError("缺少日期", "a date is missing")
    return day


def parse_campaign(c: Record, file: str) -> Campaign:
    """One campaign record."""
    texts = {
        k: str(need(c, k, file) or "")
        for k in ("title_zh", "title_en", "theme_zh", "theme_en", "tour_zh", "document_no")
    }
    return Campaign(
        campaign_id=str(need(c, "campaign_id", file)),
        jurisdiction_id=str(need(c, "jurisdiction_id", file)),
        year=int(need(c, "year", file)),
        form_id=c.get("form_id"),
        basis=str(need(c, "basis", file)),
        starts_on=_sure_day(need(c, "starts_on", file)),
        ends_on=_sure_day(need(c, "ends_on", file)),
        tour_ends_on=optional_day(c.get("tour_ends_on")),
        table_due_on=optional_day(c.get("table_due_on")),
        roster=tuple(need(c, "roster", file)),
        **texts,
    )


def parse_measure(m: Record, position: int, file: str) -> Measure:
    """One measure record."""
    texts = {
        k: str(need(m, k, file))
        for k in (
            "measure_id",
            "kind",
            "unit_zh",
            "unit_en",
            "label_zh",
            "label_en",
            "hue",
            "definition_zh",
            "definition_en",
        )
    }
    left_out = tuple(
        LeftOut(str(x["concept_id"]), str(x["reason_zh"]), str(x["reason_en"])) for x in m.get("leaves_out", [])
    )
    return Measure(
        position=position,
        per_capita=bool(m["per_capita"]),
        from_published=bool(m["from_published"]),
        adds=tuple(m.get("adds", [])),
        leaves_out=left_out,
        **texts,
    )


def parse_comparisons(raw: Record) -> dict[tuple[str, str], FormComparison]:
    """All declared form comparisons by (base form, later form)."""
    found: dict[tuple[str, str], FormComparison] = {}
    for entry in raw["comparisons"]:
        pairs = tuple(
            Pair(
                tuple(p["base"]),
                tuple(p["now"]),
                str(p["grade"]),
                str(p["reason_zh"]),
                str(p["reason_en"]),
                bool(p.get("is_break", False)),
                bool(p.get("is_group", False)),
            )
            for p in entry["pairs"]
        )
        cover = entry["coverage"]
        for base in entry["base_forms"]:
            for form in entry["forms"]:
                found[(base, form)] = FormComparison(
                    base, form, pairs, cover["grade"], cover["reason_zh"], cover["reason_en"]
                )
    return found


def parse_bridge(b: Record) -> UnitBridge:
    """One boundary change."""
    return UnitBridge(
        jurisdiction_id=str(b["jurisdiction_id"]),
        changed_on=_sure_day(b["changed_on"]),
        base_units=tuple(str(u) for u in b["base_units"]),
        unit_id=str(b["unit_id"]),
        grade=str(b["grade"]),
        reason_zh=str(b["reason_zh"]),
        reason_en=str(b["reason_en"]),
    )


def parse_rule(r: Record, file: str) -> Rule:
    """One rule record."""
    texts = {k: str(need(r, k, file)) for k in ("rule", "level", "title_zh", "title_en", "message_zh", "message_en")}
    more = {"misleads_zh": "", "misleads_en": "", "dimension": "reading"}
    return Rule(**{k: str(r.get(k, default)) for k, default in more.items()}, **texts)


def parse_unit(row: dict[str, str]) -> Unit:
    """One line of units.csv."""
    return Unit(
        unit_id=row["unit_id"],
        jurisdiction_id=row["jurisdiction_id"],
        name=row["name"],
        short_name=row["short_name"],
        name_en=row["name_en"],
        kind=row["kind"],
        adcode=row["adcode"] or None,
        parent_id=row["parent_id"] or None,
        position=int(row["position"]),
        lon=float(row["lon"]) if row["lon"] else None,
        lat=float(row["lat"]) if row["lat"] else None,
        valid_from=optional_day(row["valid_from"]),
        valid_to=optional_day(row["valid_to"]),
        aliases=tuple(a for a in row["aliases"].split("|") if a),
    )


def parse_population(row: dict[str, str]) -> Population:
    """One line of population.csv."""
    return Population(
        unit_id=row["unit_id"],
        valid_from=optional_day(row["valid_from"]),
        valid_to=optional_day(row["valid_to"]),
        population=int(row["population"]),
        is_census=row["is_census"].lower() in ("1", "true", "yes"),
        source_zh=row["source_zh"],
        note_zh=row["note_zh"],
        note_en=row["note_en"],
    )
