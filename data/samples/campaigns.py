"""A campaign whose units send Word forms: who sends, when, what goes wrong, and the files."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import cycle

from data.samples.facts import ODDITIES, Facts, Maker, fill_form
from data.samples.habits import Typed, number, without_value
from data.samples.made import MadeCampaign, MadeFile, MadeUnit
from data.samples.names import Day, due_day, file_name, office_time, typed_day, unit_name
from data.samples.profile import dice, pick
from data.samples.word import END, START, Variety, apply_variety, mark
from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.catalog.model import Campaign, Form, Unit

_SEGMENT_END = re.compile("(?<=[；;\n])")
_TOKEN = re.compile(f"{START}(\\w+){END}")


@dataclass(frozen=True)
class Roles:
    """Which unit plays which part in a campaign."""

    missing: tuple[Unit, ...]
    late: tuple[Unit, ...]
    corrected: Unit
    duplicated: Unit
    unnamed: Unit | None
    sentence_deleted: Unit
    oddities: tuple[tuple[Unit, str], ...]


def cast_roles(maker: Maker, campaign: Campaign) -> Roles:
    """The parts, dealt out over the roster; in a small roster a unit plays several."""
    rng = dice(maker.seed, "roles", campaign.campaign_id)
    roster = maker.catalog.roster(campaign)
    bounds = maker.profile["missing_units"]
    n_missing = min(rng.randint(bounds["min"], bounds["max"]), max(1, len(roster) // 5))
    reporting = maker.profile["campaigns"][campaign.campaign_id].get("reporting", ())
    shuffled = sorted(rng.sample(roster, k=len(roster)), key=lambda unit: unit.unit_id in reporting)
    missing, others = shuffled[:n_missing], cycle(shuffled[n_missing:])
    n_late = min(rng.randint(maker.profile["late_files"]["min"], maker.profile["late_files"]["max"]), n_missing + 1)
    is_large = len(roster) >= 4 * len(ODDITIES)
    return Roles(
        missing=tuple(missing),
        late=tuple(next(others) for _ in range(n_late)),
        corrected=next(others),
        duplicated=next(others),
        unnamed=next(others) if is_large else None,
        sentence_deleted=next(others),
        oddities=tuple((next(others), kind) for kind in ODDITIES),
    )


def with_oddities(maker: Maker, campaign: Campaign, roles: Roles, unit: Unit, facts: Facts) -> Facts:
    """The unit's blanks with the oddities that its parts ask for."""
    for odd_unit, kind in roles.oddities:
        if odd_unit.unit_id == unit.unit_id:
            rng = dice(maker.seed, "oddity", campaign.campaign_id, kind)
            facts = ODDITIES[kind](maker, unit, campaign, facts, rng)
    return maker.edit(unit, campaign, facts) if maker.edit else facts


def make_word_campaign(maker: Maker, campaign: Campaign) -> MadeCampaign:
    """One filled form per unit, with late, corrected and doubled ones among them."""
    roles = cast_roles(maker, campaign)
    gone = {u.unit_id for u in roles.missing}
    files: list[MadeFile] = []
    for unit in maker.catalog.roster(campaign):
        if unit.unit_id not in gone:
            files.extend(_unit_files(maker, campaign, roles, unit))
    return MadeCampaign(campaign.campaign_id, campaign.form_id, tuple(files), tuple(u.unit_id for u in roles.missing))


def _unit_files(maker: Maker, campaign: Campaign, roles: Roles, unit: Unit) -> Iterator[MadeFile]:
    rng = dice(maker.seed, "file", campaign.campaign_id, unit.unit_id)
    facts = with_oddities(maker, campaign, roles, unit, fill_form(maker, unit, campaign, "word"))
    received_at, day = _arrival(maker, campaign, unit in roles.late, rng)
    is_unnamed = unit == roles.unnamed
    pattern = maker.profile["inferred_file_name"] if is_unnamed else rng.choice(maker.profile["file_names"])
    written_as = "" if is_unnamed else unit_name(unit, rng, maker.profile)
    sheet = _Sheet(unit, facts, day, written_as, file_name(pattern, unit, campaign), received_at)
    if unit == roles.sentence_deleted:
        made = _make_file(maker, campaign, sheet, rng, deletes_sentence=True)
    else:
        made = _make_file(maker, campaign, sheet, rng)
    if unit == roles.corrected:
        yield from _corrected(maker, campaign, sheet, made, rng)
        return
    yield made
    if unit == roles.duplicated:
        name = maker.profile["duplicate_name"].format(file=made.name)
        later = office_time(received_at.date() + timedelta(days=1), rng)
        yield MadeFile(name, made.data, later, "duplicate", duplicate_of=made.name)


@dataclass(frozen=True)
class _Sheet:
    """A form about to be written."""

    unit: Unit
    facts: Facts
    day: Day
    written_as: str
    name: str
    received_at: datetime


def _arrival(maker: Maker, campaign: Campaign, is_late: bool, rng: random.Random) -> tuple[datetime, Day]:
    late = maker.profile["late_files"]
    offset = rng.randint(late["days_low"], late["days_high"]) if is_late else -rng.randint(0, 3)
    received_on = due_day(campaign) + timedelta(days=offset)
    reported_on = received_on - timedelta(days=rng.randint(0, 1))
    return office_time(received_on, rng), typed_day(reported_on, rng, maker.profile)


def _corrected(
    maker: Maker, campaign: Campaign, sheet: _Sheet, made: MadeFile, rng: random.Random
) -> Iterator[MadeFile]:
    """The older file with some other numbers, and the correction that counts."""
    form = maker.form(campaign)
    plain = [i for i, t in made.units[0].facts.items() if t.state == "reported" and t.typed.isdigit() and not t.oddity]
    wrong = dict(sheet.facts)
    for indicator_id in rng.sample(plain, k=min(4, len(plain))):
        if form.by_indicator[indicator_id].kind == "count":
            wrong[indicator_id] = number(max(1, round(float(sheet.facts[indicator_id].typed) * rng.uniform(0.5, 0.9))))
    first_day = sheet.day.day or sheet.received_at.date()
    first = replace(sheet, facts=wrong, day=Day(f"{first_day:%Y-%m-%d}", first_day))
    later = sheet.received_at + timedelta(days=rng.randint(1, 2))
    name = file_name(maker.profile["correction_name"], sheet.unit, campaign)
    second_day = Day(f"{later:%Y-%m-%d}", later.date())
    second = replace(sheet, day=second_day, name=name, received_at=later)
    old = _make_file(maker, campaign, first, rng)
    yield replace(old, units=(replace(old.units[0], is_current=False),), superseded_by=name)
    yield _make_file(maker, campaign, second, rng)


def _make_file(
    maker: Maker, campaign: Campaign, sheet: _Sheet, rng: random.Random, deletes_sentence: bool = False
) -> MadeFile:
    form = maker.form(campaign)
    texts, facts = _progress(form, sheet.facts, rng, deletes_sentence)
    header = {"reporting_unit": sheet.written_as, "report_date": sheet.day.typed}
    variety = _variety(maker, form, facts, rng)
    document = apply_variety(write_docx(form, texts, header, is_sample=True), variety, rng)
    notes: tuple[str, ...] = ("unit_inferred",) if not sheet.written_as else ()
    notes += ("sentence_deleted",) if deletes_sentence else ()
    notes += ("table_split",) if variety.split_after else ()
    unit = MadeUnit(
        sheet.unit.unit_id, facts, True, sheet.day.day, sheet.written_as, notes, treatments=variety.treatments
    )
    is_late = sheet.received_at.date() > due_day(campaign)
    return MadeFile(sheet.name, document, sheet.received_at, "form", (unit,), is_late)


def _progress(form: Form, facts: Facts, rng: random.Random, deletes_sentence: bool) -> tuple[list[str], Facts]:
    """The progress cells with marked values; one sentence and its blanks gone if asked."""
    typed_ids = {i: f"{START}{i}{END}" for i in facts}
    cells = [_SEGMENT_END.split(fill_progress(a, typed_ids)) for a in form.activities]
    if deletes_sentence:
        facts = {**facts, **_delete_sentence(cells, facts, rng)}
    filled = []
    for activity, segments in zip(form.activities, cells, strict=True):
        blanks = dict(
            zip((i.indicator_id for i in activity.indicators), _blanks(form, activity.activity_id), strict=True)
        )
        text = re.sub("\n+", "\n", "".join(segments)).strip("\n")
        filled.append(_TOKEN.sub(lambda m, b=blanks: _value(m.group(1), facts, b), text))  # type: ignore[misc]
    return filled, facts


def _blanks(form: Form, activity_id: str) -> list[str]:
    activity = next(a for a in form.activities if a.activity_id == activity_id)
    return [p.blank for p in activity.parts if not isinstance(p, str)]


def _value(indicator_id: str, facts: Facts, blanks: dict[str, str]) -> str:
    typed = facts[indicator_id].typed
    return mark(indicator_id, typed) if typed else blanks[indicator_id]


def _delete_sentence(cells: Sequence[list[str]], facts: Facts, rng: random.Random) -> Facts:
    """Takes one sentence out of the cells; its blanks become row_missing."""
    candidates = []
    for cell in cells:
        ids_of = [_TOKEN.findall(segment) for segment in cell]
        if sum(bool(ids) for ids in ids_of) < 2:
            continue
        candidates += [(cell, n, ids) for n, ids in enumerate(ids_of) if ids and not any(facts[i].oddity for i in ids)]
    cell, n, ids = rng.choice(candidates)
    cell[n] = "\n" if cell[n].startswith("\n") or cell[n].endswith("\n") else ""
    return {i: replace(without_value("", "row_missing"), oddity="sentence_deleted") for i in ids}


def _variety(maker: Maker, form: Form, facts: Facts, rng: random.Random) -> Variety:
    how = pick(rng, maker.profile["word_variety"])
    treatments = {}
    for indicator_id, typed in facts.items():
        kind = form.by_indicator[indicator_id].kind
        if kind == "flag" and _has_boxes(typed) and rng.random() < maker.profile["tick_symbol_share"]:
            treatments[indicator_id] = rng.choice(["symbol", "check_box"])
        elif kind == "count" and how != "plain" and typed.typed and rng.random() < maker.profile["treated_share"]:
            treatments[indicator_id] = how
    is_split = rng.random() < maker.profile["table_split_share"]
    return Variety(treatments, rng.randint(1, len(form.activities) - 1) if is_split else None)


def _has_boxes(typed: Typed) -> bool:
    return any(c in typed.typed for c in "☑■☒") and any(c in typed.typed for c in "□☐")
