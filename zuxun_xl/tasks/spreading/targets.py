"""Targets of groups and months that follow from the totals people gave: pure figures, no cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from zuxun_xl.periods import Period
from zuxun_xl.records.model import WHOLE
from zuxun_xl.spreading import Number, SpreadError, spread, spread_table

Key = tuple[str, Period]
"""A group (or 全部) and a month or longer period."""

_T = TypeVar("_T")
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Block:
    """Months of a scope whose sum is known: what a total leaves beside shorter totals inside it.

    Attributes:
        scope: the group or 全部.
        period: what the total was stated for.
        months: the months that share it.
        total: ``None`` where it is open.
    """

    scope: str
    period: Period
    months: tuple[Period, ...]
    total: Decimal | None


@dataclass(frozen=True, slots=True)
class Clash:
    """A total that cannot be reached beside the figures people typed."""

    scope: str
    period: Period
    total: Decimal
    locked: Decimal


@dataclass
class Targets:
    """The figures of one measure.

    Attributes:
        groups: names of the groups; 全部 alone where the form keeps no groups.
        months: the months of the year in order.
        typed: what people gave, for groups and 全部, months and longer periods.
        weights: of each group's months.
        step: free figures are multiples of it.
        clashes: what could not be.
    """

    groups: Sequence[str]
    months: Sequence[Period]
    typed: Mapping[Key, Decimal]
    weights: Mapping[Key, float]
    step: Number
    clashes: list[Clash] = field(default_factory=list)

    @cached_property
    def cells(self) -> dict[Key, Decimal]:
        """(Group, month) → figure, as far as the totals tell; empty where they clash.

        The months of 全部 are settled first, so that rounding is even; where groups' totals do not fit those, they follow from the groups.
        """
        cells = {key: value for key, value in self.typed.items() if key[0] in self.groups and key[1] in self.months}
        if self._blocks and not self.clashes and self.groups[0] != WHOLE:
            table = self._across(self._columns())
            if self.clashes:
                self.clashes.clear()
                table = self._across(self._stated())
            cells |= table
        for block in (block for group in self.groups for block in self._blocks[group]):
            cells |= {} if self.clashes else self._along(block, cells)
        return {} if self.clashes else cells

    @cached_property
    def year(self) -> Period:
        """All months together."""
        return replace(self.months[0], end=self.months[-1].end)

    @cached_property
    def _blocks(self) -> dict[str, list[Block]]:
        """Scope → what its totals say. All groups together make the year of 全部 where it states none."""
        blocks = {scope: self._of(scope, self.typed) for scope in self.groups}
        sums = [self._sum(group, blocks[group]) for group in self.groups]
        known = [total for total in sums if total is not None]
        stated = {(WHOLE, self.year): sum(known, _NOTHING)} if len(known) == len(sums) else {}
        return {WHOLE: self._of(WHOLE, stated | dict(self.typed)), **blocks}

    def _of(self, scope: str, typed: Mapping[Key, Decimal]) -> list[Block]:
        blocks: list[Block] = []
        taken: set[Period] = set()
        stated = [period for own, period in typed if own == scope and period not in self.months]
        for period in sorted(stated, key=lambda period: (len(period.pieces()), period)):
            inside = sum((block.total or _NOTHING for block in blocks if _covers(period, block.period)), _NOTHING)
            months = tuple(month for month in self.months if _covers(period, month) and month not in taken)
            if typed[scope, period] < inside or (typed[scope, period] > inside and not months):
                self.clashes.append(Clash(scope, period, typed[scope, period], inside))
            taken |= set(months)
            blocks.append(Block(scope, period, months, typed[scope, period] - inside))
        return blocks

    def _sum(self, group: str, blocks: Sequence[Block]) -> Decimal | None:
        """A group's year, if every month is typed or shares a known total."""
        shared = {month for block in blocks for month in block.months}
        single = [self.typed.get((group, month)) for month in self.months if month not in shared]
        known = [value for value in single if value is not None]
        return sum((block.total or _NOTHING for block in blocks), sum(known, _NOTHING)) if len(known) == len(single) else None

    def _columns(self) -> list[Block]:
        """The months of 全部: typed, or its totals spread as the groups' figures would add up."""
        columns = {month: self.typed[WHOLE, month] for month in self.months if (WHOLE, month) in self.typed}
        expected = self._expected()
        for block in self._blocks[WHOLE]:
            locked: dict[int, Number] = {}
            least: dict[int, Number] = {}
            for place, month in enumerate(block.months):
                known = [self.typed[group, month] for group in self.groups if (group, month) in self.typed]
                if month in columns or len(known) == len(self.groups):
                    locked[place] = columns.get(month, sum(known, _NOTHING))
                else:
                    least[place] = sum(known, _NOTHING)
            weights = [sum(expected[group, month] for group in self.groups) for month in block.months]
            parts = self._tried(
                lambda: spread(block.total or 0, weights, self.step, locked, least),  # noqa: B023 - called at once
                lambda _: (WHOLE, block.period),  # noqa: B023 - same
            )
            columns |= dict(zip(block.months, parts or (), strict=False))
        return [Block(WHOLE, month, (month,), columns[month]) for month in self.months if month in columns]

    def _stated(self) -> list[Block]:
        """The totals of 全部 as they were stated: its typed months, and what its longer totals leave beside them."""
        columns = [Block(WHOLE, month, (month,), self.typed[WHOLE, month]) for month in self.months if (WHOLE, month) in self.typed]
        for block in self._blocks[WHOLE]:
            typed = [self.typed[WHOLE, month] for month in block.months if (WHOLE, month) in self.typed]
            months = tuple(month for month in block.months if (WHOLE, month) not in self.typed)
            rest = (block.total or _NOTHING) - sum(typed, _NOTHING)
            if rest < 0 or (rest and not months):
                self.clashes.append(Clash(WHOLE, block.period, block.total or _NOTHING, sum(typed, _NOTHING)))
            columns += [Block(WHOLE, block.period, months, rest)] if months else []
        return columns

    def _expected(self) -> dict[Key, float]:
        """A first guess at every figure by weights: known totals over their open months, the rest of 全部 over what is left."""
        keys = [(group, month) for group in self.groups for month in self.months]
        guess = {key: float(self.typed[key]) for key in keys if key in self.typed}
        for block in (block for group in self.groups for block in self._blocks[group]):
            guess |= self._guessed(float(block.total or 0), [(block.scope, month) for month in block.months], guess)
        return guess | self._guessed(float(sum(block.total or 0 for block in self._blocks[WHOLE])), keys, guess)

    def _guessed(self, total: float, keys: Sequence[Key], known: Mapping[Key, float]) -> dict[Key, float]:
        """What known figures leave of a total, over the other cells."""
        left = [key for key in keys if key not in known]
        rest, whole = max(total - sum(known[key] for key in keys if key in known), 0.0), sum(self.weights[key] for key in left)
        return {key: rest * (self.weights[key] / whole if whole else 1 / len(left)) for key in left}

    def _across(self, columns: Sequence[Block]) -> dict[Key, Decimal]:
        """Totals of 全部 over the groups, whose own totals are the other margin; then over the months that they share."""
        rows = [row for group in self.groups for row in self._rows(group, [month for column in columns for month in column.months])]
        taken = {block: self._taken(block) for block in (*rows, *columns)}
        over = [block for block, value in taken.items() if block.total is not None and value > block.total]
        self.clashes += [Clash(block.scope, block.period, block.total or _NOTHING, taken[block]) for block in over]
        if self.clashes:
            return {}
        keys = [[self._open_keys(row, column) for column in columns] for row in rows]
        weights = [[sum(self.weights[key] for key in cell) for cell in line] for line in keys]
        closed = {(i, j): 0 for i, line in enumerate(keys) for j, cell in enumerate(line) if not cell}
        totals = [[None if block.total is None else block.total - taken[block] for block in blocks] for blocks in (rows, columns)]
        try:
            table = spread_table(totals[0], totals[1], weights, closed, self.step)
        except SpreadError as error:
            block = Block(WHOLE, self.year, (), None) if error.index is None else (rows if error.axis == "row" else columns)[error.index]
            more = taken.get(block, _NOTHING)
            self.clashes.append(Clash(block.scope, block.period, error.total + more, error.locked + more))
            return {}
        cells: dict[Key, Decimal] = {}
        for line, values in zip(keys, table, strict=True):
            for cell, value in zip(line, values, strict=True):
                cells |= dict(zip(cell, spread(value, [self.weights[key] for key in cell], self.step) if cell else (), strict=True))
        return cells

    def _taken(self, block: Block) -> Decimal:
        """What is typed of the groups' months in a block."""
        scopes = self.groups if block.scope == WHOLE else (block.scope,)
        return sum((self.typed.get((scope, month), _NOTHING) for scope in scopes for month in block.months), _NOTHING)

    def _open_keys(self, row: Block, column: Block) -> list[Key]:
        """The months that a group's total and one of 全部 share and nobody typed."""
        return [(row.scope, month) for month in row.months if month in column.months and (row.scope, month) not in self.typed]

    def _rows(self, group: str, months: Sequence[Period]) -> list[Block]:
        """A group's blocks within some months, and the months no block speaks of; open where a block has open months beyond."""
        rows: list[Block] = []
        left = list(months)
        for block in self._blocks[group]:
            inside = tuple(month for month in block.months if month in left)
            beyond = [self.typed.get((group, month)) for month in block.months if month not in inside]
            typed = [value for value in beyond if value is not None]
            total = (block.total or _NOTHING) - sum(typed, _NOTHING) if len(typed) == len(beyond) else None
            left = [month for month in left if month not in inside]
            rows.append(Block(group, block.period, inside, total))
        rows.append(Block(group, self.year, tuple(left), None))
        return [row for row in rows if row.months]

    def _along(self, block: Block, cells: Mapping[Key, Decimal]) -> dict[Key, Decimal]:
        """A group's total over those of its months that are still open."""
        keys = [(block.scope, month) for month in block.months]
        locked: dict[int, Number] = {place: cells[key] for place, key in enumerate(keys) if key in cells}
        weights = [self.weights[key] for key in keys]
        parts = self._tried(
            lambda: spread(block.total or 0, weights, self.step, locked) if keys else [], lambda _: (block.scope, block.period)
        )
        return dict(zip(keys, parts or (), strict=False))

    def _tried(self, task: Callable[[], _T], where: Callable[[SpreadError], Key]) -> _T | None:
        """The result; where totals and typed figures exclude each other, the clash is noted instead."""
        try:
            return task()
        except SpreadError as error:
            self.clashes.append(Clash(*where(error), error.total, error.locked))
            return None


def _covers(outer: Period, inner: Period) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
