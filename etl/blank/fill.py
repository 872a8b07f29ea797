"""Typed text into the blanks of a progress cell."""

from __future__ import annotations

from collections.abc import Mapping

from etl.catalog.model import Activity, Slot


def fill_progress(activity: Activity, typed: Mapping[str, str]) -> str:
    """The progress cell with `typed` (by indicator id) in its blanks; blanks without typed text stay as printed.

    A count or a text goes between the printed brackets in place of the spaces; a flag's typed text replaces the whole
    box group, e.g. `☑是□否`.
    """
    return "".join(part if isinstance(part, str) else _filled(part, typed) for part in activity.parts)


def _filled(slot: Slot, typed: Mapping[str, str]) -> str:
    return typed.get(slot.indicator_id) or slot.blank
