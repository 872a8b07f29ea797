"""The text that asks a district to confirm what counts otherwise than it first sent: blank by blank, old, new, where and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from dashboard.desk.names import typed_words, without_folders
from dashboard.desk.records import Correction
from dashboard.format import long_day, place_words, read_number
from dashboard.records import Lang
from dashboard.texts import choose, has_text, text


def correction_note(lang: Lang, campaign: str, file_name: str, rows: Sequence[Correction], today: date) -> str:
    """One letter a unit, in the order of the rows, of which there is at least one; names no person."""
    return "\n\n".join(
        _letter(lang, campaign, file_name, list(own), today) for _, own in groupby(rows, key=lambda r: r.unit_zh)
    )


def _letter(lang: Lang, campaign: str, file_name: str, rows: Sequence[Correction], today: date) -> str:
    unit = choose(lang, rows[0].unit_zh, rows[0].unit_en)
    return "\n".join(
        (
            text(lang, "desk.reminder.to", names=unit),
            text(lang, "desk.confirm.intro", campaign=campaign, file=without_folders(file_name), n=len(rows)),
            *(_line(lang, n, row) for n, row in enumerate(rows, start=1)),
            text(lang, "desk.reminder.sign", today=long_day(today, lang)),
        )
    )


def _line(lang: Lang, number: int, row: Correction) -> str:
    """Name of the blank, what stood there, what counts, the place, and why."""
    if row.older_name:
        why = text(lang, "desk.confirm.resent", name=without_folders(row.older_name))
    else:
        why = row.reason or text(
            lang, "desk.reason.accepted" if row.decided_kind == "accept" else "desk.confirm.no_reason"
        )
    key = "desk.confirm.line" if row.old_raw else "desk.confirm.first"
    return text(
        lang, key, n=number, label=choose(lang, row.label_zh, row.label_en), old=typed_words(row.old_raw, row.place), new=_value(lang, row),
        place=place_words(row.place, lang), reason=why,
    )  # fmt: skip


def _value(lang: Lang, row: Correction) -> str:
    """What counts, as the pages write it."""
    if row.kind == "flag" and row.value is not None:
        return text(lang, "desk.yes" if row.value else "desk.no")
    if row.value is not None:
        return read_number(row.value, row.qualifier, row.place, lang)
    key = f"desk.state.{row.state}"
    return row.text or (text(lang, key) if has_text(key) else row.state)
