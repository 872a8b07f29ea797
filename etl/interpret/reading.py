"""The value model: what a typed blank says."""

from __future__ import annotations

from dataclasses import dataclass

REPORTED = "reported"
ZERO = "explicit_zero"
NOT_FILLED = "not_filled"
NOT_APPLICABLE = "not_applicable"
PENDING = "pending"
SEE = "see_attachment"
UNQUANTIFIED = "unquantified"
UNREADABLE = "unreadable"
DITTO = "ditto"
ROW_MISSING = "row_missing"
NOT_REPORTED = "not_reported"

UNKNOWN_SIGN = "\ufffd"  # a sign of a symbol font, or a picture, that no reader here knows
CIRCLE = "\u20dd"  # a circle round the letter before it

# States of a blank in which nothing was answered.
EMPTY = frozenset({NOT_FILLED, ROW_MISSING, NOT_REPORTED})
# States in which a number (or a range, a tick, a text) was given.
GIVEN = frozenset({REPORTED, ZERO})
# States in which something was typed that is not counted before somebody has looked at it.
WITHHELD = frozenset({UNREADABLE, "needs_ocr"})


@dataclass(frozen=True, slots=True)
class Reading:
    """One blank as read. `value` None: no number counts; `proposal` is a guess, shown and never counted."""

    state: str
    value: float | None = None
    qualifier: str = "exact"
    low: float | None = None
    high: float | None = None
    text: str | None = None
    flags: tuple[str, ...] = ()
    proposal: str | None = None

    def with_flag(self, *more: str) -> Reading:
        """The same reading with further flags."""
        kept = self.flags + tuple(f for f in more if f not in self.flags)
        return Reading(self.state, self.value, self.qualifier, self.low, self.high, self.text, kept, self.proposal)


def withheld(
    rule: str, *, state: str = UNREADABLE, proposal: str | None = None, flags: tuple[str, ...] = ()
) -> Reading:
    """A blank in which something was typed but no value is counted; `rule` says why."""
    return Reading(state, flags=(*flags, rule), proposal=proposal)
