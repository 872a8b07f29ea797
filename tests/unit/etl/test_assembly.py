"""Which of several reports of one unit counts: the newest that says something."""

from __future__ import annotations

import os
from datetime import date, datetime
from functools import lru_cache
from itertools import permutations
from pathlib import Path

import docx
import openpyxl
import pytest

from etl.assemble import Assembly, Standing, assemble, in_order
from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.catalog import Catalog, load_catalog
from etl.facts import Fact, Submission
from etl.run import Loaded, Wanted, read_inputs

CAMPAIGN, UNIT, UNIT_ID = "chongqing-2021", "渝北区", "500112"
COUNT = "theory_group_sessions"


@lru_cache(maxsize=1)
def catalog() -> Catalog:
    return load_catalog()


def word_form(path: Path, count: str, day: str, arrived: int, unit: str = UNIT) -> None:
    form = catalog().forms[CAMPAIGN]
    progress = [fill_progress(a, {COUNT: count} if a.position == 1 and count else {}) for a in form.activities]
    path.write_bytes(write_docx(form, progress, {"reporting_unit": unit, "report_date": day}))
    os.utime(path, (arrived, arrived))


def collected(path: Path, rows: list[tuple[str, object, object]], arrived: int) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["填报单位", "理论学习中心组学习（次）", "参与（人次）"])
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    os.utime(path, (arrived, arrived))


def read(folder: Path) -> Loaded:
    return read_inputs(Wanted((folder,), campaign_id=CAMPAIGN))


def counted(loaded: Loaded, unit_id: str = UNIT_ID) -> Standing | None:
    return next((s for s in loaded.assembly.standings if unit_id in s.current_units), None)


def value(standing: Standing | None, unit_id: str = UNIT_ID) -> float | None:
    assert standing is not None
    return next(f.value for f in standing.submission.facts if (f.unit_id, f.indicator_id) == (unit_id, COUNT))


def test_an_empty_row_replaces_no_filled_form(tmp_path: Path) -> None:
    word_form(tmp_path / "a.docx", "7", "2021年7月1日", 1_625_000_000)
    collected(tmp_path / "b.xlsx", [("渝北区", None, None), ("江北区", 3, 90)], 1_626_000_000)
    loaded = read(tmp_path)
    assert value(counted(loaded)) == 7
    assert value(counted(loaded, "500105"), "500105") == 3
    assert not any(f.rule in ("superseded", "partial_resubmission") for f in loaded.assembly.findings)


def test_a_unit_with_only_an_empty_row_has_not_reported(tmp_path: Path) -> None:
    collected(tmp_path / "b.xlsx", [("渝北区", None, None), ("江北区", 3, 90)], 1_626_000_000)
    loaded = read(tmp_path)
    assert counted(loaded) is None
    assert counted(loaded, "500105") is not None


def test_an_empty_later_form_is_named_and_does_not_count(tmp_path: Path) -> None:
    word_form(tmp_path / "a.docx", "7", "2021年7月1日", 1_625_000_000)
    word_form(tmp_path / "b.docx", "", "2021年7月3日", 1_626_000_000)
    loaded = read(tmp_path)
    assert value(counted(loaded)) == 7
    (said,) = [f for f in loaded.assembly.findings if f.rule == "empty_resubmission"]
    assert (said.unit_id, said.found, said.expected) == (UNIT_ID, "b.docx", "a.docx")


def test_a_year_that_cannot_be_right_orders_nothing(tmp_path: Path) -> None:
    word_form(tmp_path / "first.docx", "7", "2021年7月1日", 1_625_100_000)
    word_form(tmp_path / "correction.docx", "9", "2022年1月3日", 1_624_000_000)
    loaded = read(tmp_path)
    assert value(counted(loaded)) == 7
    assert any(f.rule == "date_year_mismatch" for f in loaded.assembly.findings)


def test_the_newest_report_date_counts_whatever_arrived_last(tmp_path: Path) -> None:
    word_form(tmp_path / "new.docx", "9", "2021年7月3日", 1_625_000_000)
    word_form(tmp_path / "old.docx", "7", "2021年7月1日", 1_626_000_000)
    assert value(counted(read(tmp_path))) == 9


def test_an_undated_workbook_that_arrived_first_does_not_beat_a_dated_form(tmp_path: Path) -> None:
    """1 July's form came on 8 July, the workbook on 6 July: its arrival is no report date."""
    word_form(tmp_path / "form.docx", "9", "2021年7月1日", 1_625_700_000)
    collected(tmp_path / "book.xlsx", [("渝北区", 7, None), ("江北区", 3, 90)], 1_625_530_000)
    loaded = read(tmp_path)
    assert value(counted(loaded)) == 9
    (said,) = [f for f in loaded.assembly.findings if f.rule == "told_by_arrival"]
    assert (said.level, said.unit_id, said.found, said.expected) == ("warning", UNIT_ID, "book.xlsx", "form.docx")
    assert "2021-07-08" in said.message_zh and "2021-07-06" in said.message_en


def test_a_workbook_s_own_date_is_compared_as_a_date(tmp_path: Path) -> None:
    word_form(tmp_path / "form.docx", "9", "2021年7月1日", 1_625_700_000)
    collected(tmp_path / "book.xlsx", [("渝北区", 7, 90), ("填报日期：2021年7月2日", None, None)], 1_625_530_000)
    loaded = read(tmp_path)
    assert value(counted(loaded)) == 7
    assert not any(f.rule == "told_by_arrival" for f in loaded.assembly.findings)


def test_nothing_is_asked_where_an_undated_file_says_the_same(tmp_path: Path) -> None:
    word_form(tmp_path / "form.docx", "7", "2021年7月1日", 1_625_700_000)
    collected(tmp_path / "book.xlsx", [("渝北区", 7, None), ("江北区", 3, 90)], 1_625_530_000)
    assert not any(f.rule == "told_by_arrival" for f in read(tmp_path).assembly.findings)


def test_the_order_is_one_whatever_the_order_of_the_files() -> None:
    """a beats b by date, b the undated u by arrival, u beats a by arrival: u stands where the newest dated one puts it."""
    said = {"a": (date(2021, 7, 5), 6), "b": (date(2021, 7, 3), 10), "u": (None, 8), "v": (None, 5)}
    standings = [
        Standing(Submission(n, n, "docx", report_date=day, received_at=datetime(2021, 7, at)), n)
        for n, (day, at) in said.items()
    ]
    orders = {tuple(s.submission_id for s in in_order(given)) for given in permutations(standings)}
    assert orders == {("v", "b", "a", "u")}


def submission(
    name: str, day: date, states: dict[str, tuple[str, float | None]], *, is_scan: bool = False
) -> Submission:
    facts = [
        Fact(UNIT_ID, i, number, None, "exact", state, None, "表1", None, None, ())
        for i, (state, number) in states.items()
    ]
    return Submission(
        name,
        name,
        "pdf" if is_scan else "docx",
        0,
        CAMPAIGN,
        CAMPAIGN,
        UNIT_ID,
        None,
        day,
        is_scan=is_scan,
        facts=facts,
    )


ELECTRONIC = {COUNT: ("reported", 7.0), "theory_group_attendance": ("reported", 90.0)}


@pytest.mark.parametrize(
    ("day", "states", "rule"),
    [
        (date(2021, 7, 1), {COUNT: ("needs_ocr", None)}, "scan_set_aside"),
        (date(2021, 7, 1), {COUNT: ("reported", 1.0)}, "scan_set_aside"),
        (date(2021, 6, 20), {COUNT: ("reported", 1.0)}, "scan_set_aside"),
        (date(2021, 7, 9), {COUNT: ("reported", 1.0)}, "scan_newer"),
        (date(2021, 7, 9), {COUNT: ("needs_ocr", None)}, "scan_newer"),
    ],
)
def test_a_scan_replaces_no_electronic_file(day: date, states: dict[str, tuple[str, float | None]], rule: str) -> None:
    form = submission("a.docx", date(2021, 7, 1), ELECTRONIC)
    made = assemble(catalog(), [form, submission("b.pdf", day, states, is_scan=True)])
    assert {s.submission.source_name: s.status for s in made.standings} == {"a.docx": "current", "b.pdf": "superseded"}
    (said,) = [f for f in made.findings if f.unit_id == UNIT_ID]
    assert (said.rule, said.found, said.expected) == (rule, "b.pdf", "a.docx")
    assert "a.docx" in said.message_zh and "a.docx" in said.message_en


def test_a_scan_counts_where_the_electronic_file_has_no_value() -> None:
    form = submission("a.docx", date(2021, 7, 1), {COUNT: ("not_filled", None)})
    scan = submission("b.pdf", date(2021, 6, 20), {COUNT: ("reported", 1.0)}, is_scan=True)
    made = assemble(catalog(), [form, scan])
    assert {s.submission.source_name: s.status for s in made.standings} == {"a.docx": "superseded", "b.pdf": "current"}


def test_a_later_form_without_a_value_replaces_none_with_values() -> None:
    later = submission("b.docx", date(2021, 7, 9), {COUNT: ("unreadable", None)})
    made = assemble(catalog(), [submission("a.docx", date(2021, 7, 1), ELECTRONIC), later])
    assert {s.submission.source_name: s.status for s in made.standings} == {"a.docx": "current", "b.docx": "superseded"}
    assert [f.rule for f in made.findings if f.unit_id == UNIT_ID] == ["unread_resubmission"]


FULL = {i.indicator_id: ("reported", 10.0) for i in catalog().forms[CAMPAIGN].indicators if i.kind == "count"}


def said_of(made: Assembly, name: str) -> list[tuple[str, str, str | None]]:
    file = next(s.submission_id for s in made.standings if s.submission.source_name == name)
    return [(f.rule, f.indicator_id or "", f.proposal) for f in made.findings if f.submission_id == file]


def test_a_later_report_of_a_few_blanks_does_not_replace_a_whole_form() -> None:
    few = {
        COUNT: ("reported", 12.0),
        "theory_group_attendance": ("reported", 10.0),
        "media_reposts": ("not_applicable", None),
    }
    made = assemble(
        catalog(), [submission("a.docx", date(2021, 7, 1), FULL), submission("b.xlsx", date(2021, 7, 9), few)]
    )
    assert {s.submission.source_name: s.status for s in made.standings} == {"a.docx": "current", "b.xlsx": "superseded"}
    assert said_of(made, "b.xlsx") == [("partial_set_aside", "", None)]
    # What it says otherwise is asked about blank by blank; the same figure is not.
    assert said_of(made, "a.docx") == [
        ("partial_later", "", None), ("later_value", COUNT, "12"), ("later_value", "media_reposts", "/"),
    ]  # fmt: skip
    (whole,) = [f for f in made.findings if f.rule == "partial_later"]
    assert (whole.level, whole.found) == ("error", "b.xlsx")
    assert "3 项（本表 43 项）" in whole.message_zh and "2 differ" in whole.message_en


def test_a_later_report_of_most_blanks_replaces_the_form_and_names_what_it_leaves_out() -> None:
    most = dict(list(FULL.items())[:-5])
    made = assemble(
        catalog(), [submission("a.docx", date(2021, 7, 1), FULL), submission("b.xlsx", date(2021, 7, 9), most)]
    )
    assert {s.submission.source_name: s.status for s in made.standings} == {"a.docx": "superseded", "b.xlsx": "current"}
    assert said_of(made, "b.xlsx") == [("partial_resubmission", "", None)]


def test_what_a_later_report_left_blank_and_what_could_not_be_read_are_told_apart() -> None:
    first, second, third, *_ = FULL
    later = FULL | {first: ("unreadable", None), second: ("pending", None), third: ("not_filled", None)}
    made = assemble(
        catalog(), [submission("a.docx", date(2021, 7, 1), FULL), submission("b.docx", date(2021, 7, 9), later)]
    )
    (gap,) = [f for f in made.findings if f.rule == "partial_resubmission"]
    assert "有 3 项没有数（没填 1 项，填了但读不出 1 项，填的不是数 1 项）" in gap.message_zh
    assert "1 left blank, 1 filled in but unreadable, 1 answered otherwise" in gap.message_en


def test_what_the_last_report_no_longer_gives_is_named_with_its_figure_whichever_report_gave_it() -> None:
    first, second, *rest = FULL
    a = submission("a.docx", date(2021, 7, 1), FULL | {first: ("reported", 4321.0)})
    b = submission("b.docx", date(2021, 7, 2), dict.fromkeys((second, *rest), ("reported", 8765.0)))
    c = submission("c.docx", date(2021, 7, 3), dict.fromkeys(rest, ("reported", 5.0)))
    (gap,) = [f for f in assemble(catalog(), [a, b, c]).findings if f.rule == "partial_resubmission"]
    form = catalog().forms[CAMPAIGN]
    assert (
        f"原为：{form.by_indicator[first].label_zh} 4,321；{form.by_indicator[second].label_zh} 8,765" in gap.message_zh
    )
    assert "4,321" in gap.message_en and "8,765" in gap.message_en and "b.docx" in gap.message_zh


def test_a_few_blanks_in_between_are_no_report_that_the_last_one_is_measured_by() -> None:
    reports = [("a.docx", 1, FULL), ("b.docx", 2, {COUNT: ("reported", 77.0)}), ("c.docx", 3, FULL)]
    made = assemble(catalog(), [submission(name, date(2021, 7, day), said) for name, day, said in reports])
    assert {s.submission.source_name: s.status for s in made.standings}["c.docx"] == "current"
    assert not any(f.rule in ("partial_later", "later_value") for f in made.findings)


def test_what_only_the_scan_holds_is_asked_about() -> None:
    form = submission("a.docx", date(2021, 7, 1), {**FULL, COUNT: ("not_filled", None)})
    scan = submission("b.pdf", date(2021, 7, 1), dict.fromkeys(FULL, ("reported", 11.0)), is_scan=True)
    assert said_of(assemble(catalog(), [form, scan]), "a.docx") == [("later_value", COUNT, "11")]


def test_a_few_electronic_figures_do_not_replace_a_full_scan() -> None:
    few = submission("b.xlsx", date(2021, 7, 9), {COUNT: ("reported", 12.0)})
    made = assemble(catalog(), [submission("a.pdf", date(2021, 7, 1), FULL, is_scan=True), few])
    assert {s.submission.source_name: s.status for s in made.standings} == {"a.pdf": "current", "b.xlsx": "superseded"}
    assert ("later_value", COUNT, "12") in said_of(made, "a.pdf")


def test_what_a_later_report_changes_is_named_blank_by_blank_with_those_filled_first(tmp_path: Path) -> None:
    word_form(tmp_path / "a.docx", "12", "2021年7月1日", 1_625_000_000)
    form = catalog().forms[CAMPAIGN]
    typed = {COUNT: "15", "theory_group_attendance": "300"}
    progress = [fill_progress(a, typed if a.position == 1 else {}) for a in form.activities]
    header = {"reporting_unit": UNIT, "report_date": "2021年7月8日"}
    (tmp_path / "b.docx").write_bytes(write_docx(form, progress, header))
    (said,) = [f for f in read(tmp_path).assembly.findings if f.rule == "value_corrected"]
    labels = [form.by_indicator[i] for i in typed]
    for message, names in (
        (said.message_zh, [i.label_zh for i in labels]),
        (said.message_en, [i.label_en for i in labels]),
    ):
        assert f"{names[0]} 12 → 15" in message and f"{names[1]} — → 300" in message and "a.docx" in message


def test_of_equal_files_of_one_upload_the_one_named_as_a_copy_is_the_copy(tmp_path: Path) -> None:
    for name in ("巴南(2) - 副本.docx", "巴南区统计表.docx"):
        word_form(tmp_path / name, "7", "2021年7月1日", 1_625_000_000)
    data = (tmp_path / "巴南区统计表.docx").read_bytes()
    (tmp_path / "巴南(2) - 副本.docx").write_bytes(data)
    os.utime(tmp_path / "巴南(2) - 副本.docx", (1_625_000_000, 1_625_000_000))
    standing = counted(read(tmp_path))
    assert standing is not None and standing.submission.source_name == "巴南区统计表.docx"
    assert standing.also_named == ["巴南(2) - 副本.docx"]


@pytest.mark.parametrize("kept_in", ["staged", "inbox/2026-11-27", "2026-11-27"])
def test_folders_of_the_desk_are_no_words_about_a_table(tmp_path: Path, kept_in: str) -> None:
    folder = tmp_path / "root" / kept_in
    folder.mkdir(parents=True)
    collected(folder / "2021年汇总（渝东）.xlsx", [("渝北区", 5, 60), ("江北区", 3, 90)], 1_626_000_000)
    (folder / "2020年").mkdir()
    collected(folder / "2020年" / "汇总.xlsx", [("巴南区", 5, 60), ("北碚区", 3, 90)], 1_626_000_000)
    told = [
        (f.found, f.place.rsplit("/", 1)[-1])
        for f in read(tmp_path / "root").assembly.findings
        if f.rule == "doubt_line"
    ]
    assert told == [("2020年", "汇总.xlsx")], "the folder that a person named is told"


def same_bytes(folder: Path, one: str, other: str, header_unit: str) -> list[tuple[str, str, str]]:
    """(rule, message, level) of what is said of two files of the same bytes under these names."""
    for name in (one, other):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
    word_form(folder / one, "7", "2021年7月1日", 1_625_000_000, unit=header_unit)
    (folder / other).write_bytes((folder / one).read_bytes())
    os.utime(folder / other, (1_625_000_100, 1_625_000_100))
    return [(f.rule, f.message_zh, f.level) for f in read(folder).assembly.findings if f.place == other]


@pytest.mark.parametrize("header_unit", ["巴南区", ""])
@pytest.mark.parametrize(
    ("one", "other"), [("巴南区统计表.docx", "江北区统计表.docx"), ("巴南区/统计表.docx", "江北区/统计表.docx")]
)
def test_equal_files_named_as_two_units_are_said_not_only_noted(
    tmp_path: Path, one: str, other: str, header_unit: str
) -> None:
    ((rule, message, level),) = same_bytes(tmp_path, one, other, header_unit)
    assert (rule, level) == ("same_file_of_other", "warning")
    assert "江北区" in message and one in message


def test_a_second_name_that_is_no_other_units_is_a_note(tmp_path: Path) -> None:
    assert [r for r, _, _ in same_bytes(tmp_path, "巴南区统计表.docx", "统计表(最终).docx", "巴南区")] == [
        "duplicate_file"
    ]
    assert [r for r, _, _ in same_bytes(tmp_path, "a/巴南区.docx", "b/巴南区安全生产月.docx", "巴南区")] == [
        "duplicate_file"
    ]


def test_what_is_said_of_a_form_as_a_whole_is_said_of_its_unit(tmp_path: Path) -> None:
    word_form(tmp_path / "a.docx", "7", "2021年7月1日", 1_625_000_000)
    document = docx.Document(str(tmp_path / "a.docx"))
    document.add_paragraph("说明：以上数据未经审核")
    document.save(str(tmp_path / "a.docx"))
    assembly = read(tmp_path).assembly
    (said,) = (f for f in assembly.findings if f.rule == "doubt_line")
    assert said.unit_id is not None and said.unit_id == assembly.standings[0].submission.unit_id
