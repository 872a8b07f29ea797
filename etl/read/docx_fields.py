"""Fields of a Word paragraph: only their result is shown. Form fields and EQ fields say their answer without a result."""

from __future__ import annotations

import re
from typing import Any

from etl.read.attribute import whole_number
from etl.read.docx_names import UNKNOWN, W, is_on

BEGIN, SEPARATE, END = "\ue003", "\ue004", "\ue005"  # stand for the field marks until the paragraph is whole
_FROM, _TO = "\ue006", "\ue007"  # around a field's instructions
ANY = re.compile(f"[{BEGIN}{END}{_FROM}]")
_INSTRUCTIONS = re.compile(f"{_FROM}([^{_TO}]*){_TO}")
_MARK = re.compile(f"([{BEGIN}{SEPARATE}{END}])")
MARKS = {"begin": BEGIN, "separate": SEPARATE, "end": END}


def field_mark(char: Any) -> str:
    """The text of a field mark: the state of an old form control, and the mark itself."""
    mark = MARKS.get(char.get(W + "fldCharType") or "", "")
    data = char.find(W + "ffData") if len(char) else None
    return mark if data is None else _control(data) + mark


def instructions(words: str) -> str:
    """Instructions of a field, marked as such."""
    return f"{_FROM}{words}{_TO}"


def shown(text: str) -> str:
    """The text of a paragraph with its fields replaced by what they show. A mark without its partner says nothing."""
    out: list[list[str]] = [[]]
    separated: list[bool] = []
    codes: list[str] = []
    for piece in _MARK.split(text):
        if piece == BEGIN:
            out.append([])
            separated.append(False)
            codes.append("")
        elif piece == SEPARATE and separated and not separated[-1]:
            codes[-1] = "".join(out[-1])
            out[-1] = []
            separated[-1] = True
        elif piece == END and separated:
            inner, before = "".join(out.pop()), codes.pop()
            # A field without a stored result is judged by its instructions.
            result = inner if separated.pop() else ""
            out[-1].append(result if result.strip() else _code(_INSTRUCTIONS.sub(r"\1", before or inner)) or result)
        elif piece not in (SEPARATE, END):
            out[-1].append(piece)
    # A field that goes on in the next paragraph: its result is text, its instructions are not.
    whole = "".join("".join(level) for n, level in enumerate(out) if n == 0 or separated[n - 1])
    return _INSTRUCTIONS.sub("", whole)


def _code(words: str) -> str:
    r"""EQ \o\ac(□,√) overlays a tick on a box; an EQ that draws a number is no plain number, nor is =800+400."""
    if words.strip().startswith("="):
        return "=" + "".join(re.findall(r"[\d.+*/\-]", words)) + UNKNOWN
    if not re.match(r"\s*EQ\s*\\", words, re.IGNORECASE):
        return ""
    if re.match(r"\s*EQ\s*\\\\?o", words, re.IGNORECASE):
        if re.search("[√✓✔☑]", words):
            return "☑"
        if re.search("[□☐]", words):
            return "□"
    drawn = "".join(re.findall(r"\d+", words))
    return f"{drawn}{UNKNOWN}" if drawn else ""


def _control(data: Any) -> str:
    box = data.find(W + "checkBox")
    if box is not None:
        return "☑" if (is_on(box, "checked") if box.find(W + "checked") is not None else is_on(box, "default")) else "□"
    choices = data.find(W + "ddList")
    if choices is None:
        return ""
    entries = [e.get(W + "val") or "" for e in choices.findall(W + "listEntry")]
    chosen = next((n.get(W + "val") for t in ("result", "default") if (n := choices.find(W + t)) is not None), "0")
    at = whole_number(chosen)
    return entries[at] if at < len(entries) else ""
