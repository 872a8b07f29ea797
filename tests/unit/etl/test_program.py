"""What was read is kept under the versions of all that reads it: another version of any library is another key."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

from etl import program
from etl.ocr import again
from etl.program import LIBRARIES, OCR_LIBRARIES, library_versions

ETL = Path(program.__file__).parent
# What reads no file: it builds the release and what is sent out, or guards the run.
NOT_READING = {"docx", "duckdb", "filelock", "openpyxl", "psutil", "pyarrow"}


@pytest.fixture(autouse=True)
def _afresh() -> Iterator[None]:
    for cached in (library_versions, again._reader):
        cached.cache_clear()
    yield
    for cached in (library_versions, again._reader):
        cached.cache_clear()


def change(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    version = metadata.version
    monkeypatch.setattr(metadata, "version", lambda asked: "0.0.1" if asked == name else version(asked))
    library_versions.cache_clear()
    again._reader.cache_clear()


@pytest.mark.parametrize("name", sorted({*LIBRARIES, *OCR_LIBRARIES}))
def test_another_version_is_another_key(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = library_versions(), again._reader()
    change(name, monkeypatch)
    assert library_versions() != before[0]
    assert (again._reader() != before[1]) == (name in OCR_LIBRARIES)


def imported() -> set[str]:
    found = set()
    for path in ETL.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {a.name.partition(".")[0] for a in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                found.add(str(node.module).partition(".")[0])
    return found - set(sys.stdlib_module_names) - {"etl"}


def test_all_that_reading_imports_is_counted() -> None:
    by_module = metadata.packages_distributions()
    known = {name.lower() for name in (*LIBRARIES, *OCR_LIBRARIES)}
    for module in imported() - NOT_READING:
        names = {n.lower() for n in by_module.get(module, [module])}
        assert names & known or module == "cv2", module
