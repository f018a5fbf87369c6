"""Formulas that stand outside cells: defined names, conditional formats, validation, computed columns of tables; and array areas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from zuxun_xl.book.ooxml.markup import plain, text_attribute, unescape
from zuxun_xl.book.ooxml.relations import relations
from zuxun_xl.book.port import Beside

if TYPE_CHECKING:
    from zuxun_xl.book.ooxml.contents import Contents

_FORMULA = re.compile(rb"<(?:[\w.-]+:)?(formula[12]?|f)(?:\s[^>]*)?>([^<]+)</")
_AREA = re.compile(rb"\ssqref\s*=\s*[\"']([^\"']*)[\"']|<xm:sqref>([^<]*)<")
_COLUMN = re.compile(rb"(<(?:[\w.-]+:)?tableColumn\s[^>]*>)|<(?:[\w.-]+:)?calculatedColumnFormula(?:\s[^>]*)?>([^<]+)<")
_KINDS = {b"formula": "条件格式", b"formula1": "数据验证", b"formula2": "数据验证", b"f": "条件格式或数据验证"}


def beside(contents: Contents) -> Iterator[Beside]:
    """All of them, names first."""
    sheets = [entry.name for entry in contents.workbook.sheets]
    for name in contents.workbook.names:
        yield Beside("名称", "" if name.index is None else sheets[name.index], name.name, name.refers_to)
    for sheet, part in contents.worksheets.items():
        yield from _behind_cells(sheet, contents.sheet(sheet).tail)
        for relation in relations(contents.package, part):
            if relation.kind == "table":
                yield from _columns(sheet, plain(contents.package.read(relation.target), relation.target))


def _behind_cells(sheet: str, xml: bytes) -> Iterator[Beside]:
    """Those that follow the cells; extensions state their area after the formula, all others before it."""
    areas = [(match.start(), (match[1] or match[2]).decode(), match[1] is None) for match in _AREA.finditer(xml)]
    for match in _FORMULA.finditer(xml):
        around = (
            [area for start, area, extended in areas if extended and start > match.start()][:1] if match[1] == b"f"
            else [area for start, area, extended in areas if not extended and start < match.start()][-1:]
        )
        yield Beside(_KINDS[match[1]], sheet, next(iter(around), ""), unescape(match[2]))


def _columns(sheet: str, xml: bytes) -> Iterator[Beside]:
    heading = ""
    for match in _COLUMN.finditer(xml):
        if match[1]:
            heading = text_attribute(match[1], b"name")
        else:
            yield Beside("表格的计算列", sheet, heading, unescape(match[2]))
