"""Units of count that changed between two forms are named in the reader's language, on the page and in the reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.components.changes import measure_changes
from dashboard.components.year_basis import basis_lines
from dashboard.release import open_pointed, read_pointer
from dashboard.reports.opening import view_of
from tests.app.running import CJK


@pytest.mark.parametrize(("lang", "words"), [("zh", "条 → 个"), ("en", "entries → items")])
def test_a_changed_unit_is_named_in_the_readers_language(sample_releases: Path, lang: str, words: str) -> None:
    source = open_pointed(read_pointer(sample_releases))
    view = view_of(
        source, {"area": "chongqing", "year": "2022", "base": "2021", "measure": "hazards_exposed", "lang": lang}
    )
    lines = basis_lines(view, measure_changes(view))
    assert any(words in line for line in lines), lines
    assert lang == "zh" or not any(CJK.search(line) for line in lines)
    source.connection.close()
