"""A ChangeSet applied to the open workbook, whole or not at all, and the last one put back exactly."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zuxun_xl.book.excel import ledger
from zuxun_xl.book.excel.batch import Batch, CellRecord, MarkRecord, NameRecord, SheetRecord, WholeSheet
from zuxun_xl.book.excel.calm import calm
from zuxun_xl.book.excel.faults import speaking_chinese
from zuxun_xl.book.excel.guards import check_cells, check_structure
from zuxun_xl.book.excel.held import Snapshot, furthest
from zuxun_xl.book.excel.plan import SheetPlan, planned
from zuxun_xl.book.excel.whole import place_sheet, take_away
from zuxun_xl.book.excel.writing import Entries, check_written, write
from zuxun_xl.cells import address
from zuxun_xl.errors import CallError

if TYPE_CHECKING:
    from collections.abc import Callable

    from zuxun_xl.book.changes import ChangeSet, SheetSpec
    from zuxun_xl.book.excel.book import ExcelBook
    from zuxun_xl.book.excel.sheet import LiveSheet

_NO_GROUND = -4142


@dataclass
class Undone:
    """What undoing came to.

    Attributes:
        title: what was undone.
        restored: number of cells put back.
        left: cells and sheets that a person changed since, and which therefore stay.
    """

    title: str
    restored: int = 0
    left: list[str] = field(default_factory=list)


def apply(book: ExcelBook, changes: ChangeSet, title: str, who: str = "") -> Batch:
    """Write all changes into the open workbook, and what puts them back into its very hidden sheet.

    Args:
        book: the workbook.
        changes: what a task wants.
        title: what is done, in Chinese, for the change log.
        who: the user's name, for the change log.

    Raises:
        ZuxunError: something must not or cannot be written; the workbook is then as it was before.
    """
    plans, names = planned(book, changes)
    batch = Batch(ledger.next_number(book), title)
    try:
        with speaking_chinese(), calm(book.book):
            _write_all(book, changes, batch, plans, names)
            ledger.remember(book, batch)
            ledger.log(book, batch, who)
    except BaseException:
        book.refresh()
        with calm(book.book):
            _restore(book, batch, Undone(title))
        book.refresh()
        raise
    book.refresh()
    return batch


def lay_out(book: ExcelBook, spec: SheetSpec) -> None:
    """Show a sheet of our own that is no change of the user's: it is neither recorded nor undone. An earlier one of its name goes."""
    check_structure(book.book)
    with speaking_chinese(), calm(book.book):
        remove(book, spec.name)
        place_sheet(book, spec, Batch(0, spec.name))
    book.book.sheets[spec.name].impl.activate()


def remove(book: ExcelBook, name: str) -> None:
    """Take away a sheet that ``lay_out`` showed, if it is there."""
    if name in book.sheet_names:
        with speaking_chinese(name), calm(book.book):
            book.live(name).sheet.delete()
        book.refresh()


def _write_all(book: ExcelBook, changes: ChangeSet, batch: Batch, plans: list[SheetPlan], names: list[NameRecord]) -> None:
    """Everything in order; what is begun is in the batch, so that it can be put back."""
    for plan in plans:
        batch.sheets.append(plan.record)
        write(plan.live, plan.entries, _formats(plan))
        check_written(plan.live, plan.entries.contents)
        for record in plan.record.marks:
            _mark(plan.live, record, pattern=1, colour=record.new_colour, note=record.new_note)
    for name in names:
        batch.names.append(name)
        _refer(book, name, name.new, visible=False)
    for spec in changes.sheets:
        place_sheet(book, spec, batch)


def _formats(plan: SheetPlan) -> Callable[[tuple[int, int]], str]:
    return lambda place: plan.live.number_format(*place)


def undo(book: ExcelBook, who: str = "") -> Undone:
    """Put back what the last batch changed; a cell that a person changed since then stays, and is named.

    Raises:
        CallError: there is nothing to undo.
    """
    batch = ledger.last(book)
    if batch is None:
        raise CallError("没有可以撤销的操作。", "只能撤销本工具最近一次写入的内容。")
    check_structure(book.book)
    for sheet in batch.sheets:
        if sheet.cells and sheet.name in book.sheet_names:
            check_cells(book.live(sheet.name), [(each.row, each.column) for each in sheet.cells])
    undone = Undone(batch.title)
    with speaking_chinese(), calm(book.book):
        _restore(book, batch, undone)
        ledger.forget(book)
        ledger.log(book, Batch(batch.number, f"撤销：{batch.title}", _reversed(batch, undone)), who)
    book.refresh()
    return undone


def _reversed(batch: Batch, undone: Undone) -> list[SheetRecord]:
    """The cells that were put back, as the log shows them."""
    return [
        SheetRecord(sheet.name, [
            CellRecord(c.row, c.column, c.new, c.old, c.new_format, c.old_format, why=f"撤销：{c.why}")
            for c in sheet.cells if f"{sheet.name}!{address(c.row, c.column)}" not in undone.left
        ])
        for sheet in batch.sheets
    ]


def _restore(book: ExcelBook, batch: Batch, undone: Undone) -> None:
    for whole in reversed(batch.whole):
        _restore_sheet(book, whole, undone)
    for name in reversed(batch.names):
        if name.sheet in book.sheet_names and (book.sheet_name(name.sheet, name.name) or "") == name.new:
            _refer(book, name, name.old, visible=name.visible)
    for sheet in batch.sheets:
        if sheet.name not in book.sheet_names:
            undone.left.append(f"{sheet.name}（工作表已删除或改名）")
            continue
        _restore_cells(book.live(sheet.name), sheet, undone)


def _restore_sheet(book: ExcelBook, whole: WholeSheet, undone: Undone) -> None:
    if whole.name in book.sheet_names and Snapshot(book.live(whole.name)).fingerprint() != whole.fingerprint:
        undone.left.append(f"{whole.name}（写入后改过）")
        return
    take_away(book, whole)


def _restore_cells(live: LiveSheet, sheet: SheetRecord, undone: Undone) -> None:
    cells = {(record.row, record.column): record for record in sheet.cells}
    now = Snapshot(live, furthest(cells))
    entries = Entries()
    for place, record in cells.items():
        if not (now.held(place).same(record.new) or now.held(place) == record.old):
            undone.left.append(f"{live.name}!{address(*place)}")
            continue
        entries.contents[place], entries.formats[place] = record.old, record.old_format
        entries.quoted |= {place} if record.quoted else set()
    current = {place: str(live.range((*place, *place)).number_format) for place in entries.contents}
    entries.heights = {row: before for row, (before, after) in sheet.heights.items() if _height(live, row) == after}
    write(live, entries, current.__getitem__)
    undone.restored += len(entries.contents)
    for marked in sheet.marks:
        _mark(live, marked, pattern=marked.pattern, colour=marked.colour, note=marked.old_note)


def _height(live: LiveSheet, row: int) -> float:
    return float(live.range((row, 1, row, 1)).row_height or 0)


def _mark(live: LiveSheet, record: MarkRecord, *, pattern: int, colour: int, note: str | None) -> None:
    cell = live.range((record.row, record.column, record.row, record.column))
    interior = cell.api.Interior
    interior.Pattern = pattern
    if pattern != _NO_GROUND:
        interior.Color = colour
    if cell.note is not None:
        cell.note.delete()
    if note is not None:
        cell.add_note(note)


def _refer(book: ExcelBook, record: NameRecord, refers_to: str, *, visible: bool) -> None:
    """A name local to a sheet refers to something, or is gone."""
    names = book.live(record.sheet).sheet.names
    if refers_to:
        names.add(record.name, f"={refers_to}").api.Visible = visible
    elif names.contains(record.name):
        names[record.name].delete()

