"""Builds small releases from etl/sql/schema.sql, for pages and queries. Figures are made up, the seed is fixed."""

from __future__ import annotations

import hashlib
import itertools
import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TypeAlias

import duckdb

from dashboard.release import SCHEMA_VERSION

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = ROOT / "etl" / "sql" / "schema.sql"
BOUNDS = {"chongqing-2025": (105.2872, 28.1641, 110.1904, 32.212)}

Value: TypeAlias = object
Record: TypeAlias = Mapping[str, Value]


@dataclass(frozen=True)
class UnitSpec:
    """A unit of the made-up release."""

    unit_id: str
    name: str
    short_name: str
    name_en: str
    kind: str
    lon: float
    lat: float
    population: int | None


@dataclass(frozen=True)
class BlankSpec:
    """One blank of a form."""

    indicator_id: str
    activity_id: str
    label_zh: str
    label_en: str
    unit: str
    kind: str
    concept_id: str


@dataclass(frozen=True)
class ActivitySpec:
    """One activity of a form."""

    activity_id: str
    short_zh: str
    short_en: str
    is_optional: bool = False


@dataclass(frozen=True)
class FormSpec:
    """A form: activities and blanks."""

    form_id: str
    activities: tuple[ActivitySpec, ...]
    blanks: tuple[BlankSpec, ...]


@dataclass(frozen=True)
class ReleaseSpec:
    """What the made-up release holds. Campaigns: year -> form id."""

    units: tuple[UnitSpec, ...]
    forms: tuple[FormSpec, ...]
    years: Mapping[int, str]
    measures: Mapping[str, tuple[str, str, str, str, str, tuple[str, ...]]]
    layer_file: str = ""
    inset: str | None = None
    silent: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    is_empty: bool = False


UNITS = (
    UnitSpec("500101", "万州区", "万州", "Wanzhou", "district", 108.4205, 30.7021, 1564449),
    UnitSpec("500102", "涪陵区", "涪陵", "Fuling", "district", 107.328, 29.6662, 1115016),
    UnitSpec("500103", "渝中区", "渝中", "Yuzhong", "district", 106.5585, 29.5571, 588717),
    UnitSpec("500229", "城口县", "城口", "Chengkou", "county", 108.81, 31.841, 197497),
    UnitSpec("500240", "石柱土家族自治县", "石柱", "Shizhu", "county", 108.2782, 29.9873, 389001),
    UnitSpec("CQ-WS", "万盛经开区", "万盛", "Wansheng", "zone", 106.928, 28.986, None),
)
ACTIVITIES = (
    ActivitySpec("study", "学习重要论述", "Study"),
    ActivitySpec("tour", "渝州行", "Yuzhou media tour"),
    ActivitySpec("drills", "应急演练", "Drills"),
)
BLANKS = (
    BlankSpec("lecture_sessions", "study", "公开课", "Lectures", "场", "count", "study.open_lecture.events"),
    BlankSpec("lecture_attendance", "study", "公开课参与", "Lecture attendance", "人次", "count", "p.lecture"),
    BlankSpec("film_studied", "study", "专题学习电视专题片", "Film studied", "", "flag", "study.film.done"),
    BlankSpec("problems_exposed", "tour", "曝光问题隐患", "Problems exposed", "条", "count", "exposure.problems.items"),
    BlankSpec(
        "public_reports", "tour", "群众举报", "Public reports", "条次", "count", "reporting.public_reports.items"
    ),
    BlankSpec("case_details", "tour", "典型案例具体为", "Case details", "", "text", "exposure.details"),
    BlankSpec("drill_participations", "drills", "演练参与", "Drill participations", "人次", "count", "p.drills"),
)
MEASURES: dict[str, tuple[str, str, str, str, str, tuple[str, ...]]] = {
    "participation": (
        "人次",
        "participations",
        "参与人次",
        "Participation",
        "participation",
        ("p.lecture", "p.drills"),
    ),
    "hazards_exposed": ("条", "items", "曝光问题隐患", "Hazards exposed", "hazards", ("exposure.problems.items",)),
    "activity_coverage": ("%", "%", "活动覆盖率", "Activity coverage", "coverage", ()),
    "public_reports": ("条次", "reports", "群众举报", "Public reports", "hazards", ("reporting.public_reports.items",)),
}
SMALL = ReleaseSpec(
    UNITS,
    (FormSpec("chongqing-2021", ACTIVITIES, BLANKS), FormSpec("chongqing-2022", ACTIVITIES, BLANKS)),
    {2021: "chongqing-2021", 2022: "chongqing-2022"},
    MEASURES,
    silent={2022: ("500229",)},
)
EMPTY = ReleaseSpec(UNITS, SMALL.forms, SMALL.years, MEASURES, is_empty=True)


class Builder:
    """Fills the schema of one release file."""

    def __init__(self, con: duckdb.DuckDBPyConnection, spec: ReleaseSpec) -> None:
        self.con, self.spec, self.random = con, spec, random.Random(2022)
        self.values: dict[tuple[int, str, str], float | None] = {}

    def add(self, table: str, rows: Sequence[Record]) -> None:
        """Insert rows given by column name."""
        if not rows:
            return
        names = list(rows[0])
        marks = ", ".join("?" for _ in names)
        sql = f"insert into {table} ({', '.join(names)}) values ({marks})"
        self.con.executemany(sql, [[row[name] for name in names] for row in rows])

    def build(self) -> None:
        """All tables."""
        self.con.execute(SCHEMA.read_text(encoding="utf-8"))
        self.add_catalogue()
        for year, form_id in self.spec.years.items():
            self.add_campaign(year, form_id)
            if not self.spec.is_empty:
                self.add_facts(year, form_id)
                self.add_reports(year, form_id)
            else:
                self.add_reports(year, form_id)
            self.add_measures(year, form_id)
        self.add_comparisons()
        self.add_national()

    def add_catalogue(self) -> None:
        """Jurisdictions, units, forms, measures."""
        spec = self.spec
        self.add("release_info", [{"release_id": "r-test", "schema_version": SCHEMA_VERSION, "built_at": datetime(2026, 11, 23, 8),
                                   "inputs_sha256": "0" * 64}])  # fmt: skip
        self.add("jurisdiction", [
            {"jurisdiction_id": i, "unit_id": u, "name_zh": z, "name_en": e, "position": p}
            for p, (i, u, z, e) in enumerate((("chongqing", "500000", "重庆市", "Chongqing"),
                                             ("jilin", "220000", "吉林省", "Jilin"),
                                             ("china", "100000", "全国", "China")))
        ])  # fmt: skip
        zones = [{"unit_id": u.unit_id, "jurisdiction_id": "chongqing", "name": u.name, "short_name": u.short_name,
                  "name_en": u.name_en, "kind": u.kind, "adcode": u.unit_id if u.unit_id.isdigit() else None,
                  "parent_id": "500000", "position": n, "lon": u.lon, "lat": u.lat, "population": u.population}
                 for n, u in enumerate(spec.units, 1)]  # fmt: skip
        self.add("unit", zones)
        self.add("unit", [{"unit_id": "100000", "jurisdiction_id": "china", "name": "全国", "short_name": "全国",
                           "name_en": "China", "kind": "jurisdiction", "position": 0}])  # fmt: skip
        for form in spec.forms:
            self.add_form(form)
        for position, (name, (zh, en, label_zh, label_en, hue, concepts)) in enumerate(spec.measures.items()):
            self.add("measure", [{"measure_id": name, "position": position, "kind": "sum" if concepts else "coverage",
                                  "unit_zh": zh, "unit_en": en, "label_zh": label_zh, "label_en": label_en, "hue": hue,
                                  "per_capita": zh != "%", "from_published": hue == "hazards",
                                  "definition_zh": "表内各项相加。", "definition_en": "Sum of the blanks."}])  # fmt: skip
            self.add("measure_concept", [{"measure_id": name, "concept_id": c, "is_added": True} for c in concepts])
        if spec.layer_file:
            west, south, east, north = BOUNDS["chongqing-2025"]
            self.add("map_layer", [{"layer_id": "chongqing-2025", "jurisdiction_id": "chongqing",
                                    "file_name": spec.layer_file, "sha256": "", "n_units": 38, "min_lon": west,
                                    "min_lat": south, "max_lon": east, "max_lat": north, "inset": spec.inset,
                                    "source_zh": "边界：示例", "source_en": "Boundaries: sample"}])  # fmt: skip

    def add_form(self, form: FormSpec) -> None:
        """A form with its activities and blanks."""
        self.add("form", [{"form_id": form.form_id, "title_zh": "统计表", "title_en": "Form", "source_zh": "示例",
                           "source_en": "Sample", "completeness": "assumed", "hotlines": ["12350"]}])  # fmt: skip
        self.add("activity", [{"form_id": form.form_id, "activity_id": a.activity_id, "position": n,
                               "title_zh": a.short_zh, "title_en": a.short_en, "short_zh": a.short_zh,
                               "short_en": a.short_en, "is_optional": a.is_optional}
                              for n, a in enumerate(form.activities, 1)])  # fmt: skip
        self.add("indicator", [{"indicator_id": b.indicator_id, "form_id": form.form_id, "activity_id": b.activity_id,
                                "position": n, "label_zh": b.label_zh, "label_en": b.label_en, "unit": b.unit, "unit_en": b.unit,
                                "kind": b.kind, "concept_id": b.concept_id}
                               for n, b in enumerate(form.blanks, 1)])  # fmt: skip

    def add_campaign(self, year: int, form_id: str) -> None:
        """A Chongqing campaign with its roster."""
        self.add("campaign", [{"campaign_id": f"chongqing-{year}", "jurisdiction_id": "chongqing", "year": year,
                               "form_id": form_id, "title_zh": f"重庆市{year}年“安全生产月”活动",
                               "title_en": f"Chongqing Work Safety Month {year}", "theme": "遵守安全生产法",
                               "theme_en": "Obey the Work Safety Law", "tour_zh": "安全生产渝州行", "document_no": "",
                               "basis": "assumed", "starts_on": date(year, 6, 1), "ends_on": date(year, 6, 30),
                               "table_due_on": date(year, 7, 2),
                               "layer_id": "chongqing-2025" if self.spec.layer_file else None, "is_sample": True,
                               "has_data": not self.spec.is_empty}])  # fmt: skip
        self.add("roster", [{"campaign_id": f"chongqing-{year}", "unit_id": u.unit_id, "position": n,
                             "population": u.population, "population_note_zh": None, "population_note_en": None}
                            for n, u in enumerate(self.spec.units, 1)])  # fmt: skip

    def is_silent(self, year: int, unit_id: str) -> bool:
        """Whether the unit did not report."""
        return self.spec.is_empty or unit_id in self.spec.silent.get(year, ())

    def form(self, form_id: str) -> FormSpec:
        """The form of this id."""
        return next(form for form in self.spec.forms if form.form_id == form_id)

    def add_facts(self, year: int, form_id: str) -> None:
        """Submissions and their facts, with zeros, blanks and qualifiers in between."""
        campaign = f"chongqing-{year}"
        for unit in self.spec.units:
            if self.is_silent(year, unit.unit_id):
                continue
            submission = f"{campaign}-{unit.unit_id}"
            self.add("submission", [{"submission_id": submission + suffix, "campaign_id": campaign,
                                     "unit_id": unit.unit_id, "source_name": f"{campaign}/{unit.name}{name}.docx",
                                     "source_sha256": "a" * 64, "source_format": "docx",
                                     "report_date": date(year, 7, 1), "received_at": datetime(year, 7, 1, 9),
                                     "revision": revision, "status": status, "is_sample": True, "also_named": [], "part": 0}
                                    for suffix, name, revision, status in (("-1", "", 1, "superseded"),
                                                                           ("-2", "（更正）", 2, "current"))])  # fmt: skip
            self.add("fact", [self.fact(year, campaign, submission + "-2", unit, blank, n)
                              for n, blank in enumerate(self.form(form_id).blanks, 1)])  # fmt: skip

    def fact(
        self, year: int, campaign: str, submission: str, unit: UnitSpec, blank: BlankSpec, position: int
    ) -> dict[str, Value]:
        """One fact with a made-up state."""
        size = 9000 if blank.unit == "人次" else 60
        value: float | None = float(self.random.randint(size // 8, size * 4))
        state, qualifier, text = "reported", "exact", None
        chance = self.random.random()
        if blank.kind == "flag":
            value = 1.0
        elif blank.kind == "text":
            value, text = None, "某厂粉尘爆炸隐患案"
        elif chance < 0.05:
            value, state = None, "not_filled"
        elif chance < 0.08:
            value, state = None, "not_applicable"
        elif chance < 0.11:
            value, state = 0.0, "explicit_zero"
        elif chance < 0.16:
            qualifier = "at_least"
        self.values[year, unit.unit_id, blank.indicator_id] = value
        raw = "" if value is None else f"{value:.0f}" + ("余" if qualifier == "at_least" else "")
        return {"submission_id": submission, "campaign_id": campaign, "unit_id": unit.unit_id,
                "indicator_id": blank.indicator_id, "value": value, "text": text, "qualifier": qualifier,
                "state": state, "raw": text or raw, "place": f"表1 第{position}行 第3格", "flags": [],
                "is_current": True}  # fmt: skip

    def add_reports(self, year: int, form_id: str) -> None:
        """Who reported, activities held, and findings."""
        campaign, form = f"chongqing-{year}", self.form(form_id)
        for unit in self.spec.units:
            silent = self.is_silent(year, unit.unit_id)
            n_blanks = len(form.blanks)
            self.add("unit_report", [{"campaign_id": campaign, "unit_id": unit.unit_id,
                                      "state": "not_reported" if silent else "reported",
                                      "submission_id": None if silent else f"{campaign}-{unit.unit_id}-2",
                                      "source_name": None if silent else f"{campaign}/{unit.name}（更正）.docx",
                                      "report_date": None if silent else date(year, 7, 1),
                                      "received_at": None if silent else datetime(year, 7, 1, 9),
                                      "due_on": date(year, 7, 2), "days_late": None if silent else 0,
                                      "n_blanks": n_blanks, "n_reported": 0 if silent else n_blanks - 1, "n_zero": 0,
                                      "n_not_applicable": 0, "n_not_filled": 0 if silent else 1, "n_withheld": 0, "n_not_asked": 0,
                                      "n_errors": 0, "n_warnings": 0}])  # fmt: skip
            self.add("activity_held", [{"campaign_id": campaign, "unit_id": unit.unit_id,
                                        "activity_id": a.activity_id, "state": "not_reported" if silent else "held",
                                        "n_reported": 0 if silent else 1, "n_blanks": 1}
                                       for a in form.activities])  # fmt: skip
        if not self.spec.is_empty:
            unit = self.spec.units[0]
            self.add("rule", [{"rule": f"value.jump.{year}", "level": "error", "dimension": "time", "title_zh": "数值突变",
                               "title_en": "Sudden jump"}])  # fmt: skip
            self.add("finding", [{"state": "open", "finding_id": f"f-{year}", "level": "error", "rule": f"value.jump.{year}",
                                  "submission_id": f"{campaign}-{unit.unit_id}-2", "campaign_id": campaign,
                                  "unit_id": unit.unit_id, "indicator_id": "lecture_attendance",
                                  "place": "表1 第1行 第3格", "found": "780000", "expected": "约 78000",
                                  "message_zh": f"{unit.name}公开课参与 78 万人次，约为上年 10 倍，请核对原表",
                                  "message_en": f"{unit.name_en}: lecture attendance is ten times last year's. Please check",
                                  "remedy_zh": "，请核对原表", "remedy_en": ". Please check"}])  # fmt: skip

    def add_measures(self, year: int, form_id: str) -> None:
        """Measures by unit and activity, by unit, and in total."""
        campaign, form = f"chongqing-{year}", self.form(form_id)
        for measure, (*_, concepts) in self.spec.measures.items():
            values = []
            for unit in self.spec.units:
                blanks = [b for b in form.blanks if b.concept_id in concepts]
                silent = self.is_silent(year, unit.unit_id)
                for activity in dict.fromkeys(b.activity_id for b in blanks):
                    part = [b for b in blanks if b.activity_id == activity]
                    self.add("measure_activity_value", [{"campaign_id": campaign, "unit_id": unit.unit_id,
                                                         "measure_id": measure, "activity_id": activity,
                                                         **self.summed(year, unit.unit_id, part, silent)}])  # fmt: skip
                row = self.summed(year, unit.unit_id, blanks, silent)
                if not concepts and not silent:
                    row |= {"value": float(self.random.choice((80, 90, 95, 100))), "state": "reported"}
                values.append(row["value"])
                self.add("measure_value", [{"campaign_id": campaign, "unit_id": unit.unit_id, "measure_id": measure,
                                            **row}])  # fmt: skip
            known = [float(str(v)) for v in values if v is not None]
            total = (sum(known) / (1 if concepts else len(known))) if known else None
            self.add("measure_total", [{"campaign_id": campaign, "measure_id": measure, "value": total,
                                        "qualifier": "at_least" if concepts and total else "exact",
                                        "n_units_reported": len(known), "n_units_expected": len(values)}])  # fmt: skip

    def summed(self, year: int, unit_id: str, blanks: Sequence[BlankSpec], silent: bool) -> dict[str, Value]:
        """A sum of blanks with its state."""
        known = [v for b in blanks if (v := self.values.get((year, unit_id, b.indicator_id))) is not None]
        state = "reported" if len(known) == len(blanks) else "partial" if known else "no_value"
        return {"value": sum(known) if known else None, "state": "not_reported" if silent else state,
                "qualifier": "exact", "n_reported": len(known), "n_expected": len(blanks)}  # fmt: skip

    def add_comparisons(self) -> None:
        """Each year against the one before: close for sums, refused for coverage."""
        years = sorted(self.spec.years)
        for base, year in itertools.pairwise(years):
            for measure, (*_, concepts) in self.spec.measures.items():
                rows = [self.compared(measure, bool(concepts), year, base, unit.unit_id) for unit in self.spec.units]
                both = [row for row in rows if row["change"] is not None]
                total = dict(rows[0]) | {"unit_id": None, "grade": "close" if both else "missing",
                                         "n_units": len(both), "n_units_expected": len(rows)}  # fmt: skip
                for name in ("value", "base_value", "change"):
                    total[name] = sum(float(str(row[name])) for row in both) if both else None
                total["pct"] = 100 * total["change"] / total["base_value"] if both else None  # type: ignore[operator]
                if not concepts:
                    total |= {"grade": "refuse", "note_zh": "两年的活动清单不同，覆盖率不可直接相比",
                              "note_en": "The two years list different activities"}  # fmt: skip
                self.add("comparison", [total, *rows])

    def compared(self, measure: str, is_sum: bool, year: int, base: int, unit_id: str) -> dict[str, Value]:
        """One unit's comparison."""
        sql = "select value from measure_value where campaign_id = ? and unit_id = ? and measure_id = ?"
        now, then = (self.con.execute(sql, [f"chongqing-{y}", unit_id, measure]).fetchone() for y in (year, base))
        value, base_value = (now or (None,))[0], (then or (None,))[0]
        has_both = value is not None and base_value is not None and is_sum
        change = value - base_value if has_both else None
        return {"jurisdiction_id": "chongqing", "measure_id": measure, "year": year, "base_year": base,
                "unit_id": unit_id, "value": value, "base_value": base_value, "change": change,
                "pct": 100 * change / base_value if has_both and base_value else None,
                "grade": ("close" if has_both else "missing") if is_sum else "refuse", "n_units": int(has_both),
                "n_units_expected": 1, "note_zh": "单位有变" if is_sum else "活动清单不同",
                "note_en": "unit changed" if is_sum else "other activities"}  # fmt: skip

    def add_national(self) -> None:
        """A campaign without a table, and published national totals."""
        rows = (("jilin-2021", "jilin", 2021, None, "notice", False), ("china-2022", "china", 2022, "china-2022",
                                                                        "published", True))  # fmt: skip
        for name, area, year, form_id, basis, has_data in rows:
            self.add("campaign", [{"campaign_id": name, "jurisdiction_id": area, "year": year, "form_id": form_id,
                                   "title_zh": name, "title_en": name, "theme": "", "theme_en": "", "tour_zh": "",
                                   "document_no": "", "basis": basis, "starts_on": date(year, 6, 1),
                                   "ends_on": date(year, 6, 30), "is_sample": False, "has_data": has_data}])  # fmt: skip
        self.add("indicator", [{"indicator_id": "hazards_exposed", "form_id": "china-2022", "activity_id": "tour",
                                "position": 1, "label_zh": "曝光突出问题", "label_en": "Prominent problems exposed",
                                "unit": "个", "unit_en": "items", "kind": "count", "concept_id": "exposure.problems.items"}])  # fmt: skip
        self.add("fact", [{"submission_id": "s-china", "campaign_id": "china-2022", "unit_id": "100000",
                           "indicator_id": "hazards_exposed", "value": 10200.0, "text": None, "qualifier": "approx",
                           "state": "reported", "raw": "1.02万", "place": "公布稿", "flags": [],
                           "is_current": True}])  # fmt: skip
        self.add("fact_source", [{"submission_id": "s-china", "indicator_id": "hazards_exposed",
                                  "quote": "曝光突出问题1.02万个", "source": "应急管理部", "url": ""}])  # fmt: skip


def build_release(folder: Path, spec: ReleaseSpec = SMALL, name: str = "r-test") -> Path:
    """A release file in the folder, published by its pointer."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.duckdb"
    con = duckdb.connect(str(path))
    Builder(con, spec).build()
    con.execute("update release_info set release_id = ?", [name])
    con.close()
    publish(folder, path, name)
    return path


def publish(folder: Path, path: Path, release_id: str) -> None:
    """Point CURRENT at the file."""
    content = path.read_bytes()
    pointer = {"release_id": release_id, "file": path.name, "sha256": hashlib.sha256(content).hexdigest(),
               "bytes": len(content)}  # fmt: skip
    (folder / "CURRENT").write_text(json.dumps(pointer), encoding="utf-8")
