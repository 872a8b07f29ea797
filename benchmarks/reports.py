"""How long reports take, warm: a Word report with 8 charts (aim 6 s), 41 district briefs (aim 60 s), and the rest.

`python -m benchmarks.reports [--campaign ID] [--rounds N]` on the published release; the first round of each starts the browser and fills
the caches, and is told apart. Prints what was made: size, pages of charts, files.
"""

from __future__ import annotations

import argparse
import io
import logging
import sys
import time
import zipfile
from collections.abc import Callable
from statistics import median

from docx import Document

from dashboard.components.page import View
from dashboard.reports.data import CHARTS, gather
from dashboard.reports.docx import to_docx
from dashboard.reports.making import make_report, printed_pictures
from dashboard.reports.opening import campaign_query, open_release, view_of
from dashboard.reports.render import picture_trouble

N_CHARTS = 8
AIMS = {"word": 6.0, "briefs": 60.0}


def word_report(view: View) -> bytes:
    """The summary report with the first eight charts, from the queries to the file's bytes."""
    data = gather(view, CHARTS[:N_CHARTS])
    pictures, trouble = printed_pictures(data)
    return to_docx(data, pictures, trouble)


def made_words(name: str, content: bytes) -> str:
    """What is in the file, read back from it."""
    size = f"{len(content) / 1024:,.0f} KB"
    if name == "word":
        document = Document(io.BytesIO(content))
        return f"{size}, {len(document.inline_shapes)} charts, {len(document.tables)} annexes"
    if name == "briefs":
        return f"{size}, {len(zipfile.ZipFile(io.BytesIO(content)).namelist())} briefs"
    return size


def seconds_of(make: Callable[[], bytes]) -> tuple[float, bytes]:
    """How long it takes once, and what it makes."""
    started = time.perf_counter()
    content = make()
    return time.perf_counter() - started, content


def main() -> int:
    """Prints a line a format; 1 where no pictures can be made."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--campaign", default="chongqing-2022")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    logging.getLogger("streamlit").setLevel(logging.CRITICAL)
    source = open_release()
    view = view_of(source, campaign_query(source, asked.campaign))
    if trouble := picture_trouble():
        print(f"no pictures: {view.t(trouble)}", file=sys.stderr)
        return 1
    makers: dict[str, Callable[[], bytes]] = {"word": lambda: word_report(view)} | {
        name: lambda kind=kind: make_report(view, kind).content  # type: ignore[misc]
        for name, kind in (("briefs", "zip"), ("slides", "pptx"), ("workbook", "xlsx"), ("snapshot", "html"))
    }
    print(f"{asked.campaign}, release {source.release_id}, {asked.rounds} warm rounds each")
    for name, make in makers.items():
        first, content = seconds_of(make)
        warm = [seconds_of(make)[0] for _ in range(asked.rounds)]
        aim = f"aim {AIMS[name]:.0f} s" if name in AIMS else ""
        line = f"{name:9} {median(warm):6.1f} s warm ({min(warm):.1f} to {max(warm):.1f}), {first:.1f} s first  {made_words(name, content)}  {aim}"
        print(line.rstrip(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
