"""Held-out forms as other programs save them: .doc, .wps, .odt, .pdf and .html by LibreOffice, against the truth of the .docx."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from etl.facts import Submission
from etl.files.intake import Job
from tests.cases.test_held_out import MARK, TABLES, form_file, is_quoted, judge
from tests.cases.verdict import said_of
from tests.cases.writing import catalog, stand_ins
from tests.formats.made import read_several

EVERY = {"looks": 1, "numbers": 9, "sentences": 6, "second": 6}  # habits stand together in the tables
# By way of .odt: LibreOffice's own way from .docx to .doc loses the table.
STEPS = (
    ("docx", "odt", "odt"),
    ("docx", "pdf", "pdf"),
    ("docx", "html", "html:HTML (StarWriter)"),
    ("odt", "doc", "doc"),
)
FORMATS = ("doc", "odt", "pdf", "html", "wps")
_WPS = 10  # the same bytes as .doc under another name
_SPACES = {
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
}
# What LibreOffice leaves out or shows otherwise when it saves: the saved file no longer says what was typed.
NOT_CARRIED = frozenset(
    {
        *("smartart", "chart", "wordart vml", "ink", "ink only", "ole object", "activex textbox"),
        *("eq frac", "math frac", "math para", "math bold digits"),  # its equation editor may be missing
        *("sum above", "sum above without result", "formula error", "zh formula error", "autonum"),  # reckoned anew
        *(
            "quote field no result",
            "date field without result",
            "merge field without result",
            "if field without result",
        ),
        *("field without result behind the answer", "autonum before the answer"),
        *("newline inside t", "rlo", "outline emboss", "emphasis combine", "box in bracket", "two boxes", "webHidden"),
        *("white by theme", "theme white a shade darker", "theme grey"),  # shown black
        *("letters without a fill", "letters filled with the ground"),
    }
)
# A web page shows what was deleted; a PDF draws a box where none is written.
NOT_CARRIED_BY = {"html": frozenset({"ins then del", "moveTo"}), "pdf": frozenset({"checkbox ff"})}


def declared(text: str) -> str:
    """The document with its name spaces declared, as every real program insists on."""
    head, _, rest = text.partition("<w:document ")
    own = rest[: rest.index(">")]
    more = "".join(f'xmlns:{k}="{v}" ' for k, v in _SPACES.items() if f"xmlns:{k}=" not in own)
    return f"{head}<w:document {more}{rest}"


def chosen() -> Iterable[tuple[str, Mapping[str, Any]]]:
    """Name and row of the forms; not those whose notes point to parts that no form here has."""
    for table, step in EVERY.items():
        for n, row in enumerate(TABLES[table][::step]):
            # LibreOffice hides the whole line of an empty merge field.
            if not re.search(r"(?:comment|footnote|endnote)Reference|MERGEFIELD", row.get("runs", "")):
                yield f"{table}-{n:03}", row


def write(row: Mapping[str, Any]) -> bytes:
    """The row's form as .docx."""
    form = catalog().forms[str(catalog().campaigns[row["campaign"]].form_id)]
    says = row["says"] if "text" in row else {row["blank"]: row["says"]}
    around = {k: v for k, v in stand_ins(form).items() if k not in says}
    typed = {**around, row["blank"]: row.get("typed", MARK)} if "blank" in row else around
    texts = {row["activity"]: row["text"]} if "text" in row else {}
    return form_file(row["campaign"], typed, texts, row.get("runs", ""), declared)


def save_all(folder: Path) -> None:
    """All .docx of a folder in the other formats, one call a format."""
    for source, target, how in STEPS:
        files = sorted(folder.glob(f"*.{source}"))
        office = [shutil.which("soffice") or "soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
        command = [*office, "--headless", "--convert-to", how, "--outdir", str(folder), *map(str, files)]
        subprocess.run(command, check=True, capture_output=True, timeout=120 + 10 * len(files))
        assert {p.stem for p in folder.glob(f"*.{target}")} >= {p.stem for p in files}, target
    for old in sorted(folder.glob("*.doc"))[::_WPS]:
        shutil.copyfile(old, old.with_suffix(".wps"))


def outcomes(row: Mapping[str, Any], kind: str, read: list[Submission]) -> Iterable[tuple[str, str, object]]:
    """How each blank came back: outcome, blank, fact."""
    campaign = catalog().campaigns[row["campaign"]]
    form, unit = catalog().forms[str(campaign.form_id)], catalog().roster(campaign)[0].unit_id
    facts = {f.indicator_id: f for s in read if not s.is_refused for f in s.facts if f.unit_id == unit}
    said = said_of(read, unit)
    is_told = is_quoted(row, facts, said.all)
    says = row["says"] if "text" in row else {row["blank"]: row["says"]}
    around = {k: v for k, v in stand_ins(form).items() if k not in says}
    own = {i.indicator_id for a in form.activities if a.activity_id == row.get("activity") for i in a.indicators}
    is_look = "runs" in row
    is_carried = row.get("name") not in NOT_CARRIED | NOT_CARRIED_BY.get(kind, frozenset())
    for indicator in (i for i in form.indicators if is_carried or i.indicator_id not in says):
        name = indicator.indicator_id
        typed = int(around[name]) if indicator.kind == "count" and name in around else None
        want = says.get(name, "nothing" if name in own else typed)
        outcome = "exact" if want is None else judge(want, facts.get(name), name in said.blanks, is_told)
        if is_look and name in says and facts.get(name) is not None and facts[name].value is None:
            outcome = "exact" if outcome in ("exact", "withheld", "wrong") else outcome
        yield outcome, name, facts.get(name)
    for words in row.get("named", ()) if is_carried and not is_look else ():
        yield ("exact" if re.sub(r"\s", "", words) in re.sub(r"\s", "", said.all) else "unnamed"), words, None


@pytest.mark.slow
def test_held_out_forms_in_other_formats(tmp_path: Path) -> None:
    rows = dict(chosen())
    for name, row in rows.items():
        (tmp_path / f"{name}.docx").write_bytes(write(row))
    save_all(tmp_path)
    files = [p for kind in FORMATS for p in sorted(tmp_path.glob(f"*.{kind}"))]
    jobs = [Job(p, p.name, rows[p.stem]["campaign"], datetime(2022, 7, 1), False) for p in files]
    read: dict[str, list[Submission]] = {}
    for submission in read_several(catalog(), jobs):
        read.setdefault(submission.source_name, []).append(submission)
    seen: dict[str, Counter[str]] = {kind: Counter() for kind in FORMATS}
    bad = []
    for path in files:
        kind = path.suffix[1:]
        for outcome, blank, fact in outcomes(rows[path.stem], kind, read.get(path.name, [])):
            seen[kind][outcome] += 1
            if outcome != "exact":
                bad.append((outcome, kind, rows[path.stem], blank, fact))
    print("held out in other formats:", len(rows), "forms", {k: dict(v) for k, v in seen.items()})
    assert bad == []
