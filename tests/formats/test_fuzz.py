"""Random damage to one good file of every kind: only our own outcomes, each in bounded time."""

from __future__ import annotations

import io
import random
import re
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

import etl.rounds
from etl.catalog import Catalog, load_catalog
from etl.files.intake import Job
from etl.files.workers import Limits, Lost, share_out
from etl.findings import word_finding
from etl.read_file import Later, open_job
from etl.rounds import read_jobs
from etl.unpack import Archive, unpack
from tests.faults.test_bad_files import OUR_STATES, damaged, repacked
from tests.formats.conftest import Made
from tests.formats.made import DAY
from tests.formats.ofd_writer import ofd_of_pdf
from tests.formats.test_archives import packed

NINGXIA = "ningxia-2021"
Damage = Callable[[random.Random, bytes], bytes]
DEADLINE = Limits(seconds=15.0)
CATALOG = load_catalog()  # inherited by the workers
KINDS = ["docx", "xlsx", "xls", "csv", "html", "pdf", "table.pdf", "ofd", "zip", "doc", "odt", "rtf", "mhtml"]


def sample(made: Made, kind: str) -> bytes:
    if kind in ("xlsx", "xls"):
        return made.table(NINGXIA, kind).read_bytes()
    if kind == "table.pdf":
        return made.table(NINGXIA, "pdf").read_bytes()
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


ABSURD = ["999999999", "-1", "²", "", "9" * 400, "NaN", "1e999", "4294967296", "a" * 3000, "&#xFFFE;", "../x"]


def absurd(rng: random.Random, xml: bytes) -> bytes:
    """Attributes with absurd values, tags left out, doubled or exchanged, stray signs: still XML more often than not."""
    text = xml.decode("utf-8", "replace")
    for _ in range(rng.randint(1, 6)):
        marks = list(re.finditer(r'="[^"]*"' if rng.random() < 0.5 else "<[^>]*>", text))
        if not marks or rng.random() < 0.15:
            at = rng.randrange(len(text) + 1)
            text = text[:at] + rng.choice(["<", "&", "\0", "]]>", "<!--", "<?x", "\x1f"]) + text[at:]
            continue
        mark, other = rng.choice(marks), rng.choice(marks)
        new = f'="{rng.choice(ABSURD)}"' if mark[0][0] == "=" else rng.choice(["", other[0], mark[0] * 3])
        text = text[: mark.start()] + new + text[mark.end() :]
    return text.encode()


def damaged_deep(rng: random.Random, data: bytes) -> bytes:
    """The damage where only a reader of the content meets it: absurd XML in a part, other numbers in a page's commands."""
    if data[:4] == b"%PDF":
        return _damaged_stream(rng, data)
    if data[:2] != b"PK":
        return absurd(rng, data) if b"<" in data[:2000] else damaged(rng, data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        name = rng.choice([n for n in archive.namelist() if n.endswith((".xml", ".rels"))] or archive.namelist())
        part = archive.read(name)
    return repacked(data, {name: absurd(rng, part)})


def _damaged_stream(rng: random.Random, data: bytes) -> bytes:
    found = rng.choice(list(re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL)))
    try:
        raw = zlib.decompress(found[1])
    except zlib.error:
        return damaged(rng, data)
    numbers = [b"1e9", b"-1", b"99999999999", b"0", b""]
    new = re.sub(rb"[-\d.]+", lambda m: rng.choice(numbers) if rng.random() < 0.02 else m[0], raw)
    return data[: found.start(1)] + zlib.compress(new) + data[found.end(1) :]


def start() -> None:
    """Workers need nothing more than the catalogue they inherit."""


def outcome(job: Job) -> tuple[str, list[str], float]:
    """How a file came out, what was said of it, and the seconds it took; files for other programs end at their door."""
    catalog, started = CATALOG, time.process_time()
    found = open_job(catalog, job)
    if isinstance(found, Later):
        if found.step != "archive":
            return found.step, [], time.process_time() - started
        unpacked = unpack(Archive(job, job.path.with_suffix(".out"), (NINGXIA,)))
        lists = [open_job(catalog, j) for j in unpacked.jobs] + [s for _, s in unpacked.refused]
        found = [s for x in lists if not isinstance(x, Later) for s in x]
    seconds = time.process_time() - started
    for submission in found:
        assert not submission.is_refused or submission.findings
        assert {f.state for f in submission.facts} <= OUR_STATES
        for finding in submission.findings:
            row = word_finding(catalog, finding, "s", submission.campaign_id, submission.form_id)
            assert finding.rule in catalog.rules and row.message_zh and row.message_en
    rules = [f"{f.rule}: {f.found}" for s in found for f in s.findings]
    return ("refused" if all(s.is_refused for s in found) else "read"), rules, seconds


def fuzz(data: bytes, kind: str, folder: Path, rounds: int) -> None:
    """Damage the file in many ways; each way is read in a worker that may die or be ended, as in a load."""
    rng = random.Random(f"damage {kind}")
    ways: list[Damage] = [damaged, damaged_inside, damaged_deep]
    jobs = []
    for number in range(rounds):
        path = folder / f"{number}"
        path.write_bytes(rng.choice(ways)(rng, data))
        jobs.append(Job(path, f"a.{kind}", NINGXIA, DAY, False))
    outcomes: Counter[str] = Counter()
    slowest, bad = 0.0, []
    for job, found in zip(jobs, share_out(outcome, jobs, DEADLINE, start, (), 2), strict=True):
        if isinstance(found, Lost):
            bad.append((job.path.name, found))
            continue
        how, rules, seconds = found
        outcomes[how] += 1
        slowest = max(slowest, seconds)
        bad += [(job.path.name, r) for r in rules if r.startswith("crash")]
    print(f"fuzz {kind}: {dict(outcomes)}, slowest {slowest:.2f} s")
    assert bad == []
    assert slowest < 5


@pytest.mark.parametrize("kind", KINDS)
def test_random_damage(made: Made, tmp_path: Path, kind: str) -> None:
    fuzz(sample(made, kind), kind, tmp_path, 60)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_much_random_damage(made: Made, tmp_path: Path, kind: str) -> None:
    fuzz(sample(made, kind), kind, tmp_path, 2000)


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
    read = read_jobs(catalog, jobs).files
    assert {j.name for j, _ in read} == {j.name for j in jobs}
    assert not [f for _, s in read for x in s for f in x.findings if f.rule == "crash"]
