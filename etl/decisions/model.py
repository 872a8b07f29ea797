"""A decision and the file that keeps all of them: one CSV row each, appended, never changed.

kinds: `value` (another value for a blank), `accept` (the proposal of a finding), `explain` (a finding is right as it is),
`unit` (whose form or row this is), `campaign` (which campaign's file this is), `column` (which blank a column's head means in
a campaign's tables), `reject` (the file doesn't count), `withdraw` (an earlier decision no longer holds). A decision concerns
one file by its bytes, that about a head every table of the campaign with this very head; `expect` is what it saw there: when the
source says something else it lapses, and says so.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path

from etl.errors import AtlasError
from etl.interpret.lexicon import load_lexicon
from etl.places import VAR

DEFAULT_FILE = VAR / "decisions.csv"
KINDS = ("value", "accept", "explain", "unit", "campaign", "column", "reject", "withdraw")


class DecisionsUnread(AtlasError):
    """The file of decisions is damaged: nothing is loaded rather than a decision dropped silently."""

    rule = "decisions_unread"


@dataclass(frozen=True)
class Decision:
    """One decision. Empty fields don't apply to its kind."""

    decision_id: str
    decided_at: str  # 2026-07-03T09:30:00, the office's clock
    decided_by: str  # the desk or role that answers for it
    kind: str
    reason: str
    source_sha256: str
    source_name: str = ""  # for people; the digest is what counts
    part: int = 0  # which form of the file
    unit_id: str = ""
    indicator_id: str = ""
    rule: str = ""  # explain: the finding's rule
    expect: str = ""  # what stood there: the raw text of the blank, the name or the column's head as typed
    value: str = ""  # what it shall be, as one would type it; the unit or campaign assigned (`column`: the campaign); the decision withdrawn

    @property
    def reason_words(self) -> dict[str, str]:
        """The reason in both languages where the desk wrote it; a typed one as it was typed."""
        for zh, en in load_lexicon().desk_reasons.items():
            if self.reason in (zh, en):
                return {"reason": zh, "reason_en": en}
        return {"reason": self.reason, "reason_en": self.reason}


COLUMNS = tuple(f.name for f in fields(Decision))


def decision_id(decision: Decision) -> str:
    """A stable id from what was decided, about what, and when."""
    parts = {k: v for k, v in asdict(decision).items() if k != "decision_id"}
    return hashlib.sha256("|".join(str(v) for v in parts.values()).encode()).hexdigest()[:12]


def read_decisions(path: Path = DEFAULT_FILE) -> tuple[Decision, ...]:
    """All decisions in their order; none when there is no file. Raises DecisionsUnread with the line that can't be read."""
    if not path.exists():
        return ()
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unread(path, 1, "UTF-8", str(error)) from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if reader.fieldnames is None or set(COLUMNS) - set(reader.fieldnames):
        raise _unread(path, 1, ",".join(COLUMNS), ",".join(reader.fieldnames or ()))
    found = []
    for row in reader:
        kind, part = row["kind"], row["part"] or "0"
        if kind not in KINDS or not part.isdigit() or not row["decision_id"]:
            raise _unread(path, reader.line_num, "|".join(KINDS), f"{kind} {part}")
        found.append(Decision(**{name: row[name] or "" for name in COLUMNS if name != "part"}, part=int(part)))
    return tuple(found)


def write_decisions(decisions: Sequence[Decision], path: Path = DEFAULT_FILE) -> None:
    """Replace the file in one step; a spreadsheet program opens it as it is."""
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(d) for d in decisions)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    beside.write_bytes(stream.getvalue().encode("utf-8-sig"))
    beside.replace(path)


def standing(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """The decisions that were not withdrawn."""
    gone = {d.value for d in decisions if d.kind == "withdraw"}
    return tuple(d for d in decisions if d.kind != "withdraw" and d.decision_id not in gone)


def subject(d: Decision, tables: Collection[str] = ()) -> tuple[object, ...]:
    """What a decision settles: of several about the same only the last holds. `tables`: digests of collected tables, in which
    a blank is one unit's; of a form it is the same blank whosever the form is."""
    if d.kind in ("value", "accept"):
        unit_id = d.unit_id if d.source_sha256 in tables else ""
        return ("value", d.source_sha256, d.part, unit_id, d.indicator_id)
    if d.kind == "column":
        return (d.kind, d.value, d.expect)
    if d.kind == "explain":
        return (d.kind, d.source_sha256, d.part, d.unit_id, d.indicator_id, d.rule, d.expect)
    return (d.kind, d.source_sha256, d.expect) if d.kind == "unit" else (d.kind, d.source_sha256)


def is_repeated(d: Decision, later: Decision) -> bool:
    """Whether a later decision about the same decides the same."""
    return (d.kind, d.unit_id, d.indicator_id, d.expect, d.value) == (
        later.kind, later.unit_id, later.indicator_id, later.expect, later.value,
    )  # fmt: skip


def now_text(moment: datetime) -> str:
    """The form in which `decided_at` is kept."""
    return moment.replace(tzinfo=None, microsecond=0).isoformat()


def _unread(path: Path, line: int, expected: str, found: str) -> DecisionsUnread:
    return DecisionsUnread(
        f"{path} 第 {line} 行读不出：应为 {expected}，实为 {found}。请改好或恢复备份后再装载；现有数据不变",
        f"{path} line {line} can't be read: expected {expected}, found {found}. Mend it or restore a copy; nothing was changed",
        found=found, expected=expected, place=f"{path}:{line}",
    )  # fmt: skip
