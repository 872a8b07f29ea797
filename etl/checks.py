"""Checks over all facts together: each is one SQL file that selects the values it has something to say about."""

from __future__ import annotations

from dataclasses import astuple
from pathlib import Path

import duckdb

from etl.catalog.model import Catalog
from etl.facts import event_pairs, number_words
from etl.findings import Finding, word_finding
from etl.tables import insert

CHECKS = Path(__file__).parent / "sql" / "checks"


def run_checks(con: duckdb.DuckDBPyConnection, catalog: Catalog) -> None:
    """Add the findings of all checks. A check returns rule, submission, campaign, unit, indicator, place, found, expected, basis (and factor)."""
    _event_pairs(con, catalog)
    for path in sorted(CHECKS.glob("*.sql")):
        rows = con.execute(path.read_text(encoding="utf-8")).fetchall()
        made = []
        for rule, submission, campaign, unit, indicator, place, found, expected, basis_zh, basis_en, *factor in rows:
            finding = Finding(
                rule,
                place,
                _words(found),
                _words(expected),
                unit,
                indicator,
                words={
                    "basis": basis_zh or "",
                    "basis_en": basis_en or "",
                    "factor": _words(*factor) if factor else "",
                },
            )
            made.append(word_finding(catalog, finding, submission, campaign, catalog.campaigns[campaign].form_id))
        insert(con, "finding", [astuple(f) for f in made], once=True)


def _words(value: object) -> str:
    return number_words(float(value)) if isinstance(value, int | float) else str(value or "")


def _event_pairs(con: duckdb.DuckDBPyConnection, catalog: Catalog) -> None:
    """Temporary table of (form, events blank, people blank) for the checks that look at both."""
    con.execute("create temp table event_pair (form_id varchar, events_id varchar, people_id varchar)")
    rows = [(f.form_id, e.indicator_id, p.indicator_id) for f in catalog.forms.values() for e, p in event_pairs(f)]
    if rows:
        con.executemany("insert into event_pair values (?, ?, ?)", rows)
