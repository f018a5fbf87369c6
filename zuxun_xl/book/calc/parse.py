"""A native formula as a tree; anything outside the plain language (names, arrays, whole columns) is refused, never guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from zuxun_xl.book.grid import ErrorValue, parse_address


class NotComputableError(Exception):
    """The formula, or a cell it reads, is beyond what is computed here."""


@dataclass(frozen=True, slots=True)
class Constant:
    """A number, a text, a truth value, an error value, or nothing at all (a left-out argument)."""

    value: float | str | bool | None


@dataclass(frozen=True, slots=True)
class Area:
    """Cells: sheet (empty for the formula's own) and corners, 1-based."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Operation:
    """An operator with one or two operands."""

    sign: str
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments."""

    name: str
    arguments: tuple[Node, ...]


Node = Constant | Area | Operation | Call

_CELL = r"\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6}"
_TOKEN = re.compile(
    r'\s*(?:(?P<text>"(?:[^"]|"")*")'
    r"|(?P<error>\#(?:N/A|DIV/0!|VALUE!|REF!|NAME\?|NUM!|NULL!))"
    r"|(?:\[\d+\]!)?(?P<call>[A-Za-z][A-Za-z0-9_.]*)\("
    rf"|(?P<area>(?:(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)?{_CELL}(?::{_CELL})?)(?![\w.(\[!:])"
    r"|(?P<truth>TRUE|FALSE)(?![\w.(])"
    r"|(?P<number>\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)"
    r"|(?P<sign><=|>=|<>|[-+*/^&=<>%(),]))\s*"
)
_LEVELS = ({"=", "<>", "<", ">", "<=", ">="}, {"&"}, {"+", "-"}, {"*", "/"})
"""Operators of two operands, the loosest first."""


_CONSTANTS: dict[str, Callable[[str], float | str | bool]] = {
    "text": lambda text: text[1:-1].replace('""', '"'), "number": float, "error": ErrorValue, "truth": lambda text: text == "TRUE",
}


@lru_cache(maxsize=8192)
def parsed(formula: str) -> Node:
    """The tree of a formula without its leading ``=``.

    Raises:
        NotComputableError: it uses more than constants, areas of cells, operators and calls.
    """
    reader = _Reader(_tokens(formula))
    node = reader.level(0)
    reader.expect("")
    return node


def _tokens(formula: str) -> list[tuple[str, str]]:
    tokens, place = [], 0
    while place < len(formula):
        match = _TOKEN.match(formula, place)
        if match is None:
            raise NotComputableError(formula)
        kind = str(match.lastgroup)
        tokens.append((kind, match[kind]))
        place = match.end()
    return tokens


class _Reader:
    """Reads tokens from left to right."""

    def __init__(self, tokens: Sequence[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._place = 0

    def _next(self) -> tuple[str, str]:
        return self._tokens[self._place] if self._place < len(self._tokens) else ("sign", "")

    def _take(self) -> tuple[str, str]:
        token = self._next()
        self._place += 1
        return token

    def _sees(self, *signs: str) -> bool:
        kind, text = self._next()
        return kind == "sign" and text in signs

    def expect(self, sign: str) -> None:
        """Takes a sign; the empty one is the end."""
        if self._take() != ("sign", sign):
            raise NotComputableError(sign)

    def level(self, rank: int) -> Node:
        """An expression of operators from a level on."""
        if rank == len(_LEVELS):
            return self._power()
        node = self.level(rank + 1)
        while self._sees(*_LEVELS[rank]):
            sign = self._take()[1]
            node = Operation(sign, (node, self.level(rank + 1)))
        return node

    def _power(self) -> Node:
        node = self._signed()
        while self._sees("^"):
            self._take()
            node = Operation("^", (node, self._signed()))
        return node

    def _signed(self) -> Node:
        if self._sees("-", "+"):
            return Operation(self._take()[1], (self._signed(),))
        node = self._atom()
        while self._sees("%"):
            self._take()
            node = Operation("%", (node,))
        return node

    def _atom(self) -> Node:
        kind, text = self._take()
        if kind in _CONSTANTS:
            return Constant(_CONSTANTS[kind](text))
        if kind == "area":
            return _area(text)
        if kind == "call":
            return Call(text.upper(), self._arguments())
        if text != "(":
            raise NotComputableError(text)
        node = self.level(0)
        self.expect(")")
        return node

    def _arguments(self) -> tuple[Node, ...]:
        if self._sees(")"):
            self._take()
            return ()
        found: list[Node] = []
        while True:
            found.append(Constant(None) if self._sees(",", ")") else self.level(0))
            if self._sees(")"):
                self._take()
                return tuple(found)
            self.expect(",")


def _area(text: str) -> Area:
    sheet, _, cells = text.rpartition("!")
    if sheet.startswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    first, _, last = cells.replace("$", "").upper().partition(":")
    (top, left), (bottom, right) = parse_address(first), parse_address(last or first)
    return Area(sheet, min(top, bottom), min(left, right), max(top, bottom), max(left, right))
