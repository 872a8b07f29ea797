"""What stands between a blank's printed words and its unit where no answer was found: 活动<六百>场, 参与若干人次, 活动 6月8日 场."""

from __future__ import annotations

import re

from etl.extract.fill import Fill
from etl.extract.slots import FormSlot
from etl.extract.spans import MASK
from etl.extract.squeeze import Squeezed
from etl.interpret.count import Typed
from etl.interpret.lexicon import load_lexicon
from etl.interpret.numerals import NUMERAL_CHARS, ODD_NUMERALS
from etl.interpret.states import word_state

_LONGEST = 16  # letters of an answer in words
_NUMBER = re.compile(rf"[\d{NUMERAL_CHARS}{ODD_NUMERALS}]")
_LETTERS = re.compile(r"\w")


def says_number(words: str) -> bool:
    """Whether a number of any kind stands in words."""
    return _NUMBER.search(words) is not None


def between_words(slot: FormSlot, cell: Squeezed, text: str, head: Fill | None) -> Fill:
    """The fill of a blank without an answer: words with a number in them, or one that is no number (若干), read as typed.

    `text`: the squeezed text with every answer masked. `head`: the fill of the blank before. Missing where nothing of the kind stands.
    """
    missing = Fill(slot.indicator_id, None, None)
    start, stop = 0, len(text)
    if slot.is_dependent:
        if head is None or head.typed is None:
            return missing
        start = head.start
        stop = start + len(re.split("[;.]", text[start:])[0])
    if slot.kind != "count" or not slot.label or not slot.unit:
        return missing
    pattern = rf'{re.escape(slot.label)}[:="]*([^,.;:{MASK}]{{1,{_LONGEST}}}?)({re.escape(slot.unit)}|[,.;]|$)'
    found = re.compile(pattern).search(text, start, stop)
    if found is None or not _LETTERS.search(found.group(1)):
        return missing
    words, has_unit = found.group(1), found.group(2) == slot.unit
    is_word = has_unit and word_state(words.lower(), load_lexicon()) is not None
    if not is_word and not _NUMBER.search(words):
        return missing
    raw = cell.raw(*found.span(1))
    return Fill(slot.indicator_id, Typed(raw), raw, "likely" if has_unit else "uncertain", start=found.start(1))
