"""All answers typed into one cell of the table, and examples that were left in a blank."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import docx
import pytest

from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.catalog import Catalog, load_catalog
from etl.catalog.model import Form
from etl.facts import Submission
from etl.files.intake import Job
from etl.read_file import read_job

HEADER = {"chongqing-2021": "万州区", "jincheng-2022": "城区"}


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def filled(form: Form, shown: str = "{}") -> tuple[bytes, dict[str, float]]:
    """A form whose counts are 101, 102 … , and what they are."""
    counts = [i.indicator_id for i in form.indicators if i.kind == "count"]
    truth = {i: float(n) for n, i in enumerate(counts, start=101)}
    progress = [
        fill_progress(
            a, {i.indicator_id: shown.format(int(truth[i.indicator_id])) for i in a.indicators if i.kind == "count"}
        )
        for a in form.activities
    ]
    head = {"reporting_unit": HEADER[form.form_id], "report_date": "2022年7月1日"}
    return write_docx(form, progress, head), truth


def read(catalog: Catalog, path: Path, form: Form) -> Submission:
    (submission,) = read_job(catalog, Job(path, path.name, form.form_id, datetime(2022, 7, 1), is_sample=False))
    return submission


@pytest.mark.parametrize("form_id", HEADER)
@pytest.mark.parametrize("at", [0, 2, -1])
def test_all_answers_in_one_cell_go_to_their_activities(
    catalog: Catalog, tmp_path: Path, form_id: str, at: int
) -> None:
    form = catalog.forms[form_id]
    data, truth = filled(form)
    document = docx.Document(io.BytesIO(data))
    rows = document.tables[0].rows[1:]
    everything = [row.cells[-1].text for row in rows]
    for row in rows:
        row.cells[-1].text = ""
    rows[at].cells[-1].text = "\n".join(everything)
    path = tmp_path / "t.docx"
    document.save(str(path))

    submission = read(catalog, path, form)
    assert {f.indicator_id: f.value for f in submission.facts if f.value is not None} == truth
    assert not [f for f in submission.findings if f.rule in ("row_missing", "extra_value")]
    column = len(rows[at].cells)
    row_number = [*range(2, len(rows) + 2)][at]
    assert {f.place.split(" ")[0] for f in submission.facts if f.value is not None} == {f"表1行{row_number}列{column}"}


@pytest.mark.parametrize("shown", ["例：{}", "如{}", "示例:{}", "（例如{}）"])
def test_an_example_is_no_answer(catalog: Catalog, tmp_path: Path, shown: str) -> None:
    form = catalog.forms["chongqing-2021"]
    path = tmp_path / "t.docx"
    path.write_bytes(filled(form, shown)[0])
    counts = [f for f in read(catalog, path, form).facts if form.by_indicator[f.indicator_id].kind == "count"]
    assert {(f.value, f.state) for f in counts} == {(None, "unreadable")}


def test_a_case_is_no_example(catalog: Catalog, tmp_path: Path) -> None:
    form = catalog.forms["chongqing-2021"]
    path = tmp_path / "t.docx"
    data, truth = filled(form, "案例{}")
    path.write_bytes(data)
    submission = read(catalog, path, form)
    assert {f.indicator_id: f.value for f in submission.facts if f.value is not None} == truth
