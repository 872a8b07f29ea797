"""The short ways of plain forms give what the long ways give."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from etl.blank.fill import fill_progress
from etl.catalog import load_catalog
from etl.catalog.model import Form
from etl.document import Cell, Document, Paragraph, Table
from etl.extract.activity import extract_activity
from etl.extract.slots import plan_activity
from etl.extract.squeeze import squeeze_text
from etl.form.recognise import squeezed_text
from etl.read.docx_looks import without_plain_looks

CATALOG = load_catalog()
FORMS = [f for f in CATALOG.forms.values() if f.activities]
ANSWERS = ("7", "0", "12350", "2021", "119", "", " ", "１２", " 34 ", "5 6", "约3", "无", "1,200", "123456", "616")
TICKS = ("☑是□否", "□是☑否", "√是否", "□是□否", "是否", "是√否", "√是√否", "否", "☐是☑否")


@pytest.mark.parametrize("form", FORMS, ids=lambda f: f.form_id)
def test_a_row_of_digits_is_read_alike_in_both_ways(form: Form) -> None:
    dice = random.Random(form.form_id)
    n_short = 0
    for activity in form.activities:
        plan = plan_activity(form, activity)
        for usual in (0.0, 0.8, 0.97, 1.0):
            answers = {
                i.indicator_id: dice.choice(TICKS)
                if i.kind == "flag"
                else str(dice.randint(0, 99_999))
                if dice.random() < usual
                else dice.choice(ANSWERS)
                for i in activity.indicators
            }
            typed = fill_progress(activity, answers)
            n_short += plan.plain is not None and plan.plain.fullmatch(squeeze_text(typed)) is not None
            for year in (2021, None):
                short = extract_activity(
                    plan, typed, year=year, own=frozenset({"万州区"}), others=frozenset({"渝北区"})
                )
                assert short == extract_activity(replace(plan, plain=None), typed, year=year)
    assert n_short or not any(plan_activity(form, a).plain for a in form.activities)


def test_the_words_of_a_form_are_the_same_cell_by_cell() -> None:
    blocks = (
        Paragraph("填报 单位：　万州区", "段1"),
        Table(((Cell("（1 2）场", "a"), Cell("“一”", "b")), (Cell("\t", "c"),)), 1),
    )
    assert squeezed_text(blocks) == squeeze_text(Document(blocks).text) == '填报单位:万州区(12)场"一"'


FONT = b'<w:rFonts w:ascii="Times New Roman" w:eastAsia="\xe4\xbb\xbf\xe5\xae\x8b"/>'


@pytest.mark.parametrize(
    ("looks", "is_dropped"),
    [
        (FONT, True),
        (FONT + b'<w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="en-US"/>', True),
        (b'<w:sz w:val="2"/>', False),
        (FONT + b"<w:strike/>", False),
        (b"<w:vanish/>", False),
        (b'<w:rStyle w:val="a"/>', False),
        (b'<w:rFonts w:ascii="Wingdings"/>', False),
        (b'<w:rFonts w:ascii="WINGDINGS 2"/>', False),
        (FONT + b"<!-- x -->", False),
    ],
)
def test_only_looks_that_say_nothing_are_dropped(looks: bytes, is_dropped: bool) -> None:
    data = b"<w:r><w:rPr>" + looks + b"</w:rPr><w:t>12</w:t></w:r>"
    assert without_plain_looks(data) == (b"<w:r><w:t>12</w:t></w:r>" if is_dropped else data)


@pytest.mark.parametrize(
    ("properties", "is_dropped"),
    [
        (b'<w:pPr><w:spacing w:after="0"/><w:jc w:val="center"/></w:pPr>', True),
        (b'<w:tcPr><w:tcW w:type="dxa" w:w="2381"/><w:vAlign w:val="center"/></w:tcPr>', True),
        (b'<w:tcPr><w:tcW w:w="2381"/><w:gridSpan w:val="2"/></w:tcPr>', False),
        (b"<w:tcPr><w:vMerge/></w:tcPr>", False),
        (b'<w:pPr><w:framePr w:w="100"/><w:jc w:val="left"/></w:pPr>', False),
        (b'<w:pPr><w:pStyle w:val="a"/></w:pPr>', False),
        (b"<w:pPr><w:jc w:val='left'/><w:rPr><w:vanish/></w:rPr></w:pPr>", False),
    ],
)
def test_only_places_that_say_nothing_are_dropped(properties: bytes, is_dropped: bool) -> None:
    data = b"<w:p>" + properties + b"<w:r><w:t>12</w:t></w:r></w:p>"
    assert without_plain_looks(data) == (b"<w:p><w:r><w:t>12</w:t></w:r></w:p>" if is_dropped else data)
