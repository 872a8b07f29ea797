"""What a measure does not add is said where its definition is: an analyst who adds up the table by hand must learn why."""

from __future__ import annotations

import duckdb


def test_every_concept_left_out_is_named_with_its_reason_in_both_languages(release: duckdb.DuckDBPyConnection) -> None:
    rows = release.execute(
        "select m.definition_zh, m.definition_en, c.label_zh, c.label_en, x.reason_zh, x.reason_en"
        " from measure_concept x join measure m using (measure_id) join concept c using (concept_id) where not x.is_added"
    ).fetchall()
    assert len(rows) > 8
    for zh, en, label_zh, label_en, why_zh, why_en in rows:
        assert label_zh in zh and why_zh in zh
        assert label_en in en and why_en in en
