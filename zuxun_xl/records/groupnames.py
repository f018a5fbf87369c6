"""Group names of the roster that look like a slip of the pen: kept as groups of their own, and listed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from zuxun_xl.findings import Finding
from zuxun_xl.forms import records as rules
from zuxun_xl.forms.table import Table
from zuxun_xl.records.texts import text_of
from zuxun_xl.units import squeeze

_COUNTING = frozenset("0123456789一二三四五六七八九十百零两ABCDEFGHIJKLMNOPQRSTUVWXYZ甲乙丙丁戊己庚辛东西南北中上下左右前后大小新老")
"""Characters by which groups are told apart on purpose."""
_DIGITS = "零一二三四五六七八九"
_ONE = "[一二三四五六七八九]"
_NUMBERED = re.compile(
    rf"第?(?:(?P<tens>{_ONE}?)(?P<ten>十)(?P<ones>{_ONE}?)|(?P<one>{_ONE})|0?(?P<digits>\d{{1,2}}))(?=组|小组|营业组|团队|[部处]$)"
)

_PLACE = re.compile(r"[^\W\d_]{1,12}(?<![原非除调转从到现新增])")
"""What may stand before a group's name: the department's."""


def group_meant(text: str, groups: Iterable[str]) -> str | None:
    """The one group that a text names in another way of writing: 第一组, 1组 and 春华一组 are 一组; else ``None``."""
    known = list(groups)
    if text in known:
        return text
    plain = _plain(text)
    same = [group for group in known if _plain(group) == plain]
    same = same or [group for group in known if _ends(plain, _plain(group)) or _ends(_plain(group), plain)]
    return same[0] if len(same) == 1 else None


def _ends(whole: str, end: str) -> bool:
    """Whether a name ends another, longer one and begins with its own number: 1组 ends 春华1组, but neither 11组 nor 加1组 ends 组."""
    before = whole.removesuffix(end)
    return before != whole and end[:1].isdecimal() and _PLACE.fullmatch(before) is not None


def _plain(text: str) -> str:
    """A group's name with its number in digits."""
    return _NUMBERED.sub(_number, squeeze(text))


def _number(match: re.Match[str]) -> str:
    if match["digits"]:
        return str(int(match["digits"]))
    tens = (_DIGITS.index(match["tens"]) if match["tens"] else 1) if match["ten"] else 0
    ones = match["ones"] or match["one"]
    return str(10 * tens + (_DIGITS.index(ones) if ones else 0))


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
