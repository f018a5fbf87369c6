"""The sheet 变更预览: everything that a ChangeSet would write, cell by cell, before it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zuxun_xl.book.changes import Formula
from zuxun_xl.book.layout import Layout
from zuxun_xl.book.own import PREVIEW
from zuxun_xl.cells import place_in

if TYPE_CHECKING:
    from zuxun_xl.book.changes import ChangeSet, Content, SheetSpec

_WIDTHS = (6, 14, 9, 26, 26, 40)
_HEADS = ("序号", "工作表", "单元格", "原来", "将写成", "原因")
_LINK = 3


def preview_sheet(title: str, changes: ChangeSet) -> SheetSpec:
    """The description of the sheet; each cell's address leads to it."""
    layout, links = Layout(_WIDTHS), dict[tuple[int, int], str]()
    layout.line(f"变更预览：{title}（还没有写入）", "title", 30)
    layout.line("看过以后再按一次同一个按钮，选“是”写入；这张表到时自动去掉。", "note")
    layout.row([(head, "head") for head in _HEADS])
    for number, change in enumerate(changes.changes, start=1):
        old, new = _shown(change.old), _shown(change.new)
        where = (number, "center"), (change.sheet, "center"), (change.cell, "center")
        row = layout.row([*where, (old, "text"), (new, "text"), (change.why, "text")])
        links[row, _LINK] = place_in(change.sheet, change.cell)
    for spec in changes.sheets:
        if spec.visibility == "visible":
            layout.row([(None, "center"), (spec.name, "center"), (None, "center"), (None, "text"), ("新的一张表", "text"), (None, "text")])
    return layout.spec(PREVIEW, freeze=(3, 0), repeat_rows=(3, 3), links=links)


def _shown(content: Content) -> str:
    if isinstance(content, Formula):
        return f"={content.text}"
    return "" if content is None else f"{content:.10g}" if isinstance(content, float) else str(content)
