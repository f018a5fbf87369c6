"""What a cell holds, as Excel keeps it: numbers (days too), texts, truth values, errors, formulas; comparable and fit for JSON."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from zuxun_xl.book.changes import Content, Formula
from zuxun_xl.book.excel.values import error
from zuxun_xl.book.grid import ErrorValue
from zuxun_xl.book.ooxml.cells import serial

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zuxun_xl.book.excel.sheet import LiveSheet
    from zuxun_xl.book.ooxml.areas import Position

Kind = Literal["empty", "number", "text", "truth", "error", "formula"]


@dataclass(frozen=True, slots=True)
class Held:
    """Content of a cell.

    Attributes:
        kind: of what sort it is.
        value: the number, the text, the formula without ``=``; empty for an empty cell.
    """

    kind: Kind
    value: float | str | bool = ""

    def same(self, other: Held) -> bool:
        """Whether both are the same to a person; Excel may write a formula in its own way."""
        if self.kind == other.kind == "formula":
            return _plain(str(self.value)) == _plain(str(other.value))
        return self == other

    @property
    def shown(self) -> str:
        """As text, for people."""
        if self.kind == "formula":
            return f"={self.value}"
        if isinstance(self.value, float):
            return f"{self.value:.10g}"
        return str(self.value)


EMPTY = Held("empty")


def _plain(formula: str) -> str:
    return re.sub(r"\s+", "", formula).upper()


def held_of(content: Content, *, date1904: bool) -> Held:
    """A content that is to be written."""
    match content:
        case Formula(text, _):
            return Held("formula", text)
        case None | "":
            return EMPTY
        case ErrorValue():
            return Held("error", str(content))
        case str():
            return Held("text", content)
        case bool():
            return Held("truth", content)
    return Held("number", float(serial(content, date1904=date1904)))


class Snapshot:
    """What all cells of a sheet hold at a moment, in two calls.

    Attributes:
        live: the sheet.
    """

    def __init__(self, live: LiveSheet, upto: Position = (1, 1)) -> None:
        rows, columns = live.extent
        self._texts, self._values = live.contents((max(rows, upto[0]), max(columns, upto[1])))

    def held(self, place: Position) -> Held:
        """The content of a cell."""
        row, column = place
        if row > len(self._texts) or column > len(self._texts[0]):
            return EMPTY
        return _held(self._texts[row - 1][column - 1], self._values[row - 1][column - 1])

    def fingerprint(self) -> str:
        """A short text that differs as soon as any content or formula does; values of formulas do not count."""
        rows = [[str(text or "") for text in row] for row in self._texts]
        filled = {(row, column): text for row, texts in enumerate(rows) for column, text in enumerate(texts) if text}
        return hashlib.sha256(repr(sorted(filled.items())).encode()).hexdigest()[:16]


def _held(text: Any, value: Any) -> Held:  # noqa: ANN401  # as Excel gives them
    if isinstance(text, str) and text.startswith("=") and text != value:
        return Held("formula", text[1:])
    match value:
        case None | "":
            return EMPTY
        case bool():
            return Held("truth", value)
        case str():
            return Held("text", value)
        case int() if name := error(value):
            return Held("error", str(name))
    return Held("number", float(value))


def as_json(held: Held) -> list[Any]:
    """For the record."""
    return [held.kind, held.value]


def from_json(pair: list[Any]) -> Held:
    """From the record."""
    kind, value = pair
    return Held(kind, float(value) if kind == "number" else value)


def furthest(places: Mapping[Position, object]) -> Position:
    """The last row and column that any of these cells lies in."""
    return max((row for row, _ in places), default=1), max((column for _, column in places), default=1)
