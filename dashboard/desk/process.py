"""Processes of the loader: one for each command, some of them started ahead so that a click need not wait for their start."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress

from dashboard.desk.places import ROOT, Desk

NOT_RUN = 75  # a waiting loader that did nothing: the command is to be run in a process of its own
N_READY = 2  # a decision is taken down, then everything is judged anew
_READY: dict[Desk, list[subprocess.Popen[str]]] = {}
_LOCK = threading.Lock()


def start(arguments: Sequence[str], desk: Desk) -> subprocess.Popen[str]:
    """A process of the loader with this command; input and output are pipes, errors come with the output."""
    environment = {**os.environ, "ATLAS_VAR": str(desk.var), "PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"}
    return subprocess.Popen(  # noqa: S603 - our own program, arguments as a list
        [sys.executable, "-m", "etl", *arguments], cwd=ROOT, env=environment, text=True, encoding="utf-8",
        errors="replace", stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        start_new_session=True,
    )  # fmt: skip


def start_ahead(desk: Desk) -> None:
    """Have loaders wait for the next commands; they end with this process, or by themselves after a while."""
    wanted = int(os.environ.get("ATLAS_READY_LOADERS") or N_READY)
    with _LOCK:
        alive = [p for p in _READY.get(desk, ()) if p.poll() is None]
        _READY[desk] = alive + [start(["wait"], desk) for _ in range(wanted - len(alive))]


def take_ready(arguments: Sequence[str], desk: Desk) -> subprocess.Popen[str] | None:
    """A waiting loader that was given the command; None when none waits."""
    while True:
        with _LOCK:
            waiting = _READY.get(desk, [])
            process = waiting.pop(0) if waiting else None
        if process is None:
            return None
        try:
            if process.poll() is None and process.stdin is not None:
                process.stdin.write(json.dumps(list(arguments)) + "\n")
                process.stdin.flush()
                return process
        except OSError:
            pass  # it ended just now
        end(process)


def end(process: subprocess.Popen[str]) -> None:
    """Stop a process and the readers it has started: they hold the lock of the release."""
    if process.poll() is None:
        if sys.platform == "win32":
            command = ["taskkill", "/T", "/F", "/PID", str(process.pid)]
            subprocess.run(command, capture_output=True, check=False)  # noqa: S603
        else:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
