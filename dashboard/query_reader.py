"""Takes the values of a link one by one, and notes what it can't use."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from dashboard.running_order import parse_order

MAX_SHOWN_CHARS = 40
MAX_COLUMNS = 3  # measures of the cross table
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# field -> its name in the URL
URL_NAMES = {
    "lang": "lang",
    "jurisdiction": "area",
    "year": "year",
    "base_year": "base",
    "measure": "measure",
    "activity": "activity",
    "unit_kind": "kind",
    "per_10k": "per10k",
    "unit": "unit",
    "as_of": "as_of",
    "units": "units",
    "against": "vs",
    "classes": "classes",
    "name": "name",
    "present": "present",
    "order": "order",
    "ground": "ground",
    "face": "show",
    "columns": "columns",
}
NAME = re.compile(r"[\w \-()\u00b7\u3001\uff08\uff09]{1,40}")
SEVERAL = frozenset({"units", "vs", "order", "columns"})
CLASS_METHODS = ("", "equal", "jenks")
HAND_BREAKS = re.compile(r"\d{1,12}(\.\d{1,4})?(,\d{1,12}(\.\d{1,4})?){0,3}", re.ASCII)


def merge_repeated(query: Mapping[str, Sequence[str]]) -> tuple[dict[str, str], tuple[str, ...]]:
    """One value for each name of a link, and as "name=value" what of it can't count.

    A name that takes several values takes those of all its mentions; of the others the last counts.
    """
    merged, lost = {}, []
    for name, values in query.items():
        if name in SEVERAL:
            merged[name] = ",".join(values)
        elif values:
            merged[name] = values[-1]
            lost += [f"{name}={shorten(value)}" for value in dict.fromkeys(values[:-1]) if value != values[-1]]
    return merged, tuple(lost)


@dataclass
class QueryReader:
    """A link's values, and what of them was ignored, as "name=value"."""

    query: Mapping[str, str]
    ignored: list[str]

    def take(self, field: str, allowed: tuple[str, ...], default: str) -> str:
        """One of the allowed values, else the default."""
        name = URL_NAMES[field]
        if name not in self.query:
            return default
        value = self.query[name]
        if value in allowed:
            return value
        self.ignored.append(f"{name}={shorten(value)}")
        return default

    def take_units(self, field: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
        """Ids parted by commas, in the roster's order; unknown ones are named."""
        name = URL_NAMES[field]
        asked = [part for part in self.query.get(name, "").split(",") if part]
        self.ignored += [f"{name}={shorten(part)}" for part in asked if part not in allowed][:3]
        return tuple(unit for unit in allowed if unit in asked)

    def take_columns(self, allowed: tuple[str, ...]) -> tuple[str, ...]:
        """Measures of the cross table, in the release's order; unknown ones and those too many are named."""
        found = self.take_units("columns", allowed)
        self.ignored += [f"{URL_NAMES['columns']}={measure_id}" for measure_id in found[MAX_COLUMNS:]]
        return found[:MAX_COLUMNS]

    def take_order(self) -> tuple[str, ...]:
        """Screens in the order given; unknown ones are named."""
        order, unknown = parse_order(self.query.get("order", ""))
        self.ignored += [f"order={shorten(part)}" for part in unknown][:3]
        return order

    def take_name(self) -> str:
        """What the reader calls the view: words only, 40 characters at most."""
        value = self.query.get("name", "").strip()
        if value and not NAME.fullmatch(value):
            self.ignored.append(f"name={shorten(value)}")
            return ""
        return value

    def take_classes(self) -> str:
        """A method of class breaks, or rising breaks set by hand."""
        value = self.query.get("classes", "")
        if value in CLASS_METHODS:
            return value
        if HAND_BREAKS.fullmatch(value):
            numbers = [float(part) for part in value.split(",")]
            if numbers == sorted(set(numbers)):
                return value
        self.ignored.append(f"classes={shorten(value)}")
        return ""

    def take_day(self, field: str, year: int) -> str:
        """A day of the campaign's year or the next, as 2021-06-18; empty when there is none."""
        name = URL_NAMES[field]
        value = self.query.get(name, "")
        if not value:
            return ""
        if DAY.fullmatch(value) and value.isascii():
            with suppress(ValueError):
                if year <= date.fromisoformat(value).year <= year + 1:
                    return value
        self.ignored.append(f"{name}={shorten(value)}")
        return ""


def shorten(value: str) -> str:
    """The value fit to be shown: printable, at most 40 characters."""
    clean = "".join(char if char.isprintable() else "?" for char in value)
    return clean if len(clean) <= MAX_SHOWN_CHARS else clean[: MAX_SHOWN_CHARS - 1] + "…"
