"""Both languages are complete, and every key that the code names exists."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from dashboard.texts import TextMissing, read_texts, text

CODE = sorted(Path(text.__code__.co_filename).parent.rglob("*.py"))
KEY = re.compile(r"""(?:\.t|text)\(\s*(?:lang,\s*|self\.lang,\s*|view\.lang,\s*|filters\.lang,\s*)?"([a-z_.0-9]+)\"""")
CJK = re.compile("[\u4e00-\u9fff]")


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("key", sorted(read_texts()))
def test_both_languages_with_the_same_fields(key: str) -> None:
    pair = read_texts()[key]
    assert set(pair) == {"zh", "en"}
    assert all(value.strip() for value in pair.values())
    assert fields(pair["zh"]) == fields(pair["en"])


@pytest.mark.parametrize("key", sorted(set(read_texts()) - {"filter.label.lang"}))
def test_english_texts_hold_no_chinese(key: str) -> None:
    assert not CJK.search(read_texts()[key]["en"])


def test_every_key_named_in_code_exists() -> None:
    named = {match for path in CODE for match in KEY.findall(path.read_text(encoding="utf-8"))}
    assert len(named) > 60
    assert sorted(named - set(read_texts())) == []


def test_a_missing_key_fails_loudly() -> None:
    with pytest.raises(TextMissing):
        text("zh", "no.such.key")
