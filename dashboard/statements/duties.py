"""What a campaign's units must send in and do, as known at the view's moment: page, slides and report start from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dashboard.components.page import View
from dashboard.components.reminder import missing_words
from dashboard.components.reporting_view import ReportingView, reporting_view
from dashboard.queries.reporting import query_dues, query_rates, query_states
from dashboard.records.reporting import NO_RATE, DueDate, DutyRate, DutyState
from dashboard.reporting import UnitDuties, by_unit, duties_of


@dataclass(frozen=True)
class Duties:
    """Due dates, states and rates of the units chosen."""

    view: ReportingView
    dues: tuple[DueDate, ...]
    rows: tuple[DutyState, ...]
    rates: Mapping[str, DutyRate]
    units: tuple[UnitDuties, ...]

    @property
    def owing(self) -> tuple[UnitDuties, ...]:
        """Units of which something due is missing."""
        return tuple(unit for unit in self.units if unit.missing)

    @property
    def due_units(self) -> tuple[UnitDuties, ...]:
        """The units with what is due by the moment; what came early for a later day is left out."""
        moment = self.view.moment
        return tuple(replace(u, rows=due) for u in self.units if (due := u.due_by(moment)))

    @property
    def groups(self) -> tuple[tuple[DueDate, ...], ...]:
        """The due dates of the units, duty by duty."""
        return tuple(group for group in duties_of(self.dues) if group[0].owed_by == "units")

    def rate(self, duty_id: str) -> DutyRate:
        """A duty's rate; over all reports under ''."""
        return self.rates.get(duty_id, NO_RATE)

    def owed_words(self, unit: UnitDuties) -> str:
        """What is missing of a unit, as the reminder says it."""
        return missing_words(self.view, unit.missing, {(due.duty_id, due.due_no): due for due in self.dues})


def duties_in(view: View) -> Duties:
    """The duties of the view's campaign for the units chosen; without due dates where the campaign has none."""
    own = reporting_view(view)
    asked = (view.source, view.campaign.campaign_id, own.moment, view.filters.scope)
    rows = query_states(*asked)
    return Duties(own, query_dues(*asked), rows, query_rates(*asked), by_unit(rows))
