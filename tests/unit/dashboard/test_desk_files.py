"""The desk's files on disk: safe names, arrivals, pictures, what the loader says."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from dashboard.desk.cell_picture import cell_picture
from dashboard.desk.loader import blank_form, decide, run_loader, step_words
from dashboard.desk.places import Desk
from dashboard.desk.preview import gone_campaigns, total_changes
from dashboard.desk.records import DeskTotal
from dashboard.desk.staging import read_arrivals, safe_name, stage, staged_files, unstage
from dashboard.records import Lang
from etl.catalog import load_catalog

DAY = datetime(2026, 7, 3, 9, 30)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("渝北区.docx", "渝北区.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\报送\\表.xlsx", "表.xlsx"),
        ('a<b>:"c|?*.docx', "a_b___c___.docx"),
        ("received.csv", "_received.csv"),
        ("...", "file"),
        ("长" * 200 + ".docx", "长" * 65 + ".docx"),
        ("长" * 200, "长" * 66),
        ("x" * 300 + ".docx", "x" * 195 + ".docx"),
        ("a.docx:evil.exe", "a.docx_evil.exe"),
        ("a\0b\n.docx", "a_b_.docx"),
        ("NUL.docx", "_NUL.docx"),
    ],
)
def test_names_are_made_safe(name: str, kept: str) -> None:
    assert safe_name(name) == kept


@pytest.mark.parametrize("name", ["长" * 300 + ".docx", "x" * 300, "../../etc/x.docx", "a.docx:evil.exe", "a\0b.docx"])
def test_a_hostile_name_is_written_beside_nothing(desk: Desk, name: str) -> None:
    names = stage(desk, [(name, b"1"), (name, b"2")], DAY)
    assert sorted(names) == [p.name for p in staged_files(desk)] and len(names) == 2
    assert {p.parent for p in desk.staged.parent.rglob("*") if p.is_file()} == {desk.staged}
    assert {n for n, _ in read_arrivals(desk.staged)} == set(names)


def test_each_name_is_kept_and_names_never_collide(desk: Desk) -> None:
    files = [("表.docx", b"1"), ("表.docx", b"2")]
    assert stage(desk, files, DAY) == ["表.docx", "表 (2).docx"]
    # Uploaded again, both are there already; a copy under another name is a file of its own.
    assert stage(desk, [*files, ("另.docx", b"1")], DAY) == ["表.docx", "表 (2).docx", "另.docx"]
    # A browser's number is no name: the same bytes are the same file, in whichever order the two come.
    assert stage(desk, [("表 (7).docx", b"1"), ("另 (1).docx", b"1")], DAY) == ["表.docx", "另.docx"]
    assert stage(desk, [("附 (3).docx", b"3"), ("附 (3).docx", b"3"), ("附.docx", b"3")], DAY) == ["附 (3).docx"] * 3
    unstage(desk, ["另.docx", "附 (3).docx"])
    assert [p.name for p in staged_files(desk)] == ["表 (2).docx", "表.docx"]
    assert dict(read_arrivals(desk.staged)) == {"表.docx": "2026-07-03 09:30:00", "表 (2).docx": "2026-07-03 09:30:00"}
    unstage(desk, ["表.docx"])
    assert [p.name for p in staged_files(desk)] == ["表 (2).docx"]
    assert dict(read_arrivals(desk.staged)) == {"表 (2).docx": "2026-07-03 09:30:00"}


def test_the_loader_runs_apart_and_says_what_is_wrong(desk: Desk) -> None:
    refused = decide(desk, [{"kind": "unit", "source_sha256": "0", "value": "999999", "decided_by": "综合科"}])
    assert refused.code == 2 and "999999" in refused.words
    assert decide(desk, [{"kind": "reject", "source_sha256": "0", "reason": "未盖章", "decided_by": "综合科"}]).is_done
    assert "未盖章" in desk.decisions.read_text(encoding="utf-8-sig")
    assert run_loader(["nothing"], desk).code == 2
    assert blank_form(desk, "jincheng-2022", "jincheng-2022", "docx")[:2] == b"PK"
    with pytest.raises(RuntimeError, match="atlantis"):
        blank_form(desk, "atlantis", "atlantis-2021", "docx")


@pytest.mark.parametrize(("kind", "wanted"), [("flag", "是 (yes) or 否 (no)"), ("count", "takes a number")])
def test_what_a_blank_takes_is_said_to_whom_typed_something_else(desk: Desk, kind: str, wanted: str) -> None:
    form = load_catalog().forms["chongqing-2021"]
    item = {
        "kind": "value", "source_sha256": "0", "form_id": "chongqing-2021", "value": "上周", "reason": "r", "decided_by": "d",
        "indicator_id": next(i.indicator_id for i in form.indicators if i.kind == kind),
    }  # fmt: skip
    ended = decide(desk, [item])
    zh, en = ended.words_in("zh"), ended.words_in("en")
    assert wanted in en and "读不成" not in en
    assert "读不成一个明确的值" in zh and "clear value" not in zh


def total(campaign: str, measure: str, value: float | None, units: int) -> DeskTotal:
    return DeskTotal(campaign, measure, "", "", "", "", value, "exact", units, 9)


def test_only_totals_that_change_are_previewed() -> None:
    before = [total("a", "x", 5.0, 3), total("a", "y", 7.0, 3), total("b", "x", 1.0, 1)]
    after = [total("a", "x", 5.0, 4), total("a", "y", 7.0, 3), total("c", "x", 2.0, 1)]
    changed = total_changes(before, after)
    assert [(c.after.campaign_id, c.after.measure_id, c.before and c.before.n_units_reported) for c in changed] == [
        ("a", "x", 3),
        ("c", "x", None),
    ]
    assert gone_campaigns(before, after) == ["b"]


def red_cell(kind: str, **how: object) -> tuple[bytes, str]:
    """A page with a red cell at 400 to 500 by 500 to 550 per mille, and its digest."""
    page = Image.new("RGB", (1000, 2000), "white")
    ImageDraw.Draw(page).rectangle((400, 1000, 499, 1099), fill="red")
    turned = page.rotate(90, expand=True) if how else page
    stream = io.BytesIO()
    turned.save(stream, kind, **how)
    return stream.getvalue(), hashlib.sha256(stream.getvalue()).hexdigest()


def test_the_picture_of_a_scanned_cell_is_that_cell(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    png, digest = red_cell("PNG")
    stage(desk, [("扫描.png", png)], DAY)
    shown = cell_picture(desk, "staged/扫描.png", digest, "表1行2列3 框1:400,500,500,550 空1", ["框1:1,1,2,2", "x"])
    assert shown is not None
    cut = Image.open(io.BytesIO(shown))
    assert cut.size == (124, 148)
    assert cut.getpixel((62, 74)) == (255, 0, 0) and cut.getpixel((2, 2)) == (255, 255, 255)
    for name, place in (
        ("staged/扫描.png", "表1行2列3"),
        ("staged/../../扫描.png", "框2:1,1,2,2"),
        ("staged/none.png", "框2:1,1,2,2"),
        ("samples/扫描.png", "框2:1,1,2,2"),
    ):
        assert cell_picture(desk, name, digest, place) is None
    # Both cells are kept, and so is that there is no ninth page.
    assert cell_picture(desk, "staged/扫描.png", digest, "框9:1,1,2,2") is None
    monkeypatch.setattr("dashboard.desk.cell_picture.run_loader", lambda *_: pytest.fail("drawn again"))
    for place, is_there in (("框1:400,500,500,550", True), ("框1:1,1,2,2", True), ("框9:1,1,2,2", False)):
        assert (cell_picture(desk, "staged/扫描.png", digest, place) is not None) == is_there


def test_a_photograph_lying_on_its_side_and_a_pdf_are_cut_upright(desk: Desk) -> None:
    turn = Image.Exif()
    turn[0x0112] = 6  # the camera was held on its side
    for name, (data, digest) in (("a.jpg", red_cell("JPEG", exif=turn, quality=95)), ("b.pdf", red_cell("PDF"))):
        stage(desk, [(name, data)], DAY)
        shown = cell_picture(desk, f"staged/{name}", digest, "框1:400,500,500,550")
        assert shown is not None, name
        cut = Image.open(io.BytesIO(shown))
        red, green, _ = cut.getpixel((cut.width // 2, cut.height // 2))  # type: ignore[misc]
        assert red > 200 and green < 60, name


def test_the_picture_of_a_scan_in_an_archive_is_found_by_its_bytes(desk: Desk) -> None:
    (scan, digest), archive = red_cell("PNG"), io.BytesIO()
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr("别的.png", b"no picture")
        opened.writestr("\u6d93\u5a43.png", scan)  # a name as it looks in the wrong encoding
    stage(desk, [("七月.zip", archive.getvalue())], DAY)
    place = "框1:400,500,500,550"
    assert cell_picture(desk, "staged/七月.zip/渝中区/扫描.png", "0" * 64, place) is None
    assert cell_picture(desk, "staged/七月.zip/../../../x", digest, place) is None
    assert cell_picture(desk, "staged/七月.zip/渝中区/扫描.png", digest, place) is not None


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_refused_decision_is_explained_in_the_reader_s_language(desk: Desk, lang: Lang) -> None:
    item = {"kind": "value", "source_sha256": "0", "indicator_id": "x", "value": "5", "reason": "r", "decided_by": "d"}
    shown = decide(desk, [item]).words_in(lang)
    assert shown == {"zh": "没有这个空", "en": "no such blank"}[lang]
    several = decide(desk, [item, item]).words_in(lang)
    assert several == {"zh": "第 1 条：没有这个空", "en": "decision 1: no such blank"}[lang]


@pytest.mark.parametrize(
    ("line", "zh", "en"),
    [
        ("✓ chongqing-2021  staged/七月.zip/北碚区.doc：46 项，读出 2", "七月.zip/北碚区.doc", "七月.zip/北碚区.doc"),
        ("✗ ?  staged/表.docx：46 项，读出 2，单位不明 / unit unknown", "表.docx", "表.docx"),
        ("✗ staged/坏.docx：未读取（file_damaged） / not read", "坏.docx", "坏.docx"),
        ("… 正在识别 2 个扫描件 / reading scans (2)", "正在识别 2 个扫描件", "reading scans (2)"),
    ],
)
def test_progress_names_the_file_or_the_step_in_the_readers_language(line: str, zh: str, en: str) -> None:
    assert (step_words(line, "zh"), step_words(line, "en")) == (zh, en)
