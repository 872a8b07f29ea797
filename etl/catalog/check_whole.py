"""What a new form or campaign must say elsewhere in the catalogue: left unsaid, figures would be missing without a word."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from etl.catalog.entry import Entry
from etl.catalog.model import Campaign, Catalog

Told = tuple[str, int, str, str]
# Counts of these go into totals; other things (hazards of some kind, posters, bases) each stand for themselves.
ADDED = frozenset({"participation", "audience", "events", "articles"})


def unsaid(catalog: Catalog, campaigns: Entry) -> Iterator[Told]:
    """(file, line, Chinese, English) of each: a count in no measure, a change of form without comparison, a table without a duty."""
    lines = {c.text("campaign_id"): c.line for c in campaigns.entries("campaigns")}
    yield from _unmeasured(catalog)
    yield from _uncompared(catalog, lines)
    yield from _owed_by_nobody(catalog, lines)


def _asked(catalog: Catalog) -> list[Campaign]:
    """The campaigns that ask for a table; what was published by others asks for nothing."""
    return [c for c in catalog.campaigns.values() if c.form_id in catalog.forms and c.basis != "published"]


def _unmeasured(catalog: Catalog) -> Iterator[Told]:
    named = {c for m in catalog.measures.values() for c in (*m.adds, *(x.concept_id for x in m.leaves_out))}
    for form_id in sorted({str(c.form_id) for c in _asked(catalog)}):
        for indicator in catalog.forms[form_id].indicators:
            concept = catalog.concepts.get(indicator.concept_id)
            if concept and concept.quantity in ADDED and concept.concept_id not in named:
                yield (
                    "measures.yaml",
                    1,
                    f"{form_id} 的 {indicator.indicator_id}（概念 {concept.concept_id}）不在任何指标里，数会悄悄漏掉；请写进 adds，或写进 leaves_out 并说明理由",
                    f"{indicator.indicator_id} of {form_id} (concept {concept.concept_id}) is in no measure and would be left out in silence; name it in adds, or in leaves_out with the reason",
                )


def _uncompared(catalog: Catalog, lines: dict[str, int]) -> Iterator[Told]:
    for jurisdiction in catalog.jurisdictions:
        own = sorted((c for c in _asked(catalog) if c.jurisdiction_id == jurisdiction), key=lambda c: c.year)
        for base, now in pairwise(own):
            key = (str(base.form_id), str(now.form_id))
            if key[0] != key[1] and key not in catalog.comparisons:
                yield (
                    "campaigns.yaml",
                    lines[now.campaign_id],
                    f"comparability.yaml 没有说明 {key[1]} 与 {key[0]} 怎样可比，两年不能比较",
                    f"comparability.yaml does not say how {key[1]} compares with {key[0]}; the two years can't be compared",
                )


def _owed_by_nobody(catalog: Catalog, lines: dict[str, int]) -> Iterator[Told]:
    owed = {campaign_id for duty in catalog.duties if duty.kind == "table" for campaign_id in duty.campaigns}
    for campaign in _asked(catalog):
        if campaign.table_due_on and campaign.campaign_id not in owed:
            yield (
                "campaigns.yaml",
                lines[campaign.campaign_id],
                f"duties.yaml 没有 {campaign.campaign_id} 的统计表报送要求，“报送”页会是空的",
                f"duties.yaml has no duty to send the table of {campaign.campaign_id}; the Reporting page would be empty",
            )
