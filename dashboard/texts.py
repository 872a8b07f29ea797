"""All words users read, in both languages, from texts.yaml. A missing key is an error, never an empty label."""

from __future__ import annotations

import string
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from dashboard.records import Lang

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Curly quotes are as wide as a Chinese character in our font; English has the straight ones.
STRAIGHT = str.maketrans("\u201c\u201d\u2018\u2019", "\"\"''")
FILE = Path(__file__).with_name("texts.yaml")


class Words(string.Formatter):
    """Fills texts in; {n:unit|units} gives the first word for one and the second for any other number."""

    def format_field(self, value: object, format_spec: str) -> str:
        """The value, or the word that agrees with it."""
        if "|" not in format_spec:
            return str(super().format_field(value, format_spec))
        one, many = format_spec.split("|")
        return one if str(value) == "1" else many


WORDS = Words()


class TextMissing(KeyError):
    """A key, or its text in one language, is not in texts.yaml."""


@cache
def read_texts() -> dict[str, dict[str, str]]:
    """Key -> language -> text."""
    data = yaml.load(FILE.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a SafeLoader
    return {str(key): {str(lang): str(text) for lang, text in pair.items()} for key, pair in data.items()}


def text(lang: Lang, key: str, /, **values: object) -> str:
    """The text of this key, with {names} filled in. Raises TextMissing."""
    try:
        found = read_texts()[key][lang]
    except KeyError as error:
        raise TextMissing(f"{key} ({lang})") from error
    if not values:
        return found
    return WORDS.vformat(found, (), values) if "|" in found else found.format(**values)


def has_text(key: str) -> bool:
    """Whether the key is known."""
    return key in read_texts()


def choose(lang: Lang, zh: str, en: str) -> str:
    """The text of a row that carries both languages; Chinese where the English is empty."""
    return zh if lang == "zh" or not en else en.translate(STRAIGHT)
