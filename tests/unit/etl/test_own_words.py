"""A Word form whose printed sentences were all replaced by the clerk's own: named for what it is, every number named, none counted."""

from __future__ import annotations

from pathlib import Path

from tests.cases.test_held_out import form_file, read
from tests.cases.writing import catalog

CAMPAIGN = "jincheng-2022"
OWN = (
    "组织职工认真学习，办班12场，到场350人次，放片2场",
    "发动企业法人签倡议书1200人次，约谈企业一把手3个",
    "下乡巡查，查出毛病15条",
    "发材料5000份",
    "搞了35次抢险练兵",
)


def test_all_is_named_and_what_the_unit_tells_is_proposed(tmp_path: Path) -> None:
    form = catalog().forms[CAMPAIGN]
    texts = {a.activity_id: t for a, t in zip(form.activities, OWN, strict=True)}
    facts, _, quoted, (refused,) = read(form_file(CAMPAIGN, {}, texts), CAMPAIGN, tmp_path)
    assert (refused.is_refused, refused.form_id, facts) == (True, CAMPAIGN, {})
    first = refused.findings[0]
    assert (first.rule, first.words["count"]) == ("sentences_replaced", "8")
    assert "汇总表" not in catalog().rules["sentences_replaced"].message_zh
    for words in ("12场", "350人次", "2场", "1200人次", "3个", "15条", "5000份", "35次"):
        assert words in quoted
    proposed = {f.indicator_id: f.proposal for f in refused.findings if f.proposal}
    assert proposed == {"liability_cases_exposed": "3", "enforcement_progress_reports": "15"}


def test_another_table_is_still_none_of_the_forms(tmp_path: Path) -> None:
    data = form_file(CAMPAIGN, {}, edit=lambda xml: xml[: xml.index("<w:tbl>")] + xml[xml.index("</w:tbl>") + 8 :])
    _, _, _, (refused,) = read(data, CAMPAIGN, tmp_path)
    assert [f.rule for f in refused.findings] == ["form_not_recognised"]
