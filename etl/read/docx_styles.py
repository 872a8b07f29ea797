"""How the text of a run looks, by its own properties and by its styles: struck, hidden, raised, underlined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from etl.read.colour import are_alike
from etl.read.docx_looks import LOOKS, VALUE, is_ground, shows
from etl.read.docx_named import NamedStyles
from etl.read.docx_names import TC, P, W, is_on


@dataclass(frozen=True)
class Style:
    """What the look of a run says about its text."""

    is_underlined: bool = False
    is_symbolic: bool = False
    is_struck: bool = False
    is_hidden: bool = False
    is_raised: bool = False
    is_unseen: bool = False  # in the colour of its own ground: whether anybody saw it there nobody knows


PLAIN = Style()
_RPR = W + "rPr"


@dataclass(frozen=True)
class Styles:
    """Where a run's look is told: by the styles of the file, and by those of its own properties that are worth looking at."""

    named: NamedStyles = field(default_factory=NamedStyles)
    looks: Mapping[str, str] = field(default_factory=lambda: LOOKS)

    @cached_property
    def are_plain(self) -> bool:
        """Whether no run can look like anything but plain text."""
        return not self.looks and not self.named


def style_of(run: Any, styles: Styles) -> Style:
    """The look of a run."""
    if styles.are_plain:
        return PLAIN
    named = styles.named
    look = next(run.iterchildren(_RPR), None)
    if look is None and not named:
        return PLAIN
    # One walk over the few properties: this is asked of every run of every form.
    own = look if look is not None else ()
    says = {name: True for node in own if (name := styles.looks.get(node.tag)) and shows(node)}
    if named:
        # What a style says holds unless the run itself says otherwise.
        said = {node.tag for node in own}
        says |= {LOOKS[tag]: True for tag, is_on in named.of(run, look).items() if is_on and tag not in said}
    if not says:
        return PLAIN
    if says.pop("is_white", False) and _is_white_on_white(run, look):
        says["is_hidden"] = True
    if says.pop("is_grounded", False) and _is_on_own_colour(look):
        says["is_unseen"] = True
    if says.pop("is_tiny", False):
        says["is_hidden"] = True
    if says.pop("is_shifted", False):
        says["is_raised"] = True
    return Style(**says)


_STRESS = {"highlight": ("none", "white"), "color": ("auto", "000000"), "bdr": ("none", "nil")}


def is_stressed(run: Any) -> bool:
    """Whether a run stands out: marked, coloured, bordered, on a ground or bold. Asked of a lone 是 or 否 only."""
    look = run.find(W + "rPr")
    if look is None:
        return False
    stands_out = any(
        (node := look.find(W + name)) is not None and str(node.get(VALUE, plain[0])).lower() not in plain
        for name, plain in _STRESS.items()
    )
    ground = look.find(W + "shd")
    is_grounded = ground is not None and str(ground.get(W + "fill", "auto")).lower() not in ("auto", "ffffff")
    return stands_out or is_grounded or is_on(look, "b")


def _is_on_own_colour(look: Any) -> bool:
    """Whether letters have the colour of the ground or the marker under them: nobody sees them on paper."""
    colour, shade, marker = (look.find(W + name) for name in ("color", "shd", "highlight"))
    own = colour.get(VALUE) if colour is not None else None
    grounds = (n.get(W + "fill") or n.get(VALUE) for n in (marker, shade) if n is not None and is_ground(n))
    return are_alike(own, next(grounds, "none"))


def _is_white_on_white(run: Any, look: Any) -> bool:
    """White text without a ground of another colour under it: nobody sees it on paper."""
    grounds = [look.find(W + "shd"), look.find(W + "highlight")] if look is not None else []
    grounds += [p.find(f"{W}pPr/{W}shd") for p in run.iterancestors(P)]
    grounds += [c.find(f"{W}tcPr/{W}shd") for c in run.iterancestors(TC)]
    return not any(g is not None and is_ground(g) for g in grounds)
