"""Findings: what a rule has to say about a file, a unit or a value, in two languages, with the place."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from etl.catalog.model import Catalog
from etl.interpret.private import is_one_name, mask_office, mask_private, mask_title
from etl.interpret.reading import UNKNOWN_SIGN

# Where a line lies on its scan: for finding its picture, not for reading.
_BOX = re.compile(r" ?框\d+:[\d,]+")
LEVELS = ("error", "warning", "note")
# What these rules quote stood where an office or a title was expected: a person's name may stand beside it.
_QUOTES_OFFICE = frozenset({"unit_unresolved", "unit_ambiguous", "unit_not_in_roster"})
_QUOTES_TITLE = frozenset({"form_not_recognised"})
# What these name is named in both languages: Chinese / English.
_NAMES_BOTH = frozenset({"unsupported_format", "needs_ocr"})


@dataclass(frozen=True)
class Finding:
    """A finding before its words are made. `words` fill further fields of the rule's message."""

    rule: str
    place: str = ""
    found: str = ""
    expected: str = ""
    unit_id: str | None = None
    indicator_id: str | None = None
    proposal: str | None = None
    words: Mapping[str, str] = field(default_factory=dict)


class FindingRow(NamedTuple):
    """A finding as it stands in the release, in the columns' order."""

    finding_id: str
    level: str
    rule: str
    submission_id: str | None
    campaign_id: str | None
    unit_id: str | None
    indicator_id: str | None
    place: str
    found: str
    expected: str
    proposal: str | None
    message_zh: str
    message_en: str
    state: str = "open"
    remedy_zh: str = ""
    remedy_en: str = ""


class _Blank(dict[str, str]):
    """Missing message fields read as empty."""

    def __missing__(self, key: str) -> str:
        return ""


INNER_QUOTES = str.maketrans("\u201c\u201d", "\u2018\u2019")


def plain_signs(text: str) -> str:
    """The text with a question mark for a sign that no reader here knows."""
    return text.replace(UNKNOWN_SIGN, "?")


def shorten(text: str, limit: int = 80) -> str:
    """The text in one line of at most `limit` characters."""
    text = plain_signs(text)
    if len(text) <= limit and " " not in text and text.isprintable():
        return text  # a number, most often
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def _mask_quoted(finding: Finding, places: frozenset[str]) -> str:
    """What a finding quotes, without personal data; a name for which a unit is proposed is a misspelt place, not a person."""
    if finding.rule in _QUOTES_OFFICE and not (finding.proposal and is_one_name(finding.found)):
        return mask_office(finding.found, places)
    return mask_title(finding.found) if finding.rule in _QUOTES_TITLE else mask_private(finding.found)


def word_finding(
    catalog: Catalog, finding: Finding, submission_id: str | None, campaign_id: str | None, form_id: str | None
) -> FindingRow:
    """The finding with its words and a stable id. An unknown rule is an error of its own name."""
    rule = catalog.rules.get(finding.rule)
    found, expected = _mask_quoted(finding, catalog.place_names), mask_private(finding.expected)
    proposal = mask_private(finding.proposal) if finding.proposal else finding.proposal
    zh, en = _fields(catalog, finding, form_id, {"found": found, "expected": expected, "proposal": proposal or ""})
    remedy_zh, remedy_en = (rule.remedy_zh.format_map(zh), rule.remedy_en.format_map(en)) if rule else ("", "")
    return FindingRow(
        finding_id=_finding_id(finding, submission_id, campaign_id, found, expected),
        level=rule.level if rule else "error",
        rule=finding.rule,
        submission_id=submission_id,
        campaign_id=campaign_id,
        unit_id=finding.unit_id,
        indicator_id=finding.indicator_id,
        place=finding.place,
        found=shorten(found, 400),
        expected=shorten(expected, 200),
        proposal=proposal,
        message_zh=(rule.message_zh if rule else finding.rule).format_map(zh) + remedy_zh,
        message_en=(rule.message_en if rule else finding.rule).format_map(en) + remedy_en,
        remedy_zh=remedy_zh,
        remedy_en=remedy_en,
    )


def _fields(catalog: Catalog, finding: Finding, form_id: str | None, said: Mapping[str, str]) -> tuple[_Blank, _Blank]:
    """What the Chinese and the English message of a rule may quote; `said`: found, expected, proposal without names."""
    form = catalog.forms.get(form_id) if form_id else None
    indicator = form.by_indicator.get(finding.indicator_id) if form and finding.indicator_id else None
    fields = {
        "found": shorten(said["found"]),
        "expected": shorten(said["expected"]),
        "place": _BOX.sub("", finding.place),
        "proposal": said["proposal"],
        **{name: mask_private(words) for name, words in finding.words.items()},
    }
    zh = en = fields["found"]
    if finding.rule in _NAMES_BOTH and " / " in zh:
        zh, _, en = zh.partition(" / ")
    other = fields.get("label") or ""  # of what is no indicator: a column of totals
    label_zh, label_en = (indicator.label_zh, indicator.label_en) if indicator else (other, other)
    # Names of activities have quotation marks of their own, and messages put them in marks.
    inner = label_zh.translate(INNER_QUOTES)
    return _Blank(fields, label=inner, found=zh), _Blank(fields, label=label_en, found=en)


def _finding_id(finding: Finding, submission_id: str | None, campaign_id: str | None, found: str, expected: str) -> str:
    """The same for the same finding of every load."""
    about = (submission_id, campaign_id, finding.unit_id, finding.indicator_id)
    key = "|".join((finding.rule, *(part or "" for part in about), finding.place, found, expected))
    return hashlib.sha256(key.encode()).hexdigest()[:16]
