"""Numbers that have no room on a map: said in a line under it."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts.map import DrawnMap
from dashboard.charts.map_marks import MapUnit
from dashboard.components.markup import tag
from dashboard.components.page import View


def unnumbered_words(view: View, units: Sequence[MapUnit]) -> str:
    """The numbers of the units too small for one on the map; empty without such a unit."""
    listed = view.t("names.glue").join(f"{unit.short_name} {unit.value_text}" for unit in units)
    return view.t("map.unnumbered", units=listed) if units else ""


def unnumbered_html(view: View, drawn: DrawnMap) -> str:
    """Those numbers in a line under the map, for a small screen and for a large one, of which atlas.css shows one."""
    small, large = (unnumbered_words(view, units) for units in (drawn.unnumbered, drawn.unnumbered_large))
    lines = (("atlas-note atlas-small", small), ("atlas-note atlas-large", large))
    return "".join(tag("p", words, css) for css, words in lines if words)
