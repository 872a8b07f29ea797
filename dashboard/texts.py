"""All words users read, in both languages, from texts.yaml. A missing key is an error, never an empty label."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from dashboard.records import Lang

FILE = Path(__file__).with_name("texts.yaml")


class TextMissing(KeyError):
    """A key, or its text in one language, is not in texts.yaml."""


@cache
def read_texts() -> dict[str, dict[str, str]]:
    """Key -> language -> text."""
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {str(key): {str(lang): str(text) for lang, text in pair.items()} for key, pair in data.items()}


def text(lang: Lang, key: str, /, **values: object) -> str:
    """The text of this key, with {names} filled in. Raises TextMissing."""
    try:
        found = read_texts()[key][lang]
    except KeyError as error:
        raise TextMissing(f"{key} ({lang})") from error
    return found.format(**values) if values else found


def has_text(key: str) -> bool:
    """Whether the key is known."""
    return key in read_texts()


def choose(lang: Lang, zh: str, en: str) -> str:
    """The text of a row that carries both languages; Chinese where the English is empty."""
    return zh if lang == "zh" or not en else en
