"""A stored workbook read into the double by openpyxl."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.formula import ArrayFormula

from tests.excel_double.model import App, Book, Cell, Sheet
from zuxun_xl.book.ooxml.areas import parse_area
from zuxun_xl.cells import ErrorValue, column_letters

_VISIBLE = {"visible": -1, "hidden": 0, "veryHidden": 2}
_CODES = {"mm-dd-yy": "yyyy/m/d", "m/d/yy h:mm": "yyyy/m/d h:mm"}
"""Built-in formats as a Chinese Excel names them."""
_PADDING = 5 / 7


def opened(path: Path, app: App) -> Book:
    """The workbook, open in the double."""
    texts, values = openpyxl.load_workbook(path, rich_text=False), openpyxl.load_workbook(path, data_only=True)
    book = Book(path.name, path, app, date1904=texts.epoch.year == 1904)
    for sheet in texts.worksheets:
        book.sheets.append(_sheet(sheet, values[sheet.title]))
    book.names = {name: f"={entry.value}" for name, entry in texts.defined_names.items()}
    app.books.append(book)
    return book


def _sheet(texts: Any, values: Any) -> Sheet:
    sheet = Sheet(texts.title, visible=_VISIBLE[texts.sheet_state], protected=bool(texts.protection.sheet))
    sheet.allows = frozenset(name for name in ("formatCells", "formatRows") if not getattr(texts.protection, name))
    sheet.merges = {area for merge in texts.merged_cells.ranges if (area := parse_area(merge.coord))}
    sheet.hidden_rows = {row for row, dimension in texts.row_dimensions.items() if dimension.hidden}
    sheet.heights = {row: dimension.height for row, dimension in texts.row_dimensions.items() if dimension.height}
    for dimension in texts.column_dimensions.values():
        if dimension.customWidth:
            sheet.widths |= dict.fromkeys(range(dimension.min, dimension.max + 1), dimension.width - _PADDING)
    sheet.names = {
        name: (f"={entry.value}", not entry.hidden) for name, entry in texts.defined_names.items() if not name.startswith("_xlnm")
    }
    sheet.tables = {name: area for name, table in texts.tables.items() if (area := parse_area(table.ref))}
    for row in texts.iter_rows():
        for cell in row:
            if cell.value is not None or cell.has_style or cell.comment:
                sheet.cells[cell.row, cell.column] = _cell(cell, values[cell.coordinate])
    for place, cell in list(sheet.cells.items()):
        if cell.array:
            top, left, bottom, right = cell.array
            for spot in ((r, c) for r in range(top, bottom + 1) for c in range(left, right + 1) if (r, c) != place):
                other = sheet.made(*spot)
                other.array, other.formula = cell.array, cell.formula
                other.value = values[f"{column_letters(spot[1])}{spot[0]}"].value
    return sheet


def _cell(text: Any, value: Any) -> Cell:
    cell = Cell(format=_CODES.get(text.number_format, text.number_format), locked=bool(text.protection.locked))
    if text.data_type == "f":
        array = isinstance(text.value, ArrayFormula)
        formula = text.value.text if array else str(text.value)
        cell.formula = re.sub(r"_xlfn\.(_xlws\.)?", "", formula.removeprefix("="))
        cell.array = parse_area(text.value.ref) if array else None
        cell.value = "" if value.value is None else _value(value)
    else:
        cell.value = _value(value)
    if text.fill.patternType == "solid" and isinstance(text.fill.fgColor.rgb, str):
        red, green, blue = (int(text.fill.fgColor.rgb[start : start + 2], 16) for start in (2, 4, 6))
        cell.color, cell.pattern = red + green * 256 + blue * 65536, 1
    cell.note = text.comment.text if text.comment else None
    cell.prefix = "'" if text.quotePrefix else ""
    return cell


def _value(cell: Any) -> Any:
    value = cell.value
    if cell.data_type == "e":
        return ErrorValue(value)
    if isinstance(value, date | datetime | time | timedelta):
        return float(to_excel(value))
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
