"""A workbook in memory that behaves as Excel's does where it matters for writing: formats, locks, arrays, merges, renamed sheets."""

from __future__ import annotations

import copy
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.excel_double.entering import entered
from zuxun_xl.book.calc.evaluate import Lookup, calculated
from zuxun_xl.book.calc.parse import NotComputableError
from zuxun_xl.book.ooxml.numbers import family
from zuxun_xl.cells import ErrorValue, address, parse_address

Area = tuple[int, int, int, int]


class ComError(Exception):
    """As pywin32 raises it."""

    def __init__(self, hresult: int, said: str = "", cause: int = 0) -> None:
        super().__init__(hresult, "Exception occurred.", (0, "Microsoft Excel", said, None, 0, cause), None)
        self.hresult, self.excepinfo = hresult, (0, "Microsoft Excel", said, None, 0, cause)


def refused(said: str) -> ComError:
    """Excel's error 1004."""
    return ComError(-2147352567, said, -2146827284)


@dataclass
class Cell:
    """One cell. Days are numbers whose format shows a day."""

    value: Any = None
    formula: str | None = None
    format: str = "General"
    locked: bool = True
    color: int | None = None
    pattern: int = -4142
    note: str | None = None
    prefix: str = ""
    array: Area | None = None

    @property
    def content(self) -> tuple[Any, ...]:
        return (self.value if self.formula is None else None, self.formula, self.format, self.color, self.note, self.prefix, self.array)


@dataclass
class Sheet:
    """One worksheet."""

    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: set[Area] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    filtered: bool = False
    heights: dict[int, float] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)
    visible: int = -1
    protected: bool = False
    allows: frozenset[str] = frozenset()
    names: dict[str, tuple[str, bool]] = field(default_factory=dict)
    tables: dict[str, Area] = field(default_factory=dict)
    pivots: list[Area] = field(default_factory=list)
    threads: int = 0
    deleted: bool = False

    def cell(self, row: int, column: int) -> Cell:
        return self.cells.get((row, column)) or Cell()

    def made(self, row: int, column: int) -> Cell:
        return self.cells.setdefault((row, column), Cell())

    @property
    def used(self) -> Area:
        """Excel counts what is formatted as used."""
        places = [place for place, cell in self.cells.items() if cell != Cell()]
        rows, columns = [row for row, _ in places] or [1], [column for _, column in places] or [1]
        return min(rows), min(columns), max(rows), max(columns)

    def merge_at(self, row: int, column: int) -> Area:
        return next((m for m in self.merges if m[0] <= row <= m[2] and m[1] <= column <= m[3]), (row, column, row, column))

    def contents(self) -> dict[str, Any]:
        """All that a person could see or find."""
        return {
            "cells": {place: cell.content for place, cell in self.cells.items() if cell != Cell()}, "merges": self.merges,
            "hidden": self.hidden_rows, "heights": self.heights, "widths": self.widths, "visible": self.visible, "names": self.names,
            "tables": self.tables, "protected": self.protected,
        }


@dataclass
class Book:
    """One workbook."""

    name: str
    path: Path
    app: App
    sheets: list[Sheet] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    date1904: bool = False
    structure_protected: bool = False
    active: int = 0
    selection: Area = (1, 1, 1, 1)
    closed: bool = False
    stale: bool = False
    _look: Lookup | None = None

    def sheet(self, name: str) -> Sheet:
        self.check_open()
        for sheet in self.sheets:
            if sheet.name.lower() == name.lower():
                return sheet
        raise ComError(-2147352565, "Subscript out of range")

    def check_open(self) -> None:
        if self.closed:
            raise ComError(-2147417848)

    def check_structure(self) -> None:
        if self.structure_protected:
            raise refused("工作簿受保护，不能更改。")

    def contents(self) -> dict[str, Any]:
        return {sheet.name: sheet.contents() for sheet in self.sheets} | {"*": [sheet.name for sheet in self.sheets], "names": self.names}

    def rename(self, sheet: Sheet, name: str) -> None:
        """A sheet renamed: formulas and names follow."""
        self.check_structure()
        old, sheet.name = sheet.name, name
        self._rewrite(old, _quoted(name))

    def delete(self, sheet: Sheet) -> None:
        self.check_structure()
        self.sheets.remove(sheet)
        sheet.deleted = True
        self.active = min(self.active, len(self.sheets) - 1)
        self._rewrite(sheet.name, "#REF")
        self.stale, self._look = True, None

    def _rewrite(self, old: str, new: str) -> None:
        pattern = re.compile(rf"(?<![\w'])(?:{re.escape(_quoted(old))}|{re.escape(old)})!")
        for sheet in self.sheets:
            for cell in sheet.cells.values():
                if cell.formula and old in cell.formula:
                    cell.formula = pattern.sub(lambda _: f"{new}!", cell.formula)
            sheet.names = {key: (pattern.sub(lambda _: f"{new}!", text), seen) for key, (text, seen) in sheet.names.items()}
        self.names = {key: pattern.sub(lambda _: f"{new}!", text) for key, text in self.names.items()}

    def add(self, sheet: Sheet, before: Sheet | None, after: Sheet | None) -> Sheet:
        self.check_structure()
        where = self.sheets.index(before) if before else self.sheets.index(after) + 1 if after else len(self.sheets)
        taken = {each.name for each in self.sheets}
        if sheet.name in taken:
            sheet.name = next(name for n in range(2, 99) if (name := f"{sheet.name} ({n})") not in taken)
        self.sheets.insert(where, sheet)
        self.active = where
        return sheet

    def copied(self, sheet: Sheet, before: Sheet | None, after: Sheet | None) -> Sheet:
        if sheet.visible != -1:
            raise refused("Copy method of Worksheet class failed")
        return self.add(copy.deepcopy(sheet), before, after)

    # ---- values

    def value(self, sheet: Sheet, row: int, column: int) -> Any:
        """What a cell shows; formulas are computed where that is plain, others keep what they had."""
        cell = sheet.cell(row, column)
        if cell.formula is None or not self.stale:
            return cell.value
        if self._look is None:
            self._look = Lookup(self._found)
        try:
            shown = self._look(sheet.name, row, column)
        except NotComputableError:
            return 0.0 if cell.value is None else cell.value
        return float(shown) if isinstance(shown, int) and not isinstance(shown, bool) else "" if shown is None else shown

    def _found(self, name: str, row: int, column: int) -> Any:
        sheet = next((each for each in self.sheets if each.name == name), None)
        if sheet is None:
            raise NotComputableError(name)
        cell = sheet.cell(row, column)
        if cell.formula is not None and cell.array is None:
            try:
                return calculated(cell.formula, name, self._look)  # type: ignore[arg-type]  # made just before
            except NotComputableError:
                if cell.value is None:
                    raise
        return cell.value

    def put(self, sheet: Sheet, row: int, column: int, given: Any, *, as_formula: bool) -> None:
        """One cell entered."""
        cell = sheet.made(row, column)
        if sheet.protected and cell.locked:
            raise refused("您试图更改的单元格或图表位于受保护的工作表中。")
        if cell.array is not None:
            raise refused("不能更改数组的某一部分。")
        self.stale, self._look = True, None
        value, formula, comes_with = _typed(given, cell.format)
        cell.prefix = "'" if isinstance(given, str) and given.startswith("'") and cell.format != "@" else ""
        cell.value, cell.formula = value, formula
        if cell.format == "General" and comes_with:
            cell.format = comes_with
        if formula is not None:
            self._formula_entered(sheet, row, column, cell)
        del as_formula

    def _formula_entered(self, sheet: Sheet, row: int, column: int, cell: Cell) -> None:
        """What Excel does besides: a plain cell takes the format of what it reads, a table's column is filled."""
        reads = re.search(r"(?<![!\w'])\$?([A-Z]{1,2})\$?(\d+)", cell.formula or "")
        if reads and cell.format == "General":
            source = sheet.cell(*parse_address(reads[1] + reads[2])).format
            cell.format = source if family(source) in ("percent", "date") else cell.format
        for top, left, bottom, right in sheet.tables.values():
            if self.app.fills_columns and top < row <= bottom and left <= column <= right:
                for other in range(top + 1, bottom + 1):
                    if sheet.cell(other, column).value is None and sheet.cell(other, column).formula is None:
                        sheet.made(other, column).formula = cell.formula


@dataclass
class App:
    """The program."""

    books: list[Book] = field(default_factory=list)
    screen_updating: bool = True
    calculation: str = "automatic"
    enable_events: bool = True
    display_alerts: bool = True
    visible: bool = True
    status_bar: Any = False
    fills_columns: bool = True
    expands_lists: bool = True
    user: str = "张组训"
    answers: list[Any] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    bars: list[Any] = field(default_factory=list)
    calls: Counter[tuple[str, str]] = field(default_factory=Counter)
    fail_on: tuple[str, int] | None = None

    def called(self, what: str, sheet: str = "") -> None:
        """Counts a call, and fails where a test wants it."""
        self.calls[what, sheet] += 1
        if self.fail_on is not None and self.fail_on[0] == what:
            self.fail_on = (what, self.fail_on[1] - 1)
            if self.fail_on[1] < 0:
                self.fail_on = None
                raise refused("应用程序定义或对象定义错误")


def _typed(given: Any, code: str) -> tuple[Any, str | None, str | None]:
    """Value, formula and number format of what is put into a cell of a format."""
    if given is None or given == "":
        return None, None, None
    if isinstance(given, bool):
        return given, None, None
    if code == "@":
        return (given if isinstance(given, str) else f"{given:g}"), None, None
    if isinstance(given, int | float):
        return float(given), None, None
    if not isinstance(given, str):
        raise TypeError(f"a {type(given).__name__} cannot cross to Excel")
    return (given[1:], None, None) if given.startswith("'") else entered(given)


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"


def where(area: Area) -> str:
    """The address of an area."""
    first, last = address(*area[:2], absolute=True), address(*area[2:], absolute=True)
    return first if first == last else f"{first}:{last}"


def is_error(value: Any) -> bool:
    """Whether a value is an error."""
    return isinstance(value, ErrorValue)
