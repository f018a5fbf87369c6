"""What formula cells show: the stored value, or one reckoned where the file holds none or only #NAME?."""

from __future__ import annotations

from dataclasses import dataclass, field

from zuxun_xl.book.calc.evaluate import Lookup, calculated
from zuxun_xl.book.calc.parse import NotComputableError
from zuxun_xl.book.grid import ErrorValue, Scalar
from zuxun_xl.book.port import Book
from zuxun_xl.cells import parse_address

UNKNOWN = ErrorValue("#NAME?")
"""What a program shows that lacks the add-in."""


@dataclass
class Shown:
    """The values of a workbook's cells.

    Attributes:
        book: the workbook.
    """

    book: Book
    _missing: dict[str, set[tuple[int, int]]] = field(default_factory=dict)
    _look: Lookup = field(init=False)

    def __post_init__(self) -> None:
        self._look = Lookup(self._found)

    def value(self, sheet: str, row: int, column: int) -> Scalar:
        """The value of a cell.

        Raises:
            NotComputableError: the file holds none, and it cannot be told here.
        """
        return self._look(sheet, row, column)

    def is_stored(self, sheet: str, row: int, column: int) -> bool:
        """Whether the file holds the value of a cell."""
        if sheet not in self._missing:
            self._missing[sheet] = set(map(parse_address, self.book.uncalculated(sheet)))
        return (row, column) not in self._missing[sheet] and self.book.grid(sheet).value(row, column) != UNKNOWN

    def _found(self, sheet: str, row: int, column: int) -> Scalar:
        if sheet not in self.book.sheet_names:
            raise NotComputableError(sheet)
        formula = self.book.formulas(sheet).get((row, column))
        if formula is not None and not self.is_stored(sheet, row, column):
            return calculated(formula, sheet, self._look)
        held = self.book.grid(sheet).value(row, column)
        return "" if held is None and formula is not None else held
