"""The figures of a file that is none of the known forms, for the finding that says so: what stands there must not go unsaid."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from etl.document import CellValue
from etl.form.head_figures import head_figures
from etl.form.lines_beside import first_of

_LONE = re.compile(r"[(（\s]*[\d０-９][\d０-９,，.．]{0,8}[万亿余多+]{0,3}[)）\s]*")
_FIELD = re.compile(r"[\n\t|;；、]|[,，](?!\d{3})")


def figures_quoted(cells: Iterable[CellValue]) -> Mapping[str, str]:
    """The first figures of lines or cells as words of a message; nothing where there are none. No dates, telephones or long codes."""
    said = [*_figures(cells)]
    if not said:
        return {}
    shown, more = first_of(said)
    return {
        "basis": f"（文件里的数 {shown}{more.get('basis', '')} 都没有读取）",
        "basis_en": f" (none of its numbers is read: {shown.replace('、', ', ')}{more.get('basis_en', '')})",
    }


def _figures(cells: Iterable[CellValue]) -> Iterator[str]:
    for value in cells:
        if isinstance(value, float):
            yield f"{value:.15g}"
        elif isinstance(value, str):
            for line in _FIELD.split(value):
                yield from [line.strip()] if _LONE.fullmatch(line) else head_figures(line[:300])
