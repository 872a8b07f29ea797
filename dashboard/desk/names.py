"""Names of files as the clerk knows them, without the folders that desk and inbox keep them in; what was typed, without the blank's brackets."""

from __future__ import annotations

import re

# staged/…, and in the inbox the folders of a day or of a campaign.
_FOLDERS = re.compile(r"(?<![A-Za-z0-9_/.-])(?:(?:staged|inbox|samples|[a-z]+-\d{4}|\d{4}-\d\d-\d\d)/)+")

# A place in a form names the blank, one in a table only the cell.
_BLANK = re.compile(r"\u7a7a\d+$")
_BRACKETED = re.compile(r"\((?:[^()]*|\([^()]*\)|\uff08[^\uff08\uff09]*\uff09)\)|\uff08[^\uff08\uff09]*\uff09")


def without_folders(text: str) -> str:
    """A file's name, or a message that quotes one, without them."""
    return _FOLDERS.sub("", text)


def typed_words(raw: str, place: str) -> str:
    """What was typed, in a form's blank without the pair of brackets that the form prints around it."""
    return raw[1:-1].strip() if _BLANK.search(place) and _BRACKETED.fullmatch(raw) else raw
