"""Values of formulas whose cells were written: computed anew where that is certain, so that phones and previewers show them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from zuxun_xl.book.calc.evaluate import Lookup, calculated
from zuxun_xl.book.calc.parse import NotComputableError
from zuxun_xl.book.changes import Content, Formula
from zuxun_xl.book.ooxml.futures import shown

if TYPE_CHECKING:
    from collections.abc import Container

    from zuxun_xl.book.grid import Grid, Scalar
    from zuxun_xl.book.ooxml.areas import Position
    from zuxun_xl.book.ooxml.formulas import FormulaCell


class Formulas(Protocol):
    """Where formulas stand in a workbook, stored or open."""

    @property
    def date1904(self) -> bool:
        """Whether dates count from 1904."""
        ...

    @property
    def worksheets(self) -> Container[str]:
        """Names of the worksheets."""
        ...

    def formulas(self, name: str) -> list[FormulaCell]:
        """Formula cells of a worksheet; none for a name that is no worksheet."""
        ...


@dataclass
class Renewal:
    """What cells hold once the changes are made.

    Attributes:
        contents: the workbook as it was.
        read: values of a sheet as they were.
        written: new contents.
        stale: formula cells of which the stored value no longer holds, by sheet.
        gone: sheets that are replaced as a whole.
    """

    contents: Formulas
    read: Callable[[str], Grid]
    written: Mapping[str, Mapping[Position, Content]]
    stale: Mapping[str, list[FormulaCell]]
    gone: set[str] = field(default_factory=set)
    _waiting: dict[str, dict[Position, FormulaCell]] = field(default_factory=dict)
    _formulas: dict[str, dict[Position, FormulaCell]] = field(default_factory=dict)
    _look: Lookup = field(init=False)

    def __post_init__(self) -> None:
        self._look = Lookup(self._found)
        self._waiting = {sheet: {cell.position: cell for cell in cells} for sheet, cells in self.stale.items()}

    def value(self, sheet: str, cell: FormulaCell) -> Scalar:
        """The new value of a stale formula cell; ``None`` where it cannot be told."""
        if self.contents.date1904:
            return None
        try:
            return self._look(sheet, *cell.position)
        except NotComputableError:
            return None

    def _found(self, sheet: str, row: int, column: int) -> Scalar:
        if sheet not in self.contents.worksheets or sheet in self.gone:
            raise NotComputableError(sheet)
        place = (row, column)
        if place in self.written.get(sheet, {}):
            new = self.written[sheet][place]
            return new.value if isinstance(new, Formula) else new
        if place in self._waiting.get(sheet, {}):
            cell = self._waiting[sheet][place]
            if cell.fills or not cell.text:
                raise NotComputableError(cell.kind)
            return calculated(shown(cell.text), sheet, self._look)
        return self._as_it_was(sheet, place)

    def _as_it_was(self, sheet: str, place: Position) -> Scalar:
        """A stored value; a formula that shows nothing holds the text "" and no blank."""
        held = self.read(sheet).value(*place)
        if held is not None:
            return held
        if sheet not in self._formulas:
            self._formulas[sheet] = {cell.position: cell for cell in self.contents.formulas(sheet)}
        cell = self._formulas[sheet].get(place)
        if cell is not None and not cell.calculated:
            raise NotComputableError(cell.text)
        return None if cell is None else ""
