"""Published totals with their sources (Workbook) -> submissions."""

from __future__ import annotations

from etl.catalog.model import Catalog, Form
from etl.document import CellValue, Sheet, Workbook
from etl.extract.squeeze import squeeze_text
from etl.facts import Quote, Submission, flag_findings, interpret, make_fact
from etl.findings import Finding
from etl.form.identity import Source
from etl.interpret.count import Typed
from etl.interpret.reading import ROW_MISSING, Reading
from etl.resolve import Resolver, resolver_for

_Record = dict[str, tuple[CellValue, int]]  # column word -> (value, column)
_PUBLISHED = ("填报单位", "指标", "公布数")


def is_published(book: Workbook) -> bool:
    """Whether the first sheet's header is that of published totals."""
    return any(_holds(row) for sheet in book.sheets[:1] for row in sheet.rows[:5])


def _holds(row: tuple[CellValue, ...]) -> bool:
    return {squeeze_text(str(v)) for v in row if v is not None}.issuperset(_PUBLISHED)


def _records(sheet: Sheet) -> list[tuple[int, _Record]]:
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
    resolver, sheet = resolver_for(catalog, campaign), book.sheets[0]
    for r, record in _records(sheet):
        _add_figure(catalog, form, resolver, submission, record, sheet.place(r, record["公布数"][1]))
    _add_missing(form, submission, sheet.name)
    submission.findings += flag_findings(submission.facts)
    return [submission]


def _add_figure(
    catalog: Catalog, form: Form, resolver: Resolver, submission: Submission, record: _Record, place: str
) -> None:
    """One row's figure with its quote, or the finding that says why it is not read."""
    word, name, raw, address = (_typed(record, key) for key in ("指标", "填报单位", "公布数", "网址"))
    if refused := catalog.quality.refusal_of(address):
        words = {"reason": refused.reason_zh, "reason_en": refused.reason_en}
        submission.findings.append(Finding("source_refused", place, address, words=words))
        return
    word = word.strip()
    by_label = {i.label_zh: i for i in form.indicators}
    indicator = form.by_indicator.get(word) or by_label.get(word)
    unit_id = resolver.resolve(name).unit_id
    if indicator is None or unit_id is None:
        rule = "column_unmapped" if indicator is None else "unit_unresolved"
        submission.findings.append(Finding(rule, place, word or name, words={"place": place}))
        return
    submission.facts.append(make_fact(unit_id, indicator, interpret(indicator, Typed(raw)), raw, place))
    quote = (_typed(record, key) for key in ("原文", "来源", "网址"))
    submission.quotes.append(Quote(indicator.indicator_id, *quote))


def _typed(record: _Record, key: str) -> str:
    """What a column of the row says, '' where there is none."""
    return str(record.get(key, ("", 0))[0] or "")


def _add_missing(form: Form, submission: Submission, place: str) -> None:
    """For each unit the blanks for which nothing was published; the submission is the unit's where it names only one."""
    units = sorted({str(f.unit_id) for f in submission.facts})
    have = {(f.unit_id, f.indicator_id) for f in submission.facts}
    if units:
        submission.unit_id = units[0] if len(units) == 1 else None
    submission.facts += [
        make_fact(unit_id, i, Reading(ROW_MISSING), None, place)
        for unit_id in units
        for i in form.indicators
        if (unit_id, i.indicator_id) not in have
    ]
