"""Values that can be read but are hardly meant: a slipped decimal point, another year, a row entered twice. They count and are listed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from zuxun_xl.forms import records as rules
from zuxun_xl.forms.table import Table
from zuxun_xl.records.reading import Reading
from zuxun_xl.records.texts import text_of

_TIMES = 10
"""A premium this many times the usual one of its product, or as small a part of it, is doubtful."""
_TIMES_BUSY = 20
_GAP = 3
"""What is odd is also this many times away from the nearest that is not."""
_ENOUGH = 8
"""Fewer values do not say what is usual."""
_OUT_OF_ORDER = 0.05
_AWAY = timedelta(days=180)
"""A day this far from its neighbours in a table kept by day is out of place: another year, not a line registered late."""
_RARE = 0.02
_FEW = 2
_COUNTS = ("约访", "面谈", "新增准客户")


def doubt_premiums(tables: Sequence[Table], reading: Reading) -> None:
    """Lists premiums far from what the same product usually costs in the same way of paying."""
    alike: dict[tuple[str, str], list[tuple[Table, int, float]]] = defaultdict(list)
    for table in tables:
        columns = (table.column(key) for key in ("险种名称", "期趸", "首年保费"))
        for index, (product, mode, premium) in enumerate(zip(*columns, strict=True)):
            if product is not None and premium:
                alike[text_of(product), text_of(mode)].append((table, index, abs(premium)))
    for (product, _), places in alike.items():
        for place, usual in outliers([premium for *_, premium in places], _TIMES):
            table, index, premium = places[place]
            reading.note(rules.PREMIUM_ODD, table, index, "首年保费", premium=premium, product=product, usual=usual)


def doubt_counts(table: Table, reading: Reading) -> None:
    """Lists counts of activity that are negative or far above the usual."""
    for key in _COUNTS:
        values = table.column(key)
        positive = {index: value for index, value in enumerate(values) if value is not None and value > 0}
        indexes = list(positive)
        far = {indexes[place]: usual for place, usual in outliers(list(positive.values()), _TIMES_BUSY)}
        high = [index for index, usual in far.items() if positive[index] > usual]
        low = [index for index, value in enumerate(values) if value is not None and value < 0]
        usual = median(positive.values()) if positive else 0.0
        for index in (*high, *low):
            reading.note(rules.COUNT_ODD, table, index, key, column=key, value=values[index], usual=usual)


def doubt_days(table: Table, key: str, reading: Reading) -> None:
    """Lists days that are out of place among the days before and after them."""
    days = table.column(key)
    for index in out_of_place(days):
        reading.note(rules.DAY_OUT_OF_PLACE, table, index, key, column=key, day=days[index])


def doubt_twins(table: Table, key: str, contents: Sequence[Hashable], reading: Reading) -> None:
    """Lists records that repeat another one, where that is rare; where it is usual it is the way the table is kept."""
    for index, first in repeated(contents):
        reading.note(rules.REPEATED, table, index, key, first=f"第{table.rows[first]}行")


def outliers(values: Sequence[float], times: float) -> Iterator[tuple[int, float]]:
    """Index of each value that is so many times the median or as small a part of it, and the median.

    None of a few values; none that the usual ones reach up or down to: what is spread widely has no outliers.
    """
    usual = median(values) if len(values) >= _ENOUGH else 0.0
    if usual > 0:
        high, low = usual * times, usual / times
        most = _reached([usual, *sorted(value for value in values if value >= usual)])
        least = _reached([usual, *sorted((value for value in values if value <= usual), reverse=True)])
        for index, value in enumerate(values):
            if (value >= high and value > most) or (value <= low and value < least):
                yield index, usual


def _reached(outward: Sequence[float]) -> float:
    """The last of ordered values before the first gap."""
    return next((one for one, other in pairwise(outward) if max(one, other) >= min(one, other) * _GAP), outward[-1])


def out_of_place(days: Sequence[date | None]) -> Iterator[int]:
    """Index of each day that is far from both its neighbours, in a list kept by day."""
    known = [(index, day) for index, day in enumerate(days) if day is not None]
    falls = sum(one > other for (_, one), (_, other) in pairwise(known))
    if len(known) < _ENOUGH or falls > max(_OUT_OF_ORDER * len(known), _FEW):
        return
    for place, (index, day) in enumerate(known):
        before = [other for _, other in known[max(place - _FEW, 0) : place]]
        after = [other for _, other in known[place + 1 : place + 1 + _FEW]]
        beside = [*before, *after]
        if before and after and all(abs(day - other) > _AWAY for other in beside) and max(beside) - min(beside) < _AWAY:
            yield index


def repeated(contents: Sequence[Hashable]) -> Iterator[tuple[int, int]]:
    """Index of each record that an earlier one equals, and that one's; none where many do."""
    first: dict[Hashable, int] = {}
    twins = [(index, place) for index, content in enumerate(contents) if (place := first.setdefault(content, index)) != index]
    if len(twins) <= max(_RARE * len(contents), _FEW):
        yield from twins
