"""The text of a Word paragraph as its reader sees it: runs, ticks, controls, fields.

What is struck through or hidden is no answer and is left out (and remarked); a raised digit is a note mark, not part of the
number, and is kept apart by ^ so that it can't be read into it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from etl.read.docx_fields import ANY, BEGIN, END, SEPARATE, SIGNS, field_mark, instructions, shown
from etl.read.docx_names import BOX, MC, OBJECTS, PICTURES, SKIP, TBL, UNKNOWN, W14, M, R, T, W, branch
from etl.read.docx_styles import Style, Styles, is_stressed, style_of

_BREAKS = {
    W + "br": "\n",
    W + "cr": "\n",
    W + "tab": " ",
    W + "ptab": " ",
    W + "noBreakHyphen": "-",
    W + "softHyphen": "",
}
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
    # Circled digits, plain and on black.
    **dict(zip(range(0x80, 0x8B), "⓪①②③④⑤⑥⑦⑧⑨⑩", strict=True)),
    **dict(zip(range(0x8B, 0x96), "⓪①②③④⑤⑥⑦⑧⑨⑩", strict=True)),
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
_DIGITS = re.compile(r"\d+")
_OPEN, _CLOSE = "\ue001", "\ue002"  # around underlined blanks, until the paragraph is whole
_STRESS = "\ue00a"  # behind 是 or 否 that stands out, until the paragraph is whole
_LOOK = W + "rPr"
_SILENT = SKIP | {W + x for x in ("bookmarkStart", "bookmarkEnd", "proofErr")}
_OPTIONS = re.compile(f"(是{_STRESS}?)[^是否]{{0,8}}(否{_STRESS}?)")
_BOXES = " □☐▢○\u3000"
_PICTURE = "\ue008"  # stands for a picture, an object or an ornament until the paragraph is whole
_MEANINGFUL = re.compile(f"[是否{_OPEN}{_CLOSE}{_STRESS}{_PICTURE}{SIGNS}]")
_PICTURE_ANSWER = re.compile(
    f"(?<=[（(【\\[])[\\s_{_OPEN}{_CLOSE}]*{_PICTURE}[\\s_{_PICTURE}{_OPEN}{_CLOSE}]*(?=[)）】\\]])"
)
_PICTURE_INSIDE = re.compile(f"(?<=\\d){_PICTURE}+(?=\\d)")
_BLANK_FILL = re.compile(r"[\s\d０-９,，.．万亿千百十余多约近一二三四五六七八九零〇两/—\-+]{0,20}")
_UNDERLINED = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]*){_CLOSE}")
_SYMBOL_FONT = {0xD6: "√", 0xB4: "×", **{code: chr(code) for code in range(0x30, 0x3A)}}
_PLAIN_MATH = frozenset({M + "r", M + "t", M + "rPr", M + "ctrlPr", M + "sty", M + "oMath", M + "nor"})


@dataclass
class LeftOut:
    """What a reader of the paper would not count: struck-through and hidden text, as typed."""

    struck: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)  # places of cells with a picture beside an empty blank
    chunks: list[tuple[str, str]] = field(default_factory=list)  # (rule, words) of documents that were to be put in
    untold: list[str] = field(default_factory=list)  # codes of fields without a stored result


def paragraph_text(paragraph: Any, left_out: LeftOut, cell_text: Any, styles: Styles) -> str:
    """The text of a paragraph; `cell_text` reads the cells of a table inside it."""
    plain = _plain_text(paragraph) if styles.are_plain else None
    if plain is not None:
        return plain
    parts: list[str] = []
    _Collector(left_out, cell_text, styles).collect(paragraph, parts)
    text = "".join(parts)
    if ANY.search(text):
        text = shown(text, left_out.untold)
    if _PICTURE in text:
        # A picture is an answer that can't be read where nothing else stands in the brackets or digits around it, else a seal or an
        # ornament.
        text = _PICTURE_INSIDE.sub(UNKNOWN, _PICTURE_ANSWER.sub(UNKNOWN, text)).replace(_PICTURE, "")
    if _STRESS in text:
        # 是 or 否 that stands out beside the other one may be the choice; both alike are print.
        text = _OPTIONS.sub(_stressed, text).replace(_STRESS, "")
    if _OPEN in text:
        # A number split over several underlined runs is one blank.
        text = _UNDERLINED.sub(_underlined, text.replace(_CLOSE + _OPEN, ""))
    return text


def _plain_text(paragraph: Any) -> str | None:
    """The text of a paragraph of runs of text alone, as most are; None where it holds anything else, or 是 or 否, whose looks matter."""
    parts = []
    for child in paragraph:
        if child.tag == R:
            for node in child:
                if node.tag == T:
                    parts.append(node.text or "")
                elif node.tag != _LOOK:
                    return None
        elif child.tag not in _SILENT:
            return None
    text = "".join(parts)
    return None if _MEANINGFUL.search(text) else text


def _stressed(match: re.Match[str]) -> str:
    is_one = (_STRESS in match.group(1)) != (_STRESS in match.group(2))
    return match.group().replace(_STRESS, UNKNOWN) if is_one else match.group()


def _underlined(match: re.Match[str]) -> str:
    """A blank between underscores; digits that go on outside the line are one number, not two."""
    before, inner = match.string[match.start() - 1 : match.start()], match.group(1)
    after = match.string[match.end() : match.end() + 1]
    if (before.isdigit() and inner[:1].isdigit()) or (after.isdigit() and inner[-1:].isdigit()):
        return inner
    return f"_{inner}_"


class _Collector:
    """Walks one paragraph; what it leaves out is noted in `left_out`."""

    def __init__(self, left_out: LeftOut, cell_text: Any, styles: Styles) -> None:
        self.left_out = left_out
        self.cell_text = cell_text
        self.styles = styles

    def collect(self, node: Any, parts: list[str]) -> None:
        for child in node:
            tag = child.tag
            if tag == R:
                self.run(child, parts)
            elif isinstance(tag, str) and tag not in SKIP:
                self.other(child, tag, parts)

    def other(self, child: Any, tag: str, parts: list[str]) -> None:
        """Whatever stands in a paragraph beside plain runs."""
        if tag == T:
            parts.append(child.text or "")
        elif tag == W + "sdt":
            self.control(child, parts)
        elif tag == W + "fldSimple":
            parts.append(BEGIN + instructions(child.get(W + "instr") or ""))
            if len(child):
                parts.append(SEPARATE)
                self.collect(child, parts)
            parts.append(END)
        elif tag == TBL:
            if not any(a.tag == BOX for a in child.iterancestors()):
                parts.append(self.cell_text(child))
        elif tag == MC + "AlternateContent":
            chosen = branch(child)
            if chosen is not None:
                self.collect(chosen, parts)
        elif tag in PICTURES or tag in OBJECTS:
            parts.append(_PICTURE)
        elif tag == M + "oMath":
            parts.append(_formula(child))
        elif tag == W + "bdo" and child.get(W + "val") == "rtl":
            # Shown from right to left: 21 is seen as 12.
            self.collect(child, parts)
            parts.append(UNKNOWN)
        else:
            # A text box inside the paragraph, a link, a smart tag.
            self.collect(child, parts)

    def control(self, control: Any, parts: list[str]) -> None:
        """A content control: a check box says its state, a placeholder says nothing, anything else its content."""
        properties = control.find(W + "sdtPr")
        inner: list[str] = []
        content = control.find(W + "sdtContent")
        if content is not None:
            self.collect(content, inner)
        if properties is not None:
            box = properties.find(W14 + "checkbox")
            if box is not None:
                checked = box.find(W14 + "checked")
                on = checked is not None and checked.get(W14 + "val", "1") in ("1", "true", "on")
                parts.append("☑" if on else "□")
                return
            if properties.find(W + "showingPlcHdr") is not None:
                # A number that is said to be the prompt may be the answer of a careless program.
                said = "".join(inner).strip()
                parts.append(f"{said}{UNKNOWN}" if said.isdigit() else " ")
                return
        parts += inner

    def run(self, run: Any, parts: list[str]) -> None:
        style = style_of(run, self.styles)
        text = self.run_text(run, style)
        if style.is_struck or style.is_hidden:
            if text.strip(" _\u3000"):
                (self.left_out.struck if style.is_struck else self.left_out.hidden).append(text.strip())
            # A struck tick or word leaves its place, so that the options beside it don't shift. An option struck with its
            # box leaves the other one's box as it was: no answer yet.
            is_boxed = text.strip(_BOXES) in ("是", "否") and text.strip() not in ("是", "否")
            parts.append(UNKNOWN if is_boxed else " " if text else "")
            return
        if style.is_unseen:
            text = _DIGITS.sub(lambda m: m.group() + UNKNOWN, text)
        if style.is_raised and text.strip()[:1].isdigit():
            text = f"^{text}"
        elif style.is_underlined and text:
            word = text.strip()
            if _BLANK_FILL.fullmatch(text):
                text = f"{_OPEN}{text}{_CLOSE}"
            elif word in ("是", "否"):
                text = text.replace(word, f"√{word}")
        if text.strip(_BOXES) in ("是", "否") and is_stressed(run):
            text += _STRESS
        parts.append(text)

    def run_text(self, run: Any, style: Style) -> str:
        pieces: list[str] = []
        for child in run:
            tag = child.tag
            if tag == T:
                text = child.text or ""
                pieces.append(_in_symbols(run, text) if style.is_symbolic else text)
            elif tag in _BREAKS:
                pieces.append(_BREAKS[tag])
            elif tag == W + "sym":
                pieces.append(_symbol(child))
            elif tag == W + "instrText":
                pieces.append(instructions(child.text or ""))
            elif tag == W + "fldChar":
                pieces.append(field_mark(child))
            elif isinstance(tag, str) and tag not in SKIP:
                self.other(child, tag, pieces)
        return "".join(pieces)


def _in_symbols(run: Any, text: str) -> str:
    """Text in a font of symbols: its ticks as such; a digit is seen as a folder or a clock there, and is no number."""
    fonts = run.find(f"{W}rPr/{W}rFonts")
    name = (fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or "").lower() if fonts is not None else ""
    said = text if "webdings" in name else text.translate(_WINGDINGS_LETTERS)
    is_seen = "wingdings" not in name and "webdings" not in name
    return said if is_seen else _DIGITS.sub(lambda m: m.group() + UNKNOWN, said)


def _formula(formula: Any) -> str:
    """A number typed into the equation editor; a power or a fraction is no plain number."""
    text = "".join(t.text or "" for t in formula.iter(M + "t"))
    return text if all(n.tag in _PLAIN_MATH or not str(n.tag).startswith(M) for n in formula.iter()) else text + UNKNOWN


def _symbol(node: Any) -> str:
    code = node.get(W + "char") or ""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    font = (node.get(W + "font") or "").lower()
    if "wingdings" in font:
        # An ornament says nothing beside words, and something that can't be read where it is all there is.
        return _SYMBOLS.get(number & 0xFF, _PICTURE)
    if font == "symbol":
        return _SYMBOL_FONT.get(number & 0xFF, "")
    if 0xF021 <= number <= 0xF07E and "webdings" not in font:
        # A text font keeps its own letters there.
        number &= 0xFF
    return chr(number) if 0x20 <= number < 0xD800 or 0xF900 <= number <= 0xFFEE else UNKNOWN
