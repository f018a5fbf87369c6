"""What the formulas of a person's own show once the cells that they refer to are filled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from zuxun_xl.book.calc.evaluate import Lookup, calculated
from zuxun_xl.book.calc.parse import NotComputableError
from zuxun_xl.book.grid import Grid, Scalar
from zuxun_xl.book.port import Book

Place = tuple[int, int]
Written = Mapping[str, Mapping[Place, Scalar]]


@dataclass
class Standing:
    """A workbook as it will stand.

    Attributes:
        book, grids: the workbook as it is.
        written: what is written, by sheet; formulas on other sheets keep the value they have.
    """

    book: Book
    grids: Mapping[str, Grid]
    written: Written
    _formulas: dict[str, Mapping[Place, str]] = field(default_factory=dict)
    _look: Lookup = field(init=False)

    def __post_init__(self) -> None:
        self._look = Lookup(self._found)

    def value(self, sheet: str, row: int, column: int) -> Scalar:
        """What a cell will show.

        Raises:
            NotComputableError: it cannot be told.
        """
        return self._look(sheet, row, column)

    def _found(self, sheet: str, row: int, column: int) -> Scalar:
        place = (row, column)
        if sheet not in self.grids:
            raise NotComputableError(sheet)
        if sheet not in self.written or not self.written[sheet]:
            return self.grids[sheet].value(row, column)
        if place in self.written[sheet]:
            return self.written[sheet][place]
        if sheet not in self._formulas:
            self._formulas[sheet] = self.book.formulas(sheet)
        formula = self._formulas[sheet].get(place)
        return self.grids[sheet].value(row, column) if formula is None else calculated(formula, sheet, self._look)
