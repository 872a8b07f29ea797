"""One of several numbers in a sentence is not the blank's: pieces of a list, parts of a whole, another body's, last year's."""

from __future__ import annotations

import pytest

from etl.catalog import Catalog, load_catalog
from etl.document import Block, Cell, Document, Paragraph, Table
from etl.extract.activity import extract_activity
from etl.extract.slots import plan_activity
from etl.facts import Submission
from etl.form.identity import Source
from etl.form.read_fill import read_fill
from etl.form.word_form import read_word_form
from etl.interpret.reading import Reading

JINCHENG, CHONGQING = "jincheng-2022", "chongqing-2021"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def read(catalog: Catalog, form_id: str, number: int, text: str) -> dict[str, Reading]:
    """All blanks of the form's activity of that number."""
    form = catalog.forms[form_id]
    activity = form.activities[number]
    fills = extract_activity(plan_activity(form, activity), text).fills
    return {i.indicator_id: read_fill(i, fills[i.indicator_id]) for i in activity.indicators}


LISTS = [
    (
        JINCHENG,
        0,
        "专题研讨2场，参与50；集中宣讲3场，80；培训辅导1场，20",
        "seminar_training_sessions",
        "2+3+1=6",
    ),
    (JINCHENG, 0, "专题研讨(5)、集中宣讲(6)、培训辅导(7)场，参与(2)人次", "seminar_training_sessions", "5+6+7=18"),
    (
        JINCHENG,
        0,
        "专题研讨(5)场、集中宣讲(6)场、培训辅导(7)场等，参与(2)人次",
        "seminar_training_sessions",
        "5+6+7=18",
    ),
    (JINCHENG, 0, "公开课(1)、大家谈(1)、班组会(1)场，共(3)场，参与(4)人次", "lecture_sessions", "3"),
    (
        CHONGQING,
        0,
        "开展安全生产“大讲堂”(11)场、“大家谈”(12)场、“公开课”(13)场、“微课堂”(14)场和在线访谈、基层宣讲(15)场，参与(600)人次",
        "lecture_sessions",
        "11+12+13+14+15=65",
    ),
    (
        CHONGQING,
        0,
        "开展安全生产“大讲堂”“大家谈”“公开课”“微课堂”和在线访谈(11)场、基层宣讲(15)场，参与(600)人次",
        "lecture_sessions",
        "11+15=26",
    ),
    (
        CHONGQING,
        1,
        "企业开展“安全红袖章”(3)场、“事故隐患大扫除”(4)场、“争做安全吹哨人”等活动(5)场，参与(12)人次",
        "worker_action_events",
        "3+4+5=12",
    ),
    (CHONGQING, 0, "区委中心组学习(2)次；镇街(20)次，参与(40)人次", "theory_group_sessions", "2+20=22"),
    (
        CHONGQING,
        0,
        "区委理论学习中心组学习(2)次，参与(40)人次；镇街理论学习中心组学习(20)次，参与(400)人次",
        "theory_group_sessions",
        "2+20=22",
    ),
    (
        CHONGQING,
        0,
        "区委理论学习中心组学习2次，参与40人次；全区共理论学习中心组学习22次，参与440人次",
        "theory_group_sessions",
        "22",
    ),
    (JINCHENG, 3, "开展“主播讲安全”(2)场、“专家远程会诊”(3)场，参与(18)人次", "anchor_expert_events", "2+3=5"),
    (
        JINCHENG,
        0,
        "开展安全生产“公开课”“大家谈”“班组会”等学习活动(3)场，参与(4)人次。更正：公开课等学习活动应为(13)场。",
        "lecture_sessions",
        "3 / 13",
    ),
    (JINCHENG, 2, "社会公众举报安全生产重大隐患(3)项、违法行为(4)项", "public_reports", "3+4=7"),
    (
        JINCHENG,
        3,
        "制作公益广告、海报、短视频、提示语音等(5)条、海报(600)份，宣传受众(24)人次",
        "publicity_products_made",
        "5+600=605",
    ),
]


@pytest.mark.parametrize(("form_id", "number", "text", "blank", "proposal"), LISTS, ids=[t[2][:24] for t in LISTS])
def test_a_piece_of_a_list_is_withheld(
    catalog: Catalog, form_id: str, number: int, text: str, blank: str, proposal: str
) -> None:
    found = read(catalog, form_id, number, text)
    assert (found[blank].value, found[blank].flags, found[blank].proposal) == (None, ("parts_listed",), proposal)
    # A 参与 behind the list may be the last piece's only.
    assert all(r.value is None for r in found.values())


def test_a_bodys_people_beside_the_blanks(catalog: Catalog) -> None:
    found = read(catalog, CHONGQING, 0, "理论学习中心组学习(2)次，参与(40)人次、镇街(400)人次")
    assert found["theory_group_sessions"].value == 2
    assert (found["theory_group_attendance"].value, found["theory_group_attendance"].proposal) == (None, "40+400=440")


@pytest.mark.parametrize(
    "text",
    [
        "全区共组织理论学习中心组学习22次，参与440人次；其中，区委理论学习中心组学习2次，参与40人次；",
        "理论学习中心组学习22次，参与440人次，其中区委2次、镇街20次；",
        "全区共理论学习中心组学习（22）次，参与（440）人次；其中区委理论学习中心组学习（2）次，参与（40）人次；",
        "理论学习中心组学习（22）次，参与（440）人次；包括区委理论学习中心组学习（2）次，参与（40）人次；",
        "去年理论学习中心组学习（2）次，参与（40）人次；今年理论学习中心组学习（22）次，参与（440）人次；",
    ],
)
def test_the_whole_counts_and_its_part_never(catalog: Catalog, text: str) -> None:
    found = read(catalog, CHONGQING, 0, text)
    assert {i: r.value for i, r in found.items() if r.value is not None} == {
        "theory_group_sessions": 22,
        "theory_group_attendance": 440,
    }
    assert not any(r.proposal for r in found.values())


@pytest.mark.parametrize(
    ("text", "proposal"),
    [
        ("理论学习中心组学习22次，其中区委2次，参与440人次；", "440"),  # the whole's or the part's
        ("去年理论学习中心组学习（3）次，参与（30）人次；", None),
        ("计划理论学习中心组学习（3）次，参与（30）人次；", "30"),
    ],
)
def test_what_may_be_a_parts_or_is_of_another_time_is_no_answer(
    catalog: Catalog, text: str, proposal: str | None
) -> None:
    people = read(catalog, CHONGQING, 0, text)["theory_group_attendance"]
    assert (people.value, people.proposal) == (None, proposal)


def test_a_part_of_a_whole_that_is_not_said(catalog: Catalog) -> None:
    found = read(catalog, CHONGQING, 0, "理论学习中心组学习（5）次，参与（50）人次；其中组织集中学习观看（3）场；")
    assert found["theory_group_sessions"].value == 5
    assert (found["feature_film_screenings"].value, found["feature_film_screenings"].proposal) == (None, "3")


def submission(catalog: Catalog, *blocks: Block) -> Submission:
    source = Source("城区.docx", "0" * 64, "docx", catalog.campaigns[JINCHENG])
    head = Paragraph("填报单位：城区　填报日期：2022年6月28日", "段1")
    (one,) = read_word_form(catalog, source, Document((head, *blocks)))
    return one


def test_prose_counts_the_whole(catalog: Catalog) -> None:
    lines = [
        "一、全区共开展专题研讨、集中宣讲、培训辅导等5场，参与500人次；其中，应急局开展专题研讨、集中宣讲、培训辅导等2场，参与100人次。",
        "二、开展安全生产“公开课”“大家谈”“班组会”等学习活动7场，参与70人次；其中各类应急演练体验活动3场。",
        "三、“查找身边的隐患”，查找隐患100条；社会公众举报安全生产重大隐患和违法行为14项；各类应急演练体验活动29场，参与290人次。",
        "四、参与“第一责任人安全倡议书”活动8人次；报道各地打非治违和排查治理进展成效9条；组织“安全志愿者在行动”6场，参与60人次。",
        "五、开展“进门入户送安全”16次，受众160人次；组织新闻发布会1场。",
    ]
    one = submission(catalog, *(Paragraph(t, f"段{n}") for n, t in enumerate(lines, start=2)))
    found = {f.indicator_id: f.value for f in one.facts if f.value is not None}
    assert found == {
        "seminar_training_sessions": 5,
        "seminar_training_attendance": 500,
        "lecture_sessions": 7,
        "lecture_attendance": 70,
        "nearby_hazards_found": 100,
        "public_reports": 14,
        "drill_events": 29,
        "drill_participations": 290,
        "first_responsible_pledge_participations": 8,
        "enforcement_progress_reports": 9,
        "volunteer_events": 6,
        "volunteer_participations": 60,
        "door_to_door_visits": 16,
        "door_to_door_audience": 160,
        "press_conferences": 1,
    }


OWN = "组织观看安全生产警示教育片、专题展(11)场，参与(12)人次；报道各地打非治违和排查治理进展成效(13)条；社会公众举报安全生产重大隐患和违法行为(14)项；"
LAW = "参与“第一责任人安全倡议书”活动(7)人次；“查找身边的隐患”，查找隐患(10)条；"


@pytest.mark.parametrize(
    "text", [OWN + LAW + "集中曝光典型案例(16)个；曝光突出问题(15)项。", LAW + "集中曝光典型案例(16)个；" + OWN]
)
def test_a_cells_own_reworded_sentence_stays_with_it(catalog: Catalog, text: str) -> None:
    activities = catalog.forms[JINCHENG].activities
    cells = ["", "", text, activities[3].blank_text, activities[4].blank_text]
    rows = [[a.title_zh, a.requirement_zh, c] for a, c in zip(activities, cells, strict=True)]
    table = [["活动项目", "内容要求", "进展情况"], *rows]
    places = [[Cell(t, f"表1行{r + 1}列{c + 1}") for c, t in enumerate(row)] for r, row in enumerate(table)]
    found = {f.indicator_id: f for f in submission(catalog, Table(tuple(map(tuple, places)), 1)).facts}
    taken = {"first_responsible_pledge_participations": 7, "nearby_hazards_found": 10}
    own = {
        "warning_film_exhibition_events": 11,
        "warning_film_exhibition_attendance": 12,
        "enforcement_progress_reports": 13,
        "public_reports": 14,
    }
    assert {i: f.value for i, f in found.items() if f.value is not None} == taken | own
    assert found["liability_cases_exposed"].proposal is None
    assert found["whistleblower_problems_found"].proposal is None


@pytest.mark.parametrize(
    ("words", "value"),
    [("2021年", None), ("去年", None), ("2020年全年", None), ("2022年", 11), ("2021年12月至2022年6月", 11), ("", 11)],
)
def test_another_years_number_alone_in_its_sentence_is_no_answer(
    catalog: Catalog, words: str, value: float | None
) -> None:
    form = catalog.forms[JINCHENG]
    fills = extract_activity(
        plan_activity(form, form.activities[0]),
        f"{words}专题研讨、集中宣讲、培训辅导等(11)场，参与(20)人次；",
        year=2022,
    )
    read_as = {i.indicator_id: read_fill(i, fills.fills[i.indicator_id]) for i in form.activities[0].indicators}
    assert read_as["seminar_training_sessions"].value == value
    if value is None:
        assert any(c.answer == "11" for c in fills.extras), "named, not lost"
