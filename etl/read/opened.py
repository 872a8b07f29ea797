"""What a file of a known kind holds: a document or a workbook."""

from __future__ import annotations

from etl.document import Document, Workbook
from etl.errors import FileRefused
from etl.guard.package import Package
from etl.read.docx import read_docx
from etl.read.html import read_html, read_mhtml
from etl.read.text import decode, read_delimited, read_prose
from etl.read.xls import read_xls
from etl.read.xlsx import read_xlsx

KIND_NAMES = {
    "ole-word": ("旧版 Word 文件（.doc/.wps）", "an old Word file (.doc/.wps)"),
    "rtf": ("RTF 文件", "an RTF file"),
    "odt": ("OpenDocument 文件", "an OpenDocument file"),
    "fodt": ("OpenDocument 文件（单个 XML）", "a flat OpenDocument file"),
    "word-xml": ("Word 2003 XML 文件", "a Word 2003 XML file"),
    "ods": ("OpenDocument 表格", "an OpenDocument table"),
    "ole": ("旧版 Office 文件", "an old Office file"),
    "pdf": ("PDF 文件", "a PDF file"),
    "picture": ("图片或扫描件", "a picture or scan"),
    "open-xml": (
        "缺主要部件的 Office 文件，或演示文稿等其他 Office 文件",
        "an Office file without its main part, or a presentation",
    ),
    "open-document": ("其他 OpenDocument 文件", "another OpenDocument file"),
    "zip": ("压缩包", "an archive"),
    "rar": ("RAR 或 7z 压缩包（请改用 .zip）", "a RAR or 7z archive (please use .zip)"),
    "xml": ("XML 文件", "an XML file"),
    "unknown": ("无法识别的文件", "a file of unknown kind"),
}


def opened(kind: str, data: bytes, package: Package | None) -> Document | Workbook | None:
    """What the bytes of the kind hold; None where it is only pictures. Raises FileRefused for what can't be read as it is."""
    if package and kind == "docx":
        return read_docx(package)
    if package and kind == "xlsx":
        return read_xlsx(package) if package.has("xl/workbook.xml") else read_xls(data)
    if kind == "ole-excel":
        return read_xls(data)
    if kind in ("html", "mhtml"):
        return read_html(decode(data)) if kind == "html" else read_mhtml(data)
    if kind == "pdf":
        from etl.read.pdf import read_pdf

        return read_pdf(data)
    if package and kind == "ofd":
        from etl.read.ofd import read_ofd

        read = read_ofd(package)
        if read is None:
            raise FileRefused("needs_ocr", "版式文件里只有图片", "the OFD holds only pictures", found="OFD")
        return read
    if kind == "picture":
        return None
    if kind == "csv":
        text = decode(data)
        return read_delimited(text) or read_prose(text)
    if kind == "encrypted":
        raise FileRefused("encrypted", "文件有密码保护", "the file is protected by a password")
    zh, en = KIND_NAMES.get(kind, KIND_NAMES["unknown"])
    raise FileRefused("unsupported_format", f"这是{zh}", f"this is {en}", found=f"{zh} / {en}")
