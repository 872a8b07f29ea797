"""A file's own name, by which it is known when it is kept elsewhere or sent again."""

from __future__ import annotations

import re

_COPY_NUMBER = re.compile(r" \(\d+\)(?=\.[^.]*$|$)")


def own_name(path: str) -> str:
    """The name without folders and without the number that a second file of that name gets."""
    return _COPY_NUMBER.sub("", path.rsplit("/", 1)[-1])
