"""A workbook being edited: the parts that will be written instead of, or beside, those of the package."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from zuxun_xl.book.ooxml.areas import Position
from zuxun_xl.book.ooxml.cells import Codec, check
from zuxun_xl.book.ooxml.markup import attribute
from zuxun_xl.book.ooxml.numbers import format_for
from zuxun_xl.book.ooxml.relations import TYPES, relations_part, without_override, without_relation
from zuxun_xl.book.ooxml.sheet import SheetPart
from zuxun_xl.book.ooxml.styles import Styles

if TYPE_CHECKING:
    from collections.abc import Callable

    from zuxun_xl.book.changes import Content
    from zuxun_xl.book.ooxml.contents import Contents
    from zuxun_xl.book.ooxml.sheet import Cell


class Draft:
    """What a save will change.

    Attributes:
        contents: the workbook as it was opened.
        workbook: its workbook part as edited so far.
        parts: part → its new content; ``None`` removes it.
        expected: part → what its written cells must hold when read back.
    """

    def __init__(self, contents: Contents) -> None:
        self.contents = contents
        self.workbook = contents.workbook
        self.parts: dict[str, bytes | None] = {}
        self.expected: dict[str, dict[Position, Content]] = {}
        self._derived: dict[tuple[int, str], int] = {}

    @cached_property
    def styles(self) -> Styles:
        """The styles part, read when a style is needed, to which styles are added."""
        return Styles(self.contents.styles.xml, self.contents.styles.part)

    def text(self, part: str) -> bytes:
        """A part as it stands now."""
        return self.parts.get(part) or self.contents.package.read(part)

    @property
    def relations_part(self) -> str:
        """The part with the workbook's relationships."""
        return relations_part(self.workbook.part)

    def codec(self, sheet: SheetPart) -> Codec:
        """Writer and reader of a sheet's cells."""
        return Codec(sheet.p, self.workbook.date1904)

    def edit(self, sheet: SheetPart, where: str, content: Content, number_format: str | None) -> Callable[[Cell], bytes]:
        """The edit that writes a content into a cell, in the cell's own style or one derived from it."""
        check(content, where)
        codec = self.codec(sheet)
        code = format_for(content, number_format)
        return lambda cell: codec.encode(cell, content, self._style(self._own_style(cell, content), code))

    def _own_style(self, cell: Cell, content: Content) -> bytes | None:
        """The style of a cell; that of a text which becomes something else without its apostrophe."""
        style = attribute(cell.tag, b"s")
        if style is None or isinstance(content, str) or attribute(cell.tag, b"t") not in {b"s", b"inlineStr"}:
            return style
        return b"%d" % self.styles.unquoted(int(style))

    def _style(self, style: bytes | None, code: str | None) -> bytes | None:
        if code is None:
            return style
        key = int(style or 0), code
        if key not in self._derived:
            self._derived[key] = self.styles.derived(*key)
        return b"%d" % self._derived[key] if style or self._derived[key] else None

    def put(self, sheet: SheetPart, contents: dict[Position, Content]) -> None:
        """Take a spliced sheet over, and note what its cells must hold."""
        codec = self.codec(sheet)
        self.parts[sheet.part] = sheet.xml
        self.expected[sheet.part] = {position: codec.stored_form(content) for position, content in contents.items()}

    def drop_calculation_chain(self) -> None:
        """Remove the list of formula cells, which Excel makes anew, with its relationship and content type."""
        part = self.contents.part_of_kind("calcChain")
        if part is not None:
            self.parts[part] = None
            self.parts[self.relations_part] = without_relation(self.text(self.relations_part), "calcChain")
            self.parts[TYPES] = without_override(self.text(TYPES), part)

    def finished(self) -> dict[str, bytes | None]:
        """All parts that differ from the package's."""
        parts = dict(self.parts)
        if self.workbook.xml != self.contents.workbook.xml:
            parts[self.workbook.part] = self.workbook.xml
        if "styles" in self.__dict__ and self.styles.changed:
            parts[self.styles.part] = self.styles.render()
        return parts
