"""Cells that must not be written: parts of arrays, merges, table headings and pivot tables. Each refusal says what to do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zuxun_xl.book.ooxml.areas import Area, inside, parse_area
from zuxun_xl.book.ooxml.markup import attribute, plain
from zuxun_xl.book.ooxml.relations import relations
from zuxun_xl.book.refusals import in_array, in_merge, in_pivot, is_table_heading
from zuxun_xl.cells import address

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from zuxun_xl.book.ooxml.areas import Position
    from zuxun_xl.book.ooxml.package import Package
    from zuxun_xl.book.ooxml.sheet import SheetPart


def check_writable(package: Package, name: str, sheet: SheetPart, positions: Iterable[Position]) -> None:
    """Raise ``FileError`` for the first of these cells that must not be written; an array is written as a whole or not at all."""
    positions = dict.fromkeys(positions)
    arrays = [
        area for area in _areas(sheet.xml, rb"<%sf\s[^>]*?\bt=[\"'](?:array|dataTable)[\"'][^>]*>" % sheet.p)
        if not _covers(positions, area)
    ]
    merges = merged_areas(sheet)
    headings, pivots = _table_headings(package, sheet.part), _pivots(package, sheet.part)
    for position in positions:
        where = f"{name}!{address(*position)}"
        if any(inside(position, area) for area in arrays):
            raise in_array(where)
        if any(inside(position, area) and position != area[:2] for area in merges):
            raise in_merge(where)
        if any(inside(position, area) for area in headings):
            raise is_table_heading(where)
        if any(inside(position, area) for area in pivots):
            raise in_pivot(where)


def _covers(positions: Collection[Position], area: Area) -> bool:
    """Whether these cells are all those of an area."""
    rows, columns = range(area[0], area[2] + 1), range(area[1], area[3] + 1)
    return len(rows) * len(columns) <= len(positions) and all((row, column) in positions for row in rows for column in columns)


def merged_areas(sheet: SheetPart) -> list[Area]:
    """Areas of merged cells."""
    return _areas(sheet.tail, rb"<%smergeCell\s[^>]*>" % sheet.p)


def _areas(xml: bytes, tag: bytes, name: bytes = b"ref") -> list[Area]:
    texts = ((attribute(found, name) or b"").decode() for found in re.findall(tag, xml))
    return [area for text in texts if (area := parse_area(text))]


def _table_headings(package: Package, part: str) -> list[Area]:
    headings: list[Area] = []
    for table in (relation.target for relation in relations(package, part) if relation.kind == "table"):
        tag = table_tag(package, table)
        area = parse_area((attribute(tag, b"ref") or b"").decode())
        rows = int(attribute(tag, b"headerRowCount") or 1)
        if area and rows:
            headings.append((area[0], area[1], area[0] + rows - 1, area[3]))
    return headings


def table_tag(package: Package, part: str) -> bytes:
    """The start tag of a table part."""
    match = re.search(rb"<(?:[\w.-]+:)?table\s[^>]*>", plain(package.read(part), part))
    return match[0] if match else b""


def _pivots(package: Package, part: str) -> list[Area]:
    pivots = [relation.target for relation in relations(package, part) if relation.kind == "pivotTable"]
    return [area for pivot in pivots for area in _areas(plain(package.read(pivot), pivot), rb"<(?:[\w.-]+:)?location\s[^>]*>")]
