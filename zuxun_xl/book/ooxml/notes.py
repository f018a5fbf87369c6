"""Notes put on the cells of a stored sheet: its comments part, their drawing, and what leads to both."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from zuxun_xl.book.ooxml.boxes import box
from zuxun_xl.book.ooxml.comments import EMPTY as NO_COMMENTS
from zuxun_xl.book.ooxml.comments import Comments
from zuxun_xl.book.ooxml.relations import (
    NO_RELATIONS,
    TYPES,
    free_identifier,
    ids_in,
    relations,
    relations_part,
    with_default,
    with_override,
    with_relation,
)
from zuxun_xl.book.ooxml.toplevel import has_alternatives, legacy_drawing, with_legacy_drawing
from zuxun_xl.book.ooxml.vml import EMPTY as NO_DRAWING
from zuxun_xl.book.ooxml.vml import Drawing, is_sound
from zuxun_xl.cells import address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zuxun_xl.book.ooxml.areas import Position
    from zuxun_xl.book.ooxml.contents import Contents
    from zuxun_xl.book.ooxml.draft import Draft
    from zuxun_xl.book.ooxml.sheet import SheetPart

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"


def note_obstacle(contents: Contents, name: str) -> str:
    """Why no note can be put on the cells of a sheet without harm, as a Chinese phrase; empty if it can."""
    sheet = contents.sheet(name)
    found = {relation.kind: relation.target for relation in relations(contents.package, sheet.part)}
    if any(kind.lower().startswith("threadedcomment") for kind in found):
        return "有会话式批注，不能同时加普通批注"
    targets = {relation.id: relation.target for relation in relations(contents.package, sheet.part)}
    drawing = legacy_drawing(sheet)
    if drawing is None:
        return "有新旧程序各一套的内容，加批注可能损坏它" if has_alternatives(sheet) else ""
    part = targets.get(drawing, "")
    if part not in contents.package or not is_sound(contents.package.read(part)):
        return "批注或控件的图形部件写法特殊，加批注可能损坏它"
    return ""


def with_notes(draft: Draft, sheet: SheetPart, notes: Mapping[Position, str]) -> SheetPart:
    """The sheet with notes on these cells; its comments and drawing are put into the draft."""
    comments = _comments_part(draft, sheet)
    texts = {address(*position): text for position, text in notes.items()}
    draft.parts[comments] = Comments(draft.text(comments), comments).with_notes(texts)
    sheet, drawing = _drawing_part(draft, sheet)
    taken = [draft.text(part) for part in {*draft.contents.package, *draft.parts} if part.lower().endswith(".vml")]
    boxes = {position: box(sheet, position, text) for position, text in notes.items()}
    draft.parts[drawing] = Drawing(draft.text(drawing), drawing).with_boxes(boxes, taken)
    return sheet


def _comments_part(draft: Draft, sheet: SheetPart) -> str:
    known = [relation.target for relation in relations(draft.contents.package, sheet.part) if relation.kind == "comments"]
    if known:
        return known[0]
    part = _new_part(draft, "comments{}.xml", NO_COMMENTS)
    _related(draft, sheet, "comments", part)
    draft.parts[TYPES] = with_override(draft.text(TYPES), part, _COMMENTS_TYPE)
    return part


def _drawing_part(draft: Draft, sheet: SheetPart) -> tuple[SheetPart, str]:
    """The sheet with a drawing for its notes, and the name of that part."""
    identifier = legacy_drawing(sheet)
    if identifier is not None:
        targets = {relation.id: relation.target for relation in relations(draft.contents.package, sheet.part)}
        return sheet, targets[identifier]
    part = _new_part(draft, "drawings/vmlDrawing{}.vml", NO_DRAWING)
    draft.parts[TYPES] = with_default(draft.text(TYPES), "vml", _DRAWING_TYPE)
    return with_legacy_drawing(sheet, _related(draft, sheet, "vmlDrawing", part)), part


def _new_part(draft: Draft, pattern: str, content: bytes) -> str:
    """The name of a new part, which is put into the draft."""
    folder = posixpath.dirname(draft.workbook.part)
    number = 1
    while (part := posixpath.join(folder, pattern.format(number))) in draft.contents.package or part in draft.parts:
        number += 1
    draft.parts[part] = content
    return part


def _related(draft: Draft, sheet: SheetPart, kind: str, part: str) -> str:
    """Leads from a sheet to a part; returns the relationship's id."""
    where = relations_part(sheet.part)
    known = draft.text(where) if where in draft.contents.package or where in draft.parts else NO_RELATIONS
    identifier = free_identifier(ids_in(known))
    draft.parts[where] = with_relation(known, identifier, kind, f"/{part}")
    return identifier
