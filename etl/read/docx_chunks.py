"""Other documents that a Word file puts in when it is opened (w:altChunk): their bytes by link, and the text of those that are no Word files."""

from __future__ import annotations

import re

from etl.document import Paragraph
from etl.errors import FileRefused
from etl.guard.kind import sniff
from etl.guard.package import Package
from etl.read.grid import Grid
from etl.read.html import page_blocks, web_page
from etl.read.text import decode

_SILENT_GROUPS = re.compile(r"\{\\(?:\*|fonttbl|colortbl|stylesheet|info|pict|themedata|header|footer)")
_RTF = re.compile(
    r"\\u(-?\d{1,5}) ?\??|((?:\\'[0-9a-fA-F]{2})+)|\\(par|line|cell|row|tab)\b ?|\\[a-z]+-?\d* ?|\\[^a-z]|[{}\r\n]"
)
_LONGEST = 120  # characters of a chunk that are quoted


def linked_chunks(package: Package, part: str) -> dict[str, bytes]:
    """The documents that a part links to and that are there, by the link's id."""
    folder, _, name = part.rpartition("/")
    links = f"{folder}/_rels/{name}.rels"
    found = {}
    for link in package.xml(links) if package.has(links) else ():
        target = str(link.get("Target"))
        target = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
        if str(link.get("Type")).endswith("/aFChunk") and package.has(target):
            found[str(link.get("Id"))] = package.raw(target)
    return found


def read_chunk(data: bytes) -> tuple[list[Paragraph | Grid], list[tuple[str, str]]]:
    """The blocks of a web page or of plain text, and what was left out: (rule, words). RTF and other kinds are only named."""
    if not data.strip():
        return [], [("chunk_unread", "空 / empty")]
    if re.search(rb"<!\s*ENTITY", data, re.IGNORECASE):
        return [], [("chunk_unread", "DTD")]
    kind = sniff(data)
    if kind in ("html", "mhtml"):
        try:
            blocks, left_out, _ = page_blocks(web_page(data) if kind == "mhtml" else decode(data))
        except FileRefused as refused:
            return [], [("chunk_unread", refused.found)]
        return list(blocks), left_out
    if kind == "csv":
        lines = decode(data).splitlines()
        return [Paragraph(line, f"嵌入行{n}") for n, line in enumerate(lines, start=1) if line.strip()], []
    said = _rtf_text(data) if kind == "rtf" else ""
    return [], [("chunk_unread", f"{kind.upper()} {said}".strip())]


def _rtf_text(data: bytes) -> str:
    """The beginning of what an RTF text says, roughly: enough to be named."""
    text = data.decode("latin-1")
    while group := _SILENT_GROUPS.search(text):
        text = text[: group.start()] + text[_group_end(text, group.start()) :]
    return " ".join(_RTF.sub(_sign, text).split())[:_LONGEST]


def _group_end(text: str, start: int) -> int:
    depth = 0
    for match in re.finditer(r"\\[{}]|[{}]", text[start:]):
        depth += {"{": 1, "}": -1}.get(match.group(), 0)
        if depth == 0:
            return start + match.end()
    return len(text)


def _sign(match: re.Match[str]) -> str:
    if match.group(1):
        return chr(int(match.group(1)) % 0x10000)
    if match.group(2):
        return bytes.fromhex(match.group(2).replace("\\'", "")).decode("gb18030", "replace")
    return " " if match.group(3) else ""
