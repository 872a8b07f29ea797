"""A whole Office package written as one XML file (Word calls it “Word XML document”)."""

from __future__ import annotations

import base64
import io
import zipfile
from typing import Any

from lxml import etree

_FLAT = "{http://schemas.microsoft.com/office/2006/xmlPackage}"


def is_flat(data: bytes) -> bool:
    """Whether the bytes are a package saved as one XML file (Word calls it “Word XML document”)."""
    return data.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"<?xml") and _FLAT[1:-1].encode() in data[:2000]


def zipped(data: bytes, parser: Any) -> bytes:
    """A flat package as the zip archive it stands for; raises lxml's errors for what is no XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part in etree.fromstring(data, parser).iter(_FLAT + "part"):
            tree, packed = part.find(_FLAT + "xmlData"), part.find(_FLAT + "binaryData")
            content = etree.tostring(tree[0]) if tree is not None and len(tree) else b""
            if packed is not None and packed.text:
                content = base64.b64decode(packed.text)
            archive.writestr(str(part.get(_FLAT + "name")).lstrip("/"), content)
    return out.getvalue()
