"""Excel's own objects, as far as the live adapter asks them directly: names and values as in Excel's object model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from tests.excel_double.engine import RangeImpl
    from tests.excel_double.model import App, Area, Book, Sheet


class AppApi:
    """``Application``."""

    def __init__(self, app: App) -> None:
        self._app = app
        self.AutoCorrect = AutoCorrect(app)

    @property
    def UserName(self) -> str:  # noqa: N802  # as in Excel
        return self._app.user

    def InputBox(self, prompt: str, title: str, default: str, **_: Any) -> Any:  # noqa: N802
        del title
        self._app.asked.append(prompt)
        answer = self._app.answers.pop(0)
        return default if answer == "default" else answer


class AutoCorrect:
    """``Application.AutoCorrect``."""

    def __init__(self, app: App) -> None:
        object.__setattr__(self, "_app", app)

    _FIELDS: ClassVar = {"AutoFillFormulasInLists": "fills_columns", "AutoExpandListRange": "expands_lists"}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._app, self._FIELDS[name])

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._app, self._FIELDS[name], value)


class BookApi:
    """``Workbook``."""

    def __init__(self, book: Book) -> None:
        book.check_open()
        self.Date1904, self.ProtectStructure, self.ReadOnly = book.date1904, book.structure_protected, False


class _Count:
    def __init__(self, count: int) -> None:
        self.Count = count


class _Allowed:
    def __init__(self, allows: frozenset[str]) -> None:
        self.AllowFormattingCells, self.AllowFormattingRows = "formatCells" in allows, "formatRows" in allows


class _Pivot:
    def __init__(self, area: RangeImpl) -> None:
        self.TableRange2 = RangeApi(area)


class SheetApi:
    """``Worksheet``."""

    def __init__(self, book: Book, sheet: Sheet) -> None:
        self._book, self._sheet = book, sheet
        self.ProtectContents = self.ProtectDrawingObjects = sheet.protected
        self.ProtectionMode = False
        self.Protection = _Allowed(sheet.allows)
        self.FilterMode = sheet.filtered
        self.CommentsThreaded = _Count(sheet.threads)

    def PivotTables(self) -> list[_Pivot]:  # noqa: N802
        from tests.excel_double.engine import RangeImpl

        return [_Pivot(RangeImpl(self._book, self._sheet, area)) for area in self._sheet.pivots]


class NameApi:
    """``Name``."""

    def __init__(self, sheet: Sheet | None, key: str) -> None:
        object.__setattr__(self, "_at", (sheet, key))

    def __setattr__(self, name: str, value: Any) -> None:
        sheet, key = self._at
        if name == "Visible" and sheet is not None:
            sheet.names[key] = sheet.names[key][0], bool(value)

    @property
    def Visible(self) -> bool:  # noqa: N802
        sheet, key = self._at
        return True if sheet is None else sheet.names[key][1]


class _Hidden:
    def __init__(self, hidden: bool | None) -> None:
        self.Hidden = hidden


class Interior:
    """``Range.Interior`` of one cell."""

    def __init__(self, impl: RangeImpl) -> None:
        object.__setattr__(self, "_impl", impl)

    def __getattr__(self, name: str) -> Any:
        cell = self._impl.model.cell(*self._impl.area[:2])
        return {"Pattern": cell.pattern, "Color": 16777215 if cell.color is None else cell.color}[name]

    def __setattr__(self, name: str, value: Any) -> None:
        self._impl.changing_format("formatCells")
        cell = self._impl.model.made(*self._impl.area[:2])
        if name == "Pattern":
            cell.pattern = value
            cell.color = None if value == -4142 else cell.color
        elif name == "Color":
            cell.color = value


class RangeApi:
    """``Range``."""

    def __init__(self, impl: RangeImpl) -> None:
        self._impl = impl

    def _common(self, found: list[Any]) -> Any:
        return self._impl.common(found)

    @property
    def Value2(self) -> Any:  # noqa: N802
        self._impl._called("value2.get")
        return self._impl.as_block([[self._impl.plain(place) for place in row] for row in self._impl.places])

    @property
    def Locked(self) -> bool | None:  # noqa: N802
        found: bool | None = self._common([self._impl.model.cell(*place).locked for place in self._impl.flat])
        return found

    @property
    def PrefixCharacter(self) -> str:  # noqa: N802
        return self._impl.model.cell(*self._impl.area[:2]).prefix

    @property
    def EntireRow(self) -> _Hidden:  # noqa: N802
        self._impl._called("hidden.get")
        rows = range(self._impl.area[0], self._impl.area[2] + 1)
        return _Hidden(self._common([row in self._impl.model.hidden_rows for row in rows]))

    @property
    def Interior(self) -> Interior:  # noqa: N802
        return Interior(self._impl)

    @property
    def Row(self) -> int:  # noqa: N802
        return self._impl.row

    @property
    def Column(self) -> int:  # noqa: N802
        return self._impl.column

    @property
    def area(self) -> Area:
        return self._impl.area

    @property
    def Rows(self) -> _Count:  # noqa: N802
        return _Count(self._impl.shape[0])

    @property
    def Columns(self) -> _Count:  # noqa: N802
        return _Count(self._impl.shape[1])
