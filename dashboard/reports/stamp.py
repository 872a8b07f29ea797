"""What every export says of itself: filters in words, n of m units, release, sample or real."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from dashboard.components.page import View
from dashboard.components.parts import about
from dashboard.components.unit_choice import group_names
from dashboard.format import long_day
from dashboard.statements.duties import Duties
from dashboard.tables import About

MAX_PROPERTY = 255


@dataclass(frozen=True)
class Stamp:
    """The stamp, line by line, and the same as pairs for a sheet."""

    words: str
    reported: str
    as_of: str
    release: str
    sample: str
    about: About
    duties: str = ""  # the day up to which reporting and duties are told, where one was chosen

    @property
    def line(self) -> str:
        """All of it in one line."""
        return " · ".join(
            part for part in (self.words, self.reported, self.as_of, self.duties, self.release, self.sample) if part
        )

    @property
    def property_line(self) -> str:
        """The same for an office file's properties, which hold 255 characters: the words of the filters are cut, no more."""
        over = len(self.line) - MAX_PROPERTY
        return self.line if over <= 0 else replace(self, words=self.words[: -over - 1] + "\u2026").line


def make_stamp(view: View, n_reported: int, n_expected: int) -> Stamp:
    """The stamp of a report over the units chosen, with the day up to which it tells of reporting and duties, if one is."""
    sample = view.t("caption.sample") if view.campaign.is_sample else view.t("report.real")
    told, day = about(view), view.filters.as_of
    if day:
        told = About(told.title, (*told.pairs, (view.t("about.as_of.duties"), day)))
    return Stamp(
        view.words, view.t("head.reported", n=n_reported, m=n_expected),
        view.data_as_of,
        view.t("report.release", release=view.source.release_id[:12], built=view.source.built_at), sample, told,
        view.t("report.as_of.duties", day=day) if day else "",
    )  # fmt: skip


def with_groups(stamp: Stamp, view: View) -> Stamp:
    """The stamp of a report that sets two groups side by side: names the second one, where there is one."""
    if not view.filters.against:
        return stamp
    words = view.t("report.groups", names=group_names(view, view.filters.against))
    told = About(stamp.about.title, (*stamp.about.pairs, (view.t("about.groups"), words)))
    return replace(stamp, words=stamp.words + view.t("filter.words.separator") + words, about=told)


def spoken(stamp: Stamp, view: View) -> Stamp:
    """The stamp as it stands on a screen, where nobody can ask: each of its days says in words what it is the day of."""
    newest = view.campaign.newest_arrival_at
    arrived = view.t("present.arrived", day=long_day(newest, view.lang)) if newest else view.t("report.as_of.none")
    compiled = long_day(date.fromisoformat(view.source.built_at[:10]), view.lang)
    release = view.t("present.compiled", release=view.source.release_id[:12], day=compiled)
    return replace(stamp, as_of=arrived, release=release)


def duty_stamp(duties: Duties) -> Stamp:
    """The stamp of what is said of a campaign without a table: as of when, and how many units owe reports."""
    n_units = len(duties.units)
    words = duties.view.t("head.no_table", m=n_units or duties.view.campaign.n_units_expected)
    return replace(make_stamp(duties.view, 0, n_units), reported=words, duties="")
