"""What a title, a head or a word tells beside the answers of a Word form, and what stands in the place of an answer."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from PIL import Image

from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.catalog import load_catalog
from etl.decisions.files import FileDecision
from etl.facts import Submission
from etl.files.intake import Job
from etl.interpret.flag import interpret_flag
from etl.read_file import read_job
from tests.unit.etl.test_added_words import DRILL, values
from tests.unit.etl.test_added_words import read as read_drill

CATALOG = load_catalog()
FORM = CATALOG.forms["chongqing-2021"]
PLATFORM, FILM = "national_platform_used", "feature_film_studied"


def read(folder: Path, change: Callable[[Any], None], answer: str = "12") -> Submission:
    """A form of 万州区 whose counts are all 12, after the change."""
    kinds = {"flag": "☑是□否", "text": "1.某企业未落实整改"}
    progress = [
        fill_progress(a, {i.indicator_id: kinds.get(i.kind, answer) if answer else "" for i in a.indicators})
        for a in FORM.activities
    ]
    head = {"reporting_unit": "万州区", "report_date": "2021年7月1日"}
    document = docx.Document(io.BytesIO(write_docx(FORM, progress, head)))
    change(document)
    path = folder / "表.docx"
    document.save(str(path))
    (submission,) = read_job(CATALOG, Job(path, path.name, "chongqing-2021", datetime(2021, 7, 1), is_sample=False))
    return submission


def told(submission: Submission, *rules: str) -> list[tuple[str, str]]:
    return [(f.rule, f.found) for f in submission.findings if f.rule in rules]


def counts(submission: Submission) -> list[float]:
    kinds = {i.indicator_id: i.kind for i in FORM.indicators}
    return [f.value for f in submission.facts if f.value is not None and kinds[f.indicator_id] == "count"]


def retitle(words: str) -> Callable[[Any], None]:
    """The title's paragraph with these words instead."""

    def change(document: Any) -> None:
        next(p for p in document.paragraphs if "统计表" in p.text).text = words

    return change


def rehead(words: str) -> Callable[[Any], None]:
    """The head over the answers with these words instead."""

    def change(document: Any) -> None:
        document.tables[0].rows[0].cells[-1].text = words

    return change


def replaced(old: str, new: str) -> Callable[[Any], None]:
    """The line of the answers that holds `old` becomes `new`."""

    def change(document: Any) -> None:
        cells = [row.cells[-1] for row in document.tables[0].rows]
        next(p for c in cells for p in c.paragraphs if old in p.text).text = new

    return change


@pytest.mark.parametrize(
    "title",
    ["重庆市“安全生产月”活动情况统计表（样表）", "重庆市“安全生产月”活动情况统计表（作废）", "重庆市“安全生产月”活动情况统计表（第二周）",
     "重庆市“安全生产月”活动情况统计表（单位：万）", "重庆市“消防宣传月”活动情况统计表", "四川省“安全生产月”活动情况统计表",
     "重庆市2020年“安全生产月”活动情况统计表", "重庆市“安全生产月”活动情况统计表（上半年）", "重庆市“安全生产月”活动情况统计表（5月）"],
)  # fmt: skip
def test_a_title_that_says_something_else_is_a_warning_that_quotes_it(tmp_path: Path, title: str) -> None:
    submission = read(tmp_path, retitle(title))
    # Of a form that counts nowhere nothing is said to count.
    rules = ("table_aside",) if submission.is_refused else ("doubt_line", "scale_line")
    assert title in {found for _, found in told(submission, *rules)}
    assert not (submission.is_refused and told(submission, "doubt_line"))


@pytest.mark.parametrize("word", ["样表", "模板", "示例", "作废", "计划汇总"])
def test_a_title_of_no_report_withholds_the_form_until_a_person_says_that_it_is_one(tmp_path: Path, word: str) -> None:
    title = f"重庆市“安全生产月”活动情况统计表（{word}）"
    found = read(tmp_path, retitle(title))
    assert found.is_refused
    assert told(found, "table_aside") == [("table_aside", title)]
    path = tmp_path / "表.docx"
    decided = {hashlib.sha256(path.read_bytes()).hexdigest(): FileDecision(campaign_id="chongqing-2021")}
    job = Job(path, path.name, "chongqing-2021", datetime(2021, 7, 1), is_sample=False, decided=decided)
    (confirmed,) = read_job(CATALOG, job)
    assert not confirmed.is_refused
    assert set(counts(confirmed)) == {12.0}
    assert ("doubt_line", title) in told(confirmed, "doubt_line", "line_beside") or word in ("模板", "计划汇总")


@pytest.mark.parametrize("line", ["（样表）", "示例："])
def test_a_word_above_the_table_that_says_so(tmp_path: Path, line: str) -> None:
    def change(document: Any) -> None:
        document.paragraphs[0].insert_paragraph_before(line)

    assert read(tmp_path, change).is_refused


@pytest.mark.parametrize("line", ["按照示例填写", "重庆市“安全生产月”活动按计划开展情况统计表"])
def test_other_lines_withhold_no_form(tmp_path: Path, line: str) -> None:
    def change(document: Any) -> None:
        document.paragraphs[0].insert_paragraph_before(line)

    assert not read(tmp_path, change).is_refused


@pytest.mark.parametrize(
    "title",
    ["重庆市“安全生产月”活动情况统计表", "附件2：重庆市“安全生产月”活动情况统计表", "2021年重庆市“安全生产月”活动情况统计表",
     "万州区“安全生产月”活动情况统计表", "重庆市“安全生产月”活动情况统计表（正式）"],
)  # fmt: skip
def test_a_plain_title_says_nothing(tmp_path: Path, title: str) -> None:
    assert not told(read(tmp_path, retitle(title)), "doubt_line", "line_beside")


def test_a_scale_in_the_head_withholds_what_it_scales(tmp_path: Path) -> None:
    people = [i for i in FORM.indicators if i.kind == "count" and "人" in i.unit]
    found = read(tmp_path, rehead("进展情况（单位：万人次）"))
    held = {f.indicator_id for f in found.facts if "scale_unclear" in f.flags}
    assert held == {i.indicator_id for i in people}
    assert all(f.value is None and f.proposal == "12万" for f in found.facts if f.indicator_id in held)
    assert counts(read(tmp_path, rehead("进展情况（万）"))) == []


def outside(words: str) -> Callable[[Any], None]:
    def change(document: Any) -> None:
        document.paragraphs[-1].insert_paragraph_before("")
        document.add_paragraph(words)

    return change


@pytest.mark.parametrize(
    "words", ["单位：万人次", "注：人次单位为万人次；其余为实际数。", "备注：参与人次均为万人次", "人次以万计"]
)
def test_a_scale_around_the_table_withholds_the_people(tmp_path: Path, words: str) -> None:
    people = {i.indicator_id for i in FORM.indicators if i.kind == "count" and "人" in i.unit}
    facts = read(tmp_path, outside(words)).facts
    assert {f.indicator_id for f in facts if "scale_unclear" in f.flags and f.value is None} == people
    assert {f.proposal for f in facts if f.indicator_id in people} == {"12万"}


def in_cell(column: int, words: str) -> Callable[[Any], None]:
    """Words as a line before what a cell of the first activity says."""

    def change(document: Any) -> None:
        paragraph = document.tables[0].rows[1].cells[column].paragraphs[0]
        paragraph.insert_paragraph_before(words)

    return change


@pytest.mark.parametrize("column", [0, 1, 2])
@pytest.mark.parametrize("words", ["单位：万人次", "计量单位：场、万人次", "表中参与人数为万人次"])
def test_a_scale_in_any_cell_withholds_the_people(tmp_path: Path, column: int, words: str) -> None:
    people = {i.indicator_id for i in FORM.indicators if i.kind == "count" and "人" in i.unit}
    found = read(tmp_path, in_cell(column, words))
    assert not {f.indicator_id for f in found.facts if f.value is not None} & people
    assert ("doubt_line", words) not in told(found, "doubt_line")


@pytest.mark.parametrize("words", ["以百场宣讲进企业为抓手", "参与3万人次", "填报单位：万州区", "按千人一场安排"])
def test_words_with_a_large_number_are_no_scale(tmp_path: Path, words: str) -> None:
    assert not any("scale_unclear" in f.flags for f in read(tmp_path, outside(words)).facts)


@pytest.mark.parametrize("head", ["进展情况（5月）", "进展情况（截至6月20日）", "进展情况（全市）"])
def test_a_head_that_tells_another_scope_is_a_warning(tmp_path: Path, head: str) -> None:
    (finding,) = told(read(tmp_path, rehead(head)), "doubt_line")
    assert finding[1] == head.replace("（", "(").replace("）", ")")


@pytest.mark.parametrize(
    "head", ["工作计划", "下步打算", "任务目标", "进展情况（2020年）", "进展情况（示例）", "上年进展情况"]
)
@pytest.mark.parametrize("answer", ["12", ""])
def test_no_answer_is_taken_from_printed_words_when_the_answers_column_is_set_aside(
    tmp_path: Path, head: str, answer: str
) -> None:
    found = read(tmp_path, rehead(head), answer)
    assert not [f for f in found.facts if f.value is not None or f.text]
    if answer:
        assert told(found, "column_aside")[0][1].count("12") > 20  # every number that stands there is named


def circle(letter: str) -> Any:
    """Word's own circle round a letter: a field that is drawn and has no result."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), rf" EQ \o\ac(○,{letter})")
    return field


@pytest.mark.parametrize(("chosen", "value"), [("是", 1.0), ("否", 0.0)])
def test_a_circle_round_a_word_is_the_answer(tmp_path: Path, chosen: str, value: float) -> None:
    def change(document: Any) -> None:
        cells = [row.cells[-1] for row in document.tables[0].rows]
        line = next(p for c in cells for p in c.paragraphs if "电视专题片" in p.text and "☑是□否" in p.text)
        before, behind = line.text.split("☑是□否")
        line.text = before
        for word in "是否":
            if word == chosen:
                line._p.append(circle(word))
            else:
                line.add_run(word)
        line.add_run(behind)

    found = {f.indicator_id: f for f in read(tmp_path, change).facts}
    assert found[FILM].value == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [("（×）是（√）否", 0.0), ("(X)是 (√)否", 0.0), ("[×]是 [√]否", 0.0), ("(√)是(×)否", 1.0), ("是(×)否(√)", 0.0), ("是(√)否(×)", 1.0),
     ("（○）是（×）否", None), ("(√)是(√)否", None), ("(×)是(×)否", None), ("[×]是[ ]否", 1.0), ("(  )是(√)否", 0.0), ("○是●否", 0.0)],
)  # fmt: skip
def test_marks_in_brackets_belong_to_the_word_on_their_side(typed: str, value: float | None) -> None:
    assert interpret_flag(typed).value == value


@pytest.mark.parametrize(
    ("line", "value", "rule"),
    [
        ("未使用全国安全宣教和应急科普平台", 0.0, "reworded"),
        ("已使用全国安全宣教和应急科普平台", 1.0, "reworded"),
        ("使用全国安全宣教和应急科普平台", None, "uncertain_place"),
        ("计划使用全国安全宣教和应急科普平台 ☑是□否", None, "uncertain_place"),
    ],
)
def test_a_sentence_without_its_boxes_speaks_by_its_words(
    tmp_path: Path, line: str, value: float | None, rule: str
) -> None:
    found = read(tmp_path, replaced("使用全国安全宣教", line))
    fact = next(f for f in found.facts if f.indicator_id == PLATFORM)
    assert fact.value == value and rule in fact.flags
    assert told(found, rule)[0][1] == line


@pytest.mark.parametrize(
    "line",
    ["线上活动没有；", "无线上活动；", "此项未开展；", "因疫情取消；"],
)
def test_words_in_the_place_of_a_sentence_are_quoted(tmp_path: Path, line: str) -> None:
    found = read(tmp_path, replaced("创新开展线上活动", line))
    said = [f for f in found.findings if f.rule == "said_instead"]
    assert [(f.indicator_id, f.found) for f in said] == [("online_events", line.strip("；").replace("：", ":"))]
    assert not [f for f in found.facts if f.value is not None and f.indicator_id.startswith("online_event")]


def test_an_answer_typed_behind_the_title_is_named(tmp_path: Path) -> None:
    def change(document: Any) -> None:
        row = next(r for r in document.tables[0].rows if "咨询日" in r.cells[0].text)
        row.cells[0].paragraphs[0].text += "37场"

    assert "37场" in told(read(tmp_path, change), "extra_value")[0][1]


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        (f"{DRILL}（5）场，参与（300）人次%", (5, None)),
        (f"{DRILL}（5）万元，参与（300）人次", (None, None)),
        (f"{DRILL}（5）场×，参与（300）人次", (None, None)),
        (f"{DRILL}（5）场待定，参与（300）人次", (None, None)),
        (f"{DRILL}（5）场，参与（300）人次（万）", (5, None)),
        (f"{DRILL}（5）场，参与（300）人次（2021年数）", (5, None)),
        (f"须开展{DRILL}（5）场，参与（300）人次", (None, None)),
        (f"正在筹备{DRILL}（5）场，参与（300）人次", (None, None)),
        (f"{DRILL}（无）5场，参与（300）人次", (None, 300)),
    ],
)
def test_words_that_make_another_number_of_it_withhold_it(
    tmp_path: Path, text: str, read_as: tuple[float | None, float | None]
) -> None:
    assert values(read_drill(tmp_path, text)) == read_as


@pytest.mark.parametrize("words", ["全市", "全区数", "仅企业", "播放量", "户", "见咨询活动", "截至6月20日"])
def test_a_bracket_that_tells_another_scope_is_a_warning(tmp_path: Path, words: str) -> None:
    found = read_drill(tmp_path, f"{DRILL}（5）场，参与（300）人次（{words}）")
    assert values(found) == (5, 300)
    assert any(f.rule == "scope_beside" and words in f.found for f in found.findings)


@pytest.mark.parametrize("words", ["截至6月30日", "6月"])
def test_a_bracket_that_names_the_campaigns_own_time_says_nothing(tmp_path: Path, words: str) -> None:
    found = read_drill(tmp_path, f"{DRILL}（5）场，参与（300）人次（{words}）")
    assert values(found) == (5, 300)
    assert not [f for f in found.findings if f.rule in ("scope_beside", "words_beside")]


@pytest.mark.parametrize("text", ["37场4037人次", "37场，4037人", "（37）场，（4037）人次"])
def test_people_right_behind_their_events_need_no_word_for_taking_part(tmp_path: Path, text: str) -> None:
    assert values(read_drill(tmp_path, f"{DRILL}{text}")) == (37, 4037)


@pytest.mark.parametrize("text", ["37场，发放资料4037份", "37场，其中4037人次", "37场，覆盖12个镇街，4037人次"])
def test_people_further_away_are_not_taken_for_theirs(tmp_path: Path, text: str) -> None:
    found = read_drill(tmp_path, f"{DRILL}{text}")
    assert values(found)[1] is None and "4037" in "".join(f.found for f in found.findings)


TALKS, TALKED, ANCHORS = "consultation_events", "consultation_participations", "anchor_frontline_events"


def three(submission: Submission) -> list[tuple[float | None, str]]:
    found = {f.indicator_id: (f.value, f.state) for f in submission.facts}
    return [found[i] for i in (TALKS, TALKED, ANCHORS)]


@pytest.mark.parametrize(
    ("line", "state", "value"),
    [("/", "not_applicable", None), ("—", "not_applicable", None), ("（/）", "not_applicable", None), ("无", "explicit_zero", 0),
     ("（无）", "explicit_zero", 0), ("未开展", "explicit_zero", 0), ("待统计", "pending", None),
     ("开展安全宣传咨询活动：/", "not_applicable", None), ("开展安全宣传咨询活动 无", "explicit_zero", 0)],
)  # fmt: skip
def test_a_word_in_the_place_of_a_line_answers_its_blanks(tmp_path: Path, line: str, state: str, value: float) -> None:
    found = read(tmp_path, replaced("开展安全宣传咨询活动", line))
    assert three(found) == [(value, state), (value, state), (12, "reported")]
    assert told(found, "word_instead") == [("word_instead", line)] * 2


@pytest.mark.parametrize("word", ["待统计", "无", "/"])
def test_a_word_inside_a_lines_only_blank_is_its_answer_as_ever(tmp_path: Path, word: str) -> None:
    line = f"邀请主流媒体和网络直播平台开展“主播走一线”等专题专访报道活动（{word}）场；"
    found = read(tmp_path, replaced("邀请主流媒体", line))
    fact = next(f for f in found.facts if f.indicator_id == ANCHORS)
    assert fact.raw == word and not told(found, "word_instead")


@pytest.mark.parametrize(
    ("remark", "people"),
    [("\t备注：含直播；", 4037), (" 备注：含直播", 4037), ("；备注：含直播", 4037), ("；注：不含企业", None), ("；备注：与往年持平", None),
     (" 备注：含直播，受疫情影响推迟", None)],
)  # fmt: skip
def test_a_remark_at_a_lines_end_is_its_own_answers(tmp_path: Path, remark: str, people: float | None) -> None:
    line = f"开展安全宣传咨询活动（37）场，参与（4037）人次{remark}"
    found = read(tmp_path, replaced("开展安全宣传咨询活动", line))
    assert three(found) == [(37, "reported"), (people, "reported" if people else "unreadable"), (12, "reported")]
    quoted = [said for _, said in told(found, "words_beside", "words_around")]
    assert any(remark.strip(" \t；").removesuffix("；") in said for said in quoted)


@pytest.mark.parametrize("note", ["（计划）", "（计划数）", "，均为计划", "（去年12月至今）"])
def test_a_note_takes_a_number_back_whatever_its_row_prints(tmp_path: Path, note: str) -> None:
    """The row of 五进 prints 计划（ ）个 itself."""
    words = f"应急科普宣传教育和安全体验基地建设情况，新建（12）个{note}，改扩建（12）个，计划（12）个，其他（12）个；"
    found = {f.indicator_id: f.value for f in read(tmp_path, replaced("新建（", words)).facts}
    assert (found["bases_new"], found["bases_expanded"], found["bases_planned"]) == (None, 12, 12)


def test_numbers_of_no_blank_are_named_wherever_they_stand(tmp_path: Path) -> None:
    def change(document: Any) -> None:
        table = document.tables[0]
        table.rows[2].cells[0].paragraphs[-1].add_run("43217")
        table.add_row().cells[0].text = "合计"
        table.rows[-1].cells[2].text = "43218"
        document.add_paragraph("43219")

    said = [f.found for f in read(tmp_path, change).findings]
    assert {"43217", "43218", "43219"} <= set(said)


@pytest.mark.parametrize(("answer", "is_named"), [("", True), ("12", False)])
def test_a_picture_in_an_empty_form_may_be_the_filled_one(tmp_path: Path, answer: str, is_named: bool) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(picture, "PNG")
    found = read(tmp_path, lambda document: document.add_picture(picture), answer)
    assert bool(told(found, "picture_of_form")) is is_named


def test_a_question_that_is_answered_twice_is_withheld(tmp_path: Path) -> None:
    line = "使用全国安全宣教和应急科普平台 ☑是□否；□是☑否"
    found = read(tmp_path, replaced("使用全国安全宣教", line))
    assert {f.indicator_id: f.value for f in found.facts}[PLATFORM] is None
    assert told(found, "two_values") == [("two_values", "☑是□否；□是☑否")]
