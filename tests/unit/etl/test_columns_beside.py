"""A column beside 进展情况: another year's, a plan's, an example's or a remark's is never an answer; two that nothing tells apart are withheld where they differ."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from etl.blank.fill import fill_progress
from etl.catalog import Catalog, load_catalog
from etl.document import Block, Cell, Document, Paragraph, Table
from etl.facts import Submission
from etl.form.identity import Source
from etl.form.word_form import read_word_form

CAMPAIGN = "jincheng-2022"
FORM = ("活动项目", "内容要求")


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def texts(catalog: Catalog, first: int) -> list[str]:
    """Each activity's sentences with numbers of their own from `first` on."""
    form = catalog.forms[CAMPAIGN]
    typed = {i.indicator_id: str(first + n) for n, i in enumerate(form.indicators) if i.kind == "count"}
    return [fill_progress(a, typed) for a in form.activities]


def grid(rows: Sequence[Sequence[str]], number: int = 1) -> Table:
    return Table(
        tuple(tuple(Cell(t, f"表{number}行{r + 1}列{c + 1}") for c, t in enumerate(row)) for r, row in enumerate(rows)),
        number,
    )


def read(catalog: Catalog, *tables: Table) -> Submission:
    """The form of 城区 with these tables."""
    above: list[Block] = [
        Paragraph("晋城市“安全生产月”活动进展情况统计表", "段1"),
        Paragraph("填报单位：城区　填报日期：2022年6月28日", "段2"),
    ]
    source = Source("城区.docx", "0" * 64, "docx", catalog.campaigns[CAMPAIGN])
    (one,) = read_word_form(catalog, source, Document((*above, *tables)))
    return one


def form_rows(catalog: Catalog, *columns: Sequence[str]) -> list[list[str]]:
    """The form's rows: title, requirement, then the columns given, one text an activity."""
    activities = catalog.forms[CAMPAIGN].activities
    return [[a.title_zh, a.requirement_zh, *own] for a, own in zip(activities, zip(*columns, strict=True), strict=True)]


def values(one: Submission) -> list[float | None]:
    return [f.value for f in one.facts]


def rules(one: Submission) -> list[str]:
    return sorted({f.rule for f in one.findings if f.rule != "row_missing"})


OWN, OTHER = [float(n) for n in range(1, 36)], 101
ASIDE = [
    "2021年情况",
    "上年同期",
    "去年",
    "填写示例",
    "7月计划",
    "备注",
    "2021年同期活动进展情况（截至2021年6月28日，供参考）",
    "本周情况",
]


@pytest.mark.parametrize("head", ASIDE)
@pytest.mark.parametrize("is_last", [True, False], ids=["behind", "before"])
def test_a_column_of_something_else_is_never_read(catalog: Catalog, head: str, is_last: bool) -> None:
    order = slice(None, None, 1 if is_last else -1)
    heads = ["进展情况", head][order]
    one = read(
        catalog, grid([[*FORM, *heads], *form_rows(catalog, *[texts(catalog, 1), texts(catalog, OTHER)][order])])
    )
    assert values(one) == OWN
    (said,) = [f for f in one.findings if f.rule == "column_aside"]
    assert "101、102、103" in said.found
    assert "135" in said.found
    assert rules(one) == ["column_aside"]


@pytest.mark.parametrize("head", ASIDE)
def test_nor_where_this_years_cells_are_empty(catalog: Catalog, head: str) -> None:
    one = read(catalog, grid([[*FORM, "进展情况", head], *form_rows(catalog, [""] * 5, texts(catalog, OTHER))]))
    assert set(values(one)) == {None}
    assert not any(f.proposal for f in one.facts)
    assert "column_aside" in rules(one)


def test_the_campaigns_year_is_the_progress(catalog: Catalog) -> None:
    rows = form_rows(catalog, texts(catalog, OTHER), texts(catalog, 1))
    assert values(read(catalog, grid([[*FORM, "2021年", "2022年"], *rows]))) == OWN
    two = [[*FORM, "活动进展情况", ""], ["", "", "2021年", "2022年"]]
    assert values(read(catalog, grid([*two, *rows]))) == OWN


def test_heads_without_the_forms_own_words(catalog: Catalog) -> None:
    rows = form_rows(catalog, [""] * 5, texts(catalog, OTHER))
    one = read(catalog, grid([["项目", "内容", "进展情况", "去年同期"], *rows]))
    assert set(values(one)) == {None}
    assert "column_aside" in rules(one)


def test_a_table_that_goes_on_keeps_its_heads(catalog: Catalog) -> None:
    rows = form_rows(catalog, [""] * 5, texts(catalog, OTHER))
    one = read(catalog, grid([[*FORM, "进展情况", "上年"], *rows[:2]]), grid(rows[2:], 2))
    assert set(values(one)) == {None}


def test_a_turned_table(catalog: Catalog) -> None:
    rows = [[*FORM, "进展情况", "2021年"], *form_rows(catalog, [""] * 5, texts(catalog, OTHER))]
    one = read(catalog, grid([list(column) for column in zip(*rows, strict=True)]))
    assert set(values(one)) == {None}
    assert "column_aside" in rules(one)


def test_two_columns_that_nothing_tells_apart(catalog: Catalog) -> None:
    second = texts(catalog, 1)[:1] + texts(catalog, OTHER)[1:]
    one = read(catalog, grid(form_rows(catalog, texts(catalog, 1), second)))
    # The first activity's answers are the same in both.
    assert values(one) == [1.0, 2.0, 3.0, 4.0] + [None] * 31
    assert [f.flags for f in one.facts[4:]] == [("two_values",)] * 31


@pytest.mark.parametrize(
    "heads",
    [
        [[*FORM, "6月完成情况", "7月完成情况"]],
        [[*FORM, "线上进展情况", "线下进展情况"]],
        [[*FORM, "进展情况", "进展情况"], ["", "", "5月", "6月"]],
    ],
    ids=["months", "parts", "heads in two rows"],
)
def test_equal_answers_under_two_heads_may_be_parts(catalog: Catalog, heads: list[list[str]]) -> None:
    one = read(catalog, grid([*heads, *form_rows(catalog, texts(catalog, 1), texts(catalog, 1))]))
    assert values(one) == [None] * 35
    assert {f.flags for f in one.facts} == {("two_values",)}


@pytest.mark.parametrize("own", ["镇街情况", "2022年6月"])
def test_a_column_of_the_clerks_own_is_at_most_a_proposal(catalog: Catalog, own: str) -> None:
    head = [*FORM, "进展情况", own]
    one = read(catalog, grid([head, *form_rows(catalog, texts(catalog, 1), texts(catalog, OTHER))]))
    assert values(one) == OWN
    one = read(catalog, grid([head, *form_rows(catalog, [""] * 5, texts(catalog, OTHER))]))
    assert set(values(one)) == {None}
    assert [f.proposal for f in one.facts] == [str(n) for n in range(101, 136)]


def test_remarks_are_the_answers_where_no_other_column_is(catalog: Catalog) -> None:
    assert values(read(catalog, grid([[*FORM, "情况说明"], *form_rows(catalog, texts(catalog, 1))]))) == OWN


def test_an_empty_row_of_short_words_is_no_head(catalog: Catalog) -> None:
    rows = [["其他活动", "可根据实际情况选填。", texts(catalog, 1)[-1]], *form_rows(catalog, texts(catalog, 1))[:4]]
    assert sum(v is not None for v in values(read(catalog, grid(rows)))) == 35
