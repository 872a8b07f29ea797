"""Looks that a Word file sets by its styles: they say the same as looks that are set on the typed letters."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.facts import Submission
from etl.files.intake import Job
from etl.read_file import read_job
from tests.faults.test_word_looks import CAMPAIGN, COUNT, FORM, HIDDEN, RAISED, STRIKE, UNIT, catalog, rules, value

WHITE = '<w:color w:val="FFFFFF"/>'
LOWERED = '<w:position w:val="-8"/>'


def style(kind: str, name: str, look: str, more: str = "", default: bool = False) -> str:
    mark = ' w:default="1"' if default else ""
    return f'<w:style w:type="{kind}"{mark} w:styleId="{name}"><w:name w:val="{name}"/>{more}<w:rPr>{look}</w:rPr></w:style>'


def based_on(name: str) -> str:
    return f'<w:basedOn w:val="{name}"/>'


def run(text: str, named: str = "", look: str = "") -> str:
    named = f'<w:rStyle w:val="{named}"/>' if named else ""
    return f"<w:r><w:rPr>{named}{look}</w:rPr><w:t>{text}</w:t></w:r>"


def read(
    tmp_path: Path, typed: str, *styles: str, paragraph: str = "", table: str = "", defaults: str = "", cell: str = ""
) -> Submission:
    """A form whose first blank was replaced by `typed` runs, with styles for its paragraph, its table and the whole file."""
    form = catalog().forms[FORM]
    progress = [fill_progress(a, {COUNT: "@@"} if a.position == 1 else {}) for a in form.activities]
    data = write_docx(form, progress, {"reporting_unit": UNIT, "report_date": "2021年7月1日"})
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w") as target:
        for item in package.namelist():
            part = package.read(item).decode() if item.startswith("word/") and item.endswith(".xml") else ""
            if item == "word/document.xml":
                before, after = part.split("@@")
                start = before.rindex("<w:p>") + len("<w:p>")
                before = before[:start] + (f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "") + before[start:]
                if cell:
                    start = before.rindex("<w:tcPr>") + len("<w:tcPr>")
                    before = before[:start] + cell + before[start:]
                if table:
                    before = before.replace("<w:tblPr>", f'<w:tblPr><w:tblStyle w:val="{table}"/>', 1)
                part = f"{before}</w:t></w:r>{typed}<w:r><w:t>{after}"
            elif item == "word/styles.xml":
                part = part.replace("</w:styles>", f"{''.join(styles)}</w:styles>")
                part = part.replace("<w:rPrDefault><w:rPr>", f"<w:rPrDefault><w:rPr>{defaults}", 1)
                assert defaults in part
            target.writestr(item, part.encode() if part else package.read(item))
    path = tmp_path / "form.docx"
    path.write_bytes(out.getvalue())
    (submission,) = read_job(catalog(), Job(path, path.name, CAMPAIGN, datetime(2021, 7, 1), is_sample=False))
    return submission


WITHHELD = ("unreadable", None)
CHARACTER = [
    ("raised", "1", style("character", "X", RAISED), "", WITHHELD, "two_values"),
    ("lowered by hand", "1", style("character", "X", LOWERED), "", WITHHELD, "two_values"),
    ("white", "1", style("character", "X", WHITE), "", ("reported", 5.0), "hidden_text"),
    ("hidden", "1", style("character", "X", HIDDEN), "", ("reported", 5.0), "hidden_text"),
    (
        "level again by hand",
        "1",
        style("character", "X", RAISED),
        '<w:vertAlign w:val="baseline"/>',
        ("reported", 51.0),
        "",
    ),
    ("black again by hand", "1", style("character", "X", WHITE), '<w:color w:val="auto"/>', ("reported", 51.0), ""),
    (
        "raised by the style below",
        "1",
        style("character", "X", "<w:b/>", based_on("Y")) + style("character", "Y", RAISED),
        "",
        WITHHELD,
        "two_values",
    ),
    (
        "undone by the style above",
        "1",
        style("character", "X", '<w:strike w:val="0"/>', based_on("Y")) + style("character", "Y", STRIKE),
        "",
        ("reported", 51.0),
        "",
    ),
    ("a style in a circle", "1", style("character", "X", "<w:b/>", based_on("X")), "", ("reported", 51.0), ""),
    ("raised list of notes", "1,2", style("character", "X", RAISED), "", WITHHELD, ""),
]


@pytest.mark.parametrize(
    ("case", "typed", "styles", "look", "expected", "rule"), CHARACTER, ids=[c[0] for c in CHARACTER]
)
def test_a_character_style_says_what_its_reader_sees(
    tmp_path: Path, case: str, typed: str, styles: str, look: str, expected: tuple[str, float | None], rule: str
) -> None:
    submission = read(tmp_path, run("5") + run(typed, "X", look), styles)
    assert value(submission, COUNT) == expected, case
    assert not rule or rule in rules(submission)


NAMED, TABLE = '<w:pStyle w:val="X"/>', "X"
LINES = [
    ("struck", {"paragraph": NAMED}, style("paragraph", "X", STRIKE), "struck_text"),
    ("hidden", {"paragraph": NAMED}, style("paragraph", "X", HIDDEN), "hidden_text"),
    ("white", {"paragraph": NAMED}, style("paragraph", "X", WHITE), "hidden_text"),
    ("struck by the style below", {"paragraph": NAMED}, style("paragraph", "X", "", based_on("Y")) + style("paragraph", "Y", STRIKE), "struck_text"),
    ("hidden by its table", {"table": TABLE}, style("table", "X", HIDDEN), "hidden_text"),
    ("struck by the defaults", {"defaults": STRIKE}, "", "struck_text"),
]  # fmt: skip


@pytest.mark.parametrize(("case", "places", "styles", "rule"), LINES, ids=[c[0] for c in LINES])
def test_a_line_struck_or_hidden_by_its_style_does_not_count(
    tmp_path: Path, case: str, places: dict[str, str], styles: str, rule: str
) -> None:
    submission = read(tmp_path, run("5"), styles, **places)
    assert all(s.value is None for s in submission.facts if s.indicator_id == COUNT), case
    assert rule in rules(submission)


def test_a_style_that_holds_where_none_is_named_is_asked(tmp_path: Path) -> None:
    usual = style("paragraph", "Usual", STRIKE, default=True)
    assert "struck_text" in rules(read(tmp_path, run("5"), usual))
    assert "struck_text" in rules(read(tmp_path, run("5"), usual, paragraph='<w:pStyle w:val="NotThere"/>'))


def test_a_raised_number_of_a_raised_line_is_withheld(tmp_path: Path) -> None:
    submission = read(tmp_path, run("5") + run("1"), style("paragraph", "X", RAISED), paragraph=NAMED)
    assert value(submission, COUNT) == WITHHELD


def test_a_run_may_undo_its_lines_style(tmp_path: Path) -> None:
    undone = run("5", look='<w:strike w:val="0"/>')
    submission = read(tmp_path, undone, style("paragraph", "X", STRIKE), paragraph=NAMED)
    assert "5" not in [f.found for f in submission.findings if f.rule == "struck_text"]


@pytest.mark.parametrize("look", [STRIKE, HIDDEN, RAISED, WHITE])
def test_the_mark_at_the_end_of_a_line_says_nothing_of_its_text(tmp_path: Path, look: str) -> None:
    submission = read(tmp_path, run("5"), paragraph=f"<w:rPr>{look}</w:rPr>")
    assert value(submission, COUNT) == ("reported", 5.0)


def test_white_on_a_ground_is_seen(tmp_path: Path) -> None:
    dark, white = '<w:shd w:val="clear" w:fill="1F4E79"/>', style("paragraph", "X", WHITE)
    assert value(read(tmp_path, run("5"), white, paragraph=NAMED, cell=dark), COUNT) == ("reported", 5.0)
    assert value(read(tmp_path, run("5"), white, paragraph=NAMED + dark), COUNT) == ("reported", 5.0)
    brought = style("paragraph", "X", WHITE, f"<w:pPr>{dark}</w:pPr>")
    assert value(read(tmp_path, run("5"), brought, paragraph=NAMED), COUNT) == ("reported", 5.0)
    pale = dark.replace("1F4E79", "FFFFFF")
    assert "hidden_text" in rules(read(tmp_path, run("5"), white, paragraph=NAMED, cell=pale))


@pytest.mark.parametrize("colour", ["FFFFFE", "F8F8F8"])
def test_what_is_nearly_white_is_not_seen(tmp_path: Path, colour: str) -> None:
    submission = read(tmp_path, run("5") + run("9", look=f'<w:color w:val="{colour}"/>'))
    assert value(submission, COUNT) == ("reported", 5.0)
    assert "hidden_text" in rules(submission)


def test_copies_of_one_file_need_their_styles_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from etl.guard.package import Package

    asked: list[str] = []
    plain = Package.read
    monkeypatch.setattr(Package, "read", lambda self, name: (asked.append(name), plain(self, name))[1])
    for _ in range(3):
        read(tmp_path, run("5"), style("character", "Once", STRIKE))
    assert asked.count("word/document.xml") == 3
    assert asked.count("word/styles.xml") == 1
