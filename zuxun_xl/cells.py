"""A1 addresses of cells, and the error values that cells may show."""

from __future__ import annotations

import re

_CELL = re.compile(r"^\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})$")


class ErrorValue(str):
    """An Excel error value such as ``#N/A``; a ``str`` subclass so that it never passes for a number."""

    __slots__ = ()


def column_letters(column: int) -> str:
    """Letters of a 1-based column: 1 → ``A``, 28 → ``AB``."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """1-based number of a column: ``A`` → 1, ``AB`` → 28."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def address(row: int, column: int, *, absolute: bool = False) -> str:
    """A1 address of a 1-based row and column; an absolute one (``$A$1``) stays when its formula is copied."""
    return f"${column_letters(column)}${row}" if absolute else f"{column_letters(column)}{row}"


def parse_address(text: str) -> tuple[int, int]:
    """1-based (row, column) of an A1 address; raises ``ValueError`` for anything else."""
    match = _CELL.match(text)
    if match is None:
        msg = f"not a cell address: {text!r}"
        raise ValueError(msg)
    return int(match[2]), column_number(match[1])


def place_in(sheet: str, cell: str) -> str:
    """A cell of a sheet as formulas and links name it: ``'附表一'!K4``; the sheet's first cell where none is given."""
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{cell or 'A1'}"
