"""是 or 否 chosen by its look: what only formatting says is never counted and never passed over in silence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor

from etl.blank.fill import fill_progress
from etl.catalog import load_catalog
from etl.facts import Fact
from etl.files.intake import Job
from etl.read_file import read_job

CAMPAIGN, FLAG = "chongqing-2021", "national_platform_used"
Look = Callable[[Any], None]


def border(run: Any) -> None:
    edge = OxmlElement("w:bdr")
    edge.set(qn("w:val"), "single")
    run._r.get_or_add_rPr().append(edge)


def highlight(run: Any) -> None:
    run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def red(run: Any) -> None:
    run.font.color.rgb = RGBColor(255, 0, 0)


def bold(run: Any) -> None:
    run.font.bold = True


def strike(run: Any) -> None:
    run.font.strike = True


def read(path: Path, yes: Look | None = None, no: Look | None = None, words: tuple[str, str] = ("是", "否")) -> Fact:
    """The flag of a form whose options are runs of their own, with these looks."""
    form = load_catalog().forms[CAMPAIGN]
    document = docx.Document()
    document.add_paragraph("填报单位：渝北区")
    table = document.add_table(rows=len(form.activities), cols=3)
    for row, activity in zip(table.rows, form.activities, strict=True):
        row.cells[0].text, row.cells[1].text = activity.title_zh, activity.requirement_zh
        text = fill_progress(activity, {})
        head, mark, _ = text.partition("□是") if activity.position == len(form.activities) else (text, "", "")
        cell = row.cells[2].paragraphs[0]
        cell.add_run(head)
        if mark:
            for word, look in zip(words, (yes, no), strict=True):
                cell.add_run(" □" if word else "")
                run = cell.add_run(word)
                if look is not None:
                    look(run)
    document.save(str(path))
    (one,) = read_job(load_catalog(), Job(path, path.name, CAMPAIGN, datetime(2021, 7, 1), is_sample=False))
    return next(f for f in one.facts if f.indicator_id == FLAG)


@pytest.mark.parametrize("look", [highlight, red, bold, border, strike])
@pytest.mark.parametrize("is_yes", [True, False])
def test_one_option_that_stands_out_is_withheld(tmp_path: Path, look: Look, is_yes: bool) -> None:
    fact = read(tmp_path / "t.docx", look if is_yes else None, None if is_yes else look)
    assert (fact.value, fact.state, fact.flags) == (None, "unreadable", ("ambiguous_tick",))


@pytest.mark.parametrize("words", [("是", ""), ("", "否")])
def test_an_option_that_was_deleted_is_withheld(tmp_path: Path, words: tuple[str, str]) -> None:
    assert read(tmp_path / "t.docx", words=words).flags == ("ambiguous_tick",)


@pytest.mark.parametrize("look", [None, highlight, red, bold, border])
def test_both_alike_are_an_empty_blank(tmp_path: Path, look: Look | None) -> None:
    assert read(tmp_path / "t.docx", look, look).state == "not_filled"
