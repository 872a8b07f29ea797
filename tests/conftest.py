"""The samples, made and loaded once for a whole test run, whatever the number of workers."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from filelock import FileLock

from data.samples.__main__ import main as make_samples
from etl.run import Wanted, load

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def sample_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with samples/, samples.truth.json and releases/, shared by all workers."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "atlas"
    folder.mkdir(exist_ok=True)
    with FileLock(folder / "lock"):
        if not (folder / "releases" / "CURRENT").exists():
            make_samples(["--out", str(folder / "samples")])
            load(
                Wanted(
                    (
                        folder / "samples",
                        ROOT / "data" / "published",
                    )
                ),
                folder / "releases",
            )
    return folder


@pytest.fixture(scope="session")
def sample_releases(sample_root: Path) -> Path:
    """The releases folder of the samples."""
    return sample_root / "releases"


@pytest.fixture(scope="session")
def truth(sample_root: Path) -> dict[str, Any]:
    """What the maker typed and what a reader should make of it."""
    found: dict[str, Any] = json.loads((sample_root / "samples.truth.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="session")
def release(sample_releases: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of the sample release, read-only: one process can't open one file under two settings."""
    pointer = json.loads((sample_releases / "CURRENT").read_text(encoding="utf-8"))
    copy = shutil.copy(sample_releases / pointer["file"], tmp_path_factory.mktemp("release") / "copy.duckdb")
    with duckdb.connect(str(copy), read_only=True) as con:
        yield con
