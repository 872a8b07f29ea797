"""Checks over all facts together: quantities by SQL, then the rules of checks.yaml as left, operator, right over them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from etl.catalog.model import Catalog
from etl.catalog.quality import OPERATORS, SUBJECTS, Check, Condition
from etl.errors import CatalogError
from etl.facts import event_pairs, number_words
from etl.findings import Finding, FindingRow, word_finding
from etl.release.fact_rows import insert

Value = float | int | str | None
_AT_ONCE = 10_000
QUANTITIES = Path(__file__).parents[1] / "sql" / "quantities"


def run_checks(con: duckdb.DuckDBPyConnection, catalog: Catalog) -> None:
    """Work out the quantities, then add the findings of every check."""
    _inputs(con, catalog)
    con.execute("set preserve_insertion_order = false")  # no rule asks which row stands first; rows go in by both cores
    for path in sorted(QUANTITIES.glob("*.sql")):
        con.execute(path.read_text(encoding="utf-8"))
    con.execute("reset preserve_insertion_order")
    known = {subject: quantities(con, subject) for subject in SUBJECTS}
    said = {row[0] for row in con.execute("select finding_id from finding").fetchall()}
    for check in catalog.quality.checks:
        for found in _findings(con, catalog, check, known):
            new = {f.finding_id: f for f in found if f.finding_id not in said}
            insert(con, "finding", list(new.values()))
            said |= new.keys()
    con.execute((QUANTITIES.parent / "judged.sql").read_text(encoding="utf-8"))


def quantities(con: duckdb.DuckDBPyConnection, subject: str) -> frozenset[str]:
    """The quantities a rule on values or reports may name: the columns of its table."""
    return frozenset(row[0] for row in con.execute(f"describe on_{subject}").fetchall())


def check_sql(check: Check, known: frozenset[str], settings: frozenset[str]) -> str:
    """The query of one check. Raises CatalogError for a name that is neither a quantity nor a setting."""
    quoted = (check.found, check.expected, check.proposal, check.factor, check.basis, check.count)
    for name in filter(None, quoted):
        _must(name in known, check, name)
    wanted = ", ".join(name or "null" for name in quoted)
    where = "\n    and ".join(_condition_sql(check, c, known, settings) for c in check.when)
    keys = "submission_id, campaign_id, unit_id, indicator_id, place"
    return f"select {keys}, {wanted}\nfrom on_{check.subject}\nwhere {where}\norder by 2, 3, 4, 1"


def _condition_sql(check: Check, c: Condition, known: frozenset[str], settings: frozenset[str]) -> str:
    _must(c.operator in OPERATORS, check, c.operator)
    _must(c.left in known, check, c.left)
    _must(c.right in known or c.right in settings or c.right == "0", check, c.right)
    _must(not c.times or c.times in settings, check, c.times)
    right = c.right if c.right in known or c.right == "0" else _setting_sql(c.right)
    product = f"{right} * {_setting_sql(c.times)}" if c.times else right
    holds = f"{c.left} {c.operator} {product}"
    return f"({holds} or {right} is null)" if c.or_unknown else holds


def _setting_sql(name: str) -> str:
    return f"(select value from setting where name = '{name}')"  # noqa: S608 - checked against the settings


def _must(holds: bool, check: Check, name: str) -> None:
    if not holds:
        raise CatalogError(f"检查 {check.rule} 用了未知的 {name}", f"the check {check.rule} names the unknown {name}")


def _findings(
    con: duckdb.DuckDBPyConnection, catalog: Catalog, check: Check, known: dict[str, frozenset[str]]
) -> Iterator[list[FindingRow]]:
    """The findings of one check, a bounded number at once."""
    rows = con.execute(check_sql(check, known[check.subject], frozenset(catalog.settings))).fetchall()
    for start in range(0, len(rows), _AT_ONCE):
        yield [_finding(catalog, check, _Hit(*row)) for row in rows[start : start + _AT_ONCE]]


@dataclass(frozen=True)
class _Hit:
    """One row of a check's query: what broke the rule, and the quantities that its message quotes."""

    submission_id: str
    campaign_id: str
    unit_id: str
    indicator_id: str | None
    place: str
    found: Value
    expected: Value
    proposal: Value
    factor: Value
    basis: str | None
    count: Value


def _finding(catalog: Catalog, check: Check, hit: _Hit) -> FindingRow:
    basis_zh, basis_en = catalog.quality.bases.get(hit.basis or "", ("", ""))
    finding = Finding(
        check.rule,
        hit.place,
        _words(hit.found),
        _words(hit.expected),
        hit.unit_id,
        hit.indicator_id,
        proposal=_words(hit.proposal) or None,
        words={"basis": basis_zh, "basis_en": basis_en, "factor": _words(hit.factor), "count": _words(hit.count)},
    )
    form_id = catalog.campaigns[hit.campaign_id].form_id
    return word_finding(catalog, finding, hit.submission_id, hit.campaign_id, form_id)


def _words(value: object) -> str:
    return number_words(float(value)) if isinstance(value, int | float) else str(value or "")


def _inputs(con: duckdb.DuckDBPyConnection, catalog: Catalog) -> None:
    """Temporary tables of what the catalogue says: pairs of events and people, parts and wholes, slips."""
    pairs = [(f.form_id, e.indicator_id, p.indicator_id) for f in catalog.forms.values() for e, p in event_pairs(f)]
    tables: dict[str, tuple[str, list[tuple[object, ...]]]] = {
        "event_pair": ("form_id varchar, events_id varchar, people_id varchar", list(pairs)),
        "part_pair": ("part varchar, whole varchar", [(p.part, p.whole) for p in catalog.quality.parts]),
        "slip": ("factor double", [(factor,) for factor in catalog.quality.slips]),
    }
    for name, (columns, rows) in tables.items():
        con.execute(f"create temp table {name} ({columns})")
        if rows:
            marks = ", ".join("?" for _ in rows[0])
            con.executemany(f"insert into {name} values ({marks})", rows)  # noqa: S608 - table names are ours
