"""One entry of the catalogue, a row of a table or a mapping, read by type: what is wrong is said with file, line and key."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from math import inf, isfinite
from typing import Any

from etl.catalog.text import Record, mistake
from etl.errors import CatalogError

_WHOLE, _DAY = re.compile(r"-?[0-9]+"), re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Entry:
    """A record with its file. Every reader raises CatalogError for a key that is missing, empty or of another type;
    a reader with a default gives it where the key is not there; `maybe_` gives None for what is missing or empty."""

    record: Record
    file: str

    @property
    def line(self) -> int:
        """The line the entry starts on."""
        return int(self.record.get("__line__", 1))

    def line_of(self, key: str, item: int = 0) -> int:
        """The line of a key, or of the n-th item (from 1) of its list; that of the entry where the key is not there."""
        lines = self.record.get("__lines__", {}).get(key) or (self.line,)
        return int(lines[item] if item < len(lines) else lines[0])

    def names(self) -> list[str]:
        """The keys that the file says."""
        return [str(k) for k in self.record if not str(k).startswith("__")]

    def says(self, key: str) -> bool:
        """Whether the key is there, be it empty."""
        return key in self.record

    def _has(self, key: str) -> bool:
        return self.record.get(key) not in (None, "")

    def _need(self, key: str) -> Any:
        if key not in self.record:
            raise mistake(self.file, self.line, f"缺少字段 {key}", f"lacks the field {key}", expected=key)
        return self.record[key]

    def wrong(self, key: str, found: object, zh: str, en: str, item: int = 0) -> CatalogError:
        """The error of a value that is not what is expected (`zh`, `en`)."""
        line, shown = self.line_of(key, item), _shown(found)
        if shown == "":
            return mistake(self.file, line, f"{key} 是空的，应为{zh}", f"{key} is empty, expected {en}", expected=en)
        zh, en_said = f"{key} 写作“{shown}”，应为{zh}", f"{key} is “{shown}”, expected {en}"
        return mistake(self.file, line, zh, en_said, found=shown, expected=en)

    def _as_text(self, key: str, value: Any, item: int = 0) -> str:
        if isinstance(value, bool) or not isinstance(value, str | int) or str(value).strip() == "":
            hint_zh, hint_en = "文字（必要时加引号）", "a text (in quotes where needed)"
            raise self.wrong(key, value, hint_zh, hint_en, item)
        return str(value)

    def text(self, key: str, default: str | None = None) -> str:
        """A text, never empty; an id may be written as a whole number."""
        if default is not None and not self._has(key):
            return default
        return self._as_text(key, self._need(key))

    def text_or_empty(self, key: str) -> str:
        """A text whose key must be there and may say nothing."""
        self._need(key)
        return self.text(key, "")

    def maybe_text(self, key: str) -> str | None:
        """A text, or None."""
        return self.text(key) if self._has(key) else None

    def one_of(self, key: str, allowed: Collection[str], default: str | None = None) -> str:
        """One of the words allowed."""
        value = self.text(key, default)
        self._must_be_known(key, value, allowed)
        return value

    def _must_be_known(self, key: str, value: str, allowed: Collection[str], item: int = 0) -> None:
        if value not in allowed:
            known = sorted(allowed)
            zh = f"未知 {key} {value}（应为 {'、'.join(known)}）"
            en = f"unknown {key} {value} (expected: {', '.join(known)})"
            raise mistake(self.file, self.line_of(key, item), zh, en, found=value, expected=", ".join(known))

    def _list(self, key: str, is_needed: bool) -> list[Any]:
        value = self._need(key) if is_needed or key in self.record else []
        if not isinstance(value, list):
            raise self.wrong(key, value, "列表 [ ]", "a list [ ]")
        return value

    def texts(self, key: str, allowed: Collection[str] | None = None, *, is_needed: bool = True) -> tuple[str, ...]:
        """A list of texts, each of those allowed."""
        found = tuple(self._as_text(key, v, n) for n, v in enumerate(self._list(key, is_needed), start=1))
        for n, value in enumerate(found, start=1):
            if allowed is not None:
                self._must_be_known(key, value, allowed, n)
        return found

    def whole(self, key: str, least: int, default: int | None = None) -> int:
        """A whole number, `least` or more."""
        if default is not None and key not in self.record:
            return default
        value = self._need(key)
        if isinstance(value, bool) or not _WHOLE.fullmatch(str(value)) or int(value) < least:
            raise self.wrong(key, value, f"不小于 {least} 的整数", f"a whole number, {least} or more")
        return int(value)

    def number(self, key: str, low: float = -inf, high: float = inf) -> float:
        """A number within low..high."""
        value = self._need(key)
        span = _span(low, high)
        try:
            number = float("nan" if isinstance(value, bool) else value)
        except (TypeError, ValueError):
            number = float("nan")
        if not isfinite(number) or not low <= number <= high:
            raise self.wrong(key, value, f"{span[0]}数", f"a number{span[1]}")
        return number

    def maybe_number(self, key: str, low: float, high: float) -> float | None:
        """A number within low..high, or None."""
        return self.number(key, low, high) if self._has(key) else None

    def _as_day(self, key: str, value: Any, item: int = 0) -> date:
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        try:
            if not _DAY.fullmatch(str(value)):
                raise ValueError(value)
            return date.fromisoformat(str(value))
        except ValueError as error:
            raise self.wrong(key, value, "日期，如 2021-06-30", "a date such as 2021-06-30", item) from error

    def day(self, key: str) -> date:
        """A calendar date."""
        return self._as_day(key, self._need(key))

    def maybe_day(self, key: str) -> date | None:
        """A calendar date, or None."""
        return self.day(key) if self._has(key) else None

    def days(self, key: str) -> tuple[date, ...]:
        """A list of calendar dates."""
        return tuple(self._as_day(key, v, n) for n, v in enumerate(self._list(key, True), start=1))

    def flag(self, key: str, default: bool | None = None) -> bool:
        """True or false as YAML writes them."""
        value = default if default is not None and key not in self.record else self._need(key)
        if not isinstance(value, bool):
            raise self.wrong(key, value, " true 或 false（不加引号）", "true or false (without quotes)")
        return value

    def bit(self, key: str) -> bool:
        """1 or 0 as the tables write them."""
        value = self._need(key)
        if value not in ("0", "1"):
            raise self.wrong(key, value, " 1（是）或 0（否）", "1 (yes) or 0 (no)")
        return bool(value == "1")

    def entry(self, key: str) -> Entry:
        """The mapping under a key."""
        value = self._need(key)
        if not isinstance(value, dict):
            raise self.wrong(key, value, "键值表 { }", "a mapping { }")
        return Entry(value, self.file)

    def entries(self, key: str, *, is_needed: bool = True) -> tuple[Entry, ...]:
        """A list of mappings."""
        found = self._list(key, is_needed)
        for n, value in enumerate(found, start=1):
            if not isinstance(value, dict):
                raise self.wrong(key, value, "键值表 { } 的列表", "a list of mappings { }", n)
        return tuple(Entry(value, self.file) for value in found)


def _span(low: float, high: float) -> tuple[str, str]:
    """The bounds of a number, Chinese and English."""
    if isfinite(high):
        return f" {low:g} 至 {high:g} 的", f" from {low:g} to {high:g}"
    return (f"不小于 {low:g} 的", f", {low:g} or more") if isfinite(low) else ("", "")


def _shown(value: object) -> str:
    """What was found, as the file writes it; '' for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{…}"
    return "[…]" if isinstance(value, list) else str(value).strip()[:60]
