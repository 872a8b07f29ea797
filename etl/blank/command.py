"""The command `form`: the blank form, the collected workbook, or the register of duties, written to a file."""

from __future__ import annotations

from pathlib import Path

from etl.blank.docx import write_docx
from etl.blank.evidence import blank_evidence
from etl.blank.xlsx import blank_workbook
from etl.catalog.model import Catalog
from etl.errors import UsageError

DUTIES = "duties"


def write_blank(catalog: Catalog, form_id: str, campaign_id: str | None, docx: Path | None, xlsx: Path | None) -> Path:
    """The file that was written. Raises UsageError for a form or campaign that isn't known, or that has no such file."""
    if form_id == DUTIES:
        return _write_register(catalog, campaign_id, xlsx)
    form = catalog.forms.get(form_id)
    if form is None:
        known = "、".join(catalog.forms)
        raise UsageError(f"没有表 {form_id}；已知：{known}", f"no form {form_id}; known: {known}", found=form_id)
    if docx is not None:
        docx.write_bytes(write_docx(form))
        return docx
    own = {c.campaign_id: c for c in catalog.campaigns.values() if c.form_id == form_id}
    chosen = campaign_id or max(own, key=lambda c: (own[c].year, c), default="")
    if chosen not in own or xlsx is None:
        known = "、".join(own) or "—"
        raise UsageError(f"用表 {form_id} 的活动：{known}", f"campaigns of the form {form_id}: {known}", found=chosen)
    xlsx.write_bytes(blank_workbook(form, own[chosen], catalog.roster(own[chosen])))
    return xlsx


def _write_register(catalog: Catalog, campaign_id: str | None, xlsx: Path | None) -> Path:
    """The blank register and case log of a campaign; of the newest with duties when none is named."""
    known = {c: catalog.campaigns[c] for d in catalog.duties for c in d.campaigns}
    chosen = campaign_id or max(known, key=lambda c: (known[c].year, c))
    if chosen not in known or xlsx is None:
        raise UsageError(
            f"登记表只有 --xlsx，--campaign 可选：{'、'.join(known)}",
            f"the register is a workbook (--xlsx); campaigns with duties: {', '.join(known)}",
            found=chosen,
        )
    xlsx.write_bytes(blank_evidence(catalog, known[chosen]))
    return xlsx
