"""Two answers typed as one: （37场/4037人次）, 37场/4037人次, （37场）（4037人次）. Parted, so that each is read by itself."""

from __future__ import annotations

import re

_NUMBER = r"\d[\d,，.]*[万余]{0,2}"
_EVENTS = r"(?<![人条])(?:场次|场|次)"
_PEOPLE = r"人次?+"
_GAP = r"[ \u3000]*"
_NO_BLANK = rf"(?!{_GAP}[，,;；、]?{_GAP}(?:参[与加]|受众|人))"
# In one bracket; the printed unit may stand behind it. With a blank for the people behind it two answers stand in one's place.
_ONE_BRACKET = re.compile(
    rf"[(（]({_GAP}{_NUMBER}{_GAP}{_EVENTS}{_GAP})([/、，,;；]|)({_GAP}(?:参[与加])?{_GAP}{_NUMBER}{_GAP}{_PEOPLE}{_GAP})[)）]"
    rf"({_GAP}(?:场/次|场次|场|次)(?![\u4e00-\u9fff场次]))?+{_NO_BLANK}"
)
# A slash between two answers that have their units, in no bracket.
_SLASH = re.compile(
    rf"(?<=[场次)）])({_GAP})/(?={_GAP}(?:{_NUMBER}|[(（]{_GAP}{_NUMBER}{_GAP}[)）]){_GAP}{_PEOPLE}(?!{_GAP}[)）]))"
)
_BEHIND_EVENTS = re.compile(rf"\d[)）]?{_GAP}{_EVENTS}[)）]?$")
# A bracket with people right behind the events, and no blank of theirs behind it.
_TWO_BRACKETS = re.compile(
    rf"(?<=[场次)）])({_GAP}[/，,、]?{_GAP})[(（]({_GAP}{_NUMBER}{_GAP}{_PEOPLE})[)）]{_NO_BLANK}"
)
_UNIT_INSIDE = ("次）", "次)", "人）", "人)")


def part_joint(typed: str) -> str:
    """The typed text with joint answers parted by a comma, as long as it was; any other text as it is."""
    if "/" in typed:
        typed = _SLASH.sub(lambda m: _if_behind_events(m, f"{m.group(1)}，"), typed)
    if not any(end in typed for end in _UNIT_INSIDE):
        return typed
    typed = _ONE_BRACKET.sub(_part, typed)
    return _TWO_BRACKETS.sub(lambda m: _if_behind_events(m, f"{' ' * len(m.group(1))}，{m.group(2)} "), typed)


def _part(match: re.Match[str]) -> str:
    events, mark, people, unit = match.groups("")
    return f" {events}{'，' if mark else ''}{people} {' ' * len(unit)}"


def _if_behind_events(match: re.Match[str], parted: str) -> str:
    """What was parted where a number of events stands before it, else what stood there."""
    return parted if _BEHIND_EVENTS.search(match.string[max(0, match.start() - 12) : match.start()]) else match.group()
