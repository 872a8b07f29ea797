"""The browser that draws pictures: opened, asked, noticed when its page ends, and ended with all that it started."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, Final

CLOSE_S: Final = 10.0


class TabGone(Exception):
    """The browser's page ended while the browser itself goes on: nothing will ever answer."""


async def opened(browser: Any) -> asyncio.Future[None]:
    """The browser with its pages, opened; what comes back is done once one of the pages has ended."""
    await browser.open()
    gone: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def note(_event: Any) -> None:
        if not gone.done():
            gone.set_result(None)

    for tab in browser.tabs.values():
        tab.subscribe("Inspector.targetCrashed", note)
        await tab.send_command("Inspector.enable")
    return gone


async def answered(asked: Coroutine[Any, Any, bytes], gone: asyncio.Future[None] | None) -> bytes:
    """The answer. Raises TabGone once the page has ended: it would be waited for in vain."""
    task = asyncio.ensure_future(asked)
    ends: set[asyncio.Future[Any]] = {task} if gone is None else {task, gone}
    try:
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise TabGone
        return task.result()
    finally:
        task.cancel()


def end_tree(process: subprocess.Popen[bytes] | None) -> None:
    """End a browser with all that it started; it leads a group of its own."""
    if process is None:
        return
    with suppress(OSError, subprocess.SubprocessError):
        if sys.platform == "win32":
            command = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
            subprocess.run(command, capture_output=True, timeout=CLOSE_S, check=False)  # noqa: S603
        else:
            os.killpg(process.pid, signal.SIGKILL)
