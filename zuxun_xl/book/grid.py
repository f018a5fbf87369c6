"""A sheet as a plain grid of values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from zuxun_xl.cells import ErrorValue, address, column_letters, column_number, parse_address

__all__ = ["ErrorValue", "Grid", "Scalar", "address", "column_letters", "column_number", "parse_address"]

Scalar = None | bool | int | float | str | date | datetime | time | timedelta
"""What a cell may hold. Error values arrive as ``ErrorValue``."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Values of one sheet, every row from A1 on and all rows of equal length.

    Attributes:
        sheet: the sheet's name.
        rows: ``rows[r - 1][c - 1]`` is the value of row r, column c; an empty cell is ``None``.
        merges: merged ranges as 1-based ``(top, left, bottom, right)``.
        hidden: whether the sheet is hidden.
    """

    sheet: str
    rows: list[list[Scalar]]
    merges: tuple[tuple[int, int, int, int], ...] = field(default=())
    hidden: bool = False

    def value(self, row: int, column: int) -> Scalar:
        """Value at a 1-based row and column; ``None`` outside the grid."""
        if 0 < row <= len(self.rows) and 0 < column <= len(self.rows[row - 1]):
            return self.rows[row - 1][column - 1]
        return None

    def within(self, left: int = 1, right: int = 0, last: int = 0) -> Grid:
        """The sheet with nothing in other columns and without the rows below the last one; 0 is the sheet's end."""
        if left == 1 and not right and not last:
            return self
        end, bottom = right or max(map(len, self.rows), default=0), last or len(self.rows)
        rows = self.rows[:bottom]
        if left > 1 or right:
            rows = [[None] * (left - 1) + row[left - 1 : end] + [None] * (len(row) - end) for row in rows]
        merges = tuple(m for m in self.merges if left <= m[1] and m[3] <= end and m[2] <= bottom)
        return Grid(self.sheet, rows, merges, self.hidden)
