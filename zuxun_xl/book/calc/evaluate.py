"""The value of a native formula over cells that a caller looks up, as Excel, WPS and LibreOffice agree on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from zuxun_xl.book.calc.functions import called
from zuxun_xl.book.calc.parse import Area, Call, Constant, Node, NotComputableError, Operation, parsed
from zuxun_xl.book.calc.values import Cells, Value, operated
from zuxun_xl.book.grid import Scalar
from zuxun_xl.units import EPOCH

Look = Callable[[str, int, int], Scalar]
"""The value of a cell: sheet, row, column."""

_MOST_CELLS = 200_000


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a formula stands: its sheet and how to look up cells."""

    sheet: str
    look: Look

    def value(self, node: Node) -> Value:
        """A single value."""
        found = self.any(node)
        if isinstance(found, Cells):
            if found.shape != (1, 1):
                raise NotComputableError("area")
            return found.rows[0][0]
        return found

    def any(self, node: Node) -> Value | Cells:
        """A single value, or the cells of an area."""
        match node:
            case Constant(value):
                return value
            case Area():
                return self._cells(node)
            case Operation(sign, operands):
                return operated(sign, [self.value(operand) for operand in operands])
            case Call(name, arguments):
                return called(name, arguments, self)

    def _cells(self, area: Area) -> Cells:
        if (area.bottom - area.top + 1) * (area.right - area.left + 1) > _MOST_CELLS:
            raise NotComputableError("area")
        sheet = area.sheet or self.sheet
        columns = range(area.left, area.right + 1)
        return Cells(tuple(
            tuple(_inside(self.look(sheet, row, column)) for column in columns) for row in range(area.top, area.bottom + 1)
        ))


def calculated(formula: str, sheet: str, look: Look) -> Scalar:
    """The value that a formula in a sheet shows.

    Raises:
        NotComputableError: it cannot be told here.
    """
    value = Scene(sheet, look).value(parsed(formula))
    return 0.0 if value is None else value


@dataclass
class Lookup:
    """Cells looked up once each; one that needs its own value, or too long a chain of others, cannot be told.

    Attributes:
        find: how the value of a cell is found, with this lookup for those that it refers to.
    """

    find: Look
    _known: dict[tuple[str, int, int], Scalar | NotComputableError] = field(default_factory=dict)

    def __call__(self, sheet: str, row: int, column: int) -> Scalar:
        """The value of a cell.

        Raises:
            NotComputableError: it cannot be told.
        """
        spot = (sheet, row, column)
        if spot not in self._known:
            self._known[spot] = NotComputableError("a circle")
            try:
                self._known[spot] = self.find(*spot)
            except (NotComputableError, RecursionError) as error:
                self._known[spot] = NotComputableError(str(error))
        known = self._known[spot]
        if isinstance(known, NotComputableError):
            raise known
        return known


def _inside(value: Scalar) -> Value:
    """A cell's value as formulas see it: days are numbers."""
    if isinstance(value, time | timedelta):
        raise NotComputableError("time")
    if isinstance(value, date):
        if type(value) is not date:
            raise NotComputableError("time of day")
        return float((value - EPOCH).days)
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value
