"""Names of files as the clerk knows them, without the folders that desk and inbox keep them in; what was typed, without the blank's brackets."""

from __future__ import annotations

import re

# staged/…, and in the inbox the folders of a day or of a campaign.
_FOLDERS = re.compile(r"(?<![A-Za-z0-9_/.-])(?:(?:staged|inbox|samples|[a-z]+-\d{4}|\d{4}-\d\d-\d\d)/)+")

_BLANK = "\u7a7a"  # 空: a place in a form names the blank, one in a table only the cell
_BRACKETED = re.compile(r"\((?:[^()]*|\([^()]*\)|（[^（）]*）)\)|（[^（）]*）")


def without_folders(text: str) -> str:
    """A file's name, or a message that quotes one, without them."""
    return _FOLDERS.sub("", text)


def typed_words(raw: str, place: str) -> str:
    """What was typed, in a form's blank without the pair of brackets that the form prints around it."""
    return raw[1:-1].strip() if _BLANK in place and _BRACKETED.fullmatch(raw) else raw
