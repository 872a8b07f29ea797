"""Every chart of every page has a caption to copy, and it is the exported picture's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.release import Database, open_pointed, read_pointer
from dashboard.reports.drawings import draw_named
from dashboard.reports.opening import view_of
from tests.app.running import chart_keys, run

QUERY = {"area": "chongqing", "year": "2022", "base": "2021"}
# page, what stands in its map's place, and of its charts those that are exported: key -> (name, measure)
PAGES = (
    ("overview", "", {"map": ("map", "hazards_exposed"), "change": ("change", "hazards_exposed")}),
    ("overview", "none", {"map": ("map", "hazards_exposed")}),
    (
        "participation", "",
        {"map": ("map", "participation"), "spread": ("spread", "participation"), "hazard_bars": ("bars", "participation"),
         "activities": ("activities", "participation")},
    ),
    ("participation", "years", {"year_maps": ("year_maps", "participation")}),
    (
        "hazards", "",
        {"map": ("map", "hazards_exposed"), "hazard_bars": ("bars", "hazards_exposed"),
         "relation": ("relation", "hazards_exposed")},
    ),
    ("hazards", "pair", {"map_pair": ("paired_map", "hazards_exposed")}),
    ("coverage", "", {"map": ("map", "activity_coverage"), "filled": ("filled", "activity_coverage")}),
    (
        "year_over_year", "",
        {"map": ("change_map", "hazards_exposed"), "dumbbells": ("dumbbells", "hazards_exposed"),
         "parts": ("waterfall", "hazards_exposed"), "history": ("history", "hazards_exposed"),
         "by_activity": ("by_activity", "participation")},
    ),
    ("reporting", "", {"arrivals": ("arrivals", "hazards_exposed")}),
    ("data_quality", "", {"rules": ("rules", "hazards_exposed")}),
)  # fmt: skip


@pytest.fixture(scope="module")
def source(sample_releases: Path) -> Iterator[Database]:
    database = open_pointed(read_pointer(sample_releases))
    yield database
    database.connection.close()


def behind_of(key: str) -> str:
    """The fold under a chart; bars of all units stand in three columns over one."""
    return "hazard_bars" if key.isdigit() else key


def captions(app: AppTest) -> dict[str, str]:
    """Key of each fold under a chart -> the caption in it, all opened."""
    folds = sorted({behind_of(key) for key in chart_keys(app)})
    found, shown = {}, {code.value for code in app.code}  # the page's own texts to copy
    for name in folds:
        app.session_state[f"behind_{name}"] = True
        app.run()
        assert not app.exception and not app.error
        (found[name],) = [code.value for code in app.code if code.value not in shown]
        app.session_state[f"behind_{name}"] = False
    return found


@pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.slow)])
@pytest.mark.parametrize(("page", "face", "exported"), PAGES)
def test_every_chart_has_the_caption_of_its_picture(
    source: Database, sample_releases: Path, monkeypatch: pytest.MonkeyPatch, page: str, face: str,
    exported: dict[str, tuple[str, str]], lang: str,
) -> None:  # fmt: skip
    query = {**QUERY, "measure": "hazards_exposed", "lang": lang, "show": "" if face == "none" else face}
    query |= {"base": "none"} if face == "none" else {}
    app = run(sample_releases, monkeypatch, page, **query)
    assert page == "reporting" or not app.code, "nothing is sent before it is opened"  # there the reminder stands
    found = captions(app)
    assert found and all(found.values())
    for key, (name, measure_id) in exported.items():
        if key not in found:
            continue
        made = draw_named(view_of(source, query), name, measure_id)
        assert made is not None and found[key] == made.caption, key
    assert set(exported) - {"by_activity"} <= set(found)
