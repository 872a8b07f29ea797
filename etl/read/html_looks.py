"""What the reader of a web page does not count: struck-through, hidden and white text, and raised note marks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from etl.read.colour import are_alike, is_white

_STRUCK_TAGS = frozenset({"s", "strike", "del"})
_STRUCK = re.compile(r"line-through", re.IGNORECASE)
_GONE = re.compile(
    r"display\s*:\s*none|mso-hide\s*:\s*all|(?<![\w-])opacity\s*:\s*0*\.?0+%?\s*(?:[;!]|$)"
    r"|(?:text-indent|left|top)\s*:\s*-\d{4,}px",
    re.IGNORECASE,
)
_VISIBILITY = re.compile(r"(?<![\w-])visibility\s*:\s*(\w+)", re.IGNORECASE)
_SIZE = re.compile(
    r"(?<![\w-])font(?:-size)?\s*:[^;]{0,80}?(?<![\w.#-])([\d.]{1,8}\s*(?:px|pt|em|rem|%|in|cm|mm)?)(?![\w.])",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(\d*\.?\d*)\s*(px|pt)?")
_TINY_POINTS, _POINTS_PER_PX = 3.0, 0.75  # nobody reads what is smaller
_COLOUR = re.compile(r"(?<![\w-])color\s*:\s*([^;!]+)", re.IGNORECASE)
_GROUND = re.compile(r"(?<![\w-])background(?:-color)?\s*:\s*([^;!]+)", re.IGNORECASE)
_NO_GROUND = frozenset({"none", "transparent", "inherit", "initial", "unset"})
_RAISED_TAGS = frozenset({"sup", "sub"})
_RAISED = re.compile(r"vertical-align\s*:\s*(?:super|sub|-?[1-9])|mso-text-raise\s*:\s*-?[1-9]", re.IGNORECASE)
_RULE = re.compile(r"([^{}]{0,300})\{([^{}]{0,2000})\}")
_NOTE_LINK = re.compile(r"#_?(?:sd)?(?:ftn|edn|footnote|endnote)", re.IGNORECASE)
_LONGEST_NOTE = 40
_Looks = Mapping[str, str]  # class -> what the page's style sheets say of it


def drop_unread(root: Any) -> list[tuple[str, str]]:
    """Take out of the page what no reader counts; a cell stays and is empty. (rule, words) of each.

    Words without a figure that are only hidden stay: they can't be miscounted, and may be a head. Raised figures are parted
    from the number before them by ^.
    """
    looks = _class_looks(root)
    found = []
    for node in list(root.iter(etree.Element)):
        look = _look(node, looks)
        is_struck = node.tag in _STRUCK_TAGS or bool(_STRUCK.search(look))
        # What stands over a letter (ruby) explains it.
        is_off = is_struck or node.tag == "rt" or is_gone(node) or bool(_GONE.search(look))
        hides = None if is_off else _hides(node, look, looks)
        if not is_off and hides is None:
            _part_raised(node, look)
        elif _is_in(node, root) and (is_struck or _has_figure("".join(node.itertext()))):
            words = "".join(_taken_out(node, hides, looks)).strip()
            if words and (is_struck or _has_figure(words)):
                found.append(("struck_text" if is_struck else "hidden_text", words[:_LONGEST_NOTE]))
    return found


def _has_figure(text: str) -> bool:
    return any(c.isdigit() for c in text)


def _is_in(node: Any, root: Any) -> bool:
    """Whether a node is still in the page: what stood in one that was taken out is not."""
    return node is root or any(upper is root for upper in node.iterancestors())


def is_note(node: Any) -> bool:
    """The mark of a footnote: a link to it."""
    return any(_NOTE_LINK.search(a.get("href") or "") for a in node.iter("a"))


def is_gone(node: Any) -> bool:
    """Whether a node's own style or attribute takes it off the page."""
    return bool(_GONE.search(node.get("style") or "")) or node.get("hidden") is not None


def _class_looks(root: Any) -> _Looks:
    looks: dict[str, str] = {}
    for heads, rule in (r for style in root.iter("style") for r in _RULE.findall(style.text or "")):
        for name in re.findall(r"\.([\w-]+)", heads):
            looks[name] = f"{looks.get(name, '')};{rule}"
    return looks


def _look(node: Any, looks: _Looks) -> str:
    """What a node's classes, its own style and the colour of a <font> say, the strongest last."""
    font = f";color:{node.get('color')}" if node.tag == "font" and node.get("color") else ""
    classes = (f";{looks.get(c, '')}" for c in (node.get("class") or "").split())
    return "".join([font, *classes, ";", node.get("style") or ""])


def _last(pattern: re.Pattern[str], look: str) -> str | None:
    said = pattern.findall(look)
    return said[-1].strip().lower() if said else None


def _hides(node: Any, look: str, looks: _Looks) -> re.Pattern[str] | None:
    """The property by which a node hides its text, and by which a node inside may show its own again; None when it is seen."""
    if _last(_VISIBILITY, look) in ("hidden", "collapse"):
        return _VISIBILITY
    if _is_tiny(_last(_SIZE, look) or ""):
        return _SIZE
    colour = _last(_COLOUR, look)
    if colour and (ground := _last(_GROUND, look)) and are_alike(colour, ground):
        return _COLOUR
    if colour == "transparent" or (is_white(colour) and not _has_ground(node, looks)):
        return _COLOUR
    return None


def _is_tiny(size: str) -> bool:
    """Whether letters of a size are too small to be read: none at all, or so many points."""
    match = _NUMBER.match(size)
    if match is None or not match.group(1).strip("."):
        return False
    scale = {"pt": 1.0, "px": _POINTS_PER_PX}.get(match.group(2) or "", 0.0)
    return float(match.group(1)) == 0 or (float(match.group(1)) * scale < _TINY_POINTS and scale > 0)


def _has_ground(node: Any, looks: _Looks) -> bool:
    """Whether a colour that white shows up on lies under the node's writing: the nearest ground that is said."""
    for upper in (node, *node.iterancestors()):
        said = _last(_GROUND, _look(upper, looks)) or upper.get("bgcolor")
        if said and said.split()[0].lower() not in _NO_GROUND:
            return not is_white(said if "(" in said else said.split()[0])
    return False


def _taken_out(node: Any, hides: re.Pattern[str] | None, looks: _Looks) -> list[str]:
    """Clear a node, but for what stands inside it and says the property again; the words that are gone."""
    gone = [node.text or ""]
    children = list(node)
    keeps = hides is not None and any(hides.search(_look(n, looks)) for n in node.iterdescendants(etree.Element))
    if not keeps:
        gone = ["".join(node.itertext())]
        tail = node.tail
        node.clear()
        node.tail = tail
        return gone
    node.text = None
    for child in children:
        if not isinstance(child.tag, str) or hides is None or not hides.search(_look(child, looks)):
            gone += _taken_out(child, hides, looks)
        gone.append(child.tail or "")
        child.tail = None
    return gone


def _part_raised(node: Any, look: str) -> None:
    """A raised or lowered figure is a note mark or a power, no part of the number before it."""
    is_raised = node.tag in _RAISED_TAGS or (_RAISED.search(look) and node.tag not in ("td", "th", "tr"))
    if is_raised and "".join(node.itertext()).strip()[:1].isdigit() and not is_note(node):
        node.text = f"^{node.text or ''}"
