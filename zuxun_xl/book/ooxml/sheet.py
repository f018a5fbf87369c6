"""A sheet part as bytes: its rows and cells found by search, not by parsing it into a tree."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from zuxun_xl.book.ooxml.markup import attribute, plain, prefix
from zuxun_xl.book.ooxml.package import RE_SAVE
from zuxun_xl.cells import column_number, parse_address
from zuxun_xl.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zuxun_xl.book.ooxml.areas import Area, Position


class Cell(NamedTuple):
    """One cell element.

    Attributes:
        row, column: 1-based position.
        tag: its start tag, ``<c r="B2" s="5">``.
        body: what stands between the tags; empty for a cell without content.
        start, end: where it stands in the part's text.
    """

    row: int
    column: int
    tag: bytes
    body: bytes
    start: int = 0
    end: int = 0

    @property
    def numbered(self) -> bool:
        """Whether the element states its position."""
        return attribute(self.tag, b"r") is not None


class Row(NamedTuple):
    """One row element: its number, where it starts, and where its start tag ends."""

    number: int
    start: int
    tag_end: int


class _Patterns(NamedTuple):
    row: re.Pattern[bytes]
    cell: re.Pattern[bytes]


@lru_cache(maxsize=8)
def _patterns(p: bytes) -> _Patterns:
    return _Patterns(
        row=re.compile(rb"<%srow(?: r=\"([0-9]+)\")?(?=[\s/>])[^>]*>" % p),
        cell=re.compile(rb"<%sc(?: r=\"([A-Z]{1,3})[0-9]+\")?(?:\s[^>]*?)?(?:/>|>(.*?)</%sc\s*>)" % (p, p), re.DOTALL),
    )


_column = lru_cache(maxsize=1024)(column_number)


class SheetPart:
    """The text of a worksheet part.

    Attributes:
        part: its name in the package.
        xml: its text, without comments and CDATA.
        p: namespace prefix of its elements.
        start, end: where the rows stand.
    """

    def __init__(self, xml: bytes, part: str) -> None:
        self.part = part
        self.xml = plain(xml, part)
        self.p = prefix(self.xml)
        self._patterns = _patterns(self.p)
        self.start, self.end = self._data_bounds()
        self._known: dict[int, dict[int, Cell]] = {}

    def _data_bounds(self) -> tuple[int, int]:
        """Where the rows stand; an empty ``<sheetData/>`` is opened first."""
        empty = re.search(rb"<%ssheetData\s*/>" % self.p, self.xml)
        if empty:
            opened = b"<%ssheetData></%ssheetData>" % (self.p, self.p)
            self.xml = self.xml[: empty.start()] + opened + self.xml[empty.end() :]
        opening = re.search(rb"<%ssheetData\s*>" % self.p, self.xml)
        end = self.xml.rfind(b"</%ssheetData" % self.p)
        if opening is None or end < 0:
            raise FileError(f"部件 {self.part} 里没有单元格区域，不能读写。", RE_SAVE)
        return opening.end(), end

    @cached_property
    def _numbers(self) -> list[int]:
        return [row.number for row in self.rows]

    @cached_property
    def rows(self) -> list[Row]:
        """All row elements, in order."""
        rows: list[Row] = []
        number = 0
        for match in self._patterns.row.finditer(self.xml, self.start, self.end):
            stated = match[1] or attribute(match[0], b"r")
            number = int(stated) if stated else number + 1
            rows.append(Row(number, match.start(), match.end()))
        if any(before.number >= after.number for before, after in pairwise(rows)):
            raise FileError(f"部件 {self.part} 的行号重复或次序颠倒。", RE_SAVE)
        return rows

    @property
    def tail(self) -> bytes:
        """What follows the cells: merges, validation, print set-up."""
        return self.xml[self.end :]

    @property
    def hidden_rows(self) -> frozenset[int]:
        """Numbers of the rows that are not shown."""
        tags = ((row.number, self.xml[row.start : row.tag_end]) for row in self.rows)
        return frozenset(number for number, tag in tags if attribute(tag, b"hidden") in (b"1", b"true"))

    def column_attribute(self, column: int, name: bytes) -> bytes | None:
        """An attribute that a ``<col>`` element gives to a column, such as its width or style."""
        for tag in re.findall(rb"<%scol\s[^>]*>" % self.p, self.xml[: self.start]):
            if int(attribute(tag, b"min") or 0) <= column <= int(attribute(tag, b"max") or 0):
                return attribute(tag, name)
        return None

    def row_index(self, number: int) -> tuple[int, bool]:
        """Index of a row among ``rows``, or where it would stand; and whether it is there."""
        index = bisect_left(self._numbers, number)
        return index, index < len(self.rows) and self._numbers[index] == number

    def row_end(self, index: int) -> int:
        """Where the content of a row ends: at its closing tag, or at its own end when it is empty."""
        row = self.rows[index]
        if self.xml[row.tag_end - 2 : row.tag_end] == b"/>":
            return row.tag_end
        end = self.xml.find(b"</%srow" % self.p, row.tag_end)
        if end < 0 or end > self.end:
            raise FileError(f"部件 {self.part} 的第 {row.number} 行不完整。", RE_SAVE)
        return end

    def cell(self, position: Position) -> Cell | None:
        """The cell at a position, if it has an element."""
        return self.row_cells(position[0]).get(position[1])

    def row_cells(self, number: int) -> dict[int, Cell]:
        """Cells of a row by column, in order."""
        if number not in self._known:
            index, found = self.row_index(number)
            self._known[number] = self._find_cells(index) if found else {}
        return self._known[number]

    def cells(self) -> Iterator[Cell]:
        """All cells, row by row."""
        for index in range(len(self.rows)):
            yield from self._find_cells(index).values()

    def cells_in(self, area: Area) -> Iterator[Cell]:
        """Cells of an area that have an element."""
        top, left, bottom, right = area
        for number in self._numbers[bisect_left(self._numbers, top) : bisect_left(self._numbers, bottom + 1)]:
            yield from (cell for column, cell in self.row_cells(number).items() if left <= column <= right)

    def _find_cells(self, index: int) -> dict[int, Cell]:
        """Cells of a row; positions that the file leaves unsaid are filled in."""
        number, _, start = self.rows[index]
        cells: dict[int, Cell] = {}
        last = 0
        for match in self._patterns.cell.finditer(self.xml, start, self.row_end(index)):
            body = match[2]
            tag = match[0] if body is None else match[0][: match.start(2) - match.start()]
            column = _column(match[1].decode()) if match[1] else _stated_column(tag) or last + 1
            if column <= last:
                raise FileError(f"部件 {self.part} 的第 {number} 行里单元格重复或次序颠倒。", RE_SAVE)
            cells[column] = Cell(number, column, tag, body or b"", match.start(), match.end())
            last = column
        return cells


def _stated_column(tag: bytes) -> int | None:
    """Column of a cell whose position is written in an unusual way."""
    reference = attribute(tag, b"r")
    return parse_address(reference.decode().upper())[1] if reference else None
