"""The frame of every page: release, filters of the URL, notices; then the page's own content."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import streamlit as st

from dashboard import queries
from dashboard.base_words import base_notice
from dashboard.cache import open_current
from dashboard.filter_words import describe
from dashboard.filters import Choices, Filters, Parsed, parse_filters, to_query
from dashboard.foresight import FORESIGHT
from dashboard.format import day
from dashboard.query_reader import merge_repeated
from dashboard.records import Campaign, Lang, Measure, RosterUnit
from dashboard.release import Database, ReleaseError
from dashboard.texts import choose, text

LOG = logging.getLogger("atlas.dashboard")
SAVED_QUERY = "atlas_query"
HAS_CHART = "atlas_has_chart"  # whether the page of this run has shown a chart


@dataclass(frozen=True)
class View:
    """All that a page needs to know: where the rows come from, and what is to be shown."""

    page: str
    source: Database
    choices: Choices
    filters: Filters
    campaign: Campaign
    measure: Measure

    @property
    def lang(self) -> Lang:
        """The reader's language."""
        return self.filters.lang

    def t(self, key: str, /, **values: object) -> str:
        """A text of texts.yaml in the reader's language."""
        return text(self.lang, key, **values)

    def pick(self, zh: str, en: str) -> str:
        """Of a row's two languages the reader's."""
        return choose(self.lang, zh, en)

    def has_unit(self, unit_id: str, kind: str) -> bool:
        """Whether a unit is among those chosen, one by one or by kind."""
        return self.filters.has_unit(unit_id, kind)

    @property
    def area(self) -> str:
        """The jurisdiction's name."""
        return self.pick(self.campaign.jurisdiction_zh, self.campaign.jurisdiction_en)

    @property
    def measure_label(self) -> str:
        """The measure's name."""
        return self.pick(self.measure.label_zh, self.measure.label_en)

    @property
    def measure_unit(self) -> str:
        """The measure's unit, with "per 10,000 people" where chosen."""
        return unit_of(self, self.measure)

    @property
    def words(self) -> str:
        """What is filtered, in words."""
        return describe(self.filters, self.choices)

    @property
    def data_as_of(self) -> str:
        """Up to when the campaign's own submissions speak, in words; other campaigns' files don't count."""
        newest = self.campaign.newest_arrival_at
        return self.t("report.as_of", day=day(newest)) if newest else self.t("report.as_of.none")

    @property
    def base_campaign(self) -> Campaign | None:
        """The campaign compared with."""
        return self.choices.campaign(self.filters.jurisdiction, self.filters.base_year)


def unit_of(view: View, measure: Measure) -> str:
    """A measure's unit as the view shows it, with "per 10,000 people" where chosen and the measure allows it."""
    return unit_words(view, view.pick(measure.unit_zh, measure.unit_en), measure)


def unit_words(view: View, unit: str, measure: Measure | None = None) -> str:
    """A unit of the measure, or of the page's own, with "per 10,000 people" where that is shown."""
    is_rate = view.filters.per_10k and (measure or view.measure).per_capita
    return unit + (view.t("unit.per_10k") if is_rate else "")


def for_measure(view: View, measure_id: str) -> View:
    """The view fixed to one measure; unchanged when the release doesn't know it. Rates fall back to totals."""
    measure = view.choices.measure(measure_id)
    if measure is None:
        return view
    per_10k = view.filters.per_10k and measure.per_capita
    return replace(view, measure=measure, filters=replace(view.filters, measure=measure_id, per_10k=per_10k))


def for_totals(view: View) -> View:
    """The view in totals, for pages that offer no rates."""
    return replace(view, filters=replace(view.filters, per_10k=False))


def for_all_units(view: View) -> View:
    """The view over every kind of unit, for pages about one unit."""
    return replace(view, filters=replace(view.filters, unit_kind="", units=()))


def for_all_activities(view: View) -> View:
    """The view over all activities, for pages that offer no choice of one."""
    return replace(view, filters=replace(view.filters, activity=""))


def read_choices(source: Database) -> Choices:
    """What the release offers for each filter."""
    campaigns = queries.query_campaigns(source)
    units: dict[str, list[RosterUnit]] = {}
    for unit in queries.query_roster_units(source):
        units.setdefault(unit.campaign_id, []).append(unit)
    forms = {campaign.form_id for campaign in campaigns if campaign.form_id}
    return Choices(
        campaigns=campaigns,
        measures=queries.query_measures(source),
        base_years=tuple((b.jurisdiction_id, b.year, b.base_year) for b in queries.query_base_years(source)),
        activities={form: queries.query_activities(source, form) for form in forms},
        units={campaign_id: tuple(rows) for campaign_id, rows in units.items()},
        counted_in={(u.form_id, u.measure_id): (u.unit_zh, u.unit_en) for u in queries.query_measure_units(source)},
    )


@st.cache_resource(max_entries=3, show_spinner=False)
def _choices(key: str, _source: Database) -> Choices:
    del key
    return read_choices(_source)


def asked_lang() -> Lang:
    """The language of the URL, before anything else is known."""
    return "en" if st.query_params.get("lang") == "en" else "zh"


def restore_query() -> None:
    """Puts the filters back into the URL, which a click in the page menu empties."""
    if not st.query_params and SAVED_QUERY in st.session_state:
        st.query_params.from_dict(st.session_state[SAVED_QUERY])


def open_view(page: str) -> View | None:
    """The view of this rerun; None when there is nothing to show, which is then said on the page."""
    try:
        opened = open_current()
    except ReleaseError as error:
        LOG.warning("nothing to show: %s", error)
        show_no_release(error.reason)
        return None
    if opened.banner:
        st.warning(text(asked_lang(), opened.banner, release=opened.database.release_id))
    choices = _choices(f"{opened.database.release_id}:{opened.database.path}", opened.database)
    link, lost = merge_repeated({name: st.query_params.get_all(name) for name in st.query_params})
    parsed = parse_filters(link, choices)
    parsed = replace(parsed, ignored=(*parsed.ignored, *lost))
    filters = parsed.filters
    query = to_query(filters)
    if link != query or lost:
        st.query_params.from_dict(query)
    # What a page of this session asked for, and a newer release has no more, no link asks for.
    is_own = link == st.session_state.get(SAVED_QUERY)
    st.session_state[SAVED_QUERY] = query
    if not is_own:
        say_ignored(parsed, link, choices)
    campaign = choices.campaign(filters.jurisdiction, filters.year)
    choices = choices.in_form(campaign.form_id if campaign else None)
    measure = choices.measure(filters.measure)
    if campaign is None or measure is None:
        st.info(text(filters.lang, "release.empty"))
        return None
    return View(page, opened.database, choices, filters, campaign, measure)


def say_ignored(parsed: Parsed, link: Mapping[str, str], choices: Choices) -> None:
    """What of a link is not shown: a year that can't be compared with, with the reason; and what was not understood."""
    asked = link.get("base", "")
    if told := base_notice(asked, parsed.filters, choices):
        st.info(told)
    rest = [part for part in parsed.ignored if not (told and part == f"base={asked}")]
    if rest:
        st.info(text(parsed.filters.lang, "notice.ignored", what="; ".join(rest[:5]).replace("`", "'")))


def show_no_release(reason: str) -> None:
    """A friendly page instead of an error: what is missing, and what to do."""
    lang = asked_lang()
    st.title(text(lang, "app.name"))
    st.info(text(lang, reason))
    st.markdown(text(lang, "release.what_to_do"))


def nothing_over(view: View) -> None:
    """No presentation: a page that runs by itself."""


# What a presentation shows over a page. Set by the app: it is made from the pages, which therefore can't know of it.
over_the_page: Callable[[View], None] = nothing_over


def run_page(page: str, render: Callable[[View], None]) -> None:
    """A page: opens the view and renders it. Unforeseen errors show a number, the log has the rest."""
    view = open_view(page)
    if view is None:
        return
    try:
        # A place of its own, also while it is empty: else the page's parts change theirs when it comes and goes, and the browser
        # builds each of them anew; plotly then fails on a map that it was still drawing.
        over = st.container()
        if view.filters.present:
            with over:
                over_the_page(view)
            view = replace(view, filters=replace(view.filters, present=False))
        st.session_state[HAS_CHART] = False
        with view.source.noting() as asked:
            render(view)
        FORESIGHT.look_ahead(view.source, asked, view.filters, view.choices)
    except Exception:
        number = uuid.uuid4().hex[:8]
        LOG.exception("error %s on page %s", number, page)
        st.error(view.t("notice.error", number=number))
