"""Checks of one form: every blank has its row, its kind, its concept and its printed unit."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from etl.catalog.entry import Entry
from etl.catalog.model import Activity, Catalog, Slot
from etl.catalog.parse import parse_form
from etl.catalog.problem import Problem


def form_problems(catalog: Catalog, raw: Entry, known: frozenset[str]) -> Iterator[Problem]:
    """The mistakes of one form's file: slots and rows, kinds and concepts, units (`known` to the reader) and what is printed."""
    form, file = parse_form(raw), raw.file
    if Path(file).stem != form.form_id:
        zh, en = f"文件名与 form_id {form.form_id} 不符", f"the file's name differs from form_id {form.form_id}"
        yield Problem(file, raw.line_of("form_id"), zh, en)
    seen: set[str] = set()
    for activity, entry in zip(form.activities, raw.entries("activities"), strict=True):
        slots = [p.indicator_id for p in activity.parts if isinstance(p, Slot)]
        lines = {i.text("indicator_id"): i.line for i in entry.entries("indicators")}
        rows = [i.indicator_id for i in activity.indicators]
        for slot in slots:
            if slot not in lines:
                line = _line_of_slot(entry, slot)
                yield Problem(file, line, f"填报空 {slot} 没有说明行", f"the slot {slot} has no row")
        for row in rows:
            if row not in slots:
                yield Problem(file, lines[row], f"{row} 在填报句中没有空", f"{row} has no slot in the sentences")
            if row in seen:
                yield Problem(file, lines[row], f"编号 {row} 重复", f"duplicate id {row}")
            seen.add(row)
        if sorted(slots) == sorted(rows) and slots != rows:
            yield Problem(
                file,
                entry.line_of("progress_zh"),
                "说明行的顺序与填报句不同",
                "the rows stand in another order than the slots",
            )
        yield from _check_indicators(catalog, activity, lines, file)
        yield from _check_units_printed(activity, lines, file, known)


def _line_of_slot(activity: Entry, slot: str) -> int:
    """The line of the paragraph that holds a slot."""
    lines = activity.texts("progress_zh")
    return activity.line_of("progress_zh", next(n for n, text in enumerate(lines, start=1) if f"{{{slot}:" in text))


def _check_indicators(catalog: Catalog, activity: Activity, lines: dict[str, int], file: str) -> Iterator[Problem]:
    for indicator in activity.indicators:
        line = lines[indicator.indicator_id]
        concept = catalog.concepts.get(indicator.concept_id)
        if concept is None:
            yield Problem(file, line, f"未知概念 {indicator.concept_id}", f"unknown concept {indicator.concept_id}")
        elif (concept.quantity in ("flag", "text")) != (indicator.kind in ("flag", "text")):
            yield Problem(
                file,
                line,
                f"{indicator.indicator_id} 的类型与概念 {concept.concept_id} 不符",
                f"{indicator.indicator_id}: kind differs from its concept {concept.concept_id}",
            )


def _check_units_printed(
    activity: Activity, lines: dict[str, int], file: str, known: frozenset[str]
) -> Iterator[Problem]:
    """A count's unit must be printed behind its blank: the reader knows the blank by it."""
    units = {i.indicator_id: i.unit for i in activity.indicators if i.kind == "count"}
    for part, behind in pairwise((*activity.parts, "")):
        if not isinstance(part, Slot) or part.indicator_id not in units or part.indicator_id not in lines:
            continue
        unit, printed = units[part.indicator_id], behind.lstrip(")）]】 ") if isinstance(behind, str) else ""
        if unit not in known:
            yield Problem(
                file,
                lines[part.indicator_id],
                f"{part.indicator_id} 的单位“{unit}”不在 lexicon.yaml 的 units 里，读表时认不出；百分数不是计数",
                f"{part.indicator_id}: the unit “{unit}” is not among the units of lexicon.yaml and would not be read; a percentage is no count",
            )
        if not printed.startswith(unit):
            yield Problem(
                file,
                lines[part.indicator_id],
                f"{part.indicator_id} 的单位“{unit}”没有印在空后（印的是“{printed[:6]}”）",
                f"{part.indicator_id}: the unit “{unit}” is not printed behind the blank (printed: “{printed[:6]}”)",
            )
