"""One file -> submissions. Whatever goes wrong becomes a finding of this file; the others go on."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass, replace
from pathlib import Path

from etl.catalog.model import Catalog
from etl.collected.table import read_collected
from etl.decisions.files import FileDecision
from etl.document import Document, Workbook
from etl.errors import FileRefused
from etl.facts import Submission
from etl.files.intake import Job
from etl.files.kept import NOTHING_KEPT, Kept
from etl.files.office import TARGETS
from etl.findings import Finding
from etl.findings_by_column import by_column
from etl.form.identity import Source, year_of_arrival
from etl.form_or_table import read_document
from etl.guard.kind import is_zip, package_kind, remarks_of, sniff
from etl.guard.package import Package, open_package
from etl.guard.size import MAX_FILE_BYTES, check_size
from etl.held_facts import say_held, say_uncounted
from etl.proposals import keep_sound
from etl.read.opened import KIND_NAMES, opened
from etl.read.sizes import check_document, check_workbook
from etl.register.evidence import evidence_sheets, read_evidence
from etl.register.published import is_published, read_published

log = logging.getLogger(__name__)
_UNDECIDED = FileDecision()


@dataclass(frozen=True)
class Later:
    """A file that takes another step first: `archive` (unpack), `office` (convert) or `scan` (OCR), with its kind and digest."""

    step: str
    kind: str = ""
    sha256: str = ""
    remarks: tuple[str, ...] = ()


def read_job(catalog: Catalog, job: Job) -> list[Submission]:
    """All submissions of one file; one that takes another step first is refused. Never raises for what the file holds."""
    found = open_job(catalog, job)
    if isinstance(found, Later):
        rule = "needs_ocr" if found.step == "scan" else "unsupported_format"
        return refused_job(job, rule, " / ".join(KIND_NAMES[found.kind]), sha256=found.sha256, source_format=found.kind)
    return found


def open_job(catalog: Catalog, job: Job) -> list[Submission] | Later:
    """All submissions of one file, with arrival and marker set, or the step it takes first. MemoryError alone passes."""
    if job.is_debris:
        return []
    try:
        size = job.path.stat().st_size
        data = job.path.read_bytes() if size <= MAX_FILE_BYTES else b""
        digest = job.sha256 or (hashlib.sha256(data).hexdigest() if data else file_digest(job.path))
    except OSError as error:
        return refused_job(job, "file_damaged", str(error.strerror or error), source_format="unreadable")
    decided = job.decided.get(digest, _UNDECIDED)
    if decided.rejected:
        job, _ = _whose(catalog, job, digest, "unknown")  # whose campaign it was sent for is known all the same
        return refused_job(job, "rejected_by_hand", decided.rejected, sha256=digest)
    job, source = _whose(catalog, job, digest, "unknown")
    try:
        check_size(size)
        package = open_package(data) if is_zip(data) else None
        kind = package_kind(package) if package else sniff(data)
        source = replace(source, format=job.source_format or format_of(kind))
        remarks = tuple(dict.fromkeys(job.remarks + remarks_of(kind, data, package)))
        if step := _step(kind, job):
            return Later(step, kind, digest, remarks)
        submissions = _read(catalog, source, kind, data, package)
        if submissions is None:
            return Later("scan", kind, digest, remarks)
        told = {f.rule for f in submissions[0].findings} if remarks else ()  # the converted copy may say it too
        submissions[0].findings += [Finding(r, place=job.name) for r in remarks if r not in told]
    except FileRefused as error:
        return refused_job(
            job, error.rule, error.found or error.message_zh, error.expected, error.place, digest, source.format
        )
    except RecursionError:
        return refused_job(job, "file_damaged", "RecursionError", sha256=digest, source_format=source.format)
    except MemoryError:
        raise
    except Exception as error:  # a fault of ours must not lose the other files
        log.exception("reading %s failed", job.name)
        return refused_job(job, "crash", type(error).__name__, sha256=digest, source_format=source.format)
    found = [_stamp(keep_sound(catalog, s), job) for s in submissions]
    for submission in found if job.campaign_id is None else ():
        submission.findings += year_of_arrival(catalog, submission, job.received_at)
    return found


def scan_job(catalog: Catalog, job: Job, kept: Kept = NOTHING_KEPT) -> list[Submission]:
    """All submissions of a scan, by OCR. MemoryError alone passes."""
    from etl.ocr.scan import read_scan

    job, source = _whose(catalog, job, job.sha256, job.source_format)
    data = job.path.read_bytes()
    try:
        found = read_scan(catalog, sniff(data), data, lambda read: _either(catalog, source, read), kept)
        found[0].findings += [Finding(r, place=job.name) for r in job.remarks]
    except FileRefused as error:
        return refused_job(job, error.rule, error.found or error.message_zh, error.expected, error.place)
    except MemoryError:
        raise
    except Exception as error:  # a fault of ours must not lose the other files
        log.exception("reading %s failed", job.name)
        return refused_job(job, "crash", type(error).__name__)
    return [_stamp(keep_sound(catalog, s), job) for s in found]


def _whose(catalog: Catalog, job: Job, digest: str, source_format: str) -> tuple[Job, Source]:
    """The job and the file's identity, with what was decided about it by hand."""
    decided = job.decided.get(digest, _UNDECIDED)
    if decided.campaign_id:
        job = replace(job, campaign_id=decided.campaign_id)
    campaign = catalog.campaigns.get(job.campaign_id) if job.campaign_id else None
    is_decided = bool(decided.campaign_id)
    return job, Source(
        job.name, digest, source_format, campaign, decided.units, is_decided, job.received_at.year, job.columns
    )


def _step(kind: str, job: Job) -> str:
    """The step a file takes before it can be read, '' when it can be read at once."""
    if kind == "zip" and job.archive:
        raise FileRefused("nested_archive", "压缩包里还有压缩包", "an archive inside an archive", found=job.name)
    if kind == "zip":
        return "archive"
    return "office" if kind in TARGETS else ""


def file_digest(path: Path) -> str:
    """SHA-256 of a file, read piece by piece."""
    hasher = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            hasher.update(block)
    return hasher.hexdigest()


def format_of(kind: str) -> str:
    """The `source_format` of a kind."""
    return {"ole-excel": "xls", "ole-word": "doc"}.get(kind, kind)


def _stamp(submission: Submission, job: Job) -> Submission:
    submission.received_at = job.received_at
    counts = not submission.is_refused and any(f.value is not None for f in submission.facts)
    if submission.facts and not (submission.is_collected or counts):
        submission.findings = say_uncounted(submission.findings, submission.facts)
    submission.findings = by_column(say_held(submission.findings, submission.facts))
    submission.is_sample = job.is_sample
    if job.are_arrivals_unread:
        submission.findings.append(Finding("arrivals_unread", place=job.name, found="received.csv"))
    if submission.campaign_id is None:
        submission.campaign_id = job.campaign_id
    return submission


def refused_job(
    job: Job,
    rule: str,
    found: str,
    expected: str = "",
    place: str = "",
    sha256: str = "",
    source_format: str = "unknown",
) -> list[Submission]:
    """The one refused submission of a file that could not be read, with the finding that says why."""
    digest, kind = sha256 or job.sha256, job.source_format or source_format
    submission = Submission(job.name, digest, kind, is_refused=True, campaign_id=job.campaign_id)
    submission.findings = [Finding(rule, place=place or job.name, found=found, expected=expected)]
    return [_stamp(submission, job)]


def _read(catalog: Catalog, source: Source, kind: str, data: bytes, package: Package | None) -> list[Submission] | None:
    """The submissions; None for a file that holds only pictures."""
    read = opened(kind, data, package)
    if kind == "csv" and isinstance(read, Document):
        source = replace(source, format="txt")
    return _either(catalog, source, read) if read else None


def _either(catalog: Catalog, source: Source, read: Document | Workbook) -> list[Submission]:
    if isinstance(read, Workbook):
        return _table(catalog, source, read)
    check_document(read)
    return read_document(catalog, source, read, lambda book: _table(catalog, source, book))


def _table(catalog: Catalog, source: Source, book: Workbook) -> list[Submission]:
    check_workbook(book)
    if is_published(book):
        return read_published(catalog, source, book)
    if evidence_sheets(book):
        return read_evidence(catalog, source, book)
    return read_collected(catalog, source, book)
