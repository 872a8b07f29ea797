"""The catalogue's own checks: every mistake with file and line. Run by `python -m etl catalog` and `make check`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations
from pathlib import Path
from string import Formatter

from etl.catalog.check_duties import duty_problems
from etl.catalog.check_forms import form_problems
from etl.catalog.check_keys import key_problems
from etl.catalog.check_whole import unsaid
from etl.catalog.load import CATALOG_DIR, LAYERS_FILE, load_catalog
from etl.catalog.model import Catalog, Unit
from etl.catalog.problem import Problem
from etl.catalog.text import Record, read_csv, read_yaml
from etl.errors import CatalogError

_MIN, _MAX = date.min, date.max
GRADES = frozenset({"same", "close", "close_after_sum", "refuse"})
QUANTITIES = frozenset({"participation", "audience", "events", "articles", "items", "flag", "text"})


def sound_catalog(root: Path = CATALOG_DIR) -> Catalog:
    """The catalogue, once nothing in it is wrong. Raises CatalogError with every problem, file and line: a load of a broken one would lose numbers."""
    catalog, problems = _checked(root, LAYERS_FILE)
    if catalog is None or problems:
        zh = "\n".join(f"{p.file}:{p.line}: {p.message_zh}" for p in problems)
        en = "\n".join(f"{p.file}:{p.line}: {p.message_en}" for p in problems)
        raise CatalogError(
            f"编目有 {len(problems)} 处问题，未装载，原有数据不变：\n{zh}",
            f"the catalogue has {len(problems)} problems; nothing was loaded:\n{en}",
            place=str(root),
        )
    return catalog


def check_catalog(root: Path = CATALOG_DIR, layers_file: Path = LAYERS_FILE) -> list[Problem]:
    """All problems of the catalogue folder, by file and line; empty when it is sound."""
    return _checked(root, layers_file)[1]


def _checked(root: Path, layers_file: Path) -> tuple[Catalog | None, list[Problem]]:
    """The catalogue (None where it can't be read) and its problems."""
    try:
        catalog = load_catalog(root, layers_file)
    except CatalogError as error:
        file, _, line = error.place.rpartition(":")
        words = [m.removeprefix(f"{Path(file).name}:{line} ") for m in (error.message_zh, error.message_en)]
        return None, [Problem(Path(file).name or str(root), int(line) if line.isdigit() else 0, *words)]
    except (KeyError, ValueError, TypeError) as error:
        return None, [Problem(str(root.name), 0, f"读不出：{error!r}", f"can't be read: {error!r}")]
    found: list[Problem] = []
    lexicon = read_yaml(root / "lexicon.yaml")
    units = frozenset(lexicon["units"])
    for unit in sorted(units - lexicon["unit_names_en"].keys()):
        found.append(Problem("lexicon.yaml", 0, f"单位“{unit}”缺英文名", f"unit {unit} has no English name"))
    for path in sorted((root / "forms").glob("*.yaml")):
        found += form_problems(catalog, read_yaml(path), f"forms/{path.name}", units)
    found += key_problems(root)
    found += _check_ids(root)
    found += _check_campaigns(catalog, read_yaml(root / "campaigns.yaml"))
    found += _check_measures(catalog, read_yaml(root / "measures.yaml"))
    found += _check_comparability(catalog, read_yaml(root / "comparability.yaml"))
    found += _check_units(catalog, root)
    found += [Problem(*told) for told in duty_problems(catalog, read_yaml(root / "duties.yaml"))]
    found += _check_rules(read_yaml(root / "rules.yaml"))
    found += [Problem(*told) for told in unsaid(catalog, read_yaml(root / "campaigns.yaml"))]
    return catalog, sorted(found, key=lambda p: (p.file, p.line))


def _records(root: Path, file: str, key: str, name: str) -> Iterator[tuple[str, int]]:
    for record in read_yaml(root / file)[key]:
        yield str(record[name]), record["__line__"]


def _check_ids(root: Path) -> Iterator[Problem]:
    lists = (
        ("campaigns.yaml", "campaigns", "campaign_id"),
        ("concepts.yaml", "concepts", "concept_id"),
        ("measures.yaml", "measures", "measure_id"),
        ("duties.yaml", "duties", "duty_id"),
        ("evidence.yaml", "kinds", "kind"),
        ("rules.yaml", "rules", "rule"),
        ("jurisdictions.yaml", "jurisdictions", "jurisdiction_id"),
    )
    for file, key, name in lists:
        yield from _duplicates(file, _records(root, file, key, name))
    for file in ("units/units.csv",):
        yield from _duplicates(file, ((row["unit_id"], n) for n, row in enumerate(read_csv(root / file), start=2)))
    form_ids = [(str(read_yaml(p)["form_id"]), 1) for p in sorted((root / "forms").glob("*.yaml"))]
    yield from _duplicates("forms", form_ids)


def _duplicates(file: str, ids: Iterable[tuple[str, int]]) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for name, line in ids:
        if name in seen:
            yield Problem(
                file,
                line,
                f"编号 {name} 重复（第 {seen[name]} 行已有）",
                f"duplicate id {name} (first on line {seen[name]})",
            )
        seen.setdefault(name, line)


def _check_campaigns(catalog: Catalog, raw: Record) -> Iterator[Problem]:
    for record in raw["campaigns"]:
        campaign, line = catalog.campaigns[record["campaign_id"]], record["__line__"]
        if campaign.form_id is not None and campaign.form_id not in catalog.forms:
            yield Problem("campaigns.yaml", line, f"未知表格 {campaign.form_id}", f"unknown form {campaign.form_id}")
        if campaign.jurisdiction_id not in catalog.jurisdictions:
            yield Problem(
                "campaigns.yaml",
                line,
                f"未知地区 {campaign.jurisdiction_id}",
                f"unknown jurisdiction {campaign.jurisdiction_id}",
            )
        elif not catalog.roster(campaign):
            yield Problem(
                "campaigns.yaml",
                line,
                f"{campaign.campaign_id} 没有应报单位",
                f"{campaign.campaign_id} has an empty roster",
            )
        if campaign.starts_on > campaign.ends_on or campaign.starts_on.year != campaign.year:
            yield Problem(
                "campaigns.yaml", line, f"{campaign.campaign_id} 的起止日期有误", f"{campaign.campaign_id}: wrong dates"
            )


def _check_measures(catalog: Catalog, raw: Record) -> Iterator[Problem]:
    for record in raw["measures"]:
        measure, line = catalog.measures[record["measure_id"]], record["__line__"]
        left = [x.concept_id for x in measure.leaves_out]
        for concept in (*measure.adds, *left):
            if concept not in catalog.concepts:
                yield Problem(
                    "measures.yaml",
                    line,
                    f"{measure.measure_id} 引用未知概念 {concept}",
                    f"{measure.measure_id} names the unknown concept {concept}",
                )
        for concept in set(measure.adds) & set(left):
            yield Problem("measures.yaml", line, f"{concept} 既加又不加", f"{concept} is both added and left out")
        kinds = {catalog.concepts[c].quantity for c in measure.adds if c in catalog.concepts}
        if {"participation", "audience"} <= kinds:
            yield Problem(
                "measures.yaml",
                line,
                f"{measure.measure_id} 混合了参与与受众",
                f"{measure.measure_id} mixes participation and audience",
            )
        if measure.kind == "sum" and not measure.adds:
            yield Problem(
                "measures.yaml", line, f"{measure.measure_id} 没有可加的概念", f"{measure.measure_id} adds nothing"
            )


def _check_comparability(catalog: Catalog, raw: Record) -> Iterator[Problem]:
    file = "comparability.yaml"
    for entry in raw["comparisons"]:
        yield from _check_sides(catalog, entry, file)
        for pair in entry["pairs"]:
            if pair["grade"] not in GRADES:
                yield Problem(file, pair["__line__"], f"未知等级 {pair['grade']}", f"unknown grade {pair['grade']}")
            if not pair.get("reason_zh") or not pair.get("reason_en"):
                yield Problem(file, pair["__line__"], "缺少理由", "a reason is missing")
        added = [p for p in entry["pairs"] if p["grade"] != "refuse" and not p.get("is_group")]
        named = Counter((side, i) for p in added for side in ("base", "now") for i in p[side])
        for indicator in (i for (_, i), times in named.items() if times > 1):
            zh, en = (
                f"{indicator} 在多对可比项中出现，会重复相加",
                f"{indicator} stands in several pairs; it would be added twice",
            )
            yield Problem(file, entry["__line__"], zh, en)
    for bridge in raw["unit_bridges"]:
        for unit_id in (*bridge["base_units"], bridge["unit_id"]):
            if str(unit_id) not in catalog.units:
                yield Problem(file, bridge["__line__"], f"未知单位 {unit_id}", f"unknown unit {unit_id}")


def _check_sides(catalog: Catalog, entry: Record, file: str) -> Iterator[Problem]:
    """Forms and indicators that the pairs name must be there."""
    for side, forms in (("base", entry["base_forms"]), ("now", entry["forms"])):
        for form_id in forms:
            form = catalog.forms.get(form_id)
            if form is None:
                yield Problem(file, entry["__line__"], f"未知表格 {form_id}", f"unknown form {form_id}")
                continue
            for pair in entry["pairs"]:
                for indicator in (i for i in pair[side] if i not in form.by_indicator):
                    zh, en = f"表格 {form_id} 没有 {indicator}", f"the form {form_id} has no {indicator}"
                    yield Problem(file, pair["__line__"], zh, en)


def _overlap(a: Unit, b: Unit) -> bool:
    start = max(a.valid_from or _MIN, b.valid_from or _MIN)
    end = min(a.valid_to or _MAX, b.valid_to or _MAX)
    return start <= end


def _check_units(catalog: Catalog, root: Path) -> Iterator[Problem]:
    lines = {row["unit_id"]: n for n, row in enumerate(read_csv(root / "units" / "units.csv"), start=2)}
    by_name: dict[tuple[str, str], set[str]] = defaultdict(set)
    for unit in catalog.units.values():
        if unit.jurisdiction_id not in catalog.jurisdictions:
            yield Problem(
                "units/units.csv",
                lines[unit.unit_id],
                f"未知地区 {unit.jurisdiction_id}",
                f"unknown jurisdiction {unit.jurisdiction_id}",
            )
        if unit.parent_id and unit.parent_id not in catalog.units:
            yield Problem(
                "units/units.csv", lines[unit.unit_id], f"未知上级 {unit.parent_id}", f"unknown parent {unit.parent_id}"
            )
        for name in {unit.name, unit.short_name, *unit.aliases}:
            by_name[(unit.jurisdiction_id, name)].add(unit.unit_id)
    for (_, name), ids in by_name.items():
        for a, b in combinations(sorted(ids), 2):
            if _overlap(catalog.units[a], catalog.units[b]):
                yield Problem(
                    "units/units.csv",
                    lines[b],
                    f"别名“{name}”同时指 {a} 和 {b}",
                    f"the alias “{name}” names both {a} and {b}",
                )
    for n, row in enumerate(read_csv(root / "units" / "population.csv"), start=2):
        if row["unit_id"] not in catalog.units:
            yield Problem("units/population.csv", n, f"未知单位 {row['unit_id']}", f"unknown unit {row['unit_id']}")


_FIELDS = frozenset(
    {"found", "expected", "place", "proposal", "label", "basis", "basis_en", "count", "factor", "year", "confidence"}
    | {"by", "at", "reason", "reason_en", "value", "value_en"}
)


def _check_rules(raw: Record) -> Iterator[Problem]:
    for record in raw["rules"]:
        if record["level"] not in ("error", "warning", "note"):
            yield Problem(
                "rules.yaml", record["__line__"], f"未知级别 {record['level']}", f"unknown level {record['level']}"
            )
        for key in ("message_zh", "message_en"):
            unknown = {name for _, name, _, _ in Formatter().parse(record[key]) if name} - _FIELDS
            for name in sorted(unknown):
                yield Problem(
                    "rules.yaml",
                    record["__line__"],
                    f"{record['rule']} 用了未知字段 {{{name}}}",
                    f"{record['rule']} uses the unknown field {{{name}}}",
                )
