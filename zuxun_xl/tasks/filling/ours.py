"""The cells that zuxun_xl filled, remembered as a hidden local name: a union of rectangles that moves along with the rows."""

from __future__ import annotations

import re
from collections.abc import Iterable

from zuxun_xl.book.changes import Change, SheetName
from zuxun_xl.book.port import Book
from zuxun_xl.cells import column_letters, parse_address

FILLED = "_zuxun_filled"
"""The name; the cells it refers to zuxun_xl may change again, others it may not."""

_RANGE = re.compile(r"!\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?")


def remembered(book: Book, changes: Iterable[Change]) -> tuple[SheetName, ...]:
    """The names as they must be once these cells are filled as well; only those that grow."""
    filled: dict[str, set[tuple[int, int]]] = {}
    for change in changes:
        filled.setdefault(change.sheet, set()).add(parse_address(change.cell))
    names = []
    for sheet, cells in filled.items():
        known = cells_of(book.sheet_name(sheet, FILLED) or "")
        if not cells <= known:
            names.append(SheetName(sheet, FILLED, refers_to(sheet, cells | known)))
    return tuple(names)


def cells_of(reference: str) -> set[tuple[int, int]]:
    """The (row, column) places that a name refers to."""
    return {cell for match in _RANGE.finditer(reference) for cell in _cells(match)}


def _cells(match: re.Match[str]) -> list[tuple[int, int]]:
    top, left = parse_address(match[1] + match[2])
    bottom, right = parse_address(match[3] + match[4]) if match[3] else (top, left)
    return [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]


def refers_to(sheet: str, cells: Iterable[tuple[int, int]]) -> str:
    """A union of rectangles, as a defined name refers to it."""
    spans: dict[tuple[int, int], list[int]] = {}
    by_row: dict[int, list[int]] = {}
    for row, column in sorted(cells):
        by_row.setdefault(row, []).append(column)
    finished: list[tuple[int, int, int, int]] = []
    for row in sorted(by_row):
        runs = _runs(by_row[row])
        for run in [run for run in spans if run not in runs or spans[run][1] != row - 1]:
            finished.append((spans[run][0], run[0], spans[run][1], run[1]))
            del spans[run]
        for run in runs:
            spans.setdefault(run, [row, row])[1] = row
    finished += [(top, run[0], bottom, run[1]) for run, (top, bottom) in spans.items()]
    quoted = "'" + sheet.replace("'", "''") + "'"
    return ",".join(f"{quoted}!{_absolute(top, left)}:{_absolute(bottom, right)}" for top, left, bottom, right in sorted(finished))


def _runs(columns: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for column in columns:
        if runs and runs[-1][1] == column - 1:
            runs[-1] = (runs[-1][0], column)
        else:
            runs.append((column, column))
    return runs


def _absolute(row: int, column: int) -> str:
    return f"${column_letters(column)}${row}"
