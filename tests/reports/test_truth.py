"""Every number that a reader sees agrees, whatever the filters: 30 random states, the rendered page against the text of the
Word file's XML, of the slides, of the sheets' cells, of the snapshot in a browser and of the chart's picture.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from dashboard.components.page import View, read_choices
from dashboard.format import NOTHING, compact, percent
from dashboard.release import Database
from dashboard.reports.data import gather
from dashboard.reports.deck import make_deck
from dashboard.reports.docx import to_docx
from dashboard.reports.docx_style import tight
from dashboard.reports.drawings import draw_named
from dashboard.reports.html import to_html
from dashboard.reports.opening import view_of
from dashboard.reports.pptx import to_pptx
from dashboard.reports.render import Renderer
from dashboard.reports.xlsx import to_xlsx
from dashboard.running_order import SLIDE_ORDER
from tests.app.running import run
from tests.reports.reading import (
    Seen,
    numbers,
    picture_texts,
    screens_in,
    seen_on,
    sheet_rows,
    slide_lines,
    squeezed,
    word_lines,
    word_tables,
)

# All 30 take about 100 s of one core; two in every run, the rest with the slow ones.
STATES, QUICK = 30, 2


@pytest.fixture(scope="module")
def browser_page() -> Iterator[Page]:
    found = next((p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), None)
    assert found, "no Chromium: run `make system`"
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        page = started.new_page(viewport={"width": 1280, "height": 720})
        yield page
        started.close()


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    made = Renderer()
    yield made
    made.close()


def random_query(source: Database, seed: int) -> dict[str, str]:
    """A filter state of a campaign with figures."""
    rng, choices = random.Random(seed), read_choices(source)
    known = [c for c in choices.campaigns if c.has_data and c.form_id and c.jurisdiction_id in choices.jurisdictions()]
    campaign = rng.choice(known)
    bases = choices.bases(campaign.jurisdiction_id, campaign.year)
    query = {
        "area": campaign.jurisdiction_id, "year": str(campaign.year), "lang": rng.choice(("zh", "en")),
        "base": rng.choice((*(str(base) for base in bases), "none")),
    }  # fmt: skip
    if rng.random() < 0.3:
        query["activity"] = rng.choice([a.activity_id for a in choices.activities_of(campaign)])
    if rng.random() < 0.4:
        query["kind"] = rng.choice(("district", "zone"))
    if rng.random() < 0.3:
        query["per10k"] = "1"
    if rng.random() < 0.3 and "kind" not in query and len(choices.units_of(campaign)) >= 3:
        query["units"] = ",".join(u.unit_id for u in rng.sample(choices.units_of(campaign), 3))
    if "activity" in query or rng.random() < 0.5:
        query["measure"] = rng.choice([m.measure_id for m in choices.measures if m.kind == "sum"][1:])
    if rng.random() < 0.3:
        query["as_of"] = f"{campaign.year}-06-20"
    return query


def bare(label: str) -> str:
    """A key figure's label without its unit."""
    return label.partition("（")[0].partition(" (")[0]


def leading(seen: Seen) -> dict[str, tuple[str, str]]:
    """The page's key figures with a number, without the last one, which says who reported."""
    *labels, _ = seen.figures
    return {label: seen.figures[label] for label in labels if seen.figures[label][0] != NOTHING}


def has_values(seen: Seen) -> bool:
    """Whether the page's map shows a number of any unit; without one there is no such screen."""
    return any(numbers(tip.split("\n")[1]) for tip in seen.tips.values())


def who_reported(seen: Seen) -> list[str]:
    """n and m of the page."""
    return numbers(list(seen.figures.values())[-1][0])


def check_word(view: View, seen: Seen, content: bytes) -> None:
    lines = word_lines(content)
    for label, (value, note) in leading(seen).items():
        own = [numbers(line) for line in lines if line.startswith(tight(view, bare(label))) and "】" not in line]
        wanted = {numbers(value)[0], *(n for n in numbers(note) if n.endswith("%"))}
        assert any(wanted <= set(found) for found in own), (label, wanted, own)
    assert any(set(who_reported(seen)) <= set(numbers(line)) for line in lines)
    said = set(numbers(seen.headline))
    # A report tells of these two, and of the measure chosen only where years are compared.
    if view.filters.measure in ("participation", "hazards_exposed"):
        assert any(said <= set(numbers(line)) for line in lines), seen.headline
    check_units(view, seen, word_tables(content)[0])
    check_activity(view, seen, word_tables(content)[0])


def check_activity(view: View, seen: Seen, rows: list[list[str]]) -> None:
    """What the page's key figures show over all activities is so in the annex: named in the head, with the units' numbers."""
    every = view.t("filter.activity.all")
    for label in leading(seen):
        column = next(n for n, head in enumerate(rows[0]) if head.startswith(tight(view, bare(label))))
        assert (every in rows[0][column]) == (every.lower() in label.lower() and bool(view.filters.activity)), rows[0]
        assert any(numbers(row[column]) for row in rows[1:]), label


def check_units(view: View, seen: Seen, rows: list[list[str]]) -> None:
    """Each unit's number in the first annex is the one in its tip on the page's map."""
    column = next((n for n, head in enumerate(rows[0]) if head.startswith(tight(view, view.measure_label))), None)
    if column is None or view.filters.per_10k:
        return
    found = {row[0]: row[column] for row in rows[1:]}
    names = {u.unit_id: view.pick(u.name_zh, u.name_en) for u in view.choices.units_of(view.campaign)}
    for unit, tip in seen.tips.items():
        line = next(line for line in tip.split("\n") if line.startswith(view.measure_label))
        assert numbers(found[tight(view, names[unit])]) == numbers(line.removeprefix(view.measure_label)), (tip, found)


def check_slides(seen: Seen, content: bytes) -> None:
    slides = slide_lines(content)
    every = {squeezed(line) for lines in slides for line in lines}
    for label, (value, note) in leading(seen).items():
        assert {squeezed(text) for text in (label, value, note) if text} <= every, label
    assert squeezed(seen.headline) in every or not has_values(seen)


def check_sheets(view: View, seen: Seen, content: bytes) -> None:
    sheets = sheet_rows(content)
    totals = {bare(row[0]): row for row in sheets[view.t("report.section.totals")][1:]}
    for label, (value, note) in leading(seen).items():
        row = totals[bare(label)]
        shown = percent(row[2]) if row[1] == "%" else compact(row[2], view.lang)
        assert numbers(shown) == numbers(value)[:1], label
        if isinstance(row[7], int | float):
            assert f"{abs(row[7]):.1f}".removesuffix(".0") in [n.rstrip("%") for n in numbers(note)], (
                label,
                row[7],
                note,
            )
    rows = [[shown_cell(view, cell) for cell in row] for row in sheets[view.t("report.annex.units")]]
    check_units(view, seen, rows)


def shown_cell(view: View, cell: object) -> str:
    """A cell of a sheet as the page prints it."""
    return f"{cell:,}" if isinstance(cell, int | float) else tight(view, str(cell))


def check_screens(seen: Seen, shown: dict[str, str], stamp: str) -> None:
    figures = squeezed(shown["figures"])
    for label, (value, note) in leading(seen).items():
        assert squeezed(f"{label}{value}{note}") in figures, (label, value, note)
    assert squeezed("/".join(who_reported(seen))) in figures
    if "map" in shown:
        assert squeezed(seen.headline) in squeezed(shown["map"])
    assert squeezed(shown["stamp"]) == squeezed(stamp)


def check_picture(view: View, seen: Seen, renderer: Renderer) -> None:
    chart = draw_named(view, "map", view.filters.measure)
    if chart is None:
        assert not seen.tips
        return
    whole = squeezed("".join(picture_texts(renderer.pictures([chart.figure], "svg")[0])))
    # A sentence that is longer than the frame's two lines is cut there; the caption has all of it.
    assert squeezed(seen.headline) in whole or len(seen.headline) > 120
    assert squeezed(seen.headline.removesuffix(view.t("headline.stop"))) in squeezed(chart.caption)
    assert squeezed(chart.source) in whole and squeezed(chart.source) in squeezed(chart.caption)
    assert view.source.release_id[:12] in whole
    assert (squeezed(view.t("caption.sample")) in whole) == view.campaign.is_sample


def check_state(
    source: Database,
    releases: Path,
    seed: int,
    monkeypatch: pytest.MonkeyPatch,
    page: Page,
    renderer: Renderer,
    folder: Path,
) -> None:
    query = random_query(source, seed)
    view = view_of(source, query)
    seen = seen_on(run(releases, monkeypatch, "overview", **query))
    data, deck = gather(view), make_deck(view, SLIDE_ORDER)
    check_word(view, seen, to_docx(data, {}))
    check_slides(seen, to_pptx(deck, {}))
    check_sheets(view, seen, to_xlsx(data))
    check_screens(seen, screens_in(page, to_html(view), folder, ("figures", "map")), deck.stamp.line)
    check_picture(view, seen, renderer)


@pytest.mark.browser
@pytest.mark.parametrize(
    "seed", [pytest.param(n, marks=[pytest.mark.slow] if n >= QUICK else []) for n in range(STATES)]
)
def test_every_reader_sees_the_same_numbers(
    source: Database, sample_releases: Path, seed: int, monkeypatch: pytest.MonkeyPatch, browser_page: Page,
    renderer: Renderer, tmp_path: Path,
) -> None:  # fmt: skip
    check_state(source, sample_releases, seed, monkeypatch, browser_page, renderer, tmp_path)


def test_the_states_are_all_kinds(source: Database) -> None:
    """The seeds reach every filter, both languages and campaigns of several places."""
    queries = [random_query(source, seed) for seed in range(STATES)]
    for name in ("activity", "kind", "per10k", "units", "measure", "as_of"):
        assert 3 <= sum(name in query for query in queries) < STATES
    assert {query["lang"] for query in queries} == {"zh", "en"} and len({query["area"] for query in queries}) >= 3
    assert any("activity" in query and "measure" in query for query in queries[:QUICK]), "in every run"
    assert {query["base"] != "none" for query in queries} == {True, False}
