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
