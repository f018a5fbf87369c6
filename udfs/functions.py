"""The worksheet functions as xlwings' UDF server loads them: one Python function for every entry of ``FUNCTIONS``, none written by hand.

Off Windows ``xlwings.func`` does nothing, and the module is then just these functions.
"""

from __future__ import annotations

from collections.abc import Callable
from inspect import Parameter, Signature
from typing import Any

import xlwings as xw

from zuxun_xl.functions.catalogue import FUNCTIONS
from zuxun_xl.functions.function import CATEGORY, Function, Result
from zuxun_xl.functions.values import MISSING

_FIRST, _LAST = -2146828288, -2146822753
"""Between these lie the numbers by which COM hands over error values; every true number of a cell is a float."""

_UNUSUAL = {2043: "#GETTING_DATA", 2045: "#SPILL!", 2050: "#CALC!"}
"""Errors that xlwings itself does not name."""


def worksheet_function(function: Function) -> Callable[..., Any]:
    """What Excel calls for a declared function: the same name, parameters and help, optional ones default to ``MISSING``."""

    def call(*arguments: Any) -> Any:  # noqa: ANN401 - whatever a cell may hold
        return _handed_over(function(*[_taken(argument) for argument in arguments]))

    call.__name__ = call.__qualname__ = function.name
    call.__doc__ = f"{function.title}：{function.help}"
    call.__signature__ = Signature([  # type: ignore[attr-defined]  # what inspect.signature() reads
        Parameter(each.name, Parameter.POSITIONAL_OR_KEYWORD, default=MISSING if each.optional else Parameter.empty)
        for each in function.parameters
    ])
    call.__annotations__ = {}  # xlwings would take them for converters
    marked = xw.ret()(call)
    for each in function.parameters:
        marked = xw.arg(each.name, ndim=2, err_to_str=True, doc=each.help)(marked)
    return xw.func(category=CATEGORY)(marked)  # last: the decorators within reset the category


def _taken(argument: Any) -> Any:  # noqa: ANN401 - rows of cells, or MISSING
    """An argument whose rare error values are texts as well, so that they are not taken for numbers."""
    if not isinstance(argument, list):
        return argument
    return [[_named(cell) if type(cell) is int else cell for cell in row] for row in argument]


def _named(cell: int) -> int | str:
    return _UNUSUAL.get(cell - _FIRST, "#VALUE!") if _FIRST <= cell <= _LAST else cell


def _handed_over(result: Result) -> Any:  # noqa: ANN401 - one value or rows
    """A result in the form that COM takes: errors are plain texts, which the add-in turns into error values of the cell."""
    if isinstance(result, list):
        return [[str(cell) if isinstance(cell, str) else cell for cell in row] for row in result]
    return str(result) if isinstance(result, str) else result


globals().update({name: worksheet_function(function) for name, function in FUNCTIONS.items()})
