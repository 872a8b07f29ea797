"""Heads of columns that say just what the form or the catalogue says: a blank's own name, an activity's."""

from __future__ import annotations

import re
from itertools import product

from rapidfuzz import fuzz

from etl.catalog.model import Form
from etl.collected.sheet.heads import split_leaf
from etl.extract.slots import plan_activity
from etl.extract.squeeze import squeeze_text

_NUMBER = re.compile(r"(第|指标|空|[A-Z])?(\d{1,3})(?:\.0)?(空|项)?")
_LEAST_NUMBERED = 5  # fewer numbers may count anything
_VERB = re.compile("((?:专题)?(?:学习|使用|开展|组织|观看))(.{2,})")


def exact_columns(form: Form, data: dict[int, tuple[str, ...]]) -> dict[str, int]:
    """The columns whose words are a blank's own name, under its activity or where no other blank has it."""
    named: dict[tuple[str, str, str], list[str]] = {}
    for activity in form.activities:
        titles = {squeeze_text(activity.title_zh), squeeze_text(activity.short_zh), ""}
        for slot, indicator in zip(plan_activity(form, activity).slots, activity.indicators, strict=True):
            labels = {squeeze_text(indicator.label_zh), squeeze_text(indicator.label_en), indicator.indicator_id}
            # A question is headed by the form's own words more often than by the catalogue's.
            labels |= _asked(slot.label, squeeze_text(indicator.label_zh)) if indicator.kind == "flag" else set()
            for said in product(titles, labels, {squeeze_text(indicator.unit), ""}):
                named.setdefault(said, []).append(indicator.indicator_id)
    found: dict[str, int] = {}
    for has_group in (True, False):
        for column, path in sorted(data.items()):
            groups = [*path[:-1]] + [p.split("|")[0] for p in path if "|" in p] if has_group else [""]
            # 案例, 平台: what looks like a unit may be part of the name.
            says = (split_leaf(path)[:2], (path[-1].split("|")[-1], ""))
            ids = [named.get((group, *said), []) for group in groups for said in says]
            sure = next((i[0] for i in ids if len(i) == 1 and i[0] not in found), "")
            if sure and column not in found.values() and (has_group or _fits(form, path, sure)):
                found[sure] = column
    return found


def columns_by_number(form: Form, data: dict[int, tuple[str, ...]]) -> dict[str, int]:
    """The columns of a table whose heads are but the blanks' numbers (1, 空1, A1): all of the form's, or all of its counts'."""
    said = {c: m for c, path in data.items() if len(path) == 1 and (m := _NUMBER.fullmatch(path[0]))}
    column_of = {int(m[2]): c for c, m in said.items()}
    if len(column_of) < max(len(data), _LEAST_NUMBERED) or len({(m[1], m[3]) for m in said.values()}) > 1:
        return {}
    counts = {i.position for i in form.indicators if i.kind == "count"}
    if column_of.keys() not in ({i.position for i in form.indicators}, counts):
        return {}
    return {i.indicator_id: column_of[i.position] for i in form.indicators if i.position in column_of}


def _asked(*labels: str) -> set[str]:
    """The ways in which a head asks a question: 是否学习电视专题片, 电视专题片是否学习."""
    said = {*labels, *(f"是否{label}" for label in labels)}
    verbs = (m for label in labels if (m := _VERB.match(label)))
    return said | {f"{m[2]}是否{deed}" for m in verbs for deed in (m[1], m[1].removeprefix("专题"))}


def _fits(form: Form, path: tuple[str, ...], indicator_id: str) -> bool:
    """Whether the activity a group word names, if any, is the blank's own."""
    named = named_activity(form, path[0]) if len(path) > 1 else ""
    return named in ("", form.by_indicator[indicator_id].activity_id)


def named_activity(form: Form, word: str) -> str:
    """The activity a group word names; '' when it names none."""
    word = squeeze_text(word)
    own = [a.activity_id for a in form.activities if word.strip('"') == squeeze_text(a.short_zh).strip('"')]
    if own or len(word) < 3:
        return own[0] if own else ""
    scored = [
        (max(fuzz.ratio(word, squeeze_text(t)), 0.95 * fuzz.partial_ratio(word, squeeze_text(t))), a.activity_id)
        for a in form.activities
        for t in (a.title_zh, a.short_zh)
    ]
    best = max(scored)
    return best[1] if best[0] >= 70 else ""
