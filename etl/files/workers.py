"""Work shared out over processes that may die: a hang, a flood of memory or a fault in C code costs one item, never the rest."""

from __future__ import annotations

import gc
import multiprocessing as mp
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from etl.errors import AtlasError
from etl.files.limits import MEMORY_EXIT, lift_memory_limit, limit_memory

_READY = "ready"
_MAX_BATCH = 32
_AHEAD = 64  # results a worker may be ahead of the slowest item; bounds what waits in memory
_STARTS = 3
_BUNDLE_SECONDS = 0.02  # answers of this long travel together: fewer wake-ups of the one who listens


@dataclass(frozen=True)
class Limits:
    """What one item may take."""

    seconds: float = 20.0
    bytes: int = 1 << 30


@dataclass(frozen=True)
class Lost:
    """An item whose worker did not live to answer: the rule of its finding, what happened, what was allowed."""

    rule: str
    found: str
    expected: str = ""


def share_out(
    work: Callable[[Any], Any],
    items: Sequence[Any],
    limits: Limits,
    start: Callable[..., None],
    start_with: tuple[Any, ...] = (),
    workers: int | None = None,
) -> Generator[Any]:
    """`work(item)` of every item, in order, each in a worker process; a `Lost` where the worker did not live to answer.

    `work` and `start` are functions of a module, so that they reach a spawned process by name.
    """
    if not items:
        return
    wanted = workers or min(max(1, os.cpu_count() or 1), (len(items) + 7) // 8)
    crew = _Crew(work, items, limits, start, start_with, wanted)
    try:
        for number in range(len(items)):
            while number not in crew.done:
                crew.hand_out(number)
                crew.listen()
            yield crew.done.pop(number)
    finally:
        crew.stop()


@dataclass
class _Worker:
    process: BaseProcess
    connection: Connection
    since: float
    finished: Any  # shared with it: how many items of its batch it has finished, their answers sent or not
    under_way: deque[int] = field(default_factory=deque)
    answered_count: int = 0  # of its batch
    is_ready: bool = False

    def in_hand(self) -> int:
        """Which item it died of; those finished before it whose answers were not sent yet are to be done again."""
        return self.under_way[min(self.finished.value - self.answered_count, len(self.under_way) - 1)]


class _Crew:
    """The processes and what each of them has in hand."""

    def __init__(
        self,
        work: Callable[[Any], Any],
        items: Sequence[Any],
        limits: Limits,
        start: Callable[..., None],
        start_with: tuple[Any, ...],
        wanted: int,
    ) -> None:
        # Forked workers have everything loaded at once; only Linux forks safely, elsewhere they are spawned.
        self.context: Any = mp.get_context("fork" if sys.platform == "linux" else "spawn")
        self.work, self.items, self.limits = work, items, limits
        self.start, self.start_with = start, start_with
        self.waiting = deque(range(len(items)))
        self.done: dict[int, Any] = {}
        self.failed_starts = 0
        self.batch = max(1, min(_MAX_BATCH, len(items) // (wanted * 4)))
        self.ahead = max(_AHEAD, self.batch * 2) * wanted
        self.workers: list[_Worker] = []
        for _ in range(wanted):
            self.workers.append(self.hire())

    def hire(self) -> _Worker:
        ours, theirs = self.context.Pipe()
        # A forked worker inherits our ends of the pipes; kept open they would hide that this process died.
        is_forked = self.context.get_start_method() == "fork"
        not_theirs = [ours, *(w.connection for w in self.workers)] if is_forked else []
        finished = self.context.Value("i", 0, lock=False)
        process = self.context.Process(
            target=_serve,
            args=(theirs, not_theirs, finished, self.work, self.limits, self.start, self.start_with),
            daemon=True,
        )
        process.start()
        theirs.close()
        return _Worker(process, ours, time.monotonic(), finished)

    def hand_out(self, wanted: int) -> None:
        """A batch for every idle worker, none far ahead of the item that is waited for."""
        for worker in self.workers:
            if worker.under_way or not worker.is_ready:
                continue
            batch: list[int] = []
            while self.waiting and len(batch) < self.batch and self.waiting[0] < wanted + self.ahead:
                batch.append(self.waiting.popleft())
            if batch:
                worker.under_way.extend(batch)
                worker.since = time.monotonic()
                worker.answered_count = worker.finished.value = 0
                with suppress(OSError):  # its death shows when listening
                    worker.connection.send([self.items[n] for n in batch])

    def listen(self) -> None:
        """Wait for an answer, a death or a deadline, and take note of it."""
        busy = [w for w in self.workers if w.under_way or not w.is_ready]
        next_deadline = min((w.since + self.limits.seconds for w in busy if w.is_ready), default=time.monotonic() + 1.0)
        heard = set(wait([w.connection for w in busy], max(0.0, min(next_deadline - time.monotonic(), 1.0))))
        for worker in busy:
            if worker.connection in heard:
                self.hear(worker)
            elif worker.is_ready and time.monotonic() > worker.since + self.limits.seconds:
                allowed = f"{self.limits.seconds:g} s"
                self.replace(worker, Lost("timed_out", f"> {allowed}", allowed))

    def hear(self, worker: _Worker) -> None:
        try:
            message = worker.connection.recv()
        except (EOFError, OSError):
            worker.process.join(5)
            self.replace(worker, self.cause(worker.process.exitcode))
            return
        worker.since = time.monotonic()
        if not worker.is_ready:
            worker.is_ready = True
            self.failed_starts = 0
            return
        for answer in message:
            self.done[worker.under_way.popleft()] = answer
        worker.answered_count += len(message)

    def cause(self, code: int | None) -> Lost:
        if code == MEMORY_EXIT:
            allowed = f"{self.limits.bytes / 1024 / 1024:.0f} MB"
            return Lost("out_of_memory", f"> {allowed}", allowed)
        if code is not None and code < 0:
            with suppress(ValueError):
                return Lost("worker_died", signal.Signals(-code).name)
        return Lost("worker_died", f"exit code {code}")

    def replace(self, worker: _Worker, lost: Lost) -> None:
        """The item in hand is lost, the others of its batch go to others, a new worker comes."""
        self.dismiss(worker)
        if worker.under_way:
            in_hand = worker.in_hand()
            self.done[in_hand] = lost
            self.waiting.extendleft(n for n in reversed(worker.under_way) if n != in_hand)
        elif not worker.is_ready:
            self.failed_starts += 1
            if self.failed_starts >= _STARTS:
                raise AtlasError("读取进程无法启动", "the reading processes can't be started", found=lost.found)
        self.workers.remove(worker)
        if self.waiting:
            self.workers.append(self.hire())

    def dismiss(self, worker: _Worker) -> None:
        worker.process.kill()
        worker.process.join(5)
        worker.connection.close()

    def stop(self) -> None:
        for worker in self.workers:
            self.dismiss(worker)


def _serve(
    connection: Connection,
    not_ours: list[Connection],
    finished: Any,
    work: Callable[[Any], Any],
    limits: Limits,
    start: Callable[..., None],
    start_with: tuple[Any, ...],
) -> None:
    """The life of a worker: batches in, bundles of answers out, one an item."""
    for other in not_ours:
        other.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends us
    start(*start_with)
    gc.freeze()
    limit_memory(limits.bytes)
    parent = os.getppid()
    connection.send(_READY)
    while True:
        while not connection.poll(2.0):
            if os.getppid() != parent:
                return
        try:
            batch = connection.recv()
        except (EOFError, OSError):
            return
        answers, sent_at = [], time.monotonic()
        for number, item in enumerate(batch, 1):
            answers.append(_answer(work, item))
            finished.value = number
            if number == len(batch) or time.monotonic() - sent_at > _BUNDLE_SECONDS:
                connection.send(answers)
                answers, sent_at = [], time.monotonic()


def _answer(work: Callable[[Any], Any], item: Any) -> Any:
    try:
        return work(item)
    except MemoryError:
        lift_memory_limit()
        os._exit(MEMORY_EXIT)  # what is left of this process can't be trusted
    except Exception as error:  # `work` answers for its own faults; this is the last net
        return Lost("crash", type(error).__name__)
