"""Values as Calc hands them to an add-in and takes them back. Goes into the extension: standard library only, Python 3.10.

What Calc does by itself: an error in a single cell is passed on, and an error anywhere in an area makes the call ``#VALUE!``, before the
add-in is asked. A single empty cell arrives as 0.0, an empty cell of an area as ``""``, an argument that was left out as ``None``.
"""

from __future__ import annotations

import struct
from collections.abc import Callable

from zuxun_xl.cells import ErrorValue
from zuxun_xl.functions.function import Function
from zuxun_xl.functions.values import MISSING

SERVICE = "org.zuxun.calc.Functions"
"""Name of the component's service; older LibreOffice versions put it before the functions' names in .xlsx files."""

Shown = tuple[tuple[object, ...], ...]
"""Rows of numbers and texts, the type ``any[][]`` of every result; one value is one row of one."""

_QUIET = 0x7FF8_0000_0000_0000
_CODES = {"#NUM!": 503, "#VALUE!": 519, "#NULL!": 521, "#REF!": 524, "#NAME?": 525, "#DIV/0!": 532, "#N/A": 32767}
"""Error values → the numbers by which Calc knows them; in a result they are the low bits of a NaN."""

_NANS = {text: struct.unpack("<d", struct.pack("<Q", _QUIET | code))[0] for text, code in _CODES.items()}


def method(function: Function) -> Callable[..., Shown]:
    """What Calc calls for a function, with every argument that is declared."""

    def call(_: object, *arguments: object) -> Shown:
        return shown(function(*map(taken, arguments)))

    return call


def taken(argument: object) -> object:
    """An argument of Calc's as the functions take it."""
    if isinstance(argument, tuple):
        return [[None if cell == "" else cell for cell in row] for row in argument]
    return MISSING if argument is None else argument


def shown(result: object) -> Shown:
    """A result of a function as Calc takes it."""
    if isinstance(result, list):
        return tuple(tuple(map(_cell, row)) for row in result)
    return ((_cell(result),),)


def _cell(value: object) -> object:
    if isinstance(value, ErrorValue):
        return _NANS.get(value, _NANS["#VALUE!"])
    return value
