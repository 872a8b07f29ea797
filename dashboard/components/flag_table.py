"""Yes/no blanks: how many units say yes. A share of those who answered is all that may be made of a tick."""

from __future__ import annotations

from dashboard import queries
from dashboard.components.page import View
from dashboard.components.parts import note, section, show_table
from dashboard.format import percent
from dashboard.records import FlagShare
from dashboard.tables import Cell, Column, Table

STATES = ("yes", "no", "not_applicable", "not_filled", "not_asked", "not_reported")
SELDOM = "not_asked"


def flag_section(view: View) -> None:
    """The yes/no blanks of the campaign's form; nothing where it has none."""
    rows = queries.query_flag_shares(view.source, view.campaign.campaign_id, view.filters.scope)
    if not rows:
        return
    section(view.t("coverage.flags"))
    show_table(view, flag_table(view, rows), "flags")
    note(view.t("coverage.flags.note"))


def flag_table(view: View, rows: tuple[FlagShare, ...]) -> Table:
    """One row per blank: units in each state, and the share of yes among those who ticked one of the two.

    Units whose table does not ask have a column only where there are any.
    """
    states = [state for state in STATES if state != SELDOM or any(row.n_not_asked for row in rows)]
    columns = [Column(view.t("coverage.flags.blank")), Column(view.t("coverage.flags.share"), "%", is_number=True)]
    columns += [Column(view.t(f"coverage.flags.{state}"), is_number=True) for state in states]
    body = []
    for row in rows:
        name = view.pick(row.label_zh, row.label_en)
        counts = (getattr(row, f"n_{state}") for state in states)
        cells = (Cell(n, str(n), is_muted=not n) for n in counts)
        body.append((Cell(name, name), Cell(row.share_yes, percent(row.share_yes)), *cells))
    return Table(view.t("coverage.flags"), tuple(columns), tuple(body))
