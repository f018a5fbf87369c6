"""A described sheet set up in XlsxWriter: all but its contents. Grafted sheets and new workbooks share it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zuxun_xl.book.ooxml.areas import area_text, parse_area
from zuxun_xl.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zuxun_xl.book.changes import SheetSpec

_ALLOWED = {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True}
"""What a locked sheet leaves to people besides filling its open cells."""


def add_sheet(workbook: Any, spec: SheetSpec) -> tuple[Any, Mapping[str, Any]]:  # noqa: ANN401  # XlsxWriter ships no types
    """Add the sheet to an XlsxWriter workbook; returns it with its formats by the names of their styles."""
    import xlsxwriter

    try:
        sheet = workbook.add_worksheet(spec.name)
    except xlsxwriter.exceptions.XlsxWriterException:
        raise FileError(f"工作表名“{spec.name}”不合规。", "表名不超过 31 个字，不含 []:*?/\\ 等符号。") from None
    formats = {name: workbook.add_format(dict(properties)) for name, properties in spec.styles.items()}
    _size(sheet, spec, formats)
    _print(sheet, spec)
    _guide(sheet, spec, formats)
    _merge(sheet, spec, formats)
    return sheet, formats


def _size(sheet: Any, spec: SheetSpec, formats: Mapping[str, Any]) -> None:  # noqa: ANN401
    """Widths, heights, what is hidden, panes."""
    for column, width in enumerate(spec.widths):
        style = spec.column_styles[column] if column < len(spec.column_styles) else ""
        sheet.set_column(column, column, width, formats[style] if style else None)
    for row in sorted({*spec.heights, *spec.hidden_rows}):
        sheet.set_row(row - 1, spec.heights.get(row), None, {"hidden": row in spec.hidden_rows})
    if any(spec.freeze):
        sheet.freeze_panes(*spec.freeze)
    if spec.visibility != "visible":
        sheet.hide() if spec.visibility == "hidden" else sheet.very_hidden()


def _print(sheet: Any, spec: SheetSpec) -> None:  # noqa: ANN401
    if spec.landscape:
        sheet.set_landscape()
    sheet.set_paper(spec.paper)
    sheet.fit_to_pages(1, int(spec.one_page))
    if spec.footer:
        sheet.set_footer(spec.footer)
    if spec.tab_color:
        sheet.set_tab_color(spec.tab_color)
    if spec.breaks:
        sheet.set_h_pagebreaks(list(spec.breaks))


def _guide(sheet: Any, spec: SheetSpec, formats: Mapping[str, Any]) -> None:  # noqa: ANN401
    """What guides people who fill the sheet: entries, highlights, filters, locked cells."""
    for entry in spec.entries:
        sheet.data_validation(entry.area, dict(entry.options))
    for highlight in spec.highlights:
        format_of = {"format": formats[highlight.style]} if highlight.style else {}
        sheet.conditional_format(highlight.area, {**highlight.options, **format_of})
    if spec.filter:
        sheet.autofilter(spec.filter)
    if spec.locked:
        sheet.protect("", _ALLOWED)


def _merge(sheet: Any, spec: SheetSpec, formats: Mapping[str, Any]) -> None:  # noqa: ANN401
    styles = {(cell.row, cell.column): cell.style for cell in spec.cells}
    for text in spec.merges:
        area = parse_area(text)
        if area is None or area[:2] == area[2:]:
            raise FileError(f"工作表“{spec.name}”的合并区域 {text} 不对。", "合并区域形如 A1:H1，至少两格。")
        sheet.merge_range(area_text(area), "", formats.get(styles.get(area[:2], "")))
