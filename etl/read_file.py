"""One file -> submissions. Whatever goes wrong becomes a finding of this file; the others go on."""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path

from etl.catalog.model import Catalog
from etl.collected import read_collected
from etl.document import Workbook
from etl.errors import FileRefused
from etl.evidence import evidence_sheets, read_evidence
from etl.facts import Submission
from etl.findings import Finding
from etl.guard import MAX_FILE_BYTES, Package, check_size, is_zip, open_package, package_kind, sniff
from etl.intake import Job
from etl.read.docx import read_docx
from etl.read.text import decode, read_delimited, read_prose
from etl.read.xls import read_xls
from etl.read.xlsx import read_xlsx
from etl.registers import is_published, read_published
from etl.word_form import Source, read_word_form

log = logging.getLogger(__name__)

_NAMES = {
    "ole-word": ("旧版 Word 文件（.doc/.wps）", "an old Word file (.doc/.wps)"),
    "ole": ("旧版 Office 文件", "an old Office file"),
    "pdf": ("PDF 文件", "a PDF file"),
    "picture": ("图片或扫描件", "a picture or scan"),
    "html": ("网页文件", "a web page"),
    "rtf": ("RTF 文件", "an RTF file"),
    "ofd": ("OFD 版式文件", "an OFD file"),
    "zip": ("压缩包", "an archive"),
    "xml": ("XML 文件", "an XML file"),
    "unknown": ("无法识别的文件", "a file of unknown kind"),
}


def read_job(catalog: Catalog, job: Job) -> list[Submission]:
    """All submissions of one file, with arrival and marker set. Never raises for what the file holds."""
    if job.is_debris:
        return []
    try:
        size = job.path.stat().st_size
        data = job.path.read_bytes() if size <= MAX_FILE_BYTES else b""
        digest = hashlib.sha256(data).hexdigest() if data else _digest(job.path)
    except OSError as error:
        refused = Submission(job.name, "", "unreadable", is_refused=True, campaign_id=job.campaign_id)
        refused.findings = [Finding("file_damaged", place=job.name, found=str(error.strerror or error))]
        return [_stamp(refused, job)]
    campaign = catalog.campaigns.get(job.campaign_id) if job.campaign_id else None
    source = Source(job.name, digest, "unknown", campaign)
    try:
        check_size(size)
        package = open_package(data) if is_zip(data) else None
        kind = package_kind(package) if package else sniff(data)
        source = Source(job.name, digest, _format(kind), campaign)
        submissions = _read(catalog, source, kind, data, package)
    except FileRefused as error:
        submissions = [_refused(source, job, error.rule, error.found or error.message_zh, error.expected, error.place)]
    except Exception as error:  # a fault of ours must not lose the other files
        log.exception("reading %s failed", job.name)
        submissions = [_refused(source, job, "crash", type(error).__name__, "", "")]
    return [_stamp(s, job) for s in submissions]


def _digest(path: Path) -> str:
    hasher = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            hasher.update(block)
    return hasher.hexdigest()


def _format(kind: str) -> str:
    return {"ole-excel": "xls", "ole-word": "doc"}.get(kind, kind)


def _stamp(submission: Submission, job: Job) -> Submission:
    submission.received_at = job.received_at
    submission.is_sample = job.is_sample
    if job.are_arrivals_unread:
        submission.findings.append(Finding("arrivals_unread", place=job.name, found="received.csv"))
    if submission.campaign_id is None:
        submission.campaign_id = job.campaign_id
    return submission


def _refused(source: Source, job: Job, rule: str, found: str, expected: str, place: str) -> Submission:
    submission = Submission(source.name, source.sha256, source.format, is_refused=True, campaign_id=job.campaign_id)
    submission.findings = [Finding(rule, place=place or source.name, found=found, expected=expected)]
    return submission


def _read(catalog: Catalog, source: Source, kind: str, data: bytes, package: Package | None) -> list[Submission]:
    if package and kind == "docx":
        return read_word_form(catalog, source, read_docx(package))
    if package and kind == "xlsx":
        return _table(catalog, source, read_xlsx(package) if package.has("xl/workbook.xml") else read_xls(data))
    if kind == "ole-excel":
        return _table(catalog, source, read_xls(data))
    if kind == "csv":
        text = decode(data)
        book = read_delimited(text)
        if book is not None:
            return _table(catalog, source, book)
        return read_word_form(catalog, Source(source.name, source.sha256, "txt", source.campaign), read_prose(text))
    if kind == "encrypted":
        raise FileRefused("encrypted", "文件有密码保护", "the file is protected by a password")
    zh, en = _NAMES.get(kind, _NAMES["unknown"])
    rule = "needs_ocr" if kind == "picture" else "unsupported_format"
    raise FileRefused(rule, f"这是{zh}", f"this is {en}", found=f"{zh} / {en}")


def _table(catalog: Catalog, source: Source, book: Workbook) -> list[Submission]:
    if is_published(book):
        return read_published(catalog, source, book)
    if evidence_sheets(book):
        return read_evidence(catalog, source, book)
    return read_collected(catalog, source, book)
