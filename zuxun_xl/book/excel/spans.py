"""What is alike in many cells, asked in few calls: an area whose cells differ is halved until each part is of one kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from zuxun_xl.book.rectangles import Rectangle

T = TypeVar("T")


def spans(first: int, last: int, ask: Callable[[int, int], T | None]) -> Iterator[tuple[int, int, T]]:
    """First and last of each stretch of rows with its common answer; ``ask`` gives ``None`` where the rows of a stretch differ."""
    answer = ask(first, last) if first <= last else None
    if answer is not None:
        yield first, last, answer
    elif first < last:
        middle = (first + last) // 2
        yield from spans(first, middle, ask)
        yield from spans(middle + 1, last, ask)


@dataclass(frozen=True)
class Merges:
    """How to find merged cells.

    Attributes:
        empty: whether a cell shows nothing, as all cells of a merged one but the first do.
        state: whether all cells of an area are merged ones; ``None`` where some are.
        at: the merged cell to which a cell belongs.
    """

    empty: Callable[[int, int], bool]
    state: Callable[[Rectangle], bool | None]
    at: Callable[[int, int], Rectangle]

    def within(self, area: Rectangle) -> set[Rectangle]:
        """Merged cells that touch an area."""
        top, left, bottom, right = area
        if not any(self.empty(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)):
            return set()  # of a merged cell all but the first are empty: its other part is found from there
        state = self.state(area)
        if state is False:
            return set()
        if state or (top, left) == (bottom, right):
            found = self.at(top, left)
            return {found}.union(*map(self.within, _without(area, found)))
        return set().union(*map(self.within, _halves(area)))


def _halves(area: Rectangle) -> tuple[Rectangle, Rectangle]:
    top, left, bottom, right = area
    if bottom - top >= right - left:
        middle = (top + bottom) // 2
        return (top, left, middle, right), (middle + 1, left, bottom, right)
    middle = (left + right) // 2
    return (top, left, bottom, middle), (top, middle + 1, bottom, right)


def _without(area: Rectangle, gone: Rectangle) -> Iterator[Rectangle]:
    """What is left of an area beside and below a part at its upper left corner."""
    top, left, bottom, right = area
    if gone[3] < right:
        yield top, gone[3] + 1, min(gone[2], bottom), right
    if gone[2] < bottom:
        yield gone[2] + 1, left, bottom, right
