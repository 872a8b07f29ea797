"""What is known of a campaign's form is said on the page and in the Word report: whole, assumed, preserved in part."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from dashboard.__main__ import main


@pytest.mark.parametrize(
    ("campaign", "said", "unsaid"),
    [
        ("ningxia-2021", ("只存部分活动", "不全"), "统计表不含"),
        ("chongqing-2022", ("年份的表推定",), "不全"),
        pytest.param("jincheng-2022", (), "推定", marks=pytest.mark.slow),
    ],
)
def test_a_word_report_says_what_the_form_is(
    sample_releases: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    campaign: str,
    said: tuple[str, ...],
    unsaid: str,
) -> None:
    monkeypatch.setenv("ATLAS_RELEASES", str(sample_releases))
    path = tmp_path / "r.docx"
    area = ["report", "--campaign", campaign, "--out", str(path)]
    assert main(area) == 0
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(path.read_bytes())).paragraphs)
    assert all(words in text for words in said) and unsaid not in text
