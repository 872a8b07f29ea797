"""Numbers and missing marks in words, the Chinese or the English way. Rounds once, at display."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from dashboard.records import Lang

NOTHING: Final = "—"
MINUS: Final = "−"
# qualifier -> words in zh, en; {} is the number. A plus behind reads faster than a sign of inequality in front.
QUALIFIER_MARKS: Final[dict[str, tuple[str, str]]] = {
    "at_least": ("{}+", "{}+"),
    "at_most": ("≤{}", "≤{}"),
    "approx": ("约{}", "~{}"),
    "range": ("约{}", "~{}"),
}
# state -> mark in zh, en; each state keeps its own mark from the cell to the map.
STATE_MARKS: Final[dict[str, tuple[str, str]]] = {
    "not_reported": ("未报送", "not reported"),
    "not_filled": ("未填", "blank"),
    "no_value": ("未填", "blank"),
    "not_applicable": ("不适用", "n/a"),
    "pending": ("待报", "pending"),
    "unquantified": ("未计数", "not counted"),
    "see_attachment": ("见附件", "see annex"),
    "unreadable": ("无法识别", "unreadable"),
    "row_missing": ("缺行", "row missing"),
    "needs_ocr": ("待识别", "needs OCR"),
    "not_due": ("未到期", "not due"),
    "not_asked": ("本表不含", "not in form"),
    "formula_uncached": ("公式未算", "formula"),
    "ditto": ("同上", "ditto"),
    "conflict": ("前后不一", "conflict"),
}


def round_half_up(value: float, digits: int) -> Decimal:
    """Commercial rounding of the shortest decimal that prints as the value."""
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def trim(number: Decimal) -> str:
    """Thousands separators, no trailing zeros behind the point."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def plain(value: float | None, digits: int = 1) -> str:
    """The number in full with thousands separators; nothing is "—"."""
    return NOTHING if value is None else trim(round_half_up(value, digits)).replace("-", MINUS)


def compact(value: float | None, lang: Lang) -> str:
    """3.2万, 1.1亿, or 32k, 1.1M; below 10,000 in full. Nothing is "—"."""
    if value is None:
        return NOTHING
    steps = (("万", 1e4), ("亿", 1e8)) if lang == "zh" else (("k", 1e3), ("M", 1e6), ("B", 1e9))
    size = abs(value)
    if round_half_up(size, 1) < 10_000:
        return plain(value, 0 if size >= 100 else 1)
    text = ""
    for index, (suffix, unit) in enumerate(steps):
        shown = round_half_up(size / unit, 1 if size / unit < 1000 else 0)
        text = trim(shown) + suffix
        if index + 1 == len(steps) or shown < steps[index + 1][1] / unit:
            break
    return (MINUS if value < 0 else "") + text


def percent(value: float | None, digits: int = 1) -> str:
    """92.4%; nothing is "—". The value is in percent, not a share."""
    return NOTHING if value is None else f"{plain(value, digits)}%"


def signed(text: str, value: float) -> str:
    """The text with a plus before a rise; falls carry their minus already, no change has no sign."""
    return f"+{text}" if value > 0 and text.strip("0.%万亿k") else text


def signed_percent(value: float | None) -> str:
    """+12.3%, −4.1%, 0%; below 0.05 in size still with a sign of its direction."""
    if value is None:
        return NOTHING
    if value and abs(value) < 0.05:
        return "<+0.1%" if value > 0 else f">{MINUS}0.1%"
    return signed(percent(value), value)


def signed_compact(value: float | None, lang: Lang) -> str:
    """+2.1万, −8,489; nothing is "—"."""
    return NOTHING if value is None else signed(compact(value, lang), value)


def signed_points(value: float | None, lang: Lang) -> str:
    """+3.1 个百分点 / +3.1 percentage points."""
    if value is None:
        return NOTHING
    return signed(plain(value), value) + (" 个百分点" if lang == "zh" else " pp")


def qualified(text: str, qualifier: str, lang: Lang) -> str:
    """The number with its mark: 486.3万+, 约5万."""
    if text == NOTHING:
        return text
    marks = QUALIFIER_MARKS.get(qualifier)
    return text if marks is None else marks[0 if lang == "zh" else 1].format(text)


def state_mark(state: str, lang: Lang) -> str:
    """The word for a missing value; an unknown state is shown by its own name, never as zero."""
    marks = STATE_MARKS.get(state)
    return state if marks is None else marks[0 if lang == "zh" else 1]


def value_text(value: float | None, unit: str, lang: Lang) -> str:
    """A measure's value in short form, percent sign included when the unit is percent."""
    return percent(value) if unit == "%" else compact(value, lang)


def day(value: date | datetime | None) -> str:
    """2022-07-01; nothing is "—"."""
    return NOTHING if value is None else value.isoformat()[:10]


def inner_quotes(text: str, lang: Lang) -> str:
    """A name that is to stand in quotation marks: its own become single ones."""
    return text.replace("“", "‘").replace("”", "’") if lang == "zh" else text
