"""Personal data in typed text: numbers, addresses and names of contacts are made unreadable before anything is kept."""

from __future__ import annotations

import re
from functools import lru_cache

from etl.interpret.lexicon import load_lexicon

_GAP = r"[\s\-－—–·]?"
_MOBILE = re.compile(rf"(?<![\d])1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}(?!\d)|(?<!\d)1[3-9]\d{{9}}(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)[（(]?0\d{2,3}[)）]?[\s\-－—–]{0,2}\d{7,8}(?:[\s\-－—转]{1,2}\d{1,5})?(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}[01]\d[0-3]\d{4}[\dXx](?!\d)")
_MAIL = re.compile(r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]+[@＠][A-Za-z0-9.\-]+\.[A-Za-z]{2,}")
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
MASK = "***"
_BESIDE_PHONE = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,4}(?=\s+1X{10})")


def mask_private(text: str) -> str:
    """The text with phones, identity numbers, mail addresses and the names after 联系人: made unreadable."""
    if len(text) < 6 or not _suspect().search(text):
        return text
    if any("０" <= c <= "９" for c in text) and _holds_number(text.translate(_WIDE)):
        text = text.translate(_WIDE)
    for pattern in (_IDENTITY, _MOBILE, _LANDLINE, _MAIL):
        text = pattern.sub(_masked, text)
    text = _BESIDE_PHONE.sub(MASK, text)
    return _named().sub(lambda m: m.group(1) + MASK, text)


def mask_office(text: str) -> str:
    """A typed office name: only its first stretch, so that a person's name written behind it is not kept."""
    masked = mask_private(text).strip()
    words = re.split(r"[\s\u3000,，;；、/|]+", masked)
    kept = words[0] if words and re.search(load_lexicon().office_words, words[0]) else MASK
    if masked == "":
        return ""
    return kept if len(words) < 2 else f"{kept} {MASK}"


def mask_title(text: str) -> str:
    """The first line of an unknown document where it is a title; nothing of a text that may be about persons."""
    line = next((t for t in text.splitlines() if t.strip()), "")
    return mask_office(line)[:30] if re.search(load_lexicon().title_words, line) else ""


def _masked(match: re.Match[str]) -> str:
    return match.group(0)[:1] + "X" * 10 if match.group(0)[:1] == "1" else MASK


def _holds_number(text: str) -> bool:
    return any(p.search(text) for p in (_IDENTITY, _MOBILE, _LANDLINE))


@lru_cache(maxsize=1)
def _suspect() -> re.Pattern[str]:
    """Anything that could be private: a long run of digits, a mail sign, a word before a name. Most texts hold none."""
    roles = "|".join(load_lexicon().contact_roles)
    return re.compile(rf"[\d０-９][\d０-９\s\-－—–·()（）]{{5,}}|[@＠]|{roles}")


@lru_cache(maxsize=1)
def _named() -> re.Pattern[str]:
    roles = "|".join(load_lexicon().contact_roles)
    return re.compile(rf"((?:{roles})\s*[:：（(]\s*)[\u4e00-\u9fff·]{{2,4}}")
