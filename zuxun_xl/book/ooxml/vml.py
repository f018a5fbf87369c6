"""The drawing of a sheet's notes, in VML: the hidden boxes in which the program shows them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.parsers import expat

from zuxun_xl.book.ooxml.markup import plain

if TYPE_CHECKING:
    from zuxun_xl.book.ooxml.areas import Position

EMPTY = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data=""/></o:shapelayout></xml>'
)
"""A drawing without shapes."""

_BLOCK = 1024
"""Shape ids come in blocks of so many; a drawing names the blocks it uses."""
_TYPE = (
    b'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    '<v:shape id="_x0000_s{id}" type="#_x0000_t202" style="position:absolute;margin-left:0;margin-top:0;width:{width}pt;height:{height}pt;'
    'z-index:{order};visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>'
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_NOTE = re.compile(rb"<v:shape\s(?:(?!</v:shape>).)*?<x:ClientData\s[^>]*ObjectType=[\"']Note[\"'].*?</v:shape>", re.DOTALL)
_ANCHOR = re.compile(rb"(<x:Anchor>)([^<]*)(</x:Anchor>)")
_BOTTOM = 6


@dataclass(frozen=True, slots=True)
class Box:
    """Where and how large a note is shown.

    Attributes:
        anchor: left column and offset, top row and offset, right column and offset, bottom row and offset, in pixels.
        width, height: in points.
        lines: rows that the text takes.
    """

    anchor: tuple[int, ...]
    width: float
    height: float
    lines: int


class Drawing:
    """The drawing of one sheet's notes and controls. :meth:`with_boxes` gives the grown part."""

    def __init__(self, xml: bytes, part: str) -> None:
        self.xml = plain(xml, part)

    def with_boxes(self, boxes: Mapping[Position, Box], taken: Iterable[bytes]) -> bytes:
        """The part with a box for each of these cells; boxes that are there grow to hold the longer text.

        Args:
            boxes: the wanted boxes.
            taken: all drawings of the workbook, whose ids must stay unique.
        """
        xml = _NOTE.sub(lambda match: _grown(match[0], boxes), self.xml)
        there = {_place(match[0]) for match in _NOTE.finditer(xml)}
        new = [(position, box) for position, box in boxes.items() if position not in there]
        if not new:
            return xml
        first = _first_free_block(taken)
        blocks = range(first, first + -(-len(new) // (_BLOCK - 1)))
        shapes = b"".join(_shape(number, position, box, blocks) for number, (position, box) in enumerate(new))
        head, end, tail = _claimed(xml, blocks).rpartition(b"</xml")
        return head + (b"" if b'id="_x0000_t202"' in head else _TYPE) + shapes + end + tail


def is_sound(xml: bytes) -> bool:
    """Whether a drawing is well-formed, as older programs do not always write it, and of the usual build."""
    try:
        expat.ParserCreate().Parse(xml, True)  # noqa: FBT003  # expat takes no keyword
    except expat.ExpatError:
        return False
    return b"</xml" in xml and b"<!" not in xml


def _first_free_block(taken: Iterable[bytes]) -> int:
    used = {0}
    for xml in taken:
        for data in re.findall(rb"<o:idmap\s[^>]*?\bdata=[\"']([^\"']*)", xml):
            used |= {int(number) for number in re.findall(rb"\d+", data)}
        used |= {int(number) // _BLOCK for number in re.findall(rb"_x0000_s(\d+)", xml)}
    return max(used) + 1


def _claimed(xml: bytes, blocks: Collection[int]) -> bytes:
    """The drawing that names these blocks of ids among its own."""
    numbers = ",".join(map(str, blocks)).encode()

    def more(match: re.Match[bytes]) -> bytes:
        return match[1] + (match[2] + b"," if match[2] else b"") + numbers

    return re.sub(rb"(<o:idmap\s[^>]*?\bdata=[\"'])([^\"']*)", more, xml, count=1)


def _shape(number: int, position: Position, box: Box, blocks: range) -> bytes:
    identifier = blocks[number // (_BLOCK - 1)] * _BLOCK + number % (_BLOCK - 1) + 1
    return _SHAPE.format(
        id=identifier, order=number + 1, width=f"{box.width:g}", height=f"{box.height:g}",
        anchor=", ".join(map(str, box.anchor)), row=position[0] - 1, column=position[1] - 1,
    ).encode()


def _place(shape: bytes) -> Position:
    row, column = re.search(rb"<x:Row>(\d+)<", shape), re.search(rb"<x:Column>(\d+)<", shape)
    return (int(row[1]) + 1 if row else 0), (int(column[1]) + 1 if column else 0)


def _grown(shape: bytes, boxes: Mapping[Position, Box]) -> bytes:
    """A note's shape that reaches further down, by the lines that were added."""
    box = boxes.get(_place(shape))
    if box is None:
        return shape

    def lower(match: re.Match[bytes]) -> bytes:
        numbers = [int(number) for number in match[2].split(b",")]
        if len(numbers) <= _BOTTOM or numbers[_BOTTOM] - numbers[2] > box.lines:
            return match[0]
        numbers[_BOTTOM] += box.lines
        return match[1] + ", ".join(map(str, numbers)).encode() + match[3]

    return _ANCHOR.sub(lower, shape, count=1)
