"""What a campaign's units must send in and do, as known at the view's moment: page, slides and report start from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dashboard import queries
from dashboard.components.page import View
from dashboard.components.reminder import missing_words
from dashboard.components.reporting_view import ReportingView, reporting_view
from dashboard.filters import value_params
from dashboard.queries.reporting import query_dues, query_rates, query_states
from dashboard.records import Measure, UnitValue
from dashboard.records.reporting import NO_RATE, DueDate, DutyRate, DutyState
from dashboard.reporting import UnitDuties, by_unit, duties_of, tally_of
from dashboard.texts import text


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


def on_time_view(view: ReportingView) -> ReportingView:
    """The view with the share of duties met in time in the place of a measure."""
    words = [text(lang, f"reporting.on_time.{name}") for name in ("label", "definition") for lang in ("zh", "en")]
    shown = Measure(
        "duties_on_time", "coverage", "%", "%", words[0], words[1], "participation", False, False, *words[2:]
    )
    return replace(view, measure=shown)


def on_time_values(duties: Duties) -> tuple[UnitValue, ...]:
    """Per unit the percentage of what is due that came in time; no value while nothing is due.

    What can't be judged (no register, soft evidence without a date) counts neither way.
    """
    asked = {unit.unit_id: tally_of(unit.rows, duties.view.moment) for unit in duties.units}
    return tuple(
        replace(
            place, state="reported" if tally.n_due else "no_value", qualifier="exact",
            value=100 * tally.n_met / tally.n_due if tally.n_due else None,
            n_reported=tally.n_met, n_expected=tally.n_due,
        )
        for place in queries.query_unit_values(duties.view.source, value_params(duties.view.filters))
        if (tally := asked.get(place.unit_id)) is not None
    )  # fmt: skip
