"""A book as it will be with changes that nobody has written yet: cells, what follows from them, new sheets, names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from zuxun_xl.book.changes import Change, ChangeSet, Content, Formula, SheetSpec
from zuxun_xl.book.grid import Grid, Scalar
from zuxun_xl.book.layout import USUAL_WIDTH
from zuxun_xl.book.ooxml.areas import Position, parse_area
from zuxun_xl.book.ooxml.formulas import FormulaCell
from zuxun_xl.book.ooxml.numbers import asked_format, family, format_for
from zuxun_xl.book.ooxml.references import Names
from zuxun_xl.book.ooxml.renew import Renewal
from zuxun_xl.book.ooxml.stale import stale_formulas
from zuxun_xl.book.port import Beside, Book
from zuxun_xl.cells import address, parse_address


@dataclass(frozen=True)
class Overlay:
    """A book seen through a ChangeSet.

    Attributes:
        book: as it is.
        changes: what shall change.
        names: what the defined names and tables of the book stand for.
        date1904: whether its dates count from 1904.
    """

    book: Book
    changes: ChangeSet
    names: Names
    date1904: bool = False

    @property
    def name(self) -> str:
        """File name without its folder."""
        return self.book.name

    @cached_property
    def sheet_names(self) -> tuple[str, ...]:
        """Names of the worksheets in tab order; new ones stand at the end."""
        return tuple(dict.fromkeys((*self.book.sheet_names, *self._specs)))

    def grid(self, sheet: str) -> Grid:
        """Values of one sheet."""
        return self._grids[sheet] if sheet in self._grids else self.book.grid(sheet)

    def formulas(self, sheet: str) -> Mapping[Position, str]:
        """Formula texts by position."""
        if sheet in self._specs:
            cells = self._specs[sheet].cells
            return {(cell.row, cell.column): cell.content.text for cell in cells if isinstance(cell.content, Formula)}
        written = self._written.get(sheet, {})
        kept = {place: text for place, text in self.book.formulas(sheet).items() if place not in written}
        return kept | {place: content.text for place, content in written.items() if isinstance(content, Formula)}

    def uncalculated(self, sheet: str) -> Sequence[str]:
        """Addresses of formula cells of which the new value cannot be told."""
        if sheet in self._specs:
            return ()
        written, renewed = self._written.get(sheet, {}), self._renewed.get(sheet, {})
        known = {parse_address(cell) for cell in self.book.uncalculated(sheet)} - written.keys() - renewed.keys()
        return tuple(address(*place) for place in sorted(known | {place for place, value in renewed.items() if value is None}))

    def is_protected(self, sheet: str) -> bool:
        """Whether a sheet's locked cells cannot be changed."""
        return self._specs[sheet].locked if sheet in self._specs else self.book.is_protected(sheet)

    def hidden_rows(self, sheet: str) -> frozenset[int]:
        """Rows that are not shown."""
        return frozenset(self._specs[sheet].hidden_rows) if sheet in self._specs else self.book.hidden_rows(sheet)

    def column_width(self, sheet: str, column: int) -> float:
        """Width of a column in characters."""
        if sheet not in self._specs:
            return self.book.column_width(sheet, column)
        widths = self._specs[sheet].widths
        return widths[column - 1] if column <= len(widths) else USUAL_WIDTH

    def changed(self, changes: ChangeSet) -> Overlay:
        """The book with further changes."""
        return Overlay(self, changes, self.names, self.date1904)

    def number_format(self, sheet: str, row: int, column: int) -> str:
        """Number format of a cell; that of a new sheet is its style's."""
        if sheet in self._specs:
            styles = {(cell.row, cell.column): cell.style for cell in self._specs[sheet].cells}
            return str(self._specs[sheet].styles.get(styles.get((row, column), ""), {}).get("num_format", "General"))
        own, change = self.book.number_format(sheet, row, column), self._changes.get(sheet, {}).get((row, column))
        code = None if change is None else format_for(change.new, asked_format(change))
        return own if code is None or family(code) == family(own) else code

    def note_obstacle(self, sheet: str) -> str:
        """Why no note can be put on the cells of a sheet; empty if it can."""
        return "" if sheet in self._specs else self.book.note_obstacle(sheet)

    def arrays(self, sheet: str) -> Sequence[tuple[int, int, int, int]]:
        """Areas that one array formula fills each."""
        return () if sheet in self._specs else self.book.arrays(sheet)

    def beside(self) -> Sequence[Beside]:
        """Formulas outside cells, as they are."""
        return self.book.beside()

    def sheet_name(self, sheet: str, name: str) -> str | None:
        """What a sheet-local defined name refers to."""
        given = [each.refers_to for each in self.changes.names if (each.sheet, each.name.lower()) == (sheet, name.lower())]
        if given:
            return given[-1] or None
        return None if sheet in self._specs else self.book.sheet_name(sheet, name)

    @cached_property
    def _specs(self) -> dict[str, SheetSpec]:
        return {spec.name: spec for spec in self.changes.sheets}

    @cached_property
    def _changes(self) -> dict[str, dict[Position, Change]]:
        found: dict[str, dict[Position, Change]] = {}
        for change in self.changes.changes:
            found.setdefault(change.sheet, {})[parse_address(change.cell)] = change
        return found

    @cached_property
    def _written(self) -> dict[str, dict[Position, Content]]:
        return {sheet: {place: change.new for place, change in changes.items()} for sheet, changes in self._changes.items()}

    @cached_property
    def _renewed(self) -> dict[str, dict[Position, Scalar]]:
        """New values of the user's own formulas that read what changes; ``None`` where they cannot be told."""
        changed = {
            sheet: {place for place, new in cells.items() if _value(new) != self.book.grid(sheet).value(*place)}
            for sheet, cells in self._written.items()
        }
        replaced = self._specs.keys() & set(self.book.sheet_names)
        if not any(changed.values()) and not replaced:
            return {}
        source = _Formulas(self.book, self.date1904)
        own = {sheet: set(cells) for sheet, cells in self._written.items()}
        stale = stale_formulas(changed, replaced, own, source.formulas, self.names)
        renewal = Renewal(source, self.book.grid, self._written, stale, replaced)
        return {sheet: {cell.position: renewal.value(sheet, cell) for cell in cells} for sheet, cells in stale.items()}

    @cached_property
    def _grids(self) -> dict[str, Grid]:
        values = {sheet: {place: _value(new) for place, new in cells.items()} for sheet, cells in self._written.items()}
        for sheet, cells in self._renewed.items():
            values[sheet] = {**values.get(sheet, {}), **{place: None if value == "" else value for place, value in cells.items()}}
        return {sheet: _with(self.book.grid(sheet), cells) for sheet, cells in values.items()} | {
            name: _described(spec) for name, spec in self._specs.items()
        }


@dataclass
class _Formulas:
    """Formula cells of a book, as the file adapter's tools for stale values ask for them."""

    book: Book
    date1904: bool

    @property
    def worksheets(self) -> tuple[str, ...]:
        return self.book.sheet_names

    def formulas(self, name: str) -> list[FormulaCell]:
        if name not in self.book.sheet_names:
            return []
        missing = {parse_address(cell) for cell in self.book.uncalculated(name)}
        texts = self.book.formulas(name).items()
        return [FormulaCell(place, text, "", "", None, place not in missing) for place, text in texts]


def _value(content: Content) -> Scalar:
    value = content.value if isinstance(content, Formula) else content
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return None if value == "" else value


def _with(grid: Grid, cells: Mapping[Position, Scalar]) -> Grid:
    """A grid with other values in some cells, grown where they lie outside."""
    height = max([len(grid.rows), *(row for row, _ in cells)])
    width = max([len(grid.rows[0]) if grid.rows else 0, *(column for _, column in cells)])
    rows = [[*row, *[None] * (width - len(row))] for row in grid.rows] + [[None] * width for _ in range(height - len(grid.rows))]
    for (row, column), value in cells.items():
        rows[row - 1][column - 1] = value
    return Grid(grid.sheet, rows, grid.merges, grid.hidden)


def _described(spec: SheetSpec) -> Grid:
    """The grid of a sheet that a description will become."""
    merges = tuple(area for text in spec.merges if (area := parse_area(text)))
    empty = Grid(spec.name, [], merges, spec.visibility != "visible")
    return _with(empty, {(cell.row, cell.column): _value(cell.content) for cell in spec.cells})
