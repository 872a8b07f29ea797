"""Lines of names and bare figures behind a form: a table that lost its lines is named, figure by figure."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from etl.findings import word_finding
from tests.cases.test_held_out import form_file, read
from tests.cases.writing import catalog, stand_ins

CAMPAIGN = "jincheng-2022"


def behind(*lines: str) -> str:
    return "".join(f'<w:p><w:r><w:t xml:space="preserve">{line}</w:t></w:r></w:p>' for line in lines)


@pytest.mark.parametrize(
    ("lines", "named"),
    [
        (("单位  场次  人次", "东街街道  3  120", "西街街道  5  260"), "3、120、5、260"),
        (("东街街道 31", "西街街道 52"), "31、52"),
        (("12 350 8",), "12、350、8"),
        (("附件 2",), ""),
        (("2022年7月1日",), ""),
        (("联系方式 13812345678 13912345678",), ""),
    ],
)
def test_bare_figures_behind_the_form_are_named(tmp_path: Path, lines: tuple[str, ...], named: str) -> None:
    form = catalog().forms[CAMPAIGN]
    data = form_file(
        CAMPAIGN, stand_ins(form), edit=lambda xml: xml.replace("</w:tbl>", f"</w:tbl>{behind(*lines)}", 1)
    )
    _, _, _, (submission,) = read(data, CAMPAIGN, tmp_path)
    said = [f.found for f in submission.findings if f.rule in ("table_unread", "text_after_form")]
    assert said == ([named] if named else [])


def test_more_figures_than_a_finding_names_are_counted_in_it(tmp_path: Path) -> None:
    lines = tuple(f"街道 {n}" for n in range(101, 126))
    form = catalog().forms[CAMPAIGN]
    data = form_file(
        CAMPAIGN, stand_ins(form), edit=lambda xml: xml.replace("</w:tbl>", f"</w:tbl>{behind(*lines)}", 1)
    )
    _, _, _, (submission,) = read(data, CAMPAIGN, tmp_path)
    (found,) = (f for f in submission.findings if f.rule == "table_unread")
    assert found.found.endswith("119、120……")
    for rule in ("table_unread", "only_table_unread"):
        row = word_finding(catalog(), replace(found, rule=rule), None, CAMPAIGN, CAMPAIGN)
        assert "120…等 25 个，其余见原件" in row.message_zh
        assert "120… and others, 25 in all (see the file)" in row.message_en
