"""Of which campaign a collected table is, where no folder and no title says so: by its code, or at least proposed by units and heads."""

from __future__ import annotations

import re

from etl.catalog.model import Campaign, Catalog, Form
from etl.collected.columns.match import map_columns
from etl.collected.columns.sheet_topic import heads_of
from etl.collected.sheet.layout import Layout
from etl.collected.sheet.scan_sheet import find_layout
from etl.collected.sheet.times import years_in
from etl.collected.sheet.whole_sheets import transposed
from etl.document import Sheet
from etl.resolve import Resolver, resolver_for

_CODE = re.compile(r"活动编号\s*[:：]?\s*([a-z]+-20\d\d)(?!\d)")


def campaign_line(campaign: Campaign) -> str:
    """The line of a blank workbook that says whose it is: a remark for people, known again when the workbook comes back."""
    return f"注：活动编号 {campaign.campaign_id}（{campaign.title_zh}），请勿删改，收表时凭此识别。"


def coded_campaign(catalog: Catalog, sheet: Sheet) -> Campaign | None:
    """The campaign whose code stands in the sheet; None without one, or where several do."""
    texts = (v for row in sheet.rows for v in row if isinstance(v, str) and "活动编号" in v)
    codes = {m.group(1) for text in texts for m in _CODE.finditer(text)}
    return catalog.campaigns.get(codes.pop()) if len(codes) == 1 else None


def likely_campaigns(catalog: Catalog, sheet: Sheet) -> tuple[Campaign, ...]:
    """The campaigns on whose roster most of the sheet's names stand and whose form has most of its heads; none where that would
    be several jurisdictions'. Those of a year that its first lines name come first, then the newest."""
    asked = [c for c in catalog.campaigns.values() if c.form_id and c.basis != "published"]
    seen = {c.campaign_id: _seen(sheet, resolver_for(catalog, c)) for c in asked}
    most = max(n for n, *_ in seen.values())
    own = [c for c in asked if seen[c.campaign_id][0] == most > 0]
    if len({c.jurisdiction_id for c in own}) != 1:
        return ()
    fits = {c.campaign_id: _n_mapped(catalog.forms[str(c.form_id)], *seen[c.campaign_id][1:]) for c in own}
    likely = [c for c in own if fits[c.campaign_id] == max(fits.values()) > 0]
    said = {year for row in sheet.rows[:4] for v in row if isinstance(v, str) for year in years_in(v)}
    return tuple(sorted(likely, key=lambda c: (c.year not in said, -c.year)))


def _seen(sheet: Sheet, resolver: Resolver) -> tuple[int, Sheet, Layout | None]:
    """How many units of a jurisdiction stand in the sheet, seen the way round that shows most, and where."""
    ways = [(s, find_layout(s, resolver)) for s in (sheet, transposed(sheet))]
    counted = [
        (len({u.resolution.unit_id for u in layout.rows if resolver.unit(u.resolution.unit_id or "")}), s, layout)
        for s, layout in ways
        if layout is not None
    ]
    return max(counted, key=lambda way: way[0], default=(0, sheet, None))


def _n_mapped(form: Form, sheet: Sheet, layout: Layout | None) -> int:
    """How many of the form's blanks have a column."""
    if layout is None:
        return 0
    heads = heads_of(form, sheet, layout)
    return len(map_columns(form, heads, layout.name_column, (sheet.caption, sheet.name)).of_indicator)
