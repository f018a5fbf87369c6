"""Copies of a workbook whose plan cells are blank again, as a department starts its year with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from zuxun_xl.book.changes import Change, ChangeSet
from zuxun_xl.book.file import FileBook
from zuxun_xl.cells import address
from zuxun_xl.tasks.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from zuxun_xl.forms.table import Table


def emptied(path: Path, target: Path, forms: Mapping[str, Sequence[str]], keep: Mapping[tuple[str, str], Any] | None = None) -> Path:
    """A copy without the typed figures of some columns (all months of 附表三); formulas stay.

    Args:
        path: the workbook.
        target: the copy.
        forms: form → keys of columns.
        keep: (sheet, cell) → what is to stand there instead of nothing.
    """
    ledger = Ledger(FileBook(path))
    changes: dict[tuple[str, str], Change] = {}
    for form, keys in forms.items():
        for part in ledger.tables[form].whole:
            formulas, grid = ledger.book.formulas(part.sheet), ledger.grids[part.sheet]
            for row, column in _cells(part, keys):
                held = grid.value(row, column)
                if held is not None and (row, column) not in formulas:
                    changes[part.sheet, address(row, column)] = Change(part.sheet, address(row, column), held, None, "清空")
    for (sheet, cell), value in (keep or {}).items():
        old = changes[sheet, cell].old if (sheet, cell) in changes else None
        changes[sheet, cell] = Change(sheet, cell, old, value, "手填")
    return Path(FileBook(path).save(ChangeSet(tuple(changes.values())), target))


def _cells(part: Table, keys: Sequence[str]) -> Iterator[tuple[int, int]]:
    for index in range(len(part)):
        places = [part.place(index, key) for key in keys]
        yield from ((place.row, place.column) for place in places if place is not None)
    if part.form.key == "附表三":
        yield from ((row, column) for row in part.rows for column in part.extra)
