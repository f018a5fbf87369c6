"""Cells marked in a copy: a ground of another colour and a note; contents, fonts, borders, number formats and older notes stay."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from zuxun_xl.book.ooxml.areas import inside
from zuxun_xl.book.ooxml.guards import merged_areas
from zuxun_xl.book.ooxml.markup import attribute
from zuxun_xl.book.ooxml.notes import note_obstacle, with_notes
from zuxun_xl.book.ooxml.sheet import SheetPart
from zuxun_xl.book.ooxml.splice import spliced
from zuxun_xl.book.refusals import no_note

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from zuxun_xl.book.changes import CellMark
    from zuxun_xl.book.ooxml.areas import Area, Position
    from zuxun_xl.book.ooxml.draft import Draft
    from zuxun_xl.book.ooxml.sheet import Cell


def mark(draft: Draft, name: str, marks: Mapping[Position, CellMark]) -> None:
    """Mark cells of a sheet; a cell that a merged one hides is marked where the merged one shows."""
    sheet = SheetPart(draft.text(draft.contents.worksheets[name]), draft.contents.worksheets[name])
    shown = shown_marks(merged_areas(sheet), marks)
    sheet = spliced(sheet, {position: _coloured(draft, sheet, wanted.colour) for position, wanted in shown.items()})
    notes = {position: wanted.note for position, wanted in shown.items() if wanted.note}
    if notes and (obstacle := note_obstacle(draft.contents, name)):
        raise no_note(name, obstacle)
    draft.parts[sheet.part] = (with_notes(draft, sheet, notes) if notes else sheet).xml


def shown_marks(merged: Sequence[Area], marks: Mapping[Position, CellMark]) -> dict[Position, CellMark]:
    """The marks by the cells in which they show; of several in a merged one the first colours it, and all their notes stay."""
    shown: dict[Position, CellMark] = {}
    for position, wanted in marks.items():
        place = next((area[:2] for area in merged if inside(position, area)), position)
        first = shown.get(place)
        shown[place] = wanted if first is None else replace(first, note=f"{first.note}\n{wanted.note}".strip())
    return shown


def _coloured(draft: Draft, sheet: SheetPart, colour: str) -> Callable[[Cell], bytes]:
    codec = draft.codec(sheet)
    return lambda cell: codec.restyled(cell, b"%d" % draft.styles.filled(int(attribute(cell.tag, b"s") or 0), colour.encode()))
