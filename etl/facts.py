"""Facts and submissions as they leave the readers, before the release is built."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from etl.catalog.model import Form, Indicator
from etl.findings import Finding, plain_signs
from etl.interpret.count import Typed, interpret_count, plain_count
from etl.interpret.flag import interpret_flag
from etl.interpret.lexicon import load_lexicon
from etl.interpret.private import mask_private
from etl.interpret.reading import Reading, withheld
from etl.interpret.text import count_items, interpret_text

FIRE_HOTLINE = 119.0
_FEW_DIGITS = 5  # below the length of anything private


class Fact(NamedTuple):
    """One unit and blank as read. A tuple, because hundreds of thousands are made, sent by the workers and laid in columns."""

    unit_id: str | None
    indicator_id: str
    value: float | None
    text: str | None
    qualifier: str
    state: str
    raw: str | None
    place: str
    low: float | None
    high: float | None
    flags: tuple[str, ...]
    proposal: str | None = None
    decision_id: str = ""  # of the decision that set the value; what was typed stays in `raw`


@dataclass(frozen=True, slots=True)
class Quote:
    """Where a published figure was printed."""

    indicator_id: str
    quote: str
    source: str
    url: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """An act that a duty register or a case log names; without a date it is a claim only."""

    unit_id: str
    kind: str
    at: datetime | None
    note: str
    period: str = ""
    amount: int | None = None


@dataclass
class Submission:
    """One form (or collected table) of one file. `refusal` is set when nothing could be read."""

    source_name: str
    sha256: str
    source_format: str
    part: int = 0
    campaign_id: str | None = None
    form_id: str | None = None
    unit_id: str | None = None
    outside_unit: tuple[str, str, str] | None = None  # (unit_id, name, kind) of a department or firm
    report_date: date | None = None
    is_date_doubtful: bool = False  # another year than the campaign's: kept, but it orders nothing
    received_at: datetime | None = None
    is_sample: bool = False
    is_refused: bool = False
    is_collected: bool = False
    is_scan: bool = False  # read by OCR
    table_title: str = ""  # of a table: the lines above it
    facts: list[Fact] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    outside_units: list[tuple[str, str, str]] = field(default_factory=list)
    decided_columns: list[str] = field(default_factory=list)  # ids of the decisions by which its columns were read

    def __getstate__(self) -> dict[str, object]:
        """On its way between processes facts travel in columns: a third of the bytes' work of one object each."""
        return {**self.__dict__, "facts": tuple(zip(*self.facts, strict=True))}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, facts=list(map(Fact._make, zip(*state["facts"], strict=True))))


def interpret(indicator: Indicator, typed: Typed, hotlines: Iterable[str] = ()) -> Reading:
    """The reading of one blank by its kind."""
    if indicator.kind == "flag":
        return interpret_flag(typed.before + typed.inside + typed.after)
    if indicator.kind == "text":
        return interpret_text(typed.inside)
    return _beside_hotline(indicator, interpret_count(typed, indicator.unit))


def interpret_whole(indicator: Indicator, digits: str) -> Reading:
    """The reading of a count that a cell holds as a whole number of nine digits at most, so without signs around it."""
    return _beside_hotline(indicator, plain_count(digits))


def _beside_hotline(indicator: Indicator, reading: Reading) -> Reading:
    if reading.value == FIRE_HOTLINE and indicator.concept_id.startswith("reporting."):
        return reading.with_flag("equals_hotline")
    return reading


def make_fact(
    unit_id: str | None,
    indicator: Indicator,
    reading: Reading,
    raw: str | None,
    place: str,
    flags: tuple[str, ...] = (),
) -> Fact:
    """A fact from a reading; flags of the layout come first."""
    merged = tuple(dict.fromkeys(flags + reading.flags)) if flags or reading.flags else ()
    if are_few(raw) and reading.text is None:
        return Fact(
            unit_id, indicator.indicator_id, reading.value, None, reading.qualifier, reading.state, raw, place,
            reading.low, reading.high, merged, reading.proposal,
        )  # fmt: skip
    text = plain_signs(reading.text) if indicator.kind == "text" and reading.text is not None else None
    masked = mask_private(raw) if raw is not None else None
    # What was guessed out of a private text is a piece of it.
    proposal = reading.proposal if masked == raw else None
    return Fact(
        unit_id,
        indicator.indicator_id,
        reading.value,
        text,
        reading.qualifier,
        reading.state,
        plain_signs(masked).strip("_") if masked is not None else None,
        place,
        reading.low,
        reading.high,
        merged,
        proposal,
    )


def plain_fact(unit_id: str | None, indicator: Indicator, digits: str, place: str) -> Fact:
    """What `make_fact` gives for a count's blank that holds digits only, `are_few` of them: most answers of most forms."""
    reading = interpret_whole(indicator, digits)
    return Fact(
        unit_id, indicator.indicator_id, reading.value, None, reading.qualifier, reading.state, digits, place,
        None, None, reading.flags, reading.proposal,
    )  # fmt: skip


def are_few(raw: str | None) -> bool:
    """Whether an answer is digits only, too few of them for anything private."""
    return raw is not None and len(raw) <= _FEW_DIGITS and raw.isdigit() and raw.isascii()


def number_words(value: float | None) -> str:
    """A number for a message: 12,000."""
    if value is None:
        return ""
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"


def flag_findings(facts: Iterable[Fact]) -> list[Finding]:
    """One finding per flag of each fact."""
    found = []
    for fact in facts:
        for flag in fact.flags:
            expected = number_words(fact.value)
            if flag == "tick_beside":
                expected = {1.0: "是", 0.0: "否"}.get(fact.value if fact.value is not None else -1.0, "")
            shown = fact.raw or ""
            # A value that is withheld for another reason is read as nothing.
            words = {"basis": f"，按 {expected} 读取", "basis_en": f"; read as {expected}"} if expected else {}
            if flag == "parts_listed" and fact.proposal:
                words = {"basis": f"；可能是 {fact.proposal}", "basis_en": f"; perhaps {fact.proposal}"}
            found.append(
                Finding(flag, fact.place, shown, expected, fact.unit_id, fact.indicator_id, fact.proposal, words=words)
            )
    return found


def judge_together(form: Form, facts: list[Fact]) -> tuple[list[Fact], list[Finding]]:
    """What only shows beside its neighbours: 12，350 with an empty 参与 behind it; a count that differs from its list."""
    by_id = {f.indicator_id: n for n, f in enumerate(facts)}
    out = list(facts)
    findings: list[Finding] = []
    for events, people in event_pairs(form):
        if events.indicator_id not in by_id or people.indicator_id not in by_id:
            continue
        first, second = out[by_id[events.indicator_id]], out[by_id[people.indicator_id]]
        if second.state == "not_filled" and first.value and first.raw and _is_two_numbers(first.raw):
            parts = first.raw.replace("，", ",").replace(" ", ",").strip(" ()（）,").split(",")
            reading = withheld("two_values", proposal=" / ".join(p for p in parts if p))
            out[by_id[events.indicator_id]] = first._replace(
                value=None,
                qualifier="exact",
                state=reading.state,
                flags=("two_values",),
                proposal=reading.proposal,
            )
        elif first.state == "unreadable" and second.value and _is_planned(first.raw or ""):
            # 计划（12）次，参与（1200）人次: the people are planned as well.
            out[by_id[people.indicator_id]] = second._replace(
                value=None, low=None, high=None, qualifier="exact", state="unreadable", flags=("words_around",),
                proposal=number_words(second.value).replace(",", ""),
            )  # fmt: skip
    for count, text in list_pairs(form):
        if count.indicator_id not in by_id or text.indicator_id not in by_id:
            continue
        number, words = out[by_id[count.indicator_id]], out[by_id[text.indicator_id]]
        if (
            number.value is not None
            and words.state == "reported"
            and words.text
            and "not_a_description" not in words.flags
        ):
            listed = count_items(words.text)
            if listed != number.value:
                findings.append(
                    Finding(
                        "count_list_mismatch",
                        number.place,
                        number_words(number.value),
                        str(listed),
                        number.unit_id,
                        count.indicator_id,
                    )
                )
    return out, findings


def _is_two_numbers(raw: str) -> bool:
    """12，350 or 12 350: one full-width comma or space between digits. A half-width comma is a thousands mark."""
    return bool(re.fullmatch(r"[\s(（]*\d{1,3}(?:，|\s+)\d{3}[\s)）]*", raw))


def _is_planned(raw: str) -> bool:
    """Whether words for what is yet to come stand before an answer's bracket: 计划（12）. Inside it they are about its number only."""
    return re.match(f"(?:{load_lexicon().not_done})[^\\d(（]{{0,6}}[(（]\\s*\\d+\\s*[)）]$", raw.strip()) is not None


@lru_cache(maxsize=64)
def event_pairs(form: Form) -> tuple[tuple[Indicator, Indicator], ...]:
    """(events, people) of the same concept family: study.open_lecture.events with study.open_lecture.attendance."""
    events = {i.concept_id.rsplit(".", 1)[0]: i for i in form.indicators if i.concept_id.endswith(".events")}
    pairs = []
    for indicator in form.indicators:
        family, _, last = indicator.concept_id.rpartition(".")
        if last in ("attendance", "participations", "audience") and family in events:
            pairs.append((events[family], indicator))
    return tuple(pairs)


@lru_cache(maxsize=64)
def list_pairs(form: Form) -> tuple[tuple[Indicator, Indicator], ...]:
    """(count, description) of the same concept family: …typical_cases.items with …typical_cases.details."""
    counts = {i.concept_id.rsplit(".", 1)[0]: i for i in form.indicators if i.concept_id.endswith(".items")}
    return tuple(
        (counts[i.concept_id.rsplit(".", 1)[0]], i)
        for i in form.indicators
        if i.kind == "text" and i.concept_id.rsplit(".", 1)[0] in counts
    )
