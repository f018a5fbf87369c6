"""Laying out a new sheet row by row: blocks of titles, headings and rows become a SheetSpec, with heights that fit the text."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from zuxun_xl.book.changes import Content, Formula, SheetCell, SheetSpec
from zuxun_xl.book.grid import Grid
from zuxun_xl.cells import address

_FONT = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
_BOX = {**_FONT, "border": 1, "text_wrap": True}
USUAL_WIDTH = 9.14
"""Width of a column for which a workbook states none, as files count it: 8.43 characters and the room beside them."""
_LINE = 13.5
_PADDING = 4.5
_LEAST = 18.0
_MOST = 409.0

STYLES: Mapping[str, Mapping[str, Any]] = {
    "title": {**_FONT, "font_name": "黑体", "font_size": 16, "bold": True, "align": "center"},
    "note": {**_FONT, "font_size": 9, "font_color": "#595959", "text_wrap": True},
    "section": {**_FONT, "font_size": 11, "bold": True, "bg_color": "#E2EFDA"},
    "head": {**_BOX, "bold": True, "align": "center", "bg_color": "#DDEBF7"},
    "text": _BOX,
    "center": {**_BOX, "align": "center"},
    "percent": {**_BOX, "align": "center", "num_format": "0.0%"},
    "count": {**_BOX, "align": "center", "num_format": "0"},
    "number": {**_BOX, "align": "center", "num_format": "#,##0.00"},
    "money": {**_BOX, "align": "center", "num_format": "#,##0"},
    "doubt": {**_BOX, "bg_color": "#FFD966"},
    "input": {**_BOX, "bg_color": "#FFFBE6"},
    "红": {**_BOX, "align": "center", "bold": True, "font_color": "#FFFFFF", "bg_color": "#C00000"},
    "黄": {**_BOX, "align": "center", "bold": True, "bg_color": "#FFD966"},
    "绿": {**_BOX, "align": "center", "bg_color": "#C6E0B4"},
    "灰": {**_BOX, "align": "center", "font_color": "#7F7F7F", "bg_color": "#EDEDED"},
    "错": {**_BOX, "align": "center", "bold": True, "bg_color": "#FFC7CE"},
    "警": {**_BOX, "align": "center", "bold": True, "bg_color": "#FFEB9C"},
    "示": {**_BOX, "align": "center", "bg_color": "#DDEBF7"},
    "link": {**_BOX, "font_color": "#0563C1", "underline": 1},
}
"""Styles that all our sheets share."""

Styled = tuple[Content, str]


@dataclass
class Layout:
    """A sheet under construction.

    Attributes:
        widths: column widths in characters.
    """

    widths: Sequence[float]
    _cells: list[SheetCell] = field(default_factory=list)
    _merges: list[str] = field(default_factory=list)
    _heights: dict[int, float] = field(default_factory=dict)
    _row: int = 0

    def line(self, text: str, style: str, height: float | None = None) -> None:
        """One text over the whole width."""
        self._row += 1
        last = len(self.widths)
        self._cells += [SheetCell(self._row, column, text if column == 1 else None, style) for column in range(1, last + 1)]
        self._merges.append(f"{address(self._row, 1)}:{address(self._row, last)}")
        self._heights[self._row] = height or height_of([(text, sum(self.widths))])

    def row(self, cells: Sequence[Styled], merged: tuple[int, int] | None = None) -> int:
        """One row of cells from column A on; returns its number.

        ``merged`` is the first and last column of cells shown as one, by the first one's content.
        """
        self._row += 1
        self._cells += [SheetCell(self._row, column, content, style) for column, (content, style) in enumerate(cells, start=1)]
        widths = list(self.widths)
        if merged is not None:
            self._merges.append(f"{address(self._row, merged[0])}:{address(self._row, merged[1])}")
            widths[merged[0] - 1] = sum(self.widths[merged[0] - 1 : merged[1]])
        texts = [(content, widths[place]) for place, (content, _) in enumerate(cells) if isinstance(content, str)]
        self._heights[self._row] = height_of(texts)
        return self._row

    def spread(self, cells: Sequence[Styled]) -> None:
        """One row of cells, the last of them over the rest of the width."""
        first, last, (_, style) = len(cells), len(self.widths), cells[-1]
        self.row([*cells, *((None, style) for _ in range(last - first))], (first, last))

    def gap(self) -> None:
        """An empty row."""
        self._row += 1

    @property
    def here(self) -> int:
        """The last row so far."""
        return self._row

    def height(self, rows: int) -> float:
        """Points that the first rows take together."""
        return sum(self._heights.get(row, _LEAST) for row in range(1, rows + 1))

    def spec(self, name: str, **options: Any) -> SheetSpec:
        """The finished sheet; options are further fields of ``SheetSpec``."""
        return SheetSpec(
            name, tuple(self._cells), STYLES, tuple(self.widths), dict(self._heights), tuple(self._merges),
            footer="&L" + name + "&C第 &P 页 共 &N 页&R&D", **options,
        )


def height_of(texts: Sequence[tuple[str, float]]) -> float:
    """Points that a row needs for wrapped texts in columns of these widths (in characters)."""
    lines = max((_lines(text, width) for text, width in texts), default=1)
    return min(max(_LEAST, lines * _LINE + _PADDING), _MOST)


def _lines(text: str, width: float) -> int:
    """Lines that a text takes in a column; a Chinese character counts double."""
    room = max(width - 1, 1)
    return sum(max(1, -(-sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in part) // int(room))) for part in text.split("\n"))


def already_there(grid: Grid | None, spec: SheetSpec) -> bool:
    """Whether a sheet already shows exactly what a spec describes."""
    if grid is None:
        return False
    wanted = {(cell.row, cell.column): _value(cell.content) for cell in spec.cells if _value(cell.content) is not None}
    found = {
        (row, column): value
        for row, values in enumerate(grid.rows, start=1) for column, value in enumerate(values, start=1) if value is not None
    }
    return wanted.keys() == found.keys() and all(_equal(found[place], value) for place, value in wanted.items())


def _value(content: Content) -> Content:
    value = content.value if isinstance(content, Formula) else content
    return None if value == "" else value


def _equal(found: object, wanted: object) -> bool:
    if isinstance(found, float | int) and isinstance(wanted, float | int):
        return abs(found - wanted) <= 1e-9 * max(1.0, abs(found))
    return found == wanted
