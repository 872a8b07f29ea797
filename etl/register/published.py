"""Published totals with their sources (Workbook) -> submissions."""

from __future__ import annotations

from etl.catalog.model import Catalog
from etl.document import CellValue, Sheet, Workbook
from etl.extract.squeeze import squeeze_text
from etl.facts import Quote, Submission, flag_findings, interpret, make_fact
from etl.findings import Finding
from etl.form.identity import Source, resolver_for
from etl.interpret.count import Typed
from etl.interpret.reading import ROW_MISSING, Reading

_PUBLISHED = ("填报单位", "指标", "公布数")


def is_published(book: Workbook) -> bool:
    """Whether the first sheet's header is that of published totals."""
    return any(_holds(row) for sheet in book.sheets[:1] for row in sheet.rows[:5])


def _holds(row: tuple[CellValue, ...]) -> bool:
    return {squeeze_text(str(v)) for v in row if v is not None}.issuperset(_PUBLISHED)


def _records(sheet: Sheet) -> list[tuple[int, dict[str, tuple[CellValue, int]]]]:
    """The rows below the header as {column word: (value, column)} with their row number."""
    head = next(r for r, row in enumerate(sheet.rows) if _holds(row))
    names = {c: squeeze_text(str(v)) for c, v in enumerate(sheet.rows[head]) if v is not None}
    return [
        (r, {n: (row[c], c) for c, n in names.items()})
        for r, row in enumerate(sheet.rows[head + 1 :], start=head + 1)
        if any(v is not None for v in row)
    ]


def read_published(catalog: Catalog, source: Source, book: Workbook) -> list[Submission]:
    """Published totals: one figure a row, as printed, with quote and source. `指标` is the form's indicator id or label."""
    submission = Submission(source.name, source.sha256, source.format)
    campaign = source.campaign
    if campaign is None or campaign.form_id is None:
        submission.is_refused = True
        submission.findings.append(Finding("campaign_unknown", place=source.name))
        return [submission]
    form = catalog.forms[campaign.form_id]
    submission.campaign_id, submission.form_id = campaign.campaign_id, form.form_id
    resolver = resolver_for(catalog, campaign)
    by_word = {**{i.label_zh: i for i in form.indicators}, **form.by_indicator}
    sheet = book.sheets[0]
    seen: dict[str, set[str]] = {}
    for r, record in _records(sheet):
        word, column = str(record["指标"][0] or "").strip(), record["公布数"][1]
        place = sheet.place(r, column)
        address = str(record.get("网址", ("", 0))[0] or "")
        if refused := catalog.quality.refusal_of(address):
            words = {"reason": refused.reason_zh, "reason_en": refused.reason_en}
            submission.findings.append(Finding("source_refused", place, address, words=words))
            continue
        indicator = by_word.get(word)
        name = str(record["填报单位"][0] or "")
        unit_id = resolver.resolve(name).unit_id
        if indicator is None or unit_id is None:
            submission.findings.append(
                Finding(
                    "column_unmapped" if indicator is None else "unit_unresolved",
                    place,
                    word or name,
                    words={"place": place},
                )
            )
            continue
        raw = str(record["公布数"][0] or "")
        submission.facts.append(make_fact(unit_id, indicator, interpret(indicator, Typed(raw)), raw, place))
        seen.setdefault(unit_id, set()).add(indicator.indicator_id)
        quote = [str(record.get(k, ("", 0))[0] or "") for k in ("原文", "来源", "网址")]
        submission.quotes.append(Quote(indicator.indicator_id, *quote))
    for unit_id, have in sorted(seen.items()):
        submission.unit_id = unit_id if len(seen) == 1 else None
        submission.facts += [
            make_fact(unit_id, i, Reading(ROW_MISSING), None, sheet.name)
            for i in form.indicators
            if i.indicator_id not in have
        ]
    submission.findings += flag_findings(submission.facts)
    return [submission]
