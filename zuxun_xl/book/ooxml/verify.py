"""The check of a freshly written file, before it takes the old one's place."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat

from zuxun_xl.book.ooxml.cells import Codec
from zuxun_xl.book.ooxml.package import Package
from zuxun_xl.book.ooxml.sheet import SheetPart
from zuxun_xl.cells import address
from zuxun_xl.errors import FileError

if TYPE_CHECKING:
    from pathlib import Path

    from zuxun_xl.book.ooxml.draft import Draft

_REMEDY = "原文件没有改动；请把此文件交给维护人员。"


def verify(path: Path, draft: Draft, parts: dict[str, bytes | None]) -> None:
    """Raise ``FileError`` unless the file holds all old parts untouched and the new ones whole, well formed and as wanted."""
    old, new = draft.contents.package, Package.of(path)
    changed = {part.lower() for part in parts}
    for info in old.entries:
        if info.filename.lower() not in changed:
            twin = new.info(info.filename)
            if twin is None or new.raw(twin) != old.raw(info):
                raise FileError(f"写出后核对不符：部件 {info.filename} 有变化。", _REMEDY)
    for part, content in parts.items():
        if content is not None:
            _check_part(part, new.read(part))
    date1904 = draft.workbook.date1904
    for part, expected in draft.expected.items():
        sheet = SheetPart(new.read(part), part)
        codec = Codec(sheet.p, date1904)
        for position, wanted in expected.items():
            if codec.decode(sheet.cell(position)) != wanted:
                raise FileError(f"写出后核对不符：{part} 的 {address(*position)} 读回的内容不同。", _REMEDY)


def _check_part(part: str, content: bytes) -> None:
    try:
        expat.ParserCreate().Parse(content, True)  # noqa: FBT003  # expat takes no keyword
    except (expat.ExpatError, LookupError) as error:
        raise FileError(f"写出后核对不符：部件 {part} 的 XML 不完整（{error}）。", _REMEDY) from None
