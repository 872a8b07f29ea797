"""No file leaves the desk before somebody has dealt with it: assigned, sent back, or replaced by one that can be read."""

from __future__ import annotations

from datetime import datetime

import pytest

from dashboard.desk.decision_rows import merge_decisions
from dashboard.desk.loader import read_candidate
from dashboard.desk.places import Desk
from dashboard.desk.publishing import publish
from dashboard.desk.queries import OPEN, UNKNOWN_UNIT, query_files, query_findings, query_missing
from dashboard.desk.staging import clear, stage
from dashboard.release import open_pointed, read_pointer
from tests.app.running import plain_words, run
from tests.app.test_load import Var, buttons, page, table
from tests.unit.etl.test_decisions import CAMPAIGN, COUNT, PEOPLE, catalog, form

BROKEN = b"PK\x03\x04 broken"


@pytest.fixture
def var(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> Var:
    """An installation that has published one good form, one of an unknown unit and one that is broken, none decided."""
    root = Var(tmp_path)  # type: ignore[arg-type]
    monkeypatch.setenv("ATLAS_VAR", str(root.root))
    form(root.inbox / CAMPAIGN / "a.docx", **{COUNT: "7"})
    root.load()
    upload(root, {"开发区.docx": unknown(root), "坏.docx": BROKEN})
    assert publish(Desk(root.root), "2021-07-08").is_done
    return root


def unknown(var: Var) -> bytes:
    form(var.root / "x.docx", "某某开发区", **{COUNT: "5"})
    return (var.root / "x.docx").read_bytes()


def upload(var: Var, files: dict[str, bytes], at: datetime = datetime(2021, 7, 8, 9)) -> None:
    stage(Desk(var.root), files.items(), at)
    assert read_candidate(Desk(var.root)).is_done


def undone(var: Var, folder: str = "releases") -> list[str]:
    """The files that wait, by their own names."""
    release = open_pointed(read_pointer(var.root / folder))
    return sorted(f.source_name.rsplit("/", 1)[-1] for f in query_files(release, OPEN))


def test_what_was_published_undecided_is_listed_in_the_next_session_with_its_buttons(
    var: Var, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = page(var, monkeypatch)
    assert {row["文件"]: row["性质"] for row in table(app, "性质")} == {"开发区.docx": "未计入", "坏.docx": "未读取"}
    assert any("尚未处理的文件（2）" in str(s.options) for s in app.selectbox)
    assert buttons(app, "退回")
    en = page(var, monkeypatch, "en")
    assert any("Not dealt with yet (2)" in str(s.options) for s in en.selectbox)


@pytest.mark.slow
def test_sent_again_it_is_the_same_row_with_its_buttons_and_no_duplicate(
    var: Var, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload(var, {"又一次.docx": unknown(var)})
    app = page(var, monkeypatch)
    assert [(row["文件"], row["性质"]) for row in table(app, "性质")] == [("又一次.docx", "未计入")]
    assert buttons(app, "退回") and [s.label for s in app.selectbox if s.label == "是哪个单位的"]
    # Of the two that wait the other one is of an earlier day.
    assert undone(var, "desk/candidate") == ["坏.docx", "开发区.docx"]


@pytest.mark.slow
def test_sent_back_in_one_click_it_is_called_so_for_a_reason_fit_for_a_letter(
    var: Var, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload(var, {"又坏.docx": BROKEN})
    app = page(var, monkeypatch)
    app.text_input(key="desk_by").set_value("综合科").run()
    next(b for b in app.button if str(b.key).startswith("desk_reject_now_")).click().run()
    assert not app.exception
    row = next(r for r in table(app, "性质") if r["文件"] == "又坏.docx")
    assert (row["性质"], row["检查所见"]) == ("已退回", "该文件已被退回，不计入（文件损坏）")
    assert publish(Desk(var.root), "2021-07-09").is_done
    # The unknown unit's form is listed once; a copy under another name is called that.
    upload(var, {"又一次.docx": unknown(var)})
    assert publish(Desk(var.root), "2021-07-10").is_done
    app = page(var, monkeypatch)
    next(s for s in app.selectbox if str(s.key).startswith("desk_scope_")).set_value(CAMPAIGN).run()
    rows = {row["文件"]: row["性质"] for row in table(app, "性质")}
    sent_back = {"坏.docx": "已退回", "又坏.docx": "重复"}  # for the campaign of the files it came with
    assert rows == {"a.docx": "新报", "开发区.docx": "未计入", "又一次.docx": "重复", **sent_back}


@pytest.mark.slow
def test_before_publishing_it_is_said_how_many_files_will_not_count(var: Var, monkeypatch: pytest.MonkeyPatch) -> None:
    upload(var, {"坏2.docx": BROKEN + b"2"})
    zh, en = page(var, monkeypatch), page(var, monkeypatch, "en")
    assert ["3 个文件尚未处理，发布后不计入" in w.value for w in zh.warning] == [True]
    assert ["3 files are not dealt with and will not count" in w.value for w in en.warning] == [True]
    assert "以前收到的文件中有 2 个尚未处理" in plain_words(zh)
    assert [row["文件"] for row in table(zh, "性质")] == ["坏2.docx"]
    zh.button(key="desk_undone").click().run()
    assert sorted(str(row["文件"]) for row in table(zh, "性质")) == ["坏.docx", "坏2.docx", "开发区.docx"]


def test_dealt_with_it_stays_at_hand_until_it_is_published(var: Var, monkeypatch: pytest.MonkeyPatch) -> None:
    app = page(var, monkeypatch)
    app.text_input(key="desk_by").set_value("综合科").run()
    app.button(key="desk_next_file").click().run()
    next(s for s in app.selectbox if s.label == "是哪个单位的").set_value("500105").run()
    next(b for b in app.button if str(b.key).startswith("desk_do_unit_")).click().run()
    assert not app.exception
    rows = {row["文件"]: row["性质"] for row in table(app, "性质")}
    assert rows == {"开发区.docx": "新报", "坏.docx": "未读取"}
    assert any("尚未处理的文件（1）" in str(s.options) for s in app.selectbox)
    assert publish(Desk(var.root), "2021-07-09").is_done
    assert [row["文件"] for row in table(page(var, monkeypatch), "性质")] == ["坏.docx"]


def test_a_table_with_an_unknown_unit_waits_until_the_name_is_assigned_or_said_to_be_none(
    var: Var, monkeypatch: pytest.MonkeyPatch
) -> None:
    labels = ",".join(catalog().forms[CAMPAIGN].by_indicator[i].label_zh for i in (COUNT, PEOPLE))
    rows = ["渝中区,1,10", "万州区,2,20", "某某区,2,20", "甲乙县,3,30"]
    (var.inbox / CAMPAIGN / "册.csv").write_text("\n".join([f"区县,{labels}", *rows]), encoding="utf-8")
    var.load()
    release = open_pointed(read_pointer(var.releases))
    (book,) = [f for f in query_files(release, OPEN) if f.source_name.endswith("册.csv")]
    names = [f.found for f in query_findings(release, book.submission_id) if f.rule in UNKNOWN_UNIT]
    assert names == ["某某区", "甲乙县"]
    var.decide(kind="unit", source_sha256=book.source_sha256, expect="某某区", value="500105")
    var.load()
    assert "册.csv" in undone(var)
    monkeypatch.setattr("dashboard.components.desk_take.read_again", lambda _view: None)
    app = page(var, monkeypatch)
    for _ in range(3):
        if any(s.label == "表中认不出的名称" for s in app.selectbox):
            break
        app.button(key="desk_next_file").click().run()
    app.text_input(key="desk_by").set_value("综合科").run()
    next(s for s in app.selectbox if s.label == "是哪个单位的").set_value("-").run()
    next(b for b in app.button if str(b.key).startswith("desk_do_unit_")).click().run()
    merge_decisions(Desk(var.root))
    clear(Desk(var.root))
    var.load()
    assert "册.csv" not in undone(var)


@pytest.mark.slow
def test_assigned_or_sent_back_it_leaves_the_list_and_not_before(var: Var) -> None:
    assert undone(var) == ["坏.docx", "开发区.docx"]
    release = open_pointed(read_pointer(var.releases))
    digests = {f.source_name.rsplit("/", 1)[-1]: f.source_sha256 for f in query_files(release, OPEN)}
    var.decide(kind="unit", source_sha256=digests["开发区.docx"], expect="*", value="500105")
    var.load()
    assert undone(var) == ["坏.docx"]
    var.decide(kind="reject", source_sha256=digests["坏.docx"])
    var.load()
    assert undone(var) == []


@pytest.mark.slow
def test_a_broken_file_is_replaced_by_a_good_one_of_its_name_only_where_the_name_tells_the_unit(var: Var) -> None:
    form(var.inbox / "2021-07-09" / "坏.docx", "江北区", **{COUNT: "3"})
    (var.inbox / CAMPAIGN / "万州区.docx").write_bytes(BROKEN + b"3")
    var.load()
    # Any unit may call its file 坏.docx; nothing says that this one is the broken one sent anew.
    assert undone(var) == ["万州区.docx", "坏.docx", "开发区.docx"]
    form(var.inbox / "2021-07-09" / "万州区.docx", "万州区", **{COUNT: "3"})
    (var.inbox / "2021-07-09" / "received.csv").write_text(
        "file,received_at\n万州区.docx,2099-01-01 09:00\n", encoding="utf-8"
    )
    var.load()
    assert undone(var) == ["坏.docx", "开发区.docx"]


def test_a_rejected_file_of_no_known_campaign_is_its_neighbours_and_nobody_is_told_that_nothing_came(
    var: Var, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Campaign 2021, the file uploaded in 2026: neither file nor arrival says whose it is, the files beside it do."""
    form(var.root / "x.docx", "江北区", **{COUNT: "5"})
    files = {
        "江北.docx": (var.root / "x.docx").read_bytes(),
        "万州区.docx": BROKEN + b"1",
        "渝中区.docx": BROKEN + b"2",
    }
    upload(var, files, datetime(2026, 11, 27, 9))
    desk = Desk(var.root)
    candidate = open_pointed(read_pointer(desk.candidate))
    told = {u.name_zh: u for u in query_missing(candidate, CAMPAIGN)}
    assert told["万州区"].received_name.endswith("万州区.docx") and told["万州区"].is_guessed
    assert not any(u.received_name for u in query_missing(candidate, "chongqing-2026")), (
        "the day of arrival is no guess then"
    )
    app = page(var, monkeypatch)
    app.text_input(key="desk_by").set_value("综合科").run()
    back = "按重庆市 2021 年的报表退回，理由照检查所见"
    for label in (back, "下一个要看的文件 →", back):
        next(b for b in app.button if b.label == label).click().run()
    told = {u.name_zh: u for u in query_missing(open_pointed(read_pointer(desk.candidate)), CAMPAIGN)}
    sent_back = [told[name] for name in ("万州区", "渝中区")]
    assert [(bool(u.received_name), u.is_guessed) for u in sent_back] == [(True, False)] * 2
    assert publish(desk, "2026-11-27").is_done
    asked = {"area": "chongqing", "year": "2021"}
    district = run(var.releases, monkeypatch, "district", unit=told["万州区"].unit_id, **asked)
    assert (
        "已收到文件，但无法使用" in plain_words(district) and "未报送" not in plain_words(district).split("核对意见")[0]
    )
    reporting = run(var.releases, monkeypatch, "reporting", **asked)
    assert plain_words(reporting).count("但无法使用") == 2
    assert "【报表已收到“万州区.docx”，但无法使用：文件损坏，请重报】" in str([c.value for c in reporting.code])
