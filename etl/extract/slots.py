"""A form's activity as a row of slots: label before, unit behind, and a pattern for the untouched text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from etl.catalog.model import Activity, Form, Slot
from etl.extract.squeeze import squeeze_text
from etl.interpret.lexicon import load_lexicon

_OPENERS, _CLOSERS, _MARKS = "([", ")]", ",.;:"


@dataclass(frozen=True)
class FormSlot:
    """One blank: `label` is the printed text before it (this clause only), `unit` the printed unit behind it.

    `is_dependent`: the label says nothing by itself (参与, 受众, a label that stands twice) and belongs to the slot before.
    `next_text`: the printed text behind unit and mark, to find where a text blank ends.
    """

    indicator_id: str
    kind: str
    label: str
    unit: str
    is_dependent: bool
    next_text: str
    also: tuple[str, ...] = ()  # other words that mean the same blank
    synonyms: tuple[str, ...] = ()  # other words for a dependent label: 参加人数 for 参与


@dataclass(frozen=True)
class ActivityPlan:
    """What alignment needs of one activity."""

    activity: Activity
    slots: tuple[FormSlot, ...]
    exact: re.Pattern[str]
    plain: (
        re.Pattern[str] | None
    )  # the same with nothing but a few digits or nothing in its blanks, ticks beside 是 and 否; None where texts are asked
    loose: re.Pattern[str]  # the same without brackets: whatever stands between the printed words was typed
    blank: str  # squeezed printed progress text, blanks empty
    title: str
    requirement: str
    anchors: tuple[str, ...]  # labels long enough to recognise the activity by
    brackets: frozenset[str]  # brackets of the printed words themselves


def _literal(text: str) -> str:
    """A regular expression for printed text in which marks may differ or be missing."""
    parts = []
    for char in text:
        if char in _MARKS:
            parts.append("[,.;:]{0,2}")
        elif char == '"':
            parts.append('"?')
        else:
            parts.append(re.escape(char))
    return "".join(parts)


def _split_unit(text: str, unit: str) -> tuple[str, str]:
    """Printed text behind a blank -> (unit, rest); the closing bracket is gone already."""
    squeezed_unit = squeeze_text(unit)
    if squeezed_unit and text.startswith(squeezed_unit):
        return squeezed_unit, text[len(squeezed_unit) :]
    return "", text


_CONTENT = {"count": r"([^()\[\]]{0,60}?)", "text": r"(.*?)", "flag": r"([^,.;:\d]{0,20}?)"}


_PLAIN = {"count": r"([0-9]{0,5})", "flag": r"([□☐☑√]?[是否][□☐☑√]?[是否][□☐☑√]?)"}


def _exact_pattern(activity: Activity, kinds: Mapping[str, str], content: Mapping[str, str]) -> re.Pattern[str]:
    source = []
    for part in activity.parts:
        source.append(content[kinds[part.indicator_id]] if isinstance(part, Slot) else _literal(squeeze_text(part)))
    return re.compile("".join(source) + r"[,.;]*", re.DOTALL)


def _loose_pattern(activity: Activity, kinds: Mapping[str, str]) -> re.Pattern[str]:
    """Printed words with anything between them. Each stretch ends at the first words that fit: no way back, no long search."""
    parts = list(activity.parts)
    source = []
    for n, part in enumerate(parts):
        if isinstance(part, Slot):
            content = {"count": r"(.{0,80}?)", "text": r"(.*?)", "flag": r"([^,.;:\d]{0,20}?)"}[
                kinds[part.indicator_id]
            ]
            following = parts[n + 1] if n + 1 < len(parts) else ""
            words = squeeze_text(following).lstrip(_CLOSERS) if isinstance(following, str) else ""
            is_last = n + 2 >= len(parts)
            words = _literal(words if is_last else words.rstrip(_OPENERS))
            source.append(content + words if is_last else f"(?>{content}{words})")
        elif n == 0:
            source.append(_literal(squeeze_text(part).rstrip(_OPENERS)))
    return re.compile("".join(source) + r"[,.;]*", re.DOTALL)


@lru_cache(maxsize=256)
def plan_activity(form: Form, activity: Activity) -> ActivityPlan:
    """The alignment plan of one activity of a form."""
    raw_labels = _labels(activity)
    counts = Counter(label for a in form.activities for label, _, _ in _labels(a))
    slots = []
    for (label, unit, following), indicator in zip(raw_labels, activity.indicators, strict=True):
        dependent = indicator.kind == "count" and (len(label) <= 2 or counts[label] > 1)
        synonyms = load_lexicon().same_words.get(label, ()) if dependent else ()
        slots.append(
            FormSlot(indicator.indicator_id, indicator.kind, label, unit, dependent, following, synonyms=synonyms)
        )
    kinds = {i.indicator_id: i.kind for i in activity.indicators}
    return ActivityPlan(
        activity=activity,
        slots=tuple(slots),
        exact=_exact_pattern(activity, kinds, _CONTENT),
        plain=_exact_pattern(activity, kinds, _PLAIN) if set(kinds.values()) <= _PLAIN.keys() else None,
        loose=_loose_pattern(activity, kinds),
        blank=squeeze_text(activity.blank_text),
        title=squeeze_text(activity.title_zh),
        requirement=squeeze_text(activity.requirement_zh),
        anchors=tuple(s.label for s in slots if not s.is_dependent and len(s.label) >= 4),
        brackets=frozenset(re.findall(r"\([^()\[\]\s]+\)", squeeze_text(activity.blank_text))),
    )


def _labels(activity: Activity) -> list[tuple[str, str, str]]:
    """Per slot: (label, unit, printed text that follows)."""
    found: list[tuple[str, str, str]] = []
    units = {i.indicator_id: i.unit for i in activity.indicators}
    rest = ""
    parts = list(activity.parts)
    for n, part in enumerate(parts):
        if not isinstance(part, Slot):
            rest = squeeze_text(part) if n == 0 else rest
            continue
        label = rest.rstrip(_OPENERS).strip(_MARKS)
        following = squeeze_text(parts[n + 1]) if n + 1 < len(parts) and isinstance(parts[n + 1], str) else ""
        following = following.lstrip(_CLOSERS)
        unit, rest = _split_unit(following, units[part.indicator_id])
        found.append((label, unit, rest.strip(_MARKS)))
        rest = rest.lstrip(_MARKS)
    return found
