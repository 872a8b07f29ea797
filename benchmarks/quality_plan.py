"""Known errors for the sample submissions: which unit's which blank is spoilt, how, and what should say so."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from data.samples.campaigns import cast_roles, with_oddities
from data.samples.facts import Facts, Maker, event_pairs, fill_form
from data.samples.habits import Typed, number
from etl.catalog.model import Campaign, Unit

SCALE_RULES = frozenset(
    {"scale_suspect", "implausible", "ratio_outlier", "fewer_people_than_events", "above_population"}
)
PER_CELL_KIND, PER_REPORT_KIND = 52, 20  # 9 kinds of cells (some 30 reports list their cases), 3 of reports: about 500
SMALL = 10  # the figure below which a slip by 10 can't be told from chance


@dataclass(frozen=True)
class Error:
    """One error: where, what was meant, and the blanks a finding may stand at. Without a blank: the whole report.

    `source`: the report (campaign, unit) that a copied one repeats; it must stay as it is, or nothing is a copy of it.
    """

    kind: str
    campaign_id: str
    unit_id: str
    indicator_ids: tuple[str, ...]
    meant: float
    is_small: bool = False
    source: tuple[str, str] | None = None


@dataclass(frozen=True)
class Report:
    """A unit's blanks in a campaign before anything is spoilt."""

    unit: Unit
    campaign: Campaign
    facts: Facts


Spoil = tuple[Error, Facts]
Spoiler = Callable[[Maker, Report, random.Random], Spoil | None]


def counts_of(maker: Maker, report: Report, at_least: int) -> list[str]:
    """Blanks with a plain number, nothing odd about them."""
    return [
        i.indicator_id
        for i in maker.form(report.campaign).indicators
        if i.kind == "count" and _is_plain(report.facts[i.indicator_id], at_least)
    ]


def _is_plain(typed: Typed, at_least: int = 1) -> bool:
    return typed.oddity is None and typed.qualifier == "exact" and (typed.value or 0) >= at_least


def _error(kind: str, report: Report, ids: tuple[str, ...], meant: float, small: bool = False) -> Error:
    return Error(kind, report.campaign.campaign_id, report.unit.unit_id, ids, meant, small)


def _pair(maker: Maker, report: Report, rng: random.Random, at_least: int) -> tuple[str, str] | None:
    pairs = [
        p for p in event_pairs(maker.form(report.campaign), maker.profile)
        if _is_plain(report.facts[p[0]], at_least) and _is_plain(report.facts[p[1]], at_least)
    ]  # fmt: skip
    return rng.choice(pairs) if pairs else None


def events_zero(maker: Maker, report: Report, rng: random.Random) -> Spoil | None:
    """People without an event."""
    pair = _pair(maker, report, rng, 1)
    if pair is None:
        return None
    return _error("events_zero", report, pair, report.facts[pair[0]].value or 0), {pair[0]: number(0)}


def fewer_people(maker: Maker, report: Report, rng: random.Random) -> Spoil | None:
    """Fewer people than events."""
    pair = _pair(maker, report, rng, 4)
    if pair is None:
        return None
    people = int((report.facts[pair[0]].value or 0) // rng.randint(2, 4))
    return _error("fewer_people", report, pair, report.facts[pair[1]].value or 0), {pair[1]: number(people)}


def _slip(factor: int) -> Spoiler:
    def spoil(maker: Maker, report: Report, rng: random.Random) -> Spoil | None:
        blanks = counts_of(maker, report, 1)
        if not blanks:
            return None
        blank = rng.choice(blanks)
        meant = int(report.facts[blank].value or 0)
        down = _digit_left_out(meant, rng) if factor == 10 else round(meant / factor)
        up = _digit_too_many(meant, rng) if factor == 10 else meant * factor
        wrong = down if down >= 1 and rng.random() < 0.5 else up
        return _error(f"times_{factor}", report, (blank,), meant, min(meant, wrong) < SMALL), {blank: number(wrong)}

    return spoil


def _digit_left_out(meant: int, rng: random.Random) -> int:
    """The number without one of its digits; 0 where that leaves none."""
    place = rng.randrange(len(str(meant)))
    return int("0" + str(meant)[:place] + str(meant)[place + 1 :])


def _digit_too_many(meant: int, rng: random.Random) -> int:
    """The number with a 0 behind it, or with one of its digits typed twice."""
    place = rng.randrange(2 * len(str(meant)))
    return 10 * meant if place >= len(str(meant)) else int(str(meant)[: place + 1] + str(meant)[place:])


def far_off(maker: Maker, report: Report, rng: random.Random) -> Spoil | None:
    """25 to 40 times too much: between two slips of scale."""
    blanks = counts_of(maker, report, SMALL)
    if not blanks:
        return None
    blank = rng.choice(blanks)
    meant = int(report.facts[blank].value or 0)
    return _error("far_off", report, (blank,), meant), {blank: number(meant * rng.randint(25, 40) + rng.randint(1, 9))}


def hotline(maker: Maker, report: Report, rng: random.Random) -> Spoil | None:
    """The hotline's number where the reports are counted."""
    blanks = {"public_reports", "violation_reports"} & set(counts_of(maker, report, 1))
    if not blanks:
        return None
    blank = sorted(blanks)[0]
    return _error("hotline", report, (blank,), report.facts[blank].value or 0), {blank: number(12350)}


def above_population(maker: Maker, report: Report, rng: random.Random) -> Spoil | None:
    """More people took part than three times the population."""
    known = maker.catalog.population_on(report.unit.unit_id, report.campaign.starts_on)
    people = [
        i for i in counts_of(maker, report, 1)
        if maker.catalog.concepts[maker.form(report.campaign).by_indicator[i].concept_id].quantity == "participation"
    ]  # fmt: skip
    if known is None or not people:
        return None
    blank = rng.choice(people)
    wrong = int(known.population * rng.uniform(3.1, 6))
    return _error("above_population", report, (blank,), report.facts[blank].value or 0), {blank: number(wrong)}


def count_list(maker: Maker, report: Report, rng: random.Random) -> Spoil | None:
    """A count that is not that of the cases listed beside it."""
    count, text = report.facts.get("typical_cases_exposed"), report.facts.get("typical_case_details")
    if (
        count is None
        or text is None
        or not _is_plain(count)
        or not text.text
        or count.value != text.text.count("；") + 1
    ):
        return None
    wrong = int(count.value) + rng.randint(1, 3)
    return _error("count_list", report, ("typical_cases_exposed",), count.value), {
        "typical_cases_exposed": number(wrong)
    }


def copied_year(maker: Maker, report: Report, rng: random.Random) -> Spoil | None:
    """Last year's figures sent again."""
    year, form = report.campaign.year, report.campaign.form_id
    before = [
        c for c in maker.catalog.campaigns.values()
        if c.jurisdiction_id == report.campaign.jurisdiction_id and c.year < year and c.campaign_id in maker.profile["campaigns"]
    ]  # fmt: skip
    if not before or (last := max(before, key=lambda c: c.year)).form_id != form:
        return None
    if report.unit not in set(maker.catalog.roster(last)) - set(cast_roles(maker, last).missing):
        return None
    old = fill_form(
        maker,
        report.unit,
        last,
        "sheet" if maker.profile["campaigns"][last.campaign_id]["format"] != "docx" else "word",
    )
    source = (last.campaign_id, report.unit.unit_id)
    return replace(_error("copied_year", report, (), 0), source=source), dict(old)


def copied_unit(maker: Maker, report: Report, rng: random.Random) -> Spoil | None:
    """Another unit's figures under the own name."""
    gone = {*cast_roles(maker, report.campaign).missing, report.unit}
    others = [u for u in maker.catalog.roster(report.campaign) if u not in gone]
    other = rng.choice(others)
    error = replace(_error("copied_unit", report, (), 0), source=(report.campaign.campaign_id, other.unit_id))
    return error, dict(fill_form(maker, other, report.campaign, "word"))


def heaped(maker: Maker, report: Report, rng: random.Random) -> Spoil | None:
    """All figures estimated: rounded to tens."""
    blanks = counts_of(maker, report, SMALL)
    if len(blanks) < 10:
        return None
    return _error("heaped", report, (), 0), {
        b: number(max(10, round((report.facts[b].value or 0) / 10) * 10)) for b in blanks
    }


CELL_KINDS: dict[str, Spoiler] = {
    "events_zero": events_zero, "fewer_people": fewer_people, "times_10": _slip(10), "times_1000": _slip(1000),
    "times_10000": _slip(10000), "far_off": far_off, "hotline": hotline, "above_population": above_population,
    "count_list": count_list,
}  # fmt: skip
REPORT_KINDS: dict[str, Spoiler] = {"copied_year": copied_year, "copied_unit": copied_unit, "heaped": heaped}
# The rule made for a kind; any of SCALE_RULES counts as having found an error of scale.
OWN_RULE = {
    "events_zero": "attendance_without_event", "fewer_people": "fewer_people_than_events", "times_10": "scale_suspect",
    "times_1000": "scale_suspect", "times_10000": "scale_suspect", "far_off": "implausible", "hotline": "equals_hotline",
    "above_population": "above_population", "count_list": "count_list_mismatch", "copied_year": "copied_from_last_year",
    "copied_unit": "copied_from_unit", "heaped": "heaped",
}  # fmt: skip


def all_reports(maker: Maker) -> Iterator[Report]:
    """Every report of the samples that is whole and counts."""
    for campaign_id, plan in maker.profile["campaigns"].items():
        campaign = maker.catalog.campaigns[campaign_id]
        if plan["format"] == "none":
            continue
        roles = cast_roles(maker, campaign)
        where = "word" if plan["format"] == "docx" else "sheet"
        for unit in maker.catalog.roster(campaign):
            if unit not in {*roles.missing, roles.sentence_deleted, roles.corrected}:
                facts = with_oddities(maker, campaign, roles, unit, fill_form(maker, unit, campaign, where))
                yield Report(unit, campaign, facts)


def plan_errors(maker: Maker, seed: int) -> tuple[list[Error], dict[tuple[str, str], Facts]]:
    """About 500 errors, at most a few a report, and what each report's blanks become."""
    rng = random.Random(seed)
    reports = list(all_reports(maker))
    errors: list[Error] = []
    changed: dict[tuple[str, str], Facts] = {}
    whole: set[tuple[str, str]] = set()
    for kind, spoil in REPORT_KINDS.items():
        _put(maker, reports, spoil, PER_REPORT_KIND, rng, errors, changed, whole, {kind})
    for kind, spoil in CELL_KINDS.items():
        _put(maker, reports, spoil, PER_CELL_KIND, rng, errors, changed, whole, {kind})
    return errors, changed


def _put(
    maker: Maker, reports: list[Report], spoil: Spoiler, wanted: int, rng: random.Random, errors: list[Error],
    changed: dict[tuple[str, str], Facts], whole: set[tuple[str, str]], kinds: set[str],
) -> None:  # fmt: skip
    """Spoil reports in a random order until there are enough; a spoilt report is not spoilt as a whole again."""
    is_whole = bool(kinds & set(REPORT_KINDS))
    found = 0
    for report in rng.sample(reports, k=len(reports)):
        key = (report.campaign.campaign_id, report.unit.unit_id)
        if found == wanted:
            return
        if key in whole:
            continue
        made = spoil(maker, replace(report, facts={**report.facts, **changed.get(key, {})}), rng)
        if made is None or (not is_whole and set(made[1]) & set(changed.get(key, {}))):
            continue
        error, cells = made
        if error.source in whole:
            continue
        if {i for e in errors if (e.campaign_id, e.unit_id) == key for i in e.indicator_ids} & set(error.indicator_ids):
            continue
        errors.append(error)
        # An error keeps its mark, so that nothing else is put on top of it.
        changed[key] = {
            **changed.get(key, {}),
            **{i: t if is_whole else replace(t, oddity=error.kind) for i, t in cells.items()},
        }
        found += 1
        if is_whole:
            whole |= {key, error.source or key}
