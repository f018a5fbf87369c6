"""The styles part: entries appended behind the user's own, identical ones shared, nothing ever renumbered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zuxun_xl.book.ooxml.markup import add_prefix, attribute, escape, plain, prefix, text_attribute, with_attribute, without_attribute
from zuxun_xl.book.ooxml.numbers import BUILTIN, builtin_code, builtin_family, family
from zuxun_xl.book.ooxml.package import RE_SAVE
from zuxun_xl.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Mapping

_SECTIONS = {b"numFmts": b"numFmt", b"fonts": b"font", b"fills": b"fill", b"borders": b"border", b"cellXfs": b"xf", b"dxfs": b"dxf"}
_OPTIONAL = {b"numFmts": (), b"dxfs": (b"cellStyles", b"cellXfs")}
"""Sections that may be missing → the sections behind which they stand then, the last one that is there; none: at the beginning."""
_FIRST_FREE_FORMAT = 164
_XF_LINKS = ((b"fontId", b"fonts"), (b"fillId", b"fills"), (b"borderId", b"borders"))


class Styles:
    """The entries of a styles part. Adding gives ids; :meth:`render` writes the grown part."""

    def __init__(self, xml: bytes, part: str) -> None:
        self.xml = plain(xml, part)
        self.part = part
        self._p = prefix(self.xml)
        self._entries = {section: self._read(section) for section in _SECTIONS}
        self._original = {section: len(entries) for section, entries in self._entries.items()}

    def _read(self, section: bytes) -> list[bytes]:
        found = _section(self.xml, self._p + section)
        if found is None and section not in _OPTIONAL:
            raise FileError(f"部件 {self.part} 缺少 {section.decode()}，文件不完整。", RE_SAVE)
        name = self._p + _SECTIONS[section]
        pattern = rb"<%s(?=[\s/>])(?:[^>]*/>|.*?</%s\s*>)" % (name, name)
        return re.findall(pattern, found[2] or b"", re.DOTALL) if found else []

    @property
    def changed(self) -> bool:
        """Whether anything was added."""
        return any(len(self._entries[section]) > count for section, count in self._original.items())

    def derived(self, style: int, code: str) -> int:
        """Id of the style that is ``style`` with another number format; the same one where the format's family is the same."""
        xf = self._xf(style)
        if self._family_of(int(attribute(xf, b"numFmtId") or 0)) == family(code):
            return style
        opening, rest = re.match(rb"(<[^>]*>)(.*)", xf, re.DOTALL).groups()  # type: ignore[union-attr]  # an xf is an element
        opening = with_attribute(opening, b"numFmtId", b"%d" % self._format_id(code))
        return self._add(b"cellXfs", with_attribute(opening, b"applyNumberFormat", b"1") + rest)

    def unquoted(self, style: int) -> int:
        """Id of the style without the mark of an apostrophe before the content, which would turn an edited number into text again."""
        xf = self._xf(style)
        return style if attribute(xf, b"quotePrefix") is None else self._add(b"cellXfs", without_attribute(xf, b"quotePrefix"))

    def filled(self, style: int, colour: bytes) -> int:
        """Id of the style that is ``style`` on a ground of one colour (``FFC7CE``)."""
        fill = b'<fill><patternFill patternType="solid"><fgColor rgb="FF%s"/><bgColor indexed="64"/></patternFill></fill>' % colour
        opening, rest = re.match(rb"(<[^>]*>)(.*)", self._xf(style), re.DOTALL).groups()  # type: ignore[union-attr]  # an xf is an element
        opening = with_attribute(opening, b"fillId", b"%d" % self._add(b"fills", add_prefix(fill, self._p)))
        return self._add(b"cellXfs", with_attribute(opening, b"applyFill", b"1") + rest)

    def code(self, style: int) -> str:
        """Number format of a style, as Excel's code in a Chinese system."""
        number = int(attribute(self._xf(style), b"numFmtId") or 0)
        return self._codes().get(number) or builtin_code(number)

    def _xf(self, style: int) -> bytes:
        if style >= len(self._entries[b"cellXfs"]):
            raise FileError(f"部件 {self.part} 里没有第 {style} 号单元格样式，文件不完整。", RE_SAVE)
        return self._entries[b"cellXfs"][style]

    def _codes(self) -> dict[int, str]:
        tags = self._entries[b"numFmts"]
        return {int(attribute(tag, b"numFmtId") or 0): text_attribute(tag, b"formatCode") for tag in tags}

    def _family_of(self, number: int) -> str:
        code = self._codes().get(number)
        return builtin_family(number) if code is None else family(code)

    def _format_id(self, code: str) -> int:
        if code in BUILTIN:
            return BUILTIN[code]
        codes = self._codes()
        for number, known in codes.items():
            if known == code:
                return number
        number = max([_FIRST_FREE_FORMAT - 1, *codes]) + 1
        tag = b'<numFmt numFmtId="%d" formatCode="%s"/>' % (number, escape(code))
        self._entries[b"numFmts"].append(add_prefix(tag, self._p))
        return number

    def _add(self, section: bytes, entry: bytes) -> int:
        """Id of an entry, appended unless an identical one is there."""
        entries = self._entries[section]
        if entry not in entries:
            entries.append(entry)
        return entries.index(entry)

    def adopt_highlights(self, other: Styles) -> Mapping[int, int]:
        """Take over all formats of conditional formats of a freshly rendered workbook: its ids → ids here."""
        return {number: self._add(b"dxfs", add_prefix(entry, self._p)) for number, entry in enumerate(other._entries[b"dxfs"])}

    def adopt(self, other: Styles) -> Mapping[int, int]:
        """Take over all cell styles of a freshly rendered workbook: its style ids → ids here. Its default becomes ours."""
        maps = {section: [self._add(section, add_prefix(entry, self._p)) for entry in other._entries[section]] for _, section in _XF_LINKS}
        codes = other._codes()
        styles = {0: 0}
        for number, xf in enumerate(other._entries[b"cellXfs"][1:], start=1):
            styles[number] = self._add(b"cellXfs", add_prefix(self._relinked(xf, maps, codes), self._p))
        return styles

    def _relinked(self, xf: bytes, maps: Mapping[bytes, list[int]], codes: Mapping[int, str]) -> bytes:
        """A rendered cell style that points to our fonts, fills, borders and formats."""
        end = xf.index(b">") + 1
        tag, rest = xf[:end], xf[end:]
        for name, section in _XF_LINKS:
            tag = with_attribute(tag, name, b"%d" % maps[section][int(attribute(tag, name) or 0)])
        number = int(attribute(tag, b"numFmtId") or 0)
        if number in codes:
            tag = with_attribute(tag, b"numFmtId", b"%d" % self._format_id(codes[number]))
        return tag + rest

    def render(self) -> bytes:
        """The part with what was added."""
        xml = self.xml
        for section, entries in self._entries.items():
            if len(entries) > self._original[section]:
                xml = self._grown(xml, section, entries)
        return xml

    def _grown(self, xml: bytes, section: bytes, entries: list[bytes]) -> bytes:
        added = b"".join(entries[self._original[section] :])
        name = self._p + section
        found = _section(xml, name)
        if found is None:
            root = re.search(rb"<%sstyleSheet\b[^>]*>" % self._p, xml)
            before = next((match for other in _OPTIONAL[section] if (match := _section(xml, self._p + other))), root)
            where = before.end() if before else 0
            return xml[:where] + b'<%s count="%d">%s</%s>' % (name, len(entries), added, name) + xml[where:]
        tag = with_attribute(found[1] + b">", b"count", b"%d" % len(entries))
        return xml[: found.start()] + tag + (found[2] or b"") + added + b"</%s>" % name + xml[found.end() :]


def _section(xml: bytes, name: bytes) -> re.Match[bytes] | None:
    """A section: its start tag without the closing bracket, and its content."""
    return re.search(rb"(<%s(?=[\s/>])[^>]*?)(?:/>|>(.*?)</%s\s*>)" % (name, name), xml, re.DOTALL)
