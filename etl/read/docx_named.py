"""What the styles of a Word file say of the text they stand on: struck, hidden, raised, white.

A style holds for its own properties and for those of the style it is based on; a run is under that of its table, of its
paragraph and its own, and under the defaults of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from etl.guard.package import Package
from etl.read.docx_looks import VALUE, is_ground, shows
from etl.read.docx_names import TBL, P, W

Said = Mapping[str, bool]  # property -> whether it is on; what a style does not say is not in it
_NOTHING: Said = {}
# A switch that any level has on is on; of the others the level nearest to the text speaks.
_SWITCHES = tuple(W + name for name in ("strike", "dstrike", "vanish"))
_TAGS = (*_SWITCHES, *(W + name for name in ("vertAlign", "position", "color", "sz")))
# Where the bytes of the part have none of these words, nothing in it says any of that.
_SIGN = re.compile(
    rb"strike|vanish|script|position|color\s[^>]*[\"'][Ff]\w[Ff]\w[Ff]\w[\"']|:sz\s[^>]*val=[\"'][0-6][\"']"
)
_RPR, _BASE, _SHADE = W + "rPr", W + "basedOn", W + "shd"
_LONGEST_CHAIN = 20
_MOST_KEPT = 256
_KEPT: dict[tuple[int, int, int], NamedStyles] = {}  # by the part's checksum: offices fill in copies of one file


@dataclass(frozen=True)
class NamedStyles:
    """The styles of a file that say something; false when none does, as in most files."""

    said: Mapping[str, Said] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)  # kind of style -> the one that holds where none is named
    known: frozenset[str] = frozenset()
    everywhere: Said = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.said or self.everywhere)

    def of(self, run: Any, look: Any) -> Said:
        """What the styles above a run say together; `look` is its own properties or None."""
        result = dict(self.everywhere)
        for said in self._levels(run, look):
            for tag, is_on in said.items():
                result[tag] = is_on or (tag in _SWITCHES and result.get(tag, False))
        return result

    def _levels(self, run: Any, look: Any) -> Iterator[Said]:
        paragraph, table = next(run.iterancestors(P), None), next(run.iterancestors(TBL), None)
        if table is not None:
            yield self._said("table", table.find(f"{W}tblPr/{W}tblStyle"))
        yield self._said("paragraph", paragraph.find(f"{W}pPr/{W}pStyle") if paragraph is not None else None)
        yield self._said("character", look.find(W + "rStyle") if look is not None else None)

    def _said(self, kind: str, node: Any) -> Said:
        """What the style that a node names says; a name that is not there stands for the default."""
        name = node.get(VALUE) if node is not None else None
        return self.said.get(name if name in self.known else self.defaults.get(kind, ""), _NOTHING)


def read_styles(package: Package, folder: str) -> NamedStyles:
    """What the styles of the file say. Raises FileRefused where they are damaged."""
    name = f"{folder}styles.xml"
    mark = package.mark_of(name)
    if mark is None:
        return NamedStyles()
    if mark not in _KEPT:
        if len(_KEPT) >= _MOST_KEPT:
            _KEPT.clear()
        data = package.read(name)
        _KEPT[mark] = _styles(package.tree(name, data)) if _may_say(data) else NamedStyles()
    return _KEPT[mark]


def _may_say(data: bytes) -> bool:
    """Whether the bytes may say anything of `_TAGS`; those in another encoding always may."""
    return b"\0" in data or b"&#" in data or _SIGN.search(data) is not None


def _styles(root: Any) -> NamedStyles:
    nodes = {str(s.get(W + "styleId")): s for s in root.iter(W + "style")}
    found = {name: said for name in nodes if (said := _chain(name, nodes))}
    defaults = {
        str(s.get(W + "type")): name for name, s in nodes.items() if s.get(W + "default") in ("1", "true", "on")
    }
    base = root.find(f"{W}docDefaults/{W}rPrDefault")
    everywhere = {tag: True for tag, is_on in (_own(base) if base is not None else _NOTHING).items() if is_on}
    says_any = everywhere or any(any(said.values()) for said in found.values())
    return NamedStyles(found, defaults, frozenset(nodes), everywhere) if says_any else NamedStyles()


def _chain(name: str, nodes: Mapping[str, Any]) -> Said:
    """What a style says, and what it leaves to those it is based on."""
    said: dict[str, bool] = {}
    for _ in range(_LONGEST_CHAIN):
        node = nodes.get(name)
        if node is None:
            break
        said = {**_own(node), **said}
        base = node.find(_BASE)
        name = str(base.get(VALUE)) if base is not None else ""
    return said


def _own(node: Any) -> Said:
    """What the run properties of a style say. White on a ground that the style brings along is seen."""
    look = node.find(_RPR)
    if look is None:
        return _NOTHING
    said = {child.tag: shows(child) for child in look if child.tag in _TAGS}
    if said.get(W + "color") and any(is_ground(shade) for shade in node.iter(_SHADE)):
        said[W + "color"] = False
    return said
