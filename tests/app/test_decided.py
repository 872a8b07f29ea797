"""What the collecting office has settled is nothing for the leader: corrected, explained or sent back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.release_builder import SMALL, build_release
from tests.app.running import plain_words, run
from tests.app.test_chosen_filters import Statement, republish
from tests.app.test_numbers import QUERY


def error(number: int, words: str, state: str) -> Statement:
    return (
        "insert into finding values (?, 'error', 'count_unreadable', 'chongqing-2022-500102-2', 'chongqing-2022', '500102',"
        " 'lecture_sessions', '', '', '', null, ?, ?, ?, '', '')", [f"e-{number}", words, words, state],
    )  # fmt: skip


@pytest.fixture
def decided(tmp_path: Path) -> Path:
    path = build_release(tmp_path, SMALL)
    republish(
        tmp_path,
        path,
        error(1, "仍未计入", "open"),
        error(2, "更正前未计入", "corrected"),
        error(3, "已核实", "explained"),
    )
    return tmp_path


@pytest.mark.parametrize("page", ["overview", "district"])
def test_only_open_findings_are_to_be_seen_to(decided: Path, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    shown = plain_words(run(decided, monkeypatch, page, unit="500102", **QUERY))
    assert "仍未计入" in shown
    assert "更正前未计入" not in shown and "已核实" not in shown


def rejected(number: int, name: str, rule: str) -> list[Statement]:
    return [
        ("insert into submission values (?, null, null, ?, ?, 'docx', null, null, null, 'refused', true, [], 0)",
         [f"r-{number}", name, str(number) * 64]),
        ("insert into finding values (?, 'error', ?, ?, null, null, null, '', '', '', null, ?, ?, 'open', '', '')",
         [f"r-f-{number}", rule, f"r-{number}", "说明", "words"]),
    ]  # fmt: skip


def test_a_file_sent_back_by_hand_is_nothing_for_the_leader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = build_release(tmp_path, SMALL)
    statements = [*rejected(1, "退回.docx", "rejected_by_hand"), *rejected(2, "不明.docx", "campaign_unknown")]
    republish(tmp_path, path, *statements)
    shown = plain_words(run(tmp_path, monkeypatch, "overview", **QUERY))
    assert "不明.docx" in shown and "退回.docx" not in shown
