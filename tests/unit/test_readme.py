"""What both READMEs tell a new user holds, and holds in both languages."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from etl.catalog import load_catalog

ROOT = Path(__file__).resolve().parents[2]
READMES = {
    lang: (ROOT / name).read_text(encoding="utf-8") for lang, name in (("en", "README.md"), ("zh", "README.zh.md"))
}
WORDS = {
    "en": ("some provinces and cities", "in a browser", "clicker", "in Chinese and English"),
    "zh": ("部分省市公布数", "用浏览器打开", "翻页器", "中英文"),
}


@pytest.mark.parametrize("lang", READMES)
def test_it_says_which_figures_are_real_and_how_the_page_is_opened(lang: str) -> None:
    published = {c.jurisdiction_id for c in load_catalog().campaigns.values() if c.basis == "published"}
    assert len(published - {"china"}) > 1
    assert [word for word in WORDS[lang] if word not in READMES[lang]] == []


@pytest.mark.parametrize("lang", READMES)
def test_the_ports_it_names_are_those_of_the_commands(lang: str) -> None:
    usual = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["server"]["port"]
    assert f"PORT ?= {usual}" in (ROOT / "Makefile").read_text(encoding="utf-8")
    asked = re.findall(r"make serve PORT=(\d+)", READMES[lang])
    assert len(asked) == 1
    assert set(re.findall(r"127\.0\.0\.1:(\d+)", READMES[lang])) == {str(usual), *asked}


def test_both_promise_as_much() -> None:
    promised = {lang: re.findall(r"^\d\. ", words.split("\n## ")[-1], re.MULTILINE) for lang, words in READMES.items()}
    assert promised["zh"] == promised["en"] and len(promised["en"]) == 5
