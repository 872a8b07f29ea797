"""The Load page over a release read from real files: what it says about files, values and decisions."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components.desk_frame import now
from dashboard.desk.decision_rows import merge_decisions, read_rows
from dashboard.desk.freshness import is_read
from dashboard.desk.loader import Ended, decide, read_candidate
from dashboard.desk.places import Desk
from dashboard.desk.preview import total_changes
from dashboard.desk.publishing import publish
from dashboard.desk.queries import query_totals
from dashboard.desk.staging import clear, read_arrivals, stage
from dashboard.release import open_pointed, read_pointer
from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.decisions.decide import take_down
from etl.run import Wanted, load
from tests.app.running import plain_words, run, words
from tests.unit.etl.test_decisions import CAMPAIGN, COUNT, PEOPLE, catalog, form

UNIT_ID = "500112"


class Var:
    """A folder of the installation: inbox, decisions, release."""

    def __init__(self, root: Path) -> None:
        self.root, self.inbox, self.releases = root, root / "inbox", root / "releases"
        self.decisions = root / "decisions.csv"

    def load(self) -> None:
        wanted = Wanted((self.inbox,), decisions_file=self.decisions)
        assert load(wanted, self.releases).pointer

    def decide(self, **fields: object) -> None:
        item = {"decided_by": "综合科", "form_id": CAMPAIGN, "reason": "电话核实", **fields}
        take_down(catalog(), json.dumps([item]), self.decisions, datetime(2021, 7, 3, 9))


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Var:
    monkeypatch.setenv("ATLAS_VAR", str(tmp_path))
    return Var(tmp_path)


def page(var: Var, monkeypatch: pytest.MonkeyPatch, lang: str = "zh") -> AppTest:
    return run(var.releases, monkeypatch, "load", lang=lang)


def test_a_file_sent_back_is_called_so_and_is_no_error(var: Var, monkeypatch: pytest.MonkeyPatch) -> None:
    form(var.inbox / CAMPAIGN / "a.docx", **{COUNT: "12"})
    digest = form(var.inbox / CAMPAIGN / "b.docx", "江北区", **{COUNT: "3"})
    var.decide(kind="reject", source_sha256=digest)
    var.load()
    files = page(var, monkeypatch).dataframe[0].value
    row = files[files["文件"].str.endswith("b.docx")].iloc[0]
    assert row["性质"] == "已退回" and row["差错"] == 0


def buttons(app: AppTest, words: str) -> list[str]:
    return [b.label for b in app.button if b.label.startswith(words)]


def test_a_guess_does_not_look_like_what_one_is_to_do(var: Var, monkeypatch: pytest.MonkeyPatch) -> None:
    form(var.inbox / CAMPAIGN / "a.docx", "渝贝区", **{COUNT: "7"})
    form(var.inbox / CAMPAIGN / "b.docx", "江北区", **{COUNT: "7", PEOPLE: "7场2800人次"})
    var.load()
    guesses = [b for b in page(var, monkeypatch).button if b.label.startswith("计为")]
    (var.inbox / CAMPAIGN / "a.docx").unlink()
    var.load()
    app = page(var, monkeypatch)
    guesses += [b for b in app.button if b.label.startswith("采纳建议")]
    assert {b.label for b in guesses} >= {"计为渝北区", "采纳建议：7", "采纳建议：2800"}
    assert {b.proto.type for b in guesses} == {"secondary"}
    assert [b.proto.type for b in app.button if b.label == "更正"] == ["primary"], "what one typed oneself"


def test_sample_files_say_so_wherever_the_desk_shows_them(
    sample_releases: Path, var: Var, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(sample_releases, monkeypatch, "load", lang="zh", area="chongqing", year="2022")
    heads = [h for h in re.findall(r'<h2 class="atlas-h2">(.*?)</h2>', words(app)) if "示例数据" in h]
    assert [re.sub("[：<].*", "", h).strip() for h in heads] == ["二、文件", "三、逐项核对", "还没有报送的单位"]
    assert all("（示例）" in row["性质"] for row in table(app, "性质"))
    form(var.inbox / CAMPAIGN / "a.docx", **{COUNT: "7"})
    var.load()
    own = page(var, monkeypatch)
    assert "示例" not in words(own) and [row["性质"] for row in table(own, "性质")] == ["新报"]


def test_the_way_back_is_the_file_looked_at_before_wherever_it_stands_now(
    var: Var, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, unit in (("a", "渝北区"), ("b", "江北区"), ("c", "南岸区")):
        form(var.inbox / CAMPAIGN / f"{name}.docx", unit, **{COUNT: "-7"})
    var.load()
    app = page(var, monkeypatch)

    def shown() -> str:
        return re.search(r"三、逐项核对：(\w)\.docx", plain_words(app))[1]  # type: ignore[index]

    def labels() -> list[str]:
        return [b.label for b in app.button if b.key in ("desk_previous_file", "desk_next_file")]

    assert shown() == "a" and labels() == ["下一个要看的文件 →"]
    seen = [shown()]
    for _ in range(2):
        app.button(key="desk_next_file").click().run()
        seen.append(shown())
    assert seen == ["a", "b", "c"] and labels() == ["← 上一个文件", "下一个要看的文件 →"]
    for name in ("b", "a"):
        app.button(key="desk_previous_file").click().run()
        assert shown() == name
    assert labels() == ["下一个要看的文件 →"]


def test_two_numbers_in_one_blank_are_proposed_one_by_one(var: Var, monkeypatch: pytest.MonkeyPatch) -> None:
    form(var.inbox / CAMPAIGN / "a.docx", **{COUNT: "7", PEOPLE: "7场2800人次"})
    var.load()
    assert buttons(page(var, monkeypatch), "采纳建议") == ["采纳建议：7", "采纳建议：2800"]


def test_the_desk_speaks_of_itself_not_of_the_command_line(var: Var, monkeypatch: pytest.MonkeyPatch) -> None:
    form(var.inbox / CAMPAIGN / "a.docx", "", **{COUNT: "7"})
    form(var.inbox / CAMPAIGN / "b.docx", **{COUNT: "3"})
    var.load()
    rows = page(var, monkeypatch).dataframe[0].value.to_dict("records")
    row = next(r for r in rows if r["文件"].endswith("a.docx"))
    assert row["检查所见"].startswith("填报单位没有填") and row["活动"] == "重庆市 2021 年"


def table(app: AppTest, column: str) -> list[dict[str, object]]:
    """The rows of the first table that has the column."""
    return next(t.value for t in app.dataframe if column in t.value.columns).to_dict("records")


def test_what_is_said_of_a_whole_file_stands_by_its_values_with_what_to_do(
    var: Var, monkeypatch: pytest.MonkeyPatch
) -> None:
    form(var.inbox / CAMPAIGN / "a.docx", "渝北区教委", **{COUNT: "7"})
    form(var.inbox / CAMPAIGN / "b.docx", **{COUNT: "3"})
    var.load()
    zh, en = page(var, monkeypatch), page(var, monkeypatch, "en")
    assert "渝北区的部门" in plain_words(zh) and "department" in plain_words(en)
    assert buttons(zh, "计为") == ["计为渝北区"] and buttons(zh, "退回")
    assert buttons(en, "Count it as") == ["Count it as Yubei"] and buttons(en, "Reject")


def test_decisions_name_units_campaigns_and_files_as_a_clerk_does(var: Var, monkeypatch: pytest.MonkeyPatch) -> None:
    digest = form(var.inbox / CAMPAIGN / "a.docx", "渝贝区", **{COUNT: "7"})
    form(var.inbox / CAMPAIGN / "b.docx", "江北区", **{COUNT: "3"})
    about = {"source_sha256": digest, "source_name": "staged/七月.zip/a.docx"}
    var.decide(kind="unit", expect="*", value=UNIT_ID, **about)
    var.decide(kind="campaign", value=CAMPAIGN, **about)
    var.load()
    for lang, unit, campaign in (
        ("zh", "渝北区", "重庆市2021年“安全生产月”活动"),
        ("en", "Yubei", "Chongqing Work Safety Month 2021"),
    ):
        column = {"zh": "改为", "en": "To"}[lang]
        rows = table(page(var, monkeypatch, lang), column)
        assert {row[column] for row in rows} == {unit, campaign}
        assert {row[{"zh": "文件", "en": "File"}[lang]] for row in rows} == {"七月.zip/a.docx"}
        assert not any(word in str(row) for row in rows for word in (UNIT_ID, CAMPAIGN, "staged", "'*'"))


def test_the_same_bytes_under_another_name_are_a_row_that_says_so(var: Var, monkeypatch: pytest.MonkeyPatch) -> None:
    form(var.inbox / CAMPAIGN / "a.docx", **{COUNT: "7"})
    (var.inbox / CAMPAIGN / "b.docx").write_bytes((var.inbox / CAMPAIGN / "a.docx").read_bytes())
    var.load()
    rows = table(page(var, monkeypatch), "性质")
    assert sorted(str(row["文件"]) for row in rows) == ["a.docx", "b.docx"]
    assert sorted(str(row["性质"]) for row in rows) == ["新报", "重复"]


def test_a_correction_of_the_replaced_file_can_be_taken_over(var: Var, monkeypatch: pytest.MonkeyPatch) -> None:
    old = form(var.inbox / CAMPAIGN / "a.docx", **{COUNT: "12", PEOPLE: "300"})
    common = {"source_sha256": old, "unit_id": UNIT_ID, "source_name": f"inbox/{CAMPAIGN}/a.docx", "reason": "笔误"}
    var.decide(kind="value", indicator_id=COUNT, expect="12", value="15", **common)
    var.decide(kind="value", indicator_id=PEOPLE, expect="300", value="320", **common)
    form(var.inbox / CAMPAIGN / "b.docx", day="2021年7月8日", **{COUNT: "12", PEOPLE: "310"})
    var.load()
    app = page(var, monkeypatch)
    assert {row["状态"] for row in table(app, "状态")} == {"来源文件未计入，以“b.docx”为准"}
    # Only where the text is the same: 310 is another text than 300.
    assert buttons(app, "沿用") == ["沿用旧文件上的 1 条决定", "沿用旧文件上的更正：15（综合科：笔误）"]
    app.text_input(key="desk_by").set_value("综合科")
    next(b for b in app.button if b.label.startswith("沿用旧文件上的更正")).click()
    monkeypatch.setattr("dashboard.components.desk_take.read_again", lambda _view: None)
    app.run()
    taken = [r for r in read_rows(var.root / "desk" / "decisions.csv") if r["source_name"].endswith("b.docx")]
    assert [(r["kind"], r["expect"], r["value"], r["reason"]) for r in taken] == [("value", "12", "15", "笔误")]


@pytest.mark.slow
def test_what_was_decided_anew_is_listed_once(var: Var, monkeypatch: pytest.MonkeyPatch) -> None:
    common = {"kind": "value", "unit_id": UNIT_ID, "indicator_id": COUNT, "expect": "12", "value": "15"}
    name = f"inbox/{CAMPAIGN}/{{}}.docx"
    digests = [form(var.inbox / CAMPAIGN / "a.docx", **{COUNT: "12", PEOPLE: people}) for people in ("1", "20", "300")]
    # The first two versions of the file are gone; then another file replaces it.
    for digest in digests:
        var.decide(source_sha256=digest, source_name=name.format("a"), **common)
    newest = form(var.inbox / CAMPAIGN / "b.docx", day="2021年7月8日", **{COUNT: "12", PEOPLE: "310"})
    var.load()
    assert [row["状态"] for row in table(page(var, monkeypatch), "状态")] == ["来源文件未计入，以“b.docx”为准"]
    var.decide(source_sha256=newest, source_name=name.format("b"), **common)
    var.load()
    assert [row["状态"] for row in table(page(var, monkeypatch), "状态")] == ["有效"]


@pytest.mark.slow
def test_a_remark_on_the_whole_file_can_be_marked_as_checked(var: Var, monkeypatch: pytest.MonkeyPatch) -> None:
    form(var.inbox / CAMPAIGN / "a.docx", day="2022年1月8日", **{COUNT: "12"})
    var.load()
    app = page(var, monkeypatch)
    assert "2022-01-08" in plain_words(app)
    assert buttons(app, "提醒已核实") == ["提醒已核实，无误"]


def test_counting_a_department_as_a_district_that_has_reported_is_said_to_replace_its_file(
    var: Var, monkeypatch: pytest.MonkeyPatch
) -> None:
    form(var.inbox / CAMPAIGN / "全区.docx", **{COUNT: "70"})
    form(var.inbox / CAMPAIGN / "教委.docx", "渝北区教委", **{COUNT: "7"})
    var.load()
    assert "渝北区已有计入的文件“全区.docx”" in plain_words(page(var, monkeypatch))


def test_nothing_is_read_before_the_desk_says_who_answers_for_it(var: Var, monkeypatch: pytest.MonkeyPatch) -> None:
    digest = form(var.inbox / CAMPAIGN / "a.docx", **{COUNT: "7"})
    var.load()
    assert page(var, monkeypatch).text_input(key="desk_by").value == ""
    var.decide(kind="value", source_sha256=digest, unit_id=UNIT_ID, indicator_id=COUNT, expect="7", value="8")
    var.load()
    assert page(var, monkeypatch).text_input(key="desk_by").value == "综合科"


@pytest.mark.slow
def test_a_reading_that_was_broken_off_starts_again_and_no_old_preview_is_offered(
    var: Var, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = form(var.inbox / CAMPAIGN / "a.docx", **{COUNT: "7"})
    var.load()
    desk = Desk(var.root)
    assert is_read(desk), "an empty desk needs no reading"
    one = {"source_sha256": digest, "unit_id": UNIT_ID, "source_name": f"inbox/{CAMPAIGN}/a.docx", "form_id": CAMPAIGN}
    fields = {"decided_by": "综合科", "reason": "笔误", "kind": "value", "indicator_id": COUNT, "expect": "7", **one}
    # Taken down, and then the page was left before anything was read with it.
    assert decide(desk, [{**fields, "value": "8"}]).is_done
    assert not is_read(desk)
    app = page(var, monkeypatch)
    assert is_read(desk)
    shown = [row for row in table(app, "状态") if row["状态"]]
    assert [row["状态"] for row in shown] == ["有效"]
    assert "发布" in [b.label for b in app.button]
    # A reading that fails is not tried for ever, and what it would change is not offered.
    assert decide(desk, [{**fields, "value": "9"}]).is_done
    monkeypatch.setattr("dashboard.desk.loader.run_loader", lambda *_: Ended(1, ("磁盘已满",)))
    app.run()
    assert app.error and not is_read(desk) and "读取已上传的文件" in [b.label for b in app.button]
    assert "发布" not in [b.label for b in app.button]


def test_another_years_form_is_counted_for_a_named_year_in_one_click(var: Var, monkeypatch: pytest.MonkeyPatch) -> None:
    form(var.inbox / CAMPAIGN / "a.docx", "江北区", **{COUNT: "3"})
    form(var.inbox / CAMPAIGN / "b.docx", day="2020年7月8日", **{COUNT: "12"})
    var.load()
    zh, en = page(var, monkeypatch), page(var, monkeypatch, "en")
    assert "不是 2021 年的实际数" in plain_words(zh) and "not 2021" in plain_words(en)
    assert buttons(zh, "按") == ["按重庆市 2020 年计入", "按重庆市 2021 年计入"]
    assert [b for b in buttons(en, "Count for") if "2020" in b or "2021" in b] == buttons(en, "Count for")


def test_what_a_later_partial_report_says_is_taken_over_in_one_click(var: Var, monkeypatch: pytest.MonkeyPatch) -> None:
    form(var.inbox / CAMPAIGN / "a.docx", **{COUNT: "7", PEOPLE: "90", "lecture_sessions": "4"})
    form(var.inbox / CAMPAIGN / "b.docx", day="2021年7月5日", **{COUNT: "9"})
    var.load()
    app = page(var, monkeypatch)
    assert "只填了 1 项（本表 3 项）" in plain_words(app)
    assert buttons(app, "采纳建议") == ["采纳建议：9"]


def test_all_proposals_of_a_file_are_accepted_with_one_rebuild(var: Var, monkeypatch: pytest.MonkeyPatch) -> None:
    form(var.inbox / CAMPAIGN / "a.docx", **{COUNT: "1O2", PEOPLE: "3O0"})
    var.load()
    taken: list[list[dict[str, object]]] = []
    read: list[int] = []

    def decided(desk: Desk, items: list[dict[str, object]]) -> Ended:
        taken.append(list(items))
        return decide(desk, items)

    monkeypatch.setattr("dashboard.components.desk_take.decide", decided)
    monkeypatch.setattr("dashboard.components.desk_take.read_again", lambda view: read.append(1))
    app = page(var, monkeypatch)
    next(t for t in app.text_input if t.key == "desk_by").set_value("综合科").run()
    next(b for b in app.button if b.label == "一次采纳本文件的 2 条建议").click().run()
    assert read == [1]
    assert [{(i["indicator_id"], i["value"], i["expect"]) for i in items} for items in taken] == [
        {(COUNT, "102", "1O2"), (PEOPLE, "300", "3O0")}
    ]


def a_table(path: Path, *, heads: str = "") -> None:
    """A collected table of two units that says no year."""
    path.parent.mkdir(parents=True, exist_ok=True)
    label, people = (catalog().forms[CAMPAIGN].by_indicator[i].label_zh for i in (COUNT, PEOPLE))
    path.write_text(f"{heads}区县,{label},{people}\n渝北区,12,300\n江北区,7,80\n", encoding="utf-8")


def test_a_table_without_a_year_is_offered_the_campaigns_it_may_be_of(
    var: Var, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_table(var.inbox / "汇总.csv")
    form(var.inbox / CAMPAIGN / "b.docx", **{COUNT: "3"})
    var.load()
    folder = Desk(var.root)
    folder.staged.mkdir(parents=True)
    a_table(folder.staged / "册.csv", heads="序号,")
    monkeypatch.setattr("dashboard.components.desk_upload.read_again", lambda view: None)
    assert load(Wanted((var.inbox, folder.staged)), folder.candidate).pointer
    first = buttons(page(var, monkeypatch), "按")
    assert first == ["按重庆市 2021 年计入", "按重庆市 2020 年计入"]
    at_2020 = run(var.releases, monkeypatch, "load", lang="zh", area="chongqing", year="2020")
    assert buttons(at_2020, "按") == ["按重庆市 2020 年计入", "按重庆市 2021 年计入"]


def form_of_2022(path: Path, day: str) -> None:
    """The form that the campaigns since 2022 ask for, without a year in its title."""
    printed = replace(catalog().forms["chongqing-2022"], title_zh="“安全生产月”活动进展情况统计表")
    progress = [fill_progress(a, {i.indicator_id: "7" for i in a.indicators}) for a in printed.activities]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(write_docx(printed, progress, {"reporting_unit": "万州区", "report_date": day}))


@pytest.mark.parametrize(
    ("day", "name", "years"),
    [
        pytest.param("6月30日", "万州.docx", ("2026", "2025", "2022"), marks=pytest.mark.slow),
        ("2022年6月30日", "2025年6月.docx", ("2025", "2022", "2026")),
        ("2021年6月30日", "万州.docx", ("2026", "2025", "2022")),
    ],
)
def test_a_form_whose_year_can_t_be_told_is_offered_the_campaigns_that_ask_for_it(
    var: Var, monkeypatch: pytest.MonkeyPatch, day: str, name: str, years: tuple[str, ...]
) -> None:
    folder = Desk(var.root)
    form(var.inbox / CAMPAIGN / "b.docx", "江北区", **{COUNT: "3"})
    var.load()
    form_of_2022(folder.staged / name, day)
    monkeypatch.setattr("dashboard.components.desk_upload.read_again", lambda view: None)
    assert load(Wanted((var.inbox, folder.staged)), folder.candidate).pointer
    zh, en = page(var, monkeypatch), page(var, monkeypatch, "en")
    said = {
        "zh": ("请点下面的活动", f"填报日期写作“{day}”"),
        "en": ("click its campaign below", f'"{day}" has no year'),
    }
    is_dated = "年" in day
    assert said["zh"][0 if is_dated else 1] in plain_words(zh) and said["en"][0 if is_dated else 1] in plain_words(en)
    # Jincheng asks for the same sentences; the unit is Chongqing's. The years that the file names come first.
    assert buttons(zh, "按") == [f"按重庆市 {year} 年计入" for year in years]
    assert buttons(en, "Count for") == [f"Count for Chongqing {year}" for year in years]


def test_last_years_form_is_offered_the_campaigns_that_ask_for_it_and_none_that_reads_nothing(
    var: Var, monkeypatch: pytest.MonkeyPatch
) -> None:
    form(var.inbox / "涪陵区2022年.docx", "涪陵区", day="2022年6月30日", **{COUNT: "3"})
    form(var.inbox / CAMPAIGN / "b.docx", **{COUNT: "3"})
    var.load()
    app = run(var.releases, monkeypatch, "load", lang="zh", area="chongqing", year="2026")
    offers = [(b.label, b.proto.type) for b in app.button if b.label.startswith("按重庆")]
    assert offers == [("按重庆市 2021 年计入", "secondary"), ("按重庆市 2020 年计入", "secondary")], "guesses"
    assert "该表式是 2021、2020 年活动的" in plain_words(app)


def test_the_link_s_year_is_the_one_shown_first(var: Var, monkeypatch: pytest.MonkeyPatch) -> None:
    form(var.inbox / "chongqing-2020" / "前年.docx", day="2020年7月1日", **{COUNT: "12"})
    form(var.inbox / CAMPAIGN / "去年.docx", **{COUNT: "7"})
    var.load()
    for year, file in (("2020", "前年.docx"), ("2021", "去年.docx")):
        app = run(var.releases, monkeypatch, "load", lang="zh", area="chongqing", year=year)
        assert [row["文件"] for row in table(app, "性质")] == [file]
        # Reminder and blank forms too.
        boxes = [
            s for s in app.selectbox if "chongqing" in str(s.value) and not str(s.key).startswith("desk_case_campaign")
        ]
        assert [s.value for s in boxes] == [f"chongqing-{year}"] * 3


def test_what_was_typed_above_the_files_outlives_a_reload(var: Var, monkeypatch: pytest.MonkeyPatch) -> None:
    form(var.inbox / CAMPAIGN / "a.docx", **{COUNT: "7"})
    var.load()
    app = page(var, monkeypatch)
    app.date_input[0].set_value(date(2021, 7, 3)).run()
    app.text_input(key="desk_by").set_value("综合科").run()
    link = {name: app.query_params[name] for name in ("received", "by")}
    assert link == {"received": "2021-07-03", "by": "综合科"}
    again = page(var, monkeypatch)
    for name, value in link.items():
        again.query_params[name] = value
    assert again.run().date_input[0].value == date(2021, 7, 3)
    again = page(var, monkeypatch)
    again.query_params["received"] = "2999-01-01"
    assert again.run().date_input[0].value == now().date()


def test_a_file_set_aside_is_not_called_replaced(var: Var, monkeypatch: pytest.MonkeyPatch) -> None:
    form(var.inbox / CAMPAIGN / "a.docx", **{COUNT: "7", PEOPLE: "90", "lecture_sessions": "4"})
    form(var.inbox / CAMPAIGN / "b.docx", day="2021年7月5日", **{COUNT: "9"})
    form(var.inbox / CAMPAIGN / "早.docx", day="2021年6月5日", **{COUNT: "5"})
    var.load()
    for lang, file, what, said in (
        ("zh", "文件", "性质", ["更正", "已被替代", "搁置未用"]),
        ("en", "File", "What", ["corrects", "replaced", "set aside"]),
    ):
        rows = {str(row[file]): row[what] for row in table(page(var, monkeypatch, lang), what)}
        assert [rows[name] for name in ("a.docx", "早.docx", "b.docx")] == said


def test_findings_and_values_of_a_level_stand_as_in_the_file(var: Var, monkeypatch: pytest.MonkeyPatch) -> None:
    path = var.inbox / CAMPAIGN / "汇总.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    label, people = (catalog().forms[CAMPAIGN].by_indicator[i].label_zh for i in (COUNT, PEOPLE))
    rows = [f"某某{n}区,{n},9" for n in range(12)] + ["渝北区,若干,1O2", "万州区,若干,2O3", "忠县,3O4,若干"]
    path.write_text("\n".join([f"区县,{label},{people}", "江北区,1,1", *rows]), encoding="utf-8")
    var.load()
    app = page(var, monkeypatch)
    places = re.findall(r"(?<=!)A(\d+)", plain_words(app))
    assert places == [str(n) for n in range(3, 15)]
    # What was withheld first, as it stands in the file; columns that the table leaves out are no doubt of a value.
    cells = [(row["级别"], str(row["位置"]).split("!")[-1]) for row in table(app, "读作") if row["级别"]]
    wrong, unclear = [("差错", c) for c in ("C15", "C16", "B17")], [("提醒", c) for c in ("B15", "B16", "C17")]
    assert cells == wrong + unclear
    listed = [f.place.split("!")[-1] for f in load(Wanted((var.inbox,), is_listing=True), var.releases).listed]
    assert [p for p in listed if p.startswith("A")] == [f"A{n}" for n in range(3, 15)]


def test_mere_notes_are_not_counted_as_worth_a_look(var: Var, monkeypatch: pytest.MonkeyPatch) -> None:
    form(var.inbox / CAMPAIGN / "a.docx", **{COUNT: "7", PEOPLE: "若干", "lecture_attendance": "1.2万"})
    var.load()
    zh, en = page(var, monkeypatch), page(var, monkeypatch, "en")
    levels = [row["级别"] for row in table(zh, "级别")]
    assert (levels.count("提醒"), levels.count("说明")) == (1, 1)
    assert re.search(r"共 \d+ 项，其中 1 项需要看一眼，排在前面；另有 1 项只带说明。", plain_words(zh))
    assert re.search(r"\d+ values, 1 of them worth a look, shown first; 1 with a mere note\.", plain_words(en))


def test_the_preview_counts_as_overview_does_after_publishing(var: Var, monkeypatch: pytest.MonkeyPatch) -> None:
    form(var.inbox / CAMPAIGN / "a.docx", **{COUNT: "7", PEOPLE: "约90"})
    var.load()
    desk = Desk(var.root)
    desk.staged.mkdir(parents=True)
    # One gives one figure, one gives only what is no total, and one is the same unit again, arrived at the same moment.
    form(desk.staged / "b.docx", "江北区", **{PEOPLE: "300"})
    form(desk.staged / "c.docx", "万州区", **{COUNT: "若干"})
    form(desk.staged / "0.docx", **{COUNT: "9", PEOPLE: "约90"})
    assert read_candidate(desk).is_done
    shown = table(page(var, monkeypatch), "发布后")
    promised = query_totals(open_pointed(read_pointer(desk.candidate)))
    assert publish(desk, "2021-07-08").is_done
    overview = run(var.releases, monkeypatch, "overview", area="chongqing", year="2021")
    figures = {m.label: m.value for m in overview.metric}
    assert [r["发布后"] for r in shown if r["指标"] == "报送单位"] == [figures["报送单位"]] == ["3 / 41"]
    people = next(r for r in shown if r["活动"] == "重庆市 2021 年" and str(r["指标"]).startswith("参与人次"))
    assert people["发布后"] == next(v for k, v in figures.items() if k.startswith("参与人次")) == "约390"
    assert people["发布后有此数的单位"] == "2"
    assert total_changes(promised, query_totals(open_pointed(read_pointer(var.releases)))) == []


@pytest.mark.slow
def test_an_old_form_taken_in_today_is_said_to_count_as_late_and_its_day_can_be_changed(
    var: Var, monkeypatch: pytest.MonkeyPatch
) -> None:
    form(var.inbox / CAMPAIGN / "b.docx", "江北区", **{COUNT: "3"})
    var.load()
    desk = Desk(var.root)
    form(var.root / "a.docx", day="2021年6月28日", **{COUNT: "7"})
    form(var.root / "c.docx", "万州区", day="2021年7月20日", **{COUNT: "7"})
    data = [(name, (var.root / name).read_bytes()) for name in ("a.docx", "c.docx")]
    stage(desk, data[:1], datetime(2021, 11, 22, 9))
    stage(desk, data[1:], datetime(2021, 8, 10, 9))  # 39 days after it was due, 21 after it was written
    assert read_candidate(desk).is_done
    zh, en = page(var, monkeypatch), page(var, monkeypatch, "en")
    assert [w.value.split("。")[0] for w in zh.warning] == ["“a.docx”的收到日期比填报日期晚 147 天，发布后按迟报计"]
    assert "received 147 days after its report date" in en.warning[0].value
    next(b for b in zh.button if b.key == "desk_late_change").click().run()
    assert not zh.exception and not zh.warning
    assert next(at for name, at in read_arrivals(desk.staged) if name == "a.docx")[:10] == "2021-06-28"
    assert [at for name, at in read_arrivals(desk.staged) if name == "c.docx"] == ["2021-08-10 09:00:00"]


@pytest.mark.parametrize(
    ("lang", "column", "after", "mark"),
    [
        ("zh", "请先核对", "发布后", "含 1 个可疑数：江北 3,650,000,000"),
        pytest.param(
            *("en", "Check first", "After", "holds 1 doubtful number: Jiangbei 3,650,000,000"), marks=pytest.mark.slow
        ),
    ],
)
def test_the_preview_names_the_doubtful_number_that_makes_a_total_jump(
    var: Var, monkeypatch: pytest.MonkeyPatch, lang: str, column: str, after: str, mark: str
) -> None:
    form(var.inbox / CAMPAIGN / "a.docx", **{COUNT: "7", PEOPLE: "90"})
    var.load()
    desk = Desk(var.root)
    form(desk.staged / "b.docx", "江北区", **{COUNT: "9", PEOPLE: "3650000000"})
    assert read_candidate(desk).is_done
    rows = table(page(var, monkeypatch, lang), column)
    # Participants only: the number of events is beyond doubt, and so is who has reported.
    assert {row[column] for row in rows if row[after] == "3,650,000,090"} == {mark}
    assert {row[column] for row in rows if row[after] != "3,650,000,090"} == {""}


@pytest.mark.slow
def test_the_preview_names_a_large_value_of_which_any_warning_speaks_and_no_small_one(
    var: Var, monkeypatch: pytest.MonkeyPatch
) -> None:
    form(var.inbox / CAMPAIGN / "a.docx", **{COUNT: "7", PEOPLE: "90"})
    var.load()
    desk = Desk(var.root)
    form(desk.staged / "b.docx", "江北区", **{COUNT: "9", PEOPLE: "近3000余"})
    form(desk.staged / "c.docx", "渝北区", **{COUNT: "9", PEOPLE: "近100余"})
    assert read_candidate(desk).is_done
    rows = table(page(var, monkeypatch), "请先核对")
    assert "含 1 个可疑数：江北 3,000" in {row["请先核对"] for row in rows}
    assert not any("100" in str(row["请先核对"]) for row in rows)


def test_a_column_that_is_not_read_is_said_to_be_a_blank_s_and_counts_in_later_tables(
    var: Var, monkeypatch: pytest.MonkeyPatch
) -> None:
    form(var.inbox / CAMPAIGN / "a.docx", "万州区", **{COUNT: "7"})
    table_file = var.inbox / CAMPAIGN / "册.csv"
    table_file.write_text("区县,现场咨询活动（场）,典型案例（个）\n渝北区,5,3\n江北区,3,2\n", encoding="utf-8")
    var.load()
    en = [s.label for s in page(var, monkeypatch, "en").selectbox if s.label.startswith("What is")]
    assert en == ['What is "现场咨询活动(场)"', 'What is "典型案例(个)"']
    app = page(var, monkeypatch)
    app.text_input(key="desk_by").set_value("综合科").run()
    chosen = next(s for s in app.selectbox if s.label == "“现场咨询活动(场)”是哪一项")
    assert chosen.value is None and chosen.options[0] == "27. 安全宣传咨询活动" and len(chosen.options) == 47
    monkeypatch.setattr("dashboard.components.desk_take.read_again", lambda _view: None)
    chosen.set_value("consultation_events")
    next(b for b in app.button if b.label == "按所选读取").click().run()
    taken = read_rows(var.root / "desk" / "decisions.csv")
    assert [(r["kind"], r["expect"], r["indicator_id"], r["value"]) for r in taken] == [
        ("column", "现场咨询活动(场)", "consultation_events", CAMPAIGN)
    ]
    merge_decisions(Desk(var.root))
    clear(Desk(var.root))
    var.load()
    for lang, column, blank in (("zh", "改为", "安全宣传咨询活动"), ("en", "To", "Consultation-day events")):
        (row,) = table(page(var, monkeypatch, lang), column)
        assert row[column] == blank and "现场咨询活动(场)" in row.values()
    app = page(var, monkeypatch)
    assert [s.label for s in app.selectbox if s.label.endswith("是哪一项")] == ["“典型案例(个)”是哪一项"]
    assert "“现场咨询活动(场)”一列由综合科于" in plain_words(app)


@pytest.mark.slow
def test_a_column_read_by_other_words_is_said_of_the_file_and_can_be_marked_as_checked(
    var: Var, monkeypatch: pytest.MonkeyPatch
) -> None:
    label, people = (catalog().forms[CAMPAIGN].by_indicator[i].label_zh for i in (COUNT, PEOPLE))
    (var.inbox / CAMPAIGN).mkdir(parents=True)
    rows = f"区县,{label},参加人数（人）\n渝北区,5,30\n江北区,3,20\n某某区,3,20\n"
    (var.inbox / CAMPAIGN / "册.csv").write_text(rows, encoding="utf-8")
    var.load()
    app = page(var, monkeypatch)
    assert f"“参加人数(人)”按“{people}”读取" in plain_words(app)
    # It is no doubt of a single value, not of that in a row whose unit is unknown either.
    assert not any("参加人数" in str(row["检查所见"]) for row in table(app, "读作"))
    app.text_input(key="desk_by").set_value("综合科").run()
    monkeypatch.setattr("dashboard.components.desk_take.read_again", lambda _view: None)
    next(t for t in app.text_input if t.placeholder.startswith("如：未盖章")).set_value("已核对")
    next(b for b in app.button if b.label == "提醒已核实，无误").click().run()
    merge_decisions(Desk(var.root))
    clear(Desk(var.root))
    var.load()
    assert "按“" not in plain_words(page(var, monkeypatch))


def test_a_workbook_says_how_many_of_its_rows_are_filled(var: Var, monkeypatch: pytest.MonkeyPatch) -> None:
    label, people = (catalog().forms[CAMPAIGN].by_indicator[i].label_zh for i in (COUNT, PEOPLE))
    folder = var.inbox / CAMPAIGN
    folder.mkdir(parents=True)
    rows = ["渝北区,12,300", "江北区,,", "南岸区,0,", "万州区,未报,未报"]
    (folder / "册.csv").write_text("\n".join([f"区县,{label},{people}", *rows]), encoding="utf-8")
    (folder / "满.csv").write_text(f"区县,{label},{people}\n忠县,1,20\n巫山县,2,30\n", encoding="utf-8")
    var.load()
    for lang, file, unit, said in (
        ("zh", "文件", "单位", {"册.csv": "汇总表，4 行填了 2 行", "满.csv": "汇总表，2 个单位"}),
        ("en", "File", "Unit", {"册.csv": "2 of 4 rows filled", "满.csv": "collected, 2 units"}),
    ):
        assert {str(r[file]): r[unit] for r in table(page(var, monkeypatch, lang), file)} == said


def confirmation(var: Var, monkeypatch: pytest.MonkeyPatch, lang: str) -> str:
    """The note to the district on the page."""
    told = {"zh": "请核对确认", "en": "Please confirm"}[lang]
    return next((c.value for c in page(var, monkeypatch, lang).code if told in c.value), "")


@pytest.mark.slow
def test_the_note_to_the_district_names_each_corrected_blank_old_new_place_and_reason(
    var: Var, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = form(var.inbox / CAMPAIGN / "a.docx", **{COUNT: "1O2", PEOPLE: "30"})
    about = {"source_sha256": digest, "unit_id": UNIT_ID, "source_name": f"inbox/{CAMPAIGN}/a.docx"}
    var.load()
    assert not confirmation(var, monkeypatch, "zh")
    var.decide(kind="accept", indicator_id=COUNT, expect="1O2", value="102", **about)
    var.decide(kind="value", indicator_id="lecture_sessions", expect="", value="约4", **about | {"reason": "区县补报"})
    var.load()
    zh, en = (confirmation(var, monkeypatch, lang) for lang in ("zh", "en"))
    assert zh.startswith("渝北区：") and "（a.docx）" in zh and en.startswith("To: Yubei")
    assert "1. 理论学习中心组学习：原为“1O2”，现计 102。位置：表1行2列3 空1。理由：电话核实" in zh
    assert "2. 大讲堂、公开课等宣讲：原来未填，现计 约4。" in zh and "理由：区县补报" in zh
    label = catalog().forms[CAMPAIGN].by_indicator[COUNT].label_en
    assert f'1. {label}: was "1O2", now counts as 102.' in en and "was blank, now counts as" in en
    assert "参与" not in zh.replace("观看参与", "")  # 30 was not corrected


@pytest.mark.slow
def test_the_note_names_what_a_file_sent_again_says_otherwise(var: Var, monkeypatch: pytest.MonkeyPatch) -> None:
    form(var.inbox / CAMPAIGN / "b.docx", **{COUNT: "12", PEOPLE: "300"})
    form(var.inbox / CAMPAIGN / "a.docx", day="2021年7月8日", **{COUNT: "15", PEOPLE: "300", "lecture_sessions": "4"})
    var.load()
    zh = confirmation(var, monkeypatch, "zh")
    assert "1. 理论学习中心组学习：原为“12”，现计 15。" in zh and "重新报送，与“b.docx”不同" in zh
    # What the district left open at first it has said itself now.
    assert "大讲堂、公开课等宣讲" not in zh and "2. " not in zh
