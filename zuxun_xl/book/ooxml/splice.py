"""Cells spliced into a sheet part at their places; all but the named cells stay as they are."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from zuxun_xl.book.ooxml.areas import Position, area_text, parse_area
from zuxun_xl.book.ooxml.markup import attribute, with_attribute
from zuxun_xl.book.ooxml.sheet import Cell, SheetPart
from zuxun_xl.cells import address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    Edit = Callable[[Cell], bytes]


def spliced(sheet: SheetPart, edits: Mapping[Position, Edit], heights: Mapping[int, float] | None = None) -> SheetPart:
    """The sheet with these cells edited; missing cells and rows are made where they belong.

    An edit turns the cell that stands there (a bare ``<c r= s=/>`` where none does) into its new text.
    ``heights`` (row → points) are the least that edited rows must have.
    """
    pieces: list[bytes] = []
    done = 0
    for number, positions in groupby(sorted(edits), key=lambda position: position[0]):
        height = (heights or {}).get(number)
        start, end, text = _row(sheet, number, {column: edits[number, column] for _, column in positions}, height)
        pieces += [sheet.xml[done:start], text]
        done = end
    pieces.append(sheet.xml[done:])
    return SheetPart(_with_dimension(sheet, b"".join(pieces), edits), sheet.part)


def _row(sheet: SheetPart, number: int, edits: Mapping[int, Edit], height: float | None) -> tuple[int, int, bytes]:
    """Old bounds and new text of a row, up to its closing tag if it has one."""
    index, found = sheet.row_index(number)
    closing = b"</%srow>" % sheet.p
    if not found:
        where = sheet.rows[index].start if index < len(sheet.rows) else sheet.end
        tag = _with_height(b'<%srow r="%d">' % (sheet.p, number), height)
        return where, where, tag + _cells(sheet, number, tag, edits) + closing
    row, end = sheet.rows[index], sheet.row_end(index)
    tag = _with_height(_with_spans(sheet.xml[row.start : row.tag_end], edits), height)
    if tag.endswith(b"/>"):
        return row.start, end, tag[:-2].rstrip() + b">" + _cells(sheet, number, tag, edits) + closing
    return row.start, end, tag + _cells(sheet, number, tag, edits)


def _cells(sheet: SheetPart, number: int, row_tag: bytes, edits: Mapping[int, Edit]) -> bytes:
    """New text of a row's cells."""
    old = sheet.row_cells(number)
    texts = {column: sheet.xml[cell.start : cell.end] if cell.numbered else _numbered(sheet, cell) for column, cell in old.items()}
    for column, edit in edits.items():
        texts[column] = edit(old.get(column) or _bare(sheet, number, column, row_tag))
    return b"".join(texts[column] for column in sorted(texts))


def _numbered(sheet: SheetPart, cell: Cell) -> bytes:
    """A cell with its position spelt out: neighbours may be put before it."""
    tag = with_attribute(cell.tag, b"r", address(cell.row, cell.column).encode())
    return tag if tag.endswith(b"/>") else tag + cell.body + b"</%sc>" % sheet.p


def _bare(sheet: SheetPart, row: int, column: int, row_tag: bytes) -> Cell:
    """A new cell, in the style of its row or column as Excel would give it."""
    own = attribute(row_tag, b"customFormat") in {b"1", b"true"}
    style = attribute(row_tag, b"s") if own else sheet.column_attribute(column, b"style")
    tag = b'<%sc r="%s"' % (sheet.p, address(row, column).encode())
    return Cell(row, column, tag + (b' s="%s"/>' % style if style else b"/>"), b"")


def _with_spans(tag: bytes, columns: Iterable[int]) -> bytes:
    """A row's tag with its ``spans`` widened to hold these columns."""
    spans = [int(number) for number in re.findall(rb"\d+", attribute(tag, b"spans") or b"")]
    if not spans:
        return tag
    first, last = min(*spans, *columns), max(*spans, *columns)
    return tag if first == min(spans) and last == max(spans) else with_attribute(tag, b"spans", b"%d:%d" % (first, last))


def _with_height(tag: bytes, height: float | None) -> bytes:
    """A row's tag with at least this height."""
    if height is None or float(attribute(tag, b"ht") or 0) >= height:
        return tag
    return with_attribute(with_attribute(tag, b"ht", b"%g" % height), b"customHeight", b"1")


def _with_dimension(sheet: SheetPart, xml: bytes, edits: Iterable[Position]) -> bytes:
    """The text with its stated extent widened to hold these cells."""
    match = re.search(rb"<%sdimension\s[^>]*>" % sheet.p, xml[: sheet.start])
    old = parse_area((attribute(match[0], b"ref") or b"").decode()) if match else None
    rows, columns = [row for row, _ in edits], [column for _, column in edits]
    if match is None or old is None or not rows:
        return xml
    new = (min(old[0], *rows), min(old[1], *columns), max(old[2], *rows), max(old[3], *columns))
    if new == old:
        return xml
    return xml[: match.start()] + with_attribute(match[0], b"ref", area_text(new).encode()) + xml[match.end() :]
