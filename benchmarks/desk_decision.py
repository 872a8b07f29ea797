"""A decision at the desk with 14 files on it: from the click to the new candidate, as it is and, in the same run, with every
file read anew by loaders started for it.

    python -m benchmarks.desk_decision [--rounds N]
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
import time
from datetime import datetime
from pathlib import Path

from dashboard.desk.loader import decide, read_candidate
from dashboard.desk.places import Desk
from dashboard.desk.process import start_ahead
from dashboard.desk.staging import stage
from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.catalog import load_catalog

CAMPAIGN, N_FILES = "chongqing-2021", 14


def put_files(desk: Desk) -> None:
    """Forms of 14 districts on the desk."""
    catalog = load_catalog()
    form, campaign = catalog.forms[CAMPAIGN], catalog.campaigns[CAMPAIGN]
    for n, unit in enumerate(catalog.roster(campaign)[:N_FILES]):
        typed = {i.indicator_id: str(n + p) for p, i in enumerate(form.indicators) if i.kind == "count"}
        progress = [fill_progress(a, typed) for a in form.activities]
        data = write_docx(form, progress, {"reporting_unit": unit.name, "report_date": "2021年7月1日"})
        stage(desk, [(f"{unit.name}.docx", data)], datetime(2021, 7, 2, 9))


def one_decision(desk: Desk, number: int) -> float:
    """Seconds of a decision: taken down, and everything judged anew."""
    item = {"kind": "reject", "source_sha256": f"{number:064x}", "reason": "-", "decided_by": "-"}
    began = time.perf_counter()
    for ended in (decide(desk, [item]), read_candidate(desk)):
        if not ended.is_done:
            raise SystemExit(ended.words)
    return time.perf_counter() - began


def main() -> None:
    """Rounds of both kinds in turn, and their medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        put_files(desk)
        read_candidate(desk)
        kept: list[float] = []
        anew: list[float] = []
        for n in range(rounds):
            os.environ["ATLAS_READY_LOADERS"] = "2"
            start_ahead(desk)
            time.sleep(3)  # while the clerk reads
            kept.append(one_decision(desk, 2 * n))
            shutil.rmtree(desk.kept)
            anew.append(one_decision(desk, 2 * n + 1))
    now, before = statistics.median(kept), statistics.median(anew)
    print(f"{N_FILES} files, {rounds} decisions: {now:.2f} s (read anew {before:.2f} s); ratio {now / before:.2f}")


if __name__ == "__main__":
    main()
