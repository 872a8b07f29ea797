"""Filled forms and tables with their full truth, and the real programs that save them in other formats."""

from __future__ import annotations

import io
import os
import random
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import openpyxl
from openpyxl.worksheet.properties import PageSetupProperties

from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.blank.xlsx import write_xlsx
from etl.catalog import Catalog
from etl.facts import Submission
from etl.files.intake import Job
from etl.rounds import read_jobs

Truth = dict[str, tuple[float | None, str | None, str]]  # indicator -> (value, text, state)
DAY = datetime(2022, 7, 5, 9, 0)


@dataclass
class Outcome:
    """How a file came back against its truth."""

    expected: int = 0
    exact: int = 0
    withheld: list[object] = field(default_factory=list)
    wrong: list[object] = field(default_factory=list)
    lost: list[object] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.expected}/{self.exact}/{len(self.withheld)}/{len(self.wrong)}/{len(self.lost)}"


def typed(catalog: Catalog, form_id: str, seed: str) -> tuple[dict[str, str], Truth]:
    """What a clerk typed into each blank, and what it means."""
    rng = random.Random(seed)
    words: dict[str, str] = {}
    truth: Truth = {}
    for n, indicator in enumerate(catalog.forms[form_id].indicators):
        name = indicator.indicator_id
        if indicator.kind == "flag":
            words[name], truth[name] = rng.choice(
                [("☑是□否", (1.0, None, "reported")), ("□是☑否", (0.0, None, "reported"))]
            )
        elif indicator.kind == "text":
            words[name] = f"{n}.某化工公司“{n}·12”爆炸事故，{n}人被问责"
            truth[name] = (None, words[name], "reported")
        elif rng.random() < 0.12:
            words[name], truth[name] = "", (None, None, "not_filled")
        elif rng.random() < 0.1:
            words[name], truth[name] = "0", (0.0, None, "explicit_zero")
        else:
            value = rng.choice([rng.randint(1, 9), rng.randint(10, 999), rng.randint(1000, 90000)])
            words[name], truth[name] = str(value), (float(value), None, "reported")
    return words, truth


def form_docx(catalog: Catalog, form_id: str, unit: str, seed: str) -> tuple[bytes, Truth]:
    """A filled Word form."""
    form = catalog.forms[form_id]
    words, truth = typed(catalog, form_id, seed)
    year = form_id[-4:]
    progress = [fill_progress(a, words) for a in form.activities]
    return write_docx(form, progress, {"reporting_unit": unit, "report_date": f"{year}年7月1日"}), truth


def table_xlsx(catalog: Catalog, campaign_id: str, seed: str) -> tuple[bytes, dict[str, Truth]]:
    """A filled collected workbook of all units of the roster, with its truth by unit."""
    campaign = catalog.campaigns[campaign_id]
    form = catalog.forms[str(campaign.form_id)]
    units = catalog.roster(campaign)
    made = {u.unit_id: typed(catalog, form.form_id, f"{seed} {u.unit_id}") for u in units}
    rows = {
        u: {i: (int(w) if w.isdigit() else {"☑是□否": "是", "□是☑否": "否"}.get(w, w)) for i, w in words.items()}
        for u, (words, _) in made.items()
    }
    data = write_xlsx(form, units, rows, with_total=False, title=f"{form.title_zh}汇总表（{campaign.year}年）")  # type: ignore[arg-type]
    return data, {u: truth for u, (_, truth) in made.items()}


def fit_to_width(data: bytes) -> bytes:
    """The workbook set to print all its columns on one page's width, as one does before making a PDF."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in book.worksheets:
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A3
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def save_as(source: Path, suffix: str, out_filter: str = "") -> Path:
    """The file saved in another format by LibreOffice, as a clerk would."""
    return save_all([source], suffix, out_filter)[0]


def save_all(sources: Sequence[Path], suffix: str, out_filter: str = "") -> list[Path]:
    """The same of several files of one folder; one start of the program for all."""
    folder = sources[0].parent
    profile = folder / f"profile-{os.getpid()}"
    subprocess.run(
        [
            shutil.which("soffice") or "soffice",
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--convert-to",
            f"{suffix}:{out_filter}" if out_filter else suffix,
            "--outdir",
            str(folder),
            *map(str, sources),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    targets = [source.with_suffix(f".{suffix}") for source in sources]
    for target in targets:
        assert target.exists(), f"LibreOffice made no {target.name}"
    return targets


def read_one(catalog: Catalog, path: Path, campaign_id: str | None, name: str = "") -> list[Submission]:
    """The submissions of one file, read the whole way in worker processes."""
    return read_several(catalog, [Job(path, name or path.name, campaign_id, DAY, False)])


def read_several(catalog: Catalog, jobs: list[Job]) -> list[Submission]:
    return [s for _, found in read_jobs(catalog, jobs).files for s in found]


def compare(truth: Truth, submissions: list[Submission], unit_id: str) -> Outcome:
    """Count what came back right, was withheld, is wrong, or is missing."""
    facts = {f.indicator_id: f for s in submissions for f in s.facts if f.unit_id == unit_id}
    found = Outcome(expected=len(truth))
    for name, (value, text, state) in truth.items():
        fact = facts.get(name)
        if fact is None:
            found.lost.append(name)
        elif (fact.value, fact.state) == (value, state) and (text is None or squeezed(fact.text) == squeezed(text)):
            found.exact += 1
        elif fact.value is None and fact.state not in ("reported", "explicit_zero", "not_applicable", "not_reported"):
            (found.lost if fact.state == "not_filled" else found.withheld).append((name, fact.raw, state, fact.state))
        else:
            found.wrong.append((name, value, text, state, fact))
    return found


def squeezed(text: str | None) -> str:
    return "".join((text or "").split())
