"""Archives of submissions: names, folders, arrivals, junk, limits, and hostile entries."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

import etl.unpack
from etl.__main__ import main
from etl.assemble import assemble
from etl.catalog import Catalog, load_catalog
from etl.facts import Submission
from etl.files.intake import find_jobs
from etl.rounds import read_jobs
from etl.unpack import harmless, readable_name
from tests.formats.made import Truth, compare, form_docx

NINGXIA = "ningxia-2021"


def packed(files: dict[str, bytes], code: str = "utf-8") -> bytes:
    """A zip whose names are written in a code, with the UTF-8 flag only for `flag`."""
    out = io.BytesIO()
    marks = {}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for n, (name, data) in enumerate(files.items()):
            raw = name.encode("utf-8" if code == "flag" else code)
            stand_in = name if code == "flag" else f"{n:0{len(raw)}d}"[-len(raw) :].rjust(len(raw), "x")
            marks[stand_in.encode()] = raw
            archive.writestr(stand_in, data)
    found = out.getvalue()
    for stand_in_raw, raw in marks.items() if code != "flag" else ():
        found = found.replace(stand_in_raw, raw)
    return found


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture(scope="module")
def forms(catalog: Catalog) -> dict[str, tuple[bytes, Truth]]:
    units = catalog.roster(catalog.campaigns[NINGXIA])[:3]
    return {u.unit_id: form_docx(catalog, NINGXIA, u.name, f"zip {u.unit_id}") for u in units}


def load_all(catalog: Catalog, path: Path, campaign_id: str | None = None) -> list[Submission]:
    return [s for _, found in read_jobs(catalog, find_jobs(catalog, [path], campaign_id)).files for s in found]


@pytest.mark.parametrize("code", ["gb18030", "utf-8", "flag"])
def test_names_folders_and_values(
    catalog: Catalog, forms: dict[str, tuple[bytes, Truth]], tmp_path: Path, code: str
) -> None:
    files = {f"{NINGXIA}/第{n}批/报表 {n}号.docx": data for n, (data, _) in enumerate(forms.values())}
    junk = {f"__MACOSX/{NINGXIA}/._x.docx": b"junk", f"{NINGXIA}/~$报表.docx": b"junk", f"{NINGXIA}/.DS_Store": b"junk"}
    (tmp_path / "汇总.zip").write_bytes(packed({**files, **junk}, code))
    read = load_all(catalog, tmp_path)
    assert {s.source_name for s in read} == {f"汇总.zip/{n}" for n in files}
    assert {s.campaign_id for s in read} == {NINGXIA}
    assert {s.sha256 for s in read} == {hashlib.sha256(d).hexdigest() for d, _ in forms.values()}
    for unit_id, (_, truth) in forms.items():
        assert compare(truth, read, unit_id).exact == len(truth)


def test_arrivals_marker_and_duplicates(
    catalog: Catalog, forms: dict[str, tuple[bytes, Truth]], tmp_path: Path
) -> None:
    (first, _), (second, _), _ = forms.values()
    arrivals = "file,received_at\n甲.docx,2021-07-02 08:00\n".encode()
    files = {
        f"{NINGXIA}/甲.docx": first,
        f"{NINGXIA}/乙.docx": second,
        f"{NINGXIA}/又甲.docx": first,
        f"{NINGXIA}/received.csv": arrivals,
        "SAMPLE_DATA.txt": b"",
    }
    (tmp_path / "a.zip").write_bytes(packed(files, "flag"))
    (tmp_path / NINGXIA).mkdir()
    (tmp_path / NINGXIA / "外面的甲.docx").write_bytes(first)
    read = {s.source_name: s for s in load_all(catalog, tmp_path)}
    assert read[f"a.zip/{NINGXIA}/甲.docx"].received_at == datetime(2021, 7, 2, 8, 0)
    assert all(s.is_sample for n, s in read.items() if n.startswith("a.zip"))
    assembly = assemble(catalog, read.values())
    doubles = [f.found for f in assembly.findings if f.rule == "duplicate_file"]
    assert sorted(doubles) == [f"a.zip/{NINGXIA}/又甲.docx", f"{NINGXIA}/外面的甲.docx"]


@pytest.mark.parametrize("name", ["ningxia-2021.zip", "x.zip"])
def test_the_archive_named_like_a_campaign_and_the_option(
    catalog: Catalog, forms: dict[str, tuple[bytes, Truth]], tmp_path: Path, name: str
) -> None:
    data = next(iter(forms.values()))[0]
    (tmp_path / name).write_bytes(packed({"jincheng-2022/a.docx": data, "b.docx": data + b""}, "flag"))
    asked = {s.campaign_id for s in load_all(catalog, tmp_path / name, NINGXIA)}
    assert asked == {NINGXIA}
    told = {s.source_name.rpartition("/")[2]: s.campaign_id for s in load_all(catalog, tmp_path / name)}
    assert told["a.docx"] == "jincheng-2022"
    assert told["b.docx"] == NINGXIA  # by the archive's name, or by the form's own wording


def test_an_archive_in_an_archive_and_one_bad_member(
    catalog: Catalog, forms: dict[str, tuple[bytes, Truth]], tmp_path: Path
) -> None:
    (unit_id, (data, truth)), *_ = forms.items()
    inner = packed({"x.docx": data}, "flag")
    good = packed({"a.docx": data, "b.docx": b"B" * 5000, "内.zip": inner}, "flag")
    at = good.index(b"b.docx") + 10
    broken = good[:at] + b"\xff" * 6 + good[at + 6 :]
    (tmp_path / "a.zip").write_bytes(broken)
    read = {s.source_name: s for s in load_all(catalog, tmp_path, NINGXIA)}
    assert [f.rule for f in read["a.zip/内.zip"].findings] == ["nested_archive"]
    assert [f.rule for f in read["a.zip/b.docx"].findings] == ["file_damaged"]
    assert compare(truth, [read["a.zip/a.docx"]], unit_id).exact == len(truth)


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/x.docx",
        "/etc/x.docx",
        "..\\..\\x.docx",
        "C:\\Windows\\x.docx",
        "a.docx:evil.exe",
        "x" * 300 + ".docx",
        "a\x00b.docx",
        "a\nb.docx",
        "con/nul.docx",
    ],
)
def test_hostile_names_are_never_written(
    catalog: Catalog, forms: dict[str, tuple[bytes, Truth]], tmp_path: Path, name: str
) -> None:
    (unit_id, (data, truth)), *_ = forms.items()
    info = zipfile.ZipInfo("placeholder.docx")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info.filename = name
        archive.writestr(info, data)
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.zip").write_bytes(out.getvalue())
    before = set(tmp_path.rglob("*"))
    (submission,) = load_all(catalog, folder, NINGXIA)
    assert compare(truth, [submission], unit_id).exact == len(truth)
    assert ".." not in submission.source_name.split("/") and "\\" not in submission.source_name
    assert submission.source_name.isprintable() and len(submission.source_name) < 450
    assert set(tmp_path.rglob("*")) == before
    stored = etl.unpack.unpack(etl.unpack.Archive(find_jobs(catalog, [folder], NINGXIA)[0], tmp_path / "out", ())).jobs
    assert [j.path.parent for j in stored] == [tmp_path / "out"] and stored[0].path.name.isdigit()


def test_too_many_too_large_and_protected_archives(
    catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forms: dict[str, tuple[bytes, Truth]]
) -> None:
    data = next(iter(forms.values()))[0]
    (tmp_path / "many.zip").write_bytes(packed({f"{n}.docx": b"x" for n in range(2100)}, "flag"))
    (tmp_path / "large.zip").write_bytes(packed({f"{n}.docx": b" " * 15_000_000 for n in range(15)}, "flag"))
    (tmp_path / "big-member.zip").write_bytes(packed({"big.docx": b" " * 21_000_000, "a.docx": data}, "flag"))
    locked = bytearray(packed({"a.docx": data}, "flag"))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + offset] |= 1
    (tmp_path / "locked.zip").write_bytes(bytes(locked))
    read = {s.source_name: [f.rule for f in s.findings] for s in load_all(catalog, tmp_path, NINGXIA) if s.is_refused}
    assert read == {
        "many.zip": ["zip_too_large"],
        "large.zip": ["zip_too_large"],
        "big-member.zip/big.docx": ["file_too_large"],
        "locked.zip": ["encrypted"],
    }


def test_the_same_archive_gives_the_same_release(
    forms: dict[str, tuple[bytes, Truth]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.zip").write_bytes(packed({f"{NINGXIA}/{u}.docx": d for u, (d, _) in forms.items()}, "flag"))
    names = set()
    for number in range(2):
        out = tmp_path / f"out{number}"
        assert main(["load", str(folder), "--releases", str(out)]) == 0
        names |= {p.name for p in out.glob("*.duckdb")}
    assert len(names) == 1
    assert "3 个" in capsys.readouterr().out


def test_names_of_both_codes() -> None:
    with zipfile.ZipFile(io.BytesIO(packed({"渝北区.docx": b"x"}, "gb18030"))) as archive:
        assert [readable_name(i) for i in archive.infolist()] == ["渝北区.docx"]
    assert harmless("../a/./b\\..\\c.docx") == "a/b/c.docx"
