"""What became of an answer: read, withheld and told, read wrong, or lost. Told is what a person can read in a finding, in the words typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from etl.facts import Fact, Submission
from etl.findings import word_finding
from tests.cases.habits import Truth
from tests.cases.writing import catalog

SILENT = frozenset({"not_filled", "row_missing", "not_applicable", "not_reported", "explicit_zero"})


@dataclass(frozen=True)
class Said:
    """Blank -> what the warnings and errors of that blank say to a reader; and what those of the file, a row or a line say."""

    blanks: Mapping[str, str]
    file: str

    @property
    def all(self) -> str:
        """What all of them say."""
        return "\n".join([*self.blanks.values(), self.file])


def said_of(submissions: Iterable[Submission], unit_id: str) -> Said:
    """What is said of a unit and of the file; notes don't count, for nobody has to read them."""
    blanks: dict[str, str] = {}
    file = []
    for s in submissions:
        for f in s.findings:
            row = word_finding(catalog(), f, "s", s.campaign_id, s.form_id)
            words = f"{row.found}\n{row.message_zh}"
            if row.level == "note" or f.unit_id not in (unit_id, None):
                continue
            if f.indicator_id:
                blanks[f.indicator_id] = f"{blanks.get(f.indicator_id, '')}\n{words}"
            else:
                file.append(words)
    return Said(blanks, "\n".join(file))


def judge(truth: Truth, fact: Fact | None, said: Said, blank: str) -> str:
    """exact, withheld (its own finding or one of the file says what was typed), wrong, lost or another state."""
    if fact is None:
        return "lost"
    if (fact.value, fact.state, fact.qualifier, fact.low, fact.high) == truth.says:
        return "exact"
    if fact.value is not None or fact.low is not None:
        return "wrong"
    if truth.value is None and truth.low is None and truth.state in SILENT:
        # Nothing was typed; any state without a value but zero is harmless.
        return "exact" if fact.state in SILENT - {"explicit_zero"} else "other state"
    is_told = stands_in(truth.typed, said.blanks.get(blank, "")) or stands_in(truth.typed, said.file)
    return "withheld" if is_told else "lost"


def stands_in(typed: str, quoted: str) -> bool:
    """Whether what was typed is quoted as a whole: 12 is not in 123 nor in 5,127; an empty answer is quoted nowhere."""
    edge = r"[\d,.]"
    return (
        bool(_plain(typed))
        and re.search(f"(?<!{edge}){re.escape(_plain(typed))}(?!{edge})", _plain(quoted)) is not None
    )


def _plain(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
