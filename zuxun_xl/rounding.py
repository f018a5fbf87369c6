"""Rounding in whole numbers: a line by largest remainder, a table of two margins by proportional fitting and augmenting paths."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from operator import itemgetter

Cell = tuple[int, int]
Node = tuple[bool, int]
"""A row (``True``) or a column (``False``) of the table."""

_ROUNDS = 300
_EXACT = 1e-12
_DUST = 1e-7
_ENDLESS = 1 << 200


def largest_remainder(total: int, weights: Sequence[Fraction], step: int) -> list[int]:
    """A total that is not negative in multiples of a step; who would be rounded up next takes a rest smaller than a step."""
    weights = weights if any(weights) else [Fraction(1)] * len(weights)
    whole = sum(weights)
    quotas = [total * weight / whole for weight in weights]
    parts = [int(quota // step) * step for quota in quotas]
    left = total - sum(parts)
    for index in sorted(range(len(parts)), key=lambda index: (parts[index] - quotas[index], index)):
        extra = min(step, left)
        parts[index] += extra
        left -= extra
    return parts


@dataclass
class Table:
    """A table to be filled so that its margins hold; afterwards ``left`` tells what could not be placed.

    Attributes:
        rows, columns: the margins; ``None`` follows from the weights (on one axis only).
        weights: rows of weights, not negative.
        closed: cells that take nothing.
        step: cells are multiples of it as far as the margins are.
        filled: cell → its part.
        left: row or column → what its cells lack.
    """

    rows: Sequence[int | None]
    columns: Sequence[int | None]
    weights: Sequence[Sequence[float]]
    closed: set[Cell]
    step: int
    filled: dict[Cell, int] = field(default_factory=dict)
    left: dict[Node, int] = field(default_factory=dict)

    def fill(self) -> None:
        """Fits the weights to the margins, rounds down and hands out what is left: first by remainder, then along paths."""
        opened = {(True, i) for i, total in enumerate(self.rows) if total is None}
        opened |= {(False, j) for j, total in enumerate(self.columns) if total is None}
        free = [(i, j) for i in range(len(self.rows)) for j in range(len(self.columns)) if (i, j) not in self.closed]
        fit = _fitted(self, free)
        self._settle(opened, fit)
        floors = {cell: math.floor(fit[cell] / self.step + _DUST) * self.step for cell in free}
        over = {cell: fit[cell] - floors[cell] for cell in free}
        for i, j in free:
            self._add((i, j), min(floors[i, j], self.left[True, i], self.left[False, j]))
        low = dict(self.filled)
        high = {cell: floors[cell] + (self.step if over[cell] > _DUST * self.step else 0) for cell in free}
        for i, j in sorted(free, key=lambda cell: (-over[cell], cell)):
            if high[i, j] > self.filled[i, j] and min(self.left[True, i], self.left[False, j]) >= self.step:
                self._add((i, j), self.step)
        weighty = [cell for cell in free if fit[cell] > 0]
        for quantum in (self.step, 1):
            self._augment(Room(weighty, low, high), quantum)
        for cells in (weighty, free):
            self._augment(Room(cells, {}, {}), 1)
        self._augment(Room(free, {}, {}, opened), 1)

    def _settle(self, opened: set[Node], fit: dict[Cell, float]) -> None:
        """Margins to be met; open ones share what the other axis has beyond theirs as the fit does."""
        for is_row, totals in ((True, self.rows), (False, self.columns)):
            self.left |= {(is_row, index): total for index, total in enumerate(totals) if total is not None}
        if not opened:
            return
        axis = next(iter(opened))[0]
        rest = sum(total if node[0] is not axis else -total for node, total in self.left.items())
        places = sorted(opened)
        sums = dict.fromkeys(places, 0.0)
        for (i, j), value in fit.items():
            if (node := (axis, i if axis else j)) in sums:
                sums[node] += value
        parts = largest_remainder(max(rest, 0), [Fraction(sums[node]) for node in places], self.step)
        self.left |= dict(zip(places, parts, strict=True))

    def _add(self, cell: Cell, amount: int) -> None:
        self.filled[cell] = self.filled.get(cell, 0) + amount
        self.left[True, cell[0]] -= amount
        self.left[False, cell[1]] -= amount

    def _augment(self, room: Room, quantum: int) -> None:
        """Exchanges along the shortest alternating paths from rows to columns that lack something, until there is none."""
        while path := _path(self, room, quantum):
            ends = self.left[path[0]], self.left[path[-1]]
            amount = min(*ends, *(room.of(self, a, b) for a, b in _steps(path))) // quantum * quantum
            self.left[path[0]] -= amount
            self.left[path[-1]] -= amount
            for a, b in _steps(path):
                if a[0] is not b[0]:
                    cell = (a[1], b[1]) if a[0] else (b[1], a[1])
                    self.filled[cell] += amount if a[0] else -amount


@dataclass
class Room:
    """How far cells may be moved.

    Attributes:
        cells: those that may.
        low, high: bounds of each; without bounds from 0 without end.
        loose: rows or columns that may hand each other what they lack.
    """

    cells: Sequence[Cell]
    low: dict[Cell, int]
    high: dict[Cell, int]
    loose: set[Node] = field(default_factory=set)
    across: dict[Node, list[Node]] = field(init=False)

    def __post_init__(self) -> None:
        self.across = {}
        for i, j in self.cells:
            self.across.setdefault((True, i), []).append((False, j))
            self.across.setdefault((False, j), []).append((True, i))
        for node in sorted(self.loose):
            self.across.setdefault(node, []).extend(other for other in sorted(self.loose) if other != node)

    def of(self, table: Table, a: Node, b: Node) -> int:
        """How much can go from a row to a column, be taken back from a column by a row, or be handed on between loose ones."""
        if a[0] is b[0]:
            return _ENDLESS
        if a[0]:
            return self.high.get((a[1], b[1]), _ENDLESS) - table.filled[a[1], b[1]]
        return table.filled[b[1], a[1]] - self.low.get((b[1], a[1]), 0)


def _steps(path: Sequence[Node]) -> Iterator[tuple[Node, Node]]:
    return pairwise(path)


def _path(table: Table, room: Room, quantum: int) -> list[Node]:
    """The shortest path from a row that lacks something to a column that does; empty if there is none."""
    ends = {node for node, left in table.left.items() if left >= quantum}
    queue = deque(sorted(node for node in ends if node[0]))
    before: dict[Node, Node | None] = dict.fromkeys(queue)
    while queue:
        node = queue.popleft()
        if not node[0] and node in ends:
            return _back(node, before)
        for other in room.across.get(node, ()):
            if other not in before and room.of(table, node, other) >= quantum:
                before[other] = node
                queue.append(other)
    return []


def _back(node: Node | None, before: dict[Node, Node | None]) -> list[Node]:
    path: list[Node] = []
    while node is not None:
        path.append(node)
        node = before[node]
    return path[::-1]


def _fitted(table: Table, free: Sequence[Cell]) -> dict[Cell, float]:
    """Weights scaled to the margins in turn until they meet both, or as nearly as weights of 0 allow.

    A row or column that must take something and has weights of 0 only takes equal shares.
    """
    fit = {(i, j): table.weights[i][j] for i, j in free}
    axes: list[tuple[Sequence[int | None], Callable[[Cell], int]]] = [(table.rows, itemgetter(0)), (table.columns, itemgetter(1))]
    for totals, place in axes:
        sums = _sums(fit, place)
        poor = {index for index, total in enumerate(totals) if total and not sums.get(index)}
        fit |= {cell: 1.0 for cell in free if place(cell) in poor}
    for _ in range(_ROUNDS):
        worst = 0.0
        for totals, place in axes:
            sums = _sums(fit, place)
            factors = {index: total / sums[index] for index, total in enumerate(totals) if total is not None and sums.get(index)}
            fit = {cell: value * factors.get(place(cell), 1.0) for cell, value in fit.items()}
            worst = max([worst, *(abs(factor - 1) for factor in factors.values() if factor)])
        if worst < _EXACT:
            break
    return fit


def _sums(fit: dict[Cell, float], place: Callable[[Cell], int]) -> dict[int, float]:
    sums: dict[int, float] = {}
    for cell, value in fit.items():
        sums[place(cell)] = sums.get(place(cell), 0.0) + value
    return sums
