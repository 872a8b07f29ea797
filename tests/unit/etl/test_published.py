"""Published figures: sources known to be re-dated or generated are refused, each with its reason."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from etl.catalog import load_catalog
from etl.run import Wanted, load

CATALOG = load_catalog()
HEAD = "填报单位,指标,公布数,单位,原文,来源,网址\n"


@pytest.mark.parametrize("source", CATALOG.quality.refused_sources, ids=lambda s: s.address)
def test_a_refused_source_is_not_read(tmp_path: Path, source: object) -> None:
    address = source.address  # type: ignore[attr-defined]
    folder = tmp_path / "china-2021"
    folder.mkdir()
    rows = (
        f"全国,hazards_exposed,9.9万,条,曝光问题隐患 9.9万条,某网站,https://www.{address.strip('/')}\n"
        if not address.startswith("/")
        else f"全国,hazards_exposed,9.9万,条,曝光问题隐患 9.9万条,某网站,https://www.example.org{address}\n"
    )
    good = "全国,public_reports,11.4万,条次,举报 11.4万条次,人民日报,https://zwc.hnebp.edu.cn/Home/Page/38061\n"
    (folder / "公布数.csv").write_text(HEAD + rows + good, encoding="utf-8")
    load(Wanted((tmp_path,)), tmp_path / "releases")
    pointer = json.loads((tmp_path / "releases" / "CURRENT").read_text(encoding="utf-8"))
    with duckdb.connect(str(tmp_path / "releases" / pointer["file"]), read_only=True) as con:
        facts = con.execute("select indicator_id from current_fact where value is not null").fetchall()
        said = con.execute("select message_zh from finding where rule = 'source_refused'").fetchall()
    assert facts == [("public_reports",)]
    assert len(said) == 1 and source.reason_zh in said[0][0]  # type: ignore[attr-defined]
