"""Writes the sample ledger's tables anew in the house styles of other departments; the records, and so the true figures, stay the same."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import xlsxwriter

from zuxun_xl.book.changes import ChangeSet
from zuxun_xl.book.file import FileBook
from zuxun_xl.book.grid import Grid
from zuxun_xl.book.port import Beside
from zuxun_xl.cells import parse_address
from zuxun_xl.periods import parse_period
from zuxun_xl.tasks.kpi import figures
from zuxun_xl.tasks.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

Row = list[Any]
Merge = tuple[int, int, int, int]

_HEADER = 3
_ATTENDANCE = ("应出勤人次", "出勤人次")
_ACTIVITY = ("约访", "面谈", "新增准客户")


@dataclass
class Frame:
    """The records of one table: headings and rows, without titles and totals."""

    headings: list[Any]
    rows: list[Row]

    def place(self, heading: str) -> int:
        """Index of a column."""
        return self.headings.index(heading)

    def column(self, heading: str) -> Row:
        """Values of a column."""
        place = self.place(heading)
        return [row[place] for row in self.rows]

    def renamed(self, **names: str) -> Frame:
        """With other headings."""
        return Frame([names.get(heading, heading) for heading in self.headings], self.rows)

    def ordered(self, *headings: str) -> Frame:
        """With only these columns, in this order."""
        places = [self.place(heading) for heading in headings]
        return Frame(list(headings), [[row[place] for place in places] for row in self.rows])

    def without(self, *headings: str) -> Frame:
        """Without some columns."""
        return self.ordered(*(heading for heading in self.headings if heading not in headings))

    def mapped(self, change: Callable[[Any], Any], *headings: str) -> Frame:
        """With the values of some columns changed."""
        places = {self.place(heading) for heading in headings}
        return Frame(self.headings, [[change(v) if i in places else v for i, v in enumerate(row)] for row in self.rows])

    def added(self, heading: str, value: Callable[[dict[str, Any]], Any]) -> Frame:
        """With a further column computed from the row."""
        return Frame([*self.headings, heading], [[*row, value(dict(zip(self.headings, row, strict=True)))] for row in self.rows])

    def split(self, key: Callable[[dict[str, Any]], str]) -> dict[str, Frame]:
        """Several tables of the same columns."""
        parts: dict[str, Frame] = {}
        for row in self.rows:
            name = key(dict(zip(self.headings, row, strict=True)))
            parts.setdefault(name, Frame(self.headings, [])).rows.append(row)
        return parts


@dataclass
class House:
    """A workbook in memory, a ``Book`` like any other, with its sheets free to be changed."""

    sheets: dict[str, list[Row]]
    merges: dict[str, list[Merge]] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    protected: set[str] = field(default_factory=set)
    name: str = "台账.xlsx"
    own_formulas: dict[str, dict[tuple[int, int], str]] = field(default_factory=dict)
    _grids: dict[str, Grid] = field(default_factory=dict)

    @property
    def sheet_names(self) -> tuple[str, ...]:
        """Names in tab order."""
        return tuple(self.sheets)

    def grid(self, sheet: str) -> Grid:
        """One sheet, as the file adapter would give it."""
        if sheet not in self._grids:
            rows = self.sheets[sheet]
            width = max(map(len, rows), default=0)
            cells = [[_cell(value) for value in row] + [None] * (width - len(row)) for row in rows]
            self._grids[sheet] = Grid(sheet, cells, tuple(self.merges.get(sheet, ())), sheet in self.hidden)
        return self._grids[sheet]

    def formulas(self, sheet: str) -> Mapping[tuple[int, int], str]:
        """Those that were put there; else a house holds values."""
        return self.own_formulas.get(sheet, {})

    def uncalculated(self, sheet: str) -> tuple[str, ...]:
        """None: a house holds values."""
        return tuple(dict.fromkeys((), sheet))

    def is_protected(self, sheet: str) -> bool:
        """Only the sheets that a test names."""
        return sheet in self.protected

    def hidden_rows(self, sheet: str) -> frozenset[int]:
        """None: a house is shown whole."""
        return frozenset(dict.fromkeys((), len(sheet)))

    def column_width(self, sheet: str, column: int) -> float:
        """The width of a new workbook's columns."""
        return 8.43 if self.sheets[sheet] else float(column)

    def changed(self, changes: ChangeSet) -> House:
        """A house of its own with these cells changed."""
        house = self.copy()
        for change in changes.changes:
            house.change(change.sheet, *parse_address(change.cell), change.new)
        return house

    def number_format(self, sheet: str, row: int, column: int) -> str:
        """The format of a new workbook's cells."""
        return "yyyy-mm-dd" if isinstance(self.grid(sheet).value(row, column), date) else "General"

    def note_obstacle(self, sheet: str) -> str:
        """None: nothing is stored."""
        return "" if sheet in self.sheets else "没有这张表"

    def arrays(self, sheet: str) -> tuple[tuple[int, int, int, int], ...]:
        """No array formulas."""
        areas: dict[str, tuple[tuple[int, int, int, int], ...]] = {}
        return areas.get(sheet, ())

    def beside(self) -> tuple[Beside, ...]:
        """No formulas outside cells."""
        return ()

    def sheet_name(self, sheet: str, name: str) -> str | None:
        """None: a house has no names."""
        names: dict[tuple[str, str], str] = {}
        return names.get((sheet, name))

    def copy(self) -> House:
        """A house of its own; the rows are shared until a transformation replaces them."""
        return House(dict(self.sheets), deepcopy(self.merges), set(self.hidden), set(self.protected), self.name)

    def frame(self, sheet: str) -> Frame:
        """The records of a sheet of the sample, whose headings stand in row 3."""
        rows = self.sheets[sheet]
        body = [row for row in rows[_HEADER:] if sum(value is not None for value in row) > 2 and "合" not in str(row[0])]
        return Frame([value for value in rows[_HEADER - 1] if value is not None], body)

    def put(self, sheet: str, rows: Sequence[Row], merges: Sequence[Merge] = (), *, replaces: str = "") -> None:
        """Sets a sheet, at the end or in place of another one."""
        old = replaces or sheet
        if old in self.sheets:
            self.sheets = {(sheet if name == old else name): (list(rows) if name == old else value) for name, value in self.sheets.items()}
            self.merges.pop(old, None)
        else:
            self.sheets[sheet] = list(rows)
        self.merges[sheet] = list(merges)
        self._grids = {}

    def drop(self, *sheets: str) -> None:
        """Removes sheets."""
        for sheet in sheets:
            del self.sheets[sheet]

    def change(self, sheet: str, row: int, column: int, value: object) -> None:
        """Sets one cell by its 1-based position."""
        rows = list(self.sheets[sheet])
        changed = list(rows[row - 1])
        changed[column - 1] = value
        rows[row - 1] = changed
        self.sheets[sheet] = rows
        self._grids.pop(sheet, None)

    def append(self, sheet: str, row: int, values: Row) -> None:
        """Inserts a row before a 1-based row."""
        rows = list(self.sheets[sheet])
        rows.insert(row - 1, values)
        self.sheets[sheet] = rows
        self._grids.pop(sheet, None)

    def write(self, path: Path, *, epoch_1904: bool = False) -> Path:
        """The workbook as a file."""
        with xlsxwriter.Workbook(path, {"date_1904": epoch_1904, "default_date_format": "yyyy-mm-dd"}) as book:
            for name, rows in self.sheets.items():
                sheet = book.add_worksheet(name)
                for r, row in enumerate(rows):
                    for c, value in enumerate(row):
                        if value is not None:
                            sheet.write(r, c, value)
                for top, left, bottom, right in self.merges.get(name, ()):
                    sheet.merge_range(top - 1, left - 1, bottom - 1, right - 1, rows[top - 1][left - 1])
                if name in self.hidden:
                    sheet.hide()
        return path


def _cell(value: Any) -> Any:
    """A value as a workbook gives it back: numbers are floats, empty text is nothing."""
    if type(value) is int:
        return float(value)
    if isinstance(value, datetime):
        return value.date() if value.time() == datetime.min.time() else value
    return None if value == "" else value


def house_of(path: Path) -> House:
    """A house with the sheets of a file."""
    book = FileBook(path)
    grids = [book.grid(name) for name in book.sheet_names]
    return House({g.sheet: list(g.rows) for g in grids}, {g.sheet: list(g.merges) for g in grids})


def page(frame: Frame, *above: str, left: int = 0, top: int = 0) -> list[Row]:
    """A sheet: lines above, headings, records; moved down and to the right."""
    pad: Row = [None] * left
    lines: list[Row] = [[] for _ in range(top)]
    return [*lines, *([*pad, line] for line in above), [*pad, *frame.headings], *([*pad, *row] for row in frame.rows)]


def differences(book: Any, truth: Mapping[str, Any]) -> list[str]:
    """Where the figures of a workbook (or ledger) are not the true ones, over every period, group and measure."""
    ledger = book if isinstance(book, Ledger) else Ledger(book)
    return [
        f"{period} {scope} {name}: {found} ≠ {wanted}"
        for period in truth["periods"]
        for scope, name, found, wanted in _compared(ledger, truth, period)
        if not _equal(found, wanted)
    ]


def _compared(ledger: Ledger, truth: Mapping[str, Any], period: str) -> Iterator[tuple[str, str, Any, Any]]:
    rows = figures(ledger, parse_period(_period(period)))
    wanted = truth["periods"][period]
    yield "", "groups", sorted(rows), sorted(wanted)
    for scope in wanted.keys() & rows.keys():
        measures, kpis = rows[scope].measures, rows[scope].kpis
        expected = dict(wanted[scope])
        for log, keys in (("attendance", _ATTENDANCE), ("activity", _ACTIVITY)):
            if scope in truth[log].get(period, {}):
                expected |= {key: truth[log][period][scope][key] for key in keys}
        yield from ((scope, key, measures[key], value) for key, value in expected.items() if key in measures)
        for key, value in wanted[scope]["KPI"].items():
            if isinstance(value, dict):
                yield from ((scope, f"{key}({part})", kpis[key].get(part), number) for part, number in value.items())
            else:
                yield scope, key, kpis[key], value


def _period(name: str) -> str:
    if ".." in name:
        return name[:7]
    if "YTD" in name:
        year, last = name.split("-YTD")
        return f"{year}-01..{year}-{int(last):02}"
    return name.replace("-Q", "Q")


def _equal(found: Any, wanted: Any) -> bool:
    if isinstance(found, int | float) and isinstance(wanted, int | float):
        return abs(found - wanted) <= 1e-6 * max(1.0, abs(wanted))
    return bool(found == wanted)


def day_text(day: date | None, form: str) -> str | None:
    """A day as text, in one of the ways people type it."""
    if day is None:
        return None
    return form.format(y=day.year, m=day.month, d=day.day, s=day.year % 100)
