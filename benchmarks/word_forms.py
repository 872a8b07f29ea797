"""Filled Word forms to a published release, against python-docx merely listing the same files' cell texts.

python -m benchmarks.word_forms [--forms 1000] [--dice]

The numbers are those of the sample maker, each form of another seed. With --dice they are drawn anyhow, so that in half of the
pairs there are fewer people than events: five findings a form, which takes longer to say.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import docx

from data.samples.numbers import Numbers
from data.samples.profile import load_profile
from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.catalog import load_catalog
from etl.run import Wanted, load


def make_forms(folder: Path, count: int, *, is_dice: bool) -> None:
    """`count` filled Chongqing 2021 forms of 46 blanks, each of another (made-up) reporting unit name."""
    catalog, profile = load_catalog(), load_profile()
    campaign = catalog.campaigns["chongqing-2021"]
    form = catalog.forms["chongqing-2021"]
    roster = catalog.roster(campaign)
    rng = random.Random(20210601)
    for number in range(count):
        likely = Numbers(profile, catalog, number)
        of = roster[number % len(roster)]
        progress = []
        for activity in form.activities:
            counts = {
                i.indicator_id: rng.randint(0, 30000) if is_dice else likely.count(of, i.concept_id, campaign)
                for i in activity.indicators
                if i.kind == "count"
            }
            others = {"flag": "☑是□否", "text": "1.某企业未落实整改"}
            typed = {i.indicator_id: others.get(i.kind) or str(counts[i.indicator_id]) for i in activity.indicators}
            progress.append(fill_progress(activity, typed))
        # Each file of another office, as in a province: many revisions of one unit would measure their comparison.
        unit = f"第{number + 1}测试局"
        data = write_docx(form, progress, {"reporting_unit": unit, "report_date": f"2021年7月{number % 28 + 1}日"})
        (folder / f"{number:05d}-{unit}.docx").write_bytes(data)


def list_cells(path: Path) -> int:
    """What python-docx needs to open a file and list its cells' texts."""
    return sum(len(cell.text) for table in docx.Document(str(path)).tables for row in table.rows for cell in row.cells)


def main() -> None:
    """Print seconds for both, and the ratio."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--forms", type=int, default=1000)
    parser.add_argument("--dice", action="store_true", help="numbers drawn anyhow instead of likely ones")
    options = parser.parse_args()
    count = options.forms
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "chongqing-2021"
        folder.mkdir()
        make_forms(folder, count, is_dice=options.dice)
        started = time.perf_counter()
        loaded = load(Wanted((folder,)), Path(temporary) / "releases")
        ours = time.perf_counter() - started
        files = sorted(folder.glob("*.docx"))
        started = time.perf_counter()
        with ProcessPoolExecutor(os.cpu_count()) as pool:
            listed = sum(pool.map(list_cells, files, chunksize=16))
        yardstick = time.perf_counter() - started
        facts = sum(len(s.submission.facts) for s in loaded.assembly.standings)
        findings = sum(loaded.open_findings.values())
        print(
            f"{count} forms, {facts} facts, {findings} findings to a published release: "
            f"{ours:.2f} s ({count / ours:.0f} forms/s)"
        )
        print(
            f"python-docx listing the cells of the same files ({listed} characters), same processes: {yardstick:.2f} s"
        )
        print(f"ratio: {ours / yardstick:.2f}")


if __name__ == "__main__":
    main()
