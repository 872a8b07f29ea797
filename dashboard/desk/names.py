"""Names of files as the clerk knows them: without the folders that desk and inbox keep them in."""

from __future__ import annotations

import re

# staged/…, and in the inbox the folders of a day or of a campaign.
_FOLDERS = re.compile(r"(?<![A-Za-z0-9_/.-])(?:(?:staged|inbox|samples|[a-z]+-\d{4}|\d{4}-\d\d-\d\d)/)+")


def without_folders(text: str) -> str:
    """A file's name, or a message that quotes one, without them."""
    return _FOLDERS.sub("", text)
