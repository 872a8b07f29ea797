"""The view of the Data quality page, and its strip of scores: units down, dimensions across."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard import queries
from dashboard.components.markup import esc, show, wrap
from dashboard.components.matrix import Mark, district_href, even_columns, marks_legend
from dashboard.components.page import View
from dashboard.filter_words import describe_place
from dashboard.format import percent
from dashboard.quality import DIMENSIONS, FAIR, GOOD, Score, UnitQuality, grade, score_of
from dashboard.records import Measure
from dashboard.records.quality import QualityScore
from dashboard.tables import Cell, Column, Table
from dashboard.texts import text

GRADES = {
    "good": "m-held", "fair": "m-soft", "poor": "m-zero", "few": "m-blank", "whole": "m-zero", "none": "m-na",
    "missing": "m-missing",
}  # fmt: skip
LEVELS = ("error", "warning", "note")


@dataclass(frozen=True)
class QualityView(View):
    """A view whose words name area, year and kind of unit only, with the base below which a score is no percentage."""

    tiny_base: float = 0.0

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
    tiny_base = queries.query_tiny_base(view.source)
    return QualityView(view.page, view.source, view.choices, view.filters, view.campaign, measure, tiny_base=tiny_base)


def score_words(view: QualityView, row: QualityScore) -> str:
    """A score in words: what it is, n of m; or why there is none."""
    what = view.t(f"quality.{row.dimension}")
    if not row.has_reported and row.dimension != "timeliness":
        return view.t("quality.tip.missing", what=what)
    if not row.n_all:
        return view.t("quality.tip.none", what=what, why=view.t(f"quality.none.{row.dimension}"))
    if row.is_whole_doubted:
        return view.t("quality.tip.whole", what=what, m=row.n_all)
    score = score_of(row.n_good, row.n_all, view.tiny_base)
    if score.share is None:
        return view.t("quality.tip.few", what=what, n=row.n_good, m=row.n_all, least=f"{view.tiny_base:g}")
    return view.t("quality.tip", what=what, share=percent(score.share), n=row.n_good, m=row.n_all)


def ratio_words(view: QualityView, n_good: int, n_all: int) -> str:
    """2 of 3; in words, because Excel takes 2/3 for a day."""
    return view.t("quality.ratio", n=n_good, m=n_all)


def score_text(view: QualityView, score: Score) -> str:
    """92.4%; of few 2 of 3; a dash where nothing was judged."""
    if score.share is not None:
        return percent(score.share)
    return ratio_words(view, score.n_good, score.n_all) if score.n_all else view.t("quality.dash")


def score_shown(view: QualityView, row: QualityScore) -> str:
    """A score as the strip and the table print it; empty without a report."""
    found = grade(row, view.tiny_base)
    if found in ("missing", "whole"):
        return "" if found == "missing" else view.t("quality.whole")
    return score_text(view, score_of(row.n_good, row.n_all, view.tiny_base))


def show_strip(view: QualityView, units: Sequence[UnitQuality]) -> None:
    """Legend and strip."""
    marks = {
        g: Mark(css, "", view.t(f"quality.grade.{g}", good=f"{GOOD:g}", fair=f"{FAIR:g}", least=f"{view.tiny_base:g}"))
        for g, css in GRADES.items()
    }
    show(marks_legend(marks, [grade(row, view.tiny_base) for unit in units for row in unit.scores.values()]))
    heads = "".join(
        f'<th title="{esc(view.t(f"quality.{d}.help"))}">{esc(view.t(f"quality.{d}"))}</th>' for d in DIMENSIONS
    )
    heads += "".join(wrap("th", esc(view.t(f"quality.open.{level}"))) for level in LEVELS)
    body = "".join(_unit_html(view, unit) for unit in units)
    columns = even_columns([view.name(unit.first) for unit in units], len(DIMENSIONS) + len(LEVELS))
    table = wrap("table", columns + wrap("thead", wrap("tr", "<th></th>" + heads)) + wrap("tbody", body), "even")
    label = view.t("quality.scores")
    show(f'<div class="atlas-matrix" tabindex="0" role="region" aria-label="{esc(label)}">{table}</div>')


def _unit_html(view: QualityView, unit: UnitQuality) -> str:
    link = f'<a href="{esc(district_href(view, unit.first.unit_id))}" target="_self">{esc(view.name(unit.first))}</a>'
    cells = ""
    for dimension in DIMENSIONS:
        row = unit.scores[dimension]
        shown, css = score_shown(view, row), GRADES[grade(row, view.tiny_base)]
        cells += f'<td class="m {css}" title="{esc(score_words(view, row))}">{esc(shown)}</td>'
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
            score = score_of(row.n_good, row.n_all, view.tiny_base)
            share = None if row.is_whole_doubted else score.share
            ratio = ratio_words(view, row.n_good, row.n_all)
            cells += [Cell(share, score_shown(view, row) or view.t("quality.dash")), Cell(ratio, ratio)]
        cells += [Cell(unit.n_open[level], str(unit.n_open[level])) for level in LEVELS]
        rows.append(tuple(cells))
    return Table(view.t("quality.scores"), tuple(columns), tuple(rows))
