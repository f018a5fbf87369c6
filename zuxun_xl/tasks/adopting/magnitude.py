"""Questions about units: money whose size does not go with the unit it is read in, or whose plan states another unit than its actual."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from statistics import median

from zuxun_xl.book.answers import UNITS, Kind
from zuxun_xl.book.candidate import Candidate, scale_of
from zuxun_xl.book.scales import Scale, Source
from zuxun_xl.cells import address
from zuxun_xl.forms.table import Table
from zuxun_xl.tasks.adopting.question import Option, Question
from zuxun_xl.units import MONEY_SCALES

_PLAN = (1_000.0, 1_000_000_000.0)
_PREMIUM = (50.0, 2_000_000.0)
USUAL: Mapping[str, tuple[float, float]] = {
    **dict.fromkeys(("首年保费", "期交保费", "趸交保费", "应收保费", "实收保费"), _PREMIUM), "佣金": (2.0, 1_000_000.0),
    **dict.fromkeys(("计划FYP", "计划首年期交", "全年目标"), _PLAN), "计划FYC": (100.0, 1_000_000_000.0),
}
"""Between which amounts in 元 the middle one of a column lies in any department: of one policy, of a group's month."""
_AVERAGE = (100.0, 1_000_000.0)
"""Between which amounts a planned premium per policy lies."""


def unit_questions(table: Table, place: Candidate) -> Iterator[Question]:
    """Columns of money of a table in use whose unit is doubtful."""
    for key in table.columns:
        scale = _scale(table, place, key)
        if scale is None or scale.source is Source.DECIDED:
            continue
        amounts = _amounts(table, key, scale)
        others = [unit for unit in UNITS if unit != scale.unit and _fits(table, key, MONEY_SCALES[unit] / scale.factor)]
        if amounts and others and not _fits(table, key, 1.0):
            middle = median(amounts)
            text = f"{_heading(table, key)}读作{scale.unit}（{scale.source}），可多在{middle:.6g}左右，不像是{scale.unit}。"
            yield _question(table, key, scale, others, middle, text)
        elif (twin := _twin(place, key, scale)) is not None:
            text = f"{_heading(table, key)}没有写单位，同一张表的计划写的是{twin.unit}。"
            yield _question(table, key, scale, [twin.unit], median(amounts) if amounts else None, text)


def _scale(table: Table, place: Candidate, key: str) -> Scale | None:
    """The unit a column is read in; figures in an arrangement of their own have it from the labels around them."""
    scale = scale_of(place, key)
    if scale is None or not place.cells or scale.factor == table.scales.get(key, 1):
        return scale
    return Scale(next(unit for unit in UNITS if MONEY_SCALES[unit] == table.scales[key]), Source.HEADING)


def _question(table: Table, key: str, scale: Scale, others: list[str], middle: float | None, text: str) -> Question:
    offered = [scale.unit, *others]
    meaning = {unit: () if middle is None else (f"{middle:.6g}{unit}={middle * MONEY_SCALES[unit]:,.0f}元",) for unit in offered}
    return Question(
        Kind.UNIT, table.form.key, key, table.sheet, address(table.header, table.columns[key]), f"{table.form.key}的{text}是哪种单位？",
        tuple(Option(unit, meaning[unit]) for unit in offered), scale.unit,
    )


def _heading(table: Table, key: str) -> str:
    return table.form.by_key[key].heading


def _amounts(table: Table, key: str, scale: Scale) -> list[float]:
    """Amounts of a column in its own unit, without their sign."""
    return [abs(value) / scale.factor for value in table.column(key) if isinstance(value, int | float) and value]


def _fits(table: Table, key: str, factor: float) -> bool:
    """Whether a column's amounts, multiplied, have the usual size; always where none is known or nothing stands there."""
    amounts = [abs(value) * factor for value in table.column(key) if isinstance(value, int | float) and value]
    if key not in USUAL or not amounts:
        return True
    average = _average(table, key)
    sizes = [(median(amounts), USUAL[key]), *([(average * factor, _AVERAGE)] if average is not None else [])]
    return all(least <= size <= most for size, (least, most) in sizes)


def _average(table: Table, key: str) -> float | None:
    """Planned premium per planned policy; ``None`` for other columns or without a plan of policies."""
    if key != "计划FYP" or not table.has("计划件数"):
        return None
    pairs = zip(table.column(key), table.column("计划件数"), strict=True)
    both = [(money, cases) for money, cases in pairs if isinstance(money, int | float) and isinstance(cases, int | float)]
    cases = sum(number for _, number in both)
    return sum(money for money, _ in both) / cases if cases > 0 else None


def _twin(place: Candidate, key: str, scale: Scale) -> Scale | None:
    """The unit that the plan of an actual column states, where the actual states none and would be read in another."""
    plan = key.replace("实际", "计划", 1)
    if scale.source is not Source.DEFAULT or plan == key or plan not in place.columns:
        return None
    stated = scale_of(place, plan)
    return stated if stated is not None and stated.source is Source.HEADING and stated.unit != scale.unit else None
