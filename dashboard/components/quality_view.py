"""The view of the Data quality page, and its strip of scores: units down, dimensions across."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.components.markup import esc, show, wrap
from dashboard.components.matrix import Mark, district_href, marks_legend
from dashboard.components.page import View
from dashboard.filter_words import describe_place
from dashboard.format import percent
from dashboard.quality import DIMENSIONS, FAIR, GOOD, UnitQuality, grade
from dashboard.records import Measure
from dashboard.records.quality import QualityScore
from dashboard.tables import Cell, Column, Table
from dashboard.texts import text

GRADES = {"good": "m-held", "fair": "m-soft", "poor": "m-zero", "none": "m-na", "missing": "m-missing"}
LEVELS = ("error", "warning", "note")


@dataclass(frozen=True)
class QualityView(View):
    """A view whose words name area, year and kind of unit only."""

    @property
    def words(self) -> str:
        """Area, year, kind of unit."""
        return describe_place(self.filters, self.choices)

    def name(self, row: QualityScore) -> str:
        """A unit's short name."""
        return self.pick(row.short_zh, row.name_en)


def quality_view(view: View) -> QualityView:
    """The view with data quality in the place of a measure."""
    words = {
        f"{name}_{lang}": text(lang, f"quality.measure.{name}")
        for name in ("label", "definition")
        for lang in ("zh", "en")
    }
    measure = Measure(
        "data_quality", "rate", "%", "%", words["label_zh"], words["label_en"], "participation", False, False,
        words["definition_zh"], words["definition_en"],
    )  # fmt: skip
    return QualityView(view.page, view.source, view.choices, view.filters, view.campaign, measure)


def score_words(view: QualityView, row: QualityScore) -> str:
    """A score in words: what it is, n of m; or why there is none."""
    what = view.t(f"quality.{row.dimension}")
    if not row.has_reported and row.dimension != "timeliness":
        return view.t("quality.tip.missing", what=what)
    if row.share is None:
        return view.t("quality.tip.none", what=what, why=view.t(f"quality.none.{row.dimension}"))
    return view.t("quality.tip", what=what, share=percent(row.share), n=row.n_good, m=row.n_all)


def show_strip(view: QualityView, units: Sequence[UnitQuality]) -> None:
    """Legend and strip."""
    marks = {
        g: Mark(css, "", view.t(f"quality.grade.{g}", good=f"{GOOD:g}", fair=f"{FAIR:g}")) for g, css in GRADES.items()
    }
    show(marks_legend(marks, [grade(row) for unit in units for row in unit.scores.values()]))
    heads = "".join(
        f'<th title="{esc(view.t(f"quality.{d}.help"))}">{esc(view.t(f"quality.{d}"))}</th>' for d in DIMENSIONS
    )
    heads += "".join(wrap("th", esc(view.t(f"quality.open.{level}"))) for level in LEVELS)
    body = "".join(_unit_html(view, unit) for unit in units)
    table = wrap("table", wrap("thead", wrap("tr", "<th></th>" + heads)) + wrap("tbody", body))
    label = view.t("quality.scores")
    show(f'<div class="atlas-matrix" tabindex="0" role="region" aria-label="{esc(label)}">{table}</div>')


def _unit_html(view: QualityView, unit: UnitQuality) -> str:
    link = f'<a href="{esc(district_href(view, unit.first.unit_id))}" target="_self">{esc(view.name(unit.first))}</a>'
    cells = ""
    for dimension in DIMENSIONS:
        row = unit.scores[dimension]
        shown = (
            "" if grade(row) == "missing" else percent(row.share) if row.share is not None else view.t("quality.dash")
        )
        cells += f'<td class="m {GRADES[grade(row)]}" title="{esc(score_words(view, row))}">{esc(shown)}</td>'
    for level in LEVELS:
        n = unit.n_open[level]
        cells += f'<td class="m {"m-due" if not n else "m-blank"}">{n or esc(view.t("quality.no_finding"))}</td>'
    return wrap("tr", wrap("th", link) + cells)


def score_table(view: QualityView, units: Sequence[UnitQuality]) -> Table:
    """The strip as a table, for download."""
    columns = [Column(view.t("table.unit"))]
    for dimension in DIMENSIONS:
        columns += [Column(view.t(f"quality.{dimension}"), "%", is_number=True)]
        columns += [Column(view.t("quality.n_of_m", what=view.t(f"quality.{dimension}")))]
    columns += [Column(view.t(f"quality.open.{level}"), is_number=True) for level in LEVELS]
    rows = []
    for unit in units:
        cells = [Cell(view.name(unit.first), view.name(unit.first))]
        for dimension in DIMENSIONS:
            row = unit.scores[dimension]
            shown = percent(row.share) if row.share is not None else view.t("quality.dash")
            ratio = f"{row.n_good}/{row.n_all}"
            cells += [Cell(row.share, shown), Cell(ratio, ratio)]
        cells += [Cell(unit.n_open[level], str(unit.n_open[level])) for level in LEVELS]
        rows.append(tuple(cells))
    return Table(view.t("quality.scores"), tuple(columns), tuple(rows))
