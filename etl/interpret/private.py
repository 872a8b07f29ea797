"""Personal data in typed text: numbers, addresses and names of contacts are made unreadable before anything is kept."""

from __future__ import annotations

import re
from functools import lru_cache

from etl.interpret.lexicon import load_lexicon

_GAP = r"[\s\-－—–·]?"
_ABROAD = rf"(?<!\d)(?:[+＋]|00)?86{_GAP}"
_MOBILE = re.compile(rf"(?:{_ABROAD}|(?<!\d))1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}(?!\d)")
_LANDLINE = re.compile(
    r"(?<!\d)(?:[（(]?0[1-9]\d{1,2}[)）]?|(?:[+＋]|00)86[\s\-－—–]?[（(]?0?\d{2,3}[)）]?)"
    r"[\s\-－—–]{0,2}\d{7,8}(?:[\s\-－—转]{1,2}\d{1,5})?(?!\d)"
)
_ACCOUNT = re.compile(
    r"((?<![A-Za-z])QQ\s*(?:号码?|群)?\s*[:：]?\s*)[1-9]\d{4,11}(?!\d)"
    r"|((?:微信|wechat|weixin|(?<![A-Za-z])vx)\s*(?:号码?|ID)?\s*[:：]?\s*)(?:[A-Za-z][A-Za-z0-9_\-]{5,19}|\d{5,12})(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_LOCAL = re.compile(r"((?:电话|座机|固话|传真)\s*(?:号码?)?\s*[:：]?\s*)[2-8]\d{6,7}(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}[01]\d[0-3]\d{4}[\dXx](?!\d)")
_MAIL = re.compile(r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]+[@＠][A-Za-z0-9.\-]+\.[A-Za-z]{2,}")
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
MASK = "***"
_BESIDE_PHONE = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,4}(?=\s+1X{10})")


def mask_private(text: str) -> str:
    """The text with phones, identity numbers, mail addresses and the names after 联系人: made unreadable."""
    if len(text) < 4 or (len(text) < 6 and text.isdecimal()) or not _suspect().search(text):
        return text
    if any("０" <= c <= "９" for c in text) and _holds_number(text.translate(_WIDE)):
        text = text.translate(_WIDE)
    text = _MOBILE.sub("1" + "X" * 10, _IDENTITY.sub(_masked, text))
    for pattern in (_LANDLINE, _MAIL):
        text = pattern.sub(MASK, text)
    for pattern in (_ACCOUNT, _LOCAL):
        text = pattern.sub(_behind_word, text)
    text = _before_phone().sub(MASK, _BESIDE_PHONE.sub(MASK, text))
    return _named().sub(_behind_word, text)


_FEW_FIGURES = 5  # digits of a count that stands where a name is looked for; a telephone has more
_STRETCH = re.compile(r"[^\s\u3000,，;；、/|]+")


def mask_office(text: str, places: frozenset[str] = frozenset()) -> str:
    """A typed office name without what may be a person's: the first stretch where it names an office or a place, and
    further ones (綦江区、万盛经开区) only where they are a place and nothing behind it.

    `places`: names that make a stretch a place (永川, 重庆), beside the words of offices (区, 局, 公司).
    """
    words = load_lexicon().office_words
    masked = mask_private(text).strip()

    def shown(match: re.Match[str]) -> str:
        said = match.group()
        is_first = match.start() == 0
        if is_first and re.search(words, said):
            return said
        if len(said) <= _FEW_FIGURES and said.isdecimal():
            return said
        is_place = any(place in said for place in places)
        is_whole = said in places or (is_place and re.search(rf"(?:{words})$", said) is not None)
        return said if is_whole or (is_first and is_place) else MASK

    masked = _STRETCH.sub(shown, masked)
    return re.sub(rf"(?:{re.escape(MASK)}[\s\u3000,，;；、/|]+)+{re.escape(MASK)}", MASK, masked)


def is_one_name(text: str) -> bool:
    """Whether a text is one stretch, with nobody's name behind a space or a mark."""
    return len(_STRETCH.findall(text)) == 1


def mask_title(text: str) -> str:
    """The first line of an unknown document where it is a title; nothing of a text that may be about persons."""
    line = next((t for t in text.splitlines() if t.strip()), "")
    return mask_office(line)[:30] if re.search(load_lexicon().title_words, line) else ""


def _behind_word(match: re.Match[str]) -> str:
    """The word that says what follows, and a mask."""
    return next(word for word in match.groups() if word is not None) + MASK


def _masked(match: re.Match[str]) -> str:
    return match.group(0)[:1] + "X" * 10 if match.group(0)[:1] == "1" else MASK


def _holds_number(text: str) -> bool:
    return any(p.search(text) for p in (_IDENTITY, _MOBILE, _LANDLINE))


@lru_cache(maxsize=1)
def _suspect() -> re.Pattern[str]:
    """Anything that could be private: a long run of digits, a mail sign, a word before a name. Most texts hold none."""
    roles = "|".join(load_lexicon().contact_roles)
    return re.compile(rf"[\d０-９][\d０-９\s\-－—–·()（）]{{5,}}|[@＠]|{roles}|QQ|微信|wechat|weixin|vx", re.IGNORECASE)


@lru_cache(maxsize=1)
def _before_phone() -> re.Pattern[str]:
    """A name right before a mobile number: 王小明13812345678, 王小明，138…."""
    return re.compile(rf"[{load_lexicon().surnames}][\u4e00-\u9fff]{{1,2}}(?=[\s,，、:：(（]{{0,3}}1X{{10}})")


@lru_cache(maxsize=1)
def _named() -> re.Pattern[str]:
    """A name behind a role: any behind a colon or bracket; right behind the role only one that starts like a name."""
    lex = load_lexicon()
    roles = "|".join(lex.contact_roles)
    plain = "|".join(r for r in lex.contact_roles if r not in lex.sentence_roles)
    name = rf"[{lex.surnames}][\u4e00-\u9fff]{{1,2}}"
    return re.compile(
        rf"((?:{roles})\s*[:：（(]\s*)[\u4e00-\u9fff·]{{2,4}}"
        rf"|((?:{plain})\s*[是为]?\s*){name}"
        rf"|((?:{'|'.join(lex.sentence_roles)})\s*[是为]?\s*){name}(?![\u4e00-\u9fff])"
    )
