"""The numbers at the bars and points of a native chart: still tied to the values, each with the mark of its value."""

from __future__ import annotations

from typing import Any, Final

from pptx.enum.chart import XL_LABEL_POSITION
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls

from dashboard.format import MINUS
from dashboard.reports.chart import BARE, Native, Series
from dashboard.reports.pptx_text import set_font
from dashboard.theme import INK

SHARE_FORMAT: Final = '[=100]0"%";0.0"%"'


def label_points(plotted: Any, native: Native, series: Series, position: XL_LABEL_POSITION, size: float) -> None:
    """The labels of one series of a chart; a point whose value has a mark has a number format of its own."""
    labels = plotted.data_labels
    labels.show_value, labels.position = True, position
    labels.number_format, labels.number_format_is_linked = label_format(native, series, BARE), False
    set_font(labels.font, size, INK)
    unbroken = [labels._element]
    for place, pattern in enumerate(series.labels):
        if pattern == BARE or series.values[place] is None:
            continue
        label = plotted.points[place].data_label
        label.position = position
        set_font(label.font, size, INK)
        unbroken.append(label._dLbl)
        found = parse_xml(f'<c:numFmt {nsdecls("c")} formatCode="" sourceLinked="0"/>')
        found.set("formatCode", label_format(native, series, pattern))
        label._dLbl.find(f"{{{found.nsmap['c']}}}idx").addnext(found)
    for element in unbroken:  # some programs break a number where its label is long
        element.get_or_add_txPr().bodyPr.set("wrap", "none")


def label_format(native: Native, series: Series, pattern: str) -> str:
    """The number format of a label: whole numbers stay whole, a change has its sign, the mark stands as it is printed."""
    if native.kind == "shares":
        return SHARE_FORMAT
    is_whole = all(value is None or value == round(value) for value in series.values)
    number = "#,##0" if is_whole else "#,##0.0"
    before, _, behind = (f'"{part}"' if part.strip(BARE) else "" for part in pattern.partition(BARE))
    signs = (f"+{number}", f"{MINUS}{number}", "0") if native.kind == "change" else (number,)
    return ";".join(f"{before}{sign}{behind}" for sign in signs)
