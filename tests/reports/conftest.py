"""The samples' release, open as the pages open it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.release import Database, open_pointed, read_pointer
from tests.scan_once import scan_once

scan_once()

logging.getLogger("streamlit").setLevel(logging.CRITICAL)


@pytest.fixture(scope="session")
def source(sample_releases: Path) -> Iterator[Database]:
    database = open_pointed(read_pointer(sample_releases))
    yield database
    database.connection.close()
