"""What the workbook remembers of batches: the last one as JSON in a very hidden sheet, all of them as lines of 变更记录."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from zuxun_xl.book.excel.batch import Batch, loaded
from zuxun_xl.book.excel.whole import VERY_HIDDEN, sweep
from zuxun_xl.book.excel.writing import TEXT
from zuxun_xl.book.own import LOG, UNDO
from zuxun_xl.cells import address

if TYPE_CHECKING:
    import xlwings

    from zuxun_xl.book.excel.book import ExcelBook

HEADS = ("时间", "操作人", "做了什么", "工作表", "单元格", "原内容", "新内容", "原因", "批次")
_CHUNK = 30_000
_MOST_SHOWN = 200


def _sheet(book: ExcelBook, name: str, *, hidden: bool) -> xlwings.Sheet:
    """A sheet of the workbook, made at its end if need be; the sheet that was shown stays shown."""
    found = next((sheet for sheet in book.book.sheets if sheet.name == name), None)
    if found is None:
        found = book.book.sheets.add(name, after=book.book.sheets[-1])
        if hidden:
            found.visible = VERY_HIDDEN  # type: ignore[assignment]  # Excel takes its own numbers
    return found


def remember(book: ExcelBook, batch: Batch) -> None:
    """The batch becomes the one that can be undone."""
    sheet, text = _sheet(book, UNDO, hidden=True), batch.dumped()
    chunks = [text[start : start + _CHUNK] for start in range(0, len(text), _CHUNK)]
    rows = [str(batch.number), str(len(chunks)), *chunks]
    cells = sheet.range((1, 1), (len(rows), 1))
    cells.number_format = TEXT
    cells.raw_value = [[row] for row in rows]
    sweep(book, batch)


def forget(book: ExcelBook) -> None:
    """Nothing can be undone; the count of batches stays."""
    sheet = _sheet(book, UNDO, hidden=True)
    sheet.range((2, 1), (2, 1)).raw_value = "0"


def next_number(book: ExcelBook) -> int:
    """The number of the batch to come."""
    rows = _remembered(book)
    return int(rows[0]) + 1 if rows and rows[0].isdigit() else 1


def last(book: ExcelBook) -> Batch | None:
    """The batch that can be undone, if there is one."""
    rows = _remembered(book)
    if len(rows) < 3 or not rows[1].isdigit() or rows[1] == "0":  # noqa: PLR2004 - number, count, text
        return None
    return loaded("".join(rows[2 : 2 + int(rows[1])]))


def _remembered(book: ExcelBook) -> list[str]:
    sheet = next((sheet for sheet in book.book.sheets if sheet.name == UNDO), None)
    if sheet is None:
        return []
    values = sheet.range((1, 1), (max(sheet.used_range.last_cell.row, 2), 1)).raw_value
    return [str(row[0] or "") for row in values]


def log(book: ExcelBook, batch: Batch, who: str) -> None:
    """A line for each cell, sheet by sheet, at the end of 变更记录."""
    when = f"{datetime.now():%Y-%m-%d %H:%M:%S}"
    lines = [
        (when, who, batch.title, sheet.name, address(c.row, c.column), _short(c.old.shown), _short(c.new.shown), c.why, str(batch.number))
        for sheet in batch.sheets for c in sheet.cells
    ]
    lines += [
        (when, who, batch.title, whole.name, "", "原表" if whole.kept else "", "新表", "", str(batch.number)) for whole in batch.whole
    ]
    if not lines:
        lines = [(when, who, batch.title, "", "", "", "", "", str(batch.number))]
    sheet = _sheet(book, LOG, hidden=False)
    used = sheet.used_range.last_cell.row
    first = sheet.range((1, 1), (1, 1)).raw_value
    rows = [*([] if first else [HEADS]), *lines]
    start = used + 1 if first else 1
    cells = sheet.range((start, 1), (start + len(rows) - 1, len(HEADS)))
    cells.number_format = TEXT
    cells.raw_value = [list(row) for row in rows]


def _short(text: str) -> str:
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"
