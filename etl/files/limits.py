"""The memory one worker process may take: a limit of the system where there is one, a watching thread elsewhere."""

from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path

MEMORY_EXIT = 77
_WATCH_SECONDS = 0.2


def limit_memory(extra_bytes: int) -> None:
    """This process may take `extra_bytes` more than it has now; past that it gets a MemoryError or ends."""
    if sys.platform == "linux":
        import resource

        # Address space, since Linux counts no other kind; libraries map far more than they use, hence "more than now".
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        wanted = _mapped_bytes() + extra_bytes
        resource.setrlimit(resource.RLIMIT_AS, (wanted if hard < 0 else min(wanted, hard), hard))
    else:
        watch_memory(extra_bytes)


def lift_memory_limit() -> None:
    """Room for the last words."""
    if sys.platform == "linux":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def _mapped_bytes() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    return pages * os.sysconf("SC_PAGE_SIZE")


def watch_memory(extra_bytes: int) -> bool:
    """Where the system sets no limit a thread looks on, and ends the process. False without psutil: then nothing watches."""
    try:
        import psutil
    except ImportError:
        return False
    process = psutil.Process()
    allowed = process.memory_info().rss + extra_bytes

    def look() -> None:
        while process.memory_info().rss <= allowed:
            time.sleep(_WATCH_SECONDS)
        os._exit(MEMORY_EXIT)

    threading.Thread(target=look, daemon=True, name="memory watch").start()
    return True
