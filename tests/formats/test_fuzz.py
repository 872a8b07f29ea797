"""Random damage to one good file of every kind: only our own outcomes, each in bounded time."""

from __future__ import annotations

import io
import random
import time
import zipfile
from collections import Counter
from pathlib import Path

import pytest

import etl.rounds
from etl.catalog import Catalog
from etl.findings import word_finding
from etl.intake import Job
from etl.read_file import Later, open_job
from etl.rounds import read_jobs
from etl.unpack import Archive, unpack
from etl.workers import Limits
from tests.faults.test_bad_files import OUR_STATES, damaged, repacked
from tests.formats.conftest import Made
from tests.formats.made import DAY
from tests.formats.ofd_writer import ofd_of_pdf
from tests.formats.test_archives import packed

NINGXIA = "ningxia-2021"
KINDS = ["docx", "xlsx", "xls", "csv", "html", "pdf", "ofd", "zip", "doc", "odt", "rtf", "mhtml"]


def sample(made: Made, kind: str) -> bytes:
    if kind in ("xlsx", "xls"):
        return made.table(NINGXIA, kind).read_bytes()
    if kind == "csv":
        return "\r\n".join(
            ["单位,党委（党组）理论学习中心组学习（次）,参与（人次）", "银川市,3,40", "石嘴山市,,5"]
        ).encode("gb18030")
    if kind == "ofd":
        return ofd_of_pdf(made.form(NINGXIA, "pdf"))
    if kind == "zip":
        return packed(
            {f"{NINGXIA}/a.docx": made.form(NINGXIA, "docx").read_bytes(), "b.csv": b"a,b,c\n" * 9}, "gb18030"
        )
    if kind == "mhtml":
        page = made.form(NINGXIA, "html").read_bytes()
        return b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    return made.form(NINGXIA, kind).read_bytes()


def damaged_inside(rng: random.Random, data: bytes) -> bytes:
    """The damage inside a part, behind a sound zip, where no checksum catches it."""
    if data[:2] != b"PK":
        return damaged(rng, data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        name = rng.choice(archive.namelist())
        part = archive.read(name)
    return repacked(data, {name: damaged(rng, part)}) if part else data


def outcome(catalog: Catalog, job: Job, folder: Path) -> tuple[str, list[str]]:
    """Read one file in this process as a worker would; files for other programs end at their door."""
    found = open_job(catalog, job)
    if isinstance(found, Later):
        if found.step != "archive":
            return found.step, []
        unpacked = unpack(Archive(job, folder, (NINGXIA,)))
        lists = [open_job(catalog, j) for j in unpacked.jobs] + [s for _, s in unpacked.refused]
        found = [s for x in lists if not isinstance(x, Later) for s in x]
    for submission in found:
        assert not submission.is_refused or submission.findings
        assert {f.state for f in submission.facts} <= OUR_STATES
        for finding in submission.findings:
            row = word_finding(catalog, finding, "s", submission.campaign_id, submission.form_id)
            assert finding.rule in catalog.rules and row.message_zh and row.message_en
    rules = [f"{f.rule}: {f.found}" for s in found for f in s.findings]
    return ("refused" if all(s.is_refused for s in found) else "read"), rules


def fuzz(catalog: Catalog, data: bytes, kind: str, folder: Path, rounds: int) -> None:
    rng = random.Random(f"damage {kind}")
    outcomes: Counter[str] = Counter()
    slowest, crashes = 0.0, []
    for number in range(rounds):
        path = folder / "file"
        path.write_bytes((damaged_inside if rng.random() < 0.5 else damaged)(rng, data))
        started = time.process_time()
        how, rules = outcome(catalog, Job(path, f"a.{kind}", NINGXIA, DAY, False), folder / f"out{number}")
        slowest = max(slowest, time.process_time() - started)
        outcomes[how] += 1
        crashes += [(number, r) for r in rules if r.startswith("crash")]
    print(f"fuzz {kind}: {dict(outcomes)}, slowest {slowest:.2f} s")
    assert crashes == []
    assert slowest < 5


@pytest.mark.parametrize("kind", KINDS)
def test_random_damage(catalog: Catalog, made: Made, tmp_path: Path, kind: str) -> None:
    fuzz(catalog, sample(made, kind), kind, tmp_path, 60)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_much_random_damage(catalog: Catalog, made: Made, tmp_path: Path, kind: str) -> None:
    fuzz(catalog, sample(made, kind), kind, tmp_path, 2000)


@pytest.mark.slow
def test_damaged_old_files_through_libreoffice(
    catalog: Catalog, made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random("damage office")
    jobs = []
    for kind in ("doc", "rtf", "odt"):
        for number in range(12):
            path = tmp_path / f"{number}.{kind}"
            path.write_bytes(damaged(rng, made.form(NINGXIA, kind).read_bytes()))
            jobs.append(Job(path, path.name, NINGXIA, DAY, False))
    monkeypatch.setattr(etl.rounds, "READING", Limits())
    read = read_jobs(catalog, jobs)
    assert {j.name for j, _ in read} == {j.name for j in jobs}
    assert not [f for _, s in read for x in s for f in x.findings if f.rule == "crash"]
