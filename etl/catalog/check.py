"""The catalogue's own checks: every mistake with file and line. Run by `python -m etl catalog` and `make check`."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from string import Formatter

from etl.catalog.check_compared import compared_problems
from etl.catalog.check_duties import duty_problems
from etl.catalog.check_forms import form_problems
from etl.catalog.check_keys import SHAPES, key_problems
from etl.catalog.check_units import unit_problems
from etl.catalog.check_whole import unsaid
from etl.catalog.entry import Entry
from etl.catalog.load import (
    CATALOG_DIR,
    HOLIDAY_COLUMNS,
    LAYERS_FILE,
    UNIT_COLUMNS,
    file_of,
    form_files,
    load_catalog,
    rows_of,
)
from etl.catalog.model import Catalog
from etl.catalog.parse import parse_campaign, parse_measure
from etl.catalog.problem import Problem
from etl.errors import CatalogError


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
    return list(_checked(root, layers_file)[1])


def _checked(root: Path, layers_file: Path) -> tuple[Catalog | None, list[Problem]]:
    """The catalogue (None where it can't be read) and its problems."""
    return _checked_as(root, layers_file, _stamp(root, layers_file))


def _stamp(root: Path, layers_file: Path) -> str:
    """What the files say, so that those that say the same are checked once."""
    hasher = hashlib.sha256()
    for path in [*sorted(p for p in root.rglob("*") if p.is_file()), *([layers_file] if layers_file.exists() else [])]:
        hasher.update(f"{path}|{path.stat().st_size}|".encode())
        hasher.update(path.read_bytes())
    return hasher.hexdigest()


@lru_cache(maxsize=2)
def _checked_as(root: Path, layers_file: Path, _as: str) -> tuple[Catalog | None, list[Problem]]:
    try:
        catalog = load_catalog(root, layers_file)
        found = list(_problems(catalog, root))
    except CatalogError as error:
        file, _, line = error.place.rpartition(":")
        words = [m.removeprefix(f"{error.place} ") for m in (error.message_zh, error.message_en)]
        return None, [Problem(file, int(line), *words)]
    return catalog, sorted(found, key=lambda p: (p.file, p.line))


def _problems(catalog: Catalog, root: Path) -> Iterator[Problem]:
    """What is wrong in a catalogue whose every record can be read."""
    lexicon = file_of(root, "lexicon.yaml")
    units, named = frozenset(lexicon.texts("units")), lexicon.entry("unit_names_en").names()
    for unit in sorted(units - set(named)):
        line = lexicon.line_of("unit_names_en")
        yield Problem("lexicon.yaml", line, f"单位“{unit}”缺英文名", f"unit {unit} has no English name")
    for key in sorted(SHAPES["lexicon.yaml"].keys() - set(lexicon.names())):
        yield Problem("lexicon.yaml", 1, f"缺少字段 {key}", f"lacks the field {key}")
    for file in form_files(root):
        yield from form_problems(catalog, file_of(root, file), units)
    yield from key_problems(root)
    yield from _check_ids(root)
    yield from _check_campaigns(catalog, file_of(root, "campaigns.yaml"))
    yield from _check_measures(catalog, file_of(root, "measures.yaml"))
    yield from _check_checks(catalog, file_of(root, "checks.yaml"))
    yield from _check_jurisdictions(catalog, file_of(root, "jurisdictions.yaml"))
    yield from compared_problems(catalog, file_of(root, "comparability.yaml"))
    yield from unit_problems(catalog, root)
    yield from (Problem(*told) for told in duty_problems(catalog, file_of(root, "duties.yaml")))
    yield from _check_rules(file_of(root, "rules.yaml"))
    yield from (Problem(*told) for told in unsaid(catalog, file_of(root, "campaigns.yaml")))


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
        yield from _duplicates(file_of(root, file).entries(key), name)
    yield from _duplicates(rows_of(root, "units/units.csv", UNIT_COLUMNS), "unit_id")
    yield from _duplicates(rows_of(root, "holidays.csv", HOLIDAY_COLUMNS), "day")
    yield from _duplicates([file_of(root, file) for file in form_files(root)], "form_id")


def _duplicates(entries: Iterable[Entry], key: str) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for entry in entries:
        name, line = entry.text(key), entry.line_of(key)
        if name in seen:
            zh, en = f"编号 {name} 重复（{seen[name]} 已有）", f"duplicate id {name} (first at {seen[name]})"
            yield Problem(entry.file, line, zh, en)
        seen.setdefault(name, f"{entry.file}:{line}")


def _check_campaigns(catalog: Catalog, raw: Entry) -> Iterator[Problem]:
    for entry in raw.entries("campaigns"):
        campaign, file = parse_campaign(entry), entry.file
        if campaign.form_id is not None and campaign.form_id not in catalog.forms:
            zh, en = f"未知表格 {campaign.form_id}", f"unknown form {campaign.form_id}"
            yield Problem(file, entry.line_of("form_id"), zh, en)
        if campaign.jurisdiction_id not in catalog.jurisdictions:
            zh, en = f"未知地区 {campaign.jurisdiction_id}", f"unknown jurisdiction {campaign.jurisdiction_id}"
            yield Problem(file, entry.line_of("jurisdiction_id"), zh, en)
        elif not catalog.roster(campaign):
            zh, en = f"{campaign.campaign_id} 没有应报单位", f"{campaign.campaign_id} has an empty roster"
            yield Problem(file, entry.line_of("roster"), zh, en)
        if campaign.starts_on > campaign.ends_on or campaign.starts_on.year != campaign.year:
            zh, en = f"{campaign.campaign_id} 的起止日期有误", f"{campaign.campaign_id}: wrong dates"
            yield Problem(file, entry.line_of("starts_on"), zh, en)


def _check_measures(catalog: Catalog, raw: Entry) -> Iterator[Problem]:
    for position, entry in enumerate(raw.entries("measures"), start=1):
        measure, adds_line = parse_measure(entry, position), entry.line_of("adds")
        name, left = measure.measure_id, entry.entries("leaves_out", is_needed=False)
        named = [(concept, entry.line_of("adds", n)) for n, concept in enumerate(measure.adds, start=1)]
        named += [(x.text("concept_id"), x.line_of("concept_id")) for x in left]
        for concept, line in named:
            if concept not in catalog.concepts:
                zh, en = f"{name} 引用未知概念 {concept}", f"{name} names the unknown concept {concept}"
                yield Problem(entry.file, line, zh, en)
        for x in left:
            concept = x.text("concept_id")
            if concept in measure.adds:
                yield Problem(entry.file, x.line, f"{concept} 既加又不加", f"{concept} is both added and left out")
        quantities = {catalog.concepts[c].quantity for c in measure.adds if c in catalog.concepts}
        if {"participation", "audience"} <= quantities:
            yield Problem(entry.file, adds_line, f"{name} 混合了参与与受众", f"{name} mixes participation and audience")
        if measure.kind == "sum" and not measure.adds:
            yield Problem(entry.file, adds_line, f"{name} 没有可加的概念", f"{name} adds nothing")


def _check_checks(catalog: Catalog, raw: Entry) -> Iterator[Problem]:
    """Rules and concepts that the checks name must be there."""
    named: list[tuple[Entry, str, Collection[str]]] = [(e, "rule", catalog.rules) for e in raw.entries("checks")]
    named += [(e, key, catalog.concepts) for e in raw.entries("parts") for key in ("part", "whole")]
    for entry, key, known in named:
        if entry.text(key) not in known:
            zh, en = f"未知 {key} {entry.text(key)}", f"unknown {key} {entry.text(key)}"
            yield Problem(entry.file, entry.line_of(key), zh, en)


def _check_jurisdictions(catalog: Catalog, raw: Entry) -> Iterator[Problem]:
    for entry in raw.entries("jurisdictions"):
        unit_id = entry.text("unit_id")
        if unit_id not in catalog.units:
            yield Problem(entry.file, entry.line_of("unit_id"), f"未知单位 {unit_id}", f"unknown unit {unit_id}")


_FIELDS = frozenset(
    {"found", "expected", "place", "proposal", "label", "basis", "basis_en", "count", "factor", "year", "confidence"}
    | {"by", "at", "reason", "reason_en", "value", "value_en", "remedy", "remedy_en"}
)


def _check_rules(raw: Entry) -> Iterator[Problem]:
    for entry in raw.entries("rules"):
        rule = entry.text("rule")
        remedies = [key for key in ("remedy_zh", "remedy_en") if entry.text(key, "")]
        if len(remedies) == 1:
            zh, en = f"{rule} 的处理办法只有一种语言", f"{rule} says what to do in one language only"
            yield Problem(entry.file, entry.line_of(remedies[0]), zh, en)
        for key in ("message_zh", "message_en", *remedies):
            try:
                names = {name for _, name, _, _ in Formatter().parse(entry.text(key)) if name}
            except ValueError as error:
                raise entry.wrong(key, entry.text(key), "成对的 { }", "paired { }") from error
            for name in sorted(names - _FIELDS):
                zh, en = f"{rule} 用了未知字段 {{{name}}}", f"{rule} uses the unknown field {{{name}}}"
                yield Problem(entry.file, entry.line_of(key), zh, en)
