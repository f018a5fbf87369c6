"""A worksheet function as a declaration: name, Chinese help, parameters, how it is computed, and its native twin."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from zuxun_xl.errors import ZuxunError
from zuxun_xl.functions.values import MISSING, NA, VALUE, Area, Cell, Missing, area_of

Result = Cell | Area
"""What a function gives: one value, or an area."""

Twin = Callable[[Sequence[str]], str | None]
"""Texts of the arguments → the native formula without ``=`` that shows the same; ``None`` where there is none."""

CATEGORY = "组训助手"
"""Under which the functions stand in the function wizard."""


_SIMPLE = re.compile(r"(?:(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)?\$?[A-Za-z]{1,3}\$?\d+|\d+(?:\.\d+)?")
_MANY = re.compile(r"[:{}]")


def operand(argument: str) -> str | None:
    """The text of an argument as an operand, bracketed where it is more than a cell or a number; ``None`` if an area or nothing."""
    text = argument.strip()
    if not text or _MANY.search(text):
        return None
    return text if _SIMPLE.fullmatch(text) else f"({text})"


def no_twin(_: Sequence[str]) -> None:
    """The twin of a function that no native formula can replace."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter.

    Attributes:
        name: ASCII, lower case, neither a VBA nor a Python keyword.
        help: what it is, in a few Chinese words.
        optional: whether it may be left out; ``compute`` is then given ``MISSING``.
        area: whether an area is taken as one argument; otherwise the function is computed cell by cell.
    """

    name: str
    help: str
    optional: bool = False
    area: bool = False


@dataclass(frozen=True, slots=True)
class Function:
    """A worksheet function; calling it is what a cell does.

    Attributes:
        name: e.g. ``ZX_ATTRITION``.
        title: its Chinese name.
        help: one Chinese sentence for the function wizard.
        parameters: in order, the optional ones last.
        compute: one argument a parameter — a cell, an ``Area`` for parameters that say so, ``MISSING`` for those left out.
        twin: the native formula of a call, from the texts of its arguments.
        example: a call and what it shows, for the docs.
    """

    name: str
    title: str
    help: str
    parameters: tuple[Parameter, ...]
    compute: Callable[..., Result]
    twin: Twin = no_twin
    example: tuple[str, str] = ("", "")
    _required: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_required", sum(not parameter.optional for parameter in self.parameters))

    def __call__(self, *arguments: object) -> Result:
        """The value for arguments as a host hands them over: one value, or rows of values.

        With an area where one cell is expected the result is an area, computed row by row as the spreadsheet does it: one row or
        column serves for all, what one area lacks is ``#N/A``. Errors of arguments are passed on; wrong arguments give ``#VALUE!``.
        """
        given = [*arguments, *[MISSING] * (len(self.parameters) - len(arguments))]
        if len(given) > len(self.parameters) or MISSING in given[: self._required]:
            return VALUE
        taken = [argument if isinstance(argument, Missing) else area_of(argument) for argument in given]
        wide = [
            area for area, parameter in zip(taken, self.parameters, strict=True)
            if not (isinstance(area, Missing) or parameter.area or len(area) == len(area[0]) == 1)
        ]
        rows, columns = max(map(len, wide), default=1), max((len(area[0]) for area in wide), default=1)
        streams = [
            [area] * (rows * columns) if isinstance(area, Missing) or parameter.area else _laid_out(area, rows, columns)
            for area, parameter in zip(taken, self.parameters, strict=True)
        ]
        results = map(self._computed, zip(*streams, strict=True))
        if not wide:
            return next(results)
        cells = [result[0][0] if isinstance(result, list) else result for result in results]
        return [cells[start : start + columns] for start in range(0, rows * columns, columns)]

    def _computed(self, arguments: Iterable[Any]) -> Result:
        try:
            return self.compute(*arguments)
        except (ZuxunError, ValueError, ArithmeticError):
            return VALUE


def _laid_out(area: Area, rows: int, columns: int) -> list[Cell]:
    """The cells of an area laid out over rows × columns."""
    if len(area) == rows and len(area[0]) == columns:
        return [cell for row in area for cell in row]
    wide: Area = [row * columns if len(row) == 1 else [*row, *[NA] * (columns - len(row))] for row in area]
    absent: Area = [[NA] * columns] * (rows - len(wide))
    return [cell for row in (wide * rows if len(wide) == 1 else wide + absent) for cell in row]
