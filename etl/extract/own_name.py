"""The name of the form's own unit beside an answer: 120（万州区）, 万州区（120）场. It says nothing new."""

from __future__ import annotations

import re
from functools import lru_cache

_SPACE = r"[ \u3000]*"


def without_own_name(typed: str, own: frozenset[str]) -> str:
    """The typed text with these names blanked in brackets behind an answer and right before one, as long as it was."""
    return _beside(own).sub(lambda m: " " * len(m.group()), typed)


@lru_cache(maxsize=256)
def _beside(own: frozenset[str]) -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, own), key=len, reverse=True))
    behind = rf"(?<=[\d)）次场人个篇条部项份])[(（\[【]{_SPACE}(?:{names}){_SPACE}[)）\]】]"
    return re.compile(rf"{behind}|(?:{names})(?={_SPACE}[(（]{_SPACE}\d)")
