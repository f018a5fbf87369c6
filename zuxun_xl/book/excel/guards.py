"""What must not be written in the open workbook, found before anything is: locked cells, arrays, merges, headings, pivots, structure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from zuxun_xl.book.excel.faults import optional
from zuxun_xl.book.excel.sheet import area_of
from zuxun_xl.book.ooxml.areas import inside
from zuxun_xl.book.rectangles import Rectangle, rectangles
from zuxun_xl.book.refusals import in_array, in_merge, in_pivot, is_table_heading
from zuxun_xl.cells import address
from zuxun_xl.errors import ExcelError

if TYPE_CHECKING:
    import xlwings

    from zuxun_xl.book.excel.sheet import LiveSheet
    from zuxun_xl.book.ooxml.areas import Position

_UNPROTECT = "请在“审阅”里撤消工作表保护（需要时向设保护的人要密码），再点一次按钮。"


def check_cells(live: LiveSheet, places: Iterable[Position]) -> None:
    """Raise an error for the first of these cells that must not be written."""
    cells = sorted(set(places))
    areas = rectangles(cells)
    merges = live.grid.merges
    headings = [area_of(table.header_row_range) for table in live.sheet.tables if table.header_row_range is not None]
    pivots = [_area(pivot.TableRange2) for pivot in live.sheet.api.PivotTables()]
    for place in cells:
        where = f"{live.name}!{address(*place)}"
        if any(inside(place, area) and place != area[:2] for area in merges):
            raise in_merge(where)
        if any(inside(place, area) for area in headings):
            raise is_table_heading(where)
        if any(inside(place, area) for area in pivots):
            raise in_pivot(where)
    for place in _culprits(live, areas, _in_array):
        raise in_array(f"{live.name}!{address(*place)}")
    if is_locked_up(live):
        for place in _culprits(live, areas, lambda cells: cells.api.Locked):
            raise ExcelError(f"工作表“{live.name}”有保护，{address(*place)}是锁定的，不能改写；什么都没有写。", _UNPROTECT)


def check_colours(live: LiveSheet) -> None:
    """Raise an error where cells cannot be coloured."""
    if not may_format(live):
        raise ExcelError(f"工作表“{live.name}”有保护，不能标颜色；什么都没有写。", _UNPROTECT)


def check_structure(book: xlwings.Book) -> None:
    """Raise an error where no sheet can be added, which every batch needs for its record."""
    if book.api.ProtectStructure:
        raise ExcelError("工作簿的结构有保护，不能加工作表（诊断表、变更记录等）；什么都没有写。", "请在“审阅”里撤消工作簿保护，再试。")


def is_locked_up(live: LiveSheet) -> bool:
    """Whether a sheet's protection binds programs too."""
    return live.is_protected and not live.sheet.api.ProtectionMode


def may_format(live: LiveSheet) -> bool:
    """Whether formats of cells may be changed."""
    return not is_locked_up(live) or bool(live.sheet.api.Protection.AllowFormattingCells)


def may_size(live: LiveSheet) -> bool:
    """Whether heights of rows may be changed."""
    return not is_locked_up(live) or bool(live.sheet.api.Protection.AllowFormattingRows)


def _in_array(cells: xlwings.Range) -> bool | None:
    """Whether cells belong to an array formula or to what a formula spills; ``None`` where some do."""
    array: bool | None = cells.has_array
    spill = optional(cells.api, "HasSpill")
    return True if array or spill else None if array is None else False


def _culprits(live: LiveSheet, areas: Sequence[Rectangle], ask: Callable[[xlwings.Range], bool | None]) -> Iterator[Position]:
    """The cells of areas of which the answer is yes, areas of mixed answers looked into cell by cell."""
    for area in areas:
        answer = ask(live.range(area))
        if not answer and answer is not None:
            continue
        for row in range(area[0], area[2] + 1):
            for column in range(area[1], area[3] + 1):
                if answer or ask(live.range((row, column, row, column))):
                    yield row, column


def _area(cells: Any) -> Rectangle:  # noqa: ANN401  # an object of Excel's own
    """Where Excel's own cells stand."""
    row, column = cells.Row, cells.Column
    return row, column, row + cells.Rows.Count - 1, column + cells.Columns.Count - 1
