"""Names of WordprocessingML, and what many modules ask of a property."""

from __future__ import annotations

from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
P, R, T, TBL, TR, TC = (W + x for x in ("p", "r", "t", "tbl", "tr", "tc"))
BOX = W + "txbxContent"
UNKNOWN = "\ufffd"  # a sign nobody here knows: it makes a number unreadable instead of vanishing
CIRCLE = "\u20dd"  # a circle round the letter before it
_LEFT = "del moveFrom rPr pPr delText delInstrText tblPr tblGrid trPr tcPr sdtPr sdtEndPr sectPr rt rubyPr"
SKIP = frozenset({W + x for x in _LEFT.split()} | {MC + "Fallback"})


def is_on(properties: Any, name: str) -> bool:
    """Whether a switch stands among the properties and is not switched off."""
    node = properties.find(W + name)
    return node is not None and node.get(W + "val", "1") not in ("0", "false", "off", "none")


def branch(alternatives: Any) -> Any:
    """Of mc:AlternateContent the branch that holds text: the first choice, else the fallback."""
    branches = [*alternatives.findall(MC + "Choice"), *alternatives.findall(MC + "Fallback")]
    return next((b for b in branches if next(b.iter(T), None) is not None), None)


# What is seen and has no text here: handwriting, charts, SmartArt, old WordArt, controls.
OBJECTS = frozenset(
    {
        W + "contentPart",
        W14 + "contentPart",
        W + "control",
        "{urn:schemas-microsoft-com:vml}textpath",
        "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
        "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds",
    }
)
PICTURES = ("{http://schemas.openxmlformats.org/drawingml/2006/main}blip", "{urn:schemas-microsoft-com:vml}imagedata")
