"""Several numbers that say one: a typed sum, parts that add up, a total that its parts prove, a number and its time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from etl.interpret.core import judge_core, read_core
from etl.interpret.lexicon import Lexicon
from etl.interpret.numerals import SCALES
from etl.interpret.reading import REPORTED, ZERO, Reading, withheld
from etl.interpret.units import is_kin, same_unit, strip_unit


def typed_sum(text: str, unit: str, lex: Lexicon) -> Reading | None:
    """3+5, 3+5=8, 3场+5场."""
    named = {same_unit(u, unit) for u in re.findall(rf"(?<=\d)({lex.units})(?=[+=]|$)", text)}
    plain = re.sub(rf"(?<=\d)(?:{lex.units})(?=[+=]|$)", "", text) if named == {True} else text
    match = re.fullmatch(r"(\d+(?:\+\d+)+)(?:=(\d+))?", plain)
    if not match:
        return None
    total = sum(int(n) for n in match.group(1).split("+"))
    if match.group(2) and int(match.group(2)) != total:
        return withheld("two_values", proposal=str(total))
    return Reading(REPORTED if total else ZERO, float(total), flags=("derived_sum",))


def proven_total(text: str, unit: str, lex: Lexicon) -> Reading | None:
    """共20场（线上12场，线下8场）, 20=12+8: of three or more numbers, one is the sum of all the others."""
    numbers = [int(n) for n in re.findall(r"\d+", text)]
    total = max(numbers, default=0)
    if len(numbers) < 3 or sum(numbers) != 2 * total or numbers.count(total) > 1 or min(numbers) == 0:
        return None
    if numbers.index(total) not in (0, len(numbers) - 1) and not re.search(
        rf"(?:{lex.total})\D{{0,4}}{total}(?!\d)", text
    ):
        # A total is said first or last, or called so.
        return None
    if numbers.index(total) and not re.search(rf"(?:{lex.total}|[=:])\D{{0,4}}{total}(?!\d)", text):
        # 2（线上3，线下5）: the last of the parts only looks like the sum of the rest.
        return None
    if not re.fullmatch(r"[\u4e00-\u9fff\d,;:()\[\]+=]+", text) or not re.search(rf"[=(\[:]|{lex.total}", text):
        return None
    if re.search(rf"\d,\d|{lex.not_done}|{lex.amends}|{lex.rate}|\d(?:{lex.other_measures}|[{SCALES}余多])", text):
        return None
    units = set(re.findall(rf"(?<=\d)({lex.units})", text))
    if all(same_unit(u, unit) for u in units):
        return Reading(REPORTED, float(total), flags=("derived_sum",))
    # 1200人（男700，女500）: a whole of the same kind with its parts in one bracket.
    if not all(is_kin(u, unit, lex) for u in units) or not re.fullmatch(rf"\d+(?:{lex.units})\([^()]+\)", text):
        return None
    return Reading(REPORTED, float(total), flags=("derived_sum", "unit_changed"))


def contradicted_total(text: str, _unit: str, lex: Lexicon) -> Reading | None:
    """区直3，镇街5，共9; 8（其中线上3、线下6）; 2（线上3，线下5）: a total and named parts that can't make it. None for anything else."""
    inside = re.fullmatch(rf"(?:{lex.total})?:?(\d+)(?:{lex.units})?[(\[](.+)[)\]](?:{lex.units})?", text)
    pieces = [p for p in re.split("[,;、和及]", inside.group(2) if inside else text) if p]
    pieces = [re.sub(f"^(?:{lex.part_words}):?", "", p) for p in pieces] if inside else pieces
    named = [re.fullmatch(rf"([\u4e00-\u9fff]{{1,8}}?):?(\d{{1,9}})(?:{lex.units})?", p) for p in pieces]
    if len(named) < 2 or not all(named):
        return None
    said = [(m.group(1), int(m.group(2))) for m in named if m]
    called = [n for word, n in said if re.fullmatch(lex.total, word)]
    total = int(inside.group(1)) if inside else called[0] if len(called) == 1 else 0
    parts = [n for word, n in said if not re.fullmatch(lex.total, word)]
    if not total or len(parts) < 2 or (inside and called):
        return None
    added = sum(parts)
    is_fine = added <= total if inside else added == total  # a bracket may name some parts only
    return None if is_fine else withheld("two_values", proposal=f"{total} / {added}")


_WHEN = re.compile(
    r"(?:截[至止]|自|从)?(?:20\d\d年|(?:20\d\d年)?(\d{1,2})(?:[-—至到](\d{1,2}))?月(?:份|底|末)?)(?:以来|至今|共|[,:])*(?=\d)"
)
_MONTH = 6  # Safety Production Month is June


def said_when(text: str, unit: str, lex: Lexicon) -> Reading | None:
    """6月份20场, 2021年共3场: the time before a number with the blank's own unit. A time without June in it is another's."""
    match = _WHEN.match(text)
    if match and match.group(1) and not int(match.group(1)) <= _MONTH <= int(match.group(2) or match.group(1)):
        return None
    said = re.fullmatch(rf"(\d+[{SCALES}]*)({lex.units})", text[match.end() :]) if match else None
    if said is None or not same_unit(said.group(2), unit):
        return None
    core = read_core(said.group(1), lex)
    return judge_core(core).with_flag("text_in_number") if core else None


def labelled_parts(text: str, unit: str, lex: Lexicon) -> Reading | None:
    """线上3，线下5: parts whose labels are known to add up."""
    total = Decimal(0)
    labels = []
    pieces = [p for p in re.split(r"[,;和及+]", text) if p]
    if len(pieces) < 2:
        return None
    for piece in pieces:
        body, rule = strip_unit(piece, unit, lex)
        match = re.fullmatch(r"(\D+?)[:]?(\d+)", body)
        if not match or rule in ("unit_changed", "unit_other"):
            return None
        labels.append(match.group(1))
        total += Decimal(match.group(2))
    if not _part_one_whole(labels, lex):
        return None
    return Reading(REPORTED if total else ZERO, float(total), flags=("derived_sum",))


def _part_one_whole(labels: Sequence[str], lex: Lexicon) -> bool:
    """Whether the labels name different parts of the same whole: 线上 and 线下, but not 线上 and 企业, which overlap."""
    words = [
        next((w for w in sorted(lex.additive, key=len, reverse=True) if said.startswith(w)), "") for said in labels
    ]
    rests = (re.sub(lex.plain_words, "", said.removeprefix(w)) for said, w in zip(labels, words, strict=True))
    if not all(words) or any(rests) or len(set(words)) < len(words):
        return False
    beside = lex.additive - {w for family in lex.part_families for w in family}
    return any(set(words) <= family | beside for family in lex.part_families)
