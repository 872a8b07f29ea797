"""Words that a clerk put around an answer, outside its blank and not printed by the form: （5）场未开展, 明年…（5）场."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from etl.extract.candidates import Candidate
from etl.extract.slots import ActivityPlan, FormSlot
from etl.extract.spans import MASK
from etl.extract.squeeze import squeeze_text
from etl.interpret.doubts import limits_figures
from etl.interpret.lexicon import load_lexicon
from etl.interpret.times import is_earlier, tells_dotted_months, tells_other_months, without_comparison
from etl.interpret.units import same_unit

_BREAK = f"[,.;:{MASK}]"
_SENTENCE = re.compile(f"[.;{MASK}]")
_DAYS = re.compile(r"(?:截[至止]|自)?(?:20\d\d年)?(?:\d{1,2}月)?\d{1,2}日|(?:20\d\d年)?6月份?")
_LATER = re.compile(
    r"(?:^|(?<=[,]))(?:下一?步|下一?阶段|今后|接下来|后续)[^,.;]*"
)  # talk of the future behind what was done
NOTHING_LED = -2
_REMARK = re.compile(r"[;.]+[(\[]?(?:备?注|附注|说明):[^;.]*")  # a remark behind an answer's sentence
_NO_COUNT = re.compile(r"[%‰‱×✕✗✘↑↓]|万?元|/\(?\d|/$")
_NOTE = re.compile(r"[(\[]([^()\[\]]{1,20})[)\]]")
_WIDER = re.compile("全[市省州国]")
# A bracket that names the campaign's own time says nothing: （6月）, （截至6月30日）.
_WHOLE_TIME = re.compile(
    r"(?:20\d\d年)?6月份?|(?:截[至止])?(?:20\d\d年)?(?:6月(?:2[5-9]|30)|7月\d{1,2})日|6月1?日?[-~至]6月30日"
)
_SCALE_NOTE = re.compile(r"(?:单位:)?[百千万亿](?:人次|人|次)?")
_LONGEST_NOTE, _LONGEST_UNIT = 24, 4  # letters
_MARKS = f",.;:()[]_\"'{MASK}"


@dataclass(frozen=True)
class AddedWords:
    """What was written around one answer: the stretch of the squeezed text with it. `is_doubt`: by the words it may not count."""

    start: int
    end: int
    is_doubt: bool


def find_added_words(
    plan: ActivityPlan,
    text: str,
    candidates: Sequence[Candidate],
    slot_of: Mapping[int, FormSlot],
    others: frozenset[str] = frozenset(),
    year: int | None = None,
) -> dict[int, AddedWords]:
    """Candidate number -> the words around it. `slot_of`: the blank that each candidate answers; `others`: other units' names;
    `year`: the campaign's."""
    found: dict[int, AddedWords] = {}
    lead = NOTHING_LED  # the answer before whose clause the last doubt stood
    answers = [j for j, c in enumerate(candidates) if j in slot_of or c.has_number]
    printed = _printed(plan)
    for j in (j for j in answers if j in slot_of):
        at = answers.index(j)
        own = candidates[j]
        start = _stop(candidates[answers[at - 1]]) if at else 0
        stop = candidates[answers[at + 1]].start if at + 1 < len(answers) else len(text)
        before, first = _before(text, start, own, slot_of[j])
        following = slot_of.get(answers[at + 1]) if at + 1 < len(answers) else None
        behind, last = _behind(text, _stop(own), stop, following)
        left = printed.sub(",", before)
        right = printed.sub(",", behind)
        is_other_time = tells_other_months(left) or tells_dotted_months(text[start : own.start])
        is_led = any(name in left for name in others) or takes_back(left, is_before=True) or is_other_time
        # 将开展（12）场，参与（300）人次: who takes part in what is not done yet takes no part either.
        is_led = is_led or (
            lead == at - 1 and "人" in slot_of[j].unit and not _SENTENCE.search(text[start : own.start])
        )
        lead = at if is_led else NOTHING_LED
        is_doubt = (
            is_led
            or takes_back(right)
            or _names_other(behind, others)
            or _is_unsure(text[_stop(own) : stop], plan)
            or _is_noted_away(_own_note(text[_stop(own) : _stop(own) + _LONGEST_NOTE], plan), year)
            or _is_other_unit(text[_stop(own) : stop], own, slot_of[j], printed)
        )
        is_noted = _is_noted(behind, plan) or re.match(f"(?:{load_lexicon().loose_units})(?:{_BREAK}|$)", behind)
        if is_doubt or is_noted or _WIDER.match(left) or _tells(left) or _tells(right):
            found[j] = AddedWords(first, last, is_doubt)
    return found


def _is_unsure(behind: str, plan: ActivityPlan) -> bool:
    """Whether what touches an answer's unit makes another number of it, or the words behind it say so: %, 万元, /（3）次, 均为计划."""
    if _NO_COUNT.match(behind):
        return True
    clause = re.split(_BREAK, behind.lstrip(",."))[0]
    return re.search(load_lexicon().doubt_lines, clause) is not None and clause not in plan.blank


def _is_noted_away(note: str, year: int | None) -> bool:
    """Whether a note behind an answer says so: （万）, （2020年数）, （计划）."""
    is_scale = _SCALE_NOTE.fullmatch(note) is not None
    # （目标500人次） speaks of its own number.
    is_away = takes_back(note) and not re.search(r"\d", note)
    return bool(note) and (is_scale or is_earlier(without_comparison(note), year) or is_away)


def _own_note(behind: str, plan: ActivityPlan) -> str:
    """What a bracket that touches an answer's unit holds; '' for one that the form prints itself, whatever words stand elsewhere in its row."""
    note = _NOTE.match(behind)
    return note.group(1) if note and note.group() not in plan.brackets and note.group() not in plan.blank else ""


def _is_other_unit(behind: str, own: Candidate, slot: FormSlot, printed: re.Pattern[str]) -> bool:
    """Whether a short word stands in the place of the printed unit that nobody here knows as a unit: （437）平方米, （437）课时."""
    word = re.split(f"{_BREAK}|[()\\[\\]_]", behind)[0]
    lex = load_lexicon()
    if (
        re.fullmatch(lex.loose_units, word)
        or own.unit
        or not slot.unit
        or not 0 < len(word) <= _LONGEST_UNIT
        or printed.search(word)
    ):
        return False
    rest = re.sub(f"^(?:{lex.after})|{lex.plain_words}|{lex.part_words}|{lex.total}", "", word)
    return bool(rest) and not same_unit(rest, slot.unit)


def _names_other(behind: str, others: frozenset[str]) -> bool:
    """Whether a bracket that touches an answer's unit is another unit's name: （120）场（渝北区）."""
    note = _NOTE.match(behind)
    return note is not None and note.group(1) in others


def _is_noted(behind: str, plan: ActivityPlan) -> bool:
    """Whether a bracket touches an answer's unit, and it is none of the form's own: （仅企业）, （全市数）."""
    note = _own_note(behind, plan)
    return bool(note) and not _WHOLE_TIME.fullmatch(note)


def says_scope(words: str) -> bool:
    """Whether words beside an answer say that it counts more, less or something else than its blank asks: （全市）, （播放量）."""
    notes = ",".join(re.findall(r"[(（]([^()（）]*)[)）]\W*$", words))
    lex = load_lexicon()
    is_part = re.search(lex.scopes, notes) is not None or limits_figures(squeeze_text(notes))
    return is_part or notes in lex.unit_words or _WIDER.match(words) is not None


def _stop(candidate: Candidate) -> int:
    return candidate.end + len(candidate.unit)


def _before(text: str, start: int, own: Candidate, slot: FormSlot) -> tuple[str, int]:
    """The words of the answer's own clause before its printed ones, and where they begin."""
    gap = text[start : own.start]
    at = _place(gap, slot)
    if at < 0:
        # Reworded: what the form doesn't print of its own clause.
        return _inserted(slot.label, own.clause), own.start - len(own.clause)
    clause = re.split(_BREAK, gap[:at])[-1]
    return clause, start + at - len(clause)


def _place(gap: str, slot: FormSlot) -> int:
    """Where the printed words of a blank begin; -1 when they are not there."""
    return max(gap.rfind(label) for label in (slot.label, *slot.also, *slot.synonyms))


def _behind(text: str, start: int, stop: int, following: FormSlot | None) -> tuple[str, int]:
    """The words behind an answer in its sentence, up to the clause of the next one, and where they end."""
    gap = text[start:stop]
    if following is None and stop < len(text):
        # What touches a further number is said of that one.
        gap = gap[: len(gap) - len(re.split(_BREAK, gap)[-1])]
    if following is not None:
        head = gap[: max(_place(gap, following), 0)]
        # What touches the next answer's printed words is the next one's.
        gap = head[: len(head) - len(re.split(_BREAK, head)[-1])]
    end = len(_SENTENCE.split(gap)[0])
    while remark := _REMARK.match(gap, end):
        end = remark.end()
    return gap[:end], start + end


@lru_cache(maxsize=256)
def _printed(plan: ActivityPlan) -> re.Pattern[str]:
    """All printed words between the blanks of an activity, longest first."""
    words = {w for s in plan.slots for w in (s.label, f"{s.label}{s.unit}", s.next_text) if len(w) > 1}
    words |= {piece for w in words for piece in re.split(_BREAK, w) if len(piece) > 3}
    return re.compile("|".join(re.escape(w) for w in sorted(words, key=len, reverse=True)) or "(?!)")


def _inserted(printed: str, typed: str) -> str:
    """The stretches of a clause that the printed words don't have, parted by commas."""
    match = SequenceMatcher(None, printed, typed, autojunk=False)
    return ",".join(typed[b:d] for tag, _, _, b, d in match.get_opcodes() if tag in ("insert", "replace"))


@lru_cache(maxsize=2)
def _doubt(*, is_before: bool) -> re.Pattern[str]:
    lex = load_lexicon()
    pending = "|".join(sorted(map(re.escape, lex.pending), key=len, reverse=True))
    doubts = f"{pending}|{lex.not_done}|{lex.not_yet}|{lex.cancelled}|{lex.earlier_times}|{lex.doubt_lines}"
    return re.compile(f"{doubts}|(?:{lex.negations}|可)(?:$|,)" if is_before else f"{doubts}|[?]")


def takes_back(words: str, *, is_before: bool = False) -> bool:
    """Whether words say that the number beside them isn't what was done; how it changed (同比增长20%) says nothing of the kind."""
    lex = load_lexicon()
    rest = _LATER.sub("", words) if not is_before else words
    rest = without_comparison(re.sub(rf"(?:{lex.changes})[^,.;]*?\d+(?:\.\d+)?%?", "", rest))
    return _doubt(is_before=is_before).search(re.sub(lex.harmless, "", rest)) is not None


def _tells(words: str) -> bool:
    """Whether words are worth a note: none of those that go with any answer, and no day."""
    lex = load_lexicon()
    rest = re.sub(f"{_DAYS.pattern}|\\d(?:{lex.units})|{lex.part_words}|{lex.total}", "", words)
    rest = re.sub(f"{lex.plain_words}|[{re.escape(_MARKS)}]", "", rest)
    return re.search(r"[\u4e00-\u9fff]{2}|\d", rest) is not None
