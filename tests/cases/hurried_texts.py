"""A progress text as a hurried clerk leaves it: other marks, sentences gone, turned, numbered or shortened, blanks left empty."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Habit = Callable[[random.Random, str], str]

BLANK = r"[（(]\s*\d+\s*[)）]"
_SENTENCES = re.compile("(?<=[；;。])")
_UNIT = "(人次|场|次|个|条|篇|部)"
_PAIR = re.compile(rf"(\s*)([^，]*{BLANK}[^，；。]*)，([^，]*{BLANK}[^，；。]*)([；;。]?\s*)")
_LESS = ("（）", "", "/", "___", "（ 无 ）", "（待统计）", "若干")
_REMARKS = ("（其中线上2）", "（较去年增长5%）", "，覆盖企业30家", "（含企业15）", "，其中领导干部9人次", "。另：开展直播8场", "（6月）")  # fmt: skip


def _sentences(text: str) -> list[str]:
    return [s for s in _SENTENCES.split(text) if s.strip()]


def other_marks(rng: random.Random, text: str) -> str:
    """One mark, a space, a line or nothing instead of all marks."""
    mark = rng.choice("，、 \n；") if rng.random() < 0.8 else ""
    return re.sub("[；;。，]\n?", mark, text)


def commas(_: random.Random, text: str) -> str:
    """Commas between all sentences."""
    return re.sub("[；;。]\n?", "，", text)


def no_brackets(_: random.Random, text: str) -> str:
    """Bare numbers."""
    return re.sub(r"[（(]\s*(\d+)\s*[)）]", r"\1", text)


def lines_to_write_on(_: random.Random, text: str) -> str:
    """Underlines instead of brackets."""
    return re.sub(r"[（(]\s*(\d+)\s*[)）]", r"__\1__", text)


def other_verb(rng: random.Random, text: str) -> str:
    """Another word for 参与."""
    return text.replace("参与", rng.choice(["参加", "共参与", "吸引", "参与人数", "累计参与", "参加人员"]))


def dropped(rng: random.Random, text: str) -> str:
    """A clause with an answer deleted."""
    clauses = re.split("(?<=[；;。，])", text)
    with_answer = [n for n, c in enumerate(clauses) if re.search(BLANK, c)]
    if len(with_answer) >= 2:
        del clauses[rng.choice(with_answer)]
    return "".join(clauses)


def shuffled(rng: random.Random, text: str) -> str:
    """Sentences in another order."""
    sentences = _sentences(text)
    rng.shuffle(sentences)
    return "".join(sentences)


def turned(rng: random.Random, text: str) -> str:
    """People before their events, in more than half of the sentences."""
    pairs = [(s, _PAIR.fullmatch(s)) for s in _SENTENCES.split(text)]
    return "".join(f"{m[1]}{m[3]}，{m[2]}{m[4]}" if m and rng.random() < 0.6 else s for s, m in pairs)


def remarked(rng: random.Random, text: str) -> str:
    """A remark with a figure of its own behind an answer."""
    ends = [m.end() for m in re.finditer(rf"{BLANK}[^，；。\s]{{0,3}}", text)]
    at = rng.choice(ends) if ends else len(text)
    return text[:at] + (rng.choice(_REMARKS) if ends else "") + text[at:]


def numbered(rng: random.Random, text: str) -> str:
    """Numbers before the sentences."""
    sign, joint = rng.choice(["{}.", "{}、", "（{}）", "{}）"]), rng.choice(["\n", ""])
    return joint.join(sign.format(n) + s.strip() for n, s in enumerate(_sentences(text), 1))


def shortened(rng: random.Random, text: str) -> str:
    """Only the last letters of long words before an answer."""

    def cut(match: re.Match[str]) -> str:
        words = match[1]
        is_long = len(words) > 10 and rng.random() < 0.5
        return (words[-rng.randint(4, 8) :] if is_long else words) + match[2]

    return re.sub(rf"([^，；。\n（()）“”\"《》、]+)({BLANK})", cut, text)


def left_out(rng: random.Random, text: str) -> str:
    """A third of the answers missing, or words for none."""
    return re.sub(BLANK, lambda m: m[0] if rng.random() < 0.65 else rng.choice(_LESS), text)


def without_marks(_: random.Random, text: str) -> str:
    """No mark at all."""
    return re.sub("[；;。，]", "", text)


def other_units(rng: random.Random, text: str) -> str:
    """Some units gone or shortened."""
    less = {"人次": "人", "次": "场"}
    return re.sub(f"({BLANK}){_UNIT}", lambda m: m[1] + ("" if rng.random() < 0.3 else less.get(m[2], m[2])), text)


def units_inside(_: random.Random, text: str) -> str:
    """Units typed into the brackets."""
    return re.sub(rf"[（(]\s*(\d+)\s*[)）]{_UNIT}", r"（\1\2）", text)


def introduced(_: random.Random, text: str) -> str:
    """An introduction, and a sentence of one's own after the first."""
    return "我区认真组织，" + text.replace("；", "，共计开展活动，", 1)


ORDER: tuple[Habit, ...] = (
    other_marks, commas, no_brackets, other_verb, dropped, shuffled, turned, remarked, numbered, shortened,
)  # fmt: skip
BLANKS: tuple[Habit, ...] = (
    left_out, left_out, left_out, without_marks, commas, lines_to_write_on, units_inside, other_units, introduced,
    shortened, no_brackets, dropped, other_verb, remarked,
)  # fmt: skip


def hurried(rng: random.Random, text: str, habits: tuple[Habit, ...]) -> tuple[str, list[str]]:
    """The text after up to three habits, and their names; none of those pairs of habits after which nobody can tell whose a 参与 is."""
    chosen = rng.sample(habits, rng.choice([0, 1, 1, 2, 2, 3]))
    for kept, gone in ((turned, dropped), (shuffled, other_marks)):
        # A turned pair behind a sentence that lost its people reads as one in order; semicolons in a sentence tear it apart when shuffled.
        if kept in chosen and gone in chosen:
            chosen.remove(gone)
    for habit in chosen:
        text = habit(rng, text)
    return text, [h.__name__ for h in chosen]
