"""What the look of typed text says: struck, hidden, raised, underlined; ticks made in every way Word has."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import pytest

from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.catalog import Catalog, load_catalog
from etl.facts import Submission
from etl.intake import Job
from etl.read_file import read_job

FORM, CAMPAIGN, UNIT = "chongqing-2021", "chongqing-2021", "渝北区"
COUNT, FLAG = "theory_group_sessions", "feature_film_studied"


@lru_cache(maxsize=1)
def catalog() -> Catalog:
    return load_catalog()


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def symbol(font: str, code: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


def field(instruction: str) -> str:
    parts = ("begin", f'<w:r><w:instrText xml:space="preserve">{instruction}</w:instrText></w:r>', "end")
    return "".join(p if p.startswith("<") else f'<w:r><w:fldChar w:fldCharType="{p}"/></w:r>' for p in parts)


def box(is_checked: bool) -> str:
    data = f'<w:ffData><w:checkBox><w:sizeAuto/><w:default w:val="{int(is_checked)}"/></w:checkBox></w:ffData>'
    return f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>' + (
        '<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


STRIKE, HIDDEN, RAISED, LINE = (
    "<w:strike/>",
    "<w:vanish/>",
    '<w:vertAlign w:val="superscript"/>',
    '<w:u w:val="single"/>',
)


def read(tmp_path: Path, marked: str, replacement: str, unit: str = UNIT, name: str = "form.docx") -> Submission:
    """A filled form whose stretch `marked` was replaced by runs, read like any file."""
    form = catalog().forms[FORM]
    progress = [fill_progress(a, {COUNT: "@@", FLAG: ""} if a.position == 1 else {}) for a in form.activities]
    data = write_docx(form, progress, {"reporting_unit": unit, "report_date": "2021年7月1日"})
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w") as target:
        for item in package.namelist():
            part = package.read(item)
            if item == "word/document.xml":
                text = part.decode()
                assert marked in text, marked
                text = text.replace(marked, f'</w:t></w:r>{replacement}<w:r><w:t xml:space="preserve">', 1)
                part = text.replace("@@", "7").encode()
            target.writestr(item, part)
    path = tmp_path / name
    path.write_bytes(out.getvalue())
    (submission,) = read_job(catalog(), Job(path, name, CAMPAIGN, datetime(2021, 7, 1), is_sample=False))
    return submission


def value(submission: Submission, indicator: str) -> tuple[str, float | None]:
    fact = next(f for f in submission.facts if f.indicator_id == indicator)
    return fact.state, fact.value


def rules(submission: Submission) -> set[str]:
    return {f.rule for f in submission.findings}


COUNTS = [
    ("struck number replaced", run("90", STRIKE) + run("100"), ("reported", 100.0), "struck_text"),
    ("double strike", run("90", "<w:dstrike/>") + run("100"), ("reported", 100.0), "struck_text"),
    ("strike switched off", run("100", '<w:strike w:val="0"/>'), ("reported", 100.0), None),
    ("hidden number", run("9", HIDDEN) + run("100"), ("reported", 100.0), "hidden_text"),
    ("only struck", run("90", STRIKE), ("not_filled", None), "struck_text"),
    ("raised note mark", run("100") + run("1", RAISED), ("unreadable", None), "not_a_number"),
    ("unknown sign inside", run("10") + symbol("Webdings 9", "F0D6"), ("unreadable", None), "not_a_number"),
    ("underlined number", run(" 100 ", LINE), ("reported", 100.0), None),
]


@pytest.mark.parametrize(("case", "runs", "expected", "rule"), COUNTS, ids=[c[0] for c in COUNTS])
def test_a_number_is_what_its_reader_sees(
    tmp_path: Path, case: str, runs: str, expected: tuple[str, float | None], rule: str | None
) -> None:
    submission = read(tmp_path, "@@", runs)
    assert value(submission, COUNT) == expected, case
    assert rule is None or rule in rules(submission) or expected[0] == "unreadable", rules(submission)
    if expected[0] == "unreadable":
        assert any(f.indicator_id == COUNT for f in submission.findings)


TICKS = [
    ("overlay field", field(r" EQ \o\ac(□,√)") + run("是 □否"), 1.0),
    ("overlay field on no", run("□是 ") + field(r"EQ \o\ac(□,√)") + run("否"), 0.0),
    ("legacy boxes", box(True) + run("是 ") + box(False) + run("否"), 1.0),
    ("legacy boxes no", box(False) + run("是 ") + box(True) + run("否"), 0.0),
    ("symbol font radical", symbol("Symbol", "F0D6") + run("是 □否"), 1.0),
    ("Wingdings ticked box", symbol("Wingdings", "F0FE") + run("是 □否"), 1.0),
    ("underlined yes", run("□") + run("是", LINE) + run(" □否"), 1.0),
    ("struck no", run("是") + run("否", STRIKE), 1.0),
]


@pytest.mark.parametrize(("case", "runs", "expected"), TICKS, ids=[c[0] for c in TICKS])
def test_a_tick_made_in_any_way_is_a_tick(tmp_path: Path, case: str, runs: str, expected: float) -> None:
    submission = read(tmp_path, "□是□否", runs)
    assert value(submission, FLAG) == ("reported", expected), case


def test_a_struck_word_between_two_boxes_is_withheld(tmp_path: Path) -> None:
    submission = read(tmp_path, "□是□否", run("□是 □") + run("否", STRIKE))
    assert value(submission, FLAG)[0] == "unreadable"
    assert "struck_text" in rules(submission)


PERSONS = [
    "渝北区某办 张三 13812345678",
    "渝北区某办 张三 138 1234 5678",
    "张三 023-67890123 zhang@x.cn",
    "渝北区 李四13812345678",
]


@pytest.mark.parametrize("header", PERSONS)
def test_a_person_in_the_header_is_not_kept(tmp_path: Path, header: str) -> None:
    submission = read(tmp_path, "@@", run("7"), unit=header)
    from etl.assemble import assemble

    words = " ".join(
        f"{f.found} {f.expected} {f.message_zh} {f.message_en}" for f in assemble(catalog(), [submission]).findings
    )
    for secret in ("张三 ", "李四", "12345678", "1234 5678", "67890123", "zhang@"):
        assert secret not in words, words


NAMES = [
    ("渝北区安全生产月统计表.docx", "500112"),
    ("2021年渝北区应急局报送(最终版).docx", "500112"),
    ("巴南区接龙镇.docx", None),
    ("渝北区教委统计表.docx", None),
    ("关于转发渝北区经验的通知.docx", None),
]


@pytest.mark.parametrize(("name", "unit_id"), NAMES)
def test_a_unit_is_taken_from_a_file_name_only_where_nothing_else_stands_in_it(
    tmp_path: Path, name: str, unit_id: str | None
) -> None:
    submission = read(tmp_path, "@@", run("7"), unit="", name=name)
    assert submission.unit_id == unit_id
    assert ("unit_inferred" if unit_id else "unit_unresolved") in rules(submission)
