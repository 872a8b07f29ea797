"""Numbers that are only a part of a blank's: behind 其中, or one of a list that a clerk made of the blank's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from etl.extract.candidates import Candidate
from etl.extract.certainty import Match
from etl.extract.slots import FormSlot
from etl.interpret.lexicon import load_lexicon
from etl.interpret.times import without_comparison
from etl.interpret.units import is_kin

_SENTENCE = re.compile("[;.]")
_EVENTS = ("场", "人次")
_SHORT = 8  # letters of a body's name before its number: 镇街（20）次
_ENOUGH = 3  # letters in common that tell a part of a blank's words
_GENERAL = re.compile(r"^(?:企业|组织|各类)?(?:开展|组织|参与|参加|观看|制作)*(?:安全生产)?|等?(?:学习)?(?:活动)?$")


def find_parts(candidates: Sequence[Candidate]) -> set[int]:
    """Numbers behind 其中 or 包括 that follow another number, parts of a whole already said, with those of further bodies behind them."""
    part = re.compile(rf"(?:^|[,.;:])(?:{load_lexicon().part_words})")
    first = next((j for j, c in enumerate(candidates) if c.has_number), len(candidates))
    found: set[int] = set()
    for j, candidate in enumerate(candidates):
        is_more = _is_body(candidate) or candidate.label in load_lexicon().additive
        goes_on = j - 1 in found and not candidate.starts_clause and is_more
        # 参与（40）人次，备注：含直播；…（5）场: the part is said of what stands before the semicolon.
        if j > first and (goes_on or part.search(_SENTENCE.split(candidate.label)[-1])):
            found.add(j)
    return found


def find_notes(candidates: Sequence[Candidate], slots: Sequence[FormSlot] = ()) -> list[Candidate]:
    """What only explains the answer before it, and parts no 参与 from its sentence: brackets, and 覆盖企业30家."""
    return [a for before, a in pairwise(candidates) if _is_note(before, a) or is_reach(before, a, slots)]


def is_reach(before: Candidate, candidate: Candidate, slots: Sequence[FormSlot]) -> bool:
    """Whether a number in the same sentence says how far an activity went or what was spent on it, in a unit that no blank has."""
    lex = load_lexicon()
    if not (before.has_number and before.unit) or candidate.starts_clause or not candidate.unit:
        return False
    word = re.match(lex.reach, candidate.label)
    is_blank = word is not None and any(word.group() in s.label for s in slots)
    return word is not None and not is_blank and not any(is_kin(candidate.unit, unit, lex) for unit in _EVENTS)


def _is_note(before: Candidate, candidate: Candidate) -> bool:
    """Whether a bracket right behind an answer and its unit explains it: （31）次（930户）. What may change it is none."""
    if not (before.has_number and before.unit and candidate.bracket == "(") or candidate.label or candidate.unit:
        return False
    lex = load_lexicon()
    said = without_comparison(re.sub(lex.harmless, "", candidate.typed.inside))
    doubt = f"{lex.amends}|{lex.cancelled}|{lex.not_done}|{lex.doubtful}|{lex.rate}"
    is_worded = re.search(r"\d[^\d]*[\u4e00-\u9fff]|^\D*[\u4e00-\u9fff]\D*$", said) is not None
    return is_worded and not candidate.starts_clause and re.search(doubt, said) is None


def find_earlier(candidates: Sequence[Candidate]) -> set[int]:
    """Numbers said to be of another year (去年专题研讨（3）场) or a sum of all before (以上共8场)."""
    return {j for j, c in enumerate(candidates) if c.is_aside}


def find_shares(
    slots: Sequence[FormSlot],
    candidates: Sequence[Candidate],
    matches: Sequence[Match],
    repeats: Mapping[int, Sequence[int]],
) -> dict[int, list[int]]:
    """Blank -> the numbers of which its own is only one: 专题研讨（5）场、集中宣讲（6）场、培训辅导（7）场.

    A 参与 behind such a list comes with it, alone or with those of the list's other pieces.
    """
    left_out = find_parts(candidates) | find_earlier(candidates)
    placed = {m.slot: m.candidate for m in matches}
    again = {j for js in repeats.values() for j in js}
    sure = again | {m.candidate for m in matches if m.certainty != "uncertain"}
    generic = {w for slot in slots if slot.is_dependent for w in (slot.label, *slot.synonyms)}
    found: dict[int, list[int]] = {}
    for match in sorted(matches, key=lambda m: m.slot):
        slot, own = slots[match.slot], candidates[match.candidate]
        if not own.has_number:
            continue
        is_led = slot.is_dependent and match.slot - 1 in found
        around = set(_around(match, slots, placed, again | set(placed.values()), len(candidates)))
        behind = {j for j in _around(match, slots, placed, sure, len(candidates)) if j > match.candidate}
        others = [
            j
            for j, candidate in enumerate(candidates)
            if j != match.candidate and j not in left_out and candidate.has_number and _fits(slot, candidate, generic)
            if (j not in sure and not slot.is_dependent and _is_anothers(slot, own, candidate))
            or (j in around and _is_share(slot, candidates, match.candidate, j, is_led=is_led))
            or (j in behind and not slot.is_dependent and _is_second_part(slot, own, candidate))
        ]
        if _is_their_sum(candidates, match.candidate, others):
            continue
        if others or is_led:
            found[match.slot] = sorted([match.candidate, *others])
    return found


def _is_their_sum(candidates: Sequence[Candidate], own: int, others: Sequence[int]) -> bool:
    """Whether a number is the sum of the others: 红袖章（3场）大扫除（5场）吹哨人（2场）等活动（10）场 says its own whole."""
    parts = [re.fullmatch(r"(\d{1,9})\D{0,2}", candidates[j].answer) for j in others]
    total = sum(int(p.group(1)) for p in parts if p)
    return len(parts) > 1 and all(parts) and own > max(others) and _number(candidates[own]) == total > 0


def goes_on(slot: FormSlot, candidate: Candidate, behind: Candidate) -> bool:
    """Whether a bare number is only the first part of an answer: 教委4次，城管委39次."""
    is_list = not candidate.bracket and behind.has_number and behind.unit == slot.unit and not behind.starts_clause
    is_part_of = re.match(load_lexicon().part_words, behind.label) is not None
    return is_list and len(behind.label) <= _SHORT and not is_part_of


def is_beside(candidate: Candidate, behind: Candidate) -> bool:
    """Whether an empty blank was answered behind it, in words of its own: （ ）教委：23；城管委：250场."""
    return candidate.is_empty and not candidate.unit and behind.has_number and not behind.starts_sentence


def is_amended(candidate: Candidate, behind: Candidate) -> bool:
    """Whether a bracket behind an answer says another number, or that some of it was not held: （12）次（实际13）, （3）场（1场取消）."""
    is_note = behind.bracket in ("(", "[") and not behind.label and not behind.starts_clause
    lex = load_lexicon()
    return is_note and behind.has_number and re.search(f"{lex.amends}|{lex.cancelled}", behind.typed.inside) is not None


def said_total(candidates: Sequence[Candidate], shares: Sequence[int]) -> str:
    """What may be meant: the number called a total, else the sum spelt out (5+6+7=18), else the numbers."""
    word = load_lexicon().total
    total = re.compile(rf"(?:^|[,.;:])(?:[全我]\w)?(?:{word})(?!同)[^,.;:]*$|(?:{word})(?:开展|组织|举办|完成)*$")
    for j in shares:
        if total.search(candidates[j].label) or re.match(word, candidates[j].typed.inside.strip()):
            return re.sub(r"\D", "", candidates[j].answer) or candidates[j].answer
    answers = [candidates[j].answer for j in shares]
    if len(answers) == 1:
        return answers[0]
    is_amended = any(re.search(load_lexicon().amends, candidates[j].label) for j in shares)
    if not is_amended and all(_number(candidates[j]) >= 0 for j in shares):
        return f"{'+'.join(answers)}={sum(map(int, answers))}"
    return " / ".join(answers)


def _around(
    match: Match, slots: Sequence[FormSlot], placed: Mapping[int, int], used: set[int], n: int
) -> Iterator[int]:
    """Numbers of no blank on either side, up to the next sentence's own; the blank's own 参与 is passed over."""
    own = {match.candidate}
    head = match.slot
    while slots[head].is_dependent and head:
        head -= 1
        own |= {placed[head]} if head in placed else set()
    for follower in range(head + 1, len(slots)):
        if not slots[follower].is_dependent:
            break
        own |= {placed[follower]} if follower in placed else set()
    for step in (-1, 1):
        j = match.candidate + step
        while 0 <= j < n and (j not in used or j in own):
            if j not in own:
                yield j
            j += step


def _fits(slot: FormSlot, candidate: Candidate, generic: set[str]) -> bool:
    """Whether a number has the blank's unit, or none at all where its words are no 参与's and nothing else says what it counts."""
    if candidate.unit:
        return candidate.unit in (slot.unit, *slot.unit.split("/")) or {candidate.unit, slot.unit} <= {
            "场",
            "次",
            "场次",
            "场/次",
        }
    return candidate.clause not in generic | {""} and (bool(candidate.bracket) or not candidate.right)


def _is_anothers(slot: FormSlot, own: Candidate, candidate: Candidate) -> bool:
    """Whether a number is another body's under the same words: 区委中心组学习（2）次，镇街中心组学习（20）次.

    Equal numbers are the same sentence twice where nothing else stands around its words.
    """
    words, label = _plain(candidate.label), _plain(slot.label)
    if words.endswith(label) and words != label and candidate.answer != own.answer:
        return True
    return bool(rest := _lead(words, label)) and rest != _lead(_plain(own.label), label)


def _is_second_part(slot: FormSlot, own: Candidate, candidate: Candidate) -> bool:
    """Whether a word of its own stands between a blank's words and its number, or before them, and such a word alone before a later
    number of that unit: …公开课国企（3）场，参与（41）人次；民企（5）场. Which words these are does not matter."""
    if candidate.unit != own.unit or not own.unit or not 1 < len(candidate.label) <= _SHORT:
        return False
    words, label, lex = _plain(own.label), _plain(slot.label), load_lexicon()
    no_part = f"{lex.total}|{lex.part_words}|{lex.reach}|{lex.further}|{lex.deeds}|其[他它余]|等"
    if not label or label not in words or re.search(no_part, candidate.label):
        return False
    behind = re.sub(rf"{no_part}|活动|[^\u4e00-\u9fff\d]", "", words[words.rindex(label) + len(label) :])
    return len(behind) > 1 or _lead(words, label) != ""


def _lead(words: str, label: str) -> str:
    """What stands around a blank's own words in the words before a number, without what any sentence may begin with (组织开展, 全区)."""
    if not label or label not in words:
        return ""
    clause = re.split("[,.;:]", words[: words.index(label)])[-1] + words[words.index(label) + len(label) :]
    return rest if len(rest := re.sub(_fillers(), "", clause)) > 1 else ""


@lru_cache(maxsize=1)
def _fillers() -> str:
    """Words of two letters and more that may begin any sentence, and what is no letter."""
    return "|".join([*(w for w in load_lexicon().head_words.split("|") if len(w) > 1), "[^\u4e00-\u9fff]"])


def _is_share(slot: FormSlot, candidates: Sequence[Candidate], own: int, other: int, *, is_led: bool) -> bool:
    """Whether a number of no blank near the blank's own counts with it."""
    mine, candidate = candidates[own], candidates[other]
    if other == own + 1 and _are_parts(mine, candidate):
        return True
    words, label = _plain(candidate.label), _plain(slot.label)
    if slot.is_dependent:
        is_like = candidate.clause in ("", slot.label, *slot.synonyms)
        # 参加（50）人，参与（120）人次: the same words twice in one sentence.
        between = candidates[own + 1 : other + 1]
        is_again = bool(between) and all(
            c.clause in (slot.label, *slot.synonyms) and not c.starts_clause for c in between
        )
        return (is_like and (is_led or is_again)) or (other > own and _is_body(candidate))
    if label in words:
        return False
    if label in _plain(mine.label):
        # All of the blank's words stand before its number: what follows is told as a part, unless it can't be one.
        is_more = _names_item(slot, words) and _number(candidate) > _number(mine) >= 0
        is_part = words in load_lexicon().additive and not candidate.starts_clause
        return other > own and (is_more or is_part or _is_body(candidate))
    low, high = min(own, other), max(own, other)
    is_one_sentence = not any(c.starts_sentence for c in candidates[low + 1 : high + 1])
    return _names_item(slot, words) or is_one_sentence


def _are_parts(mine: Candidate, candidate: Candidate) -> bool:
    """Whether two words that part one whole stand before the numbers: 参与线上：30人次；线下：40人次."""
    return any(
        candidate.label in family and any(w != candidate.label and mine.label.endswith(w) for w in family)
        for family in load_lexicon().part_families
    )


def _number(candidate: Candidate) -> int:
    """The plain number that was typed; -1 when it isn't one."""
    return int(candidate.answer) if re.fullmatch(r"[0-9]{1,9}", candidate.answer) else -1


def _is_body(candidate: Candidate) -> bool:
    """Whether only a body's name stands before a number: 镇街（20）次."""
    body = rf"(?:{load_lexicon().office_words})(?:共|开展|组织|举办)*:?$"
    return 0 < len(candidate.label) <= _SHORT and re.search(body, candidate.label) is not None


@lru_cache(maxsize=1024)
def _items(label: str) -> tuple[str, ...]:
    """What a printed label enumerates."""
    pieces = (_GENERAL.sub("", p) for p in re.split(r'[,:"]|(?<=.)[和及与]', label))
    return tuple(p for p in pieces if len(p) >= 2)


def _names_item(slot: FormSlot, words: str) -> bool:
    """Whether words before a number name one of the things that a blank counts together."""
    last = re.split(r"[,.;:]", words)[-1]
    return any(
        piece in words
        or (len(last) >= 2 and last in piece)
        or any(piece[k : k + _ENOUGH] in words for k in range(len(piece) - _ENOUGH + 1))
        for piece in _items(slot.label)
    )


def _plain(text: str) -> str:
    return text.replace('"', "")
