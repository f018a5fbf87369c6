"""Groups of a roster that has no column for them: named by a line above each group's people, by the sheet, or by the title."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from zuxun_xl.units import squeeze

BETWEEN = "  "
"""Between the texts that make up the title of a table."""
_GROUP = re.compile(r"(?:20\d\d年度?)?(?:\d{1,2}月份?)?(?P<group>[^\W_]{1,8}?(?:组|团队))(?![训长别织合员名间内外数])")
_LINE = re.compile(r"^[^\w]*(?:(?:组别|小组|营业组|团队)[:：])?(?P<group>[^\W_]{1,8}?(?:组|团队|部|处))(?![训长别织合员名间])")
_NO_GROUP = re.compile(r"^(?:各|小|分|全|本|按|每|营业|业务)?(?:组|团队|部|处)$|营业部$|^(?:调|转|分|换|跨|原|现|新)")
_MOST_CELLS = 3
_BESIDE = re.compile(r"^[^\w]*(?:(?:组长|主管|负责人|经理|人数|在职|共|合计|小计).*|\d+人?)$")
"""What may stand beside a group's name in its line."""


def group_lines(rows: Sequence[Sequence[Any]], header: int) -> dict[int, str]:
    """Sheet row → group, for the lines below the headings that only name a group."""
    lines = {number: group for number, row in enumerate(rows[header:], start=header + 1) if (group := _named(row)) is not None}
    return lines if len(set(lines.values())) == len(lines) else {}


def _named(row: Sequence[Any]) -> str | None:
    held = [value for value in row if value is not None]
    if not held or len(held) > _MOST_CELLS or not isinstance(held[0], str):
        return None
    match = _LINE.match(squeeze(held[0]))
    beside = all(isinstance(value, float) or (isinstance(value, str) and _BESIDE.match(squeeze(value))) for value in held[1:])
    return match["group"] if match is not None and beside and not _NO_GROUP.search(match["group"]) else None


def group_of_sheet(sheet: str, title: str) -> str | None:
    """The one group that a sheet's name, else its title, names."""
    for texts in ([sheet], title.split(BETWEEN)):
        found = [match["group"] for text in texts for match in _GROUP.finditer(squeeze(text))]
        named = {group for group in found if not _NO_GROUP.search(group)}
        if len(named) == 1:
            return named.pop()
    return None


def groups_by_row(rows: Sequence[Sequence[Any]], header: int, sheet: str, title: str) -> Mapping[int, str]:
    """Sheet row → group for every row below the headings whose group is stated; empty where none is."""
    lines, group = group_lines(rows, header), group_of_sheet(sheet, title)
    groups: dict[int, str] = {}
    for number in range(header + 1, len(rows) + 1):
        group = lines.get(number, group)
        if group is not None and number not in lines:
            groups[number] = group
    return groups
