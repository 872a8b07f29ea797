"""The catalogue is sound, its mistakes are pointed at, and a new form needs no Python."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
import yaml

from etl.assemble import assemble
from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.catalog import load_catalog
from etl.catalog.check import check_catalog
from etl.catalog.check_keys import SHAPES
from etl.catalog.load import CATALOG_DIR
from etl.errors import CatalogError
from etl.files.intake import find_jobs
from etl.interpret.lexicon import as_lexicon
from etl.manual.dictionary import dictionary
from etl.read_file import read_job
from etl.release.build import build_release
from etl.run import Wanted, read_inputs

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CATALOG_DIR, tmp_path / "catalog"))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_catalogue_is_sound() -> None:
    assert check_catalog() == []


COMPARED = """comparisons:
  - base_forms: [jincheng-2022]
    forms: [jincheng-2030]
    coverage: {grade: refuse, reason_zh: 活动不同, reason_en: Other activities}
    pairs: []
"""


def test_every_list_of_the_lexicon_is_read() -> None:
    """The check allows just the keys that the reader of the lexicon asks for."""
    asked: set[str] = set()

    class Asked(dict[str, object]):
        def __getitem__(self, key: str) -> object:
            asked.add(key)
            return super().__getitem__(key)

    raw = yaml.safe_load((CATALOG_DIR / "lexicon.yaml").read_text(encoding="utf-8"))
    as_lexicon(Asked(raw))
    assert asked == set(raw) == set(SHAPES["lexicon.yaml"])


def test_a_broken_catalogue_loads_nothing(copy: Path, tmp_path: Path) -> None:
    """An unknown concept would silently take its numbers out of every total."""
    edit(copy / "forms/chongqing-2021.yaml", "concept_id: study.central_group.events", "concept_id: study.unheard_of")
    (tmp_path / "inbox").mkdir()
    with pytest.raises(CatalogError, match=r"chongqing-2021.yaml:\d+: .*study.unheard_of"):
        read_inputs(Wanted((tmp_path / "inbox",)), root=copy)


def test_broken_yaml_is_named_with_file_and_line(copy: Path) -> None:
    edit(copy / "measures.yaml", "measures:", "measures: [")
    (problem,) = check_catalog(copy)
    assert problem.file == "measures.yaml" and problem.line > 0


def test_a_new_form_unit_and_measure_need_no_python(copy: Path, tmp_path: Path) -> None:
    """A small form, a campaign, a unit and a measure as text only: written, filled, read, summed."""
    form = {
        "form_id": "jincheng-2030",
        "title_zh": "晋城市“安全生产月”活动简表",
        "title_en": "Short form",
        "source_zh": "试验",
        "source_en": "test",
        "completeness": "assumed",
        "hotlines": ["12350"],
        "header": "填报单位（盖章）：{reporting_unit}　填报日期：{report_date}",
        "columns": ["活动项目", "内容要求", "进展情况"],
        "activities": [
            {
                "activity_id": "visits",
                "title_zh": "走访慰问一线安全员",
                "title_en": "Visits",
                "requirement_zh": "走访。",
                "progress_zh": [
                    "走访一线安全员家庭（{home_visits:2}）次，发放慰问品（{gifts:2}）份；",
                    "张贴安全提示画（{posters:3}）张。",
                ],
                "indicators": [
                    {"indicator_id": i, "unit": u, "kind": "count", "concept_id": c, "label_zh": z, "label_en": e}
                    for i, u, c, z, e in (
                        ("home_visits", "次", "visits.home.events", "走访家庭", "Home visits"),
                        ("gifts", "份", "visits.gifts.items", "慰问品", "Gifts"),
                        ("posters", "张", "visits.posters.items", "提示画", "Posters"),
                    )
                ],
            }
        ],
    }
    (copy / "forms" / "jincheng-2030.yaml").write_text(
        yaml.safe_dump(form, allow_unicode=True, sort_keys=False), encoding="utf-8"
    )
    with (copy / "concepts.yaml").open("a", encoding="utf-8") as out:
        for concept, quantity in (
            ("visits.home.events", "events"),
            ("visits.gifts.items", "items"),
            ("visits.posters.items", "items"),
        ):
            out.write(f"  - {{concept_id: {concept}, quantity: {quantity}, label_zh: 走访, label_en: Visits}}\n")
    campaigns = yaml.safe_load((copy / "campaigns.yaml").read_text(encoding="utf-8"))
    old = next(c for c in campaigns["campaigns"] if c["campaign_id"] == "jincheng-2022")
    new = {**old, "campaign_id": "jincheng-2030", "year": 2030, "form_id": "jincheng-2030"}
    new |= {"starts_on": "2030-06-01", "ends_on": "2030-06-30", "tour_ends_on": None, "table_due_on": None}
    campaigns["campaigns"].append(new)
    (copy / "campaigns.yaml").write_text(yaml.safe_dump(campaigns, allow_unicode=True), encoding="utf-8")
    measures = yaml.safe_load((copy / "measures.yaml").read_text(encoding="utf-8"))
    measures["measures"].append(
        {**measures["measures"][1], "measure_id": "gifts", "adds": ["visits.gifts.items"], "leaves_out": []}
    )
    next(m for m in measures["measures"] if m["measure_id"] == "events")["adds"].append("visits.home.events")
    (copy / "measures.yaml").write_text(yaml.safe_dump(measures, allow_unicode=True), encoding="utf-8")
    edit(copy / "comparability.yaml", "comparisons:\n", COMPARED)
    with (copy / "units" / "units.csv").open("a", encoding="utf-8") as out:
        out.write("JC-NEW,jincheng,太行新区,太行,Taihang,zone,,140500,99,112.9,35.6,2029-01-01,,太行新区管委会\n")

    assert check_catalog(copy) == []
    catalog = load_catalog(copy)
    made = catalog.forms["jincheng-2030"]
    folder = tmp_path / "in" / "jincheng-2030"
    folder.mkdir(parents=True)
    for unit, gifts in (("太行新区安委办", "1,200"), ("城区", "3")):
        progress = [fill_progress(made.activities[0], {"home_visits": "12", "gifts": gifts, "posters": "无"})]
        (folder / f"{unit}.docx").write_bytes(
            write_docx(made, progress, {"reporting_unit": unit, "report_date": "2030.7.1"})
        )
    assembly = assemble(catalog, [s for j in find_jobs(catalog, [folder.parent], None) for s in read_job(catalog, j)])
    release = tmp_path / "r.duckdb"
    build_release(catalog, assembly, [], release, "test", "test", datetime(2030, 8, 1))
    with duckdb.connect(str(release), read_only=True) as con:
        rows = con.execute("select unit_id, indicator_id, value from current_fact order by all").fetchall()
        total = con.execute(
            "select value, n_units_reported, n_units_expected from measure_total where measure_id = 'gifts' and campaign_id = 'jincheng-2030'"
        ).fetchone()
    assert ("JC-NEW", "gifts", 1200.0) in rows and ("140502", "posters", 0.0) in rows and len(rows) == 6
    assert total == (1203.0, 2, 8)


def test_the_data_dictionary_is_fresh() -> None:
    written = (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    assert written == dictionary(load_catalog()), "run `make docs`"
