"""PDF tables without ruling lines: read where the columns leave no doubt, refused with what to do where they do. No value is ever wrong."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.catalog import Catalog, load_catalog
from etl.errors import FileRefused
from etl.facts import Submission
from etl.read.layout import Page, Word
from etl.read.side_by_side import refuse_side_by_side
from tests.formats.made import read_one, save_as

CAMPAIGN = "chongqing-2021"
COUNT, PEOPLE, FILMS = "theory_group_sessions", "theory_group_attendance", "lecture_sessions"
UNITS = {"渝北区": "500112", "江北区": "500105", "石柱土家族自治县": "500240", "忠县": "500233", "万州区": "500101"}
Row = Sequence[str]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def heads(catalog: Catalog) -> list[str]:
    form = catalog.forms[CAMPAIGN]
    labels = (form.by_indicator[i] for i in (COUNT, PEOPLE, FILMS))
    return ["区县", *(f"{i.label_zh}（{i.unit}）" for i in labels)]


def pdf(
    path: Path, rows: Sequence[Row], *, align: str = "CENTER", title: str = "重庆市2021年安全生产月活动汇总表"
) -> Path:
    """A Word table without borders, saved as PDF by the real program."""
    document = docx.Document()
    if title:
        document.add_paragraph(title).alignment = WD_ALIGN_PARAGRAPH.CENTER
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            paragraph = table.cell(r, c).paragraphs[0]
            paragraph.add_run(text)
            paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, align)
    source = path.with_suffix(".docx")
    document.save(str(source))
    return save_as(source, "pdf")


def tabbed(path: Path, lines: Sequence[str]) -> Path:
    """Lines with tabs, saved as PDF."""
    document = docx.Document()
    for line in ("重庆市2021年安全生产月活动汇总表", *lines):
        document.add_paragraph(line)
    source = path.with_suffix(".docx")
    document.save(str(source))
    return save_as(source, "pdf")


def values(found: Sequence[Submission]) -> dict[tuple[str | None, str], float]:
    return {(f.unit_id, f.indicator_id): f.value for s in found for f in s.facts if f.value is not None}


def rules(found: Sequence[Submission]) -> set[str]:
    return {f.rule for s in found for f in s.findings}


@pytest.mark.parametrize("align", ["LEFT", "CENTER", "RIGHT"])
def test_a_full_table_is_read_by_its_gaps(catalog: Catalog, tmp_path: Path, align: str) -> None:
    rng = random.Random(7)
    numbers = {u: [rng.choice((3, 12, 340, 12_000)) for _ in range(3)] for u in UNITS}
    rows = [heads(catalog), *([u, *map(str, n)] for u, n in numbers.items())]
    rows.append(["合计", *(str(sum(n[c] for n in numbers.values())) for c in range(3))])
    (found,) = read_one(catalog, pdf(tmp_path / "表", rows, align=align), None)
    said = rules([found])
    if "table_without_lines" in said:
        assert found.is_refused and not values([found])
        return
    assert values([found]) == {
        (UNITS[u], i): n for u, ns in numbers.items() for i, n in zip((COUNT, PEOPLE, FILMS), ns, strict=True)
    }
    assert "columns_by_gaps" in said and "total_mismatch" not in said
    assert all(f.place.startswith("表1行") for f in found.facts)


def test_most_full_tables_are_read(catalog: Catalog, tmp_path: Path) -> None:
    rows = [["区县", "理论学习中心组学习（次）", "参与（人次）"], ["渝北区", "12", "340"], ["江北区", "7", "120"]]
    (found,) = read_one(catalog, pdf(tmp_path / "表", rows), None)
    assert values([found]) == {
        ("500112", COUNT): 12, ("500112", PEOPLE): 340, ("500105", COUNT): 7, ("500105", PEOPLE): 120,
    }  # fmt: skip


@pytest.mark.parametrize(
    "lines",
    [
        # A long name pushes its row to the next stops.
        ["区县\t理论学习中心组学习（次）\t参与（人次）", "渝北区\t12\t340", "石柱土家族自治县\t7\t120"],
        # A head over two columns.
        ["区县\t理论学习中心组", "\t学习（次）\t参与（人次）", "渝北区\t12\t340", "江北区\t7\t120"],
        # A cell that goes on in the next line.
        ["区县\t学习（次）\t参与（人次）", "渝北区\t12\t340", "石柱土家族", "自治县\t7\t120", "江北区\t7\t120"],
    ],
)
def test_what_is_not_sure_is_refused_with_what_to_do(catalog: Catalog, tmp_path: Path, lines: list[str]) -> None:
    (found,) = read_one(catalog, tabbed(tmp_path / "表", lines), None)
    assert found.is_refused and not values([found])
    assert [f.rule for f in found.findings] == ["table_without_lines"]


@pytest.mark.slow
def test_no_value_of_many_layouts_is_wrong(catalog: Catalog, tmp_path: Path) -> None:
    """Empty cells, wrapped heads, long names, any alignment: what is read is right, or nothing is read."""
    n_read = 0
    for seed in range(12):
        rng = random.Random(seed)
        truth = {
            (u, i): rng.choice(("", "/", str(rng.randint(1, 99_999)), str(rng.randint(1, 9))))
            for u in UNITS for i in (COUNT, PEOPLE, FILMS)
        }  # fmt: skip
        rows = [heads(catalog), *([u, *(truth[u, i] for i in (COUNT, PEOPLE, FILMS))] for u in UNITS)]
        path = tmp_path / f"表{seed}"
        (found,) = read_one(catalog, pdf(path, rows, align=rng.choice(("LEFT", "CENTER", "RIGHT"))), None)
        right = {(UNITS[u], i): float(text) for (u, i), text in truth.items() if text.isdigit()}
        got = values([found])
        assert got in ({}, right), seed
        assert got or "table_without_lines" in rules([found]), seed
        n_read += bool(got)
    assert n_read >= 3


def test_sentences_in_columns_without_lines_are_refused(catalog: Catalog, tmp_path: Path) -> None:
    """Read line by line, the columns' sentences run into one another."""
    form = catalog.forms[CAMPAIGN]
    typed = ({i.indicator_id: "37" for i in a.indicators if i.kind == "count"} for a in form.activities)
    progress = [fill_progress(a, t) for a, t in zip(form.activities, typed, strict=True)]
    document = docx.Document(io.BytesIO(write_docx(form, progress)))
    document.tables[0].style = document.styles["Normal Table"]
    document.save(str(tmp_path / "表.docx"))
    (found,) = read_one(catalog, save_as(tmp_path / "表.docx", "pdf"), CAMPAIGN)
    assert (found.is_refused, [f.rule for f in found.findings]) == (True, ["table_without_lines"])


def page(*lines: Sequence[tuple[float, str]]) -> Page:
    """A page of lines, each of stretches (left, text) of characters 10 wide."""
    words = [
        Word(char, (left + 10 * n, 20.0 * row, left + 10 * n + 10, 20.0 * row + 10))
        for row, line in enumerate(lines)
        for left, text in line
        for n, char in enumerate(text)
    ]
    return Page(1, 800, 600, tuple(words), ())


COLUMNS = [((0, "安全生产宣传咨询活动"), (200, "开展活动（5）场"))] * 4
SHORT = [((0, "安全生产"), (200, "开展活动（5）场"))] * 3
CROSSED = [*SHORT, ((0, "开展安全宣传咨询活动（12）场，参与（3000）人次；另外"),), *SHORT]
BLANKS = [
    ((0, "开展安全宣传咨询活动（"), (150, "）场，参与人次合计"), (330, "）人次；")),
    ((0, "组织观看警示教育片（"), (140, "）场，参与人次合计"), (310, "）人次；")),
    ((0, "创新开展线上活动"), (130, "）场，参与人次合计"), (300, "）人次；")),
    ((0, "社区居民企业员工举报重大隐患"), (200, "）条次，参与人次合计")),
    ((0, "制作各类安全宣传产品（"), (170, "）部，参与人次合计")),
]


@pytest.mark.parametrize(
    ("lines", "is_refused"),
    [
        (COLUMNS, True),
        (SHORT, False),
        (CROSSED, False),
        (BLANKS, False),
        ([*SHORT, ((200, "参与（3000）人次"),), SHORT[0]], True),
    ],
)
def test_what_stands_side_by_side(lines: list[Sequence[tuple[float, str]]], is_refused: bool) -> None:
    try:
        refuse_side_by_side([], [page(*lines)])
    except FileRefused as error:
        assert (is_refused, error.rule) == (True, "table_without_lines")
    else:
        assert not is_refused
