"""A reader of the output that goes away is no failure of reading or writing files."""

from __future__ import annotations

import os
import subprocess
import sys


def test_a_closed_pipe_is_not_called_a_failed_write() -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    done = subprocess.run(
        [sys.executable, "-m", "etl", "catalog"], stdout=write_end, stderr=subprocess.PIPE, check=False, timeout=60
    )
    os.close(write_end)
    assert (done.returncode, done.stderr) == (1, b"")
