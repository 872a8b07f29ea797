"""What is said of a file that is none of the known forms: its numbers, and what to do with it."""

from __future__ import annotations

from collections.abc import Iterable

from etl.document import CellValue
from etl.findings import Finding
from etl.form.figures_quoted import figures_quoted

# Once its campaign is known, naming one is of no more use.
_ASSIGN = {
    "remedy": "是本次活动的表（如汇总表、聊天里报的数），请在“数据导入”页指定活动再读；否则请对方用通知所附表格重报",
    "remedy_en": "If it belongs to a campaign (a collected table, figures told in a chat), assign it on the page Load and it is read again; else ask for the annex of the notice",
}
_COPY = {
    "remedy": "按所指定的活动也对不上，请对照原件把数抄进该活动的空白表再上传，或退回请对方用通知所附表格重报",
    "remedy_en": "It doesn't match the campaign it was assigned to either: copy its figures into that campaign's blank form and upload it, or reject it and ask for the annex of the notice",
}


def form_unknown(place: str, found: str, cells: Iterable[CellValue], *, has_campaign: bool) -> Finding:
    """The finding form_not_recognised of a file with these cells or lines."""
    words = {**figures_quoted(cells), **(_COPY if has_campaign else _ASSIGN)}
    return Finding("form_not_recognised", place, found, words=words)
