"""One chosen unit among the others: its share of the whole, the middle of its peers, its own year before. No rank."""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import median

from dashboard import queries
from dashboard.charts.bars import Bar, draw_bars
from dashboard.components.chart import Drawing
from dashboard.components.chart_table import named_table
from dashboard.components.count_unit import amount_in, unit_in
from dashboard.components.doubt import doubted_total, figure_delta, with_doubts
from dashboard.components.markup import esc
from dashboard.components.page import View, unit_words
from dashboard.components.parts import KeyFigure
from dashboard.filters import value_params
from dashboard.format import NOTHING, compact, percent, value_text, with_unit
from dashboard.records import Total, UnitValue
from dashboard.sentences import Headline, compact_or_mark, rate_unit, short, value_words
from dashboard.theme import strong
from dashboard.totals import PER, ChangeSet, per_10k, total_of

MIN_PEERS = 3


@dataclass(frozen=True)
class Standing:
    """The unit's value as the page shows it, and what it stands among."""

    row: UnitValue
    count: UnitValue  # the same in totals
    peers: tuple[UnitValue, ...]  # the other units of its kind with a figure, as the page shows them
    whole: Total  # of all units that report to the campaign
    before: UnitValue | None  # its own value in the base year, as the page shows it; None without one

    @property
    def middle(self) -> float | None:
        """The median of the peers; None with too few of them."""
        values = [peer.value for peer in self.peers if peer.value is not None]
        return median(values) if len(values) >= MIN_PEERS else None

    @property
    def share(self) -> float | None:
        """Percent of the whole; None of nothing."""
        value, whole = self.count.value, self.whole.value
        return 100 * value / whole if value is not None and whole else None


def standing_of(view: View) -> Standing | None:
    """Where the one unit chosen stands; None where none or several are chosen."""
    if len(view.filters.units) != 1:
        return None
    everywhere = replace(view.filters, units=(), unit_kind="")
    counts = queries.query_unit_values(view.source, value_params(everywhere))
    own = next((row for row in counts if row.unit_id == view.filters.units[0]), None)
    if own is None:
        return None
    shown = per_10k(counts) if view.filters.per_10k else counts
    row = next(row for row in shown if row.unit_id == own.unit_id)
    is_zone = own.kind == "zone"
    peers = (r for r in shown if r.unit_id != own.unit_id and (r.kind == "zone") == is_zone and r.value is not None)
    whole = total_of(counts, view.measure.measure_id, view.measure.kind)
    return Standing(row, own, tuple(peers), whole, value_before(view, own.unit_id))


def value_before(view: View, unit_id: str) -> UnitValue | None:
    """The unit's value in the base year; None where there is none."""
    if view.filters.base_year is None:
        return None
    rows = queries.query_unit_values(view.source, value_params(view.filters, year=view.filters.base_year))
    rows = per_10k(rows) if view.filters.per_10k else rows
    return next((row for row in rows if row.unit_id == unit_id and row.value is not None), None)


def figures(view: View, found: Standing, changes: ChangeSet, label: str) -> list[KeyFigure]:
    """Value with its change, share of the whole, the peers' middle, last year; a rate where the measure has one."""
    t, hue = view.t, view.measure.hue
    value = compact_or_mark(found.count, view.measure, view.lang)
    shown = [KeyFigure(label, value, figure_delta(view, view.measure, changes.total), hue)]
    if view.measure.kind != "coverage":
        whole, n, m = found.whole, found.whole.n_units_reported, found.whole.n_units_expected
        note = t("one.share.note", total=amount_in(view, whole.value, whole.qualifier, view.filters.year), n=n, m=m)
        share = NOTHING if found.share is None else percent(found.share)
        shown.append(KeyFigure(t("one.share", area=view.area), share, note, hue))
    note = t("one.middle.note", n=len(found.peers))
    middle = NOTHING if found.middle is None else value_text(found.middle, view.measure.unit_zh, view.lang)
    shown.append(KeyFigure(t("one.middle", unit=view.measure_unit), middle, note, hue))
    if view.measure.per_capita and found.count.population:
        rate = None if found.count.value is None else found.count.value * PER / found.count.population
        shown.append(KeyFigure(t("participation.figure.rate", unit=rate_unit(view.measure, view.lang)), compact(rate, view.lang), "", hue))  # fmt: skip
    if found.before is not None:
        year = view.filters.base_year
        unit = unit_words(view, unit_in(view, view.measure, year))
        before = compact_or_mark(found.before, view.measure, view.lang)
        shown.append(KeyFigure(t("one.before", year=year, unit=unit), before, t("one.before.note"), hue))
    return shown


def standing_drawing(view: View, found: Standing) -> Drawing | None:
    """The unit beside the peers' middle and, asked by the same form, its own year before; None without a value."""
    if found.row.value is None:
        return None
    name = short(found.row, view.lang)
    marks = [found.row]
    bars = [bar(view, found.row, view.t("one.bar", name=name, year=view.filters.year))]
    if found.middle is not None:
        words = value_text(found.middle, view.measure.unit_zh, view.lang)
        label = view.t("one.bar.middle", n=len(found.peers))
        bars.append(Bar("middle", label, found.middle, words, esc(f"{label} {words}")))
        marks.append(replace(found.row, qualifier="exact"))
    base = view.base_campaign
    if found.before is not None and base is not None and base.form_id == view.campaign.form_id:
        bars.append(bar(view, found.before, view.t("one.bar", name=name, year=base.year)))
        marks.append(found.before)
    title = view.t("one.title", name=name)
    table = named_table(view, title, bars, [mark.qualifier for mark in marks])
    told = with_doubts(view, standing_headline(view, found), doubted_total(view, view.measure))
    return Drawing("standing", title, draw_bars(bars, strong(view.measure.hue)), told, table)


def bar(view: View, row: UnitValue, name: str) -> Bar:
    """A value of the unit as a bar."""
    text = compact_or_mark(row, view.measure, view.lang)
    return Bar(f"{row.unit_id}-{name}", name, row.value, text, esc(f"{name} {text}"))


def standing_headline(view: View, found: Standing) -> Headline:
    """渝中 7.4万人次，占全市 1.5%；其他 36 个单位的中位数为 8.2万人次。"""
    finding = view.t(
        "one.headline", name=short(found.row, view.lang), value=value_words(found.row, view.measure, view.lang)
    )
    if found.share is not None and view.measure.kind != "coverage":
        finding += view.t("one.headline.share", area=view.area, share=percent(found.share))
    stop = view.t("headline.stop")
    if found.middle is None:
        return Headline(finding, stop)
    middle = value_text(found.middle, view.measure.unit_zh, view.lang)
    middle = middle if view.measure.unit_zh == "%" else with_unit(middle, view.measure_unit, view.lang)
    return Headline(finding, view.t("one.headline.middle", n=len(found.peers), value=middle) + stop)
