"""Filled Word forms to a published release, against python-docx merely listing the same files' cell texts.

python -m benchmarks.word_forms [--forms 1000] [--dice]

Memory is that of the loading process at its peak (VmHWM), of its largest reading process and of all of them together at one
moment (resident, looked at four times a second; pages they share count in each).

The numbers are those of the sample maker, each form of another seed. With --dice they are drawn anyhow, so that in half of the
pairs there are fewer people than events: five findings a form, which takes longer to say.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import docx
import psutil

from data.samples.numbers import Numbers
from data.samples.profile import load_profile
from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.catalog import load_catalog
from etl.run import Wanted, load


def make_forms(folder: Path, numbers: Sequence[int], *, is_dice: bool) -> None:
    """Filled Chongqing 2021 forms of 46 blanks, one for each number, each of another (made-up) reporting unit name."""
    catalog, profile = load_catalog(), load_profile()
    campaign = catalog.campaigns["chongqing-2021"]
    form = catalog.forms["chongqing-2021"]
    roster = catalog.roster(campaign)
    for number in numbers:
        rng = random.Random(20210601 + number)
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


@dataclass(frozen=True)
class Loaded:
    """What one load took and gave."""

    seconds: float
    facts: int
    findings: int
    own_peak_mb: float
    largest_reader_mb: float
    together_mb: float


def load_measured(folder: Path, releases: Path) -> Loaded:
    """Load the folder in this process and watch its memory and its readers'."""
    watch = Watch()
    watch.start()
    started = time.perf_counter()
    loaded = load(Wanted((folder,), decisions_file=releases.parent / "none.csv"), releases)
    seconds = time.perf_counter() - started
    watch.stop()
    facts = sum(len(s.submission.facts) for s in loaded.assembly.standings)
    own = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    findings = sum(loaded.open_findings.values())
    return Loaded(seconds, facts, findings, int(own.split()[1]) / 1024, watch.largest_mb, watch.together_mb)


class Watch(threading.Thread):
    """Looks at the resident memory of this process and of its children four times a second."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.ended = threading.Event()
        self.largest_mb = self.together_mb = 0.0

    def run(self) -> None:
        this = psutil.Process()
        while not self.ended.wait(0.25):
            sizes = []
            for child in this.children(recursive=True):
                with suppress(psutil.NoSuchProcess):
                    sizes.append(child.memory_info().rss / 2**20)
            self.largest_mb = max(self.largest_mb, *sizes, 0.0)
            self.together_mb = max(self.together_mb, sum(sizes) + this.memory_info().rss / 2**20)

    def stop(self) -> None:
        self.ended.set()
        self.join()


def main() -> None:
    """Print seconds for both, the ratio and the memory."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--forms", type=int, default=1000)
    parser.add_argument("--dice", action="store_true", help="numbers drawn anyhow instead of likely ones")
    options = parser.parse_args()
    count, cores = options.forms, os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "chongqing-2021"
        folder.mkdir()
        with ProcessPoolExecutor(cores) as pool:
            made = [pool.submit(make_forms, folder, range(n, count, cores), is_dice=options.dice) for n in range(cores)]
            for each in made:
                each.result()
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            ours = pool.submit(load_measured, folder, Path(temporary) / "releases").result()
        files = sorted(folder.glob("*.docx"))
        started = time.perf_counter()
        with ProcessPoolExecutor(cores) as pool:
            listed = sum(pool.map(list_cells, files, chunksize=16))
        yardstick = time.perf_counter() - started
        print(
            f"{count} forms, {ours.facts} facts, {ours.findings} findings to a published release: "
            f"{ours.seconds:.2f} s ({count / ours.seconds:.0f} forms/s)"
        )
        print(
            f"python-docx listing the cells of the same files ({listed} characters), same processes: {yardstick:.2f} s"
        )
        print(f"ratio: {ours.seconds / yardstick:.2f}")
        print(
            f"memory: the loading process {ours.own_peak_mb:.0f} MB at its peak, its largest reader {ours.largest_reader_mb:.0f} MB,"
            f" all together {ours.together_mb:.0f} MB"
        )


if __name__ == "__main__":
    main()
