"""Equal bytes for equal content: Office files are zips, and zips remember when they were made."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

ZIP_TIME = (1980, 1, 1, 0, 0, 0)

Edit = Callable[[bytes], bytes]


def rewrite_zip(data: bytes, edits: Mapping[str, Edit] | None = None) -> bytes:
    """The same members in the same order with a fixed time stamp; `edits` changes members by name."""
    edits = edits or {}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name in edits:
                content = edits[name](content)
            info = zipfile.ZipInfo(name, ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            info.external_attr = 0
            target.writestr(info, content)
    return out.getvalue()
