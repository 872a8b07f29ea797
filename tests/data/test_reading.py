"""Every value typed into the samples, against the release: none wrong, none lost."""

from __future__ import annotations

from collections import Counter
from typing import Any

import duckdb

QUERY = """
select s.source_name, f.unit_id, f.indicator_id, f.value, f.qualifier, f.state, f.low, f.high, f.is_current,
    exists (select 1 from finding n where n.submission_id = f.submission_id and n.indicator_id = f.indicator_id
        and n.unit_id = f.unit_id) as has_finding
from fact f join submission s using (submission_id)
"""


def test_every_typed_value_is_read(truth: dict[str, Any], release: duckdb.DuckDBPyConnection) -> None:
    rows = {(r[0].removeprefix("samples/"), r[1], r[2]): r[3:] for r in release.execute(QUERY).fetchall()}
    counts: Counter[str] = Counter()
    wrong = []
    for campaign_id, campaign in truth["campaigns"].items():
        for file in campaign["files"]:
            if file["kind"] == "register" or file["duplicate_of"]:
                continue
            for unit_id, unit in file["units"].items():
                for indicator_id, want in unit["facts"].items():
                    counts["expected"] += 1
                    got = rows.get((f"{campaign_id}/{file['file']}", unit_id, indicator_id))
                    if got is None:
                        counts["lost"] += 1
                        continue
                    value, qualifier, state, low, high, is_current, has_finding = got
                    expected = (want["value"], want["qualifier"], want["state"], want.get("low"), want.get("high"))
                    same = (value, qualifier, state, low, high) == expected and is_current == unit["is_current"]
                    counts["exact" if same else "wrong"] += 1
                    counts["with_finding"] += bool(has_finding)
                    if not same:
                        wrong.append((campaign_id, file["file"], unit_id, indicator_id, want, got))
    print("samples:", *(f"{k} {counts[k]}" for k in ("expected", "exact", "with_finding", "wrong", "lost")))
    assert wrong == []
    assert counts["lost"] == 0
    assert counts["expected"] > 8000


def test_every_oddity_of_the_samples_has_a_finding(truth: dict[str, Any], release: duckdb.DuckDBPyConnection) -> None:
    """Impossible values are typed on purpose: each must be spoken about."""
    found = set(release.execute("select campaign_id, unit_id, indicator_id from finding").fetchall())
    silent = []
    for campaign_id, campaign in truth["campaigns"].items():
        for file in campaign["files"]:
            if file["kind"] == "register" or file["duplicate_of"]:
                continue
            for unit_id, unit in file["units"].items():
                for indicator_id, want in unit["facts"].items():
                    kind = want.get("oddity")
                    is_partner = want["state"] in ("not_filled", "explicit_zero")
                    if (
                        kind
                        and not is_partner
                        and unit["is_current"]
                        and (campaign_id, unit_id, indicator_id) not in found
                    ):
                        silent.append((campaign_id, unit_id, indicator_id, kind, want["typed"]))
    assert silent == []


def test_every_slip_of_scale_is_named_with_what_was_meant(
    truth: dict[str, Any], release: duckdb.DuckDBPyConnection
) -> None:
    """“3万” for 3: the rule, the cell and the figure meant; the value counts as typed. No other year of it is blamed."""
    query = "select campaign_id, unit_id, indicator_id, proposal from finding where rule = 'scale_suspect'"
    said = {row[:3]: row[3] for row in release.execute(query).fetchall()}
    meant, odd = {}, set()
    for campaign_id, campaign in truth["campaigns"].items():
        for file in campaign["files"]:
            for unit_id, unit in file["units"].items() if not file["duplicate_of"] else ():
                for indicator_id, want in unit["facts"].items():
                    key = (campaign_id, unit_id, indicator_id)
                    if want.get("oddity") and unit["is_current"]:
                        odd.add(key)
                    if want.get("oddity") == "scale_slip" and unit["is_current"]:
                        meant[key] = f"{want['intended']:,.0f}"
    assert len(meant) == 8
    assert {key: said.get(key) for key in meant} == meant
    assert set(said) - odd == set()


def test_row_counts_are_as_reviewed(release: duckdb.DuckDBPyConnection) -> None:
    """Refresh after a reviewed change: python -m pytest tests/data -k row_counts, then copy what it prints into the file."""
    from pathlib import Path

    tables = ("submission", "fact", "finding", "measure_value", "activity_held", "duty_status")
    lines = ["table,campaign_id,count"]
    for table in tables:
        rows = release.execute(
            f"select coalesce(campaign_id, ''), count(*) from {table} group by 1 order by 1"
        ).fetchall()
        lines += [f"{table},{campaign},{count}" for campaign, count in rows]
    text = "\n".join(lines) + "\n"
    print(text)
    assert (Path(__file__).parent / "row_counts.csv").read_text(encoding="utf-8") == text
