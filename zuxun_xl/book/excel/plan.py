"""A ChangeSet planned for the open workbook: everything checked, and everything that will be replaced noted, before a cell is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zuxun_xl.book.excel.batch import CellRecord, MarkRecord, NameRecord, SheetRecord
from zuxun_xl.book.excel.entering import MOST_SHOWN, is_taken_otherwise
from zuxun_xl.book.excel.guards import check_cells, check_colours, check_structure, may_format, may_size
from zuxun_xl.book.excel.held import Held, Snapshot, furthest, held_of
from zuxun_xl.book.excel.writing import TEXT, Entries
from zuxun_xl.book.ooxml.cells import check
from zuxun_xl.book.ooxml.edit import MAX_NAME_FORMULA
from zuxun_xl.book.ooxml.formulas import MAX_COLUMN, MAX_ROW
from zuxun_xl.book.ooxml.marks import shown_marks
from zuxun_xl.book.ooxml.numbers import asked_format, family, format_for
from zuxun_xl.book.refusals import name_too_long, no_address, no_note, out_of_range, replaced_and_changed, unknown_sheet
from zuxun_xl.cells import parse_address
from zuxun_xl.errors import ExcelError

if TYPE_CHECKING:
    from typing import TypeVar

    from zuxun_xl.book.changes import CellMark, Change, ChangeSet
    from zuxun_xl.book.excel.book import ExcelBook
    from zuxun_xl.book.excel.sheet import LiveSheet
    from zuxun_xl.book.ooxml.areas import Position

    Wanted = TypeVar("Wanted", Change, CellMark)

_GENERAL = "General"


@dataclass
class SheetPlan:
    """What will be written on one sheet, and the record that puts it back."""

    live: LiveSheet
    record: SheetRecord
    entries: Entries = field(default_factory=Entries)
    marks: dict[Position, CellMark] = field(default_factory=dict)


def planned(book: ExcelBook, changes: ChangeSet) -> tuple[list[SheetPlan], list[NameRecord]]:
    """The plan of all sheets that are there already, and of the names; raises an error before anything is written."""
    check_structure(book.book)
    by_sheet = {sheet: _by_place(book, sheet, changes.changes) for sheet in dict.fromkeys(c.sheet for c in changes.changes)}
    marks = {sheet: _by_place(book, sheet, changes.marks) for sheet in dict.fromkeys(m.sheet for m in changes.marks)}
    replaced = {spec.name for spec in changes.sheets}
    if both := sorted(replaced & (by_sheet.keys() | marks.keys())):
        raise replaced_and_changed(both[0])
    plans = []
    for sheet in dict.fromkeys((*by_sheet, *marks)):
        live = book.live(sheet)
        plan = SheetPlan(live, SheetRecord(sheet))
        _plan_cells(plan, by_sheet.get(sheet, {}), date1904=book.date1904)
        _plan_marks(plan, marks.get(sheet, {}), book.note_obstacle(sheet) if sheet in marks else "")
        plans.append(plan)
    return plans, [_name(book, each.sheet, each.name, each.refers_to) for each in changes.names]


def _by_place(book: ExcelBook, sheet: str, wanted: Iterable[Wanted]) -> dict[Position, Wanted]:
    """What is wanted on a sheet by cell; of two for one cell the later counts."""
    if sheet not in book.sheet_names:
        raise unknown_sheet(book.name, sheet, book.sheet_names)
    return {_place(each.sheet, each.cell): each for each in wanted if each.sheet == sheet}


def _place(sheet: str, cell: str) -> Position:
    try:
        row, column = parse_address(cell)
    except ValueError:
        raise no_address(sheet, cell) from None
    if row > MAX_ROW or column > MAX_COLUMN:
        raise out_of_range(sheet, cell, MAX_ROW, MAX_COLUMN)
    return row, column


def _plan_cells(plan: SheetPlan, changes: Mapping[Position, Change], *, date1904: bool) -> None:
    if not changes:
        return
    live, entries = plan.live, plan.entries
    for change in changes.values():
        check(change.new, f"{change.sheet}!{change.cell}")
    check_cells(live, changes)
    before, formatting = Snapshot(live, furthest(changes)), may_format(live)
    for place, change in changes.items():
        own, held = live.number_format(*place), held_of(change.new, date1904=date1904)
        final = _final_format(change, held, own)
        if held.kind == "text" and final != own and (not formatting or len(str(held.value)) > MOST_SHOWN or str(held.value)[0] == "'"):
            entries.quoted.add(place)
            final = own
        if final != own and not formatting:
            raise ExcelError(f"{change.sheet}!{change.cell} 要改数字格式，但工作表有保护；什么都没有写。", "请在“审阅”里撤消工作表保护，再试。")
        entries.contents[place], entries.formats[place] = held, final
        old = before.held(place)
        quoted = old.kind == "text" and is_taken_otherwise(str(old.value)) and _apostrophe(live, place)
        plan.record.cells.append(CellRecord(*place, old, held, own, final, quoted, change.why))
    if may_size(live):
        _plan_heights(plan, changes)


def _final_format(change: Change, held: Held, own: str) -> str:
    """The number format that a cell has in the end: its own, unless that is of another family than is needed."""
    if held.kind == "text":
        return TEXT if is_taken_otherwise(str(held.value)) and family(own) != "text" else own
    code = format_for(change.new, asked_format(change))
    if code is not None and family(code) != family(own):
        return code
    return _GENERAL if family(own) == "text" and held.kind != "empty" else own


def _apostrophe(live: LiveSheet, place: Position) -> bool:
    return bool(live.range((*place, *place)).api.PrefixCharacter)


def _plan_heights(plan: SheetPlan, changes: Mapping[Position, Change]) -> None:
    """The rows that are to be higher; a higher row stays as it is."""
    asked: dict[int, float] = {}
    for (row, _), change in changes.items():
        if change.row_height is not None:
            asked[row] = max(asked.get(row, 0.0), change.row_height)
    for row, height in asked.items():
        now = float(plan.live.range((row, 1, row, 1)).row_height or 0)
        if now < height:
            plan.entries.heights[row] = height
            plan.record.heights[row] = (now, height)


def _plan_marks(plan: SheetPlan, marks: Mapping[Position, CellMark], obstacle: str) -> None:
    if not marks:
        return
    check_colours(plan.live)
    if obstacle and any(mark.note for mark in marks.values()):
        raise no_note(plan.live.name, obstacle)
    plan.marks = shown_marks(plan.live.grid.merges, marks)
    for place, mark in plan.marks.items():
        cells = plan.live.range((*place, *place))
        interior, note = cells.api.Interior, cells.note
        old = None if note is None else note.text
        new = "\n".join(filter(None, (old, mark.note))) or None
        plan.record.marks.append(MarkRecord(*place, int(interior.Pattern), int(interior.Color), colour_number(mark.colour), old, new))


def colour_number(colour: str) -> int:
    """A colour such as ``FFC7CE`` as Excel counts it: blue, green, red."""
    return int(colour[4:6] + colour[2:4] + colour[:2], 16)


def _name(book: ExcelBook, sheet: str, name: str, refers_to: str) -> NameRecord:
    if len(refers_to) > MAX_NAME_FORMULA:
        raise name_too_long(sheet, name)
    old = book.sheet_name(sheet, name)
    visible = old is not None and bool(book.live(sheet).sheet.names[name].api.Visible)
    return NameRecord(sheet, name, old or "", visible, refers_to)
