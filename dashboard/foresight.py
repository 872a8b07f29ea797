"""Asking ahead: while a page is being read, its queries are asked for what may be chosen next, so that a choice is instant.

What a page asked for these filters it will ask for the next ones with their year, base or measure in place; no page has to
know of it. A query that no page asks is only an answer nobody fetches.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import duckdb

from dashboard.filters import Choices, Filters, change_filters
from dashboard.release import Asked, Database

PAUSE_S = 0.004  # between two queries, so that a reader's own click goes first
Value = str | int | bool | None


def neighbours(filters: Filters, choices: Choices) -> list[Filters]:
    """The filters one choice away: another year, base year or measure; those of this page's own choices first."""
    offers = {
        "year": [str(y) for y in choices.years(filters.jurisdiction)],
        "measure": [m.measure_id for m in choices.measures],
        "base": [str(b) for b in choices.bases(filters.jurisdiction, filters.year)],
    }
    found = [change_filters(filters, choices, name, value) for name, values in offers.items() for value in values]
    return [f for f in dict.fromkeys(found) if f != filters]


def exchanges(now: Filters, then: Filters, choices: Choices) -> dict[tuple[str, Value], Value]:
    """(parameter, its value now) -> its value then, for every parameter that these filters decide."""

    def named(filters: Filters) -> dict[str, tuple[Value, ...]]:
        campaigns = [choices.campaign(filters.jurisdiction, y) for y in (filters.year, filters.base_year)]
        ids = tuple(c.campaign_id if c else None for c in campaigns)
        forms = tuple(c.form_id if c else None for c in campaigns)
        years = (filters.year, filters.base_year or 0)
        layer = campaigns[0].layer_id if campaigns[0] else None
        return {
            "campaign_id": ids, "base_campaign_id": ids, "form_id": forms, "base_form_id": forms, "year": years,
            "base_year": years, "measure_id": (filters.measure,), "layer_id": (layer,),
        }  # fmt: skip

    before, after = named(now), named(then)
    return {
        (name, old): new
        for name, values in before.items()
        for old, new in zip(reversed(values), reversed(after[name]), strict=True)
        if old is not None
    }


def foreseen(asked: Iterable[Asked], now: Filters, choices: Choices) -> Iterator[Asked]:
    """The queries of this page for each choice that may come next, without repeats."""
    seen: set[Asked] = set()
    questions = tuple(dict.fromkeys(asked))
    for then in neighbours(now, choices):
        swap = exchanges(now, then, choices)
        for sql, kind, params in questions:
            changed = tuple((name, swap.get((name, value), value)) for name, value in params)
            question = (sql, kind, changed)
            if changed != params and None not in dict(changed).values() and question not in seen:
                seen.add(question)
                yield question


@dataclass
class Foresight:
    """One thread that asks ahead for the newest page; an older page's questions are dropped.

    The thread is waited for when the program ends, after the query in hand: one that is torn out of a query takes the
    process down with it.
    """

    turn: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def look_ahead(self, source: Database, asked: Sequence[Asked], now: Filters, choices: Choices) -> None:
        """Ask what may come next, in the background."""
        with self.lock:
            self.turn += 1
            work = (self.turn, source, tuple(asked), now, choices)
        threading.Thread(target=self._ask, args=work, name="foresight").start()

    def _ask(self, turn: int, source: Database, asked: Sequence[Asked], now: Filters, choices: Choices) -> None:
        for sql, kind, params in foreseen(asked, now, choices):
            if turn != self.turn or source.is_full or not threading.main_thread().is_alive():
                return
            try:
                source.answer(sql, kind, params)
            except duckdb.Error:  # a closed release, or a question nobody would ask
                continue
            time.sleep(PAUSE_S)


FORESIGHT = Foresight()
