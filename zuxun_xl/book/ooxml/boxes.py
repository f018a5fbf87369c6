"""Where the box of a note is shown, and how large: right of its cell, wide enough to read, as high as its text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from zuxun_xl.book.layout import height_of
from zuxun_xl.book.ooxml.formulas import MAX_COLUMN, MAX_ROW
from zuxun_xl.book.ooxml.markup import attribute
from zuxun_xl.book.ooxml.vml import Box

if TYPE_CHECKING:
    from zuxun_xl.book.ooxml.areas import Position
    from zuxun_xl.book.ooxml.sheet import SheetPart

_WIDTH = 280
_CHARACTERS = 42.0
_LINE = 13.5
_PIXELS = 4 / 3
"""Pixels of a point."""
_USUAL_WIDTH, _USUAL_HEIGHT = 64, 20
_GAP = 15


def box(sheet: SheetPart, position: Position, text: str) -> Box:
    """The box of a note with this text on a cell."""
    row, column = position
    height = height_of([(text, _CHARACTERS)]) + 2 * _LINE
    left, top = min(column, MAX_COLUMN - 1), max(row - 2, 0)
    right = _walk(left, _GAP + _WIDTH, lambda place: _column_pixels(sheet, place + 1), MAX_COLUMN - 1)
    bottom = _walk(top, round(height * _PIXELS), lambda place: _row_pixels(sheet, place + 1), MAX_ROW - 1)
    return Box((left, _GAP, top, 2, *right, *bottom), _WIDTH / _PIXELS, height, int(height // _LINE))


def _walk(start: int, distance: int, size: Callable[[int], int], last: int) -> tuple[int, int]:
    """The column or row in which a distance ends, counted from 0, and the pixels into it."""
    place = start
    while place < last and distance > size(place):
        distance -= size(place)
        place += 1
    return place, distance


def _column_pixels(sheet: SheetPart, column: int) -> int:
    if sheet.column_attribute(column, b"hidden") in {b"1", b"true"}:
        return 0
    width = sheet.column_attribute(column, b"width")
    return int(float(width) * 7 + 5) if width else _USUAL_WIDTH


def _row_pixels(sheet: SheetPart, row: int) -> int:
    index, found = sheet.row_index(row)
    if not found:
        return _USUAL_HEIGHT
    tag = sheet.xml[sheet.rows[index].start : sheet.rows[index].tag_end]
    if attribute(tag, b"hidden") in {b"1", b"true"}:
        return 0
    height = attribute(tag, b"ht")
    return round(float(height) * _PIXELS) if height else _USUAL_HEIGHT
