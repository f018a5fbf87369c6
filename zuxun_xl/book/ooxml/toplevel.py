"""What follows the cells of a sheet part, in the order that the schema wants: the reference to the drawing of its notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from zuxun_xl.book.ooxml.markup import escape, text_attribute
from zuxun_xl.book.ooxml.package import RE_SAVE
from zuxun_xl.book.ooxml.relations import RELATION_BASE
from zuxun_xl.book.ooxml.sheet import SheetPart
from zuxun_xl.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Collection

_TAG = re.compile(rb"<(/?)((?:[\w.-]+:)?[\w.-]+)(?:\s+[\w:.-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*(/?)>")
_BEHIND = frozenset(
    b"legacyDrawingHF drawingHF picture oleObjects controls webPublishItems tableParts extLst AlternateContent".split()
)
"""Elements that stand behind ``legacyDrawing``."""


def legacy_drawing(sheet: SheetPart) -> str | None:
    """Relationship id of the drawing with the sheet's notes and controls; ``None`` without one."""
    tags = (tag for name, tag, _ in _elements(sheet) if name == b"legacyDrawing")
    return next((text_attribute(tag, rb"[\w.-]+:id") for tag in tags), None)


def has_alternatives(sheet: SheetPart) -> bool:
    """Whether parts of the sheet are written in two ways, for new and for old programs: what stands where is then uncertain."""
    return any(name == b"AlternateContent" for name, _, _ in _elements(sheet))


def with_legacy_drawing(sheet: SheetPart, identifier: str) -> SheetPart:
    """The sheet that refers to a drawing of notes; it must have none yet."""
    where = _place(sheet, _BEHIND)
    known = re.search(rb"\sxmlns:([\w.-]+)\s*=\s*[\"']%s[\"']" % re.escape(RELATION_BASE.rstrip("/").encode()), sheet.xml[: sheet.start])
    declared = b"" if known else b' xmlns:r="%s"' % RELATION_BASE.rstrip("/").encode()
    tag = b'<%slegacyDrawing%s %s:id="%s"/>' % (sheet.p, declared, known[1] if known else b"r", escape(identifier))
    return SheetPart(sheet.xml[:where] + tag + sheet.xml[where:], sheet.part)


def _place(sheet: SheetPart, behind: Collection[bytes]) -> int:
    """Where the first of these elements starts; the end of the sheet without any."""
    starts = [start for name, _, start in _elements(sheet) if name in behind]
    end = sheet.xml.rfind(b"</%sworksheet" % sheet.p)
    if not starts and end < 0:
        raise FileError(f"部件 {sheet.part} 不完整。", RE_SAVE)
    return starts[0] if starts else end


def _elements(sheet: SheetPart) -> Iterator[tuple[bytes, bytes, int]]:
    """Bare name, start tag and place of each element behind the cells; not of those inside them."""
    depth = 1
    for match in _TAG.finditer(sheet.xml, sheet.end):
        if match[1]:
            depth -= 1
            continue
        if depth == 0:
            yield match[2].rpartition(b":")[2], match[0], match.start()
        depth += not match[3]
