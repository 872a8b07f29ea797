"""Held-out habits of clerks: their truth was written down before the reader saw them. Nothing wrong, nothing lost in silence."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
import yaml

from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.facts import Fact, Submission
from etl.files.intake import Job
from etl.guard.package import open_package
from etl.read.docx import read_docx
from etl.read_file import read_job
from tests.cases.verdict import SILENT, said_of, stands_in
from tests.cases.writing import catalog, stand_ins

TABLES = {
    p.stem: yaml.safe_load(p.read_text(encoding="utf-8"))["rows"]
    for p in (Path(__file__).parent / "held").glob("*.yaml")
}
QUALIFIERS = {">=": "at_least", "<=": "at_most", "~": "approx"}
MARK = "@@@"
_PLACE = "@{}@"
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'


@lru_cache(maxsize=32)
def parts_of_form(campaign_id: str) -> dict[str, bytes]:
    """The parts of the campaign's form with a mark in the place of each activity's answers: written once, filled by hundreds."""
    campaign = catalog().campaigns[campaign_id]
    form = catalog().forms[str(campaign.form_id)]
    head = {"reporting_unit": catalog().roster(campaign)[0].name, "report_date": f"{campaign.year}年7月1日"}
    marks = [_PLACE.format(n) for n in range(len(form.activities))]
    with zipfile.ZipFile(io.BytesIO(write_docx(form, marks, head))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _with_text(paragraph: str, place: str, line: str) -> str:
    kept = paragraph if line == line.strip() else paragraph.replace("<w:t>", '<w:t xml:space="preserve">')
    return kept.replace(place, escape(line).replace("\t", _TAB))


def filled(campaign_id: str, progress: Sequence[str], change: Callable[[bytes], bytes]) -> bytes:
    """What `write_docx` writes of these answers, a paragraph a line, with its text part changed."""
    parts = parts_of_form(campaign_id)
    xml = parts["word/document.xml"].decode()
    for n, text in enumerate(progress):
        paragraph = next(
            m.group() for m in re.finditer("<w:p>(?:(?!</w:p>).)*</w:p>", xml) if _PLACE.format(n) in m.group()
        )
        lines = (_with_text(paragraph, _PLACE.format(n), line) for line in text.split("\n"))
        xml = xml.replace(paragraph, "".join(lines))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, change(xml.encode()) if name == "word/document.xml" else data)
    return out.getvalue()


def test_the_quick_way_writes_what_the_forms_writer_writes() -> None:
    campaign, progress = "chongqing-2021", ["第一行（1）\n 第二行\t（2）", "<a>&b", "", "三", "四\n\n五"]
    form = catalog().forms["chongqing-2021"]
    head = {"reporting_unit": catalog().roster(catalog().campaigns[campaign])[0].name, "report_date": "2021年7月1日"}
    read = [
        read_docx(open_package(data)) for data in (filled(campaign, progress, bytes), write_docx(form, progress, head))
    ]
    assert read[0] == read[1] and "第二行" in read[0].text


def form_file(
    campaign_id: str, typed: Mapping[str, str], texts: Mapping[str, str] | None = None, runs: str = "", edit: Any = None
) -> bytes:
    """The campaign's form with answers typed, whole cells retyped, `runs` in place of the mark, and its XML edited."""
    form = catalog().forms[str(catalog().campaigns[campaign_id].form_id)]
    progress = [(texts or {}).get(a.activity_id) or fill_progress(a, typed) for a in form.activities]

    def change(xml: bytes) -> bytes:
        text = xml.decode().replace(MARK, f'</w:t></w:r>{runs}<w:r><w:t xml:space="preserve">')
        return (edit(text) if edit else text).encode()

    return filled(campaign_id, progress, change)


def read(data: bytes, campaign_id: str, folder: Path) -> tuple[dict[str, Fact], set[str], str, list[Submission]]:
    """Facts by blank, the blanks that findings speak of, and all that findings quote."""
    path = folder / "表.docx"
    path.write_bytes(data)
    campaign = catalog().campaigns[campaign_id]
    unit = catalog().roster(campaign)[0].unit_id
    submissions = read_job(catalog(), Job(path, path.name, campaign_id, datetime(campaign.year, 7, 1), False))
    facts = {f.indicator_id: f for s in submissions if not s.is_refused for f in s.facts if f.unit_id == unit}
    said = said_of(submissions, unit)
    return facts, set(said.blanks), re.sub(r"\s", "", said.all), submissions


def judge(says: Any, fact: Fact | None, is_named: bool, is_quoted: bool) -> str:
    """exact, withheld (with a finding), wrong or lost. A blank that is called empty or missing is lost unless its number is quoted."""
    if fact is None:
        return "lost"
    if isinstance(says, Mapping):
        outcomes = {judge(one, fact, is_named, is_quoted) for one in says["may"]}
        return "exact" if "exact" in outcomes else judge("withheld", fact, is_named, is_quoted)
    if says == "nothing":
        return "exact" if fact.value is None else "wrong"
    if says == "withheld" and fact.value is None:
        return "exact" if fact.low is not None or (is_named and (fact.state not in SILENT or is_quoted)) else "lost"
    if says == "withheld":
        return "wrong"
    if isinstance(says, str) and (match := re.fullmatch(r"(>=|<=|~)(\d+)", says)):
        if (fact.value, fact.qualifier) == (float(match[2]), QUALIFIERS[match[1]]):
            return "exact"
    elif isinstance(says, str):
        return "exact" if fact.state == says else "wrong"
    elif fact.value == says and fact.qualifier == "exact":
        return "exact"
    return "wrong" if fact.value is not None else "withheld" if is_named else "lost"


def is_quoted(row: Mapping[str, Any], facts: Mapping[str, Fact], quoted: str) -> bool:
    """Whether every number of a row is a blank's value or stands in a finding."""
    read = {f"{f.value:g}" for f in facts.values() if f.value is not None}
    numbers = re.findall(r"\d+", row.get("text") or row.get("typed") or "")
    return all(number in read or stands_in(number, quoted) for number in numbers)


@pytest.mark.parametrize("table", sorted(TABLES))
def test_held_out(table: str, tmp_path: Path) -> None:
    seen: Counter[str] = Counter()
    bad: list[object] = []
    rows = TABLES[table]
    for row in rows:
        campaign_id = row["campaign"]
        form = catalog().forms[str(catalog().campaigns[campaign_id].form_id)]
        says = row["says"] if "text" in row else {row["blank"]: row["says"]}
        around = {k: v for k, v in stand_ins(form).items() if k not in says}
        typed = {**around, row["blank"]: row.get("typed", MARK)} if "blank" in row else around
        texts = {row["activity"]: row["text"]} if "text" in row else {}
        facts, blanks, quoted, _ = read(
            form_file(campaign_id, typed, texts, row.get("runs", "")), campaign_id, tmp_path
        )
        is_told = is_quoted(row, facts, quoted)
        own = {i.indicator_id for a in form.activities if a.activity_id in texts for i in a.indicators}
        for indicator in form.indicators:
            name = indicator.indicator_id
            neighbour = (
                "nothing"
                if name in own
                else int(around[name])
                if indicator.kind == "count" and name in around
                else None
            )
            want = says.get(name, neighbour)
            outcome = "exact" if want is None else judge(want, facts.get(name), name in blanks, is_told)
            seen[outcome] += 1
            if outcome in ("wrong", "lost") or (outcome == "withheld" and name not in says):
                bad.append((outcome, row, name, facts.get(name)))
        bad += [("unnamed", row, w) for w in row.get("named", ()) if re.sub(r"\s", "", w) not in quoted]
    print("held out:", table, len(rows), "forms", dict(seen))
    assert bad == []
    # What the truth calls plain is not withheld.
    assert seen["withheld"] == 0
