"""Headline sentences: the finding first, its caveat with it. Pure functions of rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.format import (
    NOTHING,
    compact,
    plain,
    qualified,
    signed_compact,
    signed_percent,
    signed_points,
    state_mark,
    value_text,
    with_unit,
)
from dashboard.records import Change, Lang, Measure, Total, UnitValue
from dashboard.records.values import PivotCell
from dashboard.texts import choose, text
from dashboard.totals import ChangeSet, total_of

MAX_NAMES = 3
LEADERS = 6
MANY_UNITS = 3 * LEADERS  # of fewer, most of a total lies with the largest anyway
MAX_REASONS = 2
NOTED = "*"  # behind a rate whose population has a note


@dataclass(frozen=True)
class Headline:
    """A finding and its caveat, which are facts; `below`: guesses with their reason, for small print under the sentence."""

    finding: str
    caveat: str
    below: str = ""

    @property
    def sentence(self) -> str:
        """Both as one plain sentence."""
        return f"{self.finding}{self.caveat}"


def join_names(names: Sequence[str], lang: Lang, most: int = MAX_NAMES) -> str:
    """城口、巫溪等 5 个; never more than `most` names."""
    glue = text(lang, "names.glue")
    listed = glue.join(names[:most])
    return listed if len(names) <= most else text(lang, "names.and_more", names=listed, n=len(names))


def short(row: UnitValue | PivotCell | Change, lang: Lang) -> str:
    """The unit's short name."""
    return choose(lang, row.short_zh, row.name_en)


def missing_caveat(rows: Sequence[UnitValue], lang: Lang) -> str:
    """Which units have no value, by kind of reason."""
    absent = [short(row, lang) for row in rows if row.value is None and row.state == "not_reported"]
    beside = [row for row in rows if row.value is None and row.state == "not_applicable"]
    blank = [r for r in rows if r.value is None and r.state not in ("not_reported", "not_applicable", "no_population")]
    parts = []
    if absent:
        parts.append(text(lang, "headline.absent", names=join_names(absent, lang)))
    if blank:
        parts.append(text(lang, "headline.blank", n=len(blank)))
    if beside:
        parts.append(text(lang, "headline.not_applicable", n=len(beside)))
    return "".join(parts) + text(lang, "headline.stop") if parts else ""


def spread_headline(rows: Sequence[UnitValue], measure: Measure, lang: Lang, *, per_10k: bool) -> Headline:
    """A measure's total, and of many units how much of it the largest hold; of shares, rates and few units the range."""
    valued = sorted((row for row in rows if row.value is not None), key=lambda row: row.value or 0, reverse=True)
    caveat = missing_caveat(rows, lang)
    if not valued:
        return Headline(text(lang, "headline.nothing"), caveat)
    label = choose(lang, measure.label_zh, measure.label_en)
    total = total_of(rows, measure.measure_id, measure.kind)
    if len(rows) == 1:
        of_one = text(
            lang, "headline.one", name=short(rows[0], lang), label=label, value=value_words(rows[0], measure, lang)
        )
        return Headline(of_one, caveat or text(lang, "headline.stop"))
    if measure.kind == "coverage" or per_10k or len(valued) <= LEADERS or not total.value:
        found = range_words(valued, label, measure, lang, per_10k=per_10k)
        return Headline(found, caveat or text(lang, "headline.stop"))
    unit = choose(lang, measure.unit_zh, measure.unit_en)
    n_tied = sum(row.value == valued[0].value for row in valued)
    finding = text(
        lang, "headline.total" if n_tied == 1 else "headline.total.tied", label=label, n=n_tied,
        total=with_unit(total_text(total, measure, lang), unit, lang),
        name=short(valued[0], lang), high=compact_or_mark(valued[0], measure, lang),
    )  # fmt: skip
    if len(valued) >= MANY_UNITS and n_tied == 1:
        share = 100 * sum(row.value or 0 for row in valued[:LEADERS]) / total.value
        finding += text(lang, "headline.total.leaders", n=LEADERS, share=plain(share, 0))
    return Headline(finding, caveat or text(lang, "headline.stop"))


def range_words(valued: Sequence[UnitValue], label: str, measure: Measure, lang: Lang, *, per_10k: bool) -> str:
    """The lowest and the highest of these values (highest first); only the highest names its unit, ties are counted."""
    numbers = [compact_or_mark(row, measure, lang) for row in valued]
    unit = rate_unit(measure, lang) if per_10k else choose(lang, measure.unit_zh, measure.unit_en)
    shown = numbers
    if unit != "%":
        shown = [
            with_unit(number.removesuffix(NOTED), unit, lang) + rate_mark(row)
            for number, row in zip(numbers, valued, strict=True)
        ]
    if len(valued) == 1:
        return text(lang, "headline.single", name=short(valued[0], lang), label=label, value=shown[0])
    if valued[0].value == valued[-1].value:
        return text(lang, "headline.equal", n=len(valued), label=label, value=shown[0])
    ends = {}
    for end, place in (("low", -1), ("high", 0)):
        count = sum(row.value == valued[place].value for row in valued)  # not those that round to the same
        key = f"headline.{end}.tied" if count > 1 else f"headline.{end}"
        ends[end] = text(lang, key, value=shown[place], name=short(valued[place], lang), n=count)
    return text(lang, "headline.range", label=label, **ends)


def rate_unit(measure: Measure, lang: Lang) -> str:
    """The unit of a measure per 10,000 people."""
    return choose(lang, measure.unit_zh, measure.unit_en) + text(lang, "unit.per_10k")


def change_headline(changes: ChangeSet, measure: Measure, base_year: int | None, lang: Lang) -> Headline:
    """How many units rose and fell, and the net change of what compares; reasons for a refusal stand elsewhere."""
    both = changes.comparable
    total = changes.total
    if base_year is None or (not both and total is None):
        return Headline(text(lang, "headline.no_base"), "")
    if not both:
        return Headline(text(lang, "headline.not_comparable", base=base_year), text(lang, "headline.stop"))
    rise = sum(1 for row in both if (row.change or 0) > 0)
    fall = sum(1 for row in both if (row.change or 0) < 0)
    finding = text(lang, "headline.rise_fall", rise=rise, fall=fall)
    if total is None or total.change is None:
        return Headline(finding, "")
    unit = choose(lang, measure.unit_zh, measure.unit_en)
    is_points = measure.kind == "coverage"
    amount = (
        signed_points(total.change, lang) if is_points else with_unit(signed_compact(total.change, lang), unit, lang)
    )
    grade = text(lang, f"yoy.grade.{total.grade}")
    return Headline(finding, text(lang, "headline.net", amount=amount, n=len(both), grade=grade))


def refusal_reasons(total: Change | None, lang: Lang, most: int = MAX_REASONS) -> str:
    """Why nothing is compared, in one sentence: the first reasons, and how many there are."""
    note = choose(lang, total.note_zh, total.note_en) if total else ""
    glue = text(lang, "reason.glue")
    reasons = [part for part in note.split(glue.strip()) if part.strip()]
    if not reasons:
        return ""
    listed = glue.join(part.strip() for part in reasons[:most])
    if len(reasons) <= most:
        return text(lang, "headline.reasons", reasons=listed)
    return text(lang, "headline.reasons.more", reasons=listed, n=len(reasons))


def delta_text(change: Change | None, measure: Measure, base_year: int | None, lang: Lang) -> str:
    """The change beside a key figure, with its basis: +12.3% 同口径 37 个单位."""
    if base_year is None or change is None:
        return text(lang, "delta.no_base")
    if change.grade == "refuse":
        return text(lang, "delta.refused", base=base_year)
    if change.change is None:
        return text(lang, "delta.missing", base=base_year)
    if not change.change:
        shown = text(lang, "delta.none")
    elif measure.kind == "coverage":
        shown = signed_points(change.change, lang)
    elif change.pct is None:
        shown = signed_compact(change.change, lang)
    else:
        shown = signed_percent(change.pct)
    shown = qualified(shown, change.own_qualifier if change.change else "exact", lang)
    return f"{shown} " + text(
        lang, "delta.basis", grade=text(lang, f"yoy.grade.{change.grade}"), n=change.n_units, m=change.n_units_expected
    )


def unit_delta_text(change: Change | None, measure: Measure, base_year: int | None, lang: Lang) -> str:
    """One unit's change: +12.3% 比 2021 年, or why there is none."""
    if base_year is None:
        return text(lang, "delta.no_base")
    if change is None or (change.grade != "refuse" and not change.is_comparable):
        return text(lang, "delta.missing", base=base_year)
    if change.grade == "refuse":
        return text(lang, "delta.refused", base=base_year)
    if change.change == 0:
        key = "delta.unit.none" if change.grade == "same" else "delta.unit.none.close"
        return text(lang, key, base=base_year, grade=text(lang, f"yoy.grade.{change.grade}"))
    shown = signed_points(change.change, lang) if measure.kind == "coverage" else signed_percent(change.pct)
    if shown == NOTHING:
        shown = signed_compact(change.change, lang)
    shown = qualified(shown, change.own_qualifier, lang)
    key = "delta.unit" if change.grade == "same" else "delta.unit.close"
    return text(lang, key, shown=shown, base=base_year, grade=text(lang, f"yoy.grade.{change.grade}"))


def total_text(total: Total | None, measure: Measure, lang: Lang) -> str:
    """The key figure with its mark: 486.3万+; nothing is "—"."""
    if total is None or total.value is None:
        return NOTHING
    return qualified(value_text(total.value, measure.unit_zh, lang), total.qualifier, lang)


def value_words(row: UnitValue, measure: Measure, lang: Lang) -> str:
    """A unit's value in full with its unit, or the mark that says why there is none."""
    if row.value is None:
        return text(lang, "state.no_population") if row.state == "no_population" else state_mark(row.state, lang)
    unit = choose(lang, measure.unit_zh, measure.unit_en)
    number = qualified(plain(row.value), row.qualifier, lang)
    if unit == "%":
        return f"{number}%"
    return with_unit(number, unit, lang) + (text(lang, "unit.per_10k") if row.is_rate else "") + rate_mark(row)


def compact_or_mark(row: UnitValue, measure: Measure, lang: Lang) -> str:
    """A unit's value in short form for a label, or its mark."""

    if row.value is None:
        return NOTHING if row.state == "no_population" else state_mark(row.state, lang)
    number = f"{plain(row.value)}%" if measure.unit_zh == "%" else compact(row.value, lang)
    return qualified(number, row.qualifier, lang) + rate_mark(row)


def rate_mark(row: UnitValue | PivotCell) -> str:
    """The footnote's mark behind a rate whose population has a note."""
    return NOTED if row.is_rate and row.is_noted else ""
