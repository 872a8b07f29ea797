"""Several department rows of one district -> the district's facts, by a declared rule.

Each department stands once: numbers are added, each sum flagged and its parts kept in `raw`. A part that can't be read
withholds the sum of that blank; the sum of nothing is nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.document import Sheet
from etl.extract.squeeze import squeeze_text
from etl.facts import Fact
from etl.interpret.lexicon import load_lexicon
from etl.interpret.reading import NOT_APPLICABLE, NOT_FILLED, NOT_REPORTED, REPORTED, ROW_MISSING, UNREADABLE, ZERO

_NOTHING = frozenset({NOT_FILLED, NOT_APPLICABLE, ROW_MISSING, NOT_REPORTED})
Part = tuple[str, Fact]


def department_column(sheet: Sheet, names: int) -> int | None:
    """The column of departments beside the column of units, told by its head and its texts."""
    heads = load_lexicon().department_headers
    for r, row in enumerate(sheet.rows[:12]):
        for c, value in enumerate(row):
            if c == names or not isinstance(value, str) or squeeze_text(value) not in heads:
                continue
            below = [v for v in (x[c] for x in sheet.rows[r + 1 :]) if v is not None]
            texts = [v for v in below if isinstance(v, str) and not re.fullmatch(r"[\d,.\s]+", v)]
            if len(texts) >= 2 and len(texts) >= 0.8 * len(below) and abs(c - names) <= 2:
                return c
    return None


def period_column(sheet: Sheet, names: int) -> int | None:
    """The column near the units' that parts each one's time (上半月, 下半月) with a 合计 below every unit's parts; None where there is none."""
    lex = load_lexicon()
    for r, row in enumerate(sheet.rows[:12]):
        for c, value in enumerate(row):
            if (
                c == names
                or abs(c - names) > 2
                or not isinstance(value, str)
                or squeeze_text(value) not in lex.period_heads
            ):
                continue
            words = [squeeze_text(v) if isinstance(v, str) else "" for v in (x[c] for x in sheet.rows[r + 1 :])]
            kinds = "".join(
                "p" if w in lex.part_periods else "t" if lex.total_name.fullmatch(w) else "-" for w in words
            )
            if re.fullmatch("-*(?:p{2,}t)+-*", kinds):
                return c
    return None


def can_be_summed(departments: Sequence[str]) -> bool:
    """Whether every row names a department of its own."""
    return all(departments) and len(set(departments)) == len(departments)


def put_together(
    kind: str, parts: Sequence[Part], *, summed: str = "departments_summed", withheld: str = "department_part"
) -> Fact:
    """One fact of one blank out of its departments' or its parts'; `summed` and `withheld` are the rules that say so."""
    facts = [f for _, f in parts]
    given = [f for f in facts if f.state not in _NOTHING]
    first = facts[0]
    shown = "；".join(f"{name} {f.raw}" for name, f in parts if f.raw)
    base = first._replace(raw=shown or first.raw, place="、".join(f.place for f in facts), proposal=None, flags=())
    if not given:
        states = {f.state for f in facts}
        return base._replace(value=None, state=states.pop() if len(states) == 1 else NOT_FILLED)
    if kind == "text":
        return base._replace(text="；".join(f.text for f in given if f.text), state=given[0].state)
    if any(f.value is None for f in given) or (kind == "flag" and len({f.value for f in given}) > 1):
        known = [f.value for f in given if f.value is not None]
        guess = f"{sum(known):.0f}" if kind == "count" and known else None
        return _withheld(base, guess, withheld)
    if kind == "flag":
        return base._replace(value=given[0].value, state=REPORTED)
    total = sum(f.value or 0.0 for f in given)
    return base._replace(
        value=total,
        qualifier=_qualifier({f.qualifier for f in given}),
        state=REPORTED if total else ZERO,
        flags=(summed,),
    )


def _withheld(base: Fact, guess: str | None, rule: str) -> Fact:
    return base._replace(
        value=None,
        qualifier="exact",
        state=UNREADABLE,
        low=None,
        high=None,
        flags=(rule,),
        proposal=guess,
    )


def _qualifier(kinds: set[str]) -> str:
    kinds = kinds - {"exact"}
    if not kinds:
        return "exact"
    return kinds.pop() if len(kinds) == 1 else "approx"
