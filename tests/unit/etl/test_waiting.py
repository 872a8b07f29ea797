"""A loader that was started ahead runs the one command it is given, and none when the program or the catalogue are others."""

from __future__ import annotations

import io
import sys

import pytest

from etl import waiting
from etl.waiting import NOT_RUN, wait_for_command


def asked(line: str, monkeypatch: pytest.MonkeyPatch) -> tuple[int, list[list[str]]]:
    ran: list[list[str]] = []
    monkeypatch.setattr(sys, "stdin", io.StringIO(line))
    return wait_for_command(lambda arguments: ran.append(arguments) or 0), ran  # type: ignore[func-returns-value]


def test_the_command_runs_with_what_follows_on_the_input(monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked('["decide", "-"]\n[{"kind": "x"}]', monkeypatch) == (0, [["decide", "-"]])
    assert sys.stdin.read() == '[{"kind": "x"}]'


def test_without_a_command_nothing_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked("", monkeypatch) == (NOT_RUN, [])


def test_another_program_or_catalogue_does_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    digests = iter("ab")
    monkeypatch.setattr(waiting, "program_digest", lambda _catalog: next(digests))
    assert asked('["catalog"]\n', monkeypatch) == (NOT_RUN, [])
