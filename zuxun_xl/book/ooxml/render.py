"""A described sheet rendered by XlsxWriter: its layout and styles, without contents, which the splicer writes."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from zuxun_xl.book.ooxml.described import add_sheet
from zuxun_xl.book.ooxml.markup import attribute, with_attribute, without_attribute
from zuxun_xl.book.ooxml.package import Package
from zuxun_xl.book.ooxml.styles import Styles
from zuxun_xl.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zuxun_xl.book.changes import SheetSpec

_CELL = re.compile(rb"<c\s[^>]*>")
_COLUMN = re.compile(rb"<col\s[^>]*>")
_RULE = re.compile(rb"<cfRule\s[^>]*>")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A rendered sheet: its part, whose cells are styled and empty, and the styles that its ids mean."""

    xml: bytes
    styles: Styles

    def adopted(self, styles: Styles) -> bytes:
        """The part with ids of styles that take its own over."""
        ids, highlights = styles.adopt(self.styles), styles.adopt_highlights(self.styles)
        xml = _CELL.sub(lambda match: _renumbered(match[0], b"s", ids), self.xml)
        xml = _COLUMN.sub(lambda match: _renumbered(match[0], b"style", ids), xml)
        return _RULE.sub(lambda match: _renumbered(match[0], b"dxfId", highlights), xml)


def _renumbered(tag: bytes, name: bytes, ids: Mapping[int, int]) -> bytes:
    number = attribute(tag, name)
    return tag if number is None else with_attribute(tag, name, b"%d" % ids[int(number)])


def render(spec: SheetSpec) -> Rendered:
    """Render a sheet in memory; equal descriptions give equal bytes."""
    import xlsxwriter

    if spec.notes:
        raise FileError(f"工作表“{spec.name}”带有批注，只能写进新的工作簿。", "请去掉批注，或另建工作簿。")
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False})
    workbook.set_properties({"created": datetime(1980, 1, 1)})
    sheet, formats = add_sheet(workbook, spec)
    _fill(sheet, spec, formats)
    workbook.close()
    package = Package(buffer.getvalue(), spec.name)
    return Rendered(_tidied(package.read("xl/worksheets/sheet1.xml")), Styles(package.read("xl/styles.xml"), "xl/styles.xml"))


def _fill(sheet: Any, spec: SheetSpec, formats: Mapping[str, Any]) -> None:  # noqa: ANN401  # XlsxWriter ships no types
    """Links and styled blanks."""
    styles = {(cell.row, cell.column): formats[cell.style] if cell.style else None for cell in spec.cells}
    for (row, column), target in spec.links.items():
        sheet.write_url(row - 1, column - 1, f"internal:{target}", styles.get((row, column)), string=" ")
    for (row, column), style in styles.items():
        sheet.write_blank(row - 1, column - 1, None, style)


def _tidied(xml: bytes) -> bytes:
    """The part unselected, and without the texts that XlsxWriter lays under its links."""
    xml = re.sub(rb"<sheetView\s[^>]*>", lambda match: without_attribute(match[0], b"tabSelected"), xml, count=1)
    return re.sub(rb"(<c\s[^>]*) t=\"s\"><v>\d+</v></c>", rb"\1/>", xml)
