"""Findings about a scanned file as a whole stand beside the picture of their place."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime

import pytest
from PIL import Image

from dashboard.desk.loader import read_candidate
from dashboard.desk.places import Desk
from dashboard.desk.records import FileFinding
from dashboard.desk.staging import stage
from tests.app.test_load import Var, page, var  # noqa: F401 - a fixture
from tests.unit.etl.test_decisions import CAMPAIGN, COUNT, form

BOXES = ("页1段1 框1:100,50,500,80", "页1段9 框1:100,900,500,930")


@pytest.mark.parametrize(
    ("levels", "n_open", "n_folded"), [(("error", "warning"), 2, 0), (("warning", "warning"), 0, 2)]
)
def test_a_unit_that_a_scan_names_is_shown_as_it_stands_there(
    var: Var,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    levels: tuple[str, str],
    n_open: int,
    n_folded: int,
) -> None:
    form(var.inbox / CAMPAIGN / "a.docx", **{COUNT: "12"})
    var.load()
    desk = Desk(var.root)
    form(var.root / "b.docx", "江北区", **{COUNT: "3"})
    stage(desk, [("b.docx", (var.root / "b.docx").read_bytes())], datetime(2021, 7, 3, 9))
    assert read_candidate(desk).is_done
    found = tuple(
        FileFinding(level, "unit_unresolved", "", "", box, "高坪市", "", "", "", "", "认不出", "unknown", "", "")
        for level, box in zip(levels, BOXES, strict=True)
    )
    asked: list[str] = []

    def picture(_desk: Desk, _name: str, _digest: str, place: str, _others: Iterable[str]) -> bytes:
        asked.append(place)
        stream = io.BytesIO()
        Image.new("RGB", (60, 20), "white").save(stream, "PNG")
        return stream.getvalue()

    monkeypatch.setattr("dashboard.desk.queries.query_findings", lambda *_: found)
    monkeypatch.setattr("dashboard.components.desk_pictures.cell_picture", picture)
    app = page(var, monkeypatch)
    assert not app.exception and not app.error
    shown = app.get("image")
    assert len(shown) == len(asked) == n_open
    for toggle in (t for t in app.toggle if t.label == "看扫描件上的位置（2 处）"):
        toggle.set_value(True).run()
        shown = app.get("image")
    assert len(shown) == n_open + n_folded and asked == list(BOXES)
    assert "框" not in " ".join(str(i.proto) for i in shown)
