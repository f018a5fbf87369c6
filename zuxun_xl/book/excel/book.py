"""The workbook that is open in Excel, seen through the Book port: each sheet is read in one call and remembered until ``refresh``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zuxun_xl.book.excel.faults import optional, speaking_chinese
from zuxun_xl.book.excel.sheet import LiveSheet, area_of
from zuxun_xl.book.ooxml.references import Names, Reference
from zuxun_xl.book.overlay import Overlay
from zuxun_xl.book.own import is_technical
from zuxun_xl.book.port import Beside

if TYPE_CHECKING:
    from collections.abc import Mapping

    import xlwings

    from zuxun_xl.book.changes import ChangeSet
    from zuxun_xl.book.grid import Grid
    from zuxun_xl.book.rectangles import Rectangle


class ExcelBook:
    """The open workbook. Reading never changes it; ``book.excel.apply`` does.

    Attributes:
        book: as xlwings gives it.
    """

    def __init__(self, book: xlwings.Book) -> None:
        self.book = book
        self._sheets: dict[str, LiveSheet] = {}

    def refresh(self) -> None:
        """Forget what was read."""
        self._sheets = {}

    @property
    def name(self) -> str:
        """File name without its folder."""
        with speaking_chinese():
            return self.book.name

    @property
    def sheet_names(self) -> tuple[str, ...]:
        """Names of the worksheets in tab order, but for those that only serve undoing."""
        return tuple(name for name in self._live if not is_technical(name))

    def live(self, sheet: str) -> LiveSheet:
        """A worksheet; raises ``KeyError`` for an unknown name."""
        return self._live[sheet]

    @property
    def _live(self) -> dict[str, LiveSheet]:
        if not self._sheets:
            with speaking_chinese():
                self._sheets = {sheet.name: LiveSheet(sheet) for sheet in self.book.sheets}
        return self._sheets

    def grid(self, sheet: str) -> Grid:
        """Values of one sheet; raises ``KeyError`` for an unknown name."""
        with speaking_chinese(sheet):
            return self.live(sheet).grid

    def formulas(self, sheet: str) -> Mapping[tuple[int, int], str]:
        """Formula texts without ``=`` by position."""
        with speaking_chinese(sheet):
            return self.live(sheet).formulas

    def uncalculated(self, sheet: str) -> tuple[str, ...]:
        """None: Excel has computed what it shows."""
        self.live(sheet)
        return ()

    def is_protected(self, sheet: str) -> bool:
        """Whether a sheet's locked cells cannot be changed."""
        with speaking_chinese(sheet):
            return self.live(sheet).is_protected

    def hidden_rows(self, sheet: str) -> frozenset[int]:
        """Rows of a sheet that are hidden, by hand or by a filter."""
        with speaking_chinese(sheet):
            return self.live(sheet).hidden_rows

    def column_width(self, sheet: str, column: int) -> float:
        """Width of a 1-based column in characters, counted as files count it."""
        with speaking_chinese(sheet):
            return self.live(sheet).column_width(column)

    def changed(self, changes: ChangeSet) -> Overlay:
        """The workbook as it will be with these changes; nothing is written."""
        return Overlay(self, changes, self._names(), self.date1904)

    def number_format(self, sheet: str, row: int, column: int) -> str:
        """Number format of a cell as Excel's code."""
        with speaking_chinese(sheet):
            return self.live(sheet).number_format(row, column)

    def note_obstacle(self, sheet: str) -> str:
        """Why no note can be put on the cells of a sheet, as a Chinese phrase; empty if it can."""
        with speaking_chinese(sheet):
            api = self.live(sheet).sheet.api
            if optional(api, "CommentsThreaded") is not None and api.CommentsThreaded.Count:
                return "有会话式批注，不能同时加普通批注"
            return "有保护，不能加批注" if api.ProtectDrawingObjects else ""

    def sheet_name(self, sheet: str, name: str) -> str | None:
        """What a name local to a sheet refers to, or ``None``."""
        with speaking_chinese(sheet):
            names = self.live(sheet).sheet.names
            return (names[name].refers_to or "").removeprefix("=") if names.contains(name) else None

    def arrays(self, sheet: str) -> tuple[Rectangle, ...]:
        """Areas that one array formula fills each."""
        with speaking_chinese(sheet):
            return self.live(sheet).arrays

    def beside(self) -> tuple[Beside, ...]:
        """Formulas of defined names; those of conditional formats and validation are not asked of Excel."""
        with speaking_chinese():
            names = [(name.name.rpartition("!"), (name.refers_to or "").removeprefix("=")) for name in self.book.names]
        return tuple(Beside("名称", sheet.strip("'"), name, text) for (sheet, _, name), text in names)

    @property
    def date1904(self) -> bool:
        """Whether dates count from 1904."""
        with speaking_chinese():
            return bool(self.book.api.Date1904)

    def _names(self) -> Names:
        """What defined names and tables stand for."""
        texts: dict[str, list[str]] = {}
        tables: dict[str, Reference] = {}
        with speaking_chinese():
            for name in self.book.names:
                texts.setdefault(name.name.rpartition("!")[2].lower(), []).append((name.refers_to or "").removeprefix("="))
            for sheet, live in self._live.items():
                for table in live.sheet.tables:
                    tables[table.name.lower()] = Reference(sheet, area_of(table.range))
        return Names(self.sheet_names, texts, tables)

