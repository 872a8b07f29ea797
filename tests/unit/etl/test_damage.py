"""Forms with known values, damaged at random: every value read is the typed one, or it is withheld. Never another number."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable

import pytest

from etl.blank.fill import fill_progress
from etl.catalog import Catalog, load_catalog
from etl.catalog.model import Activity, Form
from etl.extract.activity import extract_activity
from etl.extract.slots import plan_activity
from etl.form.read_fill import read_fill
from etl.interpret.flag import interpret_flag

FORMS = ("chongqing-2021", "jincheng-2022", "ningxia-2021")
SENTENCE = re.compile(r"[^；;\n。]+[；;\n。]*")
# Characters that carry no number and open or close no blank: what a clerk changes while retyping words.
OTHER_WORDS = "的了和与等及各项开展组织学习活动宣传报道情况部门单位企业安全"
Damage = Callable[[random.Random, str], str]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def sentences(text: str) -> list[str]:
    return SENTENCE.findall(text)


def delete_sentence(rng: random.Random, text: str) -> str:
    parts = sentences(text)
    del parts[rng.randrange(len(parts))]
    return "".join(parts)


def swap_sentences(rng: random.Random, text: str) -> str:
    parts = sentences(text)
    if len(parts) > 1:
        i, j = rng.sample(range(len(parts)), 2)
        parts[i], parts[j] = parts[j], parts[i]
    return "".join(parts)


def change_words(rng: random.Random, text: str) -> str:
    """Up to three characters of the printed words, outside the brackets, replaced, doubled or lost."""
    chars = list(text)
    for _ in range(rng.randint(1, 3)):
        depth, open_places = 0, []
        for i, c in enumerate(chars):
            depth += (c in "(（") - (c in ")）")
            if depth == 0 and "\u4e00" <= c <= "\u9fff" and c not in "是否":
                open_places.append(i)
        if not open_places:
            break
        at = rng.choice(open_places)
        kind = rng.randrange(3)
        if kind == 0:
            chars[at] = rng.choice(OTHER_WORDS)
        elif kind == 1:
            chars.insert(at, rng.choice(OTHER_WORDS))
        else:
            del chars[at]
    return "".join(chars)


def remove_brackets(rng: random.Random, text: str) -> str:
    return re.sub(r"[(（]\s*([0-9]+)\s*[)）]", r"\1", text)


def remove_some_brackets(rng: random.Random, text: str) -> str:
    return re.sub(r"[(（]\s*([0-9]+)\s*[)）]", lambda m: m.group(1) if rng.random() < 0.4 else m.group(0), text)


def underscores(rng: random.Random, text: str) -> str:
    return re.sub(r"[(（]\s*([0-9]+)\s*[)）]", r"___\1___", text)


def append_sentence(rng: random.Random, text: str) -> str:
    extra = rng.choice(
        (
            "另：开展直播（{}）场。",
            "另组织志愿服务（{}）次；",
            "其他宣传活动{}场，",
            "发放资料（{}）份。",
        )
    ).format(rng.randint(800_000, 899_999))
    return f"{text}{extra}" if rng.random() < 0.7 else f"{extra}{text}"


def drop_clause(rng: random.Random, text: str) -> str:
    """One clause of a sentence with its blank is gone."""
    parts = re.findall(r"[^，,；;\n。]+[，,；;\n。]*", text)
    del parts[rng.randrange(len(parts))]
    return "".join(parts)


def swap_marks(rng: random.Random, text: str) -> str:
    return re.sub(r"[，；]", lambda m: rng.choice("，；、。 ") if rng.random() < 0.4 else m.group(0), text)


DAMAGES: dict[str, Damage] = {
    d.__name__: d
    for d in (
        delete_sentence,
        swap_sentences,
        change_words,
        remove_brackets,
        remove_some_brackets,
        underscores,
        append_sentence,
        drop_clause,
        swap_marks,
    )
}


def typed_values(form: Form, rng: random.Random) -> dict[str, str]:
    """A different number for every count, so that one in a wrong place is seen; some blanks stay empty."""
    counts = [i for i in form.indicators if i.kind == "count"]
    numbers = rng.sample(range(1, 79_999), k=len(counts))
    blank_share = rng.choice((0.0, 0.0, 0.2))
    typed = {i.indicator_id: "" if rng.random() < blank_share else str(n) for i, n in zip(counts, numbers, strict=True)}
    for indicator in form.indicators:
        if indicator.kind == "flag":
            typed[indicator.indicator_id] = rng.choice(("☑是□否", "□是☑否"))
        if indicator.kind == "text":
            typed[indicator.indicator_id] = rng.choice(("1.某公司（化工）“4·12”爆炸；2.某矿透水", "某公司触电事故", ""))
    return typed


def wrong_values(
    form: Form, activity: Activity, typed: dict[str, str], text: str, counts: Counter[str]
) -> list[tuple[str, str, object]]:
    """(blank, typed, read) for each number read that is not the one typed there."""
    extraction = extract_activity(plan_activity(form, activity), text)
    wrong: list[tuple[str, str, object]] = []
    for indicator in activity.indicators:
        if indicator.kind == "text":
            continue
        reading = read_fill(indicator, extraction.fills[indicator.indicator_id])
        given = typed[indicator.indicator_id]
        if indicator.kind == "flag":
            want: float | None = {"☑是□否": 1.0, "□是☑否": 0.0}[given]
        else:
            want = float(given) if given else None
        if reading.value is None:
            counts["withheld" if want is not None else "empty"] += 1
        elif reading.value == want:
            counts["read"] += 1
        else:
            counts["wrong"] += 1
            wrong.append((indicator.indicator_id, given, reading.value))
    return wrong


def run(
    catalog: Catalog, form_id: str, kinds: tuple[str, ...], rounds: int, salt: str
) -> tuple[Counter[str], list[object]]:
    form = catalog.forms[form_id]
    rng = random.Random(f"{salt} {form_id} {kinds}")
    counts: Counter[str] = Counter()
    found: list[object] = []
    for _ in range(rounds):
        typed = typed_values(form, rng)
        for activity in form.activities:
            text = fill_progress(activity, typed)
            for kind in kinds:
                text = DAMAGES[kind](rng, text)
            wrong = wrong_values(form, activity, typed, text, counts)
            if wrong:
                found.append((activity.activity_id, wrong, text))
    return counts, found


PLANS = [(k,) for k in DAMAGES] + [
    ("change_words", "delete_sentence"),
    ("swap_sentences", "remove_brackets"),
    ("drop_clause", "change_words"),
    ("append_sentence", "drop_clause"),
    ("underscores", "delete_sentence"),
    ("remove_brackets", "change_words"),
]


def check(catalog: Catalog, form_id: str, kinds: tuple[str, ...], rounds: int) -> None:
    counts, found = run(catalog, form_id, kinds, rounds, "damage")
    print(f"damage {form_id} {'+'.join(kinds)}:", *(f"{k} {counts[k]}" for k in ("read", "withheld", "empty", "wrong")))
    assert found == []
    # Withholding everything would be safe and useless.
    assert counts["read"] > counts["withheld"]


@pytest.mark.parametrize("form_id", FORMS)
@pytest.mark.parametrize("kinds", PLANS, ids="+".join)
def test_a_damaged_form_never_gives_another_number(catalog: Catalog, form_id: str, kinds: tuple[str, ...]) -> None:
    check(catalog, form_id, kinds, 12)


@pytest.mark.slow
@pytest.mark.parametrize("form_id", FORMS)
@pytest.mark.parametrize("kinds", PLANS, ids="+".join)
def test_many_more_damaged_forms(catalog: Catalog, form_id: str, kinds: tuple[str, ...]) -> None:
    check(catalog, form_id, kinds, 200)


# Two answers for one blank, and words that fit both: neither is the typed one for sure.
DANGLING = [
    (
        "jincheng-2022",
        "study",
        "专题研讨、集中宣讲、培训辅导等(31437)场,参与(49479)人次；\n参与(7078)人次。参与（831550）人次。",
        {"lecture_attendance": 7078.0},
    ),
    (
        "chongqing-2021",
        "consultation_day",
        "参与网上展览（7358）人次，参与直播答题（76427）人次，参与“接力传安全——我为安全生产倡议”（32312）人次。参与（893884）人次。",
        {"live_quiz_participations": 76427.0, "pledge_relay_participations": 32312.0},
    ),
    (
        "ningxia-2021",
        "study",
        "组织安全生产“大家谈”“公开课”“微课堂”和在线访谈、基层宣讲(43928)场,参与(61477)人次。"
        "专题学习《生命重于泰山——学习习近平总书记重要论述》电视专题片(69778)人次;理论学习中心组学习(18213)次,参与(53419)人次;",
        {"theory_group_attendance": 53419.0, "lecture_attendance": 61477.0},
    ),
]


@pytest.mark.parametrize(("form_id", "activity_id", "text", "allowed"), DANGLING)
def test_a_loose_answer_takes_no_ones_place(
    catalog: Catalog, form_id: str, activity_id: str, text: str, allowed: dict[str, float]
) -> None:
    form = catalog.forms[form_id]
    activity = next(a for a in form.activities if a.activity_id == activity_id)
    extraction = extract_activity(plan_activity(form, activity), text)
    for indicator_id, value in allowed.items():
        reading = read_fill(form.by_indicator[indicator_id], extraction.fills[indicator_id])
        assert reading.value in (None, value), indicator_id


@pytest.mark.parametrize(
    ("typed", "allowed"),
    [
        ("☑□否", (None, 1.0)),
        ("□是☑", (None, 0.0)),
        ("□是☑不", (None, 0.0)),
        ("☑事□否", (None, 1.0)),
        ("□是☑单否", (None, 0.0)),
    ],
)
def test_a_damaged_box_is_never_the_other_answer(typed: str, allowed: tuple[float | None, ...]) -> None:
    assert interpret_flag(typed).value in allowed
