"""One sheet of the open workbook, read with few calls and remembered until it is forgotten."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from zuxun_xl.book.excel.spans import Merges, spans
from zuxun_xl.book.excel.values import scalar
from zuxun_xl.book.grid import Grid, Scalar
from zuxun_xl.book.ooxml.areas import parse_area
from zuxun_xl.cells import column_letters
from zuxun_xl.errors import CallError, FileError

if TYPE_CHECKING:
    import xlwings

    from zuxun_xl.book.rectangles import Rectangle

_MOST_CELLS = 4_000_000
_VISIBLE = -1
_PADDING = 5 / 7
"""Characters' worth of room that a stored width counts and Excel's own does not."""


class LiveSheet:
    """A worksheet of the open workbook.

    Attributes:
        sheet: as xlwings gives it.
    """

    def __init__(self, sheet: xlwings.Sheet) -> None:
        self.sheet = sheet
        self._formats: dict[int, list[str]] = {}

    def range(self, area: Rectangle) -> xlwings.Range:
        """The cells of an area."""
        return self.sheet.range(area[:2], area[2:])

    @cached_property
    def name(self) -> str:
        """Its name."""
        return self.sheet.name

    @cached_property
    def extent(self) -> tuple[int, int]:
        """Last row and column that Excel counts as used."""
        last = area_of(self.sheet.used_range)[2:]
        if last[0] * last[1] > _MOST_CELLS:
            raise FileError(
                f"工作表“{self.name}”用到了第{last[0]}行、{column_letters(last[1])}列，太大了，读不了。",
                "请删除数据以外的空行、空列（选中后按右键删除），保存后再试。",
            )
        return last

    @cached_property
    def _values(self) -> list[list[object]]:
        """All values from A1 on, in one call, as Excel gives them."""
        return _rows(self.range((1, 1, *self.extent)).raw_value)

    @cached_property
    def grid(self) -> Grid:
        """The values, without empty rows and columns at the end."""
        held = [(row, column) for row, values in enumerate(self._values, 1) for column, value in enumerate(values, 1) if value is not None]
        height, width = max((row for row, _ in held), default=0), max((column for _, column in held), default=0)
        rows = [
            [self._scalar(row, column, value) for column, value in enumerate(values[:width], 1)]
            for row, values in enumerate(self._values[:height], 1)
        ]
        return Grid(self.name, rows, self._merges, self.sheet.visible != _VISIBLE)

    def _scalar(self, row: int, column: int, value: object) -> Scalar:
        return scalar(value, lambda: self.number_format(row, column))

    @cached_property
    def _merges(self) -> tuple[Rectangle, ...]:
        def state(area: Rectangle) -> bool | None:
            return cast("bool | None", self.range(area).merge_cells)

        found = Merges(lambda row, column: self._values[row - 1][column - 1] in (None, ""), state, self._merge_at)
        return tuple(sorted(found.within((1, 1, *self.extent))))

    def _merge_at(self, row: int, column: int) -> Rectangle:
        return area_of(self.range((row, column, row, column)).merge_area)

    @cached_property
    def formulas(self) -> dict[tuple[int, int], str]:
        """Formula texts, in one call. A text that only looks like one is told by its value, which is the same text."""
        texts = _rows(self.range((1, 1, *self.extent)).formula)
        return {
            (row, column): text[1:]
            for row, (line, values) in enumerate(zip(texts, self._values, strict=True), 1)
            for column, (text, value) in enumerate(zip(line, values, strict=True), 1)
            if isinstance(text, str) and text.startswith("=") and text != value
        }

    @cached_property
    def arrays(self) -> tuple[Rectangle, ...]:
        """Areas that one array formula fills each."""
        if self.range((1, 1, *self.extent)).has_array is False:
            return ()
        found = {}
        for place in self.formulas:
            cell = self.range((*place, *place))
            if cell.has_array:
                area = cell.api.CurrentArray
                found[area.Row, area.Column] = (area.Row, area.Column, area.Row + area.Rows.Count - 1, area.Column + area.Columns.Count - 1)
        return tuple(found.values())

    def contents(self, last: tuple[int, int]) -> tuple[list[list[Any]], list[list[Any]]]:
        """Formula texts, and values with days as numbers, of the cells up to one: read anew."""
        cells = self.range((1, 1, *last))
        return _rows(cells.formula), _rows(cells.api.Value2)

    @cached_property
    def hidden_rows(self) -> frozenset[int]:
        """Rows that are not shown."""
        found = spans(1, self.extent[0], lambda first, last: self.api(first, last).EntireRow.Hidden)
        return frozenset(row for first, last, hidden in found if hidden for row in range(first, last + 1))

    def api(self, first: int, last: int) -> Any:  # noqa: ANN401  # Excel's own object
        """Excel's own object for the first cells of some rows."""
        return self.range((first, 1, last, 1)).api

    def column_width(self, column: int) -> float:
        """Width of a column, counted as files count it."""
        return float(self.range((1, column, 1, column)).column_width or 0) + _PADDING

    def number_format(self, row: int, column: int) -> str:
        """Number format of a cell; a column is asked once, and in halves where its cells differ."""
        if row > self.extent[0]:
            return self.range((row, column, row, column)).number_format
        if column not in self._formats:
            found = spans(1, self.extent[0], lambda first, last: self.range((first, column, last, column)).number_format)
            self._formats[column] = [code for first, last, code in found for _ in range(first, last + 1)]
        return self._formats[column][row - 1]

    @property
    def is_protected(self) -> bool:
        """Whether locked cells cannot be changed."""
        return bool(self.sheet.api.ProtectContents)


def area_of(cells: xlwings.Range) -> Rectangle:
    """Where cells stand, in one call."""
    area = parse_area(cells.address.replace("$", ""))
    if area is None:
        raise CallError(f"“{cells.address}”不是一片单元格。", "请只选一片单元格。")
    return area


def _rows(found: Any) -> list[list[Any]]:  # noqa: ANN401  # a value, or rows of values
    """What a call gave for an area, as rows; for a single cell Excel gives its bare value."""
    return [list(row) for row in found] if isinstance(found, list | tuple) else [[found]]
