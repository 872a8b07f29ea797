"""Change by district on a map: a diverging palette with symmetric classes; grey where nothing may be compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dashboard import queries
from dashboard.charts.breaks import Classes, change_classes
from dashboard.charts.frame import Swatch
from dashboard.charts.map_marks import MapUnit
from dashboard.components.count_unit import both_amounts, change_amount, change_percent
from dashboard.components.doubt import doubt_words, doubts_by_unit, weighing
from dashboard.components.mapview import mark_legend, show_map
from dashboard.components.markup import esc
from dashboard.components.page import View
from dashboard.filters import value_params
from dashboard.format import NOTHING, plain, signed_points
from dashboard.records import Change, UnitValue
from dashboard.records.quality import DoubtfulValue
from dashboard.sentences import join_names, short
from dashboard.tables import Table
from dashboard.totals import ChangeSet

MARK_WORDS = {"hatch": "missing", "cross": "base", "level": "none"}


@dataclass(frozen=True)
class BothYears:
    """Every unit of either year with its value and state, to say why one can't be compared."""

    now: dict[str, UnitValue]
    base: dict[str, UnitValue]
    bridges: dict[str, tuple[str, ...]]  # later unit -> the base units that stand for it
    doubts: dict[str, tuple[DoubtfulValue, ...]]  # later unit -> values in its change that look like a slip

    def doubted(self, view: View, row: Change) -> str:
        """What in a unit's change is not to be quoted, in words; empty where nothing weighs."""
        return doubt_words(view, weighing(view, self.doubts.get(str(row.unit_id), ()), row))


def both_years(view: View) -> BothYears:
    """The measure by unit in both years, whatever kind of unit is chosen."""
    filters = replace(view.filters, unit_kind="", units=())
    base_year = view.filters.base_year or 0
    now = queries.query_unit_values(view.source, value_params(filters))
    base = queries.query_unit_values(view.source, value_params(filters, year=base_year))
    bridges = queries.query_bridges(view.source, filters.jurisdiction, filters.year, base_year)
    parts = {row.unit_id: tuple(row.base_unit_ids) for row in bridges}
    return BothYears(
        {row.unit_id: row for row in now}, {row.unit_id: row for row in base}, parts,
        doubts_by_unit(view, view.measure, parts),
    )  # fmt: skip


def is_points(view: View) -> bool:
    """Whether changes are percentage points."""
    return view.measure.kind == "coverage"


def in_map(view: View, row: Change) -> float | None:
    """What the map's colour shows: percentage points for coverage, else percent; None where the base allows none."""
    if not row.is_comparable:
        return None
    return row.change if is_points(view) else row.pct


def base_words(view: View, row: Change) -> str:
    """Why a change has no percentage; from nothing to something is new."""
    if row.base_value:
        return view.t("yoy.base.tiny")
    return view.t("yoy.base.new" if row.value else "yoy.base.zero")


def shown(view: View, row: Change, *, why: bool = True) -> str:
    """A change in words: percent or points, else the difference (and why on request), else why there is none."""
    if not row.is_comparable:
        return view.t(f"yoy.grade.{row.grade}")
    if is_points(view):
        return signed_points(row.change, view.lang)
    if row.pct is not None:
        return change_percent(view, row)
    amount = change_amount(view, row)
    return view.t("yoy.amount.why", amount=amount, why=base_words(view, row)) if why else amount


def reason(view: View, row: Change, years: BothYears) -> str:
    """Why a unit can't be compared: the release's note where it speaks of the unit, else which year is silent or blank."""
    note = view.pick(row.note_zh, row.note_en)
    unit, now, base = str(row.unit_id), view.filters.year, view.filters.base_year
    if row.grade != "missing":
        return note
    here = years.now.get(unit)
    if unit in years.bridges:
        return view.t("reason.glue").join((note, part_missing(view, here, years, years.bridges[unit])))
    if unit not in years.base:
        return note or view.t("yoy.missing.absent", year=base)
    pairs = ((base, years.base[unit]), (now, here))
    glue = view.t("names.glue")
    silent = [str(year) for year, found in pairs if found is not None and found.state == "not_reported"]
    if silent:
        return view.t("yoy.missing.silent", years=glue.join(silent))
    blank = [str(year) for year, found in pairs if found is not None and found.value is None]
    if blank:
        return view.t("yoy.missing.blank", years=glue.join(blank))
    return view.t("yoy.missing.pairs")


def part_missing(view: View, here: UnitValue | None, years: BothYears, base_unit_ids: tuple[str, ...]) -> str:
    """Which of the units before a boundary change, or the unit after it, is silent or blank."""
    parts = [(view.filters.base_year, years.base[part]) for part in base_unit_ids if part in years.base]
    parts += [(view.filters.year, here)] if here is not None else []
    for key, is_found in (
        ("silent", lambda row: row.state == "not_reported"), ("blank", lambda row: row.value is None)
    ):  # fmt: skip
        if found := [(year, row) for year, row in parts if is_found(row)]:
            first = found[0][0]
            names = join_names([short(row, view.lang) for year, row in found if year == first], view.lang)
            return f"{names} {view.t(f'yoy.missing.{key}', years=first)}"
    return view.t("yoy.missing.pairs")


def tip(view: View, row: Change, years: BothYears) -> str:
    """A unit's two values, its change and grade; or why there is no comparison."""
    lines = [f"<b>{esc(view.pick(row.name_zh, row.name_en))}</b>"]
    if row.is_comparable:
        lines.append(esc(both_amounts(view, row)))
        lines.append(esc(years.doubted(view, row) or shown(view, row)))
        lines.append(esc(view.t(f"yoy.grade.{row.grade}")))
    else:
        lines += [esc(view.t(f"yoy.grade.{row.grade}")), esc(reason(view, row, years))]
    return "<br>".join(line for line in lines if line)


def change_map(view: View, changes: ChangeSet, years: BothYears, alt: str, table: Table) -> None:
    """The map with its legend and the table behind it."""
    units, classes, marks = map_parts(view, changes, years)
    name = view.t("report.change_map", base=view.filters.base_year)
    show_map(view, units, classes, marks, alt, table=table, name=name)


def map_parts(view: View, changes: ChangeSet, years: BothYears) -> tuple[list[MapUnit], Classes, tuple[Swatch, ...]]:
    """Units, classes and legend of the map."""
    units = [to_map_unit(view, row, years) for row in changes.rows]
    values = [unit.value for unit in units if unit.value is not None]
    classes = change_classes(values, is_percent=not is_points(view))
    return units, classes, legend(view, classes, changes, years)


def to_map_unit(view: View, row: Change, years: BothYears) -> MapUnit:
    """A change as the map draws it."""
    value, place = in_map(view, row), years.now.get(str(row.unit_id))
    if years.doubted(view, row):
        value, label = None, view.t("doubt.mark")
    elif value is None:
        label = view.t("yoy.base.new") if row.is_comparable and row.value and not row.base_value else NOTHING
    else:
        label = signed_points(value, view.lang).split(" ")[0] if is_points(view) else change_percent(view, row)
    return MapUnit(
        str(row.unit_id), view.pick(row.name_zh, row.name_en), short(row, view.lang), value, label,
        tip(view, row, years), row.kind == "zone", place.lon if place else None, place.lat if place else None,
        mark_of(row, is_doubted=bool(years.doubted(view, row))),
    )  # fmt: skip


def mark_of(row: Change, *, is_doubted: bool) -> str:
    """How a unit without a colour is drawn: a year is missing, no percentage can be given, or not comparable."""
    return "cross" if is_doubted else {"missing": "hatch", "refuse": "level"}.get(row.grade, "cross")


def grey_words(view: View, changes: ChangeSet, years: BothYears) -> Iterator[tuple[str, str]]:
    """The mark of each unit without a colour, and why it has none."""
    for row in changes.rows:
        if years.doubted(view, row):
            yield mark_of(row, is_doubted=True), view.t("doubt.mark")
        elif in_map(view, row) is None:
            mark = mark_of(row, is_doubted=False)
            yield mark, view.t(f"yoy.legend.{MARK_WORDS[mark]}")


def legend(view: View, classes: Classes, changes: ChangeSet, years: BothYears) -> tuple[Swatch, ...]:
    """Unit, five classes, and why some districts are grey."""
    low, inner_low, inner, high = (("+" if b > 0 else "") + plain(b) for b in classes.breaks)
    spans = ((low, inner_low), (inner_low, inner), (inner, high))
    labels = (f"≤{low}", *(view.t("yoy.range", low=f">{a}", high=b) for a, b in spans), f">{high}")
    parts = [Swatch(view.t("yoy.points") if is_points(view) else "%", kind="words")]
    parts += [Swatch(label, colour) for colour, label in zip(classes.colours, labels, strict=True)]
    parts += mark_legend(grey_words(view, changes, years))
    if any(row.kind == "zone" for row in changes.rows):
        parts.append(Swatch(view.t("legend.zone"), kind="circle"))
    return tuple(parts)
