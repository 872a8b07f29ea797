"""How much OCR reads of filled forms as paper gives them back, kind by kind, against what was typed.

`python -m benchmarks.ocr_rates [--forms N] [--kind PART_OF_NAME] [--seed S]`; needs requirements-ocr.txt and LibreOffice,
which makes the pages. About ten minutes on two cores.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import numpy as np

from benchmarks.paper import KINDS, Kind, save
from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.catalog import Catalog, load_catalog
from etl.facts import Fact, Submission
from etl.files.intake import Job
from etl.files.office import find_office
from etl.rounds import read_jobs

CAMPAIGNS = ("chongqing-2021", "jincheng-2022", "ningxia-2021")
SUFFIXES = ("jpg", "png", "pdf")


@dataclass(frozen=True)
class Filled:
    """A form with a number in most of its blanks, as pages of a PDF."""

    name: str
    campaign_id: str
    unit_id: str
    numbers: dict[str, int | None]
    pdf: Path


@dataclass
class Rates:
    """What came of the counts of one kind of paper."""

    blanks: int = 0
    read: int = 0
    to_confirm: list[str] = field(default_factory=list)  # wrong, shown as OCR’s reading that a person confirms
    silent: list[str] = field(default_factory=list)  # wrong, and nothing says that OCR read it
    withheld: int = 0
    with_proposal: int = 0
    refused: int = 0
    lost: list[str] = field(default_factory=list)
    units: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    pages: int = 0


def fill(catalog: Catalog, folder: Path, n_forms: int, seed: int) -> list[Filled]:
    """Forms of different units, a seventh of their blanks left empty; saved as PDF in one batch."""
    made = []
    for campaign_id in CAMPAIGNS:
        campaign = catalog.campaigns[campaign_id]
        form = catalog.forms[str(campaign.form_id)]
        for number in range(n_forms):
            rng = random.Random(f"{seed} {campaign_id} {number}")
            unit = rng.choice(catalog.roster(campaign))
            counts = [i.indicator_id for i in form.indicators if i.kind == "count"]
            numbers = {i: _number(rng) for i in counts}
            typed = {i: "" if n is None else str(n) for i, n in numbers.items()}
            header = {"reporting_unit": unit.name, "report_date": f"{campaign.year}年7月1日"}
            path = folder / f"{campaign_id}-{number}.docx"
            path.write_bytes(write_docx(form, [fill_progress(a, typed) for a in form.activities], header))
            made.append(Filled(path.stem, campaign_id, unit.unit_id, numbers, path.with_suffix(".pdf")))
    save_as_pdf([f.pdf.with_suffix(".docx") for f in made], folder)
    return made


def _number(rng: random.Random) -> int | None:
    if rng.random() < 1 / 7:
        return None
    return rng.choice([rng.randint(0, 9), rng.randint(10, 999), rng.randint(1000, 90000)])


def save_as_pdf(files: list[Path], folder: Path) -> None:
    """Each file as a PDF beside it."""
    office = find_office()
    if office is None:
        raise SystemExit("LibreOffice is missing: sh .ci/system-packages / 缺少 LibreOffice")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(office), profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)


def main() -> None:
    """Print a line a kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--forms", type=int, default=2, help="forms of each campaign")
    parser.add_argument("--kind", default="", help="only kinds whose name holds this")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    catalog = load_catalog()
    with tempfile.TemporaryDirectory() as temporary:
        filled = fill(catalog, Path(temporary), asked.forms, asked.seed)
        print("kind | files, pages | blanks with a number | read | wrong, to be confirmed | wrong, silent | withheld (with proposal) | lost | unit known | s a page")  # fmt: skip
        for kind in KINDS:
            if asked.kind in kind.name:
                said(kind, measure(catalog, kind, filled, Path(temporary), asked.seed), len(filled))


def said(kind: Kind, r: Rates, files: int) -> None:
    """The line of a kind, and what was wrong."""
    print(
        f"{kind.name} | {files}, {r.pages} | {r.blanks} | {r.read} | {len(r.to_confirm)} | {len(r.silent)} | "
        f"{r.withheld} ({r.with_proposal}) | {len(r.lost)} | {r.units['known']}, wrong {r.units['wrong']} | {r.seconds / r.pages:.1f}",
        flush=True,
    )
    for line in [f"  to confirm: {x}" for x in r.to_confirm] + [f"  SILENT: {x}" for x in r.silent] + [f"  LOST: {x}" for x in r.lost]:  # fmt: skip
        print(line)


def measure(catalog: Catalog, kind: Kind, filled: list[Filled], folder: Path, seed: int) -> Rates:
    """Draw the forms as this kind of paper, read them as a load does, and compare."""
    rates = Rates()
    jobs = []
    for number, form in enumerate(filled):
        pages = kind.pages(form.pdf, np.random.default_rng([seed, number]))
        target = folder / f"{form.name}.{'pdf' if len(pages) > 1 else SUFFIXES[number % 3]}"
        # The form's own PDF is drawn from again.
        target = target.with_name(f"scan-{target.name}")
        dots = round(max(pages[0].size) / 297 * 25.4)
        jobs.append(Job(save(pages, target, dots), target.name, form.campaign_id, datetime(2022, 7, 5), False))
        rates.pages += len(pages)
    started = time.perf_counter()
    read = {job.name: found for job, found in read_jobs(catalog, jobs).files}
    rates.seconds = time.perf_counter() - started
    for job, form in zip(jobs, filled, strict=True):
        compare(rates, form, read[job.name])
    return rates


def compare(rates: Rates, form: Filled, submissions: list[Submission]) -> None:
    """Count what came of each blank that holds a number, and of each empty one that got one."""
    facts = {f.indicator_id: f for s in submissions for f in s.facts}
    told = {f.indicator_id for s in submissions for f in s.findings if f.rule == "ocr_value"}
    units = {s.unit_id for s in submissions} - {None}
    rates.units["known" if units == {form.unit_id} else "wrong" if units else "unknown"] += 1
    is_refused = all(s.is_refused for s in submissions)
    is_told = any(f.rule in ("ocr_blank", "needs_ocr") for s in submissions for f in s.findings)
    for indicator, number in form.numbers.items():
        fact = facts.get(indicator)
        rates.blanks += number is not None
        if fact is not None and fact.value is not None and fact.value != number:
            where = rates.to_confirm if indicator in told and fact.qualifier != "exact" else rates.silent
            where.append(f"{form.name} {indicator}: {number} read as {fact.value:g} ({fact.raw})")
        elif number is None:
            continue
        elif fact is None:
            rates.refused += is_refused
            rates.withheld += is_refused
            rates.lost += [] if is_refused else [f"{form.name} {indicator}: {number}, no fact"]
        elif fact.value == number:
            rates.read += 1
        else:
            _count_withheld(rates, f"{form.name} {indicator}: {number}", fact, is_told)


def _count_withheld(rates: Rates, where: str, fact: Fact, is_told: bool) -> None:
    if fact.state in ("not_filled", "row_missing") and not is_told:
        rates.lost.append(f"{where}, {fact.state}")
        return
    rates.withheld += 1
    rates.with_proposal += fact.proposal is not None


if __name__ == "__main__":
    main()
