"""A case's recipe -> the real file it describes: Word forms, workbooks, delimited text, debris."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
import xlwt
from openpyxl.utils import get_column_letter

from etl.blank.docx import write_docx
from etl.blank.fill import fill_progress
from etl.blank.zips import rewrite_zip
from etl.catalog import Catalog, load_catalog
from etl.catalog.model import Activity, Form
from etl.facts import list_pairs

Recipe = Mapping[str, Any]
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
)


@lru_cache(maxsize=1)
def catalog() -> Catalog:
    """The catalogue as it is shipped."""
    return load_catalog()


def form_of(recipe: Recipe) -> Form:
    """The form a recipe is written on: named, or the campaign's."""
    campaign = catalog().campaigns[recipe["campaign"]]
    return catalog().forms[recipe.get("form") or str(campaign.form_id)]


def stand_ins(form: Form) -> dict[str, str]:
    """A different number in every count, ticked boxes, a description: what stands around the blank a case is about."""
    words = {"flag": "☑是□否", "text": "某厂火灾事故"}
    typed = {i.indicator_id: words.get(i.kind) or str(20_000 + 7 * i.position) for i in form.indicators}
    return {**typed, **{count.indicator_id: "1" for count, _ in list_pairs(form)}}


def write(recipe: Recipe) -> bytes:
    """The bytes of one file."""
    for kind, writer in WRITERS.items():
        if kind in recipe:
            return writer(recipe)
    return write_form(recipe)


# --- Word forms

# ⟦u:350⟧ in a typed text becomes the Word construct of that name.
_TOKEN = re.compile(r"⟦(\w+)(?::([^⟧]*))?⟧")


def _construct(match: re.Match[str]) -> str:
    kind, text = match.group(1), match.group(2) or ""
    run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'
    made = {
        "u": f'<w:r><w:rPr><w:u w:val="single"/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>',
        "ins": f'<w:ins w:id="1" w:author="x">{run}</w:ins>',
        "del": f'<w:del w:id="2" w:author="x"><w:r><w:delText>{text}</w:delText></w:r></w:del>',
        "smart": f'<w:smartTag w:uri="x" w:element="y">{run}</w:smartTag>',
        "control": f"<w:sdt><w:sdtPr/><w:sdtContent>{run}</w:sdtContent></w:sdt>",
        "box": f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p>{run}</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>",
        "sym": f'<w:r><w:sym w:font="Wingdings" w:char="{text}"/></w:r>',
        "check": f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{text}"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>☐</w:t></w:r></w:sdtContent></w:sdt>',
        "wing": f'<w:r><w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr><w:t>{text}</w:t></w:r>',
        "tab": "<w:r><w:tab/></w:r>",
    }[kind]
    return f'</w:t></w:r>{made}<w:r><w:t xml:space="preserve">'


def _with_constructs(xml: bytes) -> bytes:
    text = xml.decode()
    if "⟦" not in text:
        return xml
    if "xmlns:w14" not in text:
        text = text.replace(
            "<w:document ", '<w:document xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" ', 1
        )
    if "xmlns:v=" not in text:
        text = text.replace("<w:document ", '<w:document xmlns:v="urn:schemas-microsoft-com:vml" ', 1)
    return _TOKEN.sub(_construct, text).encode()


def progress_texts(recipe: Recipe) -> dict[str, str]:
    """Each activity's progress text: stand-ins, the case's own blank, and edits of the printed words."""
    form = form_of(recipe)
    alone = recipe.get("alone", False)
    typed = {} if alone else stand_ins(form)
    for blank in recipe.get("leave_empty", ()):
        typed.pop(blank, None)
    typed.update({k: "" if v is None else str(v) for k, v in recipe.get("fill", {}).items()})
    if "blank" in recipe and "typed" in recipe:
        typed[recipe["blank"]] = recipe["typed"]
    texts = {a.activity_id: fill_progress(a, typed) for a in form.activities}
    for activity_id, text in recipe.get("progress", {}).items():
        texts[activity_id] = text
    for old, new in recipe.get("edit", ()):
        at = next((a for a, t in texts.items() if old in t), None)
        assert at is not None, f"{old!r} is not printed in {form.form_id}"
        texts[at] = texts[at].replace(old, new, 1)
    return texts


def write_form(recipe: Recipe) -> bytes:
    """The official form, filled."""
    form = form_of(recipe)
    campaign = catalog().campaigns[recipe["campaign"]]
    header = {
        "reporting_unit": catalog().roster(campaign)[0].name,
        "report_date": f"{campaign.year}年7月1日",
        **recipe.get("header", {}),
    }
    texts = progress_texts(recipe)
    data = write_docx(form, [texts[a.activity_id] for a in form.activities], {k: v for k, v in header.items() if v})
    swaps = [tuple(t if "</w:t>" in t else escape(t) for t in pair) for pair in recipe.get("swap", ())]

    def edit(xml: bytes) -> bytes:
        text = xml.decode()
        for old, new in swaps:
            assert old in text, old
            text = text.replace(old, new, 1)
        return _with_constructs(text.encode())

    return rewrite_zip(data, {"word/document.xml": edit})


def write_blocks(recipe: Recipe) -> bytes:
    """A Word file of own paragraphs and tables; {progress:study} and the like stand for the form's texts."""
    body = "".join(_block(block, recipe) for block in recipe["blocks"])
    xml = f'<?xml version="1.0" encoding="UTF-8"?><w:document {NAMESPACES}><w:body>{body}</w:body></w:document>'
    return docx_package(_with_constructs(xml.encode()), recipe.get("pictures", 0))


def docx_package(document: bytes, pictures: int = 0) -> bytes:
    """A minimal Word package around a document part."""
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", types)
        package.writestr("_rels/.rels", rels)
        package.writestr("word/document.xml", document)
        for n in range(pictures):
            package.writestr(f"word/media/image{n + 1}.png", b"\x89PNG\r\n\x1a\n" + bytes(200))
    return out.getvalue()


def _paragraphs(text: str) -> str:
    return "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in text.split("\n"))


def _block(block: Any, recipe: Recipe) -> str:
    if isinstance(block, str):
        return _paragraphs(_expand(block, recipe))
    if "picture" in block:
        return "<w:p><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p>"
    if "box" in block:
        inner = "".join(_block(b, recipe) for b in block["box"])
        return f"<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    own = {**recipe, **{k: v for k, v in block.items() if k != "rows"}}
    rows = "".join(_row(row, own) for row in block["rows"])
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl>"


def _row(row: Any, recipe: Recipe) -> str:
    if isinstance(row, str):
        # A whole row of the form by its activity.
        row = [f"{{title:{row}}}", f"{{requirement:{row}}}", f"{{progress:{row}}}"]
    return f"<w:tr>{''.join(_cell(c, recipe) for c in row)}</w:tr>"


def _cell(cell: Any, recipe: Recipe) -> str:
    if isinstance(cell, str):
        cell = {"text": cell}
    properties = ""
    if "span" in cell:
        properties += f'<w:gridSpan w:val="{cell["span"]}"/>'
    if "merge" in cell:
        properties += '<w:vMerge w:val="restart"/>' if cell["merge"] == "start" else "<w:vMerge/>"
    made = f"<w:tc><w:tcPr>{properties}</w:tcPr>{_paragraphs(_expand(cell.get('text', ''), recipe))}</w:tc>"
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{made}</w:sdtContent></w:sdt>" if cell.get("control") else made


def _expand(text: str, recipe: Recipe) -> str:
    form = form_of(recipe)
    activities: dict[str, Activity] = {a.activity_id: a for a in form.activities}

    def part(match: re.Match[str]) -> str:
        kind, name = match.group(1), match.group(2)
        activity = activities[name]
        if kind == "progress":
            return progress_texts(recipe)[name]
        return activity.title_zh if kind == "title" else activity.requirement_zh

    return re.sub(r"\{(progress|title|requirement):(\w+)\}", part, text).replace("{form_title}", form.title_zh)


# --- workbooks and text


def write_xls(recipe: Recipe) -> bytes:
    """The same sheets as an old .xls (a .et holds the same)."""
    book = xlwt.Workbook()
    for number, wanted in enumerate(recipe["sheets"], start=1):
        sheet = book.add_sheet(wanted.get("name", f"Sheet{number}"))
        for r, row in enumerate(wanted["rows"]):
            for c, value in enumerate(row):
                if value is not None:
                    sheet.write(r, c, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def write_workbook(recipe: Recipe) -> bytes:
    """Sheets of rows. A value {date: 2021-03-05} is a date cell, one that begins with = a formula without a stored value."""
    if recipe.get("xls"):
        return write_xls(recipe)
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, wanted in enumerate(recipe["sheets"], start=1):
        sheet = book.create_sheet(wanted.get("name", f"Sheet{number}"))
        for r, row in enumerate(wanted["rows"], start=1):
            for c, value in enumerate(row if isinstance(row, list) else [row], start=1):
                if value is not None:
                    sheet.cell(r, c, _stored(value, recipe))
        for area in wanted.get("merged", ()):
            sheet.merge_cells(area)
        for r in wanted.get("hidden_rows", ()):
            sheet.row_dimensions[r].hidden = True
        if wanted.get("hidden"):
            sheet.sheet_state = "hidden"
        if wanted.get("filter"):
            last = get_column_letter(sheet.max_column)
            sheet.auto_filter.ref = f"A1:{last}{sheet.max_row}"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _stored(value: Any, recipe: Recipe) -> Any:
    if isinstance(value, Mapping):
        return date.fromisoformat(value["date"]) if isinstance(value["date"], str) else value["date"]
    if isinstance(value, date | datetime):
        return value
    return _expand(value, recipe) if isinstance(value, str) and "{" in value else value


def write_text(recipe: Recipe) -> bytes:
    """A delimited or plain text in the code a spreadsheet program or an old editor saved it in."""
    lines: Sequence[Any] = recipe["lines"]
    mark = recipe.get("mark", ",")
    made = [line if isinstance(line, str) else mark.join("" if v is None else str(v) for v in line) for line in lines]
    return "\r\n".join(_expand(m, recipe) for m in made).encode(recipe.get("code", "utf-8"))


def write_page(recipe: Recipe) -> bytes:
    """A table as a web system's “export to Excel” sends it: a page in the code that its head names."""
    code = recipe.get("code", "gbk")
    rows = "".join(f"<tr>{''.join(f'<td>{escape(str(c))}</td>' for c in row)}</tr>" for row in recipe["page"])
    head = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={code}"></head>'
    return f"{head}<body><table border=1>{rows}</table></body></html>".encode(code)


def write_bytes(recipe: Recipe) -> bytes:
    """Debris and formats by their first bytes."""
    ole = bytes.fromhex("d0cf11e0a1b11ae1")
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as package:
        package.writestr("OFD.xml" if recipe["bytes"] == "ofd" else "表.txt", "<ofd:OFD/>")
    kinds = {
        "empty": b"",
        "doc": ole + bytes(504) + "WordDocument".encode("utf-16-le") + bytes(2048),
        "jpg": bytes.fromhex("ffd8ffe000104a46494600010100000100010000") + bytes(500),
        "junk": bytes(range(256)) * 3,
    }
    return kinds.get(recipe["bytes"], zipped.getvalue())


WRITERS = {
    "blocks": write_blocks,
    "sheets": write_workbook,
    "lines": write_text,
    "page": write_page,
    "bytes": write_bytes,
}
EXTENSIONS = {"blocks": "docx", "sheets": "xlsx", "lines": "csv", "page": "html", "bytes": "bin"}


def extension(recipe: Recipe) -> str:
    """The extension of a recipe's file."""
    return next((e for kind, e in EXTENSIONS.items() if kind in recipe), "docx")
