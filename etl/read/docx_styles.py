"""How the text of a run looks, by its own properties and by its style: struck, hidden, raised, underlined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from etl.guard import Package
from etl.read.docx_names import TC, W, is_on

_RAISED_HALF_POINTS = 6  # a note mark that was lifted by hand


@dataclass(frozen=True)
class Style:
    """What the look of a run says about its text."""

    is_underlined: bool = False
    is_symbolic: bool = False
    is_struck: bool = False
    is_hidden: bool = False
    is_raised: bool = False


PLAIN = Style()
Styles = Mapping[str, tuple[bool, bool]]


def read_styles(package: Package, folder: str) -> Styles:
    """(struck, hidden) of each named style that says either; most files have none."""
    name = f"{folder}styles.xml"
    data = package.read(name) if package.has(name) else b""
    if b"strike" not in data and b"vanish" not in data:
        return {}
    nodes = {str(s.get(W + "styleId")): s for s in package.xml(name).iter(W + "style")}
    found = {i: (_said(i, nodes, ("strike", "dstrike")), _said(i, nodes, ("vanish",))) for i in nodes}
    return {i: looks for i, looks in found.items() if any(looks)}


def _said(style_id: str, nodes: Mapping[str, Any], switches: tuple[str, ...]) -> bool:
    """Whether a style, or the nearest one it is based on that says anything, has one of the switches on."""
    for _ in range(20):
        node = nodes.get(style_id)
        if node is None:
            return False
        look = node.find(W + "rPr")
        if look is not None and any(look.find(W + s) is not None for s in switches):
            return any(is_on(look, s) for s in switches)
        base = node.find(W + "basedOn")
        style_id = str(base.get(W + "val")) if base is not None else ""
    return False


def style_of(run: Any, styles: Styles) -> Style:
    """The look of a run."""
    look = run.find(W + "rPr")
    if look is None:
        return PLAIN
    line, fonts, raised = look.find(W + "u"), look.find(W + "rFonts"), look.find(W + "vertAlign")
    named = look.find(W + "rStyle") if styles else None
    struck, hidden = styles.get(str(named.get(W + "val")), (False, False)) if named is not None else (False, False)
    return Style(
        is_underlined=line is not None and line.get(W + "val", "single") != "none",
        is_symbolic=fonts is not None and any("wingdings" in str(v).lower() for v in fonts.attrib.values()),
        is_struck=_switch(look, "strike", struck) or is_on(look, "dstrike"),
        is_hidden=_switch(look, "vanish", hidden) or _is_white_on_white(run, look),
        is_raised=(raised is not None and raised.get(W + "val") in ("superscript", "subscript")) or _is_lifted(look),
    )


def _switch(look: Any, name: str, otherwise: bool) -> bool:
    return is_on(look, name) if look.find(W + name) is not None else otherwise


def _is_lifted(look: Any) -> bool:
    position = look.find(W + "position")
    text = position.get(W + "val", "0") if position is not None else "0"
    return text.isdigit() and int(text) >= _RAISED_HALF_POINTS


def _is_white_on_white(run: Any, look: Any) -> bool:
    """White text without a ground of another colour under it: nobody sees it on paper."""
    color = look.find(W + "color")
    if color is None or str(color.get(W + "val")).upper() != "FFFFFF":
        return False
    grounds = [look.find(W + "shd"), look.find(W + "highlight")]
    grounds += [c.find(f"{W}tcPr/{W}shd") for c in run.iterancestors(TC)]
    return not any(g is not None and str(g.get(W + "fill", "x")).lower() not in ("auto", "ffffff") for g in grounds)
