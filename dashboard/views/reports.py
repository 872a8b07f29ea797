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
from dashboard.filters import Filters
from dashboard.records import Lang
from dashboard.reports.data import gather
from dashboard.reports.deck import make_deck
from dashboard.reports.drawings import CHARTS
from dashboard.reports.making import KINDS, make_report, make_unit_report
from dashboard.reports.opening import CannotReport
from dashboard.reports.picture import PICTURE_KINDS, make_picture
from dashboard.reports.render import RenderError, picture_trouble
from dashboard.reports.words import contents
from dashboard.running_order import DEFAULT_ORDER, SCREENS, SLIDE_ORDER, Order

HEAD: Final = ("area", "year", "base", "measure", "activity", "kind", "per10k")
LANGS: Final[tuple[Lang, ...]] = ("zh", "en")
MIMES: Final = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html", "zip": "application/zip", "png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf",
}  # fmt: skip
CHART, UNIT = "chart", "unit"
DECKS: Final = ("html", "pptx")
CONTENTS: Final = ("docx", "xlsx", *DECKS)
MADE: Final = "report_made"


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
        unit = st.selectbox(view.t("filter.label.unit"), list(names), key="report_unit", format_func=lambda u: names[u])
        return {"unit": str(unit)}
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


def make(view: View, kind: str, chosen: dict[str, str], template: bytes | None) -> tuple[bytes, str, str, str]:
    """Bytes, ending, what is missing, and a chart's caption. Raises CannotReport or RenderError."""
    if kind == CHART:
        picture = make_picture(view, chosen["chart"], chosen["format"])
        return picture.content, picture.ending, "", picture.caption
    made = make_unit_report(view, "docx", chosen["unit"]) if kind == UNIT else make_report(view, kind, template)
    return made.content, "docx" if kind == UNIT else kind, made.trouble, ""


def file_stem(view: View, kind: str, chosen: dict[str, str]) -> str:
    """重庆市-2022-Word_报告, 重庆市-2022-单个区县简报-南岸区, without characters that file systems refuse."""
    about = [
        view.pick(u.name_zh, u.name_en) for u in view.choices.units_of(view.campaign) if u.unit_id == chosen.get("unit")
    ]
    about += [view.t(f"reports.chart.{chosen['chart']}")] if "chart" in chosen else []
    parts = (view.area, str(view.filters.year), view.t(f"reports.kind.{kind}"), *about)
    return "".join(char if char not in '\\/:*?"<>| ' else "_" for char in "-".join(parts))


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
    """Choices at the left, contents and running order at the right; one button makes, one downloads."""
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
            make_now(own, kind, chosen, file.getvalue() if file else None, identity)
        show_made(view, own, kind, chosen, identity)
    with right:
        usual = SLIDE_ORDER if kind == "pptx" else DEFAULT_ORDER
        key = (own.filters, usual, view.source.release_id)
        screens = kept_screens(key, own) if kind in DECKS else dict.fromkeys(SCREENS, "")
        preview(own, kind, tuple(screens.values()))
        with st.expander(view.t("present.arrange"), expanded=kind in DECKS):
            arrange_screens(view, usual, screens)
    caption(view, has_charts=False)


def make_now(view: View, kind: str, chosen: dict[str, str], template: bytes | None, identity: object) -> None:
    """Makes the report and keeps it for the download; says why where it can't."""
    try:
        with st.spinner(view.t("reports.making")):
            st.session_state[MADE] = (identity, *make(view, kind, chosen, template))
    except CannotReport as error:
        st.error(
            view.t(
                error.reason,
                **{n: v[LANGS.index(view.lang)] if isinstance(v, tuple) else v for n, v in error.values.items()},
            )
        )
    except RenderError as error:
        st.error(view.t(error.reason))


def show_made(view: View, own: View, kind: str, chosen: dict[str, str], identity: object) -> None:
    """The download of what was made, as long as the choices are the same."""
    kept = st.session_state.get(MADE)
    if not kept or kept[0] != identity:
        return
    _, content, ending, trouble, caption_text = kept
    if trouble:
        st.warning(view.t(trouble))
    label = view.t("reports.download", size=f"{max(len(content) // 1024, 1):,}")
    st.download_button(
        label,
        content,
        f"{file_stem(own, kind, chosen)}.{ending}",
        MIMES[ending],
        key="report_download",
        on_click="ignore",
    )
    if caption_text:
        note(view.t("reports.caption"))
        st.code(caption_text, language=None, wrap_lines=True)


if __name__ == "__main__":
    run_page("reports", render)
