"""Which program reads: a digest of its sources and of the catalogue, and the versions of the libraries that open files."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from functools import lru_cache
from importlib import metadata
from pathlib import Path

from etl.catalog.model import Catalog

# All that `etl` imports on the way from a file to its values, and what that itself reads by.
LIBRARIES = (
    "charset-normalizer",
    "lxml",
    "numpy",
    "pdfminer.six",
    "pdfplumber",
    "pillow",
    "pypdfium2",
    "pyyaml",
    "rapidfuzz",
    "xlrd",
)
OCR_LIBRARIES = (
    "numpy",
    "onnxruntime",
    "opencv-python",
    "opencv-python-headless",
    "pillow",
    "pyclipper",
    "pypdfium2",
    "rapidocr",
    "shapely",
)


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
    return versions_of(sorted({*LIBRARIES, *OCR_LIBRARIES}))


def versions_of(names: Iterable[str]) -> str:
    """Python and the named libraries with their versions; a dash for one that is not installed."""
    return "|".join([sys.version, *map(_version, names)])


def _version(name: str) -> str:
    try:
        return f"{name} {metadata.version(name)}"
    except metadata.PackageNotFoundError:
        return f"{name} -"
