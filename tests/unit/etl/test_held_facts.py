"""What counts for nobody is quoted where it is said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from etl.facts import Submission
from etl.files.intake import Job
from etl.findings import word_finding
from etl.read_file import read_job
from tests.cases.test_held_out import form_file, read
from tests.cases.writing import catalog

CAMPAIGN = "jincheng-2022"
TYPED = {"seminar_training_sessions": "3", "lecture_sessions": "7"}


def told(found: Sequence[Submission], rule: str) -> str:
    (finding,) = [f for s in found for f in s.findings if f.rule == rule]
    return word_finding(catalog(), finding, "s", CAMPAIGN, CAMPAIGN).message_zh


@pytest.mark.parametrize(("name", "rule"), [("XX区", "unit_unresolved"), ("", "unit_blank")])
def test_a_form_of_nobody(tmp_path: Path, name: str, rule: str) -> None:
    unit = catalog().roster(catalog().campaigns[CAMPAIGN])[0].name
    data = form_file(CAMPAIGN, TYPED, edit=lambda x: x.replace(unit, name, 1))
    assert "未计入（3、7）" in told(read(data, CAMPAIGN, tmp_path)[3], rule)


def test_a_row_of_nobody_says_its_own_numbers(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["县区", "集中曝光突出问题（个）"], ["城区", 5], ["高平市", 6], ["某某区", 77]):
        book.active.append(row)
    path = tmp_path / "表.xlsx"
    book.save(path)
    found = read_job(catalog(), Job(path, path.name, CAMPAIGN, datetime(2022, 7, 1), False))
    assert "未计入（77）" in told(found, "unit_unresolved")
