"""Values inside formulas: numbers, texts, truth values, errors, areas; how operators take and compare them."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import isfinite

from zuxun_xl.book.calc.parse import NotComputableError
from zuxun_xl.book.grid import ErrorValue
from zuxun_xl.units import tidy

Value = float | str | bool | None
"""A value inside a formula; errors are ``ErrorValue``, an empty cell is ``None``."""

_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Cells:
    """The values of an area, row by row."""

    rows: tuple[tuple[Value, ...], ...]

    def __iter__(self) -> Iterator[Value]:
        return (value for row in self.rows for value in row)

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return len(self.rows), len(self.rows[0])


def number(value: Value) -> float | ErrorValue:
    """A value as a number, as operators take it."""
    if isinstance(value, ErrorValue):
        return value
    if isinstance(value, str):
        if any(character.isdigit() for character in value):
            raise NotComputableError("a text that may be a number")
        return ErrorValue("#VALUE!")
    return float(value or 0)


def same_precision(value: float) -> float:
    """A number at the fifteen digits that spreadsheets compare."""
    return float(f"{value:.{_DIGITS}g}")


def operated(sign: str, operands: Sequence[Value]) -> Value:
    """The result of an operator."""
    if error := next((operand for operand in operands if isinstance(operand, ErrorValue)), None):
        return error
    if sign == "&":
        return "".join(map(_text, operands))
    if sign in _COMPARISONS:
        return _COMPARISONS[sign](compared(*operands, order=sign not in ("=", "<>")))
    taken = [number(operand) for operand in operands]
    if error := next((each for each in taken if isinstance(each, ErrorValue)), None):
        return error
    numbers = [float(each) for each in taken]
    if len(numbers) == 1 and sign in _SINGLE:
        return _SINGLE[sign](numbers[0])
    if sign not in _DOUBLE:
        raise NotComputableError(sign)
    result = _DOUBLE[sign](*numbers)
    return result if isinstance(result, str) or isfinite(result or 0) else ErrorValue("#NUM!")


_SINGLE: dict[str, Callable[[float], float]] = {"-": operator.neg, "+": operator.pos, "%": lambda a: a / 100}
_DOUBLE: dict[str, Callable[[float, float], Value]] = {
    "+": lambda a, b: tidy(a + b, a), "-": lambda a, b: tidy(a - b, a), "*": operator.mul,
    "/": lambda a, b: a / b if b else ErrorValue("#DIV/0!"),
}
_COMPARISONS: dict[str, Callable[[int], bool]] = {
    "=": lambda order: order == 0, "<>": lambda order: order != 0, "<": lambda order: order < 0,
    ">": lambda order: order > 0, "<=": lambda order: order <= 0, ">=": lambda order: order >= 0,
}


def compared(one: Value, other: Value, *, order: bool = True) -> int:
    """-1, 0 or 1: numbers before texts; an empty cell is as 0 or as no text.

    Which of two texts comes first depends on the program's language, and truth values are numbers to some programs: not told here.
    """
    one, other = _filled(one, other), _filled(other, one)
    if isinstance(one, bool) != isinstance(other, bool):
        raise NotComputableError("a truth value against another kind")
    if isinstance(one, str) or isinstance(other, str):
        return _texts_compared(one, other, order=order)
    x, y = same_precision(float(one or 0)), same_precision(float(other or 0))
    return (x > y) - (x < y)


def _texts_compared(one: Value, other: Value, *, order: bool) -> int:
    if not (isinstance(one, str) and isinstance(other, str)):
        return 1 if isinstance(one, str) else -1
    if one.casefold() == other.casefold():
        return 0
    if order:
        raise NotComputableError("the order of texts")
    return 1


def _filled(value: Value, beside: Value) -> Value:
    if value is not None:
        return value
    return "" if isinstance(beside, str) else False if isinstance(beside, bool) else 0.0


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return value
    if value != int(value):
        raise NotComputableError("a fraction as text")
    return str(int(value))
