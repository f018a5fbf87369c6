"""Contents and formats put into the cells of one sheet: a rectangle a call."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any

from zuxun_xl.book.excel.entering import is_taken_otherwise
from zuxun_xl.book.excel.held import Held, Snapshot, furthest
from zuxun_xl.book.ooxml.numbers import family
from zuxun_xl.book.rectangles import Rectangle, rectangles
from zuxun_xl.cells import address
from zuxun_xl.errors import ExcelError

if TYPE_CHECKING:
    from zuxun_xl.book.excel.sheet import LiveSheet
    from zuxun_xl.book.ooxml.areas import Position

TEXT = "@"
_PLAIN = "General"


@dataclass
class Entries:
    """What is to be put into a sheet.

    Attributes:
        contents: by cell.
        formats: number formats that these cells have in the end.
        quoted: cells whose text gets an apostrophe before it instead of the format of texts.
        heights: row → points.
    """

    contents: dict[Position, Held] = field(default_factory=dict)
    formats: dict[Position, str] = field(default_factory=dict)
    quoted: set[Position] = field(default_factory=set)
    heights: dict[int, float] = field(default_factory=dict)

    def entry_format(self, place: Position) -> str:
        """The format that a cell must have while its content is put in, so that Excel takes it for what it is."""
        held, final = self.contents[place], self.formats[place]
        if held.kind == "text":
            return TEXT if is_taken_otherwise(str(held.value)) and place not in self.quoted else final
        return _PLAIN if family(final) == "text" else final


def write(live: LiveSheet, entries: Entries, current: Callable[[Position], str]) -> None:
    """Put everything in.

    Args:
        live: the sheet.
        entries: what to put in.
        current: the number format that a cell has now.
    """
    entering = {place: entries.entry_format(place) for place in entries.contents}
    _format(live, {place: code for place, code in entering.items() if code != current(place)})
    formulas = {place: held for place, held in entries.contents.items() if held.kind == "formula"}
    values = {place: held for place, held in entries.contents.items() if place not in formulas}
    for block in blocks(live, values):
        live.range(block).raw_value = _filled(block, lambda place: _given(values[place], quoted=place in entries.quoted))
    for block in blocks(live, formulas):
        live.range(block).formula = _filled(block, lambda place: f"={formulas[place].value}")
    # a formula in a cell of no format takes over the format of what it reads
    _format(live, {place: entries.formats[place] for place in entering if place in formulas or entering[place] != entries.formats[place]})
    for row, height in entries.heights.items():
        live.range((row, 1, row, 1)).row_height = height


def check_written(live: LiveSheet, contents: Mapping[Position, Held]) -> None:
    """Raise ``ExcelError`` for the first cell that does not hold what was put in."""
    now = Snapshot(live, furthest(contents))
    for place, held in contents.items():
        found = now.held(place)
        if found != held and not (found.kind == held.kind == "formula"):
            raise ExcelError(f"{live.name}!{address(*place)} 写入后与要写的不一样，已全部还原。", "请把这一格的格式改为“常规”，再试。")


def blocks(live: LiveSheet, cells: Iterable[Position]) -> list[Rectangle]:
    """Rectangles that one call may write; under a filter the rows that it hides are written cell by cell.

    Excel applies what is given to a larger area to the rows that are shown only.
    """
    places = set(cells)
    if not places or not live.sheet.api.FilterMode:
        return rectangles(places)
    hidden = {place for place in places if place[0] in live.hidden_rows}
    return rectangles(places - hidden) + [(*place, *place) for place in sorted(hidden)]


def _format(live: LiveSheet, codes: Mapping[Position, str]) -> None:
    """Number formats set, one call for each rectangle of one format."""
    by_code = groupby(sorted(codes, key=lambda place: (codes[place], place)), key=lambda place: codes[place])
    for code, places in by_code:
        for area in rectangles(places):
            live.range(area).number_format = code


def _filled(area: Rectangle, content: Callable[[Position], Any]) -> list[list[Any]]:
    top, left, bottom, right = area
    return [[content((row, column)) for column in range(left, right + 1)] for row in range(top, bottom + 1)]


def _given(held: Held, *, quoted: bool) -> float | str | bool:
    """A value as it crosses to Excel; an error is put in as one types it, and an empty text empties a cell."""
    return f"'{held.value}" if quoted else held.value
