"""Loaders that wait: they take over one command each, and one that can't is replaced by a process of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.desk import process
from dashboard.desk.loader import run_loader
from dashboard.desk.places import Desk
from dashboard.desk.process import end, start, start_ahead, take_ready


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("ATLAS_READY_LOADERS", "1")
    return Desk(tmp_path)


def test_a_waiting_loader_runs_the_command_and_is_gone(desk: Desk) -> None:
    start_ahead(desk)
    (waiting,) = process._READY[desk]
    start_ahead(desk)
    assert process._READY[desk] == [waiting]
    ended = run_loader(["releases", "--releases", str(desk.var)], desk)
    assert (ended.code, ended.lines, waiting.poll()) == (0, (), 0)
    assert process._READY[desk] == []


def test_a_waiting_loader_that_died_is_replaced(desk: Desk) -> None:
    start_ahead(desk)
    process._READY[desk][0].kill()
    process._READY[desk][0].wait()
    assert take_ready(["releases"], desk) is None
    assert run_loader(["nothing"], desk).code == 2


def test_a_waiting_loader_ends_with_the_one_who_started_it(desk: Desk) -> None:
    waiting = start(["wait"], desk)
    assert waiting.stdin
    waiting.stdin.close()
    assert waiting.wait(60) == process.NOT_RUN
    end(waiting)
