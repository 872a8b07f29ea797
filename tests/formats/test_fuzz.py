"""Random damage to one good file of every kind: only our own outcomes, each in bounded time."""

from __future__ import annotations

import io
import os
import random
import re
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

import etl.rounds
from benchmarks.paper import pages_of, save, scanned
from etl.catalog import Catalog, load_catalog
from etl.errors import FileRefused
from etl.files.intake import Job
from etl.files.workers import Limits, Lost, share_out
from etl.findings import word_finding
from etl.guard.kind import sniff
from etl.ocr.page import straightened
from etl.ocr.pictures import pictures_of
from etl.ocr.stamp import without_stamps
from etl.read_file import Later, open_job
from etl.rounds import read_jobs
from etl.unpack import Archive, unpack
from tests.faults.test_bad_files import OUR_STATES, damaged, repacked
from tests.formats.conftest import Made
from tests.formats.fuzz_truth import SEPARATORS, Against, Came, single_changes, text_of
from tests.formats.made import DAY, compare
from tests.formats.ofd_writer import ofd_of_pdf
from tests.formats.test_archives import packed

NINGXIA = "ningxia-2021"
Damage = Callable[[random.Random, bytes], bytes]
DEADLINE = Limits(seconds=15.0)
CATALOG = load_catalog()  # inherited by the workers
KINDS = [
    "docx",
    "xlsx",
    "xls",
    "csv",
    "tsv",
    "html",
    "pdf",
    "table.pdf",
    "ofd",
    "zip",
    "doc",
    "odt",
    "rtf",
    "mhtml",
    "png",
    "jpg",
]


def sample(made: Made, kind: str) -> bytes:
    if kind in ("xlsx", "xls"):
        return made.table(NINGXIA, kind).read_bytes()
    if kind == "table.pdf":
        return made.table(NINGXIA, "pdf").read_bytes()
    if kind in ("csv", "tsv"):
        return _text_table(made, "," if kind == "csv" else "\t").encode("gb18030")
    if kind == "ofd":
        return ofd_of_pdf(made.form(NINGXIA, "pdf"))
    if kind == "zip":
        return packed(
            {f"{NINGXIA}/a.docx": made.form(NINGXIA, "docx").read_bytes(), "b.csv": b"a,b,c\n" * 9}, "gb18030"
        )
    if kind in ("png", "jpg"):
        pages = [scanned(p, np.random.default_rng(3), 0.5, 4) for p in pages_of(made.form(NINGXIA, "pdf"), 100)]
        return save(pages, made.folder / f"fuzz-{os.getpid()}.{kind}", 100).read_bytes()
    if kind == "mhtml":
        page = made.form(NINGXIA, "html").read_bytes()
        return b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    return made.form(NINGXIA, kind).read_bytes()


def _text_table(made: Made, mark: str) -> str:
    """The collected table as text."""
    counts = [i for i in CATALOG.forms[NINGXIA].indicators if i.kind == "count"]
    rows = [["单位", *(f"{i.label_zh}（{i.unit}）" for i in counts)]]
    for unit_id, truth in made.tables[NINGXIA].items():
        numbers = [truth[i.indicator_id][0] for i in counts]
        rows.append([CATALOG.units[unit_id].name, *("" if n is None else f"{n:g}" for n in numbers)])
    return "\r\n".join(mark.join(row) for row in rows)


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


def outcome(job: Job) -> Came:
    """One file as a load reads it; files for other programs end at their door."""
    catalog, started = CATALOG, time.process_time()
    found = open_job(catalog, job)
    if isinstance(found, Later):
        if found.step == "scan":
            decode_only(job)
        if found.step != "archive":
            return Came(found.step, (), {}, time.process_time() - started)
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
    rules = tuple(f"{f.rule}: {f.found}" for s in found for f in s.findings)
    how = "refused" if all(s.is_refused for s in found) else "read"
    read = {(f.unit_id or "", f.indicator_id): (f.value, f.state) for s in found for f in s.facts}
    return Came(how, rules, read, seconds, Counter(re.findall(r"\d+", text_of(job.path.read_bytes()))))


def decode_only(job: Job) -> None:
    """A picture's way to the point where OCR would begin."""
    with suppress(FileRefused):
        data = job.path.read_bytes()
        for picture in pictures_of(sniff(data), data):
            straightened(without_stamps(picture))


WAYS: dict[str, Damage] = {"bytes": damaged, "inside": damaged_inside, "deep": damaged_deep}
# A checksum stands over every byte that is read: whatever is changed outside an archive's parts is noticed.
CHECKED = {"docx", "xlsx", "ofd", "zip", "odt"}
# In a PDF numbers say where each letter stands: changed ones move it.
UNCHECKED = {"xls", "csv", "tsv", "html", "mhtml", "pdf", "table.pdf"}


def fuzz(data: bytes, kind: str, folder: Path, rounds: int) -> None:
    """Damage the file in many ways; each way is read in a worker that may die or be ended, as in a load."""
    rng = random.Random(f"damage {kind}")
    (folder / "sound").write_bytes(data)
    sound = outcome(Job(folder / "sound", f"a.{kind}", NINGXIA, DAY, False))
    jobs, ways = [], []
    for number in range(rounds):
        path = folder / f"{number}"
        ways.append(rng.choice(list(WAYS)))
        path.write_bytes(WAYS[ways[-1]](rng, data))
        jobs.append(Job(path, f"a.{kind}", NINGXIA, DAY, False))
    outcomes: Counter[str] = Counter()
    against = {way: Against() for way in WAYS}
    slowest, bad = 0.0, []
    for job, way, found in zip(jobs, ways, share_out(outcome, jobs, DEADLINE, start, (), 2), strict=True):
        if isinstance(found, Lost):
            bad.append((job.path.name, found))
            continue
        outcomes[found.how] += 1
        slowest = max(slowest, found.seconds)
        bad += [(job.path.name, r) for r in found.rules if r.startswith("crash")]
        if found.how == "read":
            against[way].add(job.path.name, sound, found)
    print(f"fuzz {kind}: {dict(outcomes)}, slowest {slowest:.2f} s")
    for way, a in against.items():
        told = (
            f"same {a.same}, withheld {a.withheld}, other text {len(a.other)}, moved {len(a.moved)}, lost {len(a.lost)}"
        )
        print(f"  {kind} {way}: {told} {a.moved[:3]} {a.lost[:3]}")
    assert bad == []
    assert slowest < 5
    if kind in CHECKED:
        assert (against["bytes"].other, against["bytes"].moved, against["bytes"].lost) == ([], [], [])
    if kind not in UNCHECKED:
        assert [(way, a.moved, a.lost) for way, a in against.items() if a.moved or a.lost] == []
    else:
        # Several bytes of heads and separators destroyed at once make another table of it; see the single changes below.
        assert sum(len(a.moved) + len(a.lost) for a in against.values()) <= 0.01 * sum(a.same for a in against.values())


@pytest.mark.parametrize(
    ("kind", "step"), [("csv", 9), pytest.param("csv", 1, marks=pytest.mark.slow), pytest.param("tsv", 1, marks=pytest.mark.slow)]
)  # fmt: skip
def test_one_changed_byte_of_a_text_table_moves_no_value(made: Made, tmp_path: Path, kind: str, step: int) -> None:
    data, path = sample(made, kind), tmp_path / "x"
    job = Job(path, f"a.{kind}", NINGXIA, DAY, False)
    path.write_bytes(data)
    sound, against = outcome(job), Against()
    for number, changed in enumerate(single_changes(data, SEPARATORS[kind], step)):
        path.write_bytes(changed)
        came = outcome(job)
        if came.how == "read":
            against.add(f"{number}", sound, came)
    print(f"single {kind}: same {against.same}, withheld {against.withheld}, other text {len(against.other)}")
    assert against.same > 1000 and (against.moved, against.lost) == ([], [])


@pytest.mark.parametrize("kind", KINDS)
def test_random_damage(made: Made, tmp_path: Path, kind: str) -> None:
    fuzz(sample(made, kind), kind, tmp_path, 60)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_much_random_damage(made: Made, tmp_path: Path, kind: str) -> None:
    fuzz(sample(made, kind), kind, tmp_path, 2000)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["png", "jpg"])
def test_damaged_pictures_through_ocr(catalog: Catalog, made: Made, tmp_path: Path, kind: str) -> None:
    rng, data = random.Random(f"ocr {kind}"), sample(made, kind)
    truth = made.truths[NINGXIA]
    jobs = []
    for number in range(8):
        path = tmp_path / f"{number}.{kind}"
        path.write_bytes(damaged(rng, data))
        jobs.append(Job(path, path.name, NINGXIA, DAY, False))
    counted: Counter[str] = Counter()
    for _, submissions in read_jobs(catalog, jobs).files:
        assert not [f for x in submissions for f in x.findings if f.rule == "crash"]
        found = compare(truth, submissions, made.units[NINGXIA])
        exact = [f for x in submissions for f in x.facts if f.value is not None and f.qualifier == "exact"]
        counted.update(wrong=len(found.wrong), unconfirmed=len(exact), refused=all(x.is_refused for x in submissions))
    print(f"ocr {kind}: {dict(counted)}")
    assert (counted["wrong"], counted["unconfirmed"]) == (0, 0)


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
    started = time.monotonic()
    read = read_jobs(catalog, jobs).files
    print(f"LibreOffice: {len(jobs)} damaged files in {time.monotonic() - started:.0f} s")
    assert {j.name for j, _ in read} == {j.name for j in jobs}
    assert not [f for _, s in read for x in s for f in x.findings if f.rule == "crash"]
