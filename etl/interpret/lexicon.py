"""The word lists of data/catalog/lexicon.yaml, ready for matching."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from etl.catalog.load import CATALOG_DIR
from etl.catalog.text import FAST_LOADER
from etl.interpret.fold import fold


def _longest_first(words: list[str]) -> str:
    return "|".join(re.escape(fold(w)) for w in sorted(words, key=len, reverse=True))


def _pointer(attachments: str, papers: str) -> re.Pattern[str]:
    """见附件1, 详见总结, 附表二: the number behind it names the attachment."""
    number = r"(?:第?[\d一二三四五六七八九十]{1,2}(?!\d))?"
    return re.compile(
        rf"[,;(]?(?:(?:详见|参见|请见|见|附)?(?:{attachments}){number}|(?:详见|参见|请见|见)(?:{papers}){number})\)?"
    )


def _period_mark(words: str) -> re.Pattern[str]:
    """2020年曝光隐患, 曝光隐患（计划）（条）, 曝光隐患同比, 2020年: the mark is the group that is there."""
    mark = rf"((?:19|20)\d\d(?:年度?)?|{words})"
    return re.compile(rf"{mark}(?:数?[^\d].+)?|.{{2,}}?(?:\({mark}\)|{mark})(?:\([^()]{{1,4}}\))?")


def _total_name(totals: str, wholes: str) -> re.Pattern[str]:
    """合计, 县区小计, 总计(全市), 全市合计, 全市: at most a few words before, a note in brackets behind."""
    return re.compile(rf"(?:[^\d,;.]{{0,6}}(?:{totals})数?|(?:{wholes})(?:{totals})?数?)(?:\([^()]*\))?:?")


@dataclass(frozen=True)
class Lexicon:
    """Word lists, folded. The alternations are regular expression sources, longest word first."""

    zero: frozenset[str]
    not_applicable: frozenset[str]
    pending: frozenset[str]
    see: frozenset[str]
    ditto: frozenset[str]
    not_reported: frozenset[str]
    unquantified: frozenset[str]
    nothing: frozenset[str]
    qualifier_of: dict[str, str]
    before: str
    after: str
    units: str
    unit_words: frozenset[str]
    same_words: dict[str, tuple[str, ...]]
    additive: frozenset[str]
    not_done: str
    not_yet: str
    reach: str
    scopes: str
    held: str
    cancelled: str
    doubtful: str
    examples: str
    harmless: str
    rate: str
    changes: str
    rate_ends: str
    plain_words: str
    deeds: str
    unit_kin: tuple[frozenset[str], ...]
    event_units: frozenset[str]
    press_words: str
    total: str
    hotlines: frozenset[str]
    short_hotlines: frozenset[str]
    yes: frozenset[str]
    no: frozenset[str]
    ticked: str
    ticks: str
    boxes: str
    crosses: str
    contact_roles: tuple[str, ...]
    sentence_roles: frozenset[str]
    surnames: str
    file_name_words: str
    title_words: str
    amends: str
    further: str
    negations: str
    aside_words: str
    office_words: str
    pointer: re.Pattern[str]
    part_words: str
    earlier_times: str
    other_measures: str
    estimates: str
    total_name: re.Pattern[str]
    plain_sheet_names: str
    copied_sheet_names: str
    note_line: re.Pattern[str]
    unit_headers: frozenset[str]
    department_headers: frozenset[str]
    answer_headers: frozenset[str]
    name_note: re.Pattern[str]
    side_headers: frozenset[str]
    remark_headers: frozenset[str]
    contact_heads: str
    other_period: frozenset[str]  # parts of the time included
    part_periods: frozenset[str]
    period_heads: frozenset[str]
    short_heads: frozenset[str]
    report_day_heads: frozenset[str]
    no_report: str
    remark_doubts: str
    head_words: str
    person_ends: str
    plain_modifiers: str
    hint_words: str
    hint_heads: frozenset[str]
    versions: frozenset[str]  # groups of columns of one report
    doubt_lines: str
    only_words: str
    pointing: str
    retracting: str
    demands: str  # of who asks for right figures or answers for them
    corrects: str
    loose_units: str
    harmless_remarks: str
    table_doubts: str
    sheet_doubts: str
    title_doubts: str
    provinces: dict[str, str]  # first two digits of the code -> short name
    part_families: tuple[frozenset[str], ...]
    this_period: frozenset[str]
    so_far: frozenset[str]
    progress_heads: str
    aside_heads: str
    period_mark: re.Pattern[str]
    measure_heads: dict[str, str]
    loose_heads: dict[str, tuple[str, ...]]
    masks: re.Pattern[str]
    alike: dict[str, str]
    traditional: dict[str, str]
    unit_names_en: dict[str, str]
    desk_reasons: dict[str, str]  # Chinese -> English
    themes: tuple[tuple[int, str], ...]


def _qualifiers(raw: Mapping[str, Any]) -> tuple[dict[str, str], list[str], list[str]]:
    """What each word of approximation says, then those that stand before a number and those behind it."""
    kinds = {
        "approx": ("approx_before", "approx_after"),
        "at_least": ("at_least_before", "at_least_after"),
        "at_most": ("at_most_before", "at_most_after"),
        "": ("neutral_before",),
    }
    qualifier_of = {fold(w): kind for kind, keys in kinds.items() for key in keys for w in raw[key]}
    before = [w for key in ("approx_before", "at_least_before", "at_most_before", "neutral_before") for w in raw[key]]
    after = [w for key in ("approx_after", "at_least_after", "at_most_after") for w in raw[key]]
    return qualifier_of, before, after


# Folded words by field.
_SETS = {
    "zero": "zero_words",
    "pending": "pending_words",
    "see": "see_words",
    "ditto": "ditto_words",
    "not_reported": "not_reported_words",
    "unquantified": "unquantified_words",
    "nothing": "nothing_words",
    "unit_words": "units",
    "event_units": "event_units",
    "hotlines": "hotlines",
    "short_hotlines": "short_hotlines",
    "yes": "yes_words",
    "no": "no_words",
    "sentence_roles": "sentence_roles",
    "unit_headers": "unit_headers",
    "hint_heads": "hint_heads",
    "department_headers": "department_headers",
    "answer_headers": "answer_headers",
    "side_headers": "side_headers",
    "remark_headers": "remark_headers",
    "part_periods": "part_periods",
    "period_heads": "period_heads",
    "short_heads": "short_heads",
    "report_day_heads": "report_day_heads",
    "this_period": "this_period",
    "versions": "version_words",
    "so_far": "so_far",
}
# Regular expression sources by field.
_ALTERNATIONS = {
    "plain_sheet_names": "plain_sheet_names",
    "copied_sheet_names": "copied_sheet_names",
    "units": "units",
    "not_done": "not_done_words",
    "not_yet": "not_yet_words",
    "reach": "reach_words",
    "scopes": "scope_words",
    "held": "held_words",
    "cancelled": "cancelled_words",
    "examples": "example_words",
    "doubtful": "doubtful_words",
    "harmless": "harmless_words",
    "rate": "rate_words",
    "changes": "change_words",
    "rate_ends": "rate_ends",
    "plain_words": "plain_words",
    "deeds": "deeds",
    "total": "total_words",
    "file_name_words": "file_name_words",
    "title_words": "title_words",
    "amends": "amending_words",
    "further": "further_words",
    "negations": "negations",
    "aside_words": "aside_words",
    "office_words": "office_words",
    "other_measures": "other_measures",
    "estimates": "estimate_words",
    "earlier_times": "earlier_times",
    "progress_heads": "progress_heads",
    "aside_heads": "aside_heads",
    "part_words": "part_words",
    "no_report": "no_report_titles",
    "contact_heads": "contact_heads",
    "head_words": "head_words",
    "person_ends": "person_ends",
    "plain_modifiers": "plain_modifiers",
    "hint_words": "hint_words",
    "doubt_lines": "doubt_lines",
    "only_words": "only_words",
    "pointing": "pointing_words",
    "retracting": "retracting_words",
    "demands": "demanding_words",
    "corrects": "correcting_words",
    "loose_units": "loose_units",
    "harmless_remarks": "harmless_remarks",
    "table_doubts": "table_doubts",
    "sheet_doubts": "sheet_doubts",
    "title_doubts": "title_doubts",
    "press_words": "press_words",
}
# What is taken as it stands, by field.
_AS_THEY_ARE = {
    "ticked": "ticked_glyphs",
    "ticks": "tick_marks",
    "boxes": "empty_boxes",
    "crosses": "cross_marks",
    "surnames": "surnames",
    "provinces": "provinces",
    "alike": "alike",
    "traditional": "traditional",
    "unit_names_en": "unit_names_en",
    "desk_reasons": "desk_reasons",
}


def _words(listed: Iterable[object]) -> frozenset[str]:
    return frozenset(fold(str(w)).lower() for w in listed)


@lru_cache(maxsize=8)
def load_lexicon(path: Path = CATALOG_DIR / "lexicon.yaml") -> Lexicon:
    """The lexicon file as a Lexicon."""
    return as_lexicon(yaml.load(path.read_text(encoding="utf-8"), Loader=FAST_LOADER))  # noqa: S506 - a SafeLoader


def as_lexicon(raw: Mapping[str, Any]) -> Lexicon:
    """The lists of the lexicon file as a Lexicon."""
    qualifier_of, before, after = _qualifiers(raw)
    fields: dict[str, Any] = {
        **{name: _words(raw[key]) for name, key in _SETS.items()},
        **{name: _longest_first(raw[key]) for name, key in _ALTERNATIONS.items()},
        **{name: raw[key] for name, key in _AS_THEY_ARE.items()},
        **_patterns(raw),
        **_tables(raw),
    }
    return Lexicon(qualifier_of=qualifier_of, before=_longest_first(before), after=_longest_first(after), **fields)


def _patterns(raw: Mapping[str, Any]) -> dict[str, re.Pattern[str]]:
    """The fields that are patterns around several lists."""
    return {
        "pointer": _pointer(_longest_first(raw["attachments"]), _longest_first(raw["other_papers"])),
        "total_name": _total_name(_longest_first(raw["total_names"]), _longest_first(raw["whole_names"])),
        "note_line": re.compile(rf"[(\[]?(?:{_longest_first(raw['note_words'])})"),
        "period_mark": _period_mark(_longest_first([*raw["other_period"], *raw["part_periods"], *raw["this_period"]])),
        "masks": re.compile(raw["masked_name"]),
        "name_note": re.compile(
            rf"(?:\((?:{_longest_first(raw['name_notes'])}|含[^()]{{1,12}})\)|[①-⑳△▲☆★※√])+$|^[△▲☆★※◆◇●■]+"
        ),
    }


def _tables(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that join, pair or order their lists."""
    return {
        "remark_doubts": _longest_first([*raw["doubt_lines"], *raw["remark_doubts"]]),
        "not_applicable": _words(raw["not_applicable_words"]) | _words(raw["not_applicable_marks"]),
        "same_words": {label: tuple(others) for label, others in raw["same_words"].items()},
        "contact_roles": tuple(raw["contact_roles"]),
        "other_period": _words(raw["other_period"]) | _words(raw["part_periods"]),
        "additive": _words([*raw["additive_labels"], *(w for family in raw["part_families"] for w in family)]),
        "unit_kin": tuple(frozenset(fold(w) for w in kin) for kin in raw["unit_kin"]),
        "part_families": tuple(frozenset(fold(w) for w in family) for family in raw["part_families"]),
        "loose_heads": {head: tuple(others) for head, others in raw["loose_heads"].items()},
        "measure_heads": {fold(str(k)): fold(str(v)) for k, v in raw["measure_heads"].items()},
        "themes": tuple((year, theme) for year, theme in raw["themes"].items()),
    }
