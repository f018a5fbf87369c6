"""附表一 in every arrangement of group, period, item and kind: the whole plan is read, exactly the right cells are filled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.tasks.arrange import Arrangement, Fact, Facts, arrangements, lay_out
from tests.tasks.restyle import House
from zuxun_xl.book.answers import Answers
from zuxun_xl.book.gather import gather
from zuxun_xl.book.locate import locate
from zuxun_xl.book.plans import with_plans
from zuxun_xl.book.read import Context, read
from zuxun_xl.cells import parse_address
from zuxun_xl.periods import month, parse_period
from zuxun_xl.tasks.fill import fill
from zuxun_xl.tasks.filling.pen import plain
from zuxun_xl.tasks.ledger import Ledger
from zuxun_xl.tasks.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zuxun_xl.forms.table import Table

ONE, TITLE = "附表一", "附表一 2026年团队业绩经营计划表"
GROUPS = ("一组", "二组", "三组", "四组", "五组", "六组")
ITEMS = ("举绩人数", "件数", "FYP", "首年期交")
MONTHS = tuple(f"{n}月" for n in range(1, 13))
QUARTERS = ("一季度", "二季度", "三季度", "四季度")
PERIODS = (*(label for n in range(4) for label in (*MONTHS[3 * n : 3 * n + 3], QUARTERS[n])), "全年")
PASSED = {f"{n}月": f"2026-{n:02}" for n in range(1, 11)} | {"一季度": "2026-Q1", "二季度": "2026-Q2", "三季度": "2026-Q3"}
STYLES = (("each", "merged", True), ("once", "once", True), ("merged", "merged", True), ("each", "merged", False))


def planned(house: House, groups: Sequence[str] = GROUPS, items: Sequence[str] = ITEMS) -> dict[tuple[str, str, str], float]:
    """The sample's plan by group, month and item, and the sum of the groups."""
    frame = house.frame(ONE)
    rows = [dict(zip(frame.headings, row, strict=True)) for row in frame.rows]
    plan = {
        (row["组别"], row["月份"], item): row[f"计划{item}"]
        for row in rows if row["月份"] in MONTHS and row["组别"] in groups for item in items
    }
    return plan | {("全部", label, item): sum(plan[group, label, item] for group in groups) for label in MONTHS for item in items}


def facts_of(
    plan: dict[tuple[str, str, str], float], groups: Sequence[str], kinds: Sequence[str], periods: Sequence[str] = MONTHS
) -> Facts:
    """What a workbook holds before it is filled: plans, and blank cells for the other kinds; subtotals are sums."""

    def value(group: str, period: str, item: str) -> float:
        first = 3 * QUARTERS.index(period) if period in QUARTERS else 0
        months = (period,) if period in MONTHS else MONTHS[first : first + 3] if period in QUARTERS else MONTHS
        return sum(plan[group, label, item] for label in months)

    items = dict.fromkeys(item for _, _, item in plan)
    return {
        (group, period, item, kind): value(group, period, item) if kind == "计划" else None
        for group in groups for period in periods for item in items for kind in kinds
    }


def read_plan(house: House, groups: Sequence[str]) -> Plan:
    """The plan of a house that holds nothing but plans."""
    grids = {sheet: house.grid(sheet) for sheet in house.sheet_names}
    context = Context(2026, tuple(groups))
    tables: dict[str, Table] = {}
    for key, places in with_plans(locate(list(grids.values())), grids, context, Answers()).items():
        if usable := [place for place in places if not place.missing]:
            tables[key] = gather(usable, lambda place: read(grids[place.sheet], place, context))
    return Plan(groups, tables.get("附表一"), tables.get("附表二"), tables.get("附表四"))


def differing(plan: Plan, facts: Facts) -> Iterator[Any]:
    """Plan figures that were not read as they stand."""
    for (group, label, item, kind), value in facts.items():
        found = plan.of(month(2026, MONTHS.index(label) + 1)).get(group, {}).get(item) if label in MONTHS else value
        if kind == "计划" and found != value:
            yield group, label, item, found, value


@pytest.mark.parametrize("how", list(arrangements()), ids=str)
def it_reads_the_plan_in_every_arrangement(how: Arrangement, sample_house: House):
    groups = GROUPS[:2]
    facts = facts_of(planned(sample_house, groups, ITEMS[1:3]), groups, ("计划", "实际"))
    for labels, above, headed in STYLES:
        house = House({})
        styled = Arrangement(how.sheets, how.lines, how.rows, how.columns, labels, above, headed)
        lay_out(house, facts, styled, TITLE, "" if how.sheets else "计划表")
        assert list(differing(read_plan(house, groups), facts)) == [], styled


FILLED = (
    Arrangement(rows=("group", "item"), columns=("period", "kind")),
    Arrangement(rows=("group", "item"), columns=("period", "kind"), above="once", labels="once"),
    Arrangement(rows=("group", "item", "kind"), columns=("period",), labels="merged"),
    Arrangement(rows=("group", "kind", "item"), columns=("period",), labels="once"),
    Arrangement(rows=("item", "group", "kind"), columns=("period",)),
    Arrangement(rows=("period",), columns=("group", "kind"), lines=("item",)),
    Arrangement(rows=("group", "period"), columns=("item", "kind"), labels="merged"),
    Arrangement(rows=("group",), columns=("item", "kind"), lines=("period",), headed=False),
    Arrangement(rows=("period",), columns=("item", "kind"), sheets=("group",)),
    Arrangement(rows=("item", "kind"), columns=("period",), sheets=("group",), labels="merged"),
    Arrangement(rows=("group",), columns=("item", "kind"), sheets=("period",)),
    Arrangement(rows=("item",), columns=("group", "kind"), sheets=("period",)),
    Arrangement(rows=("group", "kind"), columns=("period",), sheets=("item",)),
    Arrangement(rows=("group",), columns=("period", "item"), lines=("kind",), headed=False),
)


def wanted(fact: Fact, facts: Facts, truth: dict[str, Any]) -> float | None:
    """What belongs into a cell when October is under way; nothing into plans and into periods that have not passed."""
    group, period, item, kind = fact
    if kind == "计划" or period not in PASSED:
        return None
    figure: float = truth["periods"][PASSED[period]][group][item]
    plan: float = facts[group, period, item, "计划"]
    if kind == "实际":
        return figure
    return figure / plan if plan and item != "举绩人数" else None


@pytest.mark.parametrize("how", FILLED, ids=str)
def it_fills_exactly_the_right_cells_of_an_arrangement(how: Arrangement, sample_house: House, truth: dict[str, Any]):
    house = sample_house.copy()
    house.drop(ONE)
    facts = facts_of(planned(sample_house), (*GROUPS, "全部"), ("计划", "实际", "达成率"), PERIODS)
    places = lay_out(house, facts, how, TITLE, ONE)
    filling = fill(Ledger(house), parse_period("2026-10"))
    written: dict[Any, Any] = {
        (change.sheet, *parse_address(change.cell)): plain(change.new) for change in filling.changes.changes if change.sheet.startswith(ONE)
    }
    expected = {place: value for place, fact in places.items() if (value := wanted(fact, facts, truth)) is not None}
    assert written == pytest.approx(expected)
    assert not filling.findings
    for (sheet, row, column), value in written.items():
        house.change(sheet, row, column, value)
    again = fill(Ledger(house), parse_period("2026-10"))
    assert not [finding for finding in again.findings if finding.code == "V110"]


FOUR = "附表四"
WEEKS = ("第一周（10月1日—10月11日）", "第二周（10月12日—10月18日）", "第三周（10月19日—10月25日）", "第四周（10月26日—10月31日）")
WEEK_ITEMS = ("FYP", "件数", "约访")
TRACKED = (
    Arrangement(rows=("group", "item"), columns=("period", "kind")),
    Arrangement(rows=("group",), columns=("period", "item"), lines=("kind",)),
    Arrangement(rows=("period", "group"), columns=("item", "kind"), labels="merged"),
    Arrangement(rows=("item", "kind"), columns=("group",), lines=("period",)),
    Arrangement(rows=("group",), columns=("item", "kind"), sheets=("period",)),
    Arrangement(rows=("group", "item", "kind"), columns=("period",), labels="once"),
    Arrangement(rows=("item", "period"), columns=("group", "kind"), labels="once"),
)


@pytest.mark.parametrize("how", TRACKED, ids=str)
def it_fills_the_weeks_of_every_arrangement(how: Arrangement, sample_house: House):
    house = sample_house.copy()
    own = fill(Ledger(house), parse_period("2026-10"))
    known = {change.cell: plain(change.new) for change in own.changes.changes if change.sheet == FOUR}
    frame = dict(zip(WEEK_ITEMS, ("D", "I", "T"), strict=True))
    first = dict(zip(WEEKS, (5, 14, 23, 32), strict=True))
    facts: Facts = {
        (group, week, item, kind): 1000.0 if kind == "计划" else None
        for group in GROUPS for week in WEEKS for item in WEEK_ITEMS for kind in ("计划", "实际")
    }
    house.drop(FOUR)
    places = lay_out(house, facts, how, "附表四 团队周经营追踪表（2026年10月）", FOUR)
    filling = fill(Ledger(house), parse_period("2026-10"))
    written = {
        (change.sheet, *parse_address(change.cell)): plain(change.new)
        for change in filling.changes.changes if change.sheet.startswith(FOUR)
    }
    expected = {
        place: known[f"{frame[item]}{first[week] + GROUPS.index(group)}"]
        for place, (group, week, item, kind) in places.items() if kind == "实际"
    }
    assert written == pytest.approx(expected)
