"""Reports: choose kind and language, see what will be in it, make it, download it; under the filters of the other pages."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import streamlit as st

from dashboard.components.arrange import arrange_screens
from dashboard.components.guard import has_figures
from dashboard.components.head import page_head
from dashboard.components.page import View, run_page
from dashboard.components.parts import bullet_list, caption, note, section
from dashboard.download.made import LANGS, MadeFile, make_file, offer_file
from dashboard.download.unit_files import make_unit_file, unit_stem
from dashboard.filters import Filters
from dashboard.records import Lang
from dashboard.reports.data import gather
from dashboard.reports.deck import make_deck
from dashboard.reports.drawings import CHARTS
from dashboard.reports.making import KINDS, UNIT_MAKERS, make_report
from dashboard.reports.picture import PICTURE_KINDS, make_picture
from dashboard.reports.render import picture_trouble
from dashboard.reports.words import contents
from dashboard.running_order import DEFAULT_ORDER, SCREENS, SLIDE_ORDER, Order

HEAD: Final = ("area", "year", "base", "measure", "activity", "kind", "per10k")
CHART, UNIT = "chart", "unit"
DECKS: Final = ("html", "pptx")
CONTENTS: Final = ("docx", "xlsx", *DECKS)


def choose_kind(view: View, options: tuple[str, ...]) -> str:
    """Which report; pills wrap where a row of segments would be cut off at the column's edge."""
    chosen = st.pills(
        view.t("reports.kind"),
        options,
        default=options[0],
        key="report_kind",
        wrap=True,
        format_func=lambda k: view.t(f"reports.kind.{k}"),
    )
    return chosen if chosen in options else options[0]


def choose_lang(view: View) -> Lang:
    """In which language; the page's own at first."""
    chosen = st.segmented_control(
        view.t("filter.label.lang"),
        LANGS,
        default=view.lang,
        key="report_lang",
        format_func=lambda a: view.t(f"reports.lang.{a}"),
    )
    return chosen if chosen in LANGS else view.lang


def details(view: View, kind: str) -> dict[str, str]:
    """What else a kind asks: a unit, a chart and its format."""
    if kind == UNIT:
        names = {u.unit_id: view.pick(u.name_zh, u.name_en) for u in view.choices.units_of(view.campaign)}
        shown = list(names).index(view.filters.unit) if view.filters.unit in names else 0
        unit = st.selectbox(
            view.t("filter.label.unit"), list(names), shown, key="report_unit", format_func=lambda u: names[u]
        )  # fmt: skip
        form = st.segmented_control(
            view.t("reports.format"), list(UNIT_MAKERS), default="docx", key="report_unit_format", required=True,
            format_func=lambda f: view.t(f"reports.unit.{f}"),
        )  # fmt: skip
        return {"unit": str(unit), "format": str(form)}
    if kind == CHART:
        left, right = st.columns(2)
        name = left.selectbox(
            view.t("reports.chart"),
            list(CHARTS),
            key="report_chart",
            format_func=lambda n: view.t(f"reports.chart.{n}"),
        )
        form = right.selectbox(
            view.t("reports.format"),
            PICTURE_KINDS,
            key="report_format",
            format_func=lambda f: view.t(f"reports.format.{f}"),
        )
        return {"chart": str(name), "format": str(form)}
    return {}


def make(view: View, kind: str, chosen: dict[str, str], template: bytes | None) -> MadeFile:
    """The file. Raises CannotReport or RenderError."""
    if kind == CHART:
        picture = make_picture(view, chosen["chart"], chosen["format"])
        return MadeFile(picture.content, picture.ending, caption=picture.caption)
    if kind == UNIT:
        return make_unit_file(view, chosen["format"], chosen["unit"])
    made = make_report(view, kind, template)
    return MadeFile(made.content, kind, made.trouble)


def file_stem(view: View, kind: str, chosen: dict[str, str]) -> str:
    """重庆市-2022-Word 报告, 重庆市-2022-单个区县简报-南岸区."""
    unit = next((u for u in view.choices.units_of(view.campaign) if u.unit_id == chosen.get("unit")), None)
    if unit is not None:
        return unit_stem(view, unit)
    about = [view.t(f"reports.chart.{chosen['chart']}")] if "chart" in chosen else []
    return "-".join((view.area, str(view.filters.year), view.t(f"reports.kind.{kind}"), *about))


@st.cache_resource(max_entries=64, show_spinner=False)
def kept_contents(key: tuple[Filters, str, str], _view: View) -> tuple[str, ...]:
    """What will be in a report of this kind; kept, because the charts are drawn for it."""
    return tuple(t.title for t in gather(_view, ()).tables) if key[1] == "xlsx" else contents(gather(_view))


@st.cache_resource(max_entries=64, show_spinner=False)
def kept_screens(key: tuple[Filters, Order, str], _view: View) -> dict[str, str]:
    """Key and title of the screens that have something to show."""
    return {screen.key: screen.title for screen in make_deck(_view, key[1]).screens}


def preview(view: View, kind: str, screens: tuple[str, ...]) -> None:
    """What will be in it."""
    if kind in CONTENTS:
        section(view.t("report.outline"))
        names = screens if kind in DECKS else kept_contents((view.filters, kind, view.source.release_id), view)
        bullet_list([name.strip() for name in names])
    note(view.t(f"reports.about.{kind}"))


def render(view: View) -> None:
    """Choices at the left, contents and running order at the right; one button makes and saves."""
    page_head(view, HEAD)
    # Without figures there are still screens, without a table also reports, about reporting.
    kinds: tuple[str, ...] = (*KINDS, UNIT, CHART)
    if not has_figures(view):
        kinds = CONTENTS if view.campaign.form_id is None else DECKS
    left, right = st.columns([1, 1.2], gap="large")
    with left:
        kind = choose_kind(view, kinds)
        own = replace(view, filters=replace(view.filters, lang=choose_lang(view)))
        chosen = details(view, kind)
        with st.container(key=f"report-template-{view.lang}"):
            file = (
                st.file_uploader(view.t("reports.template"), type=["docx"], key="report_template")
                if kind == "docx"
                else None
            )
        if kind in ("docx", "pptx", CHART) and (trouble := picture_trouble()):
            st.warning(view.t(trouble))
        identity = (
            own.filters,
            kind,
            tuple(sorted(chosen.items())),
            file.file_id if file else "",
            view.source.release_id,
        )
        if st.button(view.t("reports.make"), type="primary", key="report_make"):
            make_file(view, identity, lambda: make(own, kind, chosen, file.getvalue() if file else None))
        offer_file(view, identity, file_stem(own, kind, chosen))
    with right:
        usual = SLIDE_ORDER if kind == "pptx" else DEFAULT_ORDER
        key = (own.filters, usual, view.source.release_id)
        screens = kept_screens(key, own) if kind in DECKS else dict.fromkeys(SCREENS, "")
        preview(own, kind, tuple(screens.values()))
        with st.expander(view.t("present.arrange"), expanded=kind in DECKS):
            arrange_screens(view, usual, screens)
    caption(view, has_charts=False)


if __name__ == "__main__":
    run_page("reports", render)
