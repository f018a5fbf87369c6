"""V107: a typed ratio of a quarter, a year or the whole department follows from totals; it is never a sum or mean of ratios."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from zuxun_xl.findings import Finding, Level, Rule
from zuxun_xl.forms.form import Column
from zuxun_xl.kpi.measures import MEASURES, Adds, total_of
from zuxun_xl.periods import Period
from zuxun_xl.records.model import WHOLE
from zuxun_xl.tasks.checking.rounding import Typed, agree, half_digit, half_money
from zuxun_xl.tasks.checking.sums import Body
from zuxun_xl.units import PERCENT, YUAN, show

_Key = tuple[str, Period]


@dataclass(frozen=True)
class _Ratio:
    """A ratio column of a form: the columns that it divides, and how exactly it is kept."""

    column: Column
    top: str
    bottom: str
    half: float


def check_ratios(body: Body, rule: Rule) -> Iterator[Finding]:
    """Typed ratios of longer periods and of 全部 against their totals."""
    index = body.index()
    ratios = [ratio for column in body.table.form.columns if (ratio := _ratio(body, column)) is not None]
    for (group, period), row in index.items():
        parts = _parts(index, group, period, months=body.slot == "月份")
        for ratio in ratios if parts else ():
            shown = body.value(row, ratio.column.key)
            if shown is not None:
                yield from _check(body, rule, ratio, (group, period), row, Typed(shown, ratio.half), parts)


def _ratio(body: Body, column: Column) -> _Ratio | None:
    top, slash, bottom = column.formula.partition(" / ")
    if not slash or not body.table.has(column.key):
        return None
    return _Ratio(column, top, bottom, half_digit(body.value(index, column.key) for index, _, _ in body.rows()))


def _parts(index: Mapping[_Key, int], group: str, period: Period, *, months: bool) -> list[int]:
    """Rows of the months of a longer period, else of the groups of 全部; empty for a plain row or where one is missing."""
    pieces = period.pieces() if months else ()
    if len(pieces) > 1:
        keys: list[_Key] = [(group, piece) for piece in pieces]
    else:
        keys = [(name, slot) for name, slot in index if slot == period and name != WHOLE] if group == WHOLE else []
    rows = [index[key] for key in keys if key in index]
    return rows if len(rows) == len(keys) else []


def _check(
    body: Body, rule: Rule, ratio: _Ratio, key: _Key, row: int, shown: Typed, parts: Sequence[int]
) -> Iterator[Finding]:
    possible = list(_possible(body, ratio, row, parts))
    if not possible or any(agree(shown, top.value / bottom.value, top, bottom) for top, bottom in possible):
        return
    top, bottom = possible[0]
    looks = _looks(shown, [body.value(part, ratio.column.key) for part in parts])
    divided = {"top": (ratio.top, top.value), "bottom": (ratio.bottom, bottom.value)}
    certain = looks and not _adds(ratio.top, Adds.DISTINCT)
    yield (rule if certain else rule.graded(Level.WARNING)).at(
        body.table.sheet, body.cell(row, ratio.column.key), group=key[0], quarter=key[1].label, column=ratio.column.heading, looks=looks,
        shown=_text(ratio.column, shown.value), value=_text(ratio.column, top.value / bottom.value),
        **{name: body.heading(column) + body.show(column, value) for name, (column, value) in divided.items()},
    )


def _possible(body: Body, ratio: _Ratio, row: int, parts: Sequence[int]) -> Iterator[tuple[Typed, Typed]]:
    """Numerator and denominator: as typed in the row itself, and as the parts give them on each scale that is in use.

    A count of people that is the sum of the months' counts people several times: it belongs over the sum of the months' headcount.
    """
    own = [_typed(body, key, body.value(row, key)) for key in (ratio.top, ratio.bottom)]
    sums = [_typed(body, key, total_of([body.value(part, key) for part in parts])) for key in (ratio.top, ratio.bottom)]
    mean = None if sums[1] is None or not _adds(ratio.bottom, Adds.AVERAGE) else Typed(sums[1].value / len(parts), sums[1].half)
    pairs = [(own[0], own[1]), (sums[0], mean), (sums[0], sums[1]), (own[0], mean)]
    if _adds(ratio.top, Adds.DISTINCT) and (sums[0] is None or own[0] in (None, sums[0])):
        pairs = [(sums[0], sums[1])]
    for top, bottom in pairs:
        if top is not None and bottom is not None and bottom.value:
            yield top, bottom


def _adds(key: str, how: Adds) -> bool:
    return MEASURES[key[2:]].adds is how


def _typed(body: Body, key: str, value: float | None) -> Typed | None:
    if value is None:
        return None
    money = body.table.form.by_key[key].unit is YUAN
    return Typed(value, half_money(body.table.scales.get(key, 1)) if money else 0.0)


def _looks(shown: Typed, parts: Iterable[float | None]) -> str:
    """What a wrong ratio was probably made of."""
    total = total_of(parts := list(parts))
    if total is None or len(parts) == 1:
        return ""
    if agree(shown, total):
        return "（是各行比率相加）"
    return "（是各行比率的平均）" if agree(shown, total / len(parts)) else ""


def _text(column: Column, value: float) -> str:
    return f"{value:.2%}" if column.unit is PERCENT else show(value, column.unit)
