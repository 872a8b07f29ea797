"""A file's own name, by which it is known when it is kept elsewhere or sent again."""

from __future__ import annotations

import re

_SUFFIX = re.compile(r"\.[A-Za-z]{2,5}$")
_COPY_NUMBER = re.compile(r" \(\d+\)(?=\.[^.]*$|$)")
_COPY_MARK = re.compile(r"[(（]\d+[)）]|副本|复件|拷贝|(?<![a-z])copy(?![a-z])", re.IGNORECASE)
_DESK_FOLDER = re.compile(r"^(?:inbox/)?\d{4}-\d\d-\d\d/|^(?:inbox|staged)/")


def own_name(path: str) -> str:
    """The name without folders and without the number that a second file of that name gets."""
    return _COPY_NUMBER.sub("", path.rsplit("/", 1)[-1])


def is_named_copy(path: str) -> bool:
    """Whether a file's name says that it is a copy of another: 表(2).docx, 表 - 副本.docx, Copy of 表.docx."""
    return _COPY_MARK.search(path.rsplit("/", 1)[-1]) is not None


def sent_path(path: str) -> str:
    """A path below the loaded folder as its sender made it: without the folders that the desk keeps files in.

    The desk's folder of a day says when a file was published: nobody said it of the file.
    """
    return _DESK_FOLDER.sub("", path.replace("\\", "/"))


def names_of_path(path: str) -> list[str]:
    """What a path is made of that people named, the file's own name without its suffix last."""
    *folders, name = sent_path(path).split("/")
    return [*filter(None, folders), _SUFFIX.sub("", name)]
