"""Error values of a sheet part, which calamine gives as blanks."""

from __future__ import annotations

import re

from zuxun_xl.book.grid import ErrorValue, Scalar, parse_address
from zuxun_xl.book.ooxml.areas import Position
from zuxun_xl.book.ooxml.markup import attribute, unescape
from zuxun_xl.book.ooxml.sheet import SheetPart


def with_errors(rows: list[list[Scalar]], xml: bytes, part: str) -> list[list[Scalar]]:
    """The rows with error values where they belong; the part is looked into only if it holds any."""
    if b'"e"' not in xml and (b"'" not in xml or b"'e'" not in xml):
        return rows
    for (row, column), value in _error_cells(SheetPart(xml, part)).items():
        rows[row - 1][column - 1] = value
    return rows


def _error_cells(sheet: SheetPart) -> dict[Position, ErrorValue]:
    p = sheet.p
    pattern = re.compile(rb"(<%sc(?=\s)[^>]*\st\s*=\s*[\"']e[\"'][^>]*>)(.*?)</%sc\s*>" % (p, p), re.DOTALL)
    value = re.compile(rb"<%sv(?:\s[^>]*)?>([^<]*)<" % p)
    found: dict[Position, ErrorValue] = {}
    for match in pattern.finditer(sheet.xml, sheet.start, sheet.end):
        reference, stored = attribute(match[1], b"r"), value.search(match[2])
        if reference is None:
            cells = ((cell, value.search(cell.body)) for cell in sheet.cells() if attribute(cell.tag, b"t") == b"e")
            return {(cell.row, cell.column): ErrorValue(unescape(inner[1])) for cell, inner in cells if inner}
        if stored:
            found[parse_address(reference.decode().upper())] = ErrorValue(unescape(stored[1]))
    return found
