"""How the text of a run looks, by its own properties and by its style: struck, hidden, raised, underlined."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import Any

from etl.guard.package import Package
from etl.read.attribute import whole_number
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
_RPR = W + "rPr"
_VAL = W + "val"
_LOOKS = {
    W + "u": "is_underlined",
    W + "rFonts": "is_symbolic",
    W + "strike": "is_struck",
    W + "dstrike": "is_struck",
    W + "vanish": "is_hidden",
    W + "vertAlign": "is_raised",
    W + "position": "is_lifted",
    W + "color": "is_white",
}
_FONTS = W + "rFonts"  # on every run, and of matter only where it is Wingdings
RARE_LOOKS = tuple(tag for tag in _LOOKS if tag != _FONTS)


@dataclass(frozen=True)
class Styles:
    """Where a run's look is told: (struck, hidden) by named style, and the properties to look at."""

    named: Mapping[str, tuple[bool, bool]] = field(default_factory=dict)
    looks: Mapping[str, str] = field(default_factory=lambda: _LOOKS)


def looks_of(data: bytes, used: Container[str]) -> Mapping[str, str]:
    """The properties worth looking at: those of `RARE_LOOKS` that are used in a part, and fonts where its bytes name Wingdings.

    Every run of every form is asked, and few files use any.
    """
    has_letters = data.lstrip(b"\xef\xbb\xbf").startswith(b"<") and b"&#" not in data and b"\0" not in data
    is_symbolic = not has_letters or b"wingdings" in data.lower()
    return {tag: look for tag, look in _LOOKS.items() if (is_symbolic if tag == _FONTS else tag in used)}


def read_styles(package: Package, folder: str) -> Mapping[str, tuple[bool, bool]]:
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
    if not styles.looks and not styles.named:
        return PLAIN
    look = next(run.iterchildren(_RPR), None)
    if look is None:
        return PLAIN
    # One walk over the few properties: this is asked of every run of every form.
    says = {name: True for node in look if (name := styles.looks.get(node.tag)) and _shows(name, node)}
    named = look.find(W + "rStyle") if styles.named else None
    if named is not None:
        # What the style says holds unless the run itself says otherwise.
        struck, hidden = styles.named.get(str(named.get(_VAL)), (False, False))
        says |= {"is_struck": True} if struck and look.find(W + "strike") is None else {}
        says |= {"is_hidden": True} if hidden and look.find(W + "vanish") is None else {}
    if not says:
        return PLAIN
    if says.pop("is_white", False) and _is_white_on_white(run, look):
        says["is_hidden"] = True
    if says.pop("is_lifted", False):
        says["is_raised"] = True
    return Style(**says)


def _shows(name: str, node: Any) -> bool:
    """Whether a run's property says this of its text."""
    if name == "is_symbolic":
        return "wingdings" in "|".join(node.values()).lower()
    value = node.get(_VAL)
    if name == "is_underlined":
        return bool((value or "single") != "none")
    if name == "is_raised":
        return value in ("superscript", "subscript")
    if name == "is_lifted":
        return whole_number(value, 0) >= _RAISED_HALF_POINTS
    if name == "is_white":
        return bool(value) and value.upper() == "FFFFFF"
    return (value or "1") not in ("0", "false", "off", "none")


_STRESS = {"highlight": ("none", "white"), "color": ("auto", "000000"), "bdr": ("none", "nil")}


def is_stressed(run: Any) -> bool:
    """Whether a run stands out: marked, coloured, bordered, on a ground or bold. Asked of a lone 是 or 否 only."""
    look = run.find(W + "rPr")
    if look is None:
        return False
    stands_out = any(
        (node := look.find(W + name)) is not None and str(node.get(_VAL, plain[0])).lower() not in plain
        for name, plain in _STRESS.items()
    )
    ground = look.find(W + "shd")
    is_grounded = ground is not None and str(ground.get(W + "fill", "auto")).lower() not in ("auto", "ffffff")
    return stands_out or is_grounded or is_on(look, "b")


def _is_white_on_white(run: Any, look: Any) -> bool:
    """White text without a ground of another colour under it: nobody sees it on paper."""
    grounds = [look.find(W + "shd"), look.find(W + "highlight")]
    grounds += [c.find(f"{W}tcPr/{W}shd") for c in run.iterancestors(TC)]
    return not any(g is not None and str(g.get(W + "fill", "x")).lower() not in ("auto", "ffffff") for g in grounds)
