"""The pen: writes figures into a form's cells as changes — never over what a person typed, formulas where the form allows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from zuxun_xl.book.calc.parse import NotComputableError
from zuxun_xl.book.changes import Change, ChangeSet, Content, Formula
from zuxun_xl.book.grid import ErrorValue, Scalar
from zuxun_xl.book.layout import height_of
from zuxun_xl.cells import address
from zuxun_xl.expr import Expression, expression
from zuxun_xl.findings import Finding, Level, Rule
from zuxun_xl.forms.form import Column
from zuxun_xl.forms.table import Place, Table
from zuxun_xl.kpi.measures import Values
from zuxun_xl.tasks.filling.ours import ours
from zuxun_xl.tasks.filling.standing import Standing
from zuxun_xl.tasks.ledger import Ledger
from zuxun_xl.units import PERCENT, parse_number, scaled

UNDEFINED = ErrorValue("#N/A")
ACTUAL = "实际"
"""Keys of actual columns begin so; the measure's key follows."""

Style = Literal["native", "zx", "value"]

MERGED = Rule(
    "T203", Level.WARNING, "要填的格子没有合并", "这一格被合并单元格盖住，{form}的这个数没有填。", "取消合并后再运行。"
)

_DUST = 1e-9
_ONE_LINE = 18.0
_MOST_DECIMALS = 6
_LEAST_DECIMALS = 2
"""A formula that happens to show a whole number is kept more exactly than that."""


@dataclass(frozen=True, slots=True)
class How:
    """How to fill: kind of formulas, and whether figures typed by a person may be replaced."""

    formulas: Style = "native"
    overwrite: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """What to say about a cell.

    Attributes:
        why: reason shown in the preview.
        rule: makes the finding where the cell holds something else that is kept.
        figures: the rule's figures besides ``shown`` and ``value``.
        number_format: format the figure needs to be legible.
        actual: whether it is an actual figure, which the user may ask to have overwritten; plans and texts are not.
    """

    why: str
    rule: Rule
    figures: Mapping[str, object]
    number_format: str | None = None
    actual: bool = True

    @classmethod
    def of(cls, column: Column, why: str, rule: Rule, **figures: object) -> Note:
        """What to say about a cell of a form's column; percentages get their format."""
        number_format = PERCENT.number_format if column.unit is PERCENT else None
        return cls(why, rule, {**figures, "column": column.heading}, number_format)


@dataclass
class Pen:
    """Writes into one table's sheet.

    Attributes:
        ledger: the workbook.
        table: the form being filled.
        how: the user's choices.
    """

    ledger: Ledger
    table: Table
    how: How
    _hidden: list[Finding] = field(default_factory=list)
    _kept: dict[tuple[int, int], tuple[Content, Note]] = field(default_factory=dict)
    _changes: dict[tuple[int, int], Change] = field(default_factory=dict)
    _now: dict[tuple[int, int], Scalar] = field(default_factory=dict)

    @cached_property
    def _formulas(self) -> Mapping[tuple[int, int], str]:
        return self.ledger.book.formulas(self.table.sheet)

    @cached_property
    def _ours(self) -> set[tuple[int, int]]:
        return ours(self.ledger.book, self.ledger.grids[self.table.sheet], self._formulas)

    @cached_property
    def _covered(self) -> set[tuple[int, int]]:
        """Cells that a merged one hides: nothing can be written there."""
        return {
            (row, column)
            for top, left, bottom, right in self.ledger.grids[self.table.sheet].merges
            for row in range(top, bottom + 1) for column in range(left, right + 1) if (row, column) != (top, left)
        }

    def value(self, row: int, column: int) -> Scalar:
        """What a cell will hold once the changes are applied."""
        if (row, column) in self._now:
            return self._now[row, column]
        return self.ledger.grids[self.table.sheet].value(row, column)

    def number(self, row: int, column: int) -> float | None:
        """The same as a number in the cell's own unit; ``None`` for blanks, text and errors."""
        try:
            return parse_number(self.value(row, column))
        except ValueError:
            return None

    def is_own(self, row: int, column: int) -> bool:
        """Whether a person's own figure, text or formula stands in a cell."""
        held = self.ledger.grids[self.table.sheet].value(row, column)
        return (row, column) not in self._ours and (held is not None or self.has_formula(row, column))

    def has_formula(self, row: int, column: int) -> bool:
        """Whether a formula stands in a cell, ours or a person's."""
        return (row, column) in self._formulas

    def put(self, row: int, column: int, content: Content, note: Note) -> None:
        """Writes a cell, unless a person's own figure or formula stands there; ``None`` leaves the cell as it is."""
        if content is None:
            return
        held = self.ledger.grids[self.table.sheet].value(row, column)
        formula = self._formulas.get((row, column))
        old: Content = held if formula is None else Formula(formula, held)
        if (row, column) in self._covered:
            self._hidden.append(MERGED.at(self.table.sheet, address(row, column), form=self.table.form.key))
        elif (row, column) in self._ours or (formula is None and (held is None or (self.how.overwrite and note.actual))):
            if not _same(old, content):
                self._now[row, column] = plain(content)
                height = self._height(column, content)
                self._changes[row, column] = Change(
                    self.table.sheet, address(row, column), old, content, note.why, note.number_format, height
                )
        elif held is not None:
            self._kept[row, column] = (content, note)

    @property
    def findings(self) -> list[Finding]:
        """Cells that could not be filled, and what a person's own figures and formulas show differently once the others are filled."""
        standing = Standing(self.ledger.book, self.ledger.grids, {self.table.sheet: self._now})
        different = []
        for (row, column), (content, note) in self._kept.items():
            held, wanted = self._held(standing, row, column), plain(content)
            if held is not None and not self._agrees(held, wanted, row, column):
                different.append(
                    note.rule.at(self.table.sheet, address(row, column), **note.figures, shown=shown(held), value=shown(wanted))
                )
        return [*self._hidden, *different]

    def _held(self, standing: Standing, row: int, column: int) -> Scalar:
        """What a cell of a person's own shows after filling; ``None`` for a formula of which that cannot be told."""
        held = self.ledger.grids[self.table.sheet].value(row, column)
        if (row, column) not in self._formulas or not self._changes:
            return held
        try:
            return standing.value(self.table.sheet, row, column)
        except NotComputableError:
            return None

    def _height(self, column: int, content: Content) -> float | None:
        """Points that the row needs to show a long text; ``None`` for figures and short texts."""
        if not isinstance(content, str):
            return None
        height = height_of([(content, self.ledger.book.column_width(self.table.sheet, column))])
        return height if height > _ONE_LINE else None

    def fill(self, index: int, column: Column, content: Content, note: Note) -> None:
        """Writes a record's cell of a column, if the form has one."""
        place = self.table.place(index, column.key)
        if place is not None:
            self.put(place.row, place.column, content, note)

    def wanted(self, index: int, column: Column, measures: Values) -> float | None:
        """The figure of a record's actual cell in the cell's unit; ``None`` if the records do not tell or there is no such cell."""
        value, place = measures.get(column.key.removeprefix(ACTUAL)), self.table.place(index, column.key)
        return None if value is None or place is None else value / place.scale

    def formula(
        self, formula: Expression, places: Mapping[str, tuple[int, int]], scales: Mapping[str, int], wanted: float | None
    ) -> Content:
        """A native formula over cells, if the cells yield the wanted value; otherwise the plain value.

        Args:
            formula: the formula over names.
            places: name → (row, column).
            scales: name → factor of the cell's unit.
            wanted: the value by the records; ``None`` is an undefined ratio.
        """
        bare: Content = UNDEFINED if wanted is None else wanted
        if self.how.formulas == "value" or not set(formula.names) <= places.keys():
            return bare
        values = {name: self.number(*places[name]) for name in formula.names}
        uniform = len({scales.get(name, 1) for name in formula.names}) == 1
        factors = {name: 1 if uniform else scales.get(name, 1) for name in formula.names}
        found = formula.value({name: None if value is None else scaled(value, factors[name]) for name, value in values.items()})
        if (found is None) != (wanted is None) or (found is not None and wanted is not None and not _close(found, wanted)):
            return bare
        cells = {name: address(*places[name]) for name in values}
        references = {name: cell if factors[name] == 1 else f"({cell}*{factors[name]})" for name, cell in cells.items()}
        return Formula(formula.excel(references), UNDEFINED if found is None else found)

    def over_record(self, index: int, formula: str, wanted: float | None) -> Content:
        """A formula over cells of a record by their keys, if they yield the wanted value in the cell's unit; otherwise the plain value."""
        known = self._cells(index, expression(formula).names)
        cells = {name: (place.row, place.column) for name, place in known.items()}
        return self.formula(expression(formula), cells, {name: place.scale for name, place in known.items()}, wanted)

    def ratio(self, index: int, formula: str) -> Content:
        """A ratio over cells of a record by their keys, as they will stand; ``None`` where a cell or figure is missing."""
        wanted = expression(formula)
        values = {name: (self.number(place.row, place.column), place.scale) for name, place in self._cells(index, wanted.names).items()}
        known = {name: value * scale for name, (value, scale) in values.items() if value is not None}
        return self.over_record(index, formula, wanted.value(known)) if len(known) == len(wanted.names) else None

    def _cells(self, index: int, keys: Iterable[str]) -> dict[str, Place]:
        """The cells that a record has for some keys."""
        places = {key: self.table.place(index, key) for key in keys}
        return {key: place for key, place in places.items() if place is not None}

    def total(self, parts: Iterable[int], key: str, wanted: float) -> Content:
        """``SUM`` over a column's cells of some records, if they add up to the wanted value in that unit; otherwise the plain value."""
        places = [self.table.place(index, key) for index in parts]
        cells = sorted((place.row, place.column) for place in places if place is not None)
        known = [number for cell in cells if (number := self.number(*cell)) is not None]
        whole = known and len(known) == len(places)
        return Formula(sum_of(cells), wanted) if whole and self.how.formulas != "value" and _close(sum(known), wanted) else wanted

    def _agrees(self, held: Scalar, value: Scalar, row: int, column: int) -> bool:
        """Whether a typed figure equals ours at the precision that its column is kept in."""
        if held == value:
            return True
        if isinstance(value, str) or isinstance(held, ErrorValue):
            return str(held) == str(value)
        try:
            typed = parse_number(held)
        except ValueError:
            return False
        if typed is None or not isinstance(value, int | float):
            return typed is None and value is None
        computed = (row, column) in self._formulas
        decimals = max(_decimals(typed), _LEAST_DECIMALS) if computed else self._decimals(row, column)
        return abs(typed - value) <= 0.5 * 10.0**-decimals + _DUST * abs(value)

    @cached_property
    def _keys(self) -> Mapping[tuple[int, int], str]:
        """The column key of each cell where figures of one key stand in several columns."""
        return {(place.row, place.column): key for (_, key), place in self.table.places.items()}

    def _decimals(self, row: int, column: int) -> int:
        """Decimals that figures of a cell's kind are typed with."""
        key = self._keys.get((row, column))
        kin = [cell for cell, own in self._keys.items() if own == key] if key else [(number, column) for number in self.table.rows]
        grid = self.ledger.grids[self.table.sheet]
        typed = [grid.value(*cell) for cell in kin if cell not in self._ours and cell not in self._formulas]
        return max((_decimals(value) for value in typed if isinstance(value, float)), default=_MOST_DECIMALS)

    def changes(self) -> ChangeSet:
        """All changes in sheet order."""
        return ChangeSet(tuple(self._changes[place] for place in sorted(self._changes)))


def sum_of(cells: Sequence[tuple[int, int]]) -> str:
    """The sum of cells in order: over a range where they stand side by side."""
    (top, left), (bottom, right) = cells[0], cells[-1]
    side_by_side = (top == bottom or left == right) and bottom - top + right - left == len(cells) - 1
    if side_by_side and len(cells) > 1:
        return f"SUM({address(top, left)}:{address(bottom, right)})"
    return "+".join(address(*cell) for cell in cells)


def _same(old: Content, new: Content) -> bool:
    if isinstance(old, Formula) != isinstance(new, Formula):
        return False
    if isinstance(old, Formula) and isinstance(new, Formula):
        return old.text == new.text and _same(old.value, new.value)
    if isinstance(old, int | float) and isinstance(new, int | float):
        return _close(old, new)
    return old == new


def _close(a: float, b: float) -> bool:
    return abs(a - b) <= _DUST * max(1.0, abs(a), abs(b))


def _decimals(value: float) -> int:
    text = f"{value:.{_MOST_DECIMALS}f}".rstrip("0")
    return len(text.partition(".")[2])


def plain(content: Content) -> Scalar:
    """The value of a content."""
    return content.value if isinstance(content, Formula) else content


def shown(value: Scalar) -> str:
    """A cell's content for a message."""
    if isinstance(value, float):
        return f"{value:,.4f}".rstrip("0").rstrip(".")
    return str(value)
