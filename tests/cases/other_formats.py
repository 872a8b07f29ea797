"""Held-out forms as other programs save them: the same forms written as .doc, .wps, .odt, .pdf and .html by LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

# What the snippets of the looks use and a whole file declares.
_SPACES = {
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "wne": "http://schemas.microsoft.com/office/word/2006/wordml",
}
# .doc by way of .odt: LibreOffice's own way from .docx to .doc loses the table.
STEPS = (
    ("docx", "odt", "odt"),
    ("docx", "pdf", "pdf"),
    ("docx", "html", "html:HTML (StarWriter)"),
    ("odt", "doc", "doc"),
)
FORMATS = ("doc", "wps", "odt", "pdf", "html")


def declare(text: str) -> str:
    """The document with the name spaces that its parts use declared, as every real program insists on."""
    head, _, rest = text.partition("<w:document ")
    own = rest[: rest.index(">")]
    more = "".join(f'xmlns:{k}="{v}" ' for k, v in _SPACES.items() if f"xmlns:{k}=" not in own)
    return f"{head}<w:document {more}{rest}"


def save_all(folder: Path) -> None:
    """All .docx of a folder saved in the other formats, one call a format."""
    profile = folder / "profile"
    for source, target, how in STEPS:
        files = sorted(folder.glob(f"*.{source}"))
        office = [shutil.which("soffice") or "soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless"]
        command = [*office, "--convert-to", how, "--outdir", str(folder), *map(str, files)]
        subprocess.run(command, check=True, capture_output=True, timeout=60 + 5 * len(files))
        assert {p.stem for p in folder.glob(f"*.{target}")} >= {p.stem for p in files}, target
    for old in folder.glob("*.doc"):
        shutil.copyfile(old, old.with_suffix(".wps"))


def every(rows: Sequence[dict[str, object]], n: int) -> list[dict[str, object]]:
    """Every n-th row: habits stand together in the tables."""
    return list(rows[::n])
