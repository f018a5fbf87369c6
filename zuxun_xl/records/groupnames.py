"""Group names of the roster that look like a slip of the pen: kept as groups of their own, and listed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from zuxun_xl.findings import Finding
from zuxun_xl.forms import records as rules
from zuxun_xl.forms.table import Table
from zuxun_xl.records.texts import text_of

_COUNTING = frozenset("0123456789一二三四五六七八九十百零两ABCDEFGHIJKLMNOPQRSTUVWXYZ甲乙丙丁戊己庚辛东西南北中上下左右前后大小新老")
"""Characters by which groups are told apart on purpose."""


def doubt_groups(rosters: Sequence[Table], records: Iterable[Table]) -> Iterator[Finding]:
    """Groups of a single person that no record names and whose name differs in one character from that of a group of several."""
    places = [(roster, index, text_of(written)) for roster in rosters for index, written in enumerate(roster.column("组别")) if written]
    sizes = Counter(group for *_, group in places)
    named = {text_of(written) for table in records for key in ("组别", "原组别", "新组别") for written in table.column(key)}
    for roster, index, group in places:
        alone = sizes[group] == 1 and group not in named
        near = [other for other in sizes if sizes[other] > 1 and is_slip(group, other)] if alone else []
        if len(near) == 1:
            yield rules.GROUP_SLIP.at(roster.sheet, roster.cell(index, "组别"), written=group, near=near[0])


def is_slip(one: str, other: str) -> bool:
    """Whether two names are the same but for one character that was replaced, added or left out, and no number is among these."""
    short, long = sorted((one, other), key=len)
    start = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    rest = long[start + 1 :]
    if len(short) < len(long):
        return len(long) - len(short) == 1 and short[start:] == rest and long[start] not in _COUNTING
    return one != other and short[start + 1 :] == rest and not {short[start], long[start]} <= _COUNTING and len(short) > 1
