"""Sound-looking packages of odd structure: depths, widths, loops, lies and codes. Each ends in one of our own outcomes, in bounded time."""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.files.intake import Job
from etl.files.workers import Limits, Lost, share_out
from tests.faults.hostile import DOCUMENT, GOOD, page, pdf
from tests.faults.test_bad_files import CAMPAIGN, repacked
from tests.formats.conftest import Made
from tests.formats.made import DAY
from tests.formats.ofd_writer import ofd_of_pdf
from tests.formats.test_fuzz import NINGXIA, outcome, start

Maker = Callable[[random.Random], bytes]
ROW = "<w:tr>{}</w:tr>"
CELL = "<w:tc><w:tcPr>{}</w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
MANY = (3, 40, 400, 3000)
CODES = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "gb18030",
    "gbk",
    "latin-1",
    "cp037",
    "big5",
)


def put(xml: str, at: str = "<w:body>") -> bytes:
    """The form with XML behind a tag."""
    return whole(DOCUMENT.replace(at, at + xml, 1))


def whole(xml: str | bytes) -> bytes:
    return repacked(GOOD, {"word/document.xml": xml if isinstance(xml, bytes) else xml.encode("utf-8", "replace")})


def nested(rng: random.Random) -> bytes:
    """One element in itself, many times over."""
    begin, end = rng.choice(
        [
            ("<w:tbl><w:tr><w:tc><w:p/>", "</w:tc></w:tr></w:tbl>"),
            ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
            ("<w:p><w:r><w:txbxContent>", "</w:txbxContent></w:r></w:p>"),
            ("<w:ins><w:smartTag>", "</w:smartTag></w:ins>"),
            ("<w:hyperlink>", "</w:hyperlink>"),
            ("<w:customXml>", "</w:customXml>"),
            ("<w:p>", "</w:p>"),
        ]
    )
    depth = rng.choice(MANY)
    return put(begin * depth + "<w:p><w:r><w:t>参与（12）人次</w:t></w:r></w:p>" + end * depth)


def fields(rng: random.Random) -> bytes:
    """Field marks without partners, in any order."""
    kinds = ("begin", "separate", "end", "none")
    marks = "".join(
        f'<w:r><w:fldChar w:fldCharType="{rng.choice(kinds)}"/></w:r><w:r><w:instrText>{rng.choice(["EQ ", "=1+", "DATE", "（"])}</w:instrText></w:r>'
        for _ in range(rng.choice(MANY))
    )
    return whole(re.sub("<w:r>", lambda m: marks + m[0], DOCUMENT, count=rng.choice((1, 3))))


def wide(rng: random.Random) -> bytes:
    """Rows of absurd spans, cells and merges."""
    rows = rng.choice(MANY)
    span, merge = (
        rng.choice(("1", "63", "99999", "4294967296")),
        rng.choice(("", "<w:vMerge/>", '<w:vMerge w:val="restart"/>')),
    )
    cells = CELL.format(f'<w:gridSpan w:val="{span}"/>{merge}', "参与（12）人次") * rng.choice((1, 3, 60))
    return put(f"<w:tbl>{ROW.format(cells) * min(rows, 400)}</w:tbl>")


def tall(rng: random.Random) -> bytes:
    """The form's own cells all merged into the one above, or none begun."""
    said = rng.choice(
        ("<w:vMerge/>", '<w:vMerge w:val="restart"/>', '<w:vMerge w:val="x"/>', '<w:hMerge w:val="continue"/>')
    )
    made = DOCUMENT.replace("<w:tcPr>", f"<w:tcPr>{said}") if rng.random() < 0.5 else DOCUMENT
    empty = ROW.format(CELL.format("<w:vMerge/>", "") * 3)
    return whole(made.replace("</w:tbl>", empty * rng.choice(MANY) + "</w:tbl>", 1))


def entities(rng: random.Random) -> bytes:
    """Document types, entities and references."""
    said = rng.choice(
        [
            '<!DOCTYPE a [<!ENTITY x "1">]>',
            '<!DOCTYPE a SYSTEM "file:///etc/passwd">',
            '<!doctype a [<!entity % p SYSTEM "http://localhost/x">%p;]>',
            '<?xml-stylesheet href="x.xsl"?>',
            "<!-- <!DOCTYPE --> ",
            '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
            "<![CDATA[<!ENTITY]]>",
        ]
    )
    code = rng.choice(("utf-8", "utf-16", "utf-16-be"))
    text = re.sub(r"<\?xml[^>]*\?>", "", DOCUMENT)
    head = f'<?xml version="1.0" encoding="{code}"?>'
    used = text.replace("参与", rng.choice(("&x;", "&b;", "&#49;", "&#x110000;", "&#0;", "参与")), 1)
    return whole((head + said + used).encode(code, "replace"))


def coded(rng: random.Random) -> bytes:
    """The document in another code than it says."""
    code, said = rng.choice(CODES), rng.choice((*CODES, "x-none", ""))
    text = re.sub(r"<\?xml[^>]*\?>", f'<?xml version="1.0" encoding="{said}"?>' if said else "", DOCUMENT)
    if rng.random() < 0.5:
        text = text.replace(">", rng.choice((">\r\n", ">\r", ">\n\r", ">\x85")), rng.choice((3, 99)))
    return whole(text.encode(code, "replace"))


def related(rng: random.Random) -> bytes:
    """Relations that name each other, themselves, nothing, or far too many."""
    target = rng.choice(
        (
            "document.xml",
            "../word/document.xml",
            "../_rels/.rels",
            "",
            "/",
            "http://localhost/",
            "a" * 5000,
            "..\\..\\x",
            "header1.xml",
        )
    )
    kind = rng.choice(("officeDocument", "aFChunk", "header", "styles"))
    one = f'<Relationship Id="rId{{}}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
    body = "".join(one.format(n) for n in range(rng.choice(MANY)))
    xml = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{body}</Relationships>'.encode()
    name = rng.choice(("_rels/.rels", "word/_rels/document.xml.rels", "word/_rels/header1.xml.rels"))
    chunk = '<w:altChunk xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId0"/>'
    inside = DOCUMENT.replace("</w:body>", chunk * rng.choice((1, 50)) + "</w:body>", 1)
    return repacked(GOOD, {name: xml, "word/document.xml": inside.encode()})


def parts(rng: random.Random) -> bytes:
    """Parts that are missing, empty, doubled, wrongly named or of a wrong kind."""
    out = io.BytesIO()
    drop, change = rng.random() < 0.5, rng.choice(("upper", "slash", "dot", "none"))
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        gone = rng.sample(names, rng.randint(1, 3)) if drop else []
        for name in names:
            if name in gone:
                continue
            data = old.read(name)
            if name == "[Content_Types].xml" and rng.random() < 0.5:
                data = data.replace(b"wordprocessingml", rng.choice((b"spreadsheetml", b"x", b"presentationml")))
            shown = {"upper": name.upper(), "slash": name.replace("/", "\\"), "dot": f"./{name}", "none": name}[change]
            new.writestr(shown, data if rng.random() < 0.8 else rng.choice((b"", b"\0" * 99, b"<a/>", GOOD)))
            if rng.random() < 0.15:
                new.writestr(name.lower(), data)
    return out.getvalue()


def lying(rng: random.Random) -> bytes:
    """A zip whose heads tell sizes, places and counts that aren't so; zip64 marks without the fields."""
    data = bytearray(GOOD)
    marks = [m.start() for m in re.finditer(rb"PK\x01\x02|PK\x03\x04|PK\x05\x06", bytes(data))]
    for at in rng.sample(marks, min(len(marks), rng.randint(1, 4))):
        offset = at + rng.choice((4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 38, 42))
        if offset + 4 <= len(data):
            data[offset : offset + 4] = struct.pack(
                "<I", rng.choice((0, 1, 0xFFFF, 0xFFFFFFFF, 0x7FFFFFFF, rng.getrandbits(32)))
            )
    if rng.random() < 0.3:
        data = data + data[rng.choice(marks) :]
    return bytes(rng.choice((b"", b"MZ" + bytes(300), b"\xef\xbb\xbf")) + bytes(data))


def long_text(rng: random.Random) -> bytes:
    """Marks and digits without an end inside one blank."""
    piece = rng.choice(
        (
            "（",
            "（3）",
            "3,",
            "_",
            "一",
            "约",
            "3场、",
            "其中3，",
            "☑",
            "是否",
            "\u202e",
            "\u0301",
            "３＋",
            "(3)(",
            "以上",
            "年",
            "1月",
            "截至",
            "/场",
            "曝光",
            "全区",
        )
    )
    length = rng.choice(MANY)
    at = rng.choice(("参与", "（12）", "12"))
    text = (
        DOCUMENT.replace("参与", f"参与{piece * length}", 1)
        if at == "参与"
        else DOCUMENT.replace("12", piece * length, 3)
    )
    return whole(text)


def scripted(rng: random.Random) -> bytes:
    """Objects, formulas, controls and alternatives that hold one another."""
    m = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    depth = rng.choice((2, 30, 200))
    begin, end = rng.choice(
        [
            ("<mc:AlternateContent><mc:Choice><w:r>", "</w:r></mc:Choice><mc:Fallback/></mc:AlternateContent>"),
            ("<m:oMath><m:r>", "</m:r></m:oMath>"),
            ("<w:ruby><w:rubyBase><w:r>", "</w:r></w:rubyBase></w:ruby>"),
            ("<w:moveTo><w:r>", "</w:r></w:moveTo>"),
            ("<w:bdo w:val='rtl'><w:r>", "</w:r></w:bdo>"),
        ]
    )
    return put(f"<w:p {m} {mc}>{begin * depth}<w:t>12</w:t>{end * depth}</w:p>" * rng.choice((1, 20)))


DOCX: tuple[Maker, ...] = (nested, fields, wide, tall, entities, coded, related, parts, lying, long_text, scripted)


def broken_pdf(rng: random.Random, _: Path) -> bytes:
    """Pages that hold one another, streams and boxes that lie."""
    content = rng.choice(
        (
            b"BT /F1 12 Tf 72 700 Td (12) Tj ET",
            b"q " * 20_000,
            b"0 0 m 9 9 l S " * 3_000,
            b"[(1) -2000] TJ " * 2_000,
            b"\xff\xfe" * 500,
        )
    )
    said = rng.choice(
        [
            {"kids": "[2 0 R]"}, {"kids": "[3 0 R 3 0 R]"}, {"kids": "[9 0 R]"}, {"box": "[0 0 0 0]"}, {"box": "[0 0 1e30 -5]"},
            {"box": "[]"}, {"page": "/Rotate 45"}, {"page": "/Annots [1 0 R 2 0 R 99 0 R]"}, {"page": "/UserUnit 1e9"},
            {"catalog": "/AcroForm << /Fields [1 0 R] >>"}, {"catalog": "/Pages 1 0 R"}, {"kids": "[" + "3 0 R " * 300 + "]"},
        ]
    )  # fmt: skip
    data = page(content, None, **said)
    if rng.random() < 0.3:
        data = data.replace(b"/Length ", b"/Length " + rng.choice((b"-", b"9999", b"0 R ")), 1)
    if rng.random() < 0.2:
        data = pdf({1: "<< /Type /Catalog /Pages 1 0 R >>"}, rng.choice(("/Prev 0", "/Prev 9", "/Encrypt 1 0 R")))
    return data


def broken_ofd(rng: random.Random, sound: Path) -> bytes:
    """An OFD whose pages, places and shapes lie."""
    with zipfile.ZipFile(sound) as archive:
        files = {n: archive.read(n) for n in archive.namelist()}
    name = rng.choice(list(files))
    text = files[name].decode()
    for _ in range(rng.randint(1, 4)):
        old = rng.choice(re.findall(r'="[^"]*"', text) or ['=""'])
        text = text.replace(
            old,
            f'="{rng.choice(("", "0 0 0 0", "9" * 99, "-1", "nan", "../OFD.xml", "1 " * 3000, "/Doc_0/Document.xml"))}"',
            rng.choice((1, 50)),
        )
    files[name] = text.encode(rng.choice(("utf-8", "utf-16")))
    if rng.random() < 0.3:
        files.pop(rng.choice(list(files)))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for n, data in files.items():
            archive.writestr(n, data)
    return out.getvalue()


def check(folder: Path, sound: Path, n_docx: int, n_pdf: int, n_ofd: int) -> None:
    rng = random.Random("structures")
    makers = [(maker.__name__, "docx", maker) for maker in DOCX]
    made = [(name, kind, maker(rng)) for name, kind, maker in makers * n_docx]
    made += [("pdf", "pdf", broken_pdf(rng, sound)) for _ in range(n_pdf)]
    made += [("ofd", "ofd", broken_ofd(rng, sound)) for _ in range(n_ofd)]
    jobs = []
    for number, (name, kind, data) in enumerate(made):
        path = folder / f"{name}-{number}.{kind}"
        path.write_bytes(data)
        jobs.append(Job(path, path.name, CAMPAIGN if kind == "docx" else NINGXIA, DAY, False))
    seen: Counter[str] = Counter()
    bad: list[object] = []
    slowest = 0.0
    for job, found in zip(jobs, share_out(outcome, jobs, Limits(seconds=30.0), start, (), 2), strict=True):
        if isinstance(found, Lost):
            bad.append((job.name, found))
            continue
        seen[found.how] += 1
        slowest = max(slowest, found.seconds)
        bad += [(job.name, r) for r in found.rules if r.startswith("crash")]
        bad += [(job.name, found.seconds)] if found.seconds >= 5 else []
    print(f"structures: {len(jobs)} files {dict(seen)}, slowest {slowest:.2f} s of processor time")
    assert bad == []


@pytest.fixture
def sound(made: Made, tmp_path: Path) -> Path:
    path = tmp_path / "sound.ofd"
    path.write_bytes(ofd_of_pdf(made.form(NINGXIA, "pdf")))
    return path


def test_odd_structures(tmp_path: Path, sound: Path) -> None:
    check(tmp_path, sound, 6, 12, 12)


@pytest.mark.slow
def test_many_odd_structures(tmp_path: Path, sound: Path) -> None:
    check(tmp_path, sound, 64, 150, 150)
