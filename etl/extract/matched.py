"""The answers of blanks that were matched: one, several that are one, or several of which nobody can tell which counts."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from etl.extract.anew import is_said_anew
from etl.extract.between_words import says_number
from etl.extract.candidates import Candidate
from etl.extract.certainty import Match
from etl.extract.fill import Fill
from etl.extract.shares import goes_on, is_amended, is_beside, said_total
from etl.extract.slots import FormSlot
from etl.extract.squeeze import Squeezed
from etl.interpret.count import Typed
from etl.interpret.states import whole_word
from etl.interpret.units import same_unit


@dataclass(frozen=True)
class Matched:
    """A cell's counts and candidates with what was matched; `repeats` and `shares` by blank."""

    cell: Squeezed
    text: str
    counts: Sequence[FormSlot]
    candidates: Sequence[Candidate]
    matches: Sequence[Match]
    taken: frozenset[int]  # candidates that a blank has, or one that gave way
    repeats: Mapping[int, list[int]]
    shares: Mapping[int, list[int]]

    def answers(self, led: Container[int], sure: Container[int]) -> tuple[dict[str, Fill], set[int]]:
        """The fill of each matched blank, and the candidates it took. `led`: blanks whose repeats may be parts; `sure`: candidates that are surely one's."""
        fills: dict[str, Fill] = {}
        used = {j for js in self.shares.values() for j in js}
        for match in self.matches:
            slot = self.counts[match.slot]
            used.add(match.candidate)
            if match.slot in self.shares:
                fills[slot.indicator_id] = _listed(slot, self.candidates, match.candidate, self.shares[match.slot])
                continue
            fill, is_taken = self._with_next(match, sure) or (self._alone(match, led), False)
            fills[slot.indicator_id] = fill
            used |= {match.candidate + 1} if is_taken else set()
        return fills, used

    def _with_next(self, match: Match, sure: Container[int]) -> tuple[Fill, bool] | None:
        """No answer where a further number stands beside one, and whether that one is used up; None where none does."""
        slot, candidate, behind = self.counts[match.slot], self.candidates[match.candidate], self._behind(match)
        if behind is None:
            return None
        n = match.candidate + 1
        is_anew = n not in sure and is_said_anew(slot, candidate, behind, self.text)
        is_one = is_anew or is_amended(candidate, behind)
        if not is_one and not (n not in self.taken and is_beside(candidate, behind)):
            return None
        raw = self.cell.raw(candidate.start, behind.end)
        return fill_with(slot, candidate, "twice")._replace(raw=raw), is_one

    def _alone(self, match: Match, led: Container[int]) -> Fill:
        slot, candidate, behind = self.counts[match.slot], self.candidates[match.candidate], self._behind(match)
        said = [candidate, *(self.candidates[j] for j in self.repeats.get(match.slot, ()))]
        is_part = behind is not None and match.candidate + 1 not in self.taken and goes_on(slot, candidate, behind)
        certainty = "uncertain" if is_part else match.certainty
        return _one_of(slot, said, certainty, are_parts=match.slot in led)

    def _behind(self, match: Match) -> Candidate | None:
        n = match.candidate + 1
        return self.candidates[n] if n < len(self.candidates) else None


def _one_of(slot: FormSlot, said: list[Candidate], certainty: str, *, are_parts: bool = False) -> Fill:
    """The one answer of a sentence that stands once or several times; two different ones, or equal parts, are no answer."""
    given = [c for c in said if not c.is_empty]
    typed = {c.answer: c for c in given}
    if are_parts and len(given) > 1 and any(c.answer.strip("0 ") for c in given):
        return fill_with(slot, given[0], "twice")._replace(raw=" / ".join(c.answer for c in given))
    if len(typed) < 2:
        return fill_with(slot, next(iter(typed.values()), said[0]), certainty)
    fill = fill_with(slot, said[0], "twice")
    return fill._replace(raw=" / ".join(typed))


def _listed(slot: FormSlot, candidates: Sequence[Candidate], own: int, shares: list[int]) -> Fill:
    """No answer: a number that is one of several, with what they come to."""
    raw = " / ".join(candidates[j].answer for j in shares)
    certainty = "listed" if len(shares) > 1 else "uncertain"
    proposal = said_total(candidates, shares)
    return fill_with(slot, candidates[own], certainty)._replace(raw=raw, proposal=proposal)


def fill_with(slot: FormSlot, candidate: Candidate, certainty: str) -> Fill:
    """A blank filled with an answer, and how sure that is."""
    flags = []
    word = candidate.label.removeprefix(slot.label)
    if candidate.is_empty and word != candidate.label and (whole_word(word) is not None or says_number(word)):
        # 计划无（  ）个, 计划第8（  ）个: the answer stands before its bracket.
        sure = "likely" if certainty == "uncertain" and not says_number(word) else certainty
        return Fill(slot.indicator_id, Typed(word), word, sure, (), candidate.label, candidate.unit, candidate.start)
    if certainty == "likely":
        flags.append("reworded")
    if candidate.unit and not same_unit(candidate.unit, slot.unit):
        flags.append("unit_changed")
    if candidate.bracket == "[":
        flags.append("other_bracket")
    return Fill(
        slot.indicator_id,
        candidate.typed,
        candidate.answer,
        certainty,
        tuple(flags),
        candidate.label,
        candidate.unit,
        candidate.start,
    )
