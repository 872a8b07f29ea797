"""Several header lines in one file: a form that goes on under a repeated head, another unit's form, or last year's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from etl.catalog.model import Catalog, Form
from etl.document import Document, Paragraph, Table
from etl.extract.slots import plan_activity
from etl.extract.squeeze import squeeze_text
from etl.facts import Submission
from etl.findings import Finding
from etl.form.header import find_header
from etl.form.recognise import FormPart
from etl.interpret.lexicon import load_lexicon
from etl.interpret.retracted import looks

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?:年|年度)")


def pass_on(parts: Sequence[FormPart]) -> list[FormPart]:
    """The parts, a line at the end of one that speaks of what follows (以下为2020年数据) and all behind it at the head of the next."""
    blocks = [list(part.blocks) for part in parts]
    for own, following in pairwise(blocks):
        last = max((n for n, b in enumerate(own) if isinstance(b, Table)), default=-1)
        ahead = (n for n, b in enumerate(own) if n > last and isinstance(b, Paragraph) and _looks_ahead(b))
        if (at := next(ahead, None)) is not None:
            following[:0] = own[at:]
            del own[at:]
    return [FormPart(tuple(own), part.title) for own, part in zip(blocks, parts, strict=True)]


def _looks_ahead(line: Paragraph) -> bool:
    return looks(squeeze_text(line.text)) == "ahead"


def join_continued(catalog: Catalog, parts: list[FormPart]) -> list[FormPart]:
    """The parts, with those put together that are one form: the same head, and none of the first one's sentences again."""
    if len(parts) < 2:
        return parts
    forms = [f for f in catalog.forms.values() if f.completeness != "published"]
    joined = [parts[0]]
    said = _said(forms, parts[0])
    for part in parts[1:]:
        more = _said(forms, part)
        before, own = find_header(joined[-1].blocks), find_header(part.blocks)
        same = squeeze_text(own.unit) in ("", squeeze_text(before.unit)) and own.date in ("", before.date)
        if same and more and len(said & more) <= 0.2 * len(more):
            joined[-1] = FormPart((*joined[-1].blocks, *part.blocks), joined[-1].title)
            said |= more
        else:
            joined.append(part)
            said = more
    return joined


def _said(forms: Sequence[Form], part: FormPart) -> set[str]:
    """The forms' own words that stand in a part; of the form that it holds most of."""
    text = squeeze_text(Document(part.blocks).text)
    own = ({a for activity in f.activities for a in plan_activity(f, activity).anchors if a in text} for f in forms)
    return max(own, key=len, default=set())


def set_earlier_years_aside(parts: Sequence[FormPart], read: Sequence[Submission]) -> list[Finding]:
    """Of two forms of one unit in a file, the one that says it is of another year or for reference is refused and named."""
    findings = []
    told = [_is_aside(parts, n, s) for n, s in enumerate(read)]
    for n, submission in enumerate(read):
        rivals = (m for m, s in enumerate(read) if m != n and s.unit_id == submission.unit_id and not s.is_refused)
        if told[n] and not submission.is_refused and any(not told[m] for m in rivals):
            submission.is_refused = True
            place = f"{parts[n].title or submission.source_name}（{n + 1}）"
            findings.append(Finding("second_table", place, place, told[n], unit_id=submission.unit_id))
    return findings


def _is_aside(parts: Sequence[FormPart], number: int, submission: Submission) -> str:
    """The words that say so, '' when none do: a date of another year, or a line above the table."""
    if submission.is_date_doubtful and submission.report_date is not None:
        return str(submission.report_date)
    year = (submission.campaign_id or "")[-4:]
    for line in _lines_above(parts, number):
        years = set(_YEAR.findall(line))
        if re.search(load_lexicon().aside_words, line) or (years and year not in years):
            return line[:40]
    return ""


def _lines_above(parts: Sequence[FormPart], number: int) -> list[str]:
    """The last two lines before a part and those in it above its table."""
    found: list[str] = []
    if number:
        behind: list[str] = []
        for block in parts[number - 1].blocks:
            behind = [] if isinstance(block, Table) else [*behind, block.text.strip()]
        found += behind[-2:]
    for block in parts[number].blocks:
        if isinstance(block, Table):
            break
        if isinstance(block, Paragraph):
            found.append(block.text.strip())
    return [line for line in found if len(line) <= 60]
