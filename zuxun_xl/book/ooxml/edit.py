"""A ChangeSet applied to a package: cells spliced, stale values renewed or dropped, sheets grafted, names set, cells marked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from zuxun_xl.book.changes import Formula
from zuxun_xl.book.ooxml.draft import Draft
from zuxun_xl.book.ooxml.formulas import MAX_COLUMN, MAX_ROW
from zuxun_xl.book.ooxml.gate import check_unsigned
from zuxun_xl.book.ooxml.graft import graft
from zuxun_xl.book.ooxml.guards import check_writable
from zuxun_xl.book.ooxml.marks import mark
from zuxun_xl.book.ooxml.numbers import asked_format
from zuxun_xl.book.ooxml.renew import Renewal
from zuxun_xl.book.ooxml.splice import spliced
from zuxun_xl.book.ooxml.stale import stale_formulas
from zuxun_xl.book.ooxml.workbook import NameEntry
from zuxun_xl.book.refusals import name_too_long, no_address, out_of_range, replaced_and_changed, unknown_sheet
from zuxun_xl.cells import parse_address
from zuxun_xl.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from zuxun_xl.book.changes import CellMark, Change, ChangeSet, Content, SheetName
    from zuxun_xl.book.grid import Grid, Scalar
    from zuxun_xl.book.ooxml.areas import Position
    from zuxun_xl.book.ooxml.contents import Contents
    from zuxun_xl.book.ooxml.formulas import FormulaCell
    from zuxun_xl.book.ooxml.sheet import SheetPart
    from zuxun_xl.book.ooxml.splice import Edit

MAX_NAME_FORMULA = 8_192


def edited(contents: Contents, changes: ChangeSet, read: Callable[[str], Grid]) -> Draft:
    """The draft of a workbook with all changes made; raises ``FileError`` before anything is written.

    Args:
        contents: the workbook.
        changes: what shall change.
        read: values of a sheet as they are.
    """
    if changes:
        check_unsigned(contents.package)
    draft = Draft(contents)
    by_sheet = _by_sheet(contents, changes.changes)
    replaced = {spec.name for spec in changes.sheets}
    if replaced & by_sheet.keys():
        raise replaced_and_changed(min(replaced & by_sheet.keys()))
    sheets = {name: _written(draft, name, wanted) for name, wanted in by_sheet.items()}
    _renew_stale(draft, sheets, by_sheet, replaced & contents.worksheets.keys(), read)
    for spec in changes.sheets:
        graft(draft, spec)
    _set_names(draft, changes.names)
    for name, marks in _marks_by_sheet(contents, changes.marks).items():
        mark(draft, name, marks)
    return draft


def _by_sheet(contents: Contents, changes: Iterable[Change]) -> dict[str, dict[Position, Change]]:
    """Changes by sheet and position; of two for one cell the later counts."""
    found: dict[str, dict[Position, Change]] = {}
    for change in changes:
        if change.sheet not in contents.worksheets:
            raise _unknown_sheet(contents, change.sheet)
        row, column = _position(change)
        if row > MAX_ROW or column > MAX_COLUMN:
            raise out_of_range(change.sheet, change.cell, MAX_ROW, MAX_COLUMN)
        found.setdefault(change.sheet, {})[row, column] = change
    return found


def _marks_by_sheet(contents: Contents, marks: Iterable[CellMark]) -> dict[str, dict[Position, CellMark]]:
    """Marks by sheet and position; of two for one cell the later counts."""
    found: dict[str, dict[Position, CellMark]] = {}
    for wanted in marks:
        if wanted.sheet not in contents.worksheets:
            raise _unknown_sheet(contents, wanted.sheet)
        found.setdefault(wanted.sheet, {})[_position(wanted)] = wanted
    return found


def _position(change: Change | CellMark) -> Position:
    try:
        return parse_address(change.cell)
    except ValueError:
        raise no_address(change.sheet, change.cell) from None


def _unknown_sheet(contents: Contents, name: str) -> FileError:
    return unknown_sheet(contents.package.name, name, contents.worksheets)


def _written(draft: Draft, name: str, wanted: Mapping[Position, Change]) -> SheetPart:
    """A sheet with its changes spliced in."""
    sheet = draft.contents.sheet(name)
    check_writable(draft.contents.package, name, sheet, wanted)
    formulas = draft.contents.formulas(name)
    sheet = _unshared(draft, sheet, formulas, wanted)
    if {cell.position for cell in formulas} & wanted.keys() or any(isinstance(change.new, Formula) for change in wanted.values()):
        draft.drop_calculation_chain()
    edits = {position: draft.edit(sheet, f"{name}!{change.cell}", change.new, asked_format(change)) for position, change in wanted.items()}
    sheet = spliced(sheet, edits, _heights(wanted))
    draft.put(sheet, {position: change.new for position, change in wanted.items()})
    return sheet


def _heights(wanted: Mapping[Position, Change]) -> dict[int, float]:
    """Row → the greatest height that its changes ask for."""
    asked = [(row, change.row_height) for (row, _), change in wanted.items() if change.row_height is not None]
    return {row: max(height for other, height in asked if other == row) for row, _ in asked}


def _unshared(draft: Draft, sheet: SheetPart, formulas: list[FormulaCell], wanted: Iterable[Position]) -> SheetPart:
    """The sheet in which no cell depends on the shared formula of a cell that will be overwritten."""
    written = set(wanted)
    groups = {cell.group for cell in formulas if cell.kind == "shared" and cell.area and cell.position in written}
    if not groups:
        return sheet
    codec = draft.codec(sheet)
    dependants = {cell.position: cell.text for cell in formulas if cell.kind == "shared" and cell.group in groups}
    return spliced(sheet, {position: lambda cell: codec.with_formula(cell, dependants[cell.row, cell.column]) for position in dependants})


def _renew_stale(
    draft: Draft, sheets: dict[str, SheetPart], wanted: dict[str, dict[Position, Change]], replaced: set[str], read: Callable[[str], Grid]
) -> None:
    """Renew stored values that no longer hold, and ask for a full calculation where any formula may be concerned."""
    contents = draft.contents
    changed = {
        name: {position for position, change in cells.items() if _differs(draft, name, position, change.new)}
        for name, cells in wanted.items()
    }
    if not any(changed.values()) and not replaced:
        return
    own = {name: set(cells) for name, cells in wanted.items()}
    stale = stale_formulas(changed, replaced, own, contents.formulas, contents.names) if _any_formulas(contents, sheets) else {}
    written = {name: {position: change.new for position, change in cells.items()} for name, cells in wanted.items()}
    renewal = Renewal(contents, read, written, stale, replaced)
    for name, cells in stale.items():
        if name in sheets:
            _renew(draft, sheets[name], {cell: renewal.value(name, cell) for cell in cells})
    calculating = draft.workbook.with_full_calculation()
    if calculating is not draft.workbook and (stale or _any_formulas(contents, contents.worksheets.keys() - sheets.keys() - replaced)):
        draft.workbook = calculating


def _differs(draft: Draft, name: str, position: Position, new: Content) -> bool:
    sheet = draft.contents.sheet(name)
    codec = draft.codec(sheet)
    return not codec.holds(sheet.cell(position), new)


def _any_formulas(contents: Contents, names: Iterable[str]) -> bool:
    """Whether any of these sheets holds a formula."""
    return any(contents.has_formulas(name) for name in names)


def _renew(draft: Draft, sheet: SheetPart, stale: Mapping[FormulaCell, Scalar]) -> None:
    """Store new values of formula cells; drop those that are not known, and those of all cells that an array formula fills."""
    codec = draft.codec(sheet)
    edits: dict[Position, Edit] = {}
    for cell, value in stale.items():
        edits |= {(found.row, found.column): codec.without_value for found in (sheet.cells_in(cell.fills) if cell.fills else ())}
        edits[cell.position] = codec.without_value if value is None else partial(codec.with_value, value=value)
    draft.parts[sheet.part] = spliced(sheet, edits).xml


def _set_names(draft: Draft, names: Iterable[SheetName]) -> None:
    """Add, replace or (empty ``refers_to``) remove hidden names local to a sheet."""
    new: list[NameEntry] = []
    gone: set[tuple[str, int | None]] = set()
    for name in names:
        if len(name.refers_to) > MAX_NAME_FORMULA:
            raise name_too_long(name.sheet, name.name)
        try:
            index = draft.workbook.index(name.sheet)
        except KeyError:
            raise _unknown_sheet(draft.contents, name.sheet) from None
        gone.add((name.name.lower(), index))
        new += [NameEntry(name.name, index, name.refers_to, hidden=True)] if name.refers_to else []
    if gone:
        draft.workbook = draft.workbook.with_names(new, gone)
