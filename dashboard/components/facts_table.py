"""A unit's table blank by blank: values in one table, where each was read in another."""

from __future__ import annotations

from dashboard.components.page import View
from dashboard.components.value_cells import qualifier_cell
from dashboard.format import NOTHING, place_words, plain, qualified, read_number, state_mark, with_unit
from dashboard.records import UnitFact
from dashboard.tables import Cell, Column, Table


def fact_text(view: View, fact: UnitFact) -> str:
    """The value as a reader sees it: number with mark, yes or no, the text, or why there is none."""
    if fact.kind == "text":
        return fact.text or state_mark(fact.state, view.lang)
    if fact.qualifier == "range" and fact.low is not None and fact.high is not None:
        return f"{plain(fact.low)}–{plain(fact.high)}"
    if fact.value is None:
        return state_mark(fact.state, view.lang)
    if fact.kind == "flag":
        return view.t("district.yes" if fact.value else "district.no")
    return read_number(fact.value, fact.qualifier, fact.place, view.lang)


def fact_cell(view: View, fact: UnitFact) -> Cell:
    """The value for display and export: numbers stay numbers, texts and ticks are their words."""
    shown = fact_text(view, fact)
    if fact.kind != "count":
        return Cell(shown, shown, is_muted=fact.value is None and not fact.text)
    return Cell(fact.value, shown, is_muted=fact.value is None)


def base_cell(view: View, fact: UnitFact) -> Cell:
    """Last year's value where it may be compared, else why not."""
    if fact.kind != "count" or view.filters.base_year is None:
        return Cell(None, NOTHING, is_muted=True)
    if fact.grade == "refuse":
        return Cell(None, view.t("district.refused"), is_muted=True)
    if fact.base_value is None:
        return Cell(None, NOTHING, is_muted=True)
    number = qualified(plain(fact.base_value), fact.base_qualifier or "exact", view.lang)
    # Units are as the form prints them; the column beside says this year's, which holds for both where they are the same.
    is_other = view.lang == "zh" and fact.base_unit not in (None, fact.unit)
    return Cell(fact.base_value, with_unit(number, fact.base_unit or "", view.lang) if is_other else number)


def state_words(view: View, fact: UnitFact) -> str:
    """Filled, zero, a range that counts nowhere, or why there is no value."""
    if fact.qualifier == "range" and fact.value is None:
        return view.t("district.state.range")
    if fact.value is None and not fact.text:
        return state_mark(fact.state, view.lang)
    is_zero = fact.kind == "count" and fact.value == 0
    return view.t("district.state.zero" if is_zero else "district.state.reported")


def fact_qualifier(view: View, fact: UnitFact) -> Cell:
    """What a number's mark says, in words; a range with its bounds."""
    if fact.kind != "count":
        return Cell("", "")
    cell = qualifier_cell(view, fact.value, fact.qualifier)
    if fact.qualifier == "range" and fact.low is not None and fact.high is not None:
        words = f"{view.t('district.state.range')} {plain(fact.low)}–{plain(fact.high)}"
        return Cell(words, words)
    return cell


def facts_columns(view: View) -> tuple[Column, ...]:
    """The heads; units are as the form prints them, in Chinese, and so for export only on an English page."""
    columns = [
        Column(view.t("district.activity")),
        Column(view.t("district.indicator")),
        Column(view.t("district.value", year=view.filters.year), is_number=True),
        Column(view.t("table.qualifier"), is_export_only=True),
        Column(view.t("district.unit"), is_short=True, is_export_only=view.lang != "zh"),
        Column(view.t("district.state"), is_short=True),
    ]
    if view.filters.base_year is not None:
        columns += [
            Column(view.t("table.base", year=view.filters.base_year), is_number=True),
            Column(view.t("table.qualifier.base", year=view.filters.base_year), is_export_only=True),
        ]
    return tuple(columns)


def facts_table(view: View, facts: tuple[UnitFact, ...]) -> Table:
    """One row per blank, in the form's order; the activity's name once."""
    rows, last = [], ""
    for fact in facts:
        activity = view.pick(fact.activity_zh, fact.activity_en)
        label, state = view.pick(fact.label_zh, fact.label_en), state_words(view, fact)
        cells = [
            Cell(activity, activity if activity != last else ""), Cell(label, label), fact_cell(view, fact),
            fact_qualifier(view, fact), Cell(fact.unit, fact.unit, is_muted=True), Cell(state, state, is_muted=True),
        ]  # fmt: skip
        if view.filters.base_year is not None:
            base = base_cell(view, fact)
            has_base = isinstance(base.value, float)
            cells += [base, qualifier_cell(view, fact.base_value if has_base else None, fact.base_qualifier)]
        rows.append(tuple(cells))
        last = activity
    return Table(view.t("district.table"), facts_columns(view), tuple(rows))


def provenance_table(view: View, facts: tuple[UnitFact, ...]) -> Table:
    """Where each figure comes from: file, place, and the words as typed."""
    keys = ("district.indicator", "district.value.short", "district.raw", "district.place", "district.file")
    rows = []
    for fact in facts:
        texts = (
            view.pick(fact.label_zh, fact.label_en), fact_text(view, fact), fact.raw or "", place_words(fact.place, view.lang),
            fact.source_name,
        )  # fmt: skip
        rows.append(tuple(Cell(text, text) for text in texts))
    return Table(view.t("district.provenance"), tuple(Column(view.t(key)) for key in keys), tuple(rows))
