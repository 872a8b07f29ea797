"""Files -> what the real pipeline makes of them, in one shape for single files and for whole loads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from etl.assemble import Assembly, assemble
from etl.files.intake import find_jobs
from etl.proposals import sound
from etl.read_file import read_job
from etl.rounds import read_jobs
from etl.run import Wanted, load
from tests.cases.real_files import RealFiles
from tests.cases.writing import Recipe, catalog, extension, write


@dataclass(frozen=True)
class Value:
    """One blank of one unit as it came out."""

    value: float | None
    qualifier: str
    state: str
    low: float | None
    high: float | None
    text: str | None
    raw: str | None
    flags: frozenset[str]
    rules: frozenset[str]
    proposals: frozenset[str]

    @property
    def said(self) -> float | str:
        """The value, or the state where there is none."""
        return self.state if self.value is None else self.value


@dataclass
class Outcome:
    """Current values by unit and blank ('' is a unit that was not recognised), findings, and each file's standing."""

    values: dict[tuple[str, str], Value] = field(default_factory=dict)
    findings: list[tuple[str, str, str | None, str | None, str, str]] = field(default_factory=list)
    files: dict[str, list[tuple[str, str | None, str | None]]] = field(default_factory=dict)
    duties: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)

    @property
    def rules(self) -> list[str]:
        """The rules of all findings."""
        return [f[0] for f in self.findings]


def read_files(
    recipes: Sequence[Recipe], folder: Path, campaign: str, *, is_load: bool, real: RealFiles | None = None
) -> Outcome:
    """Write the files below a folder named like the campaign and read them as `python -m etl load` does."""
    make = real.write if real else write
    root = folder / "inbox"
    arrivals: dict[Path, list[str]] = {}
    for number, recipe in enumerate(recipes):
        home = root / recipe.get("folder", recipe.get("campaign", campaign))
        home.mkdir(parents=True, exist_ok=True)
        name = recipe.get("name", f"表{number + 1}.{extension(recipe)}")
        (home / name).write_bytes(make({"campaign": campaign, **recipe}))
        received = recipe.get("received", f"{campaign[-4:]}-07-01 09:{number:02d}")
        arrivals.setdefault(home, []).append(f"{name},{received}")
    for home, lines in arrivals.items():
        (home / "received.csv").write_text("\n".join(["file,received_at", *lines]), encoding="utf-8")
    if not is_load:
        jobs = find_jobs(catalog(), [root], None)
        if real:
            read = read_jobs(catalog(), jobs).files
            return _of_assembly(assemble(catalog(), [s for _, found in read for s in found]))
        return _of_assembly(assemble(catalog(), [s for job in jobs for s in read_job(catalog(), job)]))
    loaded = load(Wanted((root,)), folder / "releases")
    assert loaded.pointer is not None
    with duckdb.connect(str(folder / "releases" / loaded.pointer.file), read_only=True) as con:
        return _of_release(con)


def _of_assembly(assembly: Assembly) -> Outcome:
    out = Outcome()
    rules: dict[tuple[str, str], set[str]] = {}
    proposals: dict[tuple[str, str], set[str]] = {}
    for f in assembly.findings:
        out.findings.append((f.rule, f.level, f.unit_id, f.indicator_id, f.found, f.expected))
        if f.indicator_id:
            rules.setdefault((f.unit_id or "", f.indicator_id), set()).add(f.rule)
            if f.proposal:
                proposals.setdefault((f.unit_id or "", f.indicator_id), set()).add(f.proposal)
    check_proposals(assembly)
    for standing in assembly.standings:
        s = standing.submission
        said = (standing.status, s.unit_id, s.report_date.isoformat() if s.report_date else None)
        out.files.setdefault(s.source_name.rsplit("/", 1)[-1], []).append(said)
        for fact in s.facts:
            if fact.unit_id is not None and fact.unit_id not in standing.current_units:
                continue
            key = (fact.unit_id or "", fact.indicator_id)
            out.values[key] = Value(
                fact.value, fact.qualifier, fact.state, fact.low, fact.high, fact.text, fact.raw,
                frozenset(fact.flags), frozenset(rules.get(key, ())), frozenset(proposals.get(key, ())),
            )  # fmt: skip
    return out


def check_proposals(assembly: Assembly) -> None:
    """Whatever the file: each proposal for a count reads back as a number."""
    for standing in assembly.standings:
        form = catalog().forms.get(standing.submission.form_id or "")
        for about in (*standing.submission.facts, *standing.submission.findings) if form else ():
            indicator = form.by_indicator.get(about.indicator_id or "") if form else None
            if about.proposal and indicator and indicator.kind == "count":
                assert sound(indicator, about.proposal) == about.proposal, about


def _of_release(con: duckdb.DuckDBPyConnection) -> Outcome:
    out = Outcome()
    rules: dict[tuple[str, str, str], set[str]] = {}
    for row in con.execute(
        "select rule, level, unit_id, indicator_id, found, expected, campaign_id from finding"
    ).fetchall():
        out.findings.append(row[:6])
        if row[3]:
            rules.setdefault((row[6], row[2] or "", row[3]), set()).add(row[0])
    for name, *said in con.execute(
        "select source_name, status, unit_id, report_date::varchar from submission"
    ).fetchall():
        out.files.setdefault(name.rsplit("/", 1)[-1], []).append(tuple(said))
    query = "select campaign_id, coalesce(unit_id, ''), indicator_id, value, qualifier, state, low, high, text, raw, flags from current_fact order by campaign_id"
    for c, u, i, *rest, flags in con.execute(query).fetchall():
        out.values[(u, i)] = Value(*rest, frozenset(flags), frozenset(rules.get((c, u, i), ())), frozenset())
    for unit, duty, met_at, state in con.execute("select unit_id, duty_id, met_at, state from duty_status").fetchall():
        out.duties[(unit, duty)] = (met_at.strftime("%Y-%m-%d %H:%M") if isinstance(met_at, datetime) else "", state)
    return out


def merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """A variant of a case: its own fields over the case's."""
    return {**{k: v for k, v in base.items() if k != "variants"}, **over}
