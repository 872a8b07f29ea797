"""Fields of a Word paragraph: only their result is shown. Form fields and EQ fields say their answer without a result.

A field that would show something and has no stored result stands in its blank as its code in ⟨⟩; elsewhere it is only named.
"""

from __future__ import annotations

import re
from typing import Any

from etl.read.attribute import whole_number
from etl.read.docx_names import CIRCLE, UNKNOWN, W, is_on

BEGIN, SEPARATE, END = "\ue003", "\ue004", "\ue005"  # stand for the field marks until the paragraph is whole
_LONGEST_CODE = 40
_FROM, _TO = "\ue006", "\ue007"  # around a field's instructions
SIGNS = f"{BEGIN}{END}{_FROM}"
ANY = re.compile(f"[{SIGNS}]")
_INSTRUCTIONS = re.compile(f"{_FROM}([^{_TO}]*){_TO}")
_MARK = re.compile(f"([{BEGIN}{SEPARATE}{END}])")
_UNTOLD, _TOLD = "\ue00b", "\ue00c"  # around the code of a field without a result
_GAP = "[\\s_\ue001\ue002]*"  # white space and the marks of underlining
_IN_BLANK = re.compile(f"([（(【\\[_\ue001]{_GAP}){_UNTOLD}([^{_TOLD}]*){_TOLD}(?={_GAP}[)）】\\]_\ue002])")
_ALONE = re.compile(rf"^\s*{_UNTOLD}((?!AUTONUM|LISTNUM|PAGE)[^{_TOLD}]*){_TOLD}\s*$", re.IGNORECASE)
_ELSEWHERE = re.compile(f"{_UNTOLD}([^{_TOLD}]*){_TOLD}")
_BRACKETS = str.maketrans("()（）", "⟨⟩⟨⟩")
# Fields that show nothing, or that a program numbers paragraphs and pages by; and one that waits to be filled in.
_SILENT = frozenset(
    [
        "ADVANCE",
        "ASK",
        "FORMTEXT",
        "FORMCHECKBOX",
        "FORMDROPDOWN",
        "GOTOBUTTON",
        "HYPERLINK",
        "MACROBUTTON",
        "PRIVATE",
        "RD",
        "SET",
        "TA",
        "TC",
        "TOC",
        "XE",
    ]
)
_NUMBERING = frozenset(
    ["AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "LISTNUM", "PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES"]
)
MARKS = {"begin": BEGIN, "separate": SEPARATE, "end": END}


def field_mark(char: Any) -> str:
    """The text of a field mark: the state of an old form control, and the mark itself."""
    mark = MARKS.get(char.get(W + "fldCharType") or "", "")
    data = char.find(W + "ffData") if len(char) else None
    return mark if data is None else _control(data) + mark


def instructions(words: str) -> str:
    """Instructions of a field, marked as such."""
    return f"{_FROM}{words}{_TO}"


def shown(text: str, untold: list[str]) -> str:
    """The text of a paragraph with its fields replaced by what they show. A mark without its partner says nothing.

    The codes of fields that say nothing anywhere are added to `untold`.
    """
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
    whole = _INSTRUCTIONS.sub("", whole)
    if _UNTOLD in whole:
        whole = _ALONE.sub(rf"⟨\1⟩{UNKNOWN}", _IN_BLANK.sub(rf"\1⟨\2⟩{UNKNOWN}", whole))
        untold += [code for code in _ELSEWHERE.findall(whole) if code.split()[0].upper() not in _NUMBERING]
        whole = _ELSEWHERE.sub("", whole)
    return whole


def _code(words: str) -> str:
    r"""EQ \o\ac(□,√) overlays a tick on a box; an EQ that draws a number is no plain number. Of any other field its code."""
    if not re.match(r"\s*EQ\s*\\", words, re.IGNORECASE):
        code = " ".join(re.sub(r"\\.*|[\ue000-\uf8ff]", "", words, flags=re.DOTALL).split())
        name = code.split(" ")[0].upper()
        is_shown = name.startswith("=") or (name.isalpha() and name not in _SILENT)
        # Brackets of its own would close the blank's.
        return f"{_UNTOLD}{code[:_LONGEST_CODE].translate(_BRACKETS)}{_TOLD}" if is_shown else ""
    if re.match(r"\s*EQ\s*\\\\?o", words, re.IGNORECASE):
        if re.search("[√✓✔☑]", words):
            return "☑"
        if re.search("[□☐]", words):
            return "□"
        if letters := re.search(r"\(\s*[○◯〇]\s*[,，]\s*([\u4e00-\u9fff])\s*\)", words):
            # A letter with a circle round it, as a clerk marks the word that holds.
            return f"{letters.group(1)}{CIRCLE}"
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
