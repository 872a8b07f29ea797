"""The screens of a presentation, in their running order: what the app, the snapshot and the slides all show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.components.changes import measure_changes
from dashboard.components.mapview import unit_values
from dashboard.components.of_activity import label_of, own_view
from dashboard.components.page import View, for_totals
from dashboard.reports.data import LEADING
from dashboard.reports.screen import Basis, Screen, basis_of
from dashboard.reports.screens import make_screen
from dashboard.reports.stamp import Stamp, duty_stamp, make_stamp, spoken
from dashboard.reports.stamp import with_groups as name_groups
from dashboard.running_order import with_groups
from dashboard.sentences import compact_or_mark, unit_delta_text


@dataclass(frozen=True)
class UnitPanel:
    """What a click on a unit shows: name, whether it reported, its figures as label, value, change; what it owes."""

    name: str
    state: str
    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Deck:
    """A presentation in one language."""

    view: View
    title: str
    reported: str
    stamp: Stamp
    screens: tuple[Screen, ...]
    units: Mapping[str, UnitPanel]


def make_deck(view: View, usual: tuple[str, ...]) -> Deck:
    """The screens of the view's order, else of the usual one; those that have nothing to show are left out."""
    basis = basis_of(view)
    made: dict[str, Screen] = {}
    for key in view.filters.order or (with_groups(usual) if view.filters.against else usual):
        screen = make_screen(basis, key)
        # The chosen measure's map may be one of the fixed ones.
        if screen is not None:
            made.setdefault(screen.chart.key if screen.chart else key, screen)
    title = view.t("present.title", area=view.area, year=view.filters.year)
    stamp = (
        duty_stamp(basis.duties)
        if view.campaign.form_id is None
        else name_groups(make_stamp(view, basis.n_reported, len(basis.reports)), view)
    )
    return Deck(view, title, basis.reported, spoken(stamp, view), tuple(made.values()), unit_panels(basis))


def unit_panels(basis: Basis) -> dict[str, UnitPanel]:
    """A panel for every unit chosen."""
    view = basis.view
    owed = {unit.unit_id: basis.duties.owed_words(unit) for unit in basis.duties.owing}
    label = view.t("reporting.missing.label")
    figures: dict[str, list[tuple[str, str, str]]] = {}
    if basis.has_table:
        for measure_id in dict.fromkeys((view.filters.measure, *LEADING)):
            for unit_id, row in measure_rows(view, measure_id).items():
                figures.setdefault(unit_id, []).append(row)
    if view.campaign.form_id is None:
        names = {unit.unit_id: view.pick(unit.first.name_zh, unit.first.name_en) for unit in basis.duties.units}
        states = dict.fromkeys(names, "")
    else:
        names = {report.unit_id: view.pick(report.name_zh, report.name_en) for report in basis.reports}
        keys = {True: "report.state.reported", False: "state.mark.not_reported"}
        states = {report.unit_id: view.t(keys[report.state == "reported"]) for report in basis.reports}
    return {
        unit_id: UnitPanel(
            name, states[unit_id], (*figures.get(unit_id, ()), (label, owed.get(unit_id) or view.t("present.nothing"), ""))
        )
        for unit_id, name in names.items()
    }  # fmt: skip


def measure_rows(view: View, measure_id: str) -> dict[str, tuple[str, str, str]]:
    """Unit -> label, value and change of a measure, as the District page says them."""
    own = own_view(view, measure_id)
    if own.measure.measure_id != measure_id:
        return {}
    label = own.t("overview.figure", label=label_of(view, own.measure), unit=own.measure_unit)
    changes = {change.unit_id: change for change in measure_changes(for_totals(own)).rows}
    base = view.filters.base_year
    return {
        row.unit_id: (
            label, compact_or_mark(row, own.measure, own.lang),
            unit_delta_text(changes.get(row.unit_id), own.measure, base, own.lang),
        )
        for row in unit_values(own)
    }  # fmt: skip
