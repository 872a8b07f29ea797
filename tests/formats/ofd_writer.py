"""A small OFD (GB/T 33190) with text and lines, made of a PDF's characters and rules: the layout a converter gives."""

from __future__ import annotations

import io
import itertools
import zipfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pdfplumber

_NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_MM = 25.4 / 72


def ofd_of_pdf(path: Path, with_text: bool = True) -> bytes:
    """The pages of a PDF as an OFD."""
    out = io.BytesIO()
    with pdfplumber.open(path) as pdf, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        pages = "".join(
            f'<ofd:Page ID="{n + 10}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pdf.pages))
        )
        archive.writestr(
            "OFD.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><ofd:OFD {_NS} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo>'
            "<ofd:DocID>44f3a2f0b3f94b4b</ofd:DocID></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
            "</ofd:DocBody></ofd:OFD>",
        )
        first = pdf.pages[0]
        area = f"0 0 {first.width * _MM:.3f} {first.height * _MM:.3f}"
        archive.writestr(
            "Doc_0/Document.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><ofd:Document {_NS}><ofd:CommonData><ofd:MaxUnitID>999</ofd:MaxUnitID>'
            f"<ofd:PageArea><ofd:PhysicalBox>{area}</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData>"
            f"<ofd:Pages>{pages}</ofd:Pages></ofd:Document>",
        )
        for number, page in enumerate(pdf.pages):
            objects = "".join([*map(_path, page.edges), *map(_text, _runs(page.chars) if with_text else [])])
            archive.writestr(
                f"Doc_0/Pages/Page_{number}/Content.xml",
                f'<?xml version="1.0" encoding="UTF-8"?><ofd:Page {_NS}><ofd:Content><ofd:Layer ID="1">{objects}'
                "</ofd:Layer></ofd:Content></ofd:Page>",
            )
    return out.getvalue()


def _runs(chars: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Characters of one line behind each other."""
    runs: list[list[dict[str, Any]]] = []
    for char in chars:
        last = runs[-1][-1] if runs else None
        if (
            last
            and abs(last["top"] - char["top"]) < 0.5
            and -1 < char["x0"] - last["x1"] < 30
            and last["size"] == char["size"]
        ):
            runs[-1].append(char)
        else:
            runs.append([char])
    return runs


def _text(run: list[dict[str, Any]]) -> str:
    first, last = run[0], run[-1]
    size = first["size"] * _MM
    x0, y0 = first["x0"] * _MM, first["top"] * _MM
    steps = [(b["x0"] - a["x0"]) * _MM for a, b in itertools.pairwise(run)]
    delta = (
        f"g {len(steps)} {steps[0]:.4f}"
        if steps and len({round(s, 3) for s in steps}) == 1
        else " ".join(f"{s:.4f}" for s in steps)
    )
    text = escape("".join(c["text"] for c in run))
    boundary = f"{x0:.3f} {y0:.3f} {(last['x1'] - first['x0']) * _MM:.3f} {size:.3f}"
    return (
        f'<ofd:TextObject ID="5" Boundary="{boundary}" Font="1" Size="{size:.3f}">'
        f'<ofd:TextCode X="0" Y="{0.85 * size:.3f}" DeltaX="{delta}">{text}</ofd:TextCode></ofd:TextObject>'
    )


def _path(edge: dict[str, Any]) -> str:
    x0, y0, x1, y1 = (edge[k] * _MM for k in ("x0", "top", "x1", "bottom"))
    return (
        f'<ofd:PathObject ID="6" Boundary="{x0:.3f} {y0:.3f} {x1 - x0 + 0.35:.3f} {y1 - y0 + 0.35:.3f}" LineWidth="0.353">'
        f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0:.3f} {y1 - y0:.3f}</ofd:AbbreviatedData></ofd:PathObject>"
    )
