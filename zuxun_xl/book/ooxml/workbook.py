"""The workbook part: its sheets, defined names and calculation settings, read and spliced."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from zuxun_xl.book.ooxml.markup import attribute, escape, plain, prefix, text_attribute, unescape, with_attribute
from zuxun_xl.book.ooxml.package import RE_SAVE
from zuxun_xl.errors import FileError

_TRUE = {b"1", b"true"}
_HIDDEN = {b"hidden", b"veryHidden"}
_BEFORE_NAMES = (b"externalReferences", b"functionGroups", b"sheets")


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One ``<sheet>`` element: name, relationship id and whether it is hidden."""

    name: str
    relation: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class NameEntry:
    """One defined name; ``index`` is the position of the sheet it is local to, ``None`` for the whole workbook."""

    name: str
    index: int | None
    refers_to: str
    hidden: bool = False


class WorkbookPart:
    """The text of ``xl/workbook.xml``. Each ``with_…`` gives a new one."""

    def __init__(self, xml: bytes, part: str) -> None:
        self.xml = plain(xml, part)
        self.part = part
        self._p = prefix(self.xml)

    @cached_property
    def sheets(self) -> list[SheetEntry]:
        """All sheets in tab order, chart sheets included."""
        return [
            SheetEntry(text_attribute(tag, b"name"), text_attribute(tag, rb"\w+:id"), attribute(tag, b"state") in _HIDDEN)
            for tag in self._sheet_tags()
        ]

    @cached_property
    def date1904(self) -> bool:
        """Whether dates count from 1904."""
        match = re.search(rb"<%sworkbookPr\b[^>]*>" % self._p, self.xml)
        return match is not None and attribute(match[0], b"date1904") in _TRUE

    @cached_property
    def names(self) -> list[NameEntry]:
        """All defined names."""
        return [self._name_entry(match) for match in self._name_pattern().finditer(self.xml)]

    def local_name(self, sheet: str, name: str) -> str | None:
        """What a name local to a sheet refers to."""
        index = self.index(sheet)
        hits = (entry.refers_to for entry in self.names if entry.index == index and entry.name.lower() == name.lower())
        return next(hits, None)

    def index(self, sheet: str) -> int:
        """Position of a sheet among all sheets; raises ``KeyError``."""
        for index, entry in enumerate(self.sheets):
            if entry.name == sheet:
                return index
        raise KeyError(sheet)

    def with_sheet(self, name: str, relation: str, state: bytes = b"") -> WorkbookPart:
        """One more sheet at the end; ``state`` is that of a hidden one."""
        tags = self._sheet_tags()
        id_attribute = re.search(rb"\s(\w+:id)\s*=", tags[-1]) if tags else None
        end = b"</%ssheets>" % self._p
        if id_attribute is None or end not in self.xml:
            raise FileError(f"部件 {self.part} 没有可读的工作表清单。", RE_SAVE)
        number = max(int(attribute(tag, b"sheetId") or 0) for tag in tags) + 1
        hidden = b' state="%s"' % state if state else b""
        tag = b'<%ssheet name="%s" sheetId="%d"%s %s="%s"/>' % (self._p, escape(name), number, hidden, id_attribute[1], escape(relation))
        return self._new(self.xml.replace(end, tag + end, 1))

    def with_names(self, new: list[NameEntry], gone: set[tuple[str, int | None]]) -> WorkbookPart:
        """Defined names added, replaced or (``gone``: lower-case name and sheet index) removed; the others keep their text."""
        gone = gone | {(entry.name.lower(), entry.index) for entry in new}
        kept = [
            (entry, match[0])
            for match in self._name_pattern().finditer(self.xml)
            if ((entry := self._name_entry(match)).name.lower(), entry.index) not in gone
        ]
        merged = sorted(kept + [(entry, self._name_tag(entry)) for entry in new], key=lambda item: item[0].name.lower())
        return self._with_name_section(b"".join(tag for _, tag in merged))

    def with_full_calculation(self) -> WorkbookPart:
        """The request that everything be calculated when the workbook is opened."""
        match = re.search(rb"<%scalcPr\b[^>]*>" % self._p, self.xml)
        if match is None:
            return self._inserted(b'<%scalcPr fullCalcOnLoad="1"/>' % self._p, (b"definedNames", *_BEFORE_NAMES))
        if attribute(match[0], b"fullCalcOnLoad") in _TRUE:
            return self
        tag = with_attribute(match[0], b"fullCalcOnLoad", b"1")
        return self._new(self.xml[: match.start()] + tag + self.xml[match.end() :])

    def _with_name_section(self, entries: bytes) -> WorkbookPart:
        section = b"<%sdefinedNames>%s</%sdefinedNames>" % (self._p, entries, self._p) if entries else b""
        old = re.search(rb"<%sdefinedNames\b(?:[^>]*/>|.*?</%sdefinedNames>)" % (self._p, self._p), self.xml, re.DOTALL)
        if old:
            return self._new(self.xml[: old.start()] + section + self.xml[old.end() :])
        return self._inserted(section, _BEFORE_NAMES)

    def _inserted(self, tag: bytes, after: tuple[bytes, ...]) -> WorkbookPart:
        """A tag put behind the first of these elements that exists, as the schema orders them."""
        for element in after:
            match = re.search(rb"</%s%s>|<%s%s\b[^>]*/>" % (self._p, element, self._p, element), self.xml)
            if match:
                return self._new(self.xml[: match.end()] + tag + self.xml[match.end() :])
        raise FileError(f"部件 {self.part} 没有工作表清单。", RE_SAVE)

    def _new(self, xml: bytes) -> WorkbookPart:
        return WorkbookPart(xml, self.part)

    def _sheet_tags(self) -> list[bytes]:
        return re.findall(rb"<%ssheet\s[^>]*>" % self._p, self.xml)

    def _name_pattern(self) -> re.Pattern[bytes]:
        return re.compile(rb"(<%sdefinedName\s[^>]*?)(?:/>|>(.*?)</%sdefinedName>)" % (self._p, self._p), re.DOTALL)

    @staticmethod
    def _name_entry(match: re.Match[bytes]) -> NameEntry:
        tag = match[1]
        index = attribute(tag, b"localSheetId")
        return NameEntry(
            name=text_attribute(tag, b"name"),
            index=None if index is None else int(index),
            refers_to=unescape(match[2] or b""),
            hidden=attribute(tag, b"hidden") in _TRUE,
        )

    def _name_tag(self, entry: NameEntry) -> bytes:
        local = b"" if entry.index is None else b' localSheetId="%d"' % entry.index
        hidden = b' hidden="1"' if entry.hidden else b""
        p = self._p
        return b'<%sdefinedName name="%s"%s%s>%s</%sdefinedName>' % (p, escape(entry.name), local, hidden, escape(entry.refers_to), p)
