"""The sheet 校验结果: findings by level and rule, one row a finding linked to its cell, what people wrote beside, what was repaired."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from zuxun_xl.book.changes import Change, Content, SheetSpec
from zuxun_xl.book.grid import Grid
from zuxun_xl.book.layout import Layout, Styled
from zuxun_xl.book.own import CHECKED, free_name
from zuxun_xl.cells import place_in
from zuxun_xl.findings import Finding, Level
from zuxun_xl.tasks.rules import rules

if TYPE_CHECKING:
    from zuxun_xl.tasks.ledger import Ledger

LISTED = 1000
"""So many findings are listed; nobody works through more, and a longer sheet is slow to open."""

_TITLE = "校验结果"
_WIDTHS = (5, 6, 8, 20, 18, 50, 42, 20)
_HEADS = ("序号", "级别", "编号", "规则", "位置", "说明", "怎么办", "处理情况")
_REPAIRED = "修复"
"""Stands in the place of the level where a cell was repaired."""
_OWN = len(_HEADS)
_MOST_FROZEN = 220.0
"""Points of the window that frozen rows may take."""

Row = tuple[Content, ...]
_Key = tuple[Content, Content, Content]
"""Code, place and message: by these a finding is known again."""


def checked_sheet(ledger: Ledger, findings: Sequence[Finding], repairs: Sequence[Change] = ()) -> SheetSpec:
    """The description of the sheet; what people entered beside a finding or a repair is kept.

    Args:
        ledger: the workbook.
        findings: in order of gravity.
        repairs: cells that are rewritten in the same go.
    """
    name = free_name(ledger.grids, CHECKED, _is_ours)
    before = ledger.grids.get(name)
    written = _rows(before)
    entered = {_key(row): row for row in written if row[1] in set(Level) and row[_OWN - 1] is not None}
    layout = Layout(_WIDTHS)
    layout.line(_TITLE, "title", 30)
    layout.line(_legend(ledger), "note")
    for level in Level:
        layout.spread(_summary(level, findings))
    head = layout.row([(text, "head") for text in _HEADS])
    links = _list(layout, findings, entered)
    last = layout.here
    _gone(layout, findings, entered)
    _repairs(layout, repairs, [row for row in written if row[1] == _REPAIRED])
    freeze = (head, 0) if layout.height(head) <= _MOST_FROZEN else (1, 0)
    filtered = f"A{head}:H{last}" if findings else ""
    return layout.spec(name, freeze=freeze, repeat_rows=(head, head), tab_color="#FFC000", links=links, filter=filtered)


def place_of(finding: Finding) -> str:
    """Where a finding is: sheet and cell, or the sheet alone."""
    return f"{finding.sheet}!{finding.cell}" if finding.cell else finding.sheet


def _is_ours(grid: Grid) -> bool:
    return grid.value(1, 1) == _TITLE and any(tuple(row[:_OWN]) == _HEADS for row in grid.rows)


def _legend(ledger: Ledger) -> str:
    return (
        f"数据截至{ledger.as_of}。错：肯定不对，请改；警：存疑，请核对；示：知道就好。"
        "点“位置”跳到那一格；“处理情况”由您填写，再次校验时保留。"
    )


def _summary(level: Level, findings: Iterable[Finding]) -> list[Styled]:
    """How many findings of a level there are, and of which rules."""
    codes = Counter(finding.code for finding in findings if finding.level is level)
    text = "；".join(f"{code} {_title(code)}（{count}）" for code, count in codes.most_common())
    return [(level.value, level.value), (f"{codes.total()}条", "center"), (text or "没有", "text")]


def _title(code: str) -> str:
    return rules()[code].title if code in rules() else ""


def _list(layout: Layout, findings: Sequence[Finding], entered: Mapping[_Key, Row]) -> dict[tuple[int, int], str]:
    """One row a finding; returns the links of their places. Those that somebody wrote about are never left out."""
    links: dict[tuple[int, int], str] = {}
    listed = [f for place, f in enumerate(findings) if place < LISTED or _key_of(f) in entered]
    for number, finding in enumerate(listed, start=1):
        own = entered[_key_of(finding)][_OWN - 1] if _key_of(finding) in entered else None
        row = layout.row([
            (number, "center"), (finding.level.value, finding.level.value), (finding.code, "center"), (_title(finding.code), "text"),
            (place_of(finding), "link" if finding.sheet else "text"), (finding.message, "text"), (finding.remedy, "text"), (own, "input"),
        ])
        if finding.sheet:
            links[row, _HEADS.index("位置") + 1] = place_in(finding.sheet, finding.cell)
    if not findings:
        layout.line("没有发现问题。", "text")
    if len(listed) < len(findings):
        more = f"另有{len(findings) - len(listed)}条没有列出（按级别从重到轻列到这里）。"
        layout.line(more + "先改好以上各条再校验一次，或用 zuxun check --json 看全部。", "text")
    return links


def _gone(layout: Layout, findings: Iterable[Finding], entered: Mapping[_Key, Row]) -> None:
    """Findings that somebody wrote about and that are found no more."""
    present = {_key_of(finding) for finding in findings}
    gone = [row for key, row in entered.items() if key not in present]
    if gone:
        _section(layout, f"写过处理情况、这次没有再出现的问题（{len(gone)}条，不用的可以清空“处理情况”）", gone)


def _repairs(layout: Layout, repairs: Sequence[Change], earlier: Sequence[Row]) -> None:
    """Cells that were repaired now, then those of earlier runs."""
    now: list[Row] = [
        (None, _REPAIRED, None, c.why, f"{c.sheet}!{c.cell}", f"{shown(c.old)} 改为 {shown(c.new)}", "已改好，抽查即可。", None)
        for c in repairs
    ]
    rows = [*now, *earlier]
    if rows:
        _section(layout, f"已修复的格子（共{len(rows)}处；只改写法，不改数值）", rows)


def _section(layout: Layout, title: str, rows: Iterable[Row]) -> None:
    layout.gap()
    layout.line(title, "section")
    layout.row([(text, "head") for text in _HEADS])
    for number, row in enumerate(rows, start=1):
        level = "绿" if row[1] == _REPAIRED else str(row[1])
        layout.row(list(zip((number, *row[1:]), ("center", level, "center", *("text",) * 4, "input"), strict=True)))


def shown(value: Content) -> str:
    """A cell's content as a text; texts in quotation marks, so that spaces show."""
    if isinstance(value, str):
        return f"“{value}”"
    return f"{value:.15g}" if isinstance(value, float | int) else str(value)


def _rows(grid: Grid | None) -> list[Row]:
    """The numbered rows below every line of headings."""
    rows: list[Row] = []
    below = False
    for held in grid.rows if grid else ():
        row = tuple(held[:_OWN])
        below = row == _HEADS or (below and isinstance(row[0], float))
        if below and row != _HEADS:
            rows.append(row)
    return rows


def _key(row: Row) -> _Key:
    return row[_HEADS.index("编号")], row[_HEADS.index("位置")], row[_HEADS.index("说明")]


def _key_of(finding: Finding) -> _Key:
    return finding.code, place_of(finding) or None, finding.message
