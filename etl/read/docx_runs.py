"""The text of a Word paragraph as its reader sees it: runs, ticks, controls, fields.

What is struck through or hidden is no answer and is left out (and remarked); a raised digit is a note mark, not part of the
number, and is kept apart by ^ so that it can't be read into it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_VAL = _W + "val"
P, R, T, TBL, TR, TC = (_W + x for x in ("p", "r", "t", "tbl", "tr", "tc"))
_BREAKS = {
    _W + "br": "\n",
    _W + "cr": "\n",
    _W + "tab": " ",
    _W + "ptab": " ",
    _W + "noBreakHyphen": "-",
    _W + "softHyphen": "",
}
SKIP = frozenset(
    {
        _W + x
        for x in (
            "del",
            "moveFrom",
            "rPr",
            "pPr",
            "instrText",
            "delText",
            "delInstrText",
            "tblPr",
            "tblGrid",
            "trPr",
            "tcPr",
            "sdtPr",
            "sdtEndPr",
            "sectPr",
            "fldChar",
        )
    }
    | {_MC + "Fallback"}
)
_SYMBOLS = {
    0x52: "☑",
    0x53: "☑",
    0x54: "☑",
    0xFE: "☑",
    0xFD: "☒",
    0xFC: "√",
    0xFB: "×",
    0xA8: "□",
    0x6F: "□",
    0x71: "□",
    0x72: "□",
    0x50: "√",
    0xA3: "□",
    0x30: "□",
}
_WINGDINGS_LETTERS = str.maketrans(
    {
        "þ": "☑",
        "R": "☑",
        "S": "☑",
        "T": "☑",
        "ý": "☒",
        "ü": "√",
        "û": "×",
        "¨": "□",
        "o": "□",
        "q": "□",
        "£": "□",
        "P": "√",
    }
)
_OPEN, _CLOSE = "\ue001", "\ue002"  # around underlined blanks, until the paragraph is whole
_BLANK_FILL = re.compile(r"[\s\d０-９,，.．万亿千百十余多约近一二三四五六七八九零〇两/—\-+]{0,20}")
_FIELD_OPEN, _FIELD_CLOSE = "\ue003", "\ue004"  # around the instructions of a field
_FIELD = re.compile(f"{_FIELD_OPEN}(.*?){_FIELD_CLOSE}", re.DOTALL)
_SYMBOL_FONT = {0xD6: "√", 0xB4: "×"}
UNKNOWN = "\ufffd"  # a sign nobody here knows: it makes a number unreadable instead of vanishing


@dataclass
class LeftOut:
    """What a reader of the paper would not count: struck-through and hidden text, as typed."""

    struck: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)


def paragraph_text(paragraph: Any, left_out: LeftOut, cell_text: Any) -> str:
    """The text of a paragraph; `cell_text` reads the cells of a table inside it."""
    parts: list[str] = []
    _Collector(left_out, cell_text).collect(paragraph, parts)
    text = "".join(parts)
    if _FIELD_OPEN in text:
        text = _FIELD.sub(_field_tick, text.replace(_FIELD_CLOSE + _FIELD_OPEN, ""))
    if _OPEN in text:
        # A number split over several underlined runs is one blank.
        text = text.replace(_CLOSE + _OPEN, "").replace(_OPEN, "_").replace(_CLOSE, "_")
    return text


def _field_tick(match: re.Match[str]) -> str:
    """EQ \\o\\ac(□,√) overlays a tick on a box; other fields show their result, which is read as text."""
    words = match.group(1)
    if not re.match(r"\s*EQ\s*\\\\?o", words, re.IGNORECASE):
        return ""
    return "☑" if re.search("[√✓✔☑]", words) else "□" if re.search("[□☐]", words) else ""


class _Collector:
    """Walks one paragraph; what it leaves out is noted in `left_out`."""

    def __init__(self, left_out: LeftOut, cell_text: Any) -> None:
        self.left_out = left_out
        self.cell_text = cell_text

    def collect(self, node: Any, parts: list[str]) -> None:
        for child in node:
            tag = child.tag
            if tag == R:
                self.run(child, parts)
            elif tag == _W + "sdt":
                self.control(child, parts)
            elif tag == _W + "fldSimple":
                parts.append(f"{_FIELD_OPEN}{child.get(_W + 'instr') or ''}{_FIELD_CLOSE}")
                self.collect(child, parts)
            elif tag == P:
                # A text box inside the paragraph.
                self.collect(child, parts)
            elif tag == TBL:
                if not any(a.tag == _W + "txbxContent" for a in child.iterancestors()):
                    parts.append(self.cell_text(child))
            elif isinstance(tag, str) and tag not in SKIP:
                self.collect(child, parts)

    def control(self, control: Any, parts: list[str]) -> None:
        """A content control: a check box says its state, a placeholder says nothing, anything else its content."""
        properties = control.find(_W + "sdtPr")
        if properties is not None:
            box = properties.find(_W14 + "checkbox")
            if box is not None:
                checked = box.find(_W14 + "checked")
                on = checked is not None and checked.get(_W14 + "val", "1") in ("1", "true", "on")
                parts.append("☑" if on else "□")
                return
            if properties.find(_W + "showingPlcHdr") is not None:
                parts.append(" ")
                return
        content = control.find(_W + "sdtContent")
        if content is not None:
            self.collect(content, parts)

    def run(self, run: Any, parts: list[str]) -> None:
        style = _style(run.find(_W + "rPr"))
        text = self.run_text(run, style)
        if style.is_struck or style.is_hidden:
            if text.strip(" _\u3000"):
                (self.left_out.struck if style.is_struck else self.left_out.hidden).append(text.strip())
            # A struck tick or word leaves its place, so that the options beside it don't shift.
            parts.append(" " if text else "")
            return
        if style.is_raised and text.strip().isdigit():
            text = f"^{text}"
        elif style.is_underlined and text:
            word = text.strip()
            if _BLANK_FILL.fullmatch(text):
                text = f"{_OPEN}{text}{_CLOSE}"
            elif word in ("是", "否"):
                text = text.replace(word, f"√{word}")
        parts.append(text)

    def run_text(self, run: Any, style: _Style) -> str:
        pieces: list[str] = []
        for child in run:
            tag = child.tag
            if tag == T:
                text = child.text or ""
                pieces.append(text.translate(_WINGDINGS_LETTERS) if style.is_symbolic else text)
            elif tag in _BREAKS:
                pieces.append(_BREAKS[tag])
            elif tag == _W + "sym":
                pieces.append(_symbol(child))
            elif tag == _W + "instrText":
                pieces.append(f"{_FIELD_OPEN}{child.text or ''}{_FIELD_CLOSE}")
            elif tag == _W + "fldChar":
                pieces.append(_legacy_box(child))
            elif isinstance(tag, str) and tag not in SKIP:
                self.collect(child, pieces)
        return "".join(pieces)


@dataclass(frozen=True)
class _Style:
    """What the look of a run says about its text."""

    is_underlined: bool = False
    is_symbolic: bool = False
    is_struck: bool = False
    is_hidden: bool = False
    is_raised: bool = False


_PLAIN_STYLE = _Style()


def _style(properties: Any) -> _Style:
    if properties is None:
        return _PLAIN_STYLE
    # One walk over the few properties: this is asked of every run of every form.
    says = {look: True for node in properties if (look := _LOOKS.get(node.tag)) and _shows(look, node)}
    return _Style(**says) if says else _PLAIN_STYLE


_LOOKS = {
    _W + "u": "is_underlined",
    _W + "rFonts": "is_symbolic",
    _W + "strike": "is_struck",
    _W + "dstrike": "is_struck",
    _W + "vanish": "is_hidden",
    _W + "vertAlign": "is_raised",
}


def _shows(look: str, node: Any) -> bool:
    """Whether a run's property says this of its text."""
    if look == "is_symbolic":
        return "wingdings" in "|".join(node.values()).lower()
    if look == "is_underlined":
        return bool(node.get(_VAL, "single") != "none")
    if look == "is_raised":
        return node.get(_VAL) in ("superscript", "subscript")
    return _is_set(node)


def _is_set(node: Any) -> bool:
    return node.get(_VAL, "1") not in ("0", "false", "off", "none")


def _is_on(properties: Any, name: str) -> bool:
    node = properties.find(_W + name)
    return node is not None and _is_set(node)


def _legacy_box(char: Any) -> str:
    """The state of a check box of the old form controls; '' for any other field mark."""
    box = char.find(f"{_W}ffData/{_W}checkBox")
    if box is None:
        return ""
    return "☑" if (_is_on(box, "checked") if box.find(_W + "checked") is not None else _is_on(box, "default")) else "□"


def _symbol(node: Any) -> str:
    code = node.get(_W + "char") or ""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    font = (node.get(_W + "font") or "").lower()
    if "wingdings" in font:
        return _SYMBOLS.get(number & 0xFF, "")
    if font == "symbol":
        return _SYMBOL_FONT.get(number & 0xFF, "")
    return chr(number) if 0x20 <= number < 0xD800 else UNKNOWN
