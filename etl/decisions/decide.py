"""Taking decisions down: each is checked against the catalogue before the file of decisions grows by it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from etl.catalog.model import Catalog, Indicator
from etl.decisions.apply import read_value
from etl.decisions.model import (
    KINDS,
    Decision,
    decision_id,
    is_repeated,
    now_text,
    read_decisions,
    standing,
    subject,
    write_decisions,
)
from etl.errors import UsageError
from etl.interpret.private import mask_private

_NEEDS = {
    "value": ("source_sha256", "indicator_id", "value", "reason"),
    "accept": ("source_sha256", "indicator_id", "value"),
    "explain": ("source_sha256", "rule", "reason"),
    "unit": ("source_sha256", "value"),
    "campaign": ("source_sha256", "value"),
    "column": ("source_sha256", "indicator_id", "expect", "value"),
    "reject": ("source_sha256", "reason"),
    "withdraw": ("value", "reason"),
}

# What a blank takes, said to whom typed something else.
_WANTED = {
    "flag": ("；这一空填“是”或“否”", "; this blank takes 是 (yes) or 否 (no)"),
    "count": ("；这一空填数，如 1200、约3.5万，没有填“无”，不适用填“/”", "; this blank takes a number, as 1200 or 约3.5万, 无 for none, / where it doesn't apply"),
}  # fmt: skip


def take_down(catalog: Catalog, text: str, path: Path, moment: datetime) -> list[Decision]:
    """The decisions of a JSON list (objects of Decision's fields), appended to the file but for those that stand there already.

    All or none: raises UsageError with the number of the first of several that can't be taken. `form_id` beside a value names the
    form whose blank it is, so that the value can be read as that blank would be.
    """
    try:
        items = json.loads(text)
    except ValueError as error:
        raise UsageError(f"不是合法的 JSON：{error}", f"not valid JSON: {error}") from error
    if not isinstance(items, list) or not all(isinstance(i, dict) for i in items):
        raise UsageError("应为 JSON 列表", "a JSON list of objects is expected")
    kept = list(read_decisions(path))
    known = {d.decision_id for d in kept}
    # A single decision needs no number in what is said about it.
    numbers = range(1, len(items) + 1) if len(items) > 1 else (0,)
    made = [_decision(catalog, item, n, moment, known) for n, item in zip(numbers, items, strict=False)]
    # Every blank is taken for a table's: what was decided of a form that was thought to be another unit's is taken down anew.
    last = {subject(d, {d.source_sha256}): d for d in standing(kept)}
    for number, d in enumerate(made):
        before = last.get(subject(d, {d.source_sha256}))
        if before is not None and d.kind != "withdraw" and is_repeated(before, d):
            made[number] = before
        elif d.decision_id not in known:
            last[subject(d, {d.source_sha256})] = d
            kept.append(d)
    write_decisions(kept, path)
    return made


def _decision(catalog: Catalog, item: Mapping[str, Any], number: int, moment: datetime, known: set[str]) -> Decision:
    kind = str(item.get("kind", ""))
    if kind not in KINDS:
        raise _refused(number, f"kind 应为 {'|'.join(KINDS)}", f"kind must be one of {'|'.join(KINDS)}", kind)
    if missing := [name for name in (*_NEEDS[kind], "decided_by") if not str(item.get(name, "")).strip()]:
        raise _refused(number, f"缺少 {'、'.join(missing)}", f"missing: {', '.join(missing)}", kind)
    value = str(item.get("value", "")).strip()
    if kind == "unit" and value not in catalog.units:
        raise _refused(number, f"没有单位 {value}", f"no unit {value}", value)
    if kind in ("campaign", "column") and value not in catalog.campaigns:
        raise _refused(number, f"没有活动 {value}", f"no campaign {value}", value)
    if kind == "withdraw" and value not in known:
        raise _refused(number, f"没有这条记录 {value}", f"no decision {value}", value)
    if kind == "column":
        _indicator(catalog, catalog.campaigns[value].form_id, item, number)
    if kind in ("value", "accept"):
        _check_value(catalog, item, value, number)
    names = ("source_sha256", "source_name", "unit_id", "indicator_id", "rule", "expect")
    made = Decision(
        "", now_text(moment), mask_private(str(item["decided_by"]).strip()), kind,
        mask_private(str(item.get("reason", "")).strip()), value=value, part=int(item.get("part", 0) or 0),
        **{name: str(item.get(name, "") or "") for name in names},
    )  # fmt: skip
    return replace(made, decision_id=decision_id(made))


def _check_value(catalog: Catalog, item: Mapping[str, Any], value: str, number: int) -> None:
    """A value must read clearly in its blank: 1200, 约3.5万, 无, /, 是."""
    indicator = _indicator(catalog, str(item.get("form_id", "")), item, number)
    if read_value(indicator, value) is None:
        zh, en = _WANTED.get(indicator.kind, ("", ""))
        raise _refused(number, f"“{value}”读不成一个明确的值{zh}", f"“{value}” is no clear value{en}", value)


def _indicator(catalog: Catalog, form_id: str | None, item: Mapping[str, Any], number: int) -> Indicator:
    form = catalog.forms.get(form_id or "")
    indicator = form.by_indicator.get(str(item["indicator_id"])) if form else None
    if indicator is None:
        raise _refused(number, "没有这个空", "no such blank", str(item["indicator_id"]))
    return indicator


def _refused(number: int, zh: str, en: str, found: str) -> UsageError:
    if not number:
        return UsageError(zh, en, found=found)
    return UsageError(f"第 {number} 条：{zh}", f"decision {number}: {en}", found=found)
