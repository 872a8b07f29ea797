"""A case's form as the file that another program, a scanner under a stamp, or an archiver makes of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.paper import ON_ANSWERS, ON_UNIT, STAMP, pages_of, save, scanned, stamped
from tests.cases.writing import Recipe, extension, write
from tests.formats.made import save_all
from tests.formats.ofd_writer import ofd_of_pdf
from tests.formats.test_archives import packed

# What LibreOffice has to save first. Its own way from .docx to .doc loses the table: it goes by .odt.
_FIRST = {"doc": "doc", "pdf": "pdf", "html": "html", "ofd": "pdf", "scan.pdf": "pdf", "scan.jpg": "pdf"}
_STAMPS = {"unit": ON_UNIT, "answers": ON_ANSWERS}


def needs_programs(recipe: Recipe) -> bool:
    """Whether the file is more than Python writes in a moment, and is to be read in a load's rounds."""
    return "saved_as" in recipe or "zip" in recipe


def _parts(recipes: Iterable[Recipe]) -> Iterable[Recipe]:
    for recipe in recipes:
        yield from _parts(recipe["zip"]) if "zip" in recipe else (recipe,)


def _key(recipe: Recipe) -> str:
    kept = {k: v for k, v in recipe.items() if k not in ("saved_as", "stamp", "name", "folder", "received")}
    return json.dumps(kept, sort_keys=True, default=str, ensure_ascii=False)


@dataclass(frozen=True)
class RealFiles:
    """Files of LibreOffice by recipe and suffix, and what is made of them."""

    folder: Path
    numbers: Mapping[str, int]

    def write(self, recipe: Recipe) -> bytes:
        """The bytes of a file, whatever makes it."""
        if "zip" in recipe:
            files = {
                r.get("name", f"表{n}.{extension(r)}"): self.write(r) for n, r in enumerate(recipe["zip"], start=1)
            }
            return packed(files, recipe.get("names", "utf-8"))
        wanted = recipe.get("saved_as")
        if wanted is None:
            return write(recipe)
        saved = self.folder / f"{self.numbers[_key(recipe)]}.{_FIRST[wanted]}"
        if wanted == "ofd":
            return ofd_of_pdf(saved)
        return _scan(saved, recipe) if wanted.startswith("scan") else saved.read_bytes()


def _scan(pdf: Path, recipe: Recipe) -> bytes:
    """The pages off a scanner, the first under a red stamp where the recipe says one."""
    rng = np.random.default_rng(7)
    pages = pages_of(pdf)
    for where in recipe.get("stamp", ()):
        pages[0] = stamped(pages[0], _STAMPS[where], STAMP, rng)
    target = pdf.with_name(
        f"scan-{pdf.stem}-{'-'.join(recipe.get('stamp', ()))}.{recipe['saved_as'].partition('.')[2]}"
    )
    return save([scanned(p, rng, 0.6) for p in pages], target).read_bytes()


def save_real_files(recipes: Iterable[Recipe], folder: Path) -> None:
    """All that LibreOffice has to save, one call a format, and the list of what is where."""
    wanted: dict[str, dict[str, Path]] = {}
    numbers: dict[str, int] = {}
    for recipe in _parts(recipes):
        if "saved_as" in recipe:
            number = numbers.setdefault(_key(recipe), len(numbers))
            path = folder / f"{number}.{extension({k: v for k, v in recipe.items() if k != 'saved_as'})}"
            path.write_bytes(write({k: v for k, v in recipe.items() if k != "saved_as"}))
            wanted.setdefault(_FIRST[recipe["saved_as"]], {})[path.name] = path
    if "pdf" in wanted:
        save_all(list(wanted["pdf"].values()), "pdf")
    if "doc" in wanted:
        save_all(save_all(list(wanted["doc"].values()), "odt"), "doc")
    if "html" in wanted:
        save_all(list(wanted["html"].values()), "html", "HTML (StarCalc)")
    (folder / "numbers.json").write_text(json.dumps(numbers, ensure_ascii=False), encoding="utf-8")


def real_files(folder: Path) -> RealFiles:
    """What was saved in the folder."""
    return RealFiles(folder, json.loads((folder / "numbers.json").read_text(encoding="utf-8")))
