"""The one tree of errors. A message says where, what was found, what was expected and what to do, in two languages."""

from __future__ import annotations


class AtlasError(Exception):
    """Base of all errors this product raises on purpose; `rule` names the finding it becomes."""

    rule = "failed"

    def __init__(
        self, message_zh: str, message_en: str, *, found: str = "", expected: str = "", place: str = ""
    ) -> None:
        super().__init__(f"{message_zh} / {message_en}")
        self.message_zh = message_zh
        self.message_en = message_en
        self.found = found
        self.expected = expected
        self.place = place


class CatalogError(AtlasError):
    """The catalogue contradicts itself; the program can't start."""

    rule = "catalog"


class UsageError(AtlasError):
    """A command line that can't be carried out: unknown campaign, form or path."""

    rule = "usage"


class FileRefused(AtlasError):
    """A submitted file that can't be read safely; the others go on."""

    rule = "file_refused"

    def __init__(
        self,
        rule: str,
        message_zh: str,
        message_en: str,
        *,
        found: str = "",
        expected: str = "",
        place: str = "",
    ) -> None:
        super().__init__(message_zh, message_en, found=found, expected=expected, place=place)
        self.rule = rule


class ReleaseError(AtlasError):
    """A release that can't be built, verified, published or found."""

    rule = "release"
