"""Collected tables on the Load page: sums that differ and columns of no blank are said, and can be closed one by one."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.desk.decision_rows import merge_decisions, read_rows
from dashboard.desk.places import Desk
from dashboard.desk.queries import query_files, query_findings
from dashboard.desk.staging import clear
from dashboard.release import open_pointed, read_pointer
from tests.app.running import words
from tests.app.test_load import Var, page
from tests.unit.etl.test_decisions import CAMPAIGN, COUNT, PEOPLE, catalog


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Var:
    monkeypatch.setenv("ATLAS_VAR", str(tmp_path))
    monkeypatch.setattr("dashboard.components.desk_take.read_again", lambda _view: None)
    return Var(tmp_path)


def book(var: Var, *rows: str) -> None:
    path = var.inbox / CAMPAIGN / "册.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(rows), encoding="utf-8")
    var.load()


def label(indicator: str) -> str:
    return catalog().forms[CAMPAIGN].by_indicator[indicator].label_zh


def open_rules(var: Var) -> list[tuple[str, str]]:
    """Rule and what was found of the file's own findings."""
    release = open_pointed(read_pointer(var.releases))
    (file,) = query_files(release, CAMPAIGN)
    return [(f.rule, f.found) for f in query_findings(release, file.submission_id)]


def decided(var: Var) -> list[dict[str, str]]:
    rows = read_rows(var.root / "desk" / "decisions.csv")
    merge_decisions(Desk(var.root))
    clear(Desk(var.root))
    var.load()
    return rows


def by_the_office(app: AppTest) -> AppTest:
    return app.text_input(key="desk_by").set_value("综合科").run()


def test_the_panel_of_a_table_of_units_says_whose_value_it_shows(var: Var, monkeypatch: pytest.MonkeyPatch) -> None:
    book(var, f"区县,{label(COUNT)},{label(PEOPLE)}", "渝北区,12,300", "江北区,-7,80")
    for lang, column, unit in (("zh", "单位", "江北区"), ("en", "Unit", "Jiangbei")):
        (panel,) = [p for p in words(page(var, monkeypatch, lang)).split("<p ") if f"<span>{column}</span>" in p]
        assert unit in panel


def test_a_total_that_differs_is_said_beside_the_sum_and_closed_with_a_reason(
    var: Var, monkeypatch: pytest.MonkeyPatch
) -> None:
    book(var, f"区县,{label(COUNT)},{label(PEOPLE)}", "渝北区,12,300", "江北区,7,80", "某某区,1,1", "合计,25,400")
    zh, en = by_the_office(page(var, monkeypatch)), page(var, monkeypatch, "en")
    said = [c.label for c in zh.checkbox]
    assert len(said) == 2 and all(word in said[0] for word in (label(COUNT), "25", "20"))
    assert "says 25; its parts add up to 20" in en.checkbox[0].label
    # Not a doubt of the values of the row whose unit is unknown.
    assert not any("合计" in str(row) for t in zh.dataframe if "读作" in t.value.columns for row in t.value["检查所见"])
    button = next(b for b in zh.button if b.label == "所选已核实，无误")
    zh.checkbox[0].check()
    button.click().run()
    assert [e.value for e in zh.error] == ["请勾选并填写理由。"]
    zh.checkbox[0].check()
    next(t for t in zh.text_input if t.placeholder.startswith("如：合计含")).set_value("合计含市直单位")
    next(b for b in zh.button if b.label == "所选已核实，无误").click().run()
    assert [(r["kind"], r["rule"], r["indicator_id"]) for r in decided(var)] == [("explain", "total_mismatch", COUNT)]
    left = page(var, monkeypatch).checkbox
    assert len(left) == 1 and label(PEOPLE) in left[0].label


@pytest.mark.parametrize("is_full", [pytest.param(True, marks=pytest.mark.slow), False])
def test_a_column_of_no_blank_can_be_said_not_to_count_and_is_asked_only_what_is_offered(
    var: Var, monkeypatch: pytest.MonkeyPatch, is_full: bool
) -> None:
    every = [i.label_zh for i in catalog().forms[CAMPAIGN].indicators] if is_full else [label(COUNT)]
    heads = ",".join(["区县", *every, "客户端推送（条）", "短信（条）", "客户端推送（条）"])
    book(var, heads, *(f"{u}{',1' * len(every)},77,5,6" for u in ("渝北区", "江北区")))
    app = by_the_office(page(var, monkeypatch))
    asked = [s for s in app.selectbox if s.label.endswith("是哪一项")]
    assert [s.label for s in asked] == ["“客户端推送(条)”是哪一项", "“短信(条)”是哪一项"]
    assert asked[0].options[-1] == "不是统计表的指标，不计入" and (len(asked[0].options) == 1) == is_full
    asked[0].set_value("-")
    next(b for b in app.button if b.label == "按所选读取").click().run()
    assert [(r["kind"], r["rule"], r["expect"]) for r in decided(var)] == [
        ("explain", "column_unread", "客户端推送(条)")
    ]
    assert [found for rule, found in open_rules(var) if rule == "column_unread"] == ["短信(条)"]
