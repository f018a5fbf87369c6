"""Computed cells of templates: a native formula and, beside it, how Python computes the same value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from zuxun_xl.book.calc.evaluate import calculated
from zuxun_xl.book.grid import ErrorValue, Scalar
from zuxun_xl.cells import address
from zuxun_xl.expr import Expression

Spot = tuple[str, int, int]
"""Sheet, 1-based row and column."""

Look = Callable[[Spot], Scalar]
"""The value of a cell."""


@dataclass(frozen=True, slots=True)
class Computed:
    """A formula without its leading ``=``, and its value by the values of other cells."""

    text: str
    value: Callable[[Look], Scalar]


def native(text: str, here: str) -> Computed:
    """A formula in a sheet whose value our own calculator tells."""
    return Computed(text, lambda look: calculated(text, here, lambda *spot: look(spot)))


def total(cells: Sequence[Spot], least: int = 1) -> Computed:
    """The sum of cells of the same sheet; shows nothing where fewer than ``least`` of them hold numbers."""
    listed = area(cells)

    def value(look: Look) -> Scalar:
        numbers = _numbers(cells, look)
        return sum(numbers) if len(numbers) >= least else ""

    return Computed(f'IF(COUNT({listed})<{least},"",SUM({listed}))', value)


def mean(cells: Sequence[Spot]) -> Computed:
    """The mean of those cells that hold numbers; shows nothing where none does."""
    listed = area(cells)

    def value(look: Look) -> Scalar:
        numbers = _numbers(cells, look)
        return sum(numbers) / len(numbers) if numbers else ""

    return Computed(f'IF(COUNT({listed})=0,"",AVERAGE({listed}))', value)


def same(cell: Spot, here: str) -> Computed:
    """What another cell holds, blank where it is blank."""
    place = reference(cell, here)
    return Computed(f'IF({place}="","",{place})', lambda look: "" if look(cell) is None else look(cell))


def arithmetic(formula: Expression, places: Mapping[str, Spot], needs: Sequence[str], constants: Mapping[str, int] | None = None) -> Computed:
    """A formula over cells of the same sheet: blank as long as a cell it needs is, ``#N/A`` where a denominator is 0.

    Args:
        formula: over names.
        places: name → cell; blank cells beside the needed ones count as 0.
        needs: names that must hold numbers.
        constants: name → number that is written into the formula.
    """
    known = constants or {}
    references = {name: address(*places[name][1:]) for name in formula.names if name in places} | {n: str(v) for n, v in known.items()}
    counted = ",".join(references[name] for name in needs)

    def value(look: Look) -> Scalar:
        held = {name: look(places[name]) for name in formula.names if name in places}
        numbers = {name: float(v) for name, v in held.items() if isinstance(v, int | float) and not isinstance(v, bool)}
        if not set(needs) <= numbers.keys():
            return ""
        result = formula.value({**dict.fromkeys(held, 0.0), **numbers, **known})
        return ErrorValue("#N/A") if result is None else result

    return Computed(f'IF(COUNT({counted})<{len(needs)},"",{formula.excel(references)})', value)


def reference(cell: Spot, here: str) -> str:
    """A1 reference of a cell as seen from a sheet."""
    sheet, row, column = cell
    return address(row, column) if sheet == here else f"'{sheet.replace(chr(39), chr(39) * 2)}'!{address(row, column)}"


def _numbers(cells: Sequence[Spot], look: Look) -> list[float]:
    held = (look(cell) for cell in cells)
    return [float(value) for value in held if isinstance(value, int | float) and not isinstance(value, bool)]


def area(cells: Sequence[Spot]) -> str:
    """Cells as arguments; those that lie in one column without a gap as a range."""
    columns, rows = {column for _, _, column in cells}, sorted(row for _, row, _ in cells)
    if len(columns) == 1 and len(rows) > 1 and rows == list(range(rows[0], rows[-1] + 1)):
        column = columns.pop()
        return f"{address(rows[0], column)}:{address(rows[-1], column)}"
    return ",".join(address(row, column) for _, row, column in cells)
