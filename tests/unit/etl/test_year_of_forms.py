"""A year written wrong: told by the form, which did not exist yet, or by the day the file came."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.catalog import load_catalog
from etl.facts import Submission
from etl.files.intake import Job
from etl.read_file import read_job

CATALOG = load_catalog()


def read(
    folder: Path, form_id: str, date: str, received: datetime, campaign: str | None = None, unit: str = "大渡口区"
) -> Submission:
    form = CATALOG.forms[form_id]
    kinds = {"flag": "☑是□否", "text": "1.某企业未落实整改"}
    progress = [
        fill_progress(a, {i.indicator_id: kinds.get(i.kind, "12") for i in a.indicators}) for a in form.activities
    ]
    path = folder / f"{unit}.docx"
    path.write_bytes(write_docx(form, progress, {"reporting_unit": unit, "report_date": date}))
    (found,) = read_job(CATALOG, Job(path, path.name, campaign, received, is_sample=False))
    return found


def test_a_form_that_did_not_exist_yet_asks_for_its_campaign(tmp_path: Path) -> None:
    found = read(tmp_path, "chongqing-2022", "2021年6月30日", datetime(2022, 7, 1))
    told = {f.rule: f for f in found.findings}
    assert found.is_refused and told.keys() == {"form_of_later_year"}
    assert told["form_of_later_year"].found == "2021年6月30日"
    assert (told["form_of_later_year"].proposal or "").split(" / ")[0] == "chongqing-2022"
    assert sum(f.value == 12 for f in found.facts) == 35, "all was read and shows on the desk"


def test_of_forms_that_read_alike_that_of_the_unit_is_named(tmp_path: Path) -> None:
    found = read(tmp_path, "jincheng-2022", "2021年6月30日", datetime(2022, 7, 1), unit="陵川县")
    (told,) = (f for f in found.findings if f.rule == "form_of_later_year")
    assert (told.proposal, told.expected) == ("jincheng-2022", CATALOG.forms["jincheng-2022"].title_zh)


def test_an_earlier_form_is_another_years_form(tmp_path: Path) -> None:
    found = read(tmp_path, "chongqing-2021", "2022年6月30日", datetime(2022, 7, 1))
    assert found.campaign_id == "chongqing-2022"
    rules = {f.rule for f in found.findings}
    assert "form_year_mismatch" in rules and not rules & {"form_of_later_year", "only_table_unread"}


def test_an_earlier_form_proposes_the_campaigns_that_ask_for_it_and_no_other(tmp_path: Path) -> None:
    found = read(tmp_path, "chongqing-2021", "2022年6月30日", datetime(2026, 11, 27))
    proposed = {f.rule: f.proposal for f in found.findings if f.proposal}
    assert proposed == {"form_year_mismatch": "chongqing-2021 / chongqing-2020"}
    (said,) = (f for f in found.findings if f.rule == "form_year_mismatch")
    assert "2021、2020 年" in said.words["basis"] and "2021, 2020" in said.words["basis_en"]


def test_a_date_of_a_year_with_another_form_proposes_no_campaign_under_which_nothing_is_read(tmp_path: Path) -> None:
    found = read(tmp_path, "chongqing-2021", "2022年6月30日", datetime(2022, 7, 1), "chongqing-2020")
    (told,) = (f for f in found.findings if f.rule == "other_year")
    assert told.proposal is None


@pytest.mark.parametrize(
    ("received", "campaign", "is_told"),
    [(datetime(2026, 7, 1), None, True), (datetime(2025, 7, 1), None, False), (datetime(2026, 7, 1), "chongqing-2025", False)],
)  # fmt: skip
def test_a_year_that_shares_its_form_with_the_year_of_arrival(
    tmp_path: Path, received: datetime, campaign: str | None, is_told: bool
) -> None:
    form_id = CATALOG.campaigns["chongqing-2025"].form_id
    assert form_id and CATALOG.campaigns["chongqing-2026"].form_id == form_id
    found = read(tmp_path, form_id, "2025年6月30日", received, campaign)
    told = [f for f in found.findings if f.rule == "year_of_arrival"]
    assert found.campaign_id == "chongqing-2025" and bool(told) is is_told
    assert [(f.found, f.expected, f.proposal) for f in told] == [("2026-07-01", "2026", "chongqing-2026")] * is_told
