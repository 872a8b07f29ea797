"""Every mistake in the catalogue is a problem with the file and the line it stands on, in Chinese and English."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from etl.catalog.check import check_catalog
from etl.catalog.load import CATALOG_DIR, load_catalog
from etl.catalog.problem import Problem

UNITS, POPULATION, FORM = "units/units.csv", "units/population.csv", "forms/chongqing-2021.yaml"
CAMPAIGNS, COMPARED, MEASURES, DUTIES = "campaigns.yaml", "comparability.yaml", "measures.yaml", "duties.yaml"
WANZHOU = "500101,chongqing,万州区,万州,Wanzhou,district,500101,500000,1,108.4205,30.7021,,,万州"
MANY = "1564449,1,"

# file, what is replaced, by what, what is said: on the line of the replacement.
HERE = [
    (FORM, "concept_id: study.central_group.events", "concept_id: study.unheard_of", "unknown concept"),
    (FORM, "{lecture_sessions:3}", "{lecture_session:3}", "the slot lecture_session has no row"),
    (FORM, "indicator_id: drill_events", "indicator_id: hazards_exposed", "duplicate id"),
    (FORM, "is_optional:", "is_option:", "unknown key is_option"),
    (FORM, "is_optional: false", "is_optional: maybe", "is_optional is “maybe”, expected true or false"),
    (FORM, "is_optional: false", 'is_optional: "false"', "is_optional is “false”, expected true or false"),
    (FORM, "is_optional: false", "is_optional:", "is_optional is empty, expected true or false"),
    (FORM, "{lecture_sessions:3}", "{lecture_sessions:y}", "{lecture_sessions:y}”, expected the width of the blank"),
    (FORM, 'unit: "人次"', 'unit: "人资"', "is not printed behind the blank"),
    (FORM, 'unit: "篇"', 'unit: "%"', "is not among the units"),
    (FORM, "kind: count", "kind: counts", "unknown kind counts (expected: count, flag, text)"),
    (FORM, "kind: count, ", "", "lacks the field kind"),
    (FORM, "form_id: chongqing-2021", "form_id: chongqing-2020", "the file's name differs"),
    (CAMPAIGNS, "form_id: ningxia-2021", "form_id: ningxia-1921", "unknown form"),
    (CAMPAIGNS, "year: 2021", "year: 20xx", "year is “20xx”, expected a whole number"),
    (CAMPAIGNS, "title_en: Chongqing Work Safety Month 2021", 'title_en: ""', "title_en is empty, expected a text"),
    (CAMPAIGNS, "title_en: Chongqing Work Safety Month 2021", "title_en: [a]", "title_en is “[…]”, expected a text"),
    (CAMPAIGNS, "campaign_id: ningxia-2021", "campaign_id: ningxia-2O21", "“ningxia-2O21”, expected ningxia-2021"),
    (CAMPAIGNS, "roster: [city, zone]", "roster: [city, zome]", "unknown roster zome (expected: city, county"),
    (CAMPAIGNS, "roster: [city, zone]", "roster: city", "roster is “city”, expected a list"),
    (CAMPAIGNS, "roster: [city, zone]", "roster: []", "has an empty roster"),
    (CAMPAIGNS, "ends_on: 2021-06-30", "ends_on: 2021-06-31", "2021-06-31"),
    (CAMPAIGNS, "ends_on: 2021-06-30", "ends_on: 30.6.2021", "ends_on is “30.6.2021”, expected a date"),
    (CAMPAIGNS, "ends_on: 2021-06-30", "ends_on: 2021-06-30 10:00:00", "expected a date"),
    (CAMPAIGNS, "starts_on: 2021-06-01", "starts_on: 2020-06-01", "wrong dates"),
    (CAMPAIGNS, "basis: notice\n", "basis: rumour\n", "unknown basis rumour"),
    (COMPARED, "base: [lecture_attendance]", "base: [lecture_attendances]", "has no lecture_attendances"),
    (COMPARED, "grade: close_after_sum", "grade: nearly", "unknown grade nearly (expected: close"),
    (COMPARED, "grade: close, is_group: true", "grade: close", "lecture_sessions stands in several pairs"),
    (COMPARED, "base: [typical_cases_exposed]", "base: [hazards_exposed]", "stands in several pairs"),
    (COMPARED, "coverage: {grade: refuse, ", "coverage: {", "lacks the field grade"),
    (COMPARED, ', reason_en: "Both as published, rounded"', "", "lacks the field reason_en"),
    (COMPARED, "is_group: true", 'is_group: "no"', "is_group is “no”, expected true or false"),
    (COMPARED, 'base_units: ["500109"]', 'base_units: ["500999"]', "unknown unit 500999"),
    (MEASURES, "per_capita: true", 'per_capita: "no"', "per_capita is “no”, expected true or false"),
    (MEASURES, "    from_published: f", "    per_capita: true\n    from_published: f", "per_capita stands twice"),
    (MEASURES, "- drills.participations", "- drills.unheard_of", "names the unknown concept drills.unheard_of"),
    (COMPARED, "{jurisdiction_id: chongqing", "{jurisdiction_id: chonqing", "unknown jurisdiction chonqing"),
    (DUTIES, "campaigns: [ningxia-2021]", "campaigns: [ningxia-2029]", "unknown campaign"),
    (DUTIES, "campaigns: [ningxia-2021]", "campaigns: ningxia-2021", "expected a list"),
    (DUTIES, "kind: weekly_report", "kind: hourly_report", "unknown kind"),
    (DUTIES, "period: once", "period: twice", "unknown period twice"),
    (DUTIES, "field: theory_group_sessions", "field: theory_sessions", "has no theory_sessions"),
    (DUTIES, "due_on: [2021-05-29]", "due_on: [29 May]", "due_on is “29 May”, expected a date"),
    (DUTIES, 'due_time: "15:00"', "due_time: 15.00", "due_time is “15.0”, expected a"),
    (DUTIES, 'due_time: "15:00"', "due_time: 25:00", "due_time is “25:00”, expected a time"),
    (DUTIES, "months: {from: 2021-06", "months: {from: 2021-6", "from is “2021-6”, expected a month"),
    (DUTIES, "owed_by: office", "owed_by: nobody", "unknown owed_by"),
    (DUTIES, "applies_to: [district, county, city]", "applies_to: [town]", "no units of kind town"),
    (DUTIES, "quote: 5月24日前确定1名联络员", "quoted: 5月24日前确定1名联络员", "lacks the field quote"),
    ("checks.yaml", "rule: heaped,", "rule: heaped, colour: red,", "unknown key colour"),
    ("checks.yaml", "or_unknown: true}", "or_unknowns: true}", "unknown key or_unknowns"),
    ("checks.yaml", 'operator: "="', 'operator: "=="', "unknown operator =="),
    ("checks.yaml", "part: online.quiz.heads", "part: online.quiz.head", "unknown part online.quiz.head"),
    ("checks.yaml", "rule: heaped,", "rule: heap,", "unknown rule heap"),
    ("evidence.yaml", "is_report: true", "is_report: 1", "is_report is “1”, expected true or false"),
    ("jurisdictions.yaml", 'unit_id: "500000"', 'unit_id: "500099"', "unknown unit 500099"),
    ("rules.yaml", "“{found}”中的全角", "“{fund}”中的全角", "unknown field"),
    ("rules.yaml", "“{found}”中的全角", "“{found”中的全角", "expected paired { }"),
    ("rules.yaml", 'title_en: "In 10,000s', "title_en: In 10,000s", "unknown key 000s"),
    ("rules.yaml", "misleads_en:", "mislead_en:", "unknown key mislead_en"),
    ("rules.yaml", ', remedy_en: ". Please split them"', "", "two_values says what to do in one language only"),
    ("rules.yaml", 'remedy_en: ". Please split them"', 'remedy_en: ". Split {them}"', "unknown field {them}"),
    ("settings.yaml", "tiny_base:", "tiny_bases: 1\ntiny_base:", "unknown key tiny_bases"),
    ("settings.yaml", "source_error: 0.005", "source_error: 0,005", "source_error is “0,005”, expected a number"),
    ("settings.yaml", "tiny_base: 10", "tiny\x00_base: 10", "control character U+0000"),
    ("settings.yaml", "tiny_base: 10", "tiny_base: -10", "tiny_base is “-10”, expected a number, 0 or more"),
    ("lexicon.yaml", "zero_words:", "zeros: []\nzero_words:", "unknown key zeros"),
    ("concepts.yaml", "quantity: events", "quantity: event", "unknown quantity event"),
    ("concepts.yaml", "study.central_group.attendance", "study.central_group.events", "duplicate id"),
    ("holidays.csv", "2020-01-19,0", "2020-01-32,0", "day is “2020-01-32”, expected a date"),
    ("holidays.csv", "2020-01-19,0", "2020-01-19,no", "is_off is “no”, expected 1 (yes) or 0 (no)"),
    ("holidays.csv", "2020-01-19,0", "2020-01-01,0", "duplicate id 2020-01-01"),
    ("holidays.csv", "2020-01-19,0", "2020-01\x00-19,0", "control character U+0000"),
    (UNITS, "涪陵\n", "涪陵|万州\n", "names both"),
    (UNITS, WANZHOU, WANZHOU.replace("district", "distrct"), "unknown kind distrct (expected: city, county, district"),
    (UNITS, WANZHOU, WANZHOU.replace(",,,", ",2020-13-01,,"), "valid_from is “2020-13-01”, expected a date"),
    (UNITS, WANZHOU, WANZHOU.replace(",,,", ",2022-01-01,2021-01-01,"), "valid_from is later"),
    (UNITS, WANZHOU, WANZHOU.replace("108.4205", "108,4205"), "has 15 cells, expected 14"),
    (UNITS, WANZHOU, WANZHOU.replace("108.4205", "108°"), "lon is “108°”, expected a number from 73 to 136"),
    (UNITS, WANZHOU, WANZHOU.replace("108.4205,30.7021", "30.7021,108.4205"), "lon is “30.7021”, expected a number"),
    (UNITS, WANZHOU, WANZHOU.replace("30.7021", "60.7021"), "lat is “60.7021”, expected a number from 3 to 54"),
    (UNITS, WANZHOU, WANZHOU.replace("30.7021", ""), "expected both or neither"),
    (UNITS, WANZHOU, WANZHOU.replace("district,500101", "district,"), "adcode is empty, expected a code"),
    (UNITS, WANZHOU, WANZHOU.replace("district,500101", "district,50010"), "adcode is “50010”, expected a code"),
    (UNITS, WANZHOU, WANZHOU.replace("Wanzhou", ""), "name_en is empty, expected a text"),
    (UNITS, ",lat,valid_from,valid_to,aliases", ",lat,valid_from,valid_to,alias", "should have one column aliases"),
    (UNITS, ",valid_to,aliases", ",valid_to,aliases,colour", "unknown column colour"),
    (UNITS, "500102,chongqing", "500101,chongqing", "duplicate id 500101 (first at units/units.csv:4)"),
    (POPULATION, MANY, "-1564449,1,", "population is “-1564449”, expected a whole number, 1 or more"),
    (POPULATION, MANY, "156万,1,", "population is “156万”, expected a whole number"),
    (POPULATION, MANY, "1564449,maybe,", "is_census is “maybe”, expected 1 (yes) or 0 (no)"),
    (POPULATION, "500101,", "500999,", "unknown unit 500999"),
    (POPULATION, "Total of Chongqing.", '"Total of Chongqing.', "is not valid CSV"),
]

# The same, where another line is named: the file, and the first text that stands on its line.
THERE = [
    (MEASURES, "- drills.participations", "- products.audience", "mixes participation", MEASURES, "    adds:"),
    (MEASURES, "      - drills.participations\n", "", "is in no measure", MEASURES, ""),
    (MEASURES, "measures:", "measures: [", "is not valid YAML", MEASURES, "- measure_id"),
    (CAMPAIGNS, "ends_on: 2021-06-30", "ends_on： 2021-06-30", "not valid YAML (could", CAMPAIGNS, "ends_on："),
    (
        COMPARED,
        "forms: [chongqing-2022, jincheng-2022]",
        "forms: [chongqing-2022]",
        "does not say how",
        CAMPAIGNS,
        "campaign_id: jincheng-2022",
    ),
    (
        DUTIES,
        "campaigns: [ningxia-2021], kind: table",
        "campaigns: [ningxia-2021], kind: summary",
        "no duty to send",
        CAMPAIGNS,
        "campaign_id: ningxia-2021",
    ),
    ("settings.yaml", "tiny_base: 10", "", "lacks the field tiny_base", "settings.yaml", "slip_evidence_min"),
    ("lexicon.yaml", "zero_words:", "zeros:", "lacks the field zero_words", "lexicon.yaml", ""),
    ("forms/jincheng-2022.yaml", "form_id: jincheng-2022", "form_id: jincheng-2021", "duplicate id", "", "form_id"),
]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CATALOG_DIR, tmp_path / "catalog"))


def edit(path: Path, old: str, new: str) -> int:
    """Replace the first `old`; the line it stands on."""
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text.count("\n", 0, text.index(old)) + 1


def places(copy: Path, word: str) -> set[tuple[str, int]]:
    """Where the problems that say `word` stand; each is told in both languages."""
    problems: list[Problem] = check_catalog(copy)
    found = [p for p in problems if word in p.message_en]
    assert found, [str(p) for p in problems]
    assert all(re.search("[一-鿿]", p.message_zh) for p in found)
    return {(p.file, p.line) for p in found}


# Every third in the ordinary run: each takes a catalogue of its own. The rest are slow proofs.
PICKED = [pytest.param(*case, marks=[] if n % 3 == 0 else [pytest.mark.slow]) for n, case in enumerate(HERE)]


@pytest.mark.parametrize(("file", "old", "new", "word"), PICKED)
def test_a_mistake_is_named_with_file_and_line(copy: Path, file: str, old: str, new: str, word: str) -> None:
    line = edit(copy / file, old, new)
    assert places(copy, word) == {(file, line)}


@pytest.mark.parametrize(("file", "old", "new", "word", "named", "text"), THERE)
def test_a_mistake_is_named_where_it_can_be_put_right(
    copy: Path, file: str, old: str, new: str, word: str, named: str, text: str
) -> None:
    edit(copy / file, old, new)
    content = (copy / (named or file)).read_text(encoding="utf-8")
    assert places(copy, word) == {(named or file, content.count("\n", 0, content.index(text)) + 1)}


@pytest.mark.parametrize("moves", [0, 1])
def test_a_year_without_days_off_is_missed_only_where_due_dates_move(copy: Path, moves: int) -> None:
    edit(copy / "settings.yaml", "due_moves_to_workday: 0", f"due_moves_to_workday: {moves}")
    line = edit(copy / DUTIES, "due_on: [2021-05-29]", "due_on: [2019-05-29]")
    if moves:
        assert places(copy, "holidays.csv has no 2019") == {(DUTIES, line)}
    else:
        assert check_catalog(copy) == []


def test_a_row_keeps_its_line_behind_blank_lines_and_cells_of_two_lines(copy: Path) -> None:
    edit(copy / POPULATION, "Total of Chongqing.", '"Total of\nChongqing."\n')
    edit(copy / POPULATION, MANY, "156万,1,")
    assert places(copy, "population is “156万”") == {(POPULATION, 6)}


def test_a_table_saved_with_a_byte_order_mark_is_read(copy: Path) -> None:
    path = copy / UNITS
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert check_catalog(copy) == []


@pytest.mark.parametrize("file", [UNITS, CAMPAIGNS, FORM])
def test_a_file_of_another_encoding_is_named(copy: Path, file: str) -> None:
    lines = (copy / file).read_bytes().splitlines(keepends=True)
    n = next(n for n, line in enumerate(lines) if not line.isascii())
    lines[n] = lines[n].decode("utf-8").encode("gb18030")
    (copy / file).write_bytes(b"".join(lines))
    assert places(copy, "not encoded as UTF-8") == {(file, n + 1)}


def test_a_file_that_is_not_there_is_named(copy: Path) -> None:
    (copy / "sources.yaml").unlink()
    assert places(copy, "the file is missing") == {("sources.yaml", 1)}


def test_a_time_written_without_quotes_is_that_time(copy: Path) -> None:
    """YAML 1.1 alone would read 15:00 as 900."""
    edit(copy / DUTIES, 'due_time: "15:00"', "due_time: 15:00")
    assert check_catalog(copy) == [] and load_catalog(copy).duties == load_catalog().duties
