"""The numbers of a submission that counts for nobody, for the finding that says so: none may vanish unsaid."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from etl.facts import Fact
from etl.findings import Finding

MOST_SHOWN = 20  # numbers that one finding names
# Whose a submission is, or of which campaign, can't be told.
_RULES = frozenset(
    [
        "unit_unresolved",
        "unit_ambiguous",
        "unit_blank",
        "campaign_unknown",
        "campaign_year_missing",
        "campaign_years_differ",
        "form_of_later_year",
        "no_table_asked",
    ]
)


# The file is known, and is no report of this campaign.
_REFUSING = frozenset(["other_year", "table_aside"])


def say_uncounted(findings: Iterable[Finding], facts: Iterable[Fact]) -> list[Finding]:
    """The findings of a form none of whose figures counts: where it is refused as another year's or as no report they are named, and none is
    said to count."""
    held = held_words([f.raw.strip() for f in facts if f.raw and re.search(r"\d", f.raw)], "basis")
    found = [f if f.rule != "doubt_line" else replace(f, rule="line_beside") for f in findings]
    return [replace(f, words={**held, **f.words}) if f.rule in _REFUSING else f for f in found]


def say_held(findings: Iterable[Finding], facts: Iterable[Fact]) -> list[Finding]:
    """The findings, those that leave all figures uncounted with what the facts of no unit hold, as typed; a row's own say theirs."""
    found = list(findings)
    if not any(f.rule in _RULES and "value" not in f.words for f in found):
        return found
    said = [f.raw.strip() for f in facts if f.unit_id is None and f.raw and re.search(r"\d", f.raw)]
    words = held_words(said)
    return [replace(f, words={**words, **f.words}) if f.rule in _RULES else f for f in found]


def held_words(numbers: Sequence[str], name: str = "value") -> Mapping[str, str]:
    """Numbers as the words `name` of a message: （13、5）; nothing where there are none."""
    if not numbers:
        return {}
    shown, more = first_of(numbers)
    return {
        name: f"（{shown}{more.get('basis', '')}）",
        f"{name}_en": f" ({shown.replace('、', ', ')}{more.get('basis_en', '')})",
    }


def first_of(numbers: Sequence[str], most: int = MOST_SHOWN) -> tuple[str, dict[str, str]]:
    """The numbers that one finding names, and the words that say how many there are where it does not name them all."""
    words = {"count": str(len(numbers))}
    if len(numbers) <= most:
        return "、".join(numbers), words
    # A message may be cut shorter still, so it tells all of them, not the others.
    words |= {
        "basis": f"等 {len(numbers)} 个，其余见原件",
        "basis_en": f" and others, {len(numbers)} in all (see the file)",
    }
    return "、".join(numbers[:most]) + "……", words
