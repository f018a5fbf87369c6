"""VBA text of the worksheet functions, generated from ``FUNCTIONS``."""

from __future__ import annotations

from collections.abc import Iterable

from zuxun_xl.functions.catalogue import FUNCTIONS
from zuxun_xl.functions.function import Function

MODULE = "ZxFunctions"
LONGEST_LINE = 1023
MOST_CONTINUATIONS = 24
LONGEST_NAME = 31
LONGEST_HELP = 255

RESERVED = frozenset(
    "and as boolean byref byte byval call case close const currency date debug decimal declare dim do double each else elseif empty end enum eqv "
    "erase error event exit false for friend function get global gosub goto if imp implements in input integer is let lib like line lock long loop "
    "lset me mod name new next not nothing null object on open option optional or paramarray preserve print private property public put raiseevent "
    "redim rem resume return rset seek select set single spc static step stop string sub tab then to true type typeof until variant wend while "
    "with write xor".split()
)
"""Words that VBA keeps for itself: none may name a parameter."""


def signature(function: Function) -> str:
    """The parameter list."""
    return ", ".join(f"{'Optional ' if each.optional else ''}{each.name} As Variant" for each in function.parameters)


def wrapper(function: Function) -> str:
    """One function."""
    names = ", ".join(each.name for each in function.parameters)
    return (
        f"Public Function {function.name}({signature(function)}) As Variant\n"
        f'    {function.name} = ZxCall("{function.name}", Array({names}))\n'
        "End Function\n"
    )


def module_text(functions: Iterable[Function] = FUNCTIONS.values()) -> str:
    """The whole module."""
    return f'Attribute VB_Name = "{MODULE}"\nOption Explicit\n\n' + "\n".join(map(wrapper, functions))
