"""Submissions, facts, findings and decisions -> the rows of the release tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa

from etl.assemble import Assembly, Standing
from etl.decisions import Outcome
from etl.facts import Fact
from etl.release.arrow import number_column, text_column

Rows = list[tuple[Any, ...]]


def submission_rows(assembly: Assembly) -> dict[str, Rows]:
    """Rows of submission, fact_source, finding and evidence."""
    submissions: Rows = []
    sources: Rows = []
    evidence: Rows = []
    for standing in assembly.standings:
        s = standing.submission
        submissions.append(
            (
                standing.submission_id,
                s.campaign_id,
                None if s.is_collected else s.unit_id,
                s.source_name,
                s.sha256,
                s.source_format,
                s.report_date,
                s.received_at,
                standing.revision,
                standing.status,
                s.is_sample,
                standing.also_named,
                s.part,
            )
        )
        sources += [(standing.submission_id, q.indicator_id, q.quote, q.source, q.url) for q in s.quotes]
        evidence += [
            (
                s.campaign_id,
                e.unit_id,
                e.kind,
                e.at,
                e.at or s.received_at,
                e.period,
                e.amount,
                e.note,
                standing.submission_id,
            )
            for e in s.evidence
        ]
    findings: Rows = sorted(assembly.findings)
    return {"submission": submissions, "fact_source": sources, "evidence": evidence, "finding": findings}


def decision_rows(outcomes: Iterable[Outcome]) -> Rows:
    """Rows of decision, in their order."""
    return [
        (
            o.decision.decision_id,
            datetime.fromisoformat(o.decision.decided_at),
            o.decision.decided_by,
            o.decision.kind,
            o.decision.reason,
            o.decision.source_sha256,
            o.decision.source_name,
            o.decision.part,
            o.decision.unit_id,
            o.decision.indicator_id,
            o.decision.rule,
            o.decision.expect,
            o.decision.value,
            o.state,
            o.found,
        )
        for o in outcomes
    ]


_FACT_NAMES = [
    "submission_id",
    "campaign_id",
    "unit_id",
    "indicator_id",
    "value",
    "text",
    "qualifier",
    "state",
    "raw",
    "place",
    "low",
    "high",
    "flags",
    "decision_id",
    "is_current",
]
_AT_ONCE = 50_000
_NUMBERS = frozenset(("value", "low", "high"))


def fact_tables(assembly: Assembly) -> Iterator[pa.Table]:
    """All facts as Arrow tables in the schema's column order, campaigns and units together, a bounded number in each."""
    standings = [s for s in assembly.standings if s.submission.facts]
    columns, n_facts = _no_facts(), 0
    for standing in sorted(standings, key=lambda s: (s.submission.campaign_id or "", s.submission_id)):
        n_facts += _add_facts(columns, standing)
        if n_facts >= _AT_ONCE:
            yield _fact_table(columns)
            columns, n_facts = _no_facts(), 0
    if n_facts:
        yield _fact_table(columns)


def _no_facts() -> dict[str, list[Any]]:
    return {name: [] for name in _FACT_NAMES}


def _add_facts(columns: dict[str, list[Any]], standing: Standing) -> int:
    facts = standing.submission.facts
    columns["submission_id"] += [standing.submission_id] * len(facts)
    columns["campaign_id"] += [standing.submission.campaign_id] * len(facts)
    for name, values in zip(Fact._fields, zip(*facts, strict=True), strict=True):
        if name in columns:
            columns[name] += values
    current = standing.current_units - {None} if standing.status == "current" else set()
    columns["is_current"] += [f.unit_id in current for f in facts]
    return len(facts)


def _fact_table(columns: dict[str, list[Any]]) -> pa.Table:
    columns["decision_id"] = [decision or None for decision in columns["decision_id"]]
    return pa.table({n: number_column(v) if n in _NUMBERS else text_column(v) for n, v in columns.items()})


def insert(con: duckdb.DuckDBPyConnection, name: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows into a table through Arrow."""
    if rows:
        names = [c[0] for c in con.execute(f"describe {name}").fetchall()]
        columns = zip(names, zip(*rows, strict=True), strict=True)
        insert_table(con, name, pa.table({c: text_column(values) for c, values in columns}))


def insert_each(con: duckdb.DuckDBPyConnection, name: str, tables: Iterable[pa.Table]) -> None:
    """Insert tables one after the other, each while the next one is made."""
    with ThreadPoolExecutor(1) as writer:
        under_way: Future[None] | None = None
        for table in tables:
            if under_way is not None:
                under_way.result()
            under_way = writer.submit(insert_table, con, name, table)
        if under_way is not None:
            under_way.result()


def insert_table(con: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> None:
    """Insert an Arrow table whose columns stand in the schema's order."""
    con.register("rows_in", table)
    con.execute(f"insert into {name} select * from rows_in")  # noqa: S608 - table names are ours
    con.unregister("rows_in")
