"""The head of a page: title, sample tag, basis sentence, filters in one row, language."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard.components.as_of import as_of_box
from dashboard.components.form_basis import form_words
from dashboard.components.glossary import help_html
from dashboard.components.markup import esc, show, tag, wrap
from dashboard.components.page import View
from dashboard.components.reported import reported_counts
from dashboard.components.saved_views import saved_views
from dashboard.filters import Choices, Filters, change_filters, to_query

ALL_FILTERS = ("area", "year", "base", "measure", "activity", "kind", "per10k")
# A filter's width in pixels, as its words need; any other one's.
WIDTHS: Final = {"measure": 158, "activity": 158, "unit": 158, "base": 134, "year": 100, "lang": 92}
WIDTH: Final = 118


# What chooses among figures: of no use where the campaign's notice asks for no table.
FIGURE_FILTERS = frozenset({"base", "measure", "activity", "per10k"})
# Pages that say nothing of such a campaign, so that the kind of unit makes no difference, either.
FIGURE_PAGES = frozenset({"overview", "participation", "coverage", "year_over_year"})
# Pages that an as-of day acts on.
DAY_PAGES = frozenset({"reporting", "reports"})


def useful_filters(view: View, filters: tuple[str, ...]) -> tuple[str, ...]:
    """Of these filters those that change something on the page."""
    if view.campaign.form_id is not None:
        return filters
    idle = FIGURE_FILTERS | ({"kind"} if view.page in FIGURE_PAGES else set())
    return tuple(name for name in filters if name not in idle)


def page_head(view: View, filters: tuple[str, ...] = ALL_FILTERS) -> None:
    """Title at the left, filters at the right; on a narrow screen the filters take a row of their own."""
    filters = useful_filters(view, filters)
    with st.container(key="atlas-head", horizontal=True, vertical_alignment="bottom", gap="medium"):
        with st.container(key="atlas-title"):
            show(title_html(view, by_kind="kind" in filters, with_base="base" in filters))
        with st.container(key="atlas-filters", horizontal=True, gap="small", horizontal_alignment="right"):
            for name in filters:
                filter_box(view, name)
            filter_box(view, "lang")
            saved_views(view)
            present_button(view)
    say_day(view)


def say_day(view: View) -> None:
    """That a day chosen on Reporting changes nothing on this page; not where the reports that it acts on are made."""
    if view.filters.as_of and view.page not in DAY_PAGES:
        show(tag("p", view.t("as_of.only_reporting", day=view.filters.as_of), "atlas-note"))


def title_html(view: View, *, by_kind: bool = False, with_base: bool = True) -> str:
    """重庆市 2022 年安全生产月 · 总览, the sample tag, and the basis below."""
    title = view.t("head.title", area=view.area, year=view.filters.year, page=view.t(f"page.{view.page}"))
    sample = " " + tag("span", view.t("head.sample"), "atlas-sample") if view.campaign.is_sample else ""
    basis = basis_sentence(view, by_kind=by_kind, with_base=with_base)
    basis_html = wrap("p", esc(basis) + help_html(basis), "atlas-basis")
    return f'<h1 class="atlas-h1">{esc(title)}{sample}</h1>{basis_html}'


def reported_words(view: View, *, by_kind: bool) -> str:
    """How many units reported, of those chosen where the page has that filter."""
    kind, campaign = view.filters.unit_kind, view.campaign
    if not by_kind or not view.filters.scope:
        return view.t("head.reported", n=campaign.n_units_reported, m=campaign.n_units_expected)
    n, m = reported_counts(view)
    return view.t("head.reported.kind", n=n, m=m, kind=view.t(f"filter.kind.{kind or 'chosen'}"))


def owing_words(view: View, *, by_kind: bool) -> str:
    """That no table is asked for, and how many units owe reports, of those chosen where the page has that filter."""
    units, scope = view.choices.units_of(view.campaign), view.filters.scope
    if not by_kind or not scope:
        return view.t("head.no_table", m=len(units))
    kind = view.t(f"filter.kind.{view.filters.unit_kind or 'chosen'}")
    return view.t("head.no_table.kind", m=sum(view.has_unit(u.unit_id, u.kind) for u in units), kind=kind)


def basis_sentence(view: View, *, by_kind: bool = False, with_base: bool = True) -> str:
    """How many reported, with which year the page compares, which release."""
    campaign = view.campaign
    # What was known on an earlier day is said below, by the rates of that day.
    is_earlier = view.page == "reporting" and bool(view.filters.as_of)
    parts = [] if is_earlier else [reported_words(view, by_kind=by_kind)]
    if campaign.form_id is None:
        parts = [owing_words(view, by_kind=by_kind)]
    if view.filters.name:
        parts.insert(0, view.t("head.view", name=view.filters.name))
    if words := form_words(view, "head"):
        parts.append(words)
    if with_base and view.filters.base_year is not None:
        parts.append(view.t("head.base", base=view.filters.base_year))
    parts.append(view.t("head.release", built=view.source.built_at[:10]))
    return " · ".join(parts)


def filter_box(view: View, name: str) -> None:
    """One filter as a select box that writes the URL; left out where there is nothing to choose."""
    if name == "as_of":
        as_of_box(view)
        return
    options = filter_options(view, name)
    if len(options) < 2:
        return
    values = list(options)
    current = to_query(view.filters).get(name, values[0] if name != "lang" else "zh")
    key = f"filter_{name}"
    st.session_state[key] = current if current in options else values[0]
    st.selectbox(
        view.t(f"filter.label.{name}"), values, format_func=lambda value: options[value], key=key,
        on_change=apply_filter, args=(view.filters, view.choices, name, key), label_visibility="collapsed",
        width=WIDTHS.get(name, WIDTH),
    )  # fmt: skip


def apply_filter(filters: Filters, choices: Choices, name: str, key: str) -> None:
    """The chosen value into the URL; what no longer fits falls back."""
    st.query_params.from_dict(to_query(change_filters(filters, choices, name, st.session_state[key] or "")))


def filter_options(view: View, name: str) -> dict[str, str]:
    """URL value -> words, for one filter."""
    choices, filters = view.choices, view.filters
    if name == "area":
        names = {c.jurisdiction_id: view.pick(c.jurisdiction_short, c.jurisdiction_en) for c in choices.campaigns}
        return {area: names[area] for area in choices.jurisdictions()}
    if name == "year":
        return {str(y): view.t("filter.year", year=y) for y in choices.years(filters.jurisdiction)}
    if name == "base":
        bases = choices.bases(filters.jurisdiction, filters.year)
        none = {"none": view.t("filter.base.none")}
        return {str(b): view.t("filter.base", year=b) for b in bases} | none if bases else {}
    if name == "measure":
        return {m.measure_id: view.pick(m.label_zh, m.label_en) for m in choices.measures}
    if name == "activity":
        own = choices.activities_of(view.campaign)
        return {"": view.t("filter.activity.all")} | {a.activity_id: view.pick(a.short_zh, a.short_en) for a in own}
    if name == "unit":
        return {u.unit_id: view.pick(u.short_zh, u.name_en) for u in choices.units_of(view.campaign)}
    return fixed_options(view, name)


def fixed_options(view: View, name: str) -> dict[str, str]:
    """Options that don't depend on the release."""
    if name == "kind":
        kinds = {unit.kind == "zone" for unit in view.choices.units_of(view.campaign)}
        keys = ("all", "district", "zone") if len(kinds) == 2 else ()
        return {"" if key == "all" else key: view.t(f"filter.kind.{key}") for key in keys}
    if name == "per10k":
        return {"0": view.t("filter.per10k.0"), "1": view.t("filter.per10k.1")} if view.measure.per_capita else {}
    return {"zh": "中文", "en": "English"}


def present_button(view: View) -> None:
    """The way into the presentation, from the page as it is filtered."""
    st.button(
        view.t("present.button"), key="present", shortcut="P", help=view.t("present.button.help"), on_click=enter,
        width=118,
    )  # fmt: skip


def enter() -> None:
    """The presentation, into the URL, which holds the filters: a page's own view may have fewer."""
    st.query_params["present"] = "1"
