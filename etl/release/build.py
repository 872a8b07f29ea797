"""Assembly -> a release file: tables, marts, checks. Nothing here publishes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from etl.assemble import Assembly
from etl.catalog.model import Catalog
from etl.decisions import Decision, Outcome
from etl.errors import ReleaseError
from etl.files.intake import Job
from etl.program import program_digest
from etl.read_file import file_digest
from etl.release.catalog_rows import catalog_rows
from etl.release.checks import run_checks
from etl.release.duty_rows import last_due
from etl.release.fact_rows import decision_rows, fact_tables, insert, insert_each, submission_rows

SCHEMA_VERSION = 10
SQL = Path(__file__).parents[1] / "sql"
SAFE: dict[str, Any] = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}


def inputs_digest(
    jobs: Iterable[Job], decisions: Sequence[Decision] = (), digests: Mapping[Path, str] | None = None
) -> str:
    """One hash over all inputs: name below the folder, bytes, arrival, marker; and every decision.

    `digests`: of the bytes that were read, so that what is named is what was read; files without one are looked at.
    """
    known = digests or {}
    lines = sorted(
        f"{j.name}|{known.get(j.path) or _bytes_of(j)}|{j.received_at.isoformat()}|{j.is_sample}|{j.campaign_id}"
        for j in jobs
        if not j.is_debris
    )
    return hashlib.sha256("\n".join([*lines, *(repr(d) for d in decisions)]).encode()).hexdigest()


def _bytes_of(job: Job) -> str:
    try:
        return file_digest(job.path)
    except OSError as error:  # it may be gone or locked: reading it will say so
        return f"unreadable {error.errno}"


def release_id_of(catalog: Catalog, inputs_sha256: str, loaded_at: datetime) -> str:
    """The same inputs, catalogue and program give the same id, until something else falls due: then silence says more."""
    made_of = f"{SCHEMA_VERSION}|{inputs_sha256}|{last_due(catalog, loaded_at)}|{program_digest(catalog)}"
    return hashlib.sha256(made_of.encode()).hexdigest()[:12]


def _memory_mb(assembly: Assembly) -> int:
    """What the building database may hold before it moves to disk: enough for the medians over all values, no more."""
    n_facts = sum(len(s.submission.facts) for s in assembly.standings)
    return max(500, n_facts * 11 // 10_000)


def build_release(
    catalog: Catalog,
    assembly: Assembly,
    outcomes: Sequence[Outcome],
    path: Path,
    release_id: str,
    inputs_sha256: str,
    loaded_at: datetime,
) -> None:
    """Write the whole release into a new file at `path`; what is due by `loaded_at` and not there is missing. Raises ReleaseError when a table can't be built."""
    try:
        with duckdb.connect(str(path), config=SAFE) as con:
            con.execute(f"set memory_limit = '{_memory_mb(assembly)}MB'")
            con.begin()  # one for all: rows go to the file at once, not by way of the log
            con.execute((SQL / "schema.sql").read_text(encoding="utf-8"))
            con.execute(
                "insert into release_info values (?, ?, ?, ?)", [release_id, SCHEMA_VERSION, loaded_at, inputs_sha256]
            )
            tables = catalog_rows(catalog, assembly)
            for name, rows in {**tables, **submission_rows(assembly), "decision": decision_rows(outcomes)}.items():
                insert(con, name, rows)
            insert_each(con, "fact", fact_tables(assembly))
            con.commit()
            con.execute((SQL / "decisions" / "corrected.sql").read_text(encoding="utf-8"))
            run_checks(con, catalog)
            con.execute((SQL / "decisions" / "explained.sql").read_text(encoding="utf-8"))
            for mart in sorted((SQL / "marts").glob("*.sql")):
                con.execute(mart.read_text(encoding="utf-8"))
            con.execute("checkpoint")
    except duckdb.Error as error:
        raise ReleaseError(f"建库失败：{error}", f"building the release failed: {error}") from error
