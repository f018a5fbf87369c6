"""Sheets as lists of rows, written by openpyxl: the pens of the fictitious departments."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Row = list[Any]
Merge = tuple[int, int, int, int]
_MADE = datetime(2026, 12, 1)  # a file of the same bytes' worth of content every time
_DAY_FORMAT = "yyyy-mm-dd"


@dataclass
class Sheet:
    """One sheet: rows from A1 on, merged ranges (top, left, bottom, right), rows that a filter hides, the filter's range, record → row."""

    rows: list[Row] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    filtered: str = ""
    places: dict[int, int] = field(default_factory=dict)

    def add(self, *values: Any, of: object = None) -> None:
        """Append a row; remember the record that it shows."""
        self.rows.append(list(values))
        if of is not None:
            self.places[id(of)] = len(self.rows)

    def headed(self, top: tuple[tuple[str, int], ...], *below: str) -> None:
        """Append two heading lines, the upper of merged cells over so many columns."""
        upper: Row = []
        number = len(self.rows) + 1
        for text, width in top:
            if width > 1:
                self.merges.append((number, len(upper) + 1, number, len(upper) + width))
            upper += [text, *[None] * (width - 1)]
        self.rows += [upper, list(below)]


Sheets = dict[str, Sheet]


def save(sheets: Sheets, path: Path, *, epoch_1904: bool = False) -> Path:
    """Write a workbook; texts that begin with = are formulas."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.created = book.properties.modified = _MADE
    if epoch_1904:
        book.epoch = CALENDAR_MAC_1904
    for name, sheet in sheets.items():
        _write(book.create_sheet(name), sheet)
    book.save(path)
    return path


def _write(target: Worksheet, sheet: Sheet) -> None:
    for number, row in enumerate(sheet.rows, start=1):
        for column, value in enumerate(row, start=1):
            if value is not None:
                cell = target.cell(number, column, value)
                if isinstance(value, date):
                    cell.number_format = _DAY_FORMAT
    for top, left, bottom, right in sheet.merges:
        target.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
        target.cell(top, left).font = Font(bold=True)
    for number in sheet.hidden:
        target.row_dimensions[number].hidden = True
    if sheet.filtered:
        target.auto_filter.ref = sheet.filtered
