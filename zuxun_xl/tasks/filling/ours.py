"""The cells that zuxun_xl filled, remembered in hidden local names: where (a union of rectangles, which moves with the rows) and what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from zlib import crc32

from zuxun_xl.book.changes import Change, Content, Formula, SheetName
from zuxun_xl.book.grid import Grid
from zuxun_xl.book.port import Book
from zuxun_xl.book.rectangles import rectangles
from zuxun_xl.cells import column_letters, parse_address

FILLED = "_zuxun_filled"
"""The name; the cells it refers to zuxun_xl may change again, others it may not."""

MARKS = "_zuxun_marks"
"""The name of a text that tells, cell by cell, what was written there."""

Place = tuple[int, int]
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_LENGTH = 3
_CHUNK = 240
_STRING = re.compile(r'"([^"]*)"')
_RANGE = re.compile(r"!\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?")


def ours(book: Book, grid: Grid, formulas: Mapping[Place, str]) -> set[Place]:
    """The cells of a sheet that still hold what zuxun_xl wrote (or nothing); what a person changed since is theirs."""
    marks = _marks(book, grid.sheet)
    held = {place: _held(grid, formulas, place) for place in marks}
    return {place for place, mark in marks.items() if held[place] is None or mark in ("", _mark(held[place]))}


def _held(grid: Grid, formulas: Mapping[Place, str], place: Place) -> Content:
    value = grid.value(*place)
    return Formula(formulas[place], value) if place in formulas else value


def remembered(book: Book, changes: Iterable[Change]) -> tuple[SheetName, ...]:
    """The names as they must be once these cells are filled as well."""
    written: dict[str, dict[Place, str]] = {}
    for change in changes:
        written.setdefault(change.sheet, {})[parse_address(change.cell)] = _mark(change.new)
    names = []
    for sheet, marks in written.items():
        known = _marks(book, sheet)
        whole = known | marks
        if marks.keys() - known.keys():
            names.append(SheetName(sheet, FILLED, refers_to(sheet, whole)))
        if whole != known:
            names.append(SheetName(sheet, MARKS, _text([whole[place] or _mark(None) for place in sorted(whole)])))
    return tuple(names)


def names_for(sheet: str, cells: Mapping[Place, Content]) -> tuple[SheetName, ...]:
    """The names by which zuxun_xl will know cells of a new sheet as its own."""
    marks = [_mark(content) for _, content in sorted(cells.items())]
    return (SheetName(sheet, FILLED, refers_to(sheet, cells)), SheetName(sheet, MARKS, _text(marks))) if cells else ()


def _marks(book: Book, sheet: str) -> dict[Place, str]:
    """Remembered cells with their marks; empty marks where rows were deleted and the two no longer match."""
    cells = sorted(cells_of(book.sheet_name(sheet, FILLED) or ""))
    text = "".join(_STRING.findall(book.sheet_name(sheet, MARKS) or ""))
    marks = [text[start : start + _LENGTH] for start in range(0, len(text), _LENGTH)]
    return dict(zip(cells, marks, strict=True)) if len(marks) == len(cells) else dict.fromkeys(cells, "")


def _mark(content: Content) -> str:
    """Three letters by which a content is known again; any formula is like another, since rows may have moved."""
    value = "=" if isinstance(content, Formula) else content
    text = f"{value:.9g}" if isinstance(value, int | float) else str(value)
    number = crc32(text.encode()) % len(_LETTERS) ** _LENGTH
    return "".join(_LETTERS[number // len(_LETTERS) ** power % len(_LETTERS)] for power in range(_LENGTH))


def _text(marks: list[str]) -> str:
    """Marks as a text formula; a single text in a formula may have 255 characters."""
    text = "".join(marks)
    return "&".join(f'"{text[start : start + _CHUNK]}"' for start in range(0, len(text), _CHUNK))


def cells_of(reference: str) -> set[tuple[int, int]]:
    """The (row, column) places that a name refers to."""
    return {cell for match in _RANGE.finditer(reference) for cell in _cells(match)}


def _cells(match: re.Match[str]) -> list[tuple[int, int]]:
    top, left = parse_address(match[1] + match[2])
    bottom, right = parse_address(match[3] + match[4]) if match[3] else (top, left)
    return [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]


def refers_to(sheet: str, cells: Iterable[tuple[int, int]]) -> str:
    """A union of rectangles, as a defined name refers to it."""
    quoted = "'" + sheet.replace("'", "''") + "'"
    return ",".join(f"{quoted}!{_absolute(top, left)}:{_absolute(bottom, right)}" for top, left, bottom, right in rectangles(cells))


def _absolute(row: int, column: int) -> str:
    return f"${column_letters(column)}${row}"
