"""The same head below two groups' words: which of them is the blank's nobody knows, whatever the words are."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from etl.catalog import load_catalog
from etl.files.intake import Job
from etl.read_file import read_job

CATALOG = load_catalog()
VERSIONS = [("更正前", "更正后"), ("上报", "核定")]
GROUPS = [*VERSIONS, ("国企", "民企"), ("区直部门", "乡镇街道"), ("主会场", "分会场")]


def read(
    folder: Path, groups: tuple[str, str], heads: list[str], second: int, *, is_flat: bool = False
) -> tuple[int, str]:
    """How many figures count, and all that the findings say."""
    book = openpyxl.Workbook()
    sheet = book.active
    if is_flat:
        sheet.append(["县区", *heads])
    else:
        sheet.append(["县区", *[g for g in groups for _ in heads]])
        sheet.append([None, *heads, *heads])
        sheet.merge_cells("A1:A2")
    for n, unit in enumerate(("涪陵区", "渝中区", "万州区")):
        row = [100 * (n + 1) + k for k in range(len(heads))]
        sheet.append([unit, *row, *([] if is_flat else [v + second for v in row])])
    path = folder / "汇总.xlsx"
    book.save(path)
    found = read_job(CATALOG, Job(path, path.name, "chongqing-2021", datetime(2021, 7, 1), is_sample=False))
    said = " ".join(f"{f.found} {f.words}" for s in found for f in s.findings)
    return sum(f.value is not None for s in found for f in s.facts), said


SHORT = ["公开课（场）", "公开课参与（人次）"]
FULL = ["大讲堂、公开课等宣讲（场）", "大讲堂、公开课等宣讲参与（人次）"]


@pytest.mark.parametrize("groups", GROUPS)
@pytest.mark.parametrize("second", [0, 7])
@pytest.mark.parametrize("heads", [SHORT, FULL])
def test_neither_of_two_groups_counts(tmp_path: Path, groups: tuple[str, str], second: int, heads: list[str]) -> None:
    counted, said = read(tmp_path, groups, heads, second)
    # Equal versions of one report say one thing.
    is_copy = second == 0 and heads is FULL and groups in VERSIONS
    assert counted == (6 if is_copy else 0)
    assert is_copy or ("100" in said and "301" in said)


@pytest.mark.parametrize("bodies", [("机关", "学校"), ("国企", "民企")])
def test_neither_of_two_bodies_columns_counts(tmp_path: Path, bodies: tuple[str, str]) -> None:
    heads = [f"{body}{head}" for body in bodies for head in SHORT]
    counted, said = read(tmp_path, ("", ""), heads, 0, is_flat=True)
    assert counted == 0 and "100" in said and "303" in said
