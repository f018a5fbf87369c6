"""A described sheet grafted into a workbook: its part, its styles, its entry in the lists, its print titles and filter."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from zuxun_xl.book.changes import Formula
from zuxun_xl.book.ooxml.relations import (
    TYPES,
    WORKSHEET_TYPE,
    free_identifier,
    relations_part,
    with_override,
    with_relation,
)
from zuxun_xl.book.ooxml.render import render
from zuxun_xl.book.ooxml.sheet import SheetPart
from zuxun_xl.book.ooxml.splice import spliced
from zuxun_xl.book.ooxml.workbook import NameEntry
from zuxun_xl.cells import address
from zuxun_xl.errors import FileError

if TYPE_CHECKING:
    from zuxun_xl.book.changes import SheetSpec
    from zuxun_xl.book.ooxml.draft import Draft

_PRINT_TITLES, _FILTER = "_xlnm.Print_Titles", "_xlnm._FilterDatabase"
_STATES = {"visible": b"", "hidden": b"hidden", "very hidden": b"veryHidden"}


def graft(draft: Draft, spec: SheetSpec) -> None:
    """Add a sheet at the end, or put it in the place of the one that bears its name."""
    part = _existing_part(draft, spec.name) or _new_part(draft, spec)
    rendered = render(spec)
    sheet = SheetPart(rendered.adopted(draft.styles), part)
    contents = {(cell.row, cell.column): cell.content for cell in spec.cells}
    edits = {position: draft.edit(sheet, f"{spec.name}!{address(*position)}", content, None) for position, content in contents.items()}
    draft.put(spliced(sheet, edits), contents)
    if any(isinstance(content, Formula) for content in contents.values()):
        draft.drop_calculation_chain()
    _set_names(draft, spec)


def _existing_part(draft: Draft, name: str) -> str | None:
    """The part of the sheet that bears the name, freed from what it referred to."""
    hits = [entry.name for entry in draft.workbook.sheets if entry.name.lower() == name.lower()]
    if not hits:
        return None
    if hits[0] != name or name not in draft.contents.worksheets:
        raise FileError(f"工作簿里已有“{hits[0]}”，不能再加名为“{name}”的工作表。", "请先给它改名，或把它移到别的工作簿。")
    part = draft.contents.worksheets[name]
    if relations_part(part) in draft.contents.package:
        draft.parts[relations_part(part)] = None
    if draft.contents.formulas(name):
        draft.drop_calculation_chain()
    return part


def _new_part(draft: Draft, spec: SheetSpec) -> str:
    """A part for a new sheet, entered in content types, relationships and the list of sheets."""
    package = draft.contents.package
    folder = posixpath.join(posixpath.dirname(draft.workbook.part), "worksheets")
    number = len(draft.workbook.sheets) + 1
    while (part := f"{folder}/sheet{number}.xml") in package or part in draft.parts:
        number += 1
    used = draft.contents.relation_ids | {entry.relation for entry in draft.workbook.sheets}
    identifier = free_identifier(used)
    draft.parts[draft.relations_part] = with_relation(draft.text(draft.relations_part), identifier, "worksheet", f"/{part}")
    draft.parts[TYPES] = with_override(draft.text(TYPES), part, WORKSHEET_TYPE)
    draft.workbook = draft.workbook.with_sheet(spec.name, identifier, _STATES[spec.visibility])
    return part


def _set_names(draft: Draft, spec: SheetSpec) -> None:
    """The rows repeated on each page and the filtered range, as names; built-in names of a replaced sheet go."""
    index = draft.workbook.index(spec.name)
    gone: set[tuple[str, int | None]] = {
        (entry.name.lower(), index) for entry in draft.workbook.names if entry.index == index and entry.name.startswith("_xlnm.")
    }
    quoted = spec.name.replace("'", "''")
    new: list[NameEntry] = []
    if spec.repeat_rows:
        first, last = spec.repeat_rows
        new.append(NameEntry(_PRINT_TITLES, index, f"'{quoted}'!${first}:${last}"))
    if spec.filter:
        absolute = re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", spec.filter)
        new.append(NameEntry(_FILTER, index, f"'{quoted}'!{absolute}", hidden=True))
    if gone or new:
        draft.workbook = draft.workbook.with_names(new, gone)
