"""The unit whose name a misspelt one is near to: a proposal, never taken."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher

from etl.interpret.lexicon import load_lexicon

_LIKENESS, _CLEAR = 0.6, 0.1  # how near a name must be, and how much nearer than any other


class NearNames:
    """Names that stand for one unit each, found by their letters."""

    def __init__(self, unit_of: Mapping[str, str]) -> None:
        self.unit_of = unit_of
        self.by_character: dict[str, list[str]] = {}
        for name in unit_of:
            for char in set(name):
                self.by_character.setdefault(char, []).append(name)

    def nearest(self, plain: str) -> str:
        """The id of the one unit whose name differs from the typed one by a character or two, those that look or sound alike
        counting for little; '' when none or several do."""
        best: dict[str, float] = {}
        for name in {n for char in set(plain) for n in self.by_character.get(char, ())}:
            meant, length = _as_meant(plain, name), len(plain) + len(name)
            # Letters that stand in both bound how alike two names are; most are far from near.
            if 2 * sum(char in meant for char in name) >= (_LIKENESS - _CLEAR) * length:
                unit_id = self.unit_of[name]
                best[unit_id] = max(best.get(unit_id, 0.0), SequenceMatcher(None, meant, name).ratio())
        ranked = sorted(best.items(), key=lambda item: -item[1])[:2]
        is_clear = (
            bool(ranked) and ranked[0][1] >= _LIKENESS and (len(ranked) < 2 or ranked[0][1] - ranked[1][1] > _CLEAR)
        )
        return ranked[0][0] if is_clear else ""


def _as_meant(typed: str, name: str) -> str:
    """The typed name, its characters that look or sound like the name's own at their place read as these: 纂江区 beside 綦江区."""
    if len(typed) != len(name):
        return typed
    alike = load_lexicon().alike
    return "".join(own if said in alike.get(own, "") else said for said, own in zip(typed, name, strict=True))
