"""Lines around a collected table that give another figure than a cell (更正：泽州县专题研讨应为37场): what they speak of is held back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from etl.catalog.model import Form
from etl.collected.sheet.layout import Layout
from etl.collected.sheet.taken_back import lines_around
from etl.document import Sheet
from etl.extract.squeeze import squeeze_text
from etl.facts import Fact, flag_findings
from etl.findings import Finding
from etl.form.taken_back import TakenBack, hold_back, named_blanks
from etl.interpret.retracted import is_correction, retracts

_SHORTEST = 2  # letters of a unit's name without 县, 区, 市


def hold_corrected(
    form: Form, sheet: Sheet, layout: Layout, facts: Sequence[Fact], place: Callable[[int, int], str], year: int
) -> tuple[list[Fact], list[Finding]]:
    """The facts, those that a correction names withheld with the cell's figure as proposal, and the findings that say so.

    A line that names no unit of the table speaks of all of them, one that names no blank of all its blanks.
    """
    held, findings = list(facts), list[Finding]()
    for r, line in lines_around(sheet, layout, range(len(sheet.rows))):
        if not (is_correction(line) and retracts(line, year)):
            continue
        units = frozenset(_units_named(sheet, layout, line))
        back = TakenBack(line, named_blanks(form, line, year), "")
        is_about = [not units or f.unit_id in units for f in held]
        now = [hold_back([f], [back])[0] if about else f for f, about in zip(held, is_about, strict=True)]
        changed = [after for before, after in zip(held, now, strict=True) if after is not before]
        held = now
        column = next(c for c, v in enumerate(sheet.rows[r]) if isinstance(v, str) and squeeze_text(v) == line)
        findings += [Finding("line_retracts", place(r, column), line), *flag_findings(changed)] if changed else []
    return held, findings


def _units_named(sheet: Sheet, layout: Layout, line: str) -> Iterator[str | None]:
    """The units of the table whose name as it stands there, or that without its last letter, stands in the line."""
    for unit in layout.rows:
        name = squeeze_text(str(sheet.rows[unit.row][layout.name_column] or ""))
        stem = name[:-1] if len(name) > _SHORTEST and name[-1] in "县区市州盟旗" else name
        if len(stem) >= _SHORTEST and stem in line:
            yield unit.resolution.unit_id
