"""The text of a file that no form holds: whole, in order, without private data; of whatever can't be read the reason."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from etl.__main__ import main
from etl.errors import FileRefused
from etl.plain_text import MAX_LINES, text_inside
from tests.unit.etl.test_decisions import COUNT, form

CHAT = """潼南区应急局 张三 10:32
李小明 2021/6/30 10:33:01
理论学习中心组学习12次，参与356人次；联系人：王小明 13812345678

[1/2] 开展咨询活动30场 参与约1.1万人次 10:40
"""


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_text_is_whole_and_names_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "微信.txt"
    path.write_text(CHAT, encoding="utf-8")
    said = text_inside(path, digest(path))
    assert said == (
        "潼南区应急局 *** 10:32",
        "*** 2021/6/30 10:33:01",
        "理论学习中心组学习12次，参与356人次；联系人：*** 1XXXXXXXXXX",
        "[1/2] 开展咨询活动30场 参与约1.1万人次 10:40",
    )
    archive = tmp_path / "七月.zip"
    with zipfile.ZipFile(archive, "w") as opened:
        opened.write(path, "x/微信.txt")
    assert text_inside(archive, digest(path)) == said
    out = tmp_path / "out.txt"
    assert main(["text", str(path), "--sha256", digest(path), "--out", str(out)]) == 0
    assert out.read_text(encoding="utf-8").splitlines() == list(said)
    assert main(["text", str(path), "--sha256", "0" * 64]) == 1
    assert "读不出文字" in capsys.readouterr().err


def test_tables_keep_their_rows_and_a_long_text_says_that_it_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    form(path, **{COUNT: "12"})
    assert any("（12）" in line.replace(" ", "") for line in text_inside(path, digest(path)))
    long = tmp_path / "long.txt"
    long.write_text("各位领导好\n" * (MAX_LINES + 5), encoding="utf-8")
    said = text_inside(long, digest(long))
    assert len(said) == MAX_LINES + 1 and said[-1] == "…"
    broken = tmp_path / "b.docx"
    broken.write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(FileRefused):
        text_inside(broken, digest(broken))
