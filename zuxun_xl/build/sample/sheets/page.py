"""One sheet as the sample writes it: cells by kind, headings, declared tables, print set-up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Generic, TypeVar

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from zuxun_xl.build.sample.sheets.look import Band, Looks

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

T = TypeVar("T")
_A4 = 9
_ROW_HEIGHT = 18


@dataclass(frozen=True)
class Formula:
    """A formula and the value it has, so that readers without a calculator see it too."""

    text: str
    value: float | str


Cell = str | int | float | date | Formula | None


@dataclass(frozen=True)
class Column(Generic[T]):
    """One column of a declared table."""

    heading: str
    width: float
    style: str
    value: Callable[[T], Cell]


class Page:
    """One sheet being written."""

    def __init__(self, book: Workbook, looks: Looks, name: str) -> None:
        """Add the sheet to the workbook."""
        self.sheet: Worksheet = book.add_worksheet(name)
        self.looks = looks
        self.sheet.hide_gridlines(2)
        self.sheet.set_default_row(_ROW_HEIGHT)

    def put(self, row: int, col: int, value: Cell, style: str = "text", band: Band = "") -> None:
        """Write one cell by the kind of its value."""
        look = self.looks.of(style, band)
        match value:
            case None:
                self.sheet.write_blank(row, col, None, look)
            case Formula(text, known):
                self.sheet.write_formula(row, col, text, look, known)
            case date():
                self.sheet.write_datetime(row, col, datetime.combine(value, time()), look)
            case str():
                self.sheet.write_string(row, col, value, look)
            case _:
                self.sheet.write_number(row, col, value, look)

    def title(self, row: int, first: int, last: int, text: str, note: str = "") -> None:
        """Write the title over the width of the table, and the small print below it."""
        self.sheet.merge_range(row, first, row, last, text, self.looks.of("title"))
        self.sheet.set_row(row, 30)
        if note:
            self.sheet.merge_range(row + 1, first, row + 1, last, note, self.looks.of("note"))

    def head(self, row: int, col: int, headings: Iterable[str], band: Band = "head", height: float = 24) -> None:
        """Write a row of headings."""
        for offset, heading in enumerate(headings):
            self.put(row, col + offset, heading, "center", band)
        self.sheet.set_row(row, height)

    def merged(self, area: tuple[int, int, int, int], text: str, band: Band, style: str = "center") -> None:
        """Write a text over several cells (first row, first column, last row, last column)."""
        if area[:2] == area[2:]:
            self.put(area[0], area[1], text, style, band)
        else:
            self.sheet.merge_range(*area, text, self.looks.of(style, band))

    def widths(self, col: int, widths: Sequence[float]) -> None:
        """Set the widths of neighbouring columns."""
        for offset, width in enumerate(widths):
            self.sheet.set_column(col + offset, col + offset, width)

    def table(self, row: int, col: int, columns: Sequence[Column[T]], items: Iterable[T]) -> int:
        """Write headings and one row an item; return the row after the last."""
        self.head(row, col, [column.heading for column in columns])
        self.widths(col, [column.width for column in columns])
        for item in items:
            row += 1
            for offset, column in enumerate(columns):
                self.put(row, col + offset, column.value(item), column.style)
        return row + 1

    def paper(self, *, landscape: bool = True, repeat: tuple[int, int] | None = None, paper: int = _A4) -> None:
        """Fit the sheet to the width of the paper, headings on every page."""
        if landscape:
            self.sheet.set_landscape()
        self.sheet.set_paper(paper)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self.sheet.center_horizontally()
        self.sheet.set_footer("&L&9秋实营业部　组训编制&R&9第 &P 页／共 &N 页")
        if repeat:
            self.sheet.repeat_rows(*repeat)


def cell(row: int, col: int) -> str:
    """Return the address of a cell."""
    return str(xl_rowcol_to_cell(row, col))


def span(first: tuple[int, int], last: tuple[int, int]) -> str:
    """Return the address of a range."""
    return f"{cell(*first)}:{cell(*last)}"


def letters(col: int) -> str:
    """Return the letters of a column."""
    return str(xl_col_to_name(col))
