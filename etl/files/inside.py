"""The bytes that a digest names: a file's own, or those of a file in an archive."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path

from etl.errors import FileRefused
from etl.guard.kind import is_zip
from etl.guard.package import open_package
from etl.guard.size import MAX_FILE_BYTES, check_size

_DAMAGES = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError)


def bytes_inside(path: Path, sha256: str) -> bytes:
    """The bytes with that digest, of the file at the path or of one in it, whose name may have been written in another encoding.

    Raises FileRefused where there are none.
    """
    check_size(path.stat().st_size)
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() == sha256:
        return data
    archive = open_package(data).archive if is_zip(data) else None
    for entry in archive.infolist() if archive else ():
        inner = b""
        with suppress(*_DAMAGES):  # another file of the archive
            inner = archive.read(entry) if archive and entry.file_size <= MAX_FILE_BYTES else b""
        if hashlib.sha256(inner).hexdigest() == sha256:
            return inner
    raise FileRefused("file_damaged", "没有这个内容的文件", "no file with these bytes", found=f"sha256 {sha256[:12]}")
