"""A loader started ahead: everything it needs is in memory before it is asked, so that the desk need not wait for its start.

It runs one command and ends. The command comes as one line of JSON (a list of arguments); what follows on the input is the
command's own. Nobody may ask at all: then it ends with whoever started it, or after a while.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable

from etl.catalog import Catalog
from etl.catalog.check import sound_catalog
from etl.errors import AtlasError
from etl.interpret.lexicon import load_lexicon
from etl.program import library_versions, program_digest

# Ended without having done anything: run the command in a process of its own.
NOT_RUN = 75
LIFE_S = 900.0


def wait_for_command(run: Callable[[list[str]], int], life_s: float = LIFE_S) -> int:
    """The exit code of the one command that was asked for; NOT_RUN where none came, or program or catalogue are others by now."""
    life = threading.Timer(life_s, os._exit, (NOT_RUN,))
    life.daemon = True
    life.start()
    try:
        catalog = _ready()
        known = program_digest(catalog)
        line = sys.stdin.readline()
        life.cancel()
        if not line or program_digest(catalog) != known:
            return NOT_RUN
    except AtlasError:
        return NOT_RUN  # the command itself will say what is wrong
    return run([str(argument) for argument in json.loads(line)])


def _ready() -> Catalog:
    """The catalogue; what a command reads and imports late is there too."""
    import duckdb
    import pyarrow  # noqa: F401

    import etl.decisions.decide  # noqa: F401

    duckdb.connect().execute("select 1").fetchall()
    load_lexicon()
    library_versions()
    return sound_catalog()
