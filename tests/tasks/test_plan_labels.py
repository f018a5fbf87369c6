"""Months across a plan in the labels that people write: units in items or beside them, months as dates, subtotals of any wording."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.tasks.restyle import House, Row
from tests.tasks.test_plan_layouts import GROUPS, ITEMS, MONTHS, QUARTERS, differing, facts_of, planned, read_plan

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MONEY = ("FYP", "首年期交")


def across(
    house: House, items: Sequence[tuple[str, str, float]], months: Sequence[Any], totals: Sequence[str] = (), unit: str = ""
) -> House:
    """Rows of groups and items (text, measure, divisor), a column a month and perhaps a subtotal after each quarter."""
    plan = planned(house, GROUPS)
    heads: Row = ["小组", "项目", *(["单位"] if unit else [])]
    for n in range(4):
        heads += [*months[3 * n : 3 * n + 3], *totals[n : n + 1]]
    heads += totals[4:]
    rows: list[Row] = [["2026年度业绩经营计划表"], heads]
    for group in GROUPS:
        for text, item, divisor in items:
            row: Row = [group, text, *([unit if item in MONEY else "人、件"] if unit else [])]
            for n, _ in enumerate(QUARTERS):
                parts = [round(plan[group, label, item] / divisor, 6) for label in MONTHS[3 * n : 3 * n + 3]]
                row += [*parts, *([sum(parts)] if totals else [])]
            rows.append([*row, *([sum(plan[group, label, item] for label in MONTHS) / divisor] if totals else [])])
    built = House({})
    built.put("计划", rows)
    return built


PLAIN = [(f"计划{item}", item, 1.0) for item in ITEMS]
WAN = [(f"{item}计划（万元）" if item in MONEY else f"{item}计划", item, 10_000.0 if item in MONEY else 1.0) for item in ITEMS]
NUMBERED = [(f"{n}、{item}目标", item, 1.0) for n, item in enumerate(ITEMS, start=1)]
BESIDE = [(f"目标{item}", item, 10_000.0 if item in MONEY else 1.0) for item in ITEMS]

LABELS: dict[str, Callable[[int], Any]] = {
    "1月": lambda n: f"{n}月", "full width": lambda n: f"{n}月份".translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    "number": float, "year and month": lambda n: f"2026-{n:02}", "date": lambda n: date(2026, n, 1), "202601": lambda n: float(202600 + n),
    "2026年1月": lambda n: f"2026年{n}月", "一月": lambda n: "一 二 三 四 五 六 七 八 九 十 十一 十二".split()[n - 1] + "月",
}
TOTALS = (("一季度", "二季度", "三季度", "四季度", "全年"), ("小计", "小计", "小计", "小计", "合计"), ("Q1", "Q2", "Q3", "Q4", "年度合计"))


def wrong(house: House, sample: House) -> list[Any]:
    return list(differing(read_plan(house, GROUPS), facts_of(planned(sample), GROUPS, ("计划",))))


@pytest.mark.parametrize("name", LABELS)
def it_reads_months_across_as(name: str, sample_house: House):
    assert wrong(across(sample_house, PLAIN, [LABELS[name](n) for n in range(1, 13)]), sample_house) == []


@pytest.mark.parametrize("totals", TOTALS)
def it_keeps_subtotals_apart_from_months(totals: tuple[str, ...], sample_house: House):
    assert wrong(across(sample_house, PLAIN, MONTHS, totals), sample_house) == []


@pytest.mark.parametrize(("items", "unit"), [(WAN, ""), (NUMBERED, ""), (BESIDE, "万元")])
def it_reads_items_with_their_units(items: list[tuple[str, str, float]], unit: str, sample_house: House):
    assert wrong(across(sample_house, items, MONTHS, unit=unit), sample_house) == []


def it_passes_over_words_that_only_group_measures(sample_house: House):
    """人力 over 举绩人数, 业务 over the rest, below them each month."""
    plan = planned(sample_house, GROUPS)
    kinds: Row = ["组别", "人力", *([None] * 11), "业务", *([None] * 35)]
    heads: Row = [None, *(item if n == 0 else None for item in ITEMS for n in range(12))]
    months: Row = [None, *(label for _ in ITEMS for label in MONTHS)]
    rows = [[group, *(plan[group, label, item] for item in ITEMS for label in MONTHS)] for group in GROUPS]
    house = House({})
    house.put("计划", [["2026年经营计划表"], kinds, heads, months, *rows])
    assert wrong(house, sample_house) == []
