"""Whether an XML part declares a document type, told from its bytes: no parser sees a part that does, or that hides it."""

from __future__ import annotations

import re

from etl.errors import FileRefused

_DTD = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"^\s*<\?xml[^<>]{0,80}?encoding\s*=\s*[\"']([^\"'<>]{1,40})", re.IGNORECASE)
# Codes in which marks are written as in ASCII, or as in ASCII with zeros between.
_PLAIN = re.compile(
    rb"utf-?8|utf-?16(?:-?[bl]e)?|utf-?32(?:-?[bl]e)?|ucs-?[24]|us-ascii|ascii|iso-8859-\d+|latin-?\d|windows-\d+|cp125\d|gb2312|gbk|gb18030|big5|euc-\w+",
    re.IGNORECASE,
)
_EBCDIC = b"\x4c\x6f\xa7\x94"  # <?xm


def declares_dtd(data: bytes) -> bool:
    """Whether an XML part declares a document type, in any of the encodings XML readers accept."""
    if b"\0" in data[:4] or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _DTD.search(data.replace(b"\0", b"")) is not None
    return b"<!" in data and data.lstrip()[:1] in (b"<", b"\xef") and _DTD.search(data) is not None


def hidden_code(data: bytes) -> str:
    """The name of the code a part is written in, where that code may hide a mark from a look at its bytes (UTF-7, EBCDIC); '' for others."""
    if data.startswith(_EBCDIC):
        return "EBCDIC"
    head = data[:400].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    said = _ENCODING.match(head) if head.lstrip()[:5].lower() == b"<?xml" else None
    return "" if said is None or _PLAIN.fullmatch(said.group(1)) else said.group(1).decode("ascii", "replace")


def refuse_dtd(name: str, data: bytes) -> None:
    """Raise FileRefused for a part that declares a document type, or is in a code that may hide one. `name` is the part's."""
    if declares_dtd(data):
        raise FileRefused(
            "dtd_refused",
            f"{name} 含有 DTD 声明，拒绝读取",
            f"{name} declares a DTD; refused",
            found="<!DOCTYPE",
            place=name,
        )
    if code := hidden_code(data):
        raise FileRefused(
            "file_damaged",
            f"{name} 的编码是 {code}，办公文件只用 UTF-8 或 UTF-16",
            f"{name} is encoded in {code}; Office files use UTF-8 or UTF-16",
            found=f"{name}：encoding={code}",
            place=name,
        )
