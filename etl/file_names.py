"""A file's own name, by which it is known when it is kept elsewhere or sent again."""

from __future__ import annotations

import re

_SUFFIX = re.compile(r"\.[A-Za-z]{2,5}$")
_COPY_NUMBER = re.compile(r" \(\d+\)(?=\.[^.]*$|$)")


def own_name(path: str) -> str:
    """The name without folders and without the number that a second file of that name gets."""
    return _COPY_NUMBER.sub("", path.rsplit("/", 1)[-1])


def names_of_path(path: str) -> list[str]:
    """What a path below the loaded folder is made of, the file's own name without its suffix last."""
    *folders, name = path.replace("\\", "/").split("/")
    return [*filter(None, folders), _SUFFIX.sub("", name)]
