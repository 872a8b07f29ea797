"""The catalogue -> the rows of the release tables, column by column."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from etl.assemble import Assembly
from etl.catalog.model import Campaign, Catalog, Concept, Measure
from etl.interpret.lexicon import load_lexicon
from etl.release.duty_rows import duty_rows

Rows = list[tuple[Any, ...]]


def catalog_rows(catalog: Catalog, assembly: Assembly) -> dict[str, Rows]:
    """Table name -> rows for every catalogue table, in the schema's column order."""
    return {
        **_form_tables(catalog),
        **_measure_tables(catalog),
        "jurisdiction": _pick(catalog.jurisdictions.values(), "jurisdiction_id unit_id name_zh name_en position"),
        "campaign": _campaign_rows(catalog, assembly),
        "unit": _unit_rows(catalog, assembly),
        "unit_population": _pick(
            catalog.populations,
            "unit_id valid_from valid_to population is_census source_zh note_zh note_en",
            nullable="note_zh note_en",
        ),
        "roster": _roster_rows(catalog),
        "rule": _pick(
            catalog.rules.values(),
            "rule level title_zh title_en misleads_zh misleads_en dimension",
            nullable="misleads_zh misleads_en",
        ),
        "duty": duty_rows(catalog),
        "setting": list(catalog.settings.items()),
        "map_layer": [
            (
                x.layer_id,
                x.jurisdiction_id,
                x.file_name,
                x.sha256,
                x.n_units,
                *x.bounds,
                x.inset_json,
                x.source_zh,
                x.source_en,
            )
            for x in catalog.layers
        ],
    }


def _pick(records: Iterable[object], names: str, *, nullable: str = "") -> Rows:
    """The named attributes of each record, in that order; '' becomes null where `nullable` names the attribute."""
    empty_as_null = set(nullable.split())
    return [
        tuple(None if n in empty_as_null and getattr(r, n) == "" else getattr(r, n) for n in names.split())
        for r in records
    ]


FORM_FIELDS = "form_id title_zh title_en source_zh source_en completeness note_zh note_en"


def _form_tables(catalog: Catalog) -> dict[str, Rows]:
    """Forms with their activities, blanks and concepts."""
    forms = list(catalog.forms.values())
    units = load_lexicon(catalog.root / "lexicon.yaml").unit_names_en
    activity = "activity_id position title_zh title_en short_zh short_en is_optional"
    return {
        "form": [
            (*row, list(f.hotlines))
            for f, row in zip(forms, _pick(forms, FORM_FIELDS, nullable="note_zh note_en"), strict=True)
        ],
        "activity": [(f.form_id, *row) for f in forms for row in _pick(f.activities, activity)],
        "indicator": [
            (
                i.indicator_id,
                f.form_id,
                i.activity_id,
                i.position,
                i.label_zh,
                i.label_en,
                i.unit,
                units.get(i.unit, i.unit),
                i.kind,
                i.concept_id,
            )
            for f in forms
            for i in f.indicators
        ],
        "concept": _pick(catalog.concepts.values(), "concept_id quantity label_zh label_en"),
    }


def _with_left_out(catalog: Catalog, measure: Measure) -> Measure:
    """The measure with what it does not add, and why, at the end of its definition."""
    by_reason: dict[tuple[str, str], list[Concept]] = {}
    for left in measure.leaves_out:
        by_reason.setdefault((left.reason_zh, left.reason_en), []).append(catalog.concepts[left.concept_id])
    zh = "".join(f"不加入：{'、'.join(c.label_zh for c in cs)}（{why}）。" for (why, _), cs in by_reason.items())
    en = "".join(f" Not added: {', '.join(c.label_en for c in cs)} ({why})." for (_, why), cs in by_reason.items())
    return replace(measure, definition_zh=measure.definition_zh + zh, definition_en=measure.definition_en + en)


def _measure_tables(catalog: Catalog) -> dict[str, Rows]:
    """Measures, what they add, and how years compare."""
    return {
        "measure": _pick(
            [_with_left_out(catalog, m) for m in catalog.measures.values()],
            "measure_id position kind unit_zh unit_en label_zh label_en hue per_capita from_published "
            "definition_zh definition_en",
        ),
        "measure_concept": _measure_concept_rows(catalog),
        "comparison_pair": _pair_rows(catalog),
        "unit_bridge": [
            (b.jurisdiction_id, b.changed_on, list(b.base_units), b.unit_id, b.grade, b.reason_zh, b.reason_en)
            for b in catalog.bridges
        ],
    }


def _campaign_rows(catalog: Catalog, assembly: Assembly) -> Rows:
    """All campaigns, with whether they hold data and whether some of it is synthetic."""
    current = {s.submission.campaign_id for s in assembly.standings if s.status == "current"}
    sample = {s.submission.campaign_id for s in assembly.standings if s.submission.is_sample and s.status != "refused"}
    return [
        _campaign_row(catalog, c, c.campaign_id in sample, c.campaign_id in current) for c in catalog.campaigns.values()
    ]


def _campaign_row(catalog: Catalog, c: Campaign, is_sample: bool, has_data: bool) -> tuple[Any, ...]:
    layer = catalog.layer_on(c.jurisdiction_id, c.starts_on)
    return (
        c.campaign_id,
        c.jurisdiction_id,
        c.year,
        c.form_id,
        c.title_zh,
        c.title_en,
        c.theme_zh,
        c.theme_en,
        c.tour_zh,
        c.document_no,
        c.basis,
        c.starts_on,
        c.ends_on,
        c.tour_ends_on,
        c.table_due_on,
        layer.layer_id if layer else None,
        is_sample,
        has_data,
    )


def _unit_rows(catalog: Catalog, assembly: Assembly) -> Rows:
    newest = {p.unit_id: p.population for p in sorted(catalog.populations, key=lambda p: str(p.valid_from or ""))}
    rows: Rows = [
        (
            u.unit_id,
            u.jurisdiction_id,
            u.name,
            u.short_name,
            u.name_en,
            u.kind,
            u.adcode,
            u.parent_id,
            u.position,
            u.valid_from,
            u.valid_to,
            u.lon,
            u.lat,
            newest.get(u.unit_id),
        )
        for u in catalog.units.values()
    ]
    for n, (unit_id, (jurisdiction, name, kind)) in enumerate(sorted(assembly.outside_units.items()), start=9001):
        rows.append((unit_id, jurisdiction, name, name, name, kind, None, None, n, None, None, None, None, None))
    return rows


def _roster_rows(catalog: Catalog) -> Rows:
    rows: Rows = []
    for c in catalog.campaigns.values():
        for n, unit in enumerate(catalog.roster(c), start=1):
            people = catalog.population_on(unit.unit_id, c.starts_on)
            note = (people.note_zh or None, people.note_en or None) if people else (None, None)
            rows.append((c.campaign_id, unit.unit_id, n, people.population if people else None, *note))
    return rows


def _measure_concept_rows(catalog: Catalog) -> Rows:
    rows: Rows = []
    for m in catalog.measures.values():
        rows += [(m.measure_id, c, True, None, None) for c in m.adds]
        rows += [(m.measure_id, x.concept_id, False, x.reason_zh, x.reason_en) for x in m.leaves_out]
    return rows


def _pair_rows(catalog: Catalog) -> Rows:
    """Pair 0 of two forms says how their lists of activities compare."""
    rows: Rows = []
    for comparison in catalog.comparisons.values():
        key = (comparison.base_form_id, comparison.form_id)
        rows.append(
            (
                *key,
                0,
                [],
                [],
                comparison.coverage_grade,
                False,
                False,
                comparison.coverage_reason_zh,
                comparison.coverage_reason_en,
            )
        )
        for n, p in enumerate(comparison.pairs, start=1):
            rows.append((*key, n, list(p.base), list(p.now), p.grade, p.is_break, p.is_group, p.reason_zh, p.reason_en))
    return rows
