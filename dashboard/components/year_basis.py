"""What a reader must know of a comparison: units, grade, refusals, units of count, period, hotline, districts; and ratios."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from dashboard import queries
from dashboard.components.bounds import bounds_words
from dashboard.components.doubt import doubt_words, doubted_ratios
from dashboard.components.page import View
from dashboard.components.parts import bullet_list, note, section, show_table
from dashboard.filters import change_params
from dashboard.format import NOTHING, compact, percent, plain
from dashboard.queries.comparison import query_ratios, query_unit_changes, query_year_bases
from dashboard.records.comparison import YearBasis, YearRatio
from dashboard.tables import Cell, Column, Table
from dashboard.totals import ChangeSet

RATIOS = ("attendance_per_event", "cases_per_month", "share_filled", "share_zero", "days_late")


def basis_list(view: View, changes: ChangeSet) -> None:
    """The lines of what a comparison rests on, under their title."""
    if lines := basis_lines(view, changes):
        bounds = bounds_words(view, view.measure).strip()
        section(view.t("basis.title"))
        bullet_list((*lines, bounds) if bounds else lines)


def basis_lines(view: View, changes: ChangeSet) -> tuple[str, ...]:
    """One line for every way in which the two years differ; a line also where nothing does. None without two years."""
    filters = view.filters
    years = {row.year: row for row in query_year_bases(view.source, filters.jurisdiction, filters.scope)}
    base, now = years.get(filters.base_year or 0), years.get(filters.year)
    if base is None or now is None:
        return ()
    lines = [
        units_line(view, changes, base, now), pairs_line(view, changes, base, now), count_line(view),
        period_line(view, base, now), hotline_line(view, base, now), *district_lines(view), assumed_line(view, base, now),
    ]  # fmt: skip
    return tuple(line for line in lines if line)


def shared_lines(view: View) -> tuple[str, ...]:
    """What of `basis_lines` is the same whatever is compared: who reported, the forms, period, hotline, districts."""
    filters = view.filters
    years = {row.year: row for row in query_year_bases(view.source, filters.jurisdiction, filters.scope)}
    base, now = years.get(filters.base_year or 0), years.get(filters.year)
    if base is None or now is None:
        return ()
    reported = view.t(
        "basis.reported", base=base.year, n=base.n_reported, m=base.n_expected, year=now.year, k=now.n_reported,
        j=now.n_expected,
    )  # fmt: skip
    forms = view.t("basis.form.same" if base.form_id == now.form_id else "basis.form.other")
    lines = (
        reported, forms, period_line(view, base, now), hotline_line(view, base, now), *district_lines(view),
        assumed_line(view, base, now),
    )  # fmt: skip
    return tuple(line for line in lines if line)


def own_lines(view: View) -> tuple[str, ...]:
    """What of `basis_lines` is the view's measure's own, and not said with its change: refusals, breaks, changed units of count."""
    base, now = view.base_campaign, view.campaign
    if base is None or base.form_id is None or now.form_id is None:
        return ()
    lines = [count_line(view)] if query_unit_changes(view.source, change_params(view.filters)) else []
    if base.form_id != now.form_id:
        filters = view.filters
        own = queries.query_pairs(view.source, base.form_id, now.form_id, view.measure.measure_id, filters.activity)
        reasons = dict.fromkeys(view.pick(p.reason_zh, p.reason_en) for p in own if p.grade == "refuse")
        n_refused, n_broken = sum(p.grade == "refuse" for p in own), sum(p.is_break for p in own)
        if n_refused:
            told = view.t("reason.glue").join(reasons)
            lines.append(view.t("basis.own.refused", n=n_refused, reasons=told))
        if n_broken:
            lines.append(view.t("basis.own.breaks", n=n_broken))
    return tuple(lines)


def units_line(view: View, changes: ChangeSet, base: YearBasis, now: YearBasis) -> str:
    """How many of the units chosen reported in either year, and how many are compared."""
    return view.t(
        "basis.units", base=base.year, n=base.n_reported, m=base.n_expected, year=now.year, k=now.n_reported,
        j=now.n_expected, both=len(changes.comparable), rows=len(changes.rows),
    )  # fmt: skip


def pairs_line(view: View, changes: ChangeSet, base: YearBasis, now: YearBasis) -> str:
    """The grade; with two forms also how many of the measure's pairs are refused, how many are breaks, and why."""
    grade = view.t(f"yoy.grade.{changes.total.grade}") if changes.total else view.t("yoy.grade.missing")
    if base.form_id == now.form_id:
        return view.t("basis.same_form", grade=grade)
    if not any(p.pair_no > 0 for p in queries.query_pairs(view.source, base.form_id, now.form_id)):
        return view.t("basis.unstated")
    own = queries.query_pairs(view.source, base.form_id, now.form_id, view.measure.measure_id, view.filters.activity)
    refused = [pair for pair in own if pair.grade == "refuse"]
    count = queries.query_pair_count(view.source, change_params(view.filters))
    words = view.t("basis.forms", grade=grade)
    if count.n_asked:
        words += view.t("basis.forms.part", n=count.n_used, m=count.n_asked)
    if refused:
        reasons = dict.fromkeys(view.pick(pair.reason_zh, pair.reason_en) for pair in refused)
        words += view.t("basis.refused", n=len(refused), reasons=view.t("reason.glue").join(reasons))
    broken = sum(pair.is_break for pair in own)
    return words + view.t("headline.stop") + (view.t("basis.breaks", n=broken) if broken else "")


def count_line(view: View) -> str:
    """Units of count that changed among the indicators compared."""
    changed = query_unit_changes(view.source, change_params(view.filters))
    pairs = view.t("names.glue").join(
        f"{view.pick(row.base_unit_zh, row.base_unit_en)} \u2192 {view.pick(row.unit_zh, row.unit_en)}"
        for row in changed
    )
    return view.t("basis.count", pairs=pairs) if pairs else view.t("basis.count.same")


def period_line(view: View, base: YearBasis, now: YearBasis) -> str:
    """Days of the campaign and day the table is due; a tour that runs on is not in it."""
    spans = [
        view.t("basis.span", year=row.year, start=day_of_year(view, row.starts_on), end=day_of_year(view, row.ends_on),
               due=day_of_year(view, row.table_due_on) if row.table_due_on else NOTHING)
        for row in (base, now)
    ]  # fmt: skip
    return view.t("reason.glue").join(spans) + (tour_words(view, base, now) or view.t("headline.stop"))


def day_of_year(view: View, day: date) -> str:
    """6月1日 / 1 Jun: the year stands before it."""
    return view.t("basis.day", m=view.t("month.names").split()[day.month - 1], d=day.day)


def tour_words(view: View, base: YearBasis, now: YearBasis) -> str:
    """That the tour, by the name it has in this place, runs on after the table is due; empty where it doesn't."""
    for year in (now, base):
        if year.tour_ends_on and year.table_due_on and year.tour_ends_on > year.table_due_on:
            name = (year.tour_zh if view.lang == "zh" else "") or view.t("basis.tour.name")
            return view.t("basis.tour", tour=name, end=day_of_year(view, year.tour_ends_on))
    return ""


def hotline_line(view: View, base: YearBasis, now: YearBasis) -> str:
    """The hotline that the forms name: changed or not, or, where a form was not seen, what was taken for it."""
    if not base.hotlines and not now.hotlines:
        return ""
    same = base.hotlines == now.hotlines
    key = ("basis.hotline.same" if same else "basis.hotline") + (".assumed" if unseen_years(view, base, now) else "")
    return view.t(
        key, line=now.hotlines, base=base.hotlines or NOTHING, now=now.hotlines or NOTHING,
        years=unseen_years(view, base, now),
    )  # fmt: skip


def unseen_years(view: View, *years: YearBasis) -> str:
    """Those of the years whose form was not seen, in words."""
    return view.t("names.glue").join(str(year.year) for year in years if year.is_assumed)


def assumed_line(view: View, base: YearBasis, now: YearBasis) -> str:
    """That what is said of a year's form is said of the one taken for it; empty where both were seen."""
    years = unseen_years(view, base, now)
    return view.t("basis.assumed", years=years) if years else ""


def district_lines(view: View) -> list[str]:
    """Boundary changes between the years, each with its reason; or that there are none."""
    filters = view.filters
    rows = queries.query_bridges(view.source, filters.jurisdiction, filters.year, filters.base_year or 0)
    lines = [view.pick(row.reason_zh, row.reason_en) + view.t("headline.stop") for row in rows]
    return lines or [view.t("basis.districts.same")]


def ratio_section(view: View) -> None:
    """Ratios that mean the same under every form, one row a year; one that rests on a doubtful value is left out."""
    rows = query_ratios(view.source, view.filters.jurisdiction, view.filters.scope)
    if not rows:
        return
    section(view.t("ratios.title"))
    doubts = doubted_ratios(view)
    show_table(view, ratio_table(view, rows, doubts.keys()), "ratios")
    for (year, ratio), values in doubts.items():
        note(view.t("ratios.doubt", year=year, ratio=view.t(f"ratios.{ratio}"), clause=doubt_words(view, values)))
    note(view.t("ratios.note"))


def ratio_table(view: View, rows: tuple[YearRatio, ...], doubted: Collection[tuple[int, str]]) -> Table:
    """Years down, ratios across; beside attendance the middle unit, which no single slip of the pen moves.

    `doubted`: (year, ratio) whose value must not be quoted.
    """
    found = {(row.year, row.ratio_id): row for row in rows}
    columns = [Column(view.t("filter.label.year"), is_short=True)]
    for ratio in RATIOS:
        columns.append(Column(view.t(f"ratios.{ratio}"), view.t(f"ratios.{ratio}.unit"), is_number=True))
        if ratio == "attendance_per_event":
            columns.append(Column(view.t("ratios.middle"), view.t(f"ratios.{ratio}.unit"), is_number=True))
    columns.append(Column(view.t("yoy.used.units"), is_number=True))
    in_doubt = Cell(None, view.t("doubt.mark"), is_muted=True)
    body = []
    for year in sorted({row.year for row in rows}):
        cells = [Cell(year, str(year))]
        for ratio in RATIOS:
            row = found.get((year, ratio))
            whole = ratio_cell(view, ratio, row.value if row else None)
            cells.append(in_doubt if (year, ratio) in doubted else whole)
            if ratio == "attendance_per_event":
                cells.append(ratio_cell(view, ratio, row.middle if row else None))
        filled = found.get((year, "share_filled"))
        body.append((*cells, Cell(filled.n_units, str(filled.n_units)) if filled else ratio_cell(view, "", None)))
    return Table(view.t("ratios.title"), tuple(columns), tuple(body))


def ratio_cell(view: View, ratio: str, value: float | None) -> Cell:
    """A ratio as it is shown; nothing is a dash."""
    if value is None:
        return Cell(None, NOTHING, is_muted=True)
    if ratio.startswith("share_"):
        return Cell(value, percent(value))
    return Cell(value, compact(value, view.lang) if value >= 1000 else plain(value))
