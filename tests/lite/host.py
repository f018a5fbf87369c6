"""A stand-in for xlwings Lite, for CPython and Pyodide alike: hands cells over, and takes results, as Lite is documented to do.

Standard library only, since it also runs inside Pyodide: decorators that note what Lite would register, the conversions of arguments and
results that its options ask for, and a workbook of a few sheets for the scripts.
"""

from __future__ import annotations

import contextlib
import inspect
import io
import re
import sys
import time
import types
from typing import Any

KNOWN = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}


def decorators() -> types.ModuleType:
    """A module ``xlwings`` whose decorators note their options on the function."""
    module = types.ModuleType("xlwings")

    def func(function: Any) -> Any:
        function.registered = True
        return function

    def arg(name: str, **options: Any) -> Any:
        def decorate(function: Any) -> Any:
            assert name in inspect.signature(function).parameters
            function.options = {name: options, **getattr(function, "options", {})}
            return function

        return decorate

    def script(*, name: str) -> Any:
        def decorate(function: Any) -> Any:
            function.script = name
            return function

        return decorate

    module.__dict__.update(func=func, arg=arg, script=script, Book=Book)
    return module


class Lite:
    """Lite with a ``main.py`` loaded."""

    def __init__(self, code: str) -> None:
        sys.modules["xlwings"] = decorators()
        self.main = types.ModuleType("main")
        exec(compile(code, "main.py", "exec"), self.main.__dict__)  # noqa: S102  # what Lite does with it
        members: list[tuple[str, Any]] = inspect.getmembers(self.main, inspect.isfunction)
        self.functions: dict[str, Any] = {name: each for name, each in members if hasattr(each, "registered")}
        self.scripts: dict[str, Any] = {each.script: each for _, each in members if hasattr(each, "script")}

    def call(self, name: str, arguments: list[Any]) -> Any:
        """What a cell shows for arguments as Office.js has them: one value, or rows; errors are objects."""
        function = self.functions[name]
        parameters = inspect.signature(function).parameters.values()
        given = [_taken(cells, function.options[each.name], each.default) for cells, each in zip(arguments, parameters, strict=False)]
        result = function(*given)
        return [[_given_back(cell) for cell in row] for row in result] if isinstance(result, list) else _given_back(result)


def _taken(cells: Any, options: dict[str, Any], default: Any) -> Any:
    """An argument as a function is given it: a lone empty cell is its default, blanks are ``None``, errors texts, all in rows."""
    assert options["ndim"] == 2
    assert options["err_to_str"]
    rows = cells if isinstance(cells, list) else [[cells]]
    if len(rows) == len(rows[0]) == 1 and rows[0][0] is None:
        return None if default is inspect.Parameter.empty else default
    return [[_read(cell) for cell in row] for row in rows]


def _read(cell: Any) -> Any:
    return cell["basicValue"] if isinstance(cell, dict) else None if cell == "" else cell


def _given_back(cell: Any) -> Any:
    """A result as Excel shows it; what Lite cannot turn into a cell fails here."""
    assert cell is None or type(cell) in {str, float, int, bool}, f"no cell: {cell!r}"
    assert cell == cell, "NaN"  # noqa: PLR0124  # only NaN differs from itself
    assert not isinstance(cell, str) or cell in KNOWN or not cell.startswith("#"), f"an error as text: {cell}"
    return {"type": "Error", "basicValue": cell} if cell in KNOWN else cell


class Range:
    """An area of a sheet: values by A1 address, rows only."""

    def __init__(self, sheet: Sheet, address: str) -> None:
        self._sheet, self._ends = sheet, [_place(corner) for corner in address.replace("$", "").split(":")]

    def options(self, *, ndim: int, err_to_str: bool) -> Range:
        """The area itself: it is always read as rows, errors as texts."""
        assert (ndim, err_to_str) == (2, True)
        return self

    @property
    def value(self) -> list[list[Any]]:
        """The rows of the area."""
        (top, left), (bottom, right) = self._ends[0], self._ends[-1]
        return [[self._sheet.cells.get((row, column)) for column in range(left, right + 1)] for row in range(top, bottom + 1)]

    @value.setter
    def value(self, rows: list[list[Any]]) -> None:
        assert len({len(row) for row in rows}) == 1, "jagged rows"
        (top, left), *_ = self._ends
        self._sheet.cells |= {(top + r, left + c): cell for r, row in enumerate(rows) for c, cell in enumerate(row)}


def _place(corner: str) -> tuple[int, int]:
    letters, digits = re.fullmatch(r"([A-Z])(\d+)", corner).groups()  # type: ignore[union-attr]
    return int(digits), ord(letters) - 64


class Sheet:
    """A sheet: a name and cells."""

    def __init__(self, name: str, rows: list[list[Any]]) -> None:
        self.name, self.cells = name, {}  # type: ignore[var-annotated]
        if rows:
            self["A1"].value = rows

    def __getitem__(self, address: str) -> Range:
        return Range(self, address)

    @property
    def rows(self) -> list[list[Any]]:
        """All that stands on the sheet."""
        bottom, right = (max(place[axis] for place in self.cells) for axis in (0, 1))
        return Range(self, f"A1:{chr(64 + right)}{bottom}").value


class Sheets(dict[str, Sheet]):
    """Sheets by name; iterating yields the sheets themselves, as in xlwings."""

    def __iter__(self) -> Any:
        return iter(self.values())

    @property
    def active(self) -> Sheet:
        """The first one."""
        return next(iter(self.values()))

    def add(self, name: str) -> Sheet:
        """A new, empty sheet."""
        assert name not in self
        return self.setdefault(name, Sheet(name, []))


class Book:
    """A workbook: sheet names and rows."""

    def __init__(self, sheets: dict[str, list[list[Any]]]) -> None:
        self.sheets = Sheets({name: Sheet(name, rows) for name, rows in sheets.items()})


def run(job: dict[str, Any]) -> dict[str, Any]:
    """Load code, make calls of functions and scripts; what they gave, and how long loading and the first call took."""
    started = time.perf_counter()
    lite = Lite(job["code"])
    loaded = time.perf_counter()
    lite.call("ZX_ATTRITION", [4, 40, 42])
    first = time.perf_counter()
    results = [lite.call(name, arguments) for name, arguments in job["calls"]]
    done = time.perf_counter()
    shown = []
    for name, sheets, arguments in job["scripts"]:
        book, said = Book(sheets), io.StringIO()
        with contextlib.redirect_stdout(said):
            lite.scripts[name](book, **arguments)
        shown.append([said.getvalue(), {sheet.name: sheet.rows for sheet in book.sheets if sheet.cells}])
    return {
        "version": sys.version.split()[0], "functions": list(lite.functions), "scripts": list(lite.scripts),
        "results": results, "shown": shown,
        "seconds": {"load": loaded - started, "first": first - loaded, "calls": done - first},
    }
