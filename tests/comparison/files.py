"""Filled Word forms, read and built into a release of their own, as a page opens it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from dashboard.components.page import View
from dashboard.release import open_pointed, read_pointer
from dashboard.reports.opening import view_of
from etl.assemble import assemble
from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.catalog import load_catalog
from etl.files.intake import Job
from etl.read_file import read_job
from etl.release.build import build_release
from tests.app.release_builder import publish

LOADED = datetime(2022, 7, 3)


def send(
    inbox: Path, campaign_id: str, unit: str, typed: Mapping[str, str], reworded: Mapping[str, str] | None = None
) -> None:
    """A unit's Word form with this typed into its blanks (by indicator), and some of its printed words put otherwise."""
    catalog = load_catalog()
    campaign = catalog.campaigns[campaign_id]
    form = catalog.forms[str(campaign.form_id)]
    assert set(typed) <= set(form.by_indicator), "a blank that the form has not"
    header = {"reporting_unit": unit, "report_date": f"{campaign.year}年7月1日"}
    made = write_docx(form, [fill_progress(a, typed) for a in form.activities], header)
    place = inbox / campaign_id
    place.mkdir(parents=True, exist_ok=True)
    (place / f"{unit}.docx").write_bytes(in_other_words(made, reworded or {}))


def in_other_words(made: bytes, reworded: Mapping[str, str]) -> bytes:
    """The document with printed words exchanged; each must stand in it."""
    into = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(into, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "word/document.xml":
                words = text.decode("utf-8")
                for printed, other in reworded.items():
                    assert printed in words
                    words = words.replace(printed, other)
                text = words.encode("utf-8")
            new.writestr(name, text)
    return into.getvalue()


def load(inbox: Path, releases: Path) -> None:
    """Everything in the inbox read, built and published."""
    known = load_catalog()
    jobs = [
        Job(path, path.name, path.parent.name, datetime(2022, 7, 2), False) for path in sorted(inbox.rglob("*.docx"))
    ]
    releases.mkdir(parents=True, exist_ok=True)
    target = releases / "r.duckdb"
    assembly = assemble(known, [s for job in jobs for s in read_job(known, job)])
    build_release(known, assembly, [], target, "r", "r", LOADED)
    publish(releases, target, "r")


@contextmanager
def opened(releases: Path, **query: str) -> Iterator[View]:
    """The view of the published release under these filters."""
    source = open_pointed(read_pointer(releases))
    try:
        yield view_of(source, query)
    finally:
        source.connection.close()
