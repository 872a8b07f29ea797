"""Damaged forms: cells retyped, sentences gone, moved or added. What is read is what was typed, or it is withheld."""

from __future__ import annotations

import io
import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import pytest
from docx import Document

from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.catalog import Catalog, load_catalog
from etl.catalog.model import Activity, Form
from etl.extract.activity import extract_activity
from etl.extract.slots import plan_activity
from etl.facts import Submission
from etl.findings import word_finding
from etl.form.identity import Source
from etl.form.read_fill import read_fill
from etl.form.word_form import read_word_form
from etl.guard.package import open_package
from etl.read.docx import read_docx


@lru_cache(maxsize=1)
def catalog() -> Catalog:
    return load_catalog()


def activity_of(form_id: str, activity_id: str) -> tuple[Form, Activity]:
    form = catalog().forms[form_id]
    return form, next(a for a in form.activities if a.activity_id == activity_id)


def read_cell(form_id: str, activity_id: str, typed: str) -> tuple[dict[str, object], dict[str, set[str]], list[str]]:
    """Value (or state, where there is none) and flags by blank, and the raw text of what belongs to no blank."""
    form, activity = activity_of(form_id, activity_id)
    extraction = extract_activity(plan_activity(form, activity), typed)
    values: dict[str, object] = {}
    flags: dict[str, set[str]] = {}
    for indicator in activity.indicators:
        fill = extraction.fills[indicator.indicator_id]
        reading = read_fill(indicator, fill)
        said = reading.text if indicator.kind == "text" and reading.text else reading.state
        values[indicator.indicator_id] = reading.value if reading.value is not None else said
        flags[indicator.indicator_id] = set(fill.flags) | set(reading.flags)
    return values, flags, [c.raw for c in extraction.extras if c.has_number]


def filled(form_id: str, activity_id: str, **typed: str) -> str:
    return fill_progress(activity_of(form_id, activity_id)[1], typed)


def read_document(campaign_id: str, progress: list[str], requirement: str = "") -> Submission:
    """A whole Word form with these progress cells; `requirement` is added to the first row's 内容要求."""
    campaign = catalog().campaigns[campaign_id]
    form = catalog().forms[str(campaign.form_id)]
    unit = catalog().roster(campaign)[0].name
    data = write_docx(form, progress, {"reporting_unit": unit, "report_date": f"{campaign.year}年7月1日"})
    if requirement:
        data = add_to_requirement(data, requirement)
    source = Source("f.docx", "0", "docx", campaign)
    (submission,) = read_word_form(catalog(), source, read_docx(open_package(data)))
    return submission


def add_to_requirement(data: bytes, text: str) -> bytes:
    document = Document(io.BytesIO(data))
    document.tables[0].rows[1].cells[1].paragraphs[0].add_run(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


STUDY = ("ningxia-2021", "study")
CELLS = [
    # case, form and activity, typed cell, values, a flag one blank must carry
    (54, ("chongqing-2021", "study"), "理论学习中心组学习（  ）12次，参与（350）人次；", {"theory_group_sessions": 12, "theory_group_attendance": 350}, ("theory_group_sessions", "outside_blank")),
    (55, ("chongqing-2021", "study"), "理论学习中心组学习12次，参与350人次；", {"theory_group_sessions": 12, "theory_group_attendance": 350}, None),
    (56, ("chongqing-2021", "study"), "理论学习中心组学习___12___次，参与___350___人次；", {"theory_group_sessions": 12, "theory_group_attendance": 350}, None),
    (57, ("chongqing-2021", "study"), "理论学习中心组学习 12 次，参与 350 人次；", {"theory_group_sessions": 12, "theory_group_attendance": 350}, None),
    (58, ("chongqing-2021", "study"), "理论学习中心组学习（12)次，参与(350）人次；", {"theory_group_sessions": 12, "theory_group_attendance": 350}, None),
    (59, ("chongqing-2021", "study"), "理论学习中心组学习【12】次，参与〔350〕人次；", {"theory_group_sessions": 12, "theory_group_attendance": 350}, ("theory_group_sessions", "other_bracket")),
    (60, ("chongqing-2021", "study"), "理论学习中心组学习（12\n）次，参与（\n350）人次；", {"theory_group_sessions": 12, "theory_group_attendance": 350}, None),
    (73, ("chongqing-2021", "tour"), "开展“专题行”(2)次、“区域行”(1)次、“网上行”(3)次。", {"thematic_tours": 2, "regional_tours": 1, "online_tours": 3}, None),
    (74, ("chongqing-2021", "consultation_day"), "参与知识竞赛（5）人次、参与“走进安全体验场馆”（6）人次，", {"quiz_participations": 5, "experience_venue_participations": 6}, None),
    (75, ("chongqing-2021", "study"), "理论学习中心组学习（12）次，参与（350）人；", {"theory_group_sessions": 12, "theory_group_attendance": 350}, ("theory_group_attendance", "unit_changed")),
    (76, ("ningxia-2021", "rectification"), "宣传推广经验做法(3)个,刊发新闻报道(4)篇;", {"good_practices_promoted": 3, "good_practice_news_articles": 4}, None),
    (77, ("chongqing-2021", "study"), "理论学习中心组学习(3)次,参与(40)人次;", {"theory_group_sessions": 3, "theory_group_attendance": 40}, None),
    (79, ("chongqing-2021", "rectification"), '企业开展"安全红袖章"「事故隐患大扫除」‘争做安全吹哨人’等活动（7）场，参与（80）人次。', {"worker_action_events": 7, "worker_action_participations": 80}, None),
    (83, STUDY, "理论学习中心组共学习3次，参与120人次", {"theory_group_sessions": 3, "theory_group_attendance": 120}, None),
    (84, STUDY, "120人次参与，理论学习中心组学习共3次", {"theory_group_sessions": 3, "theory_group_attendance": 120}, None),
]  # fmt: skip


@pytest.mark.parametrize(("case", "where", "typed", "want", "flag"), CELLS, ids=[f"case {c[0]}" for c in CELLS])
def test_retyped_cell(
    case: int, where: tuple[str, str], typed: str, want: dict[str, float], flag: tuple[str, str] | None
) -> None:
    values, flags, _ = read_cell(*where, typed)
    assert {i: v for i, v in values.items() if v not in ("row_missing", "not_filled")} == want
    assert flag is None or flag[1] in flags[flag[0]]


def numbered(form_id: str, activity_id: str) -> dict[str, str]:
    """11, 12, 13, ... for the counts of an activity, yes for its flags."""
    activity = activity_of(form_id, activity_id)[1]
    return {
        i.indicator_id: {"count": str(n), "flag": "☑是□否", "text": "某厂火灾"}[i.kind]
        for n, i in enumerate(activity.indicators, start=11)
    }


def counts(typed: dict[str, str]) -> dict[str, float]:
    return {i: float(t) for i, t in typed.items() if t.isdigit()}


@pytest.mark.parametrize(
    ("form_id", "activity_id"), [(f, a.activity_id) for f in ("chongqing-2021", "jincheng-2022") for a in catalog().forms[f].activities]
)  # fmt: skip
def test_same_labels_are_bound_in_order(form_id: str, activity_id: str) -> None:
    """Cases 70 to 72: 参与（ ）人次 ten times over, 刊发新闻报道 twice, 新建 / 改扩建 / 计划 / 其他."""
    typed = numbered(form_id, activity_id)
    values, _, _ = read_cell(form_id, activity_id, filled(form_id, activity_id, **typed) + "以上。")
    assert {i: values[i] for i in counts(typed)} == counts(typed)


@pytest.mark.parametrize("title", ["“6·16安全宣传咨询日”活动", "“6•16安全宣传咨询日”活动", "“6.16安全宣传咨询日”活动", "“6?16安全宣传咨询日”活动", "“616安全宣传咨询日”活动"])  # fmt: skip
def test_lost_dots_in_the_title(title: str) -> None:
    """Case 78."""
    campaign = catalog().campaigns["chongqing-2021"]
    form = catalog().forms["chongqing-2021"]
    typed = {a.activity_id: numbered("chongqing-2021", a.activity_id) for a in form.activities}
    document = Document(
        io.BytesIO(
            write_docx(
                form, [fill_progress(a, typed[a.activity_id]) for a in form.activities], {"reporting_unit": "渝北区"}
            )
        )
    )
    cell = next(r.cells[0] for r in document.tables[0].rows if "6·16" in r.cells[0].text)
    cell.text = title
    out = io.BytesIO()
    document.save(out)
    source = Source("f.docx", "0", "docx", campaign)
    (got,) = read_word_form(catalog(), source, read_docx(open_package(out.getvalue())))
    want = {i: v for t in typed.values() for i, v in counts(t).items()}
    assert {f.indicator_id: f.value for f in got.facts if f.indicator_id in want} == want


@pytest.mark.parametrize(("form_id", "activity_id"), [("chongqing-2021", "study"), ("chongqing-2021", "rectification"), ("jincheng-2022", "study"), ("jincheng-2022", "tour")])  # fmt: skip
def test_a_deleted_sentence_shifts_no_neighbour(form_id: str, activity_id: str) -> None:
    """Case 80, for each sentence."""
    typed = numbered(form_id, activity_id)
    lines = filled(form_id, activity_id, **typed).split("\n")
    for gone in range(len(lines)):
        kept = "\n".join(line for n, line in enumerate(lines) if n != gone)
        values, _, _ = read_cell(form_id, activity_id, kept)
        for indicator_id, value in counts(typed).items():
            there = re.search(rf"(?<!\d){value:.0f}(?!\d)", kept)
            assert values[indicator_id] == (value if there else "row_missing"), (indicator_id, kept)


@pytest.mark.parametrize(("form_id", "activity_id"), [("chongqing-2021", "study"), ("chongqing-2021", "rectification"), ("chongqing-2021", "five_entries"), ("jincheng-2022", "study")])  # fmt: skip
def test_sentences_in_another_order(form_id: str, activity_id: str) -> None:
    """Case 81: by label; each 参与 stays with its own sentence."""
    typed = numbered(form_id, activity_id)
    lines = filled(form_id, activity_id, **typed).split("\n")
    turned = "；".join(line.strip("；。") for line in reversed(lines)) + "。"
    values, _, _ = read_cell(form_id, activity_id, turned)
    assert {i: values[i] for i in counts(typed)} == counts(typed)


def test_an_added_blank_is_an_extra() -> None:
    """Case 82."""
    typed = numbered("chongqing-2021", "study")
    cell = filled("chongqing-2021", "study", **typed).rstrip("。") + "；另：开展直播（93）场。"
    values, _, extras = read_cell("chongqing-2021", "study", cell)
    assert {i: values[i] for i in counts(typed)} == counts(typed)
    assert any("93" in e for e in extras)


def test_numbers_in_the_requirements_column() -> None:
    """Case 85."""
    form = catalog().forms["chongqing-2021"]
    got = read_document("chongqing-2021", [a.blank_text for a in form.activities], "理论学习中心组学习（77）次。")
    assert [(f.level, "77" in f.found) for f in worded(got, "wrong_column")] == [("warning", True)]
    assert {f.indicator_id: f.value for f in got.facts if f.value is not None} == {"theory_group_sessions": 77}


def worded(submission: Submission, rule: str) -> list[object]:
    from etl.findings import word_finding

    return [
        word_finding(catalog(), f, "s", submission.campaign_id, submission.form_id)
        for f in submission.findings
        if f.rule == rule
    ]


CASES_TEXT = "1.某公司（化工）“4·12”爆炸；2.某矿2021年3月5日透水，死3人"


def test_numbers_inside_a_description_stay_there() -> None:
    """Cases 86 to 88."""
    form = catalog().forms["chongqing-2021"]

    def read(**typed: str) -> Submission:
        return read_document("chongqing-2021", [fill_progress(a, typed) for a in form.activities])

    got = read(typical_case_details=CASES_TEXT, typical_cases_exposed="2")
    facts = {f.indicator_id: f for f in got.facts}
    assert facts["typical_case_details"].text == CASES_TEXT
    assert {i: f.value for i, f in facts.items() if f.value is not None} == {"typical_cases_exposed": 2.0}
    assert [f.rule for f in got.findings] == []
    number = {f.indicator_id: f for f in read(typical_case_details="3").facts}["typical_case_details"]
    assert (number.text, number.value, number.flags) == ("3", None, ("not_a_description",))
    listed = read(typical_case_details="甲厂火灾；乙厂爆炸；丙矿透水", typical_cases_exposed="2")
    assert [(f.found, f.expected) for f in listed.findings if f.rule == "count_list_mismatch"] == [("2", "3")]


def test_two_values_in_the_first_of_two_blanks() -> None:
    """Case 61: never 12350."""
    form = catalog().forms["chongqing-2021"]
    typed = {"theory_group_sessions": "12，350", "theory_group_attendance": ""}
    got = read_document("chongqing-2021", [fill_progress(a, typed) for a in form.activities])
    facts = {f.indicator_id: f for f in got.facts}
    assert facts["theory_group_attendance"].value is None
    sessions = facts["theory_group_sessions"]
    assert (sessions.value, sessions.flags, sessions.proposal) == (None, ("two_values",), "12 / 350")


@pytest.mark.parametrize(
    ("typed", "people", "said"),
    [("72，23250", "", "23250"), ("12，350", "", "350"), ("72，23250", "9", ""), ("7、8、9", "", "")],
)
def test_the_second_of_two_numbers_is_said_to_be_perhaps_the_next_blanks(typed: str, people: str, said: str) -> None:
    form = catalog().forms["chongqing-2021"]
    answers = {"lecture_sessions": typed, "lecture_attendance": people}
    got = read_document("chongqing-2021", [fill_progress(a, answers) for a in form.activities])
    (found,) = [f for f in got.findings if f.rule == "two_values"]
    row = word_finding(catalog(), found, None, None, form.form_id)
    label = form.by_indicator["lecture_attendance"]
    assert found.indicator_id == "lecture_sessions" and typed in row.message_zh
    assert ("可能是下一空" in row.message_zh) == ("may belong to the next blank" in row.message_en) == bool(said)
    if said:
        assert f"其中 {said} 可能是下一空“" in row.message_zh and label.label_en in row.message_en
        assert {f.indicator_id: f.value for f in got.facts}["lecture_attendance"] is None


# Damage at random. The damaged cell may be unreadable in part; what is read must be what was typed there.


@dataclass(frozen=True)
class Damaged:
    form: Form
    activity: Activity
    want: dict[str, float]
    text: str
    kinds: tuple[str, ...]


Damage = Callable[[str, random.Random], str]
COUNT = re.compile(r"[（(]\s*(\d+)\s*[）)]")
KEPT = "一二三四五六七八九十百千万亿零两余多约近超是否"  # a changed word must not become a number or an answer
FILLER = "的了等及其本积极认真广泛我区各镇深入扎实持续"
ADDED = ("另：开展网络直播（{n}）场。", "同时张贴标语（{n}）条；", "共投入经费（{n}）元。", "此外悬挂横幅{n}幅；", "发放宣传资料（{n}）份；")  # fmt: skip


def split(text: str, marks: str) -> list[str]:
    return [s for s in re.split(f"(?<=[{marks}])", text) if s]


def delete_sentence(text: str, rng: random.Random) -> str:
    pieces = split(text, "；;。\n")
    pieces.pop(rng.randrange(len(pieces)))
    return "".join(pieces)


def delete_clause(text: str, rng: random.Random) -> str:
    pieces = split(text, "，,、；;。\n")
    pieces.pop(rng.randrange(len(pieces)))
    return "".join(pieces)


def swap_sentences(text: str, rng: random.Random) -> str:
    pieces = [p.strip("；;。\n") for p in split(text, "；;。\n") if p.strip("；;。\n")]
    rng.shuffle(pieces)
    return "；".join(pieces) + "。"


def change_words(text: str, rng: random.Random) -> str:
    for _ in range(rng.randint(1, 3)):
        spots = [m.start() for m in re.finditer("[\u4e00-\u9fff]", text) if text[m.start()] not in KEPT]
        if spots:
            at = rng.choice(spots)
            text = text[:at] + rng.choice(["", rng.choice(FILLER), text[at] + rng.choice(FILLER)]) + text[at + 1 :]
    return text


def add_sentence(text: str, rng: random.Random) -> str:
    pieces = split(text, "；;。\n")
    pieces.insert(rng.randint(0, len(pieces)), rng.choice(ADDED).format(n=rng.randint(90_000, 99_999)))
    return "".join(pieces)


def lose_one_bracket(text: str, rng: random.Random) -> str:
    spots = [m.start() for m in re.finditer("[（()）]", text)]
    at = rng.choice(spots) if spots else len(text)
    return text[:at] + text[at + 1 :]


def one_blank(pattern: str) -> Damage:
    def damage(text: str, rng: random.Random) -> str:
        found = list(COUNT.finditer(text))
        if not found:
            return text
        match = rng.choice(found)
        return text[: match.start()] + pattern.format(match.group(1)) + text[match.end() :]

    return damage


def every_blank(pattern: str) -> Damage:
    return lambda text, rng: COUNT.sub(lambda m: pattern.format(m.group(1)), text)


def turn_around(text: str, rng: random.Random) -> str:
    """参与（350）人次 -> （350）人次参与, once or everywhere."""
    return re.sub(r"参与[（(](\d+)[）)]人次", r"（\1）人次参与", text, count=rng.randint(0, 1))


DAMAGES: dict[str, Damage] = {
    "sentence deleted": delete_sentence,
    "clause deleted": delete_clause,
    "sentences swapped": swap_sentences,
    "words changed": change_words,
    "sentence added": add_sentence,
    "one bracket lost": lose_one_bracket,
    "brackets off one": one_blank("{0}"),
    "brackets off": every_blank("{0}"),
    "underscores in one": one_blank("__{0}__"),
    "underscores": every_blank("___{0}___"),
    "other brackets": one_blank("【{0}】"),
    "emptied": one_blank("（  ）"),
    "blank deleted": one_blank(""),
    "turned around": turn_around,
}


def damaged_cell(rng: random.Random, kinds: tuple[str, ...]) -> Damaged:
    form = catalog().forms[rng.choice(("chongqing-2021", "jincheng-2022", "ningxia-2021"))]
    activity = rng.choice(form.activities)
    want: dict[str, float] = {}
    typed = {}
    numbers = rng.sample(range(1, 100), 50) + rng.sample(range(100, 90_000), 50)
    for indicator in activity.indicators:
        if indicator.kind == "count":
            number = numbers.pop(rng.randrange(len(numbers)))
            typed[indicator.indicator_id], want[indicator.indicator_id] = str(number), float(number)
        elif indicator.kind == "flag":
            is_yes = rng.random() < 0.5
            typed[indicator.indicator_id] = "☑是□否" if is_yes else "□是☑否"
            want[indicator.indicator_id] = float(is_yes)
        else:
            typed[indicator.indicator_id] = "某化工公司爆炸事故"
    text = fill_progress(activity, typed)
    for kind in kinds:
        text = DAMAGES[kind](text, rng)
    return Damaged(form, activity, want, text, kinds)


def judge(cell: Damaged) -> tuple[Counter[str], list[object]]:
    """Counts of read, withheld, wrong and silent (typed, still there, called empty and named nowhere), and the bad ones."""
    extraction = extract_activity(plan_activity(cell.form, cell.activity), cell.text)
    extras = {n for c in extraction.extras for n in re.findall(r"\d+", c.raw)}
    seen: Counter[str] = Counter()
    bad: list[object] = []
    for indicator_id, want in cell.want.items():
        indicator = cell.form.by_indicator[indicator_id]
        fill = extraction.fills[indicator_id]
        reading = read_fill(indicator, fill)
        outcome = "read" if reading.value == want else "withheld" if reading.value is None else "wrong"
        is_there = indicator.kind == "count" and re.search(rf"(?<!\d){want:.0f}(?!\d)", cell.text)
        if reading.state == "not_filled" and not reading.flags and is_there and f"{want:.0f}" not in extras:
            outcome = "silent"
        seen[outcome] += 1
        if outcome in ("wrong", "silent"):
            bad.append((outcome, indicator_id, want, reading.value, fill.certainty, cell.kinds, cell.text))
    return seen, bad


def run(rng: random.Random, n: int, choose: Callable[[], tuple[str, ...]]) -> tuple[Counter[str], list[object]]:
    seen: Counter[str] = Counter()
    bad: list[object] = []
    for _ in range(n):
        more, worse = judge(damaged_cell(rng, choose()))
        seen += more
        bad += worse
    print("damaged cells:", *(f"{k} {seen[k]}" for k in ("read", "withheld", "wrong", "silent")))
    return seen, bad


@pytest.mark.parametrize("kind", DAMAGES)
def test_one_damage_never_makes_another_number(kind: str) -> None:
    seen, bad = run(random.Random(kind), 500, lambda: (kind,))
    assert bad == []
    assert seen["read"] > 0.7 * seen.total()


def several(seed: str, n: int) -> None:
    rng = random.Random(seed)
    seen, bad = run(rng, n, lambda: tuple(rng.sample(list(DAMAGES), rng.randint(2, 3))))
    assert bad == [], len(bad)
    assert seen["read"] > 0.6 * seen.total()


def test_several_damages_never_make_another_number() -> None:
    several("several", 1200)


@pytest.mark.slow
def test_many_times_several_damages() -> None:
    several("several", 12_000)


def test_the_number_of_a_list_is_no_answer() -> None:
    typed = (
        "1、理论学习中心组学习12次，参与300人次。2、组织集中学习观看8场，共900人次观看。"
        "3、各镇街开展“大讲堂”、公开课等宣讲5场。4.受众"
    )
    values, _, extras = read_cell("chongqing-2021", "study", typed)
    assert (values["theory_group_sessions"], values["feature_film_screenings"]) == (12, 8)
    assert not {"1", "2", "3", "4"} & {*map(str, values.values()), *extras}
    submission = read_document("chongqing-2021", [typed] + [""] * 4)
    assert not {"1", "2", "3", "4"} & {f.proposal for f in submission.facts}
