"""Cell values as worksheet functions see them: numbers, texts, blanks, errors, areas; read as the spreadsheet's own operators read them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final

from zuxun_xl.cells import ErrorValue
from zuxun_xl.units import EPOCH

Cell = float | str | bool | None
"""One value; errors are ``ErrorValue``, an empty cell is ``None``, days are serial numbers."""

Area = list[list[Cell]]
"""Values row by row, all rows of one length."""


class Missing:
    """An optional argument that was left out: not the same as an empty cell, which is 0."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = Missing()

VALUE, NA, DIV0, NUM = (ErrorValue(text) for text in ("#VALUE!", "#N/A", "#DIV/0!", "#NUM!"))
ERRORS: Final = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!"})
"""Texts by which hosts hand over error values."""

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")


def area_of(argument: object) -> Area:
    """An argument as a host hands it over (one value, a row, rows) as an area; short rows are filled with blanks."""
    if not isinstance(argument, list | tuple):
        return [[cell_of(argument)]]
    nested = any(isinstance(row, list | tuple) for row in argument)
    rows = [row if isinstance(row, list | tuple) else [row] for row in argument] if nested else [argument]
    width = max(map(len, rows)) or 1
    area = [[raw if type(raw) is float and raw - raw == 0 else cell_of(raw) for raw in row] for row in rows]
    return [row if len(row) == width else [*row, *[None] * (width - len(row))] for row in area]


def cell_of(raw: object) -> Cell:
    """One value of a host: errors and days recognised, anything a cell cannot hold is ``#VALUE!``."""
    if isinstance(raw, float):
        return raw if math.isfinite(raw) else NUM
    if raw is None or isinstance(raw, bool | ErrorValue):
        return raw
    if isinstance(raw, str):
        return ErrorValue(raw) if raw in ERRORS else raw
    return _counted(raw)


def _counted(raw: object) -> Cell:
    """Whole numbers and days as numbers."""
    match raw:
        case int():
            return float(raw)
        case datetime():
            return (raw.replace(tzinfo=None) - datetime(EPOCH.year, EPOCH.month, EPOCH.day)).total_seconds() / 86_400
        case date():
            return float((raw - EPOCH).days)
    return VALUE


def number(cell: Cell) -> float | ErrorValue:
    """A cell as an operand: an empty one is 0, a text that is a plain number is that number, any other text ``#VALUE!``."""
    if isinstance(cell, str):
        return cell if isinstance(cell, ErrorValue) else _from_text(cell)
    return float(cell or 0)


def _from_text(text: str) -> float | ErrorValue:
    plain = text.strip(" ")
    percent = plain.endswith("%")
    plain = plain.removesuffix("%")
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    if not _NUMBER.fullmatch(plain):
        return VALUE
    value = float(plain) / (100 if percent else 1)
    return value if math.isfinite(value) else VALUE


def finite(value: float) -> float | ErrorValue:
    """A result, or ``#NUM!`` where it is beyond what a cell holds."""
    return value if math.isfinite(value) else NUM


def first_error(cells: Sequence[Cell | Missing]) -> ErrorValue | None:
    """The first error among cells; what functions pass on."""
    return next((cell for cell in cells if isinstance(cell, ErrorValue)), None)


def flat(area: Area) -> Iterator[Cell]:
    """The cells of an area row by row."""
    return (cell for row in area for cell in row)
