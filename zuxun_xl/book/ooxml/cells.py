"""One cell's content as XML and back: numbers, text, truth values, dates, errors and formulas with their value."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from zuxun_xl.book.changes import Content, Formula
from zuxun_xl.book.grid import ErrorValue, Scalar
from zuxun_xl.book.ooxml.futures import stored
from zuxun_xl.book.ooxml.markup import attribute, decode_string, encode_string, escape, unescape, with_attribute, without_attribute
from zuxun_xl.cells import address
from zuxun_xl.errors import FileError

if TYPE_CHECKING:
    from zuxun_xl.book.ooxml.sheet import Cell

MAX_TEXT = 32_767
MAX_FORMULA = 8_192
MAX_DIGITS = 15
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Codec:
    """Writes and reads cells of one part.

    Attributes:
        p: namespace prefix of the part.
        date1904: whether dates count from 1904.
    """

    p: bytes
    date1904: bool

    def encode(self, cell: Cell, content: Content, style: bytes | None) -> bytes:
        """The cell with new content; of the old one only its place stays."""
        head = b'<%sc r="%s"' % (self.p, address(cell.row, cell.column).encode())
        head += b' s="%s"' % style if style else b""
        if content is None:
            return head + b"/>"
        kind, body = self._formula(content) if isinstance(content, Formula) else self._value(content)
        return head + (b' t="%s"' % kind if kind else b"") + b">" + body + b"</%sc>" % self.p

    def _formula(self, formula: Formula) -> tuple[bytes, bytes]:
        text = b"<%sf>%s</%sf>" % (self.p, escape(stored(formula.text)), self.p)
        kind, value = self._result(formula.value)
        return kind, text + value

    def _result(self, value: Scalar) -> tuple[bytes, bytes]:
        """Kind and element of a formula's value; nothing where it is not known."""
        if value is None:
            return b"", b""
        if isinstance(value, str) and not isinstance(value, ErrorValue):
            return b"str", self._element(b"v", encode_string(value))
        return self._value(value)

    def _value(self, value: Scalar) -> tuple[bytes, bytes]:
        if isinstance(value, ErrorValue):
            return b"e", self._element(b"v", escape(value))
        if isinstance(value, str):
            space = b' xml:space="preserve"' if value != value.strip() or "\n" in value else b""
            text = b"<%st%s>%s</%st>" % (self.p, space, encode_string(value), self.p)
            return b"inlineStr", self._element(b"is", text)
        if isinstance(value, bool):
            return b"b", self._element(b"v", b"1" if value else b"0")
        return b"", self._element(b"v", _number(serial(value, date1904=self.date1904)))

    def _element(self, name: bytes, content: bytes) -> bytes:
        return b"<%s%s>%s</%s%s>" % (self.p, name, content, self.p, name)

    def with_value(self, cell: Cell, value: Scalar) -> bytes:
        """A formula cell with another value beside its formula."""
        kind, element = self._result(value)
        bare = self.without_value(cell)
        tag, body = bare[: bare.index(b">") + 1], bare[bare.index(b">") + 1 :]
        formula = re.match(rb"\s*<%sf\b(?:[^>]*/>|.*?</%sf\s*>)" % (self.p, self.p), body, re.DOTALL)
        end = formula.end() if formula else 0
        return (with_attribute(tag, b"t", kind) if kind else tag) + body[:end] + element + body[end:]

    def restyled(self, cell: Cell, style: bytes) -> bytes:
        """The cell in another style; its content stays."""
        tag = with_attribute(with_attribute(cell.tag, b"r", address(cell.row, cell.column).encode()), b"s", style)
        return tag if tag.endswith(b"/>") else tag + cell.body + b"</%sc>" % self.p

    def without_value(self, cell: Cell) -> bytes:
        """A formula cell whose stored value is taken away, so that nobody takes it for current."""
        tag = without_attribute(without_attribute(cell.tag, b"t"), b"vm")
        body = re.sub(rb"<%sv\b(?:[^>]*/>|.*?</%sv\s*>)" % (self.p, self.p), b"", cell.body, flags=re.DOTALL)
        return (tag if tag.endswith(b"/>") else tag + body + b"</%sc>" % self.p) if body else _closed(tag)

    def with_formula(self, cell: Cell, text: str) -> bytes:
        """A formula cell whose formula is spelt out in itself; its value stays."""
        plain = b"<%sf>%s</%sf>" % (self.p, escape(text), self.p)
        body = re.sub(rb"<%sf\b(?:[^>]*/>|.*?</%sf\s*>)" % (self.p, self.p), lambda _: plain, cell.body, count=1, flags=re.DOTALL)
        return with_attribute(cell.tag, b"r", address(cell.row, cell.column).encode()) + body + b"</%sc>" % self.p

    def decode(self, cell: Cell | None) -> Content:
        """Content of a cell that we wrote: text, number, truth value, error or formula with value."""
        if cell is None or not cell.body:
            return None
        formula = self._inner(cell.body, b"f")
        value = self._decode_value(attribute(cell.tag, b"t"), cell.body)
        return value if formula is None else Formula(unescape(formula), value)

    def _decode_value(self, kind: bytes | None, body: bytes) -> Scalar:
        if kind == b"inlineStr":
            return decode_string(self._inner(body, b"t") or b"")
        raw = self._inner(body, b"v")
        if raw is None:
            return None
        if kind == b"str":
            return decode_string(raw)
        if not raw:
            return None
        if kind == b"e":
            return ErrorValue(unescape(raw))
        return raw == b"1" if kind == b"b" else float(raw)

    def _inner(self, body: bytes, name: bytes) -> bytes | None:
        """What stands in the first element of that name."""
        match = re.search(rb"<%s%s(?:\s[^>]*)?(?:/>|>(.*?)</%s%s\s*>)" % (self.p, name, self.p, name), body, re.DOTALL)
        return None if match is None else match[1] or b""

    def holds(self, cell: Cell | None, content: Content) -> bool:
        """Whether a cell surely shows that content's value already; shared text is not looked up."""
        if cell is not None and attribute(cell.tag, b"t") == b"s":
            return False
        old, new = self.decode(cell), self.stored_form(content)
        old, new = (old.value if isinstance(old, Formula) else old), (new.value if isinstance(new, Formula) else new)
        return type(old) is type(new) and old == new

    def stored_form(self, content: Content) -> Content:
        """What :meth:`decode` gives back for content: dates are numbers, and all numbers floats."""
        if isinstance(content, Formula):
            value = self.stored_form(content.value)
            return Formula(stored(content.text), None if isinstance(value, Formula) else value)
        if content is None or isinstance(content, str | bool):
            return content
        return float(serial(content, date1904=self.date1904))


def _closed(tag: bytes) -> bytes:
    return tag if tag.endswith(b"/>") else tag[:-1].rstrip() + b"/>"


def check(content: Content, where: str) -> None:
    """Refuse what a cell cannot hold; ``where`` is ``sheet!cell`` for the message."""
    if isinstance(content, Formula):
        if len(content.text) > MAX_FORMULA or not content.text.strip():
            raise FileError(f"要写入 {where} 的公式为空或超过 {MAX_FORMULA} 个字符。", "请把公式拆到几个单元格里。")
        check(content.value, where)
    elif isinstance(content, str):
        if len(content) > MAX_TEXT:
            raise FileError(f"要写入 {where} 的文字超过 {MAX_TEXT} 个字符，Excel 放不下。", "请分到几个单元格里。")
    elif isinstance(content, float) and not math.isfinite(content):
        raise FileError(f"要写入 {where} 的数不是有限的数（{content}）。", "请检查算出它的数据。")
    elif isinstance(content, int) and len(str(abs(content)).rstrip("0")) > MAX_DIGITS:
        raise FileError(f"要写入 {where} 的整数超过 {MAX_DIGITS} 位，Excel 会改掉末尾几位。", "请按文本写入，例如证件号、保单号。")


def serial(value: float | date | time | timedelta | None, *, date1904: bool) -> int | float:
    """A date or time as Excel counts it; numbers as they are."""
    if isinstance(value, timedelta):
        return _tidy(value / _DAY)
    if isinstance(value, time):
        return _tidy(timedelta(hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond) / _DAY)
    if isinstance(value, date):
        moment = value.replace(tzinfo=None) if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
        days = _tidy((moment - (datetime(1904, 1, 1) if date1904 else datetime(1899, 12, 30))) / _DAY)
        return days if date1904 or moment >= datetime(1900, 3, 1) else days - 1
    return value or 0


def _tidy(days: float) -> int | float:
    return int(days) if days == int(days) else days


def _number(value: float) -> bytes:
    """The shortest text that reads back as the same number, also for numbers of other libraries."""
    number = value if isinstance(value, int) else float(value)
    if isinstance(number, float) and number.is_integer() and abs(number) < 10**MAX_DIGITS:
        number = int(number)
    return str(int(number)).encode() if isinstance(number, int) else float.__repr__(number).encode()
