"""Columns of another year, month or week, of plans and of growth, told by their heads."""

from __future__ import annotations

from collections import Counter

from etl.collected.sheet.heads import without_unit
from etl.collected.sheet.times import own_time_off
from etl.interpret.lexicon import load_lexicon


def of_this_period(
    data: dict[int, tuple[str, ...]], year: int, printed: str
) -> tuple[dict[int, tuple[str, ...]], dict[int, str]]:
    """The columns without those of another period or of plans; words that only say “this year, so far, done” are dropped.

    Beside them, of columns that may be plans or the form's own 计划, that word: only a blank that says it too may be theirs. `printed`: the
    words of the form's blanks.
    """
    lex = load_lexicon()
    timed = {c: [own_time_off(word, year) for word in path] for c, path in data.items()}
    # (个)5月 is of another time, (个)6月 and (个)累计 are the figure.
    data = {
        c: tuple(w for w, _ in words if w)
        for c, words in timed.items()
        if all(kind in ("", "this") for _, kind in words)
    }
    marked = {c: _marks(path, year) for c, path in data.items()}
    rests = Counter(rest for _, rest in marked.values())
    # 累计 says total in most tables; beside 本周 it is the figure itself.
    has_other = any("other" in kinds.values() for kinds, _ in marked.values())
    kept: dict[int, tuple[str, ...]] = {}
    doubtful: dict[int, str] = {}
    for column, path in data.items():
        kinds, rest = marked[column]
        other = next((without_unit(mark) for mark, kind in kinds.items() if kind == "other"), "")
        if other and (rests[rest] > 1 or other not in printed):
            continue
        if other:
            doubtful[column] = other
        # 2021年曝光问题隐患 alone is this campaign's figure too.
        is_dated = all(mark[:4] == str(year) and mark not in printed for mark in kinds)
        is_plain = not other and (rests[rest] > 1 or is_dated or all(mark in path for mark in kinds))
        left = tuple(w for w in (rest if is_plain else path) if not (has_other and without_unit(w) in lex.so_far))
        kept[column] = left or path
    return kept, doubtful


def _marks(path: tuple[str, ...], year: int) -> tuple[dict[str, str], tuple[str, ...]]:
    """What the words of a head say about time and kind (mark -> this or other), and the head without it."""
    lex = load_lexicon()
    kinds, rest = {}, []
    for word in path:
        plain = without_unit(word)
        if plain in lex.other_period | lex.this_period:
            kinds[word] = "other" if plain in lex.other_period else "this"
            continue
        found = lex.period_mark.fullmatch(word)
        said = next((g for g in found.groups() if g), "") if found else ""
        if said:
            is_other = said[:4] != str(year) if said[:2].isdigit() else said in lex.other_period
            kinds[word if said == plain else said] = "other" if is_other else "this"
        left = word.replace(f"({said})", "", 1) if f"({said})" in word else word.replace(said, "", 1)
        if left:
            rest.append(left)
    return kinds, tuple(rest)
