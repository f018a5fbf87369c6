"""A described sheet rendered by XlsxWriter: its layout and styles, without contents, which the splicer writes."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from zuxun_xl.book.ooxml.areas import area_text, parse_area
from zuxun_xl.book.ooxml.markup import attribute, with_attribute, without_attribute
from zuxun_xl.book.ooxml.package import Package
from zuxun_xl.book.ooxml.styles import Styles
from zuxun_xl.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zuxun_xl.book.changes import SheetSpec

_CELL = re.compile(rb"<c\s[^>]*>")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A rendered sheet: its part, whose cells are styled and empty, and the styles that its ids mean."""

    xml: bytes
    styles: Styles

    def restyled(self, ids: Mapping[int, int]) -> bytes:
        """The part with its style ids replaced."""
        return _CELL.sub(lambda match: _restyled(match[0], ids), self.xml)


def _restyled(tag: bytes, ids: Mapping[int, int]) -> bytes:
    style = attribute(tag, b"s")
    return tag if style is None else with_attribute(tag, b"s", b"%d" % ids[int(style)])


def render(spec: SheetSpec) -> Rendered:
    """Render a sheet in memory; equal descriptions give equal bytes."""
    import xlsxwriter

    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False})
    workbook.set_properties({"created": datetime(1980, 1, 1)})
    try:
        sheet = workbook.add_worksheet(spec.name)
    except xlsxwriter.exceptions.XlsxWriterException:
        raise FileError(f"工作表名“{spec.name}”不合规。", "表名不超过 31 个字，不含 []:*?/\\ 等符号。") from None
    formats = {name: workbook.add_format(dict(properties)) for name, properties in spec.styles.items()}
    _set_up(sheet, spec)
    _fill(sheet, spec, formats)
    workbook.close()
    package = Package(buffer.getvalue(), spec.name)
    return Rendered(_tidied(package.read("xl/worksheets/sheet1.xml")), Styles(package.read("xl/styles.xml"), "xl/styles.xml"))


def _set_up(sheet: Any, spec: SheetSpec) -> None:  # noqa: ANN401  # XlsxWriter ships no types
    """Widths, heights, panes and everything about printing."""
    for column, width in enumerate(spec.widths):
        sheet.set_column(column, column, width)
    for row, height in spec.heights.items():
        sheet.set_row(row - 1, height)
    if any(spec.freeze):
        sheet.freeze_panes(*spec.freeze)
    if spec.landscape:
        sheet.set_landscape()
    sheet.set_paper(spec.paper)
    sheet.fit_to_pages(1, 0)
    if spec.footer:
        sheet.set_footer(spec.footer)
    if spec.tab_color:
        sheet.set_tab_color(spec.tab_color)


def _fill(sheet: Any, spec: SheetSpec, formats: Mapping[str, Any]) -> None:  # noqa: ANN401  # XlsxWriter ships no types
    """Merges, links and styled blanks."""
    styles = {(cell.row, cell.column): formats[cell.style] if cell.style else None for cell in spec.cells}
    for text in spec.merges:
        area = parse_area(text)
        if area is None or area[:2] == area[2:]:
            raise FileError(f"工作表“{spec.name}”的合并区域 {text} 不对。", "合并区域形如 A1:H1，至少两格。")
        sheet.merge_range(area_text(area), "", styles.get(area[:2]))
    for (row, column), target in spec.links.items():
        sheet.write_url(row - 1, column - 1, f"internal:{target}", styles.get((row, column)), string=" ")
    for (row, column), style in styles.items():
        sheet.write_blank(row - 1, column - 1, None, style)


def _tidied(xml: bytes) -> bytes:
    """The part unselected, and without the texts that XlsxWriter lays under its links."""
    xml = re.sub(rb"<sheetView\s[^>]*>", lambda match: without_attribute(match[0], b"tabSelected"), xml, count=1)
    return re.sub(rb"(<c\s[^>]*) t=\"s\"><v>\d+</v></c>", rb"\1/>", xml)
