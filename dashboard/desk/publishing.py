"""Publishing what the desk holds: files to the inbox, decisions to the declared ones, then a load; undone when it fails."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import get_args

from dashboard.desk.loader import WAIT_S, Ended, Step, run_loader
from dashboard.desk.places import Desk
from dashboard.desk.snapshot import forget, is_loaded, recorded, send, take_off, take_snapshot, undo
from dashboard.desk.staging import clear
from dashboard.records import Lang
from dashboard.texts import text

_PUBLISHING = threading.Lock()


def _said(key: str, **values: object) -> tuple[str, ...]:
    """A line in each language, as the loader's own last words are."""
    return tuple(text(lang, key, **values) for lang in get_args(Lang))


def publish(desk: Desk, day: str, on_step: Step | None = None) -> Ended:
    """What lies on the desk now counts from now on; what comes to it meanwhile stays on it.

    A load that fails, or a copy or a decision that can't be written, leaves inbox, decisions and desk as they were.
    """
    if not _PUBLISHING.acquire(blocking=False):
        return Ended(1, _said("desk.publish_busy"))
    try:
        _settle(desk)
        return _publish(desk, day, on_step)
    except OSError as error:
        return Ended(1, _said("desk.not_published", why=error))
    finally:
        _PUBLISHING.release()


def _publish(desk: Desk, day: str, on_step: Step | None) -> Ended:
    ended = Ended(1, ())
    try:
        send(desk, take_snapshot(desk, day))
        ended = run_loader(["load", "--kept", str(desk.kept), "--wait", WAIT_S], desk, on_step)
    finally:
        if not ended.is_done:
            _settle(desk, is_done=False)
    if ended.is_done:
        # Published it is; what can't be taken off the desk now (a file that is open elsewhere) goes at the next visit.
        with suppress(OSError):
            _settle(desk, is_done=True)
    return ended


def settle(desk: Desk) -> None:
    """Undo, or bring to its end, a publishing that was broken off; nothing while one is under way."""
    if not recorded(desk) or not _PUBLISHING.acquire(blocking=False):
        return
    try:
        _settle(desk)
    finally:
        _PUBLISHING.release()


def _settle(desk: Desk, is_done: bool | None = None) -> None:
    """End the publishing on record; `is_done` None where its load's end isn't known."""
    if snapshot := recorded(desk):
        if is_loaded(desk, snapshot) if is_done is None else is_done:
            take_off(desk, snapshot)
        else:
            undo(desk, snapshot)
    forget(desk)


def discard(desk: Desk) -> None:
    """An empty desk, nothing of it published, nor of a publishing that was broken off."""
    settle(desk)
    clear(desk)
