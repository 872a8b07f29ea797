"""Which program reads: a digest of its sources and of the catalogue, and the versions of the libraries that open files."""

from __future__ import annotations

import hashlib
import sys
from functools import lru_cache
from importlib import metadata
from pathlib import Path

from etl.catalog.model import Catalog

_LIBRARIES = ("lxml", "onnxruntime", "openpyxl", "pypdfium2", "rapidocr", "xlrd")


def program_digest(catalog: Catalog) -> str:
    """One digest of the sources of `etl`, of the catalogue's files and of the maps it was read with."""
    hasher = hashlib.sha256()
    program = Path(__file__).parent
    files = sorted(p for p in catalog.root.rglob("*") if p.is_file()) + sorted(
        p for p in program.rglob("*") if p.suffix in (".py", ".sql")
    )
    for path in files:
        hasher.update(path.name.encode())
        hasher.update(path.read_bytes().replace(b"\r\n", b"\n"))
    for layer in catalog.layers:
        hasher.update(layer.sha256.encode())
    return hasher.hexdigest()


@lru_cache(maxsize=1)
def library_versions() -> str:
    """The libraries that open files, as they are installed: another version may read otherwise."""
    return "|".join([sys.version, *map(_version, _LIBRARIES)])


def _version(name: str) -> str:
    try:
        return f"{name} {metadata.version(name)}"
    except metadata.PackageNotFoundError:
        return f"{name} -"
