"""How clerks type a number: value -> typed text, with the reading that is expected of it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import asdict, dataclass

from data.samples.profile import Profile, pick

_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Typed:
    """A filled blank: what is typed and what a reader should make of it. `cell` is the spreadsheet value."""

    typed: str
    state: str
    value: float | None = None
    text: str | None = None
    low: float | None = None
    high: float | None = None
    qualifier: str = "exact"
    oddity: str | None = None
    intended: float | None = None
    cell: int | str | None = None

    def truth(self) -> dict[str, object]:
        """The record for the truth file; empty fields are left out except value."""
        fields = {k: v for k, v in asdict(self).items() if k != "cell" and v is not None}
        return {**fields, "value": self.value}


def number(value: int) -> Typed:
    """A number as such."""
    return Typed(str(value), "reported" if value else "explicit_zero", float(value), cell=value)


def without_value(word: str, state: str, oddity: str | None = None) -> Typed:
    """Something typed (or nothing) that gives no value."""
    return Typed(word, state, oddity=oddity, cell=word or None)


def type_count(value: int, unit: str, where: str, rng: random.Random, profile: Profile) -> Typed:
    """A count as typed in a `word` form or a `sheet`; most are plain."""
    possible = {
        h.name: h.weight for h in profile.habits if h.low <= value <= h.high and (h.only is None or h.only == where)
    }
    return _HABITS[pick(rng, possible)](value, unit, rng, profile)


def type_flag(is_yes: bool, where: str, rng: random.Random, profile: Profile) -> Typed:
    """A yes/no blank as typed: ticked boxes in a form, a word in a sheet."""
    flags = profile["flags"]
    if rng.random() < flags["empty_share"]:
        return without_value("", "not_filled")
    typed = pick(rng, flags[f"{where}_{'yes' if is_yes else 'no'}"])
    return Typed(typed, "reported", float(is_yes), cell=typed)


def type_text(count: int, rng: random.Random, profile: Profile) -> Typed:
    """One to three short descriptions of cases; no real place, firm or person."""
    if rng.random() < profile["text_see_attachment_share"]:
        return without_value(rng.choice(profile["words"]["see_attachment"]), "see_attachment")
    places = rng.sample(profile["case_places"], k=min(max(count, 1), 3))
    items = [f"{p}{rng.choice(profile['case_faults'])}，{rng.choice(profile['case_results'])}" for p in places]
    text = "；".join(f"{n}.{item}" for n, item in enumerate(items, start=1)) if len(items) > 1 else items[0]
    return Typed(text, "reported", text=text, cell=text)


def _plain(value: int, unit: str, rng: random.Random, profile: Profile) -> Typed:
    if value:
        return number(value)
    word = pick(rng, profile["words"]["zero"])
    return Typed(word, "explicit_zero", 0.0, cell=0 if word == "0" else word)


def _exactly(typed: str, value: int) -> Typed:
    return Typed(typed, "reported" if value else "explicit_zero", float(value), cell=typed)


def _comma(value: int, unit: str, rng: random.Random, profile: Profile) -> Typed:
    return _exactly(f"{value:,}", value)


def _full_width(value: int, unit: str, rng: random.Random, profile: Profile) -> Typed:
    return _exactly(str(value).translate(_FULL_WIDTH), value)


def _spaces(value: int, unit: str, rng: random.Random, profile: Profile) -> Typed:
    return _exactly(rng.choice([" {} ", "{} ", "\u3000{}\u3000"]).format(value), value)


def _ten_thousands(value: int, unit: str, rng: random.Random, profile: Profile) -> Typed:
    rounded = round(value, -3)
    return Typed(f"{rounded / 10000:g}万", "reported", float(rounded), cell=f"{rounded / 10000:g}万")


def _step(value: int) -> int:
    """The unit of the second leading digit."""
    return int(10 ** max(len(str(value)) - 2, 1))


def _about(value: int, unit: str, rng: random.Random, profile: Profile) -> Typed:
    rounded = max(round(value / _step(value)), 1) * _step(value)
    typed = f"{rng.choice(profile['words']['about'])}{rounded}"
    return Typed(typed, "reported", float(rounded), qualifier="approx", cell=typed)


def _more_than(value: int, unit: str, rng: random.Random, profile: Profile) -> Typed:
    rounded = value // _step(value) * _step(value)
    typed = f"{rounded}{rng.choice(profile['words']['more_than'])}"
    return Typed(typed, "reported", float(rounded), qualifier="at_least", cell=typed)


def _nearly(value: int, unit: str, rng: random.Random, profile: Profile) -> Typed:
    rounded = -(-value // _step(value)) * _step(value)
    typed = f"{rng.choice(profile['words']['nearly'])}{rounded}"
    return Typed(typed, "reported", float(rounded), qualifier="at_most", cell=typed)


def chinese(value: int) -> str:
    """A number below 100 in Chinese numerals."""
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones or not tens else "")


def _chinese(value: int, unit: str, rng: random.Random, profile: Profile) -> Typed:
    return _exactly(chinese(value), value)


def _unit_inside(value: int, unit: str, rng: random.Random, profile: Profile) -> Typed:
    return _exactly(f"{value}{unit}", value)


def _as_text(value: int, unit: str, rng: random.Random, profile: Profile) -> Typed:
    return _exactly(str(value), value)


def _empty(value: int, unit: str, rng: random.Random, profile: Profile) -> Typed:
    return without_value("", "not_filled")


def _range(value: int, unit: str, rng: random.Random, profile: Profile) -> Typed:
    high = value + rng.randint(1, 3)
    return Typed(f"{value}-{high}", "reported", None, None, float(value), float(high), "range", cell=f"{value}-{high}")


def _word_for(state: str) -> Callable[[int, str, random.Random, Profile], Typed]:
    def typed(value: int, unit: str, rng: random.Random, profile: Profile) -> Typed:
        return without_value(rng.choice(profile["words"][state]), state)

    return typed


_HABITS: dict[str, Callable[[int, str, random.Random, Profile], Typed]] = {
    "plain": _plain,
    "thousands_comma": _comma,
    "full_width": _full_width,
    "spaces": _spaces,
    "ten_thousands": _ten_thousands,
    "about": _about,
    "more_than": _more_than,
    "nearly": _nearly,
    "chinese": _chinese,
    "unit_inside": _unit_inside,
    "as_text": _as_text,
    "empty": _empty,
    "range": _range,
    **{state: _word_for(state) for state in ("not_applicable", "pending", "see_attachment", "unquantified")},
}
