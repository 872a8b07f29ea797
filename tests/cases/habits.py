"""How clerks write a number, with what it says known by construction. Written without the reader's own word lists."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

FULL = str.maketrans("0123456789,.+-", "０１２３４５６７８９，．＋－")
DIGITS, CAPITALS = "零一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"


@dataclass(frozen=True)
class Truth:
    """What was typed and what it says. `must_withhold`: no value may ever come of it."""

    typed: str
    value: float | None
    state: str = "reported"
    qualifier: str = "exact"
    low: float | None = None
    high: float | None = None

    @property
    def says(self) -> tuple[object, ...]:
        """All that a reading has to agree with."""
        return (self.value, self.state, self.qualifier, self.low, self.high)


Habit = Callable[[int, str, random.Random], Truth]


def chinese(n: int, digits: str = DIGITS, tens: str = "十百千") -> str:
    """A number below 10,000 in Chinese numerals: 1050 -> 一千零五十."""
    said, gap = "", False
    for place in (3, 2, 1, 0):
        digit = n // 10**place % 10
        if digit == 0:
            gap = bool(said)
            continue
        said += (digits[0] if gap else "") + digits[digit] + (tens[place - 1] if place else "")
        gap = False
    return said[1:] if 10 <= n < 20 and tens[0] == "十" else said


def _exact(typed: str, n: int) -> Truth:
    return Truth(typed, float(n), "reported" if n else "explicit_zero")


def _round(n: int) -> int:
    step = 10 ** max(len(str(n)) - 2, 0)
    return max(n // step * step, 1)


def _in_wan(n: int, behind: str = "", qualifier: str = "exact") -> Truth:
    wan = max(round(n, -3), 1000)
    return Truth(f"{wan / 10000:g}万{behind}", float(wan), qualifier=qualifier)


def _said(template: str, qualifier: str) -> Habit:
    def habit(n: int, unit: str, rng: random.Random) -> Truth:
        r = _round(n)
        return Truth(template.format(n=r, u=unit), float(r), qualifier=qualifier)

    return habit


def _no_value(state: str, *words: str) -> Habit:
    return lambda n, unit, rng: Truth(rng.choice(words), None, state)


def _range(n: int, unit: str, rng: random.Random) -> Truth:
    high = n + rng.randint(1, 9)
    return Truth(f"{n}{rng.choice('-～—至')}{high}", None, "reported", "range", float(n), float(high))


def _sum(n: int, unit: str, rng: random.Random) -> Truth:
    a = rng.randint(0, n)
    return _exact(rng.choice([f"{a}+{n - a}", f"线上{a}，线下{n - a}", f"线上{a}{unit}、线下{n - a}{unit}"]), n)


def _part_of(n: int, unit: str, rng: random.Random) -> Truth:
    return _exact(
        rng.choice(["{}（其中线上{}）", "{}，其中线上{}", "共{}{u}（其中：区级{}）"]).format(
            n, rng.randint(0, n), u=unit
        ),
        n,
    )


PLAIN: dict[str, Habit] = {
    "plain": lambda n, u, r: _exact(str(n), n),
    "comma": lambda n, u, r: _exact(f"{n:,}", n),
    "wan": lambda n, u, r: _in_wan(n),
    "more than": _said("{n}余", "at_least"),
    "wan or more": lambda n, u, r: _in_wan(n, "余", "at_least"),
}
HABITS: dict[str, Habit] = {
    **PLAIN,
    "full width": lambda n, u, r: _exact(str(n).translate(FULL), n),
    "full-width comma": lambda n, u, r: _exact(f"{n:,}".translate(FULL), n),
    "spaces around": lambda n, u, r: _exact(r.choice([" {} ", "　{}", "{}\u00a0", "\t{}"]).format(n), n),
    "spaces inside": lambda n, u, r: _exact(f"{n:,}".replace(",", " ") if n >= 1000 else " ".join(str(n)), n),
    "line break": lambda n, u, r: _exact(f"{n}\n", n),
    "about": _said("约{n}", "approx"),
    "around": _said("{n}左右", "approx"),
    "over": _said("超{n}", "at_least"),
    "or above": _said("{n}以上", "at_least"),
    "plus": _said("{n}+", "at_least"),
    "at least": _said("≥{n}", "at_least"),
    "nearly": _said("近{n}", "at_most"),
    "not quite": _said("不足{n}{u}", "at_most"),
    "unit inside": lambda n, u, r: _exact(f"{n}{u}", n),
    "about with unit": _said("约{n}{u}", "approx"),
    "in all": lambda n, u, r: _exact(r.choice(["共计{}", "共{}{u}", "累计{}{u}"]).format(n, u=u), n),
    "chinese": lambda n, u, r: _exact(chinese(n % 9999 + 1), n % 9999 + 1),
    "capitals": lambda n, u, r: _exact(chinese(n % 9999 + 1, CAPITALS, "拾佰仟"), n % 9999 + 1),
    "w": lambda n, u, r: Truth(f"{max(round(n, -3), 1000) / 10000:g}w", float(max(round(n, -3), 1000))),
    "float": lambda n, u, r: _exact(f"{n}.0", n),
    "sum": _sum,
    "part of": _part_of,
    "range": _range,
    "zero": lambda n, u, r: Truth(r.choice(["0", "无", "没有", "未开展"]), 0.0, "explicit_zero"),
    "empty": _no_value("not_filled", "", " ", "　"),
    "slash": _no_value("not_applicable", "/", "—", "-", "不涉及"),
    "pending": _no_value("pending", "待统计", "正在统计"),
    "see": _no_value("see_attachment", "见附件", "详见总结", "见附件2"),
    "ditto": _no_value("ditto", "同上", "〃"),
    "words": _no_value("unquantified", "若干", "多次", "数百"),
    "letters": lambda n, u, r: Truth(f"1O{n}", None, "unreadable"),
    "percent": lambda n, u, r: Truth(f"{n % 100}%", None, "unreadable"),
    "negative": lambda n, u, r: Truth(f"-{n}", None, "unreadable"),
    "fraction": lambda n, u, r: Truth(f"{n}.5", None, "unreadable"),
    "ordinal": lambda n, u, r: Truth(f"第{n}", None, "unreadable"),
}


def some_number(rng: random.Random) -> int:
    """Mostly small, sometimes large; never a year or a hotline number."""
    low, high = rng.choice([(1, 9), (10, 99), (100, 999), (1000, 9999), (10_000, 899_999)])
    while True:
        n = rng.randint(low, high)
        if n not in (119, 12345, 12350, 96119) and not 1990 <= n <= 2040:
            return n


def type_number(unit: str, rng: random.Random, habits: dict[str, Habit] = HABITS) -> Truth:
    """A count as some clerk writes it; half of them plainly."""
    name = "plain" if rng.random() < 0.4 else rng.choice(list(habits))
    return habits[name](some_number(rng), unit, rng)
