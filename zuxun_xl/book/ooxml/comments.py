"""The comments part of a sheet: notes added; a note that stands there keeps its text, ours comes below a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zuxun_xl.book.ooxml.markup import attribute, decode_string, encode_string, escape, plain, prefix, unescape

if TYPE_CHECKING:
    from collections.abc import Mapping

EMPTY = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors></authors><commentList></commentList></comments>'
)
"""A comments part without notes."""

_AUTHOR = "zuxun_xl"
_HEAD = "【zuxun_xl 校验】"
_LINE = "────────"
_OURS = re.compile(rf"\n?(?:{_LINE}\n)?{_HEAD}.*", re.DOTALL)
_LOOK = (
    '<{p}rPr><{p}sz val="9"/><{p}color indexed="81"/><{p}rFont val="宋体"/><{p}family val="3"/><{p}charset val="134"/></{p}rPr>'
)


class Comments:
    """The notes of one sheet. :meth:`with_notes` gives the grown part."""

    def __init__(self, xml: bytes, part: str) -> None:
        self.xml = plain(xml, part)
        self._p = prefix(self.xml)

    def with_notes(self, notes: Mapping[str, str]) -> bytes:
        """The part with our text on these cells; what we wrote there before is replaced."""
        xml, author = self._with_author()
        pattern = re.compile(rb"(<%scomment\s[^>]*>)(.*?)(</%scomment\s*>)" % (self._p, self._p), re.DOTALL)
        done: set[str] = set()

        def extended(match: re.Match[bytes]) -> bytes:
            cell = (attribute(match[1], b"ref") or b"").decode()
            if cell not in notes:
                return match[0]
            done.add(cell)
            return match[1] + self._extended(match[2], notes[cell]) + match[3]

        xml = pattern.sub(extended, xml)
        return self._appended(xml, {cell: text for cell, text in notes.items() if cell not in done}, author)

    def _with_author(self) -> tuple[bytes, int]:
        """The part in which we are among the authors, and our number."""
        xml, p = self._opened(self.xml, b"authors"), self._p
        authors = re.findall(rb"<%sauthor(?:\s[^>]*)?(?:/>|>(.*?)</%sauthor\s*>)" % (p, p), xml, re.DOTALL)
        names = [unescape(name) for name in authors]
        if _AUTHOR in names:
            return xml, names.index(_AUTHOR)
        end = b"</%sauthors" % p
        return xml.replace(end, b"<%sauthor>%s</%sauthor>" % (p, escape(_AUTHOR), p) + end, 1), len(names)

    def _opened(self, xml: bytes, name: bytes) -> bytes:
        """The part in which an empty element has an end tag of its own."""
        return re.sub(rb"<%s%s\s*/>" % (self._p, name), b"<%s%s></%s%s>" % (self._p, name, self._p, name), xml, count=1)

    def _appended(self, xml: bytes, notes: Mapping[str, str], author: int) -> bytes:
        p, xml = self._p, self._opened(xml, b"commentList")
        new = b"".join(
            b'<%scomment ref="%s" authorId="%d"><%stext>%s</%stext></%scomment>'
            % (p, cell.encode(), author, p, self._run(f"{_HEAD}\n{text}"), p, p)
            for cell, text in notes.items()
        )
        head, end, tail = xml.rpartition(b"</%scommentList" % p)
        return head + new + end + tail

    def _extended(self, comment: bytes, text: str) -> bytes:
        """The content of a comment with our text below its own."""
        p = self._p
        return re.sub(
            rb"<%stext\s*/>|<%stext(?:\s[^>]*)?>(.*?)</%stext\s*>" % (p, p, p),
            lambda match: b"<%stext>%s</%stext>" % (p, self._below(match[1] or b"", text), p),
            comment, count=1, flags=re.DOTALL,
        )

    def _below(self, rich: bytes, text: str) -> bytes:
        """A rich text with ours below its own."""
        p = self._p
        texts = re.compile(rb"(<%st(?:\s[^>]*)?>)(.*?)(</%st\s*>)" % (p, p), re.DOTALL)
        kept = texts.sub(lambda match: match[1] + encode_string(_OURS.sub("", decode_string(match[2]))) + match[3], rich)
        if not "".join(decode_string(match[2]) for match in texts.finditer(kept)).strip():
            return self._run(f"{_HEAD}\n{text}")
        kept = re.sub(rb"^\s*(<%st[\s>].*?</%st\s*>)" % (p, p), rb"<%sr>\1</%sr>" % (p, p), kept, count=1, flags=re.DOTALL)
        reading = re.search(rb"<%s(?:rPh|phoneticPr)[\s/>]" % p, kept)
        where = reading.start() if reading else len(kept)
        return kept[:where] + self._run(f"\n{_LINE}\n{_HEAD}\n{text}") + kept[where:]

    def _run(self, text: str) -> bytes:
        p, look = self._p, _LOOK.format(p=self._p.decode()).encode()
        return b'<%sr>%s<%st xml:space="preserve">%s</%st></%sr>' % (p, look, p, encode_string(text), p, p)
