"""Small pieces below the head: key figures, headline sentences, captions, lists, tables with downloads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.charts.base import chart_config
from dashboard.clock import office_now
from dashboard.components.form_basis import assumed_years
from dashboard.components.glossary import explain, help_html
from dashboard.components.markup import esc, show, tag, wrap
from dashboard.components.page import HAS_CHART, View
from dashboard.components.reported import reported_counts
from dashboard.components.value_cells import with_qualifiers
from dashboard.filter_words import activity_words
from dashboard.format import day
from dashboard.sentences import Headline
from dashboard.tables import About, Cell, Column, Table, to_csv, to_xlsx

XLSX_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_FILE_NAME = 80
LONGEST_NUMBER = 24  # characters; a range of millions has fewer


@dataclass(frozen=True)
class KeyFigure:
    """One key figure: label with unit, value with mark, change with its basis, hue of the thin rule."""

    label: str
    value: str
    note: str
    hue: str
    help: str = ""


def key_figures(figures: Sequence[KeyFigure]) -> None:
    """Figures in a row, each with a thin rule in its measure's hue."""
    with st.container(key="atlas-figures"):
        for number, (column, figure) in enumerate(zip(st.columns(len(figures)), figures, strict=True)):
            with column, st.container(key=f"atlas-figure-{figure.hue}-{number}"):
                st.metric(
                    figure.label, figure.value, figure.note or None, delta_color="off", delta_arrow="off",
                    help="\n\n".join(part for part in (figure.help, explain(figure.note)) if part) or None,
                )  # fmt: skip


def headline(found: Headline) -> None:
    """The finding in bold, its caveat after it; guesses in small print below."""
    told = f'<p class="atlas-headline"><strong>{esc(found.finding)}</strong>{esc(found.caveat)}</p>'
    lines = help_html(found.finding, found.caveat)
    show(f'<div class="atlas-told">{told}{lines}</div>' if lines else told)
    if found.below:
        note(found.below)


def section(title: str, badge: str = "") -> None:
    """A section's title, with a badge behind it: that it shows sample data."""
    show(wrap("h2", esc(title) + (" " + tag("span", badge, "atlas-sample") if badge else ""), "atlas-h2"))


def note(text: str) -> None:
    """A small line in muted ink."""
    show(tag("p", text, "atlas-note"))


def caption(view: View, source: str = "", *, has_charts: bool = True) -> None:
    """At the page's end: what is filtered, in words, last arrival, release, source; and the format of saved charts where there are any."""
    line = view.t("caption.page", words=view.words, as_of=view.data_as_of, release=view.source.release_id[:12])
    sample = view.t("caption.sample") if view.campaign.is_sample else ""
    show(tag("p", " · ".join(part for part in (line, sample, source) if part), "atlas-note", view.t("caption.dates")))
    if has_charts and st.session_state.get(HAS_CHART):
        image_choice(view)


def block_note(view: View, source: str = "") -> None:
    """Under a chart that is not the page's last: what is filtered in words, and that it is sample data."""
    sample = view.t("caption.sample") if view.campaign.is_sample else ""
    note(" · ".join(part for part in (view.words, sample, source) if part))


IMAGE_FORMATS = ("png", "svg")


def image_format() -> str:
    """What the camera above a chart saves: PNG for documents, SVG for print."""
    chosen = st.session_state.get("image_format")
    return chosen if chosen in IMAGE_FORMATS else IMAGE_FORMATS[0]


def image_choice(view: View) -> None:
    """The reader's choice of picture format, for all charts."""
    st.segmented_control(
        view.t("image.label"), IMAGE_FORMATS, default=IMAGE_FORMATS[0], key="image_format",
        format_func=lambda option: view.t("image.option", format=str(option).upper()), label_visibility="collapsed",
    )  # fmt: skip


def order_choice(view: View, key: str, by: str = "order.value") -> bool:
    """Whether rows are to be ordered by value; administrative order is the default."""
    options = ("admin", "value")
    chosen = st.segmented_control(
        view.t("order.label"), options, default="admin", key=f"order_{key}", label_visibility="collapsed",
        format_func=lambda option: view.t(by if option == "value" else "order.admin"),
    )  # fmt: skip
    return chosen == "value"


@dataclass(frozen=True)
class Linked:
    """A sentence that begins with a link."""

    href: str
    link: str
    rest: str


def bullet_list(items: Sequence[str | Linked]) -> None:
    """A plain list of sentences."""
    show(wrap("ul", "".join(bullet_html(item) for item in items), "atlas-list"))


def bullet_html(item: str | Linked) -> str:
    """One sentence of a list."""
    if isinstance(item, str):
        return wrap("li", esc(item) + help_html(item))
    link = f'<a href="{esc(item.href)}" target="_self">{esc(item.link)}</a>{esc(item.rest)}'
    return wrap("li", link + help_html(item.rest))


def config_of(view: View, name: str, size: tuple[int, int]) -> dict[str, object]:
    """Settings of a chart, with a file name that says what it shows, and the size of its picture; the page has one from now on."""
    st.session_state[HAS_CHART] = True
    return chart_config(view.lang, file_name(view, name), size, image_format=image_format())


def file_name(view: View, name: str) -> str:
    """重庆市-2022-参与人次-地图, with the activity chosen, without characters that file systems refuse."""
    chosen = (view.area, str(view.filters.year), activity_words(view.filters, view.choices), view.measure_label, name)
    parts = [part for part in chosen if part]
    return "".join(char if char not in '\\/:*?"<>| ' else "_" for char in "-".join(parts))[:MAX_FILE_NAME]


def about(view: View) -> About:
    """What a downloaded table says of itself."""
    pairs = [
        (view.t("about.title"), view.campaign.title_zh if view.lang == "zh" else view.campaign.title_en),
        (view.t("about.filters"), view.words),
        (view.t("about.definition"), view.pick(view.measure.definition_zh, view.measure.definition_en)),
        *form_pairs(view),
        *reported_pairs(view),
        (view.t("about.as_of"), day(view.campaign.newest_arrival_at)),
        (
            view.t("about.release"),
            view.t("about.release.of", release=view.source.release_id, built=view.source.built_at),
        ),
        (view.t("about.made"), made_at()),
    ]
    pairs.append((view.t("about.kind"), view.t("about.sample" if view.campaign.is_sample else "report.real")))
    return About(view.t("about.sheet"), tuple(pairs))


def form_pairs(view: View) -> tuple[tuple[str, str], ...]:
    """That a year's form was not seen; nothing where it was."""
    years = assumed_years(view)
    return ((view.t("about.form"), view.t("about.form.assumed", years=years)),) if years else ()


def reported_pairs(view: View) -> tuple[tuple[str, str], ...]:
    """How many of the units chosen sent their table; nothing where none is asked for."""
    n, m = reported_counts(view)
    return ((view.t("about.reported"), f"{n} / {m}"),) if view.campaign.form_id else ()


def made_at() -> str:
    """This moment, to the minute, on the offices' clock like all other times: when a file asked for now is made."""
    return f"{office_now():%Y-%m-%d %H:%M}"


def column_class(column: Column) -> str:
    """How a column is set."""
    return "num" if column.is_number else "short" if column.is_short else "file" if column.is_file else ""


def cell_class(column: Column, cell: Cell) -> str:
    """How a cell is set: a sentence among numbers (the cases named in a form) wraps instead of pushing them aside."""
    is_sentence = column.is_number and len(cell.text) > LONGEST_NUMBER
    return f"{'words' if is_sentence else column_class(column)} {'muted' if cell.is_muted else ''}".strip()


def table_html(table: Table) -> str:
    """The table as markup; numbers at the right, missing marks in muted ink."""
    table = table.on_screen
    head = "".join(tag("th", c.head, column_class(c)) for c in table.columns)
    body = "".join(
        wrap(
            "tr",
            "".join(
                tag("td", cell.text, cell_class(column, cell))
                for column, cell in zip(table.columns, row, strict=True)
            ),
        )
        for row in table.rows
    )  # fmt: skip
    table_part = wrap("table", wrap("thead", wrap("tr", head)) + wrap("tbody", body))
    return f'<div class="atlas-table" tabindex="0" role="region" aria-label="{esc(table.title)}">{table_part}</div>'


def show_table_only(table: Table) -> None:
    """The table without downloads."""
    show(table_html(table))


def show_table(view: View, table: Table, key: str) -> None:
    """The table, and its downloads as CSV and Excel, made when they are asked for."""
    show(table_html(table))
    download_buttons(view, table, key)


def download_buttons(view: View, table: Table, key: str) -> None:
    """A table's downloads alone, for tables that a chart or matrix stands for."""
    name = file_name(view, table.title)
    with st.container(horizontal=True, gap="small", key=f"atlas-downloads-{key}"):
        st.download_button(
            view.t("download.xlsx"), lambda: to_xlsx(with_qualifiers(view, table), about(view)), f"{name}.xlsx",
            XLSX_MIME, key=f"{key}-xlsx", on_click="ignore",
        )  # fmt: skip
        st.download_button(
            view.t("download.csv"), lambda: to_csv(with_qualifiers(view, table), about(view)), f"{name}.csv", "text/csv",
            key=f"{key}-csv", on_click="ignore",
        )  # fmt: skip
