"""The text that reminds who has not reported: polite, with what is missing, when it was due and a blank for where to send it.

Whose file arrived and can't be used is told that, and why, and not that nothing came.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard.desk.names import without_folders
from dashboard.desk.records import MissingUnit
from dashboard.format import long_day
from dashboard.records import Campaign, Lang
from dashboard.texts import choose, text


def reminder_text(lang: Lang, campaign: Campaign, missing: Sequence[MissingUnit], today: date) -> str:
    """The whole reminder to the missing units, of which there is at least one; names no person."""
    silent = [u for u in missing if not u.received_name]
    unusable = [u for u in missing if u.received_name]
    letters = [_nothing_came(lang, campaign, silent, today)] if silent else []
    letters += [_sent_again(lang, campaign, unusable, today)] if unusable else []
    return "\n\n".join(letters)


def _sent_again(lang: Lang, campaign: Campaign, units: Sequence[MissingUnit], today: date) -> str:
    """The letter that asks for another file, with the reason for each that came."""
    files = [
        text(
            lang, "desk.reminder.guessed.line" if u.is_guessed else "desk.reminder.unusable.line", unit=choose(lang, u.name_zh, u.name_en),
            file=without_folders(u.received_name), why=choose(lang, u.why_zh, u.why_en),
        )
        for u in units
    ]  # fmt: skip
    names = text(lang, "list.glue").join(choose(lang, u.name_zh, u.name_en) for u in units)
    form = choose(lang, units[0].form_zh, units[0].form_en)
    return "\n".join(
        (
            text(lang, "desk.reminder.to", names=names),
            text(
                lang, "desk.reminder.unusable", form=form, n=len(units),
                campaign=choose(lang, campaign.title_zh, campaign.title_en),
            ),
            *files,
            text(lang, "desk.reminder.unusable.end"),
            text(lang, "desk.reminder.sign", today=long_day(today, lang)),
        )
    )  # fmt: skip


def _nothing_came(lang: Lang, campaign: Campaign, missing: Sequence[MissingUnit], today: date) -> str:
    """The letter to those of whom nothing was received."""
    names = text(lang, "list.glue").join(choose(lang, u.name_zh, u.name_en) for u in missing)
    form = choose(lang, missing[0].form_zh, missing[0].form_en)
    due = campaign.table_due_on
    when = "no_due" if due is None else "late" if due < today else "ahead"
    words = text(
        lang, f"desk.reminder.{when}", campaign=choose(lang, campaign.title_zh, campaign.title_en), form=form,
        due=long_day(due, lang) if due else "", today=long_day(today, lang), n=len(missing),
        whom=text(lang, "desk.reminder.one" if len(missing) == 1 else "desk.reminder.many", n=len(missing)),
    )  # fmt: skip
    return "\n".join(
        (
            text(lang, "desk.reminder.to", names=names),
            words,
            text(lang, "desk.reminder.sign", today=long_day(today, lang)),
        )
    )
