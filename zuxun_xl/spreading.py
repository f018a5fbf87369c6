"""Spreading a total over parts that always sum to it: by largest remainder on one axis, by controlled rounding in a table of two.

Figures are exact: sums are kept in integers of the last digit that occurs, floats only guide how a table is rounded. Parts are multiples
of the step; where a total (or what locked parts leave of it) is none, one part takes the odd rest, so that the sum holds to the last digit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from zuxun_xl.errors import CallError
from zuxun_xl.rounding import Table, largest_remainder

Number = int | float | Decimal
Axis = Literal["", "row", "column"]

_REMEDY = "请改动锁定的数，或改动合计。"


class SpreadError(CallError):
    """Locked parts and totals that cannot both hold.

    Attributes:
        axis, index: the row or column of a table where they clash; empty and ``None`` for a single line or for the margins as such.
        total, locked: what should come out there, and what is locked there.
    """

    code = "E210"

    def __init__(self, message: str, axis: Axis, index: int | None, total: Decimal, locked: Decimal) -> None:
        super().__init__(message, _REMEDY)
        self.axis, self.index, self.total, self.locked = axis, index, total, locked


def spread(
    total: Number, weights: Sequence[Number], step: Number = 1,
    locked: Mapping[int, Number] | None = None, least: Mapping[int, Number] | None = None,
) -> list[Decimal]:
    """A total in parts proportional to weights, by largest remainder (ties: the earliest first).

    A part of weight 0 gets nothing, unless all that are free have weight 0: then they share equally. A negative total is spread as its
    positive would be.

    Args:
        total: what the parts sum to.
        weights: one a part, not negative.
        step: parts are multiples of it.
        locked: index → part that is given; the others share the rest.
        least: index → least part; who would get less gets this much (only for totals that are not negative).

    Raises:
        SpreadError: the locked parts exceed the total, or leave something that no part is free to take.
        CallError: a weight is negative or no number, the step is not positive.
    """
    fixed = dict(locked or {})
    while True:
        parts = _spread(total, weights, step, fixed)
        short = {index: value for index, value in (least or {}).items() if index not in fixed and parts[index] < _exact(value)}
        if not short:
            return parts
        fixed |= short


def spread_table(
    row_totals: Sequence[Number | None], column_totals: Sequence[Number | None], weights: Sequence[Sequence[Number]],
    locked: Mapping[tuple[int, int], Number] | None = None, step: Number = 1,
) -> list[list[Decimal]]:
    """A table with both margins given, its cells as near to proportional to weights as they allow.

    The weights are fitted to the margins in turn, then rounded down, and the steps that are left go to the largest remainders; where these
    do not suffice, augmenting paths exchange steps between rows and columns until both margins hold.

    Args:
        row_totals, column_totals: the margins; on one axis a total may be ``None``, it then follows from the weights.
        weights: rows of weights, not negative; a cell of weight 0 is used only where nothing else would do.
        locked: (row, column) → cell that is given.
        step: free cells are multiples of it as far as the margins are.

    Raises:
        SpreadError: margins with different sums, or a row or column that its locked cells make impossible.
        CallError: totals are open on both axes, a weight is negative or no number, the step is not positive.
    """
    if None in row_totals and None in column_totals:
        raise CallError("两个方向的合计都不全。", "请至少给出每一行的合计，或每一列的合计。")
    return _Exact(row_totals, column_totals, locked or {}, step).table([[_weight(value) for value in line] for line in weights])


def _spread(total: Number, weights: Sequence[Number], step: Number, locked: Mapping[int, Number]) -> list[Decimal]:
    shares = [_weight(value) for value in weights]
    digits = _digits([_exact(total), _positive(step), *map(_exact, locked.values())])
    given = {index: _whole(value, digits) for index, value in locked.items()}
    whole = _whole(total, digits)
    free = [index for index in range(len(shares)) if index not in given]
    sign, rest = (-1 if whole < 0 else 1), whole - sum(given.values())
    if rest * sign < 0 or (rest and not free):
        raise _clash("", None, whole, whole - rest, digits)
    parts = largest_remainder(rest * sign, [shares[index] for index in free], _whole(step, digits))
    given |= {index: sign * part for index, part in zip(free, parts, strict=True)}
    return [_back(given[index], digits) for index in range(len(shares))]


class _Exact:
    """A table in whole numbers of the last digit, turned positive."""

    def __init__(
        self, rows: Sequence[Number | None], columns: Sequence[Number | None], locked: Mapping[tuple[int, int], Number], step: Number
    ) -> None:
        known = [_exact(total) for total in (*rows, *columns) if total is not None]
        self.sign = -1 if any(total < 0 for total in known) else 1
        self.digits = _digits([*known, *map(_exact, locked.values()), _positive(step)])
        self.step = _whole(step, self.digits)
        self.rows, self.columns = self._signed(rows), self._signed(columns)
        self.locked = {place: self.sign * _whole(value, self.digits) for place, value in locked.items()}

    def _signed(self, totals: Sequence[Number | None]) -> list[int | None]:
        return [None if total is None else self.sign * _whole(total, self.digits) for total in totals]

    def table(self, weights: Sequence[Sequence[Fraction]]) -> list[list[Decimal]]:
        self._demand_balance()
        rows, columns = self._rest("row", self.rows, 0), self._rest("column", self.columns, 1)
        table = Table(rows, columns, [[float(value) for value in line] for line in weights], set(self.locked), self.step)
        table.fill()
        for (is_row, index), left in table.left.items():
            if left:
                total = (self.rows if is_row else self.columns)[index]
                raise self._clash("row" if is_row else "column", index, (total or left), (total or left) - left)
        cells = table.filled | self.locked
        return [[_back(self.sign * cells[i, j], self.digits) for j in range(len(columns))] for i in range(len(rows))]

    def _demand_balance(self) -> None:
        """Both margins add up to the same; where one is open, its known totals leave something for the open ones."""
        own, other = (sum(total or 0 for total in totals) for totals in (self.rows, self.columns))
        opened = None in self.rows, None in self.columns
        if (own > other and not opened[1]) or (own < other and not opened[0]):
            sums = [_back(self.sign * value, self.digits) for value in (own, other)]
            raise SpreadError(f"各行合计{_shown(sums[0])}，各列合计{_shown(sums[1])}，两边不等。", "", None, *sums)

    def _rest(self, axis: Axis, totals: Sequence[int | None], place: int) -> list[int | None]:
        """What the locked cells leave of each total."""
        taken = [0] * len(totals)
        for cell, value in self.locked.items():
            taken[cell[place]] += value
        for index, total in enumerate(totals):
            if total is not None and taken[index] > total:
                raise self._clash(axis, index, total, taken[index])
        return [None if total is None else total - taken[index] for index, total in enumerate(totals)]

    def _clash(self, axis: Axis, index: int, total: int, taken: int) -> SpreadError:
        return _clash(axis, index, self.sign * total, self.sign * taken, self.digits)


def _clash(axis: Axis, index: int | None, total: int, taken: int, digits: int) -> SpreadError:
    where = {"": "", "row": f"第{(index or 0) + 1}行", "column": f"第{(index or 0) + 1}列"}[axis]
    whole, locked = _back(total, digits), _back(taken, digits)
    more = abs(taken) > abs(total) or taken * total < 0
    told = f"锁定的{_shown(locked)}超过合计{_shown(whole)}" if more else f"合计{_shown(whole)}，锁定后只能到{_shown(locked)}"
    return SpreadError(f"{where}{told}。", axis, index, whole, locked)


def _exact(value: Number) -> Decimal:
    """A figure as it is written: 0.1 is a tenth, not its nearest binary number."""
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not exact.is_finite():
        raise CallError("要分的数不是有限的数字。", "请改成数字。")
    return exact


def _weight(value: Number) -> Fraction:
    weight = Fraction(_exact(value))
    if weight < 0:
        raise CallError(f"权重{value}是负数。", "权重必须是0或正数。")
    return weight


def _positive(step: Number) -> Decimal:
    if (exact := _exact(step)) <= 0:
        raise CallError(f"最小单位{step}不是正数。", "请改成正数，例如1或100。")
    return exact


def _digits(values: Iterable[Decimal]) -> int:
    """Decimal places of the last digit that occurs."""
    return max(0, *(-int(value.as_tuple().exponent) for value in values))


def _whole(value: Number, digits: int) -> int:
    return int(Fraction(_exact(value)) * 10**digits)


def _back(whole: int, digits: int) -> Decimal:
    return Decimal(f"{whole}E-{digits}")


def _shown(value: Decimal) -> str:
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
