"""The order and size of a report's pictures among its text, so that no page is left half empty.

An office program moves a picture that no longer fits to the next page and leaves the rest of the page white. So a picture may
wait while the text of its section goes on, another one may go before it, and it may be set a little smaller. Of all such
layouts the cheapest is taken: white at a page's foot costs most, then small pictures, then pictures far from their text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from dashboard.components.page import View
from dashboard.reports.blocks import Annex, Block, Heading, Para, Picture
from dashboard.reports.chart import Chart
from dashboard.reports.docx_style import LINES_A_PAGE
from dashboard.reports.page_lines import CAPTION_LINES, block_lines
from dashboard.texts import has_text

FIRST_LINES: Final = 4  # of the title and what stands below it
SCALES: Final = (1.0, 0.94, 0.88, 0.82)  # below, words of seven points are hard to read
SMALL_COST: Final = 30.0  # of a picture at no size
FAR_COST: Final = 0.4  # of a picture for each block that goes before it
MUCH_WHITE: Final = 0.18 * LINES_A_PAGE
MUCH_COST: Final = 60.0  # for each line beyond
MAX_KEPT: Final = 80

Lines: TypeAlias = Callable[[Block], float]


@dataclass(frozen=True)
class Layout:
    """One way to set the blocks so far: what it costs, how many lines of the page are left, which pictures wait."""

    cost: float
    left: float
    placed: tuple[Block, ...]
    waiting: tuple[Picture, ...]

    def broken(self, lines: float) -> Layout:
        """A new page, where so many lines no longer fit this one."""
        if lines <= self.left:
            return self
        much = max(self.left - MUCH_WHITE, 0) * MUCH_COST
        return replace(self, cost=self.cost + self.left**2 + much, left=float(LINES_A_PAGE))

    def with_text(self, block: Block, lines: float, together: float) -> Layout:
        """The block below the last one; it goes on on the next page, its first lines stay `together`."""
        own = self.broken(together)
        left = own.left - lines
        while left <= 0:
            left += LINES_A_PAGE
        return replace(
            own, cost=own.cost + FAR_COST * len(self.waiting), left=left, placed=(*self.placed, block)
        )  # fmt: skip

    def with_picture(self, place: int, scale: float, lines: float) -> Layout:
        """The waiting picture of this place in this size; it stands whole on a page."""
        own = self.broken(lines)
        picture = replace(self.waiting[place], scale=scale)
        left = own.left - lines
        return replace(
            own, cost=own.cost + SMALL_COST * (1 - scale) + FAR_COST * place,
            left=left if left > 0 else float(LINES_A_PAGE), placed=(*self.placed, picture),
            waiting=self.waiting[:place] + self.waiting[place + 1 :],
        )  # fmt: skip


def flowed(view: View, blocks: Iterable[Block], lines_of: Lines | None = None) -> tuple[Block, ...]:
    """The blocks with their pictures where they fit, in their own section; numbered as they stand, and named in its text.

    `lines_of`: how many lines a block takes, a picture in its full size; estimated where it is not given.
    """
    given = list(blocks)
    lines = lines_of or (lambda block: block_lines(view, block))
    # What a text takes once it names its pictures; which numbers it names makes hardly a difference.
    told = referred(view, numbered(view, given), given) if lines_of is None else given
    layouts = [Layout(0, LINES_A_PAGE - FIRST_LINES, (), ())]
    for place, block in enumerate(given):
        if isinstance(block, Picture):
            layouts = [replace(layout, waiting=(*layout.waiting, block)) for layout in layouts]
            continue
        if isinstance(block, Annex | Heading):
            layouts = cheapest(settled for layout in layouts for settled in all_settled(layout, lines))
        else:
            layouts = cheapest(some for layout in layouts for some in some_settled(layout, lines))
        together = first_lines(given[place:])
        layouts = [layout.with_text(block, lines(told[place]), together) for layout in layouts]
    ended = cheapest(settled for layout in layouts for settled in all_settled(layout, lines))
    return referred(view, numbered(view, ended[0].placed), given)


def first_lines(blocks: Sequence[Block]) -> float:
    """How many lines the first block keeps together: headings with a line of what they name."""
    n_headings = next((n for n, block in enumerate(blocks) if not isinstance(block, Heading)), len(blocks))
    return min(n_headings + 1, LINES_A_PAGE)


def cheapest(layouts: Iterable[Layout]) -> list[Layout]:
    """The cheapest ones, one of those that go on alike."""
    found: dict[tuple[float, tuple[int, ...]], Layout] = {}
    for layout in layouts:
        key = (round(layout.left, 1), tuple(map(id, layout.waiting)))
        if key not in found or layout.cost < found[key].cost:
            found[key] = layout
    return sorted(found.values(), key=lambda layout: layout.cost)[:MAX_KEPT]


def some_settled(layout: Layout, lines: Lines) -> Iterator[Layout]:
    """The layout with none, some or all of its waiting pictures set; none right below a heading, which names the text."""
    yield layout
    if layout.placed and isinstance(layout.placed[-1], Heading):
        return
    for further in one_settled(layout, lines):
        yield from some_settled(further, lines)


def all_settled(layout: Layout, lines: Lines) -> Iterator[Layout]:
    """The layout with all its waiting pictures set, in any order and size."""
    if not layout.waiting:
        yield layout
    for further in one_settled(layout, lines):
        yield from all_settled(further, lines)


def one_settled(layout: Layout, lines: Lines) -> Iterator[Layout]:
    """The layout with one more of its pictures set."""
    for place, picture in enumerate(layout.waiting):
        for scale in SCALES:
            full = lines(picture)
            yield layout.with_picture(place, scale, scale * (full - CAPTION_LINES) + CAPTION_LINES)


def numbered(view: View, blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks, their pictures numbered in this order: 图1 …"""
    found: list[Block] = []
    n_pictures = 0
    for block in blocks:
        if isinstance(block, Picture):
            n_pictures += 1
            caption = view.t("report.picture", n=n_pictures, title=caption_title(view, block.chart))
            found.append(replace(block, caption=caption))
        else:
            found.append(block)
    return tuple(found)


def caption_title(view: View, chart: Chart) -> str:
    """What the chart shows, as a report's caption says it; its own title where there are no such words."""
    key = f"report.caption.{chart.name}"
    if not has_text(key):
        return chart.title
    return view.t(key, label=chart.label, unit=chart.unit, base=view.filters.base_year)


def referred(view: View, blocks: Sequence[Block], given: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks; each paragraph names the pictures that stood behind it as they were `given`, wherever they stand now, behind its
    own annexes: …（见附件1、图1、图2）。"""
    names: dict[int, str] = {}  # by chart
    for block in blocks:
        if isinstance(block, Picture):
            names[id(block.chart)] = view.t("report.figure", n=len(names) + 1)
    seen: dict[int, list[str]] = {id(block): list(block.see) for block in given if isinstance(block, Para)}
    paragraph: Para | None = None
    for block in given:
        if isinstance(block, Heading):
            paragraph = None
        elif isinstance(block, Para) and not block.is_blank:
            paragraph = block
        elif isinstance(block, Picture) and paragraph is not None:
            seen[id(paragraph)].append(names[id(block.chart)])
    return tuple(named_in(view, block, seen.get(id(block), ())) for block in blocks)


def named_in(view: View, block: Block, figures: Sequence[str]) -> Block:
    """The paragraph with these annexes and pictures named before its full stop; any other block as it is."""
    if not figures or not isinstance(block, Para):
        return block
    stop = view.t("headline.stop")
    see = view.t("report.see", figures=view.t("names.glue").join(figures))
    return replace(block, text=block.text.rstrip().removesuffix(stop) + see + stop)
