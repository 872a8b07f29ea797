"""The ways an Office Open XML package is written: its main part by any name, the whole package as one XML file."""

from __future__ import annotations

import base64
import io
import zipfile
from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    from etl.guard import Package

_FLAT = "{http://schemas.microsoft.com/office/2006/xmlPackage}"


def word_part(package: Package) -> str:
    """The part that holds a Word document's text: word/document.xml, else as the package says; '' without one."""
    if package.has("word/document.xml"):
        return "word/document.xml"
    if not (package.has("_rels/.rels") and package.has("[Content_Types].xml")):
        return ""
    kinds = package.read("[Content_Types].xml")
    if b"wordprocessingml" not in kinds and b"ms-word" not in kinds:
        return ""
    links = (r for r in package.xml("_rels/.rels") if str(r.get("Type")).endswith("/officeDocument"))
    targets = (str(r.get("Target")).lstrip("/") for r in links)
    return next((t for t in targets if package.has(t)), "")


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
