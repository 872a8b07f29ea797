"""Keys of the catalogue's files that nobody reads: a misspelt key, or the rest of a text cut at a comma, is lost without a word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from etl.catalog.problem import Problem
from etl.catalog.text import FAST_LOADER

Shape = Mapping[str, Any]  # key -> the shape of the records under it; None: whatever stands there


def _keys(words: str, **inner: Shape) -> Shape:
    return {**dict.fromkeys(words.split()), **inner}


_REASON = "reason_zh reason_en"
_FORM = _keys(
    "form_id title_zh title_en source_zh source_en completeness note_zh note_en hotlines header columns",
    activities=_keys(
        "activity_id title_zh title_en short_zh short_en is_optional requirement_zh progress_zh",
        indicators=_keys("indicator_id unit kind concept_id label_zh label_en"),
    ),
)
SHAPES: Mapping[str, Shape] = {
    "campaigns.yaml": _keys(
        "",
        campaigns=_keys(
            "campaign_id jurisdiction_id year form_id basis starts_on ends_on tour_ends_on table_due_on roster"
            " title_zh title_en theme_zh theme_en tour_zh document_no"
        ),
    ),
    "checks.yaml": _keys(
        "",
        checks=_keys(
            "rule subject found expected proposal factor basis count",
            when=_keys("left operator right times or_unknown"),
        ),
        slips=_keys(f"factor {_REASON}"),
        bases=_keys("basis words_zh words_en"),
        parts=_keys(f"part whole {_REASON}"),
    ),
    "comparability.yaml": _keys(
        "",
        comparisons=_keys(
            "base_forms forms",
            coverage=_keys(f"grade {_REASON}"),
            pairs=_keys(f"base now grade is_break is_group {_REASON}"),
        ),
        unit_bridges=_keys(f"jurisdiction_id changed_on base_units unit_id grade {_REASON}"),
    ),
    "concepts.yaml": _keys("", concepts=_keys("concept_id quantity label_zh label_en")),
    "duties.yaml": _keys(
        "",
        duties=_keys(
            "duty_id campaigns kind period due_on due_time is_before is_dated min_count max_amount field applies_to"
            " owed_by basis label_zh label_en short_zh short_en quote note_zh note_en",
            every=_keys("from to weekday"),
            months=_keys("from to"),
        ),
    ),
    "evidence.yaml": _keys("columns own_office", kinds=_keys("kind short_zh short_en is_report names_period words")),
    "jurisdictions.yaml": _keys("", jurisdictions=_keys("jurisdiction_id unit_id name_zh name_en words")),
    "lexicon.yaml": _keys(
        "additive_labels alike amending_words desk_reasons unit_names_en answer_headers approx_after approx_before aside_words"
        " at_least_after at_least_before at_most_after at_most_before attachments cancelled_words"
        " contact_heads contact_roles cross_marks department_headers ditto_words doubtful_words empty_boxes"
        " estimate_words example_words file_name_words harmless_words hotlines loose_heads person_ends hint_heads hint_words plain_modifiers masked_name measure_heads"
        " name_notes not_yet_words held_words reach_words scope_words remark_doubts head_words harmless_remarks table_doubts sheet_doubts doubt_lines only_words loose_units negations neutral_before no_report_titles no_words not_applicable_marks"
        " not_applicable_words not_done_words not_reported_words note_words nothing_words office_words"
        " change_words deeds other_measures other_papers other_period part_families plain_words rate_ends unit_kin"
        " aside_heads earlier_times part_periods part_words progress_heads pending_words"
        " period_heads short_heads rate_words remark_headers report_day_heads same_words see_words sentence_roles"
        " short_hotlines side_headers so_far surnames themes this_period tick_marks ticked_glyphs"
        " pointing_words retracting_words demanding_words version_words correcting_words further_words title_words total_names total_words unit_headers units unquantified_words whole_names yes_words"
        " plain_sheet_names copied_sheet_names zero_words title_doubts provinces event_units press_words traditional"
    ),
    "measures.yaml": _keys(
        "",
        measures=_keys(
            "measure_id kind unit_zh unit_en label_zh label_en hue definition_zh definition_en per_capita from_published adds",
            leaves_out=_keys(f"concept_id {_REASON}"),
        ),
    ),
    "rules.yaml": _keys(
        "",
        rules=_keys(
            "rule level dimension title_zh title_en message_zh message_en remedy_zh remedy_en misleads_zh misleads_en"
        ),
    ),
    "settings.yaml": _keys(
        "above_population_times before_is_inclusive copied_min_values copied_share due_moves_to_workday heaped_chance"
        " heaped_min_values history_years log_range mad_scale outlier_mad outlier_min_peers outlier_times peers_min"
        " ratio_beside ratio_beside_floor ratio_beside_pairs ratio_min_peers ratio_peer_share ratio_per_event_high"
        " resubmission_share same_from slip_evidence_min slip_fit slip_least source_error spread_floor spread_unknown tiny_base"
    ),
    "sources.yaml": _keys("", refused=_keys(f"address {_REASON}")),
}


def key_problems(root: Path) -> Iterator[Problem]:
    """Keys that nobody reads and keys that stand twice, in every YAML file of the catalogue that can be read."""
    for path in sorted(root.rglob("*.yaml")):
        file = path.relative_to(root).as_posix()
        shape = _FORM if file.startswith("forms/") else SHAPES.get(file)
        if shape is None:
            yield Problem(file, 1, "编目不读这个文件", "no part of the catalogue reads this file")
            continue
        tree = yaml.compose(path.read_text(encoding="utf-8"), Loader=FAST_LOADER)
        yield from _below(tree, shape, file)


def _below(node: yaml.Node | None, shape: Shape | None, file: str) -> Iterator[Problem]:
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _below(item, shape, file)
    if not isinstance(node, yaml.MappingNode):
        return
    seen: set[str] = set()
    for key, value in node.value:
        name, line = str(key.value), key.start_mark.line + 1
        if name in seen:
            yield Problem(file, line, f"字段 {name} 写了两次", f"the key {name} stands twice")
        seen.add(name)
        if shape is not None and name not in shape:
            yield Problem(
                file, line, f"未知字段 {name}，不会被读取（文字里有逗号时请加引号）", f"unknown key {name}: nothing reads it (a text with a comma needs quotes)"
            )  # fmt: skip
        else:
            yield from _below(value, shape[name] if shape is not None else None, file)
