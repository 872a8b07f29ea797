"""What a screen of a presentation is, and what screens are made from."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.components.page import View
from dashboard.components.reported import chosen_reports
from dashboard.records import UnitReport
from dashboard.reports.chart import Chart
from dashboard.sentences import Headline
from dashboard.statements.duties import Duties, duties_in
from dashboard.tables import Table


@dataclass(frozen=True)
class Card:
    """One large figure: label with unit, value with mark, change with its basis, colour of its rule."""

    label: str
    value: str
    note: str
    colour: str


@dataclass(frozen=True)
class Rate:
    """One share of a whole: percent (None: can't be told), in words n of m, and what else is to be said."""

    label: str
    share: float | None
    shown: str
    note: str


@dataclass(frozen=True)
class Line:
    """One line of a list; of a unit where it is about one."""

    text: str
    name: str = ""
    unit_id: str = ""


@dataclass(frozen=True)
class Screen:
    """One statement and what shows it: a chart, or figures, or shares, or a table, or lines."""

    key: str
    title: str
    found: Headline
    chart: Chart | None = None
    cards: tuple[Card, ...] = ()
    rates: tuple[Rate, ...] = ()
    lines: tuple[Line, ...] = ()
    table: Table | None = None
    more_title: str = ""
    more: tuple[str, ...] = ()  # a second list, below the lines
    note: str = ""


@dataclass(frozen=True)
class Basis:
    """What the screens are made from: the view, who reported, the duties."""

    view: View
    reports: tuple[UnitReport, ...]
    duties: Duties

    @property
    def has_table(self) -> bool:
        """Whether there are figures: a form, and something sent in."""
        return self.view.campaign.form_id is not None and self.view.campaign.has_data

    @property
    def silent(self) -> tuple[UnitReport, ...]:
        """Units that sent no table."""
        return tuple(report for report in self.reports if report.state != "reported")

    @property
    def n_reported(self) -> int:
        """How many of the units chosen sent their table."""
        return len(self.reports) - len(self.silent)

    @property
    def reported(self) -> str:
        """n of m units reported; of a campaign without a table how many owe reports."""
        view = self.view
        if view.campaign.form_id is None:
            return view.t("head.no_table", m=len(self.duties.units) or view.campaign.n_units_expected)
        return view.t("head.reported", n=self.n_reported, m=len(self.reports))


def basis_of(view: View) -> Basis:
    """Who reported and who owes what, of the units chosen."""
    return Basis(view, chosen_reports(view), duties_in(view))
