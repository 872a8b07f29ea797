"""A collected workbook of many offices to a published release, and openpyxl merely reading the same cells.

python -m benchmarks.collected_table [--units 3000]
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from datetime import datetime
from pathlib import Path

import openpyxl

from etl.catalog import load_catalog
from etl.files.intake import Job
from etl.read_file import read_job
from etl.run import Wanted, keeping_all, load

FORM = "chongqing-2021"


def make_table(path: Path, units: int) -> int:
    """A workbook with a row for each (made-up) office and a column for each blank; the number of values."""
    rng = random.Random(20210601)
    form = load_catalog().forms[FORM]
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("汇总表")
    sheet.append(["填报单位", *(f"{i.label_zh}（{i.unit}）" if i.unit else i.label_zh for i in form.indicators)])
    answers = {"flag": "是", "text": "1.某企业未落实整改"}
    for number in range(units):
        row = [answers.get(i.kind, rng.randint(0, 30000)) for i in form.indicators]
        sheet.append([f"第{number + 1}测试局", *row])
    book.save(path)
    return units * len(form.indicators)


def main() -> None:
    """Print the seconds of reading alone and of the whole way, the yardstick, and the memory at its height."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--units", type=int, default=3000)
    units = parser.parse_args().units
    catalog = load_catalog()
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary) / FORM / "汇总表.xlsx"
        path.parent.mkdir()
        expected = make_table(path, units)
        with keeping_all():  # as every load reads
            started = time.perf_counter()
            submissions = read_job(catalog, Job(path, path.name, FORM, datetime(2021, 7, 1), is_sample=False))
            reading = time.perf_counter() - started
        found = sum(len(s.facts) for s in submissions)
        started = time.perf_counter()
        book = openpyxl.load_workbook(path, read_only=True)
        cells = sum(len(row) for row in book.worksheets[0].iter_rows(values_only=True))
        yardstick = time.perf_counter() - started
        started = time.perf_counter()
        load(Wanted((path.parent,), decisions_file=Path(temporary) / "none.csv"), Path(temporary) / "releases")
        whole = time.perf_counter() - started
    print(f"{units} units, {found} of {expected} blanks: read in {reading:.2f} s, to a published release {whole:.2f} s")
    print(f"openpyxl reading the same {cells} cells: {yardstick:.2f} s; ratio of reading {reading / yardstick:.2f}")
    print(f"memory at its height: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
