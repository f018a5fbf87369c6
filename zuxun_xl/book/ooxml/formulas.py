"""Formulas of a sheet part: found by search, shared ones spelt out for each cell by shifting relative references."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zuxun_xl.book.ooxml.areas import Area, Position, parse_area
from zuxun_xl.book.ooxml.futures import shown
from zuxun_xl.book.ooxml.markup import attribute, unescape
from zuxun_xl.book.ooxml.sheet import Cell, SheetPart
from zuxun_xl.cells import column_letters, column_number, parse_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
_SHEET = r"(?:'(?:[^']|'')*'|(?:\[\d+\])?[^\W\d][\w.]*(?::[^\W\d][\w.]*)?)!"
_BRACKETS = r"\[(?:'.|[^\[\]']|\[(?:'.|[^\[\]'])*\])*\]"
_CELL = r"\$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6}"
_TOKEN = re.compile(
    rf'"(?:[^"]|"")*"|(?P<sheet>{_SHEET})|{_BRACKETS}'
    rf"|(?P<ref>(?<![\w.$\\])(?:{_CELL}(?::{_CELL})?|\$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}}|\$?[1-9][0-9]{{0,6}}:\$?[1-9][0-9]{{0,6}})(?![\w.(\[!]))"
    r"|(?P<name>[^\W\d\\][\w.\\?]*)(?P<call>\()?|[\w.]+"
)
_PIECE = re.compile(r"(\$?)([A-Za-z]{1,3})?(\$?)([1-9][0-9]{0,6})?")


@dataclass(frozen=True, slots=True)
class FormulaCell:
    """A cell that holds a formula.

    Attributes:
        position: 1-based (row, column).
        text: the formula as stored, without ``=``; ``""`` for a dependant of a shared formula whose master is gone.
        kind: ``""``, ``shared``, ``array`` or ``dataTable``.
        group: number of its shared formula.
        area: range that it fills, for arrays and masters of shared formulas.
        calculated: whether the file holds its value.
    """

    position: Position
    text: str
    kind: str
    group: str
    area: Area | None
    calculated: bool

    @property
    def fills(self) -> Area | None:
        """The range whose values are all this formula's, for arrays and data tables."""
        return self.area if self.kind in {"array", "dataTable"} else None


def formula_cells(sheet: SheetPart) -> list[FormulaCell]:
    """All formula cells of a sheet, shared formulas spelt out."""
    if b"<%sf" % sheet.p not in sheet.xml:
        return []
    pattern = re.compile(rb"\s*<%sf(?=[\s/>])([^>]*?)(?:/>|>(.*?)</%sf\s*>)" % (sheet.p, sheet.p), re.DOTALL)
    value = re.compile(rb"<%sv(?=[\s/>])[^>]*(?<!/)>([^<]?)" % sheet.p)
    return list(_expanded(_found(cell, pattern, value) for cell in _candidates(sheet)))


def _candidates(sheet: SheetPart) -> Iterator[Cell]:
    """Cells whose content begins with a formula; cell by cell only where the file leaves positions unsaid."""
    fast = re.compile(rb"(<%sc\s[^>]*[^/]>)(\s*<%sf[\s/>].*?)</%sc\s*>" % (sheet.p, sheet.p, sheet.p), re.DOTALL)
    found = list(fast.finditer(sheet.xml, sheet.start, sheet.end))
    references = [attribute(match[1], b"r") for match in found]
    if None in references or re.search(rb"<%sc>\s*<%sf" % (sheet.p, sheet.p), sheet.xml):
        opening = re.compile(rb"\s*<%sf[\s/>]" % sheet.p)
        return (cell for cell in sheet.cells() if opening.match(cell.body))
    return (Cell(*parse_address((ref or b"").decode().upper()), match[1], match[2]) for ref, match in zip(references, found, strict=True))


def _found(cell: Cell, pattern: re.Pattern[bytes], value: re.Pattern[bytes]) -> FormulaCell:
    match = pattern.match(cell.body)
    tag, text = (match[1], unescape(match[2] or b"")) if match else (b"", "")
    return FormulaCell(
        position=(cell.row, cell.column),
        text=text,
        kind=(attribute(tag, b"t") or b"").decode().replace("normal", ""),
        group=(attribute(tag, b"si") or b"").decode(),
        area=parse_area((attribute(tag, b"ref") or b"").decode()),
        calculated=_calculated(cell, value),
    )


def _calculated(cell: Cell, value: re.Pattern[bytes]) -> bool:
    """Whether a value is stored; an empty one only counts as the text ""."""
    stored = value.search(cell.body)
    return stored is not None and (bool(stored[1]) or attribute(cell.tag, b"t") == b"str")


def _expanded(found: Iterable[FormulaCell]) -> Iterator[FormulaCell]:
    masters: dict[str, FormulaCell] = {}
    for cell in found:
        if cell.kind != "shared":
            yield cell
        elif cell.text:
            masters[cell.group] = cell
            yield cell
        else:
            yield FormulaCell(cell.position, _text_of(cell, masters.get(cell.group)), "shared", cell.group, None, cell.calculated)


def _text_of(cell: FormulaCell, master: FormulaCell | None) -> str:
    if master is None:
        return ""
    return shift(master.text, cell.position[0] - master.position[0], cell.position[1] - master.position[1])


def formula_texts(cells: Iterable[FormulaCell]) -> dict[Position, str]:
    """Formula texts by position, as people see them."""
    return {cell.position: shown(cell.text) for cell in cells if cell.text}


def tokens(formula: str) -> Iterator[re.Match[str]]:
    """The parts of a formula that may refer to cells, in order; text in quotes stays whole."""
    return _TOKEN.finditer(formula)


def shift(formula: str, rows: int, columns: int) -> str:
    """The formula as it reads when copied that many rows down and columns right."""
    return _TOKEN.sub(lambda match: _shifted(match["ref"], rows, columns) if match["ref"] else match[0], formula)


def _shifted(reference: str, rows: int, columns: int) -> str:
    parts = [_shifted_piece(part, rows, columns) for part in reference.split(":")]
    return "#REF!" if None in parts else ":".join(part for part in parts if part)


def _shifted_piece(piece: str, rows: int, columns: int) -> str | None:
    dollar_column, letters, dollar_row, digits = split_reference(piece)
    if letters and not dollar_column:
        number = column_number(letters.upper()) + columns
        if not 1 <= number <= MAX_COLUMN:
            return None
        letters = column_letters(number)
    if digits and not dollar_row:
        if not 1 <= int(digits) + rows <= MAX_ROW:
            return None
        digits = str(int(digits) + rows)
    return f"{dollar_column}{letters}{dollar_row}{digits}"


def split_reference(piece: str) -> tuple[str, str, str, str]:
    """Dollar sign, letters, dollar sign and digits of ``$A$1``, ``$A`` or ``$1``."""
    match = _PIECE.fullmatch(piece)
    dollar, letters, second, digits = match.groups("") if match else ("", "", "", "")
    return (dollar, letters, second, digits) if letters else ("", "", dollar or second, digits)
