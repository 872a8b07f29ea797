"""A department of a district is not the district: it is withheld, and the finding says whose department it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from etl.assemble import assemble
from etl.decisions.files import FileDecision
from etl.files.intake import Job
from etl.read_file import read_job
from etl.resolve import Resolver
from tests.unit.etl.test_decisions import COUNT, catalog, form

RESOLVER = Resolver(catalog(), "chongqing", date(2021, 6, 1))

DEPARTMENTS = [
    ("渝北区教委", "500112"),
    ("渝北区住房和城乡建设委员会", "500112"),
    ("重庆市渝北区公安局", "500112"),
    ("渝北教委", "500112"),
    ("巴南区接龙镇", "500113"),
    ("石柱土家族自治县消防救援大队", "500240"),
    ("两江新区建管局", "CQ-LJ"),
]


@pytest.mark.parametrize(("name", "unit_id"), DEPARTMENTS)
def test_a_department_is_told_and_not_counted(name: str, unit_id: str) -> None:
    found = RESOLVER.resolve(name)
    assert (found.unit_id, found.rule) == (None, "unit_unresolved")
    assert found.above is not None and found.above.unit_id == unit_id
    assert found.proposal == found.above.name


@pytest.mark.parametrize("name", ["渝北区", "渝北区应急局", "渝北区安委办"])
def test_the_office_that_reports_for_a_district_is_the_district(name: str) -> None:
    assert RESOLVER.resolve(name).unit_id == "500112"


@pytest.mark.parametrize("name", ["渝贝区", "某区教委", "市教委", "关于渝北区经验的通知", "12"])
def test_nothing_else_is_called_a_department_of_a_district(name: str) -> None:
    assert RESOLVER.resolve(name).above is None


@pytest.mark.parametrize(("header", "name"), [("渝北区教委", "表.docx"), ("", "渝北区教委2021年统计表.docx")])
def test_the_finding_says_whose_department_and_a_decision_counts_it(tmp_path: Path, header: str, name: str) -> None:
    path = tmp_path / "chongqing-2021" / name
    digest = form(path, header, **{COUNT: "7"})
    job = Job(path, name, "chongqing-2021", datetime(2021, 7, 3, 9), is_sample=False)
    (submission,) = read_job(catalog(), job)
    assert submission.unit_id is None
    (said,) = [f for f in assemble(catalog(), [submission]).findings if f.rule == "unit_unresolved"]
    assert "渝北区的部门" in said.message_zh and "department" in said.message_en and said.proposal == "渝北区"
    decided = {digest: FileDecision(units={"*": "500112"})}
    (counted,) = read_job(catalog(), replace(job, decided=decided))
    assert counted.unit_id == "500112"
