"""Collected tables made of rows for a test, and what was read of them."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence

import openpyxl

from etl.catalog import load_catalog
from etl.collected.table import read_collected
from etl.document import Workbook
from etl.facts import Submission
from etl.form.identity import Source
from etl.guard.package import open_package
from etl.read.text import read_delimited
from etl.read.xlsx import read_xlsx

CATALOG = load_catalog()
COLLECTED_HEADS = ("公开课、大家谈、班组会(场)", "公开课、大家谈、班组会参与(人次)", "集中曝光突出问题(个)")
NO_FORMATS: Mapping[str, str] = {}


def read_rows(
    rows: Sequence[Sequence[object]],
    *,
    sheet: str = "Sheet1",
    merged: Sequence[str] = (),
    formats: Mapping[str, str] = NO_FORMATS,
    campaign_id: str = "chongqing-2022",
) -> Submission:
    """The rows as a .xlsx of the campaign, read; `formats` are number formats by cell."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = sheet
    for row in rows:
        page.append(list(row))
    for area in merged:
        page.merge_cells(area)
    for cell, code in formats.items():
        page[cell].number_format = code
    stream = io.BytesIO()
    book.save(stream)
    return _read(read_xlsx(open_package(stream.getvalue())), "xlsx", campaign_id)


def read_csv(text: str) -> Submission:
    """The text as a .csv of 重庆 2022, read."""
    book = read_delimited(text)
    assert book is not None
    return _read(book, "csv")


def _read(book: Workbook, kind: str, campaign_id: str = "chongqing-2022") -> Submission:
    source = Source(f"t.{kind}", hashlib.sha256(b"t").hexdigest(), kind, CATALOG.campaigns[campaign_id])
    (submission,) = read_collected(CATALOG, source, book)
    return submission


def numbers(submission: Submission) -> dict[str | None, tuple[float, ...]]:
    """Unit -> the numbers that count, in the order of the blanks; under None what is withheld from every unit."""
    found: dict[str | None, tuple[float, ...]] = {}
    for fact in submission.facts:
        if fact.value is not None:
            found[fact.unit_id] = (*found.get(fact.unit_id, ()), fact.value)
    return found


def rules(submission: Submission) -> dict[str, str]:
    """Rule -> what its first finding quotes."""
    return {f.rule: f.found or "" for f in reversed(submission.findings)}
