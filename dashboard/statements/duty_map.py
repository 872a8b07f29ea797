"""How each unit stands with what was due, by district: late and missing have colours and words of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dashboard import queries
from dashboard.charts.breaks import Classes
from dashboard.charts.frame import Swatch
from dashboard.charts.map_marks import MapUnit
from dashboard.components.mapview import mark_legend
from dashboard.components.markup import esc
from dashboard.components.reporting_view import ReportingView
from dashboard.filters import value_params
from dashboard.format import NOTHING
from dashboard.records import Measure
from dashboard.reporting import UnitDuties, standing_of
from dashboard.statements.duties import Duties
from dashboard.statements.reporting import OWED_GROUPS, owed_span
from dashboard.tables import Cell, Column, Table
from dashboard.texts import text
from dashboard.theme import RAMPS

# In time, nothing missing but late or soft; then by how much is missing, in the hue of what is wrong.
COLOURS = (RAMPS["participation"][4], RAMPS["participation"][1], *(RAMPS["hazards"][n] for n in (0, 2, 4)))
CLASSES = Classes((0.5, 1.5, 2.5, 3.5), COLOURS)
COUNTED = ("met", "met_late", "soft", "missing")


def standing_view(view: ReportingView) -> ReportingView:
    """The view with how the units stand in the place of a measure, for the picture's title."""
    words = [text(lang, f"reporting.standing.{name}") for name in ("label", "definition") for lang in ("zh", "en")]
    shown = Measure("duties", "rate", "", "", words[0], words[1], "participation", False, False, *words[2:])
    return replace(view, measure=shown)


def class_of(unit: UnitDuties) -> int | None:
    """0 all in time, 1 nothing missing but late or soft, 2 to 4 by how much is missing; None with nothing to judge."""
    standing = standing_of(unit)
    if standing != "missing":
        return {"met": 0, "late": 1}.get(standing)
    return 2 + next(n for n, (_, high) in enumerate(OWED_GROUPS) if high is None or len(unit.missing) <= high)


def map_units(duties: Duties) -> Iterator[MapUnit]:
    """Each unit as the map draws it; what stands in its district is its worst state and how often."""
    view, asked = duties.view, {unit.unit_id: unit for unit in duties.due_units}
    known = {unit.unit_id for unit in duties.units}
    for place in queries.query_unit_values(view.source, value_params(view.filters)):
        if place.unit_id not in known:
            continue
        unit = asked.get(place.unit_id, UnitDuties(place.unit_id, ()))
        name, value = view.pick(place.name_zh, place.name_en), class_of(unit)
        yield MapUnit(
            place.unit_id, name, view.pick(place.short_zh, place.name_en), value, worst_words(view, unit),
            f"<b>{esc(name)}</b><br>{esc(due_words(view, unit))}", place.kind == "zone", place.lon, place.lat, "level",
        )  # fmt: skip


def worst_words(view: ReportingView, unit: UnitDuties) -> str:
    """按时, 迟 2, 缺 3; a dash with nothing to judge."""
    for state in ("missing", "met_late", "soft"):
        if n := unit.count(state):
            return view.t(f"reporting.count.{state}", n=n)
    return view.t("reporting.state.met") if unit.is_judged else NOTHING


def due_words(view: ReportingView, unit: UnitDuties) -> str:
    """How much was due, and how much of it is in which state."""
    parts = [view.t(f"reporting.count.{state}", n=n) for state in COUNTED if (n := unit.count(state))]
    if not parts:
        return view.t("reporting.standing.none")
    n_due = sum(unit.count(state) for state in COUNTED)
    return view.t("reporting.due_parts.done", m=n_due, parts=view.t("names.glue").join(parts))


def legend(view: ReportingView, units: Sequence[MapUnit], asked: Sequence[UnitDuties]) -> tuple[Swatch, ...]:
    """The classes that are on the map, in words, and the marks; `asked`: what was due, some of it perhaps of no register."""
    met = "reporting.standing.met" + (".judged" if any(unit.has_unkept for unit in asked) else "")
    owed = (view.t("reporting.standing.owes", span=owed_span(view, low, high)) for low, high in OWED_GROUPS)
    labels = (view.t(met), view.t("reporting.standing.late"), *owed)
    present = {unit.value for unit in units}
    parts = [Swatch(label, COLOURS[n]) for n, label in enumerate(labels) if n in present]
    parts += mark_legend((unit.mark, view.t("reporting.standing.none")) for unit in units if unit.value is None)
    return (*parts, *([Swatch(view.t("legend.zone"), kind="circle")] if any(unit.is_zone for unit in units) else []))


def standing_table(duties: Duties) -> Table:
    """One row per unit: how much was due and in which state it is."""
    view = duties.view
    columns = [Column(view.t("table.unit"), is_short=True), Column(view.t("reporting.column.due"), is_number=True)]
    columns += [Column(view.t(f"reporting.state.{state}"), is_number=True) for state in COUNTED]
    rows = []
    for unit in duties.due_units:
        counts = [unit.count(state) for state in COUNTED]
        name = view.pick(unit.first.name_zh, unit.first.name_en)
        rows.append((Cell(name, name), *(Cell(n, str(n), is_muted=not n) for n in (sum(counts), *counts))))
    return Table(view.t("chart.map"), tuple(columns), tuple(rows))
