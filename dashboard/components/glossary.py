"""One line for each term of the trade that a sentence uses, for the reader who meets it the first time."""

from __future__ import annotations

from functools import cache
from typing import Final, get_args

from dashboard.components.markup import esc
from dashboard.records import Lang
from dashboard.texts import text

TERMS: Final = ("same", "close", "close_after_sum", "comparable", "slip", "soft", "break", "assumed")


@cache
def known_terms() -> tuple[tuple[str, str], ...]:
    """Term and its line, in both languages: a term of the one stands in no page of the other."""
    return tuple(
        (text(lang, f"glossary.{term}.term"), text(lang, f"glossary.{term}.line"))
        for lang in get_args(Lang)
        for term in TERMS
    )


def explain(*sentences: str) -> str:
    """The lines of the terms that these sentences use, one below the other; empty without one."""
    return "\n".join(line for term, line in known_terms() if any(term in sentence for sentence in sentences))


def help_html(*sentences: str) -> str:
    """A small mark that shows these lines under the pointer; nothing where no term is used."""
    lines = explain(*sentences)
    return (
        f'<span class="atlas-help" tabindex="0" role="img" title="{esc(lines)}" aria-label="{esc(lines)}">?</span>'
        if lines
        else ""
    )
