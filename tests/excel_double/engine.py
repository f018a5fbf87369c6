"""The double as an engine of xlwings, built on its public classes: what the live adapter asks of xlwings, answered from memory."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import xlwings as xw
from xlwings import base_classes

from tests.excel_double import com
from tests.excel_double.entering import ERRORS
from tests.excel_double.loading import opened
from tests.excel_double.model import App, Area, Book, ComError, Sheet, is_error, refused, where
from zuxun_xl.book.ooxml.numbers import family


class EngineImpl:
    """The engine."""

    name, type = "double", "desktop"

    def __init__(self) -> None:
        self.apps = AppsImpl()

    @staticmethod
    def prepare_xl_data_element(x: Any, _date_format: str | None) -> Any:
        return "" if x is None else x

    @staticmethod
    def clean_value_data(data: Any, *_: Any) -> Any:
        return data


class AppsImpl(base_classes.Apps):
    """The programs that run: one, or none."""

    def __init__(self) -> None:
        self.running: list[App] = []

    def keys(self) -> list[int]:
        return [id(app) for app in self.running]

    def __iter__(self) -> Iterator[AppImpl]:
        return iter([AppImpl(app) for app in self.running])

    def __len__(self) -> int:
        return len(self.running)


ENGINE = EngineImpl()


class _Wrapper:
    """Something that wraps a part of the model; two of the same part are equal."""

    def __init__(self, model: Any) -> None:
        self.model = model

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Wrapper) and self.model is other.model

    def __hash__(self) -> int:
        return id(self.model)


def _state(name: str) -> Any:
    """A setting of the program."""

    def change(self: _Wrapper, value: Any) -> None:
        self.model.called(f"app.{name}")
        self.model.bars += [value] if name == "status_bar" else []
        setattr(self.model, name, value)

    return property(lambda self: getattr(self.model, name), change)


class AppImpl(_Wrapper, base_classes.App):
    """The program."""

    model: App
    screen_updating, calculation, enable_events = _state("screen_updating"), _state("calculation"), _state("enable_events")
    display_alerts, status_bar, visible = _state("display_alerts"), _state("status_bar"), _state("visible")

    @property
    def pid(self) -> int:
        return id(self.model)

    @property
    def engine(self) -> EngineImpl:
        return ENGINE

    @property
    def api(self) -> com.AppApi:
        return com.AppApi(self.model)

    @property
    def books(self) -> BooksImpl:
        return BooksImpl(self.model)

    @property
    def selection(self) -> RangeImpl | None:
        book = self.model.books[-1]
        return RangeImpl(book, book.sheets[book.active], book.selection)

    def activate(self, steal_focus: bool = False) -> None:
        del steal_focus

    def alert(self, prompt: str, title: str, buttons: str, mode: str, callback: str) -> Any:
        del title, mode, callback
        self.model.asked.append(prompt)
        return self.model.answers.pop(0) if buttons != "ok" and buttons else "ok"


class BooksImpl(_Wrapper, base_classes.Books):
    """The open workbooks; the last one is active."""

    def __call__(self, name: Any) -> BookImpl:
        for number, book in enumerate(self.model.books, 1):
            if name in (number, book.name):
                return BookImpl(book)
        raise KeyError(name)

    def __len__(self) -> int:
        return len(self.model.books)

    def __iter__(self) -> Iterator[BookImpl]:
        return iter([BookImpl(book) for book in self.model.books])

    @property
    def app(self) -> AppImpl:
        return AppImpl(self.model)

    @property
    def active(self) -> BookImpl | None:
        return BookImpl(self.model.books[-1]) if self.model.books else None

    def open(self, fullname: str, *_: Any) -> BookImpl:
        self.model.called("books.open")
        return BookImpl(opened(Path(fullname), self.model))


class BookImpl(_Wrapper, base_classes.Book):
    """A workbook."""

    model: Book

    @property
    def name(self) -> str:
        self.model.check_open()
        return self.model.name

    @property
    def fullname(self) -> str:
        return str(self.model.path)

    @property
    def app(self) -> AppImpl:
        self.model.check_open()
        return AppImpl(self.model.app)

    @property
    def api(self) -> com.BookApi:
        return com.BookApi(self.model)

    @property
    def sheets(self) -> SheetsImpl:
        self.model.check_open()
        return SheetsImpl(self.model)

    @property
    def names(self) -> NamesImpl:
        return NamesImpl(self.model, None)

    def activate(self) -> None:
        self.model.app.books.remove(self.model)
        self.model.app.books.append(self.model)

    def close(self) -> None:
        self.model.closed = True
        self.model.app.books.remove(self.model)


class SheetsImpl(_Wrapper, base_classes.Sheets):
    """The worksheets of a workbook."""

    def __call__(self, key: Any) -> SheetImpl:
        sheet = self.model.sheets[key - 1] if isinstance(key, int) else self.model.sheet(key)
        return SheetImpl(self.model, sheet)

    def __len__(self) -> int:
        return len(self.model.sheets)

    def __iter__(self) -> Iterator[SheetImpl]:
        return iter([SheetImpl(self.model, sheet) for sheet in self.model.sheets])

    def __contains__(self, name: str) -> bool:
        return any(sheet.name == name for sheet in self.model.sheets)

    @property
    def active(self) -> SheetImpl:
        return SheetImpl(self.model, self.model.sheets[self.model.active])

    def add(self, before: SheetImpl | None, after: SheetImpl | None, name: str | None) -> SheetImpl:
        sheet = self.model.add(Sheet(name or "Sheet"), before and before.sheet, after and after.sheet)
        return SheetImpl(self.model, sheet)


class SheetImpl(base_classes.Sheet):
    """A worksheet."""

    def __init__(self, book: Book, sheet: Sheet) -> None:
        self._book, self.sheet = book, sheet

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SheetImpl) and other.sheet is self.sheet

    def __hash__(self) -> int:
        return id(self.sheet)

    @property
    def api(self) -> com.SheetApi:
        self._check()
        return com.SheetApi(self._book, self.sheet)

    def _check(self) -> None:
        self._book.check_open()
        if self.sheet.deleted:
            raise ComError(-2146827864)

    @property
    def name(self) -> str:
        self._check()
        return self.sheet.name

    @name.setter
    def name(self, value: str) -> None:
        self._book.rename(self.sheet, value)

    @property
    def names(self) -> NamesImpl:
        return NamesImpl(self._book, self.sheet)

    @property
    def book(self) -> BookImpl:
        return BookImpl(self._book)

    @property
    def index(self) -> int:
        return self._book.sheets.index(self.sheet) + 1

    @property
    def visible(self) -> int:
        return self.sheet.visible

    @visible.setter
    def visible(self, value: int) -> None:
        self._book.check_structure()
        self.sheet.visible = int(value) if value is not True else -1
        if not any(sheet.visible == -1 for sheet in self._book.sheets):
            raise refused("至少要有一张可见的工作表。")

    def range(self, arg1: Any, arg2: Any = None) -> RangeImpl:
        self._check()
        if isinstance(arg1, tuple):
            return RangeImpl(self._book, self.sheet, (*arg1, *(arg2 or arg1)))
        if isinstance(arg1, RangeImpl) and isinstance(arg2, RangeImpl):
            return RangeImpl(self._book, self.sheet, (*arg1.area[:2], *arg2.area[2:]))
        raise NotImplementedError(arg1)

    @property
    def used_range(self) -> RangeImpl:
        self._check()
        return RangeImpl(self._book, self.sheet, self.sheet.used)

    @property
    def tables(self) -> TablesImpl:
        return TablesImpl(self._book, self.sheet)

    def activate(self) -> None:
        self._book.active = self._book.sheets.index(self.sheet)

    def delete(self) -> None:
        self._book.delete(self.sheet)

    def copy(self, before: SheetImpl | None, after: SheetImpl | None) -> None:
        self._book.app.called("sheet.copy", self.sheet.name)
        target = (before or after)._book  # type: ignore[union-attr]  # xlwings gives one of them
        target.copied(self.sheet, before and before.sheet, after and after.sheet)
        target.app.books.remove(target)
        target.app.books.append(target)


class TablesImpl:
    """The table objects of a sheet."""

    def __init__(self, book: Book, sheet: Sheet) -> None:
        self.book, self.sheet = book, sheet

    def __iter__(self) -> Iterator[TableImpl]:
        return iter([TableImpl(self.book, self.sheet, name) for name in self.sheet.tables])

    def __len__(self) -> int:
        return len(self.sheet.tables)


class TableImpl(base_classes.Table):
    """A table object with one row of headings."""

    def __init__(self, book: Book, sheet: Sheet, name: str) -> None:
        self._book, self._sheet, self._name = book, sheet, name

    @property
    def name(self) -> str:
        return self._name

    @property
    def range(self) -> RangeImpl:
        return RangeImpl(self._book, self._sheet, self._sheet.tables[self._name])

    @property
    def header_row_range(self) -> RangeImpl:
        top, left, _, right = self._sheet.tables[self._name]
        return RangeImpl(self._book, self._sheet, (top, left, top, right))


class NamesImpl(base_classes.Names):
    """Defined names of a sheet, or all of a workbook."""

    def __init__(self, book: Book, sheet: Sheet | None) -> None:
        self.book, self.sheet = book, sheet

    def _all(self) -> list[NameImpl]:
        if self.sheet is not None:
            return [NameImpl(self.book, self.sheet, name) for name in self.sheet.names]
        local = [NameImpl(self.book, sheet, name) for sheet in self.book.sheets for name in sheet.names]
        return [NameImpl(self.book, None, name) for name in self.book.names] + local

    def __iter__(self) -> Iterator[NameImpl]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __call__(self, key: Any) -> NameImpl:
        return self._all()[key - 1] if isinstance(key, int) else next(name for name in self._all() if name.key.lower() == key.lower())

    def contains(self, key: str) -> bool:
        return any(name.key.lower() == key.lower() for name in self._all())

    def add(self, name: str, refers_to: str) -> NameImpl:
        if self.sheet is None:
            self.book.names[name] = refers_to
        else:
            self.sheet.names[name] = (refers_to, True)
        return NameImpl(self.book, self.sheet, name)


class NameImpl(base_classes.Name):
    """A defined name."""

    def __init__(self, book: Book, sheet: Sheet | None, key: str) -> None:
        self.book, self.sheet, self.key = book, sheet, key

    @property
    def api(self) -> com.NameApi:
        return com.NameApi(self.sheet, self.key)

    @property
    def name(self) -> str:
        return self.key if self.sheet is None else f"{self.sheet.name}!{self.key}"

    @property
    def refers_to(self) -> str:
        return self.book.names[self.key] if self.sheet is None else self.sheet.names[self.key][0]

    def delete(self) -> None:
        del (self.book.names if self.sheet is None else self.sheet.names)[self.key]


class NoteImpl(base_classes.Note):
    """A note."""

    def __init__(self, sheet: Sheet, place: tuple[int, int]) -> None:
        self.cell = sheet.made(*place)

    @property
    def text(self) -> str:
        return self.cell.note or ""

    @text.setter
    def text(self, value: str) -> None:
        self.cell.note = value

    def delete(self) -> None:
        self.cell.note = None


class RangeImpl(base_classes.Range):
    """An area of cells."""

    def __init__(self, book: Book, sheet: Sheet, area: Area) -> None:
        self.book_model, self.model, self.area = book, sheet, area
        self.options: Any = {}

    def _called(self, what: str) -> None:
        self.book_model.check_open()
        self.book_model.app.called(what, self.model.name)

    @property
    def places(self) -> list[list[tuple[int, int]]]:
        top, left, bottom, right = self.area
        return [[(row, column) for column in range(left, right + 1)] for row in range(top, bottom + 1)]

    @property
    def flat(self) -> list[tuple[int, int]]:
        return [place for row in self.places for place in row]

    @property
    def api(self) -> com.RangeApi:
        return com.RangeApi(self)

    @property
    def sheet(self) -> SheetImpl:
        return SheetImpl(self.book_model, self.model)

    @property
    def row(self) -> int:
        return self.area[0]

    @property
    def column(self) -> int:
        return self.area[1]

    @property
    def shape(self) -> tuple[int, int]:
        return self.area[2] - self.area[0] + 1, self.area[3] - self.area[1] + 1

    @property
    def address(self) -> str:
        return where(self.area)

    def __call__(self, row: int, column: int | None = None) -> RangeImpl:
        spot = self.area[0] + row - 1, self.area[1] + (column or 1) - 1
        return RangeImpl(self.book_model, self.model, (*spot, *spot))

    def as_block(self, values: list[list[Any]]) -> Any:
        return values[0][0] if self.shape == (1, 1) else tuple(tuple(row) for row in values)

    @property
    def raw_value(self) -> Any:
        self._called("value.get")
        return self.as_block([[self._crossing(place) for place in row] for row in self.places])

    def _crossing(self, place: tuple[int, int]) -> Any:
        """A value as ``Range.Value`` gives it: days as moments, errors as numbers."""
        value, code = self.plain(place), self.model.cell(*place).format
        if isinstance(value, float) and family(code) == "date":
            return datetime(1899, 12, 30, tzinfo=UTC) + timedelta(days=value)
        return value

    def plain(self, place: tuple[int, int]) -> Any:
        """A value as ``Range.Value2`` gives it."""
        value = self.book_model.value(self.model, *place)
        return ERRORS[value] - 2146828288 if is_error(value) else value

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        self._called("value.set")
        self._put(data)

    @property
    def formula(self) -> Any:
        self._called("formula.get")
        return self.as_block([[self._text(place) for place in row] for row in self.places])

    def _text(self, place: tuple[int, int]) -> str:
        cell = self.model.cell(*place)
        if cell.formula is not None:
            return f"={cell.formula}"
        if cell.value is None:
            return ""
        if isinstance(cell.value, bool):
            return str(cell.value).upper()
        return f"{cell.value:.15g}" if isinstance(cell.value, float) else str(cell.value)

    @formula.setter
    def formula(self, data: Any) -> None:
        self._called("formula.set")
        self._put(data)

    def _put(self, data: Any) -> None:
        rows = data if isinstance(data, list | tuple) else [[data] * self.shape[1]] * self.shape[0]
        if (len(rows), len(rows[0])) != self.shape:
            raise refused(f"{len(rows)}x{len(rows[0])} into {self.shape}")
        if self.model.filtered and len(self.flat) > 1 and any(row in self.model.hidden_rows for row, _ in self.flat):
            raise refused("a block over rows that a filter hides")
        for places, values in zip(self.places, rows, strict=True):
            for place, value in zip(places, values, strict=True):
                self.book_model.put(self.model, *place, value, as_formula=False)

    def common(self, found: list[Any]) -> Any:
        """What all cells share; ``None`` where they differ."""
        return found[0] if all(each == found[0] for each in found) else None

    def changing_format(self, permission: str) -> None:
        if self.model.protected and permission not in self.model.allows:
            raise refused("工作表受保护。")

    @property
    def number_format(self) -> str | None:
        self._called("format.get")
        return self.common([self.model.cell(*place).format for place in self.flat])

    @number_format.setter
    def number_format(self, code: str) -> None:
        self._called("format.set")
        self.changing_format("formatCells")
        for place in self.flat:
            self.model.made(*place).format = code

    @property
    def row_height(self) -> float | None:
        return self.common([self.model.heights.get(row, 15.0) for row in range(self.area[0], self.area[2] + 1)])

    @row_height.setter
    def row_height(self, points: float) -> None:
        self._called("height.set")
        self.changing_format("formatRows")
        self.model.heights |= dict.fromkeys(range(self.area[0], self.area[2] + 1), points)

    @property
    def column_width(self) -> float | None:
        return self.common([self.model.widths.get(column, 8.43) for column in range(self.area[1], self.area[3] + 1)])

    @property
    def merge_cells(self) -> bool | None:
        self._called("merge.get")
        return self.common([self.model.merge_at(*place) != (*place, *place) for place in self.flat])

    @property
    def merge_area(self) -> RangeImpl:
        return RangeImpl(self.book_model, self.model, self.model.merge_at(*self.area[:2]))

    @property
    def has_array(self) -> bool | None:
        return self.common([self.model.cell(*place).array is not None for place in self.flat])

    @property
    def color(self) -> tuple[int, int, int] | None:
        number = self.common([self.model.cell(*place).color for place in self.flat])
        return None if number is None else (number % 256, number // 256 % 256, number // 65536)

    @color.setter
    def color(self, rgb: tuple[int, int, int] | None) -> None:
        self._called("color.set")
        self.changing_format("formatCells")
        for place in self.flat:
            cell = self.model.made(*place)
            cell.color = None if rgb is None else rgb[0] + rgb[1] * 256 + rgb[2] * 65536
            cell.pattern = -4142 if rgb is None else 1

    @property
    def note(self) -> NoteImpl | None:
        return NoteImpl(self.model, self.area[:2]) if self.model.cell(*self.area[:2]).note is not None else None

    def add_note(self, text: str) -> NoteImpl:
        if self.model.protected:
            raise refused("工作表受保护。")
        self.model.made(*self.area[:2]).note = text
        return NoteImpl(self.model, self.area[:2])

    def select(self) -> None:
        self.book_model.selection = self.area


def start() -> tuple[xw.App, App]:
    """A fresh program without workbooks, as xlwings sees it and as the model."""
    model = App()
    ENGINE.apps.running = [model]
    return xw.App(impl=AppImpl(model)), model


def open_book(path: Path) -> tuple[xw.Book, Book]:
    """A stored workbook in a fresh program, as xlwings sees it and as the model."""
    _, app = start()
    model = opened(path, app)
    return xw.Book(impl=BookImpl(model)), model
