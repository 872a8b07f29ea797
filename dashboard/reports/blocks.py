"""What a report consists of: headings with their numbers, paragraphs, pictures, annexes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from dashboard.components.page import View
from dashboard.reports.chart import Chart
from dashboard.tables import Table


@dataclass(frozen=True)
class Heading:
    """A heading with its number."""

    level: int
    text: str


@dataclass(frozen=True)
class Para:
    """A paragraph, and the annexes behind it that it names; a blank is for the writer to fill."""

    text: str
    is_blank: bool = False
    see: tuple[str, ...] = ()


@dataclass(frozen=True)
class Picture:
    """A chart with its caption, which is numbered where the picture stands at last; `scale` of its full size on the page."""

    chart: Chart
    caption: str = ""
    scale: float = 1.0


@dataclass(frozen=True)
class Annex:
    """A table on a page of its own, and what its marks stand for."""

    number: int
    table: Table
    note: str = ""


Block: TypeAlias = Heading | Para | Picture | Annex


def day_words(view: View, value: date) -> str:
    """2021年6月1日 / 1 June 2021."""
    months = view.t("month.names").split()
    return view.t("report.day", y=value.year, m=months[value.month - 1], d=value.day)


def numeral(view: View, number: int) -> str:
    """一, 二, 三 or 1, 2, 3."""
    return view.t("report.numerals").split()[number - 1]


class Numbering:
    """Numbers of headings; levels are never skipped."""

    def __init__(self, view: View) -> None:
        self._view, self._one, self._two = view, 0, 0

    def part(self, key: str, **values: object) -> Heading:
        """一、…"""
        self._one, self._two = self._one + 1, 0
        number = numeral(self._view, self._one)
        return Heading(1, self._view.t("report.level.1", n=number, text=self._view.t(key, **values)))

    def section(self, key: str) -> Heading:
        """（一）…"""
        self._two += 1
        own = numeral(self._view, self._two)
        number = own if self._view.lang == "zh" else f"{self._one}.{own}"
        return Heading(2, self._view.t("report.level.2", n=number, text=self._view.t(key)))


def picture(chart: Chart | None) -> Iterator[Picture]:
    """The chart, if there is such a one."""
    if chart is not None:
        yield Picture(chart)
