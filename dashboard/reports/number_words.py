"""Figures in sentences: totals with their bounds, changes with their basis, doubts instead of a percentage."""

from __future__ import annotations

import re

from dashboard.components.bounds import bounds_words
from dashboard.components.changes import part_count, whole_in
from dashboard.components.count_unit import unit_of_change
from dashboard.components.of_activity import label_of
from dashboard.components.page import View
from dashboard.format import compact, percent, plain, qualified, value_text, with_unit
from dashboard.records import Change, Measure
from dashboard.reports.data import KeyNumber

STEADY_PCT = 0.05
BOUNDS = ("at_least", "at_most")
NUMBER = r"(\d[\d,.]*\w?)"
QUALIFIERS = {"at_least": "at_least", "at_most": "at_most", "approx": "approx", "range": "approx"}


def change_words(change: Change | None, measure: Measure, view: View, doubt: str = "") -> str:
    """与2021年活动同口径相比增长12.3%; why there is none otherwise. Percent and percentage points are never mixed."""
    base = view.filters.base_year
    if base is None:
        return view.t("report.change.no_base")
    if change is None or (change.grade != "refuse" and change.change is None):
        return view.t("report.change.missing", base=base)
    if change.grade == "refuse" or change.change is None:
        return view.t("report.change.refused", base=base)
    if doubt:
        return view.t("report.doubt.change", base=base, clause=doubt)
    amount = abs(change.change)
    side = "rise" if change.change > 0 else "fall"
    if measure.kind == "coverage":
        steady, kind, shown = amount < STEADY_PCT, "points", plain(amount)
    elif change.pct is None:
        steady, kind = amount == 0, "amount"
        shown = about(view, change, with_unit(compact(amount, view.lang), unit_of_change(view, measure), view.lang))
    else:
        steady, kind = abs(change.pct) < STEADY_PCT, "percent"
        shown = about(view, change, percent(abs(change.pct)))
    how = view.t("report.change.steady") if steady else view.t(f"report.change.{side}.{kind}", amount=shown)
    grade = view.t(f"yoy.grade.{change.grade}")
    count = part_count(view, measure, change)
    part = view.t("report.change.part", k=count.n_used, m=count.n_asked) if count else ""
    return view.t(
        "report.change", base=base, grade=grade, how=how, n=change.n_units, m=change.n_units_expected, part=part
    )


def about(view: View, change: Change, shown: str) -> str:
    """The amount of a change; of one unit with a year that is not exact, "about" so much in words."""
    return in_words(view, shown, change.own_qualifier)


def compared_sums(total: Change | None, measure: Measure, view: View) -> str:
    """Both sums of the comparable part in full, so that the percentage can be checked, and how far they are approximate."""
    if total is None or total.change is None:
        return ""
    years = ((total.base_value, view.filters.base_year), (total.value, view.filters.year))
    base, now = (whole_in(view, value, measure, year) for value, year in years)
    return view.t("report.compared.sums", base=base, now=now) + bounds_words(view, measure)


def number_words(view: View, number: KeyNumber) -> str:
    """参与人次486.3万人次（39个单位有数），与2021年活动同口径相比增长12.3%（37个单位）。"""
    measure, total = number.measure, number.total
    label = label_of(view, measure)
    if total is None or total.value is None:
        return view.t("report.number.none", label=label)
    value = amount_words(view, number)
    with_units = view.t("report.number", label=label, value=value, n=total.n_units_reported, m=total.n_units_expected)
    if number.doubt_told:
        with_units = view.t("report.doubt.total", value=with_units, clause=number.doubt_told)
    doubt = number.change_doubt_alone or (number.change_doubt and view.t("report.doubt.same"))
    change = change_words(number.change, measure, view, doubt)
    return view.t("report.sentence", what=with_units, change=change)


def bare_words(view: View, number: KeyNumber, shown: str) -> str:
    """A number that stands alone in a user's template, never without saying that it is doubtful."""
    return view.t("report.doubt.bare", value=shown) if number.doubt else shown


def amount_words(view: View, number: KeyNumber) -> str:
    """A total with its unit, and in words that it is a lower bound or about."""
    total, measure = number.total, number.measure
    if total is None or total.value is None:
        return qualified("", "exact", view.lang)
    shown = value_text(total.value, measure.unit_zh, view.lang)
    unit = view.pick(measure.unit_zh, measure.unit_en)
    shown = shown if unit == "%" else f"{shown}{gap(view)}{unit}"
    return in_words(view, shown, total.qualifier)


def in_words(view: View, shown: str, qualifier: str) -> str:
    """不少于5,161条: a bound or an estimate in words, as a text has no room for marks."""
    kind = QUALIFIERS.get(qualifier)
    return view.t(f"report.qualifier.{kind}", value=shown) if kind else shown


def spelled(view: View, sentence: str) -> str:
    """A sentence of the screens with its marks of bounds in words: 合计5,161+条 is 合计不少于5,161条."""
    for kind in BOUNDS:
        mark = re.escape(view.t(f"qualifier.mark.{kind}", value="\0")).replace(re.escape("\0"), NUMBER)
        sentence = re.sub(mark, view.t(f"report.qualifier.{kind}", value=r"\1"), sentence)
    return sentence


def gap(view: View) -> str:
    """Between a number and its unit: nothing in Chinese, a space in English."""
    return "" if view.lang == "zh" else " "
