"""The loader as a process of its own: progress line by line, and never left behind."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from dashboard.desk.freshness import contents, note_read
from dashboard.desk.names import without_folders
from dashboard.desk.places import CHANGING, Desk
from dashboard.desk.process import NOT_RUN, end, start, take_ready
from dashboard.records import Lang

# What the loader says of a file or a step: mark, campaign, then the name; a step is said in both languages.
_FILE = re.compile(r"[\u2713\u2717\uff0d] (?:[\w?-]+  )?(.+?)\uff1a.*")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_QUOTED = re.compile(r"\u201c[^\u201d]*\u201d")
_STEP = re.compile(r"^\[(\d+)/(\d+)\] (.*)$")
WAIT_S = "20"  # for a load that was given up a moment ago and still ends
Step = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Ended:
    """How a run ended: exit code and what it printed beside its progress."""

    code: int
    lines: tuple[str, ...]

    @property
    def is_done(self) -> bool:
        """Whether it did what was asked."""
        return self.code == 0

    @property
    def words(self) -> str:
        """The last lines, which say what went wrong."""
        return "\n".join(line for line in self.lines if line.strip())[-1500:]

    def words_in(self, lang: Lang) -> str:
        """Those of the last lines in the reader's language; all of them where the loader said it in one language only."""
        lines = self.words.splitlines()
        mine = [line for line in lines if is_chinese(line) == (lang == "zh")]
        return "\n".join(mine or lines)


def is_chinese(line: str) -> bool:
    """Whether a line is said in Chinese, by its first letter: an English one may quote what was typed and give Chinese examples."""
    letter = next((char for char in _QUOTED.sub("", line) if char.isalpha()), "")
    return _CHINESE.match(letter) is not None


def run_loader(arguments: Sequence[str], desk: Desk, on_step: Step | None = None, stdin: str | None = None) -> Ended:
    """Run one command of the loader to its end; it is killed when the reader leaves the page meanwhile."""
    ready = take_ready(arguments, desk)
    ended = _finish(ready, on_step, stdin) if ready else Ended(NOT_RUN, ())
    if ended.code == NOT_RUN:
        ended = _finish(start(arguments, desk), on_step, stdin)
    return ended


def _finish(process: subprocess.Popen[str], on_step: Step | None, stdin: str | None) -> Ended:
    """How a process that has its command ended."""
    lines: list[str] = []
    try:
        source, sink = process.stdin, process.stdout
        if source is None or sink is None:
            return Ended(1, ("no pipe",))
        with suppress(BrokenPipeError):  # it ended without asking for more
            source.write(stdin or "")
            source.close()
        for raw in sink:
            line = raw.rstrip("\n")
            if match := _STEP.match(line):
                if on_step:
                    on_step(int(match.group(1)), int(match.group(2)), match.group(3))
            else:
                lines.append(line)
        return Ended(process.wait(), tuple(lines))
    finally:
        end(process)


def step_words(words: str, lang: Lang) -> str:
    """A line of progress for the reader: the file's name, or what is being done."""
    if found := _FILE.fullmatch(words):
        return without_folders(found.group(1))
    zh, _, en = words.removeprefix("… ").partition(" / ")
    return zh if lang == "zh" or not en else en


def read_candidate(desk: Desk, on_step: Step | None = None) -> Ended:
    """Read everything and the staged files into the candidate release; what it was made of is taken down when it is whole."""
    digest = contents(desk)
    also = ["--also", str(desk.staged)] if desk.staged.exists() else []
    options = [
        "--wait",
        WAIT_S,
        "--releases",
        str(desk.candidate),
        "--decisions",
        str(decisions_in_force(desk)),
        "--kept",
        str(desk.kept),
    ]
    ended = run_loader(["load", *also, *options], desk, on_step)
    if ended.is_done:
        note_read(desk, digest)
    return ended


def decisions_in_force(desk: Desk) -> Path:
    """The decisions of the desk while there are any, else the published ones."""
    return desk.decisions if desk.decisions.exists() else desk.published_decisions


def decide(desk: Desk, items: Sequence[Mapping[str, object]]) -> Ended:
    """Take decisions down on the desk; they count when they are published."""
    with CHANGING:
        desk.decisions.parent.mkdir(parents=True, exist_ok=True)
        if not desk.decisions.exists() and desk.published_decisions.exists():
            desk.decisions.write_bytes(desk.published_decisions.read_bytes())
        return run_loader(["decide", "-", "--decisions", str(desk.decisions)], desk, stdin=json.dumps(list(items)))


def blank_form(desk: Desk, form_id: str, campaign_id: str, kind: str) -> bytes:
    """The blank form (`docx`) or collected workbook (`xlsx`) of a campaign. Raises RuntimeError with the loader's words."""
    folder = desk.var / "desk"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"blank.{os.getpid()}.{kind}"
    ended = run_loader(["form", form_id, "--campaign", campaign_id, f"--{kind}", str(path)], desk)
    try:
        if not ended.is_done:
            raise RuntimeError(ended.words)
        return path.read_bytes()
    finally:
        path.unlink(missing_ok=True)
