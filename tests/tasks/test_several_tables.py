"""Several tables of one form on a sheet, below or beside each other: each is read by its own headings, and every figure is the true one."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from tests.tasks.restyle import Frame, House, Merge, Row, differences, page
from zuxun_xl.findings import Level
from zuxun_xl.tasks.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROSTER, POLICIES, RENEWALS, ACTIVITY = "花名册", "保单明细", "续期明细", "活动日志"
WAYS: dict[str, Callable[[House], None]] = {}
EMPTY: Row = [None]


def way(function: Callable[[House], None]) -> Callable[[House], None]:
    WAYS[function.__name__] = function
    return function


def stacked(*parts: tuple[Sequence[str], Frame], gap: int = 1, above: str = "") -> list[Row]:
    """Tables below each other, each under lines of its own."""
    rows: list[Row] = [[above]] if above else []
    for number, (lines, frame) in enumerate(parts):
        rows += [EMPTY] * (gap if number else 0) + page(frame, *lines)
    return rows


def beside(*parts: tuple[Sequence[str], Frame], gap: int = 1, above: str = "") -> list[Row]:
    """Tables beside each other, each under lines of its own."""
    pages = [page(frame, *lines) for lines, frame in parts]
    rows: list[Row] = [[above]] if above else []
    for number in range(max(map(len, pages))):
        row: Row = []
        for own, (_, frame) in zip(pages, parts, strict=True):
            line = own[number] if number < len(own) else []
            row += [*line, *([None] * (len(frame.headings) - len(line) + gap))]
        rows.append(row)
    return rows


def staff(house: House) -> tuple[Frame, Frame]:
    """Those in service and those who left."""
    parts = house.frame(ROSTER).split(lambda row: "离司" if row["离司日期"] else "在职")
    return parts["在职"], parts["离司"]


def halves(house: House, sheet: str, heading: str, first: int = 6) -> tuple[Frame, Frame]:
    """Records up to a month and after it."""
    parts = house.frame(sheet).split(lambda row: "a" if row[heading].month <= first else "b")
    return parts["a"], parts["b"]


def turned(frame: Frame) -> Frame:
    """The columns in the opposite order."""
    return frame.ordered(*reversed(frame.headings))


LEFT = ("姓名", "工号", "离司日期", "入司日期", "组别", "职级", "调动", "备注")
ORDERS: dict[str, Callable[[Frame], Frame]] = {
    "same": lambda frame: frame,
    "turned": turned,
    "subset": lambda frame: frame.ordered(*LEFT),
    "one column more": lambda frame: frame.added("离司原因", lambda _: "个人原因").ordered("离司原因", *frame.headings),
}
TITLES: tuple[tuple[str, ...], ...] = ((), ("离司人员",), ("二、离司人员", "截止日期：2026年10月31日    编制：组训"))


def _staff_below(order: str, gap: int, title: tuple[str, ...]) -> Callable[[House], None]:
    def apply(house: House) -> None:
        active, gone = staff(house)
        house.put(ROSTER, stacked((["在职人员"], active), (title, ORDERS[order](gone)), gap=gap, above="业务员花名册"))

    return apply


WAYS |= {
    f"staff below: {order}, {gap} blank, {len(title)} lines": _staff_below(order, gap, title)
    for order, gap, title in product(ORDERS, (0, 1, 3), TITLES)
}


@way
def leavers_first(house: House) -> None:
    active, gone = staff(house)
    house.put(ROSTER, stacked(((), gone.ordered(*LEFT)), (["在职人员"], active.without("离司日期", "状态"))))


@way
def a_table_for_each_group_below_each_other(house: House) -> None:
    groups = house.frame(ROSTER).split(lambda row: row["组别"])
    parts = [((f"{name}花名册",), frame if n % 2 else turned(frame)) for n, (name, frame) in enumerate(groups.items())]
    house.put(ROSTER, stacked(*parts))


@way
def a_table_for_each_group_below_each_other_that_only_the_title_names(house: House) -> None:
    groups = house.frame(ROSTER).split(lambda row: row["组别"])
    parts = [
        ((f"2026年{name}业务员",), (frame if n % 2 else turned(frame)).without("组别")) for n, (name, frame) in enumerate(groups.items())
    ]
    house.put(ROSTER, stacked(*parts))


@way
def a_table_for_each_group_with_the_same_headings_that_only_the_title_names(house: House) -> None:
    groups = house.frame(ROSTER).split(lambda row: row["组别"])
    house.put(ROSTER, stacked(*(((f"2026年{name}业务员",), frame.without("组别")) for name, frame in groups.items())))


@way
def leavers_below_without_the_day_of_joining(house: House) -> None:
    everyone = house.frame(ROSTER).without("离司日期", "状态")
    gone = staff(house)[1].ordered("姓名", "工号", "组别", "离司日期")
    house.put(ROSTER, stacked((["业务员花名册"], everyone), (["离司人员"], gone)))


@way
def leavers_beside_without_the_day_of_joining(house: House) -> None:
    everyone = house.frame(ROSTER).without("离司日期", "状态")
    gone = staff(house)[1].ordered("姓名", "工号", "组别", "离司日期")
    house.put(ROSTER, beside((["业务员花名册"], everyone), (["离司人员"], gone)))


@way
def staff_below_under_two_lines_of_headings(house: House) -> None:
    active, gone = staff(house)
    active, gone = active.ordered("工号", "姓名", "组别", "职级", "入司日期", "离司日期", "调动"), gone.ordered(*LEFT)
    rows: list[Row] = [["业务员花名册"], ["基本情况", None, None, None, "日期", None, "调动"], [*active.headings[:6], None], *active.rows]
    merges: list[Merge] = [(2, 1, 2, 4), (2, 5, 2, 6), (2, 7, 3, 7)]
    top = len(rows) + 1
    rows += [["人员", None, "日期", None, "其他", None, None, None], gone.headings, *gone.rows]
    merges += [(top, 1, top, 2), (top, 3, top, 4), (top, 5, top, 8)]
    house.put(ROSTER, rows, merges)


def _staff_beside(order: str, gap: int, title: tuple[str, ...]) -> Callable[[House], None]:
    def apply(house: House) -> None:
        active, gone = staff(house)
        house.put(ROSTER, beside((title and ["在职人员", *title[1:]], active), (title, ORDERS[order](gone)), gap=gap, above="业务员花名册"))

    return apply


WAYS |= {
    f"staff beside: {order}, {gap} blank, {len(title)} lines": _staff_beside(order, gap, title)
    for order, gap, title in product(("same", "turned", "subset"), (0, 1, 2), TITLES)
}


@way
def groups_beside_each_other(house: House) -> None:
    groups = house.frame(ROSTER).ordered("序号", "工号", "姓名", "组别", "入司日期", "离司日期", "调动").split(lambda row: row["组别"])
    house.put(ROSTER, beside(*(((), frame) for frame in groups.values())))


@way
def groups_beside_each_other_that_only_the_title_names(house: House) -> None:
    groups = house.frame(ROSTER).split(lambda row: row["组别"])
    parts = [((name,), frame.ordered("工号", "姓名", "入司日期", "离司日期", "调动")) for name, frame in groups.items()]
    house.put(ROSTER, beside(*parts, above="春华营业部业务员花名册"))


@way
def headings_again_on_every_page(house: House) -> None:
    for sheet in (ROSTER, POLICIES, RENEWALS, ACTIVITY):
        frame = house.frame(sheet)
        rows = [row for n, line in enumerate(frame.rows) for row in ([frame.headings, line] if n % 50 == 0 and n else [line])]
        house.put(sheet, page(Frame(frame.headings, rows), sheet))


@way
def title_and_headings_again_on_every_page(house: House) -> None:
    for sheet in (ROSTER, POLICIES):
        frame = house.frame(sheet)
        again = [EMPTY, [f"2026年{sheet}"], ["单位：元", None, "编制：组训"], frame.headings]
        rows = [row for n, line in enumerate(frame.rows) for row in ([*again, line] if n % 50 == 0 and n else [line])]
        house.put(sheet, page(Frame(frame.headings, rows), f"2026年{sheet}", "单位：元"))


@way
def headings_again_in_other_words(house: House) -> None:
    first, second = halves(house, POLICIES, "承保日期")
    second = second.renamed(承保日期="承保日", 首年保费="首年保费（元）", 业务员="业务员姓名")
    house.put(POLICIES, stacked(((), first), ((), second), gap=0))


def _policies_below(gap: int, title: tuple[str, ...]) -> Callable[[House], None]:
    def apply(house: House) -> None:
        first, second = halves(house, POLICIES, "承保日期")
        house.put(POLICIES, stacked((["上半年新契约"], first), (title, turned(second).without("险种类别", "备注")), gap=gap))

    return apply


WAYS |= {
    f"policies below: {gap} blank, {len(title)} lines": _policies_below(gap, title)
    for gap, title in product((0, 2), ((), ("下半年新契约",), ("下半年新契约", "单位：元")))
}


def wan(value: float) -> float:
    return round(value / 10_000, 6)


@way
def policies_of_four_quarters_each_in_its_own_order(house: House) -> None:
    quarters = house.frame(POLICIES).split(lambda row: f"{(row['承保日期'].month + 2) // 3}季度")
    rows: list[tuple[list[str], Frame]] = []
    for n, (name, frame) in enumerate(quarters.items()):
        headings = frame.headings[n:] + frame.headings[:n]
        rows.append(([f"2026年{name}新契约清单"], frame.ordered(*headings)))
    house.put(POLICIES, stacked(*rows))


@way
def policies_below_in_another_unit_by_heading(house: House) -> None:
    first, second = halves(house, POLICIES, "承保日期")
    house.put(POLICIES, stacked(((), first), ((), second.mapped(wan, "首年保费").renamed(首年保费="首年保费（万元）")), gap=0))


@way
def policies_below_in_another_unit_by_note(house: House) -> None:
    first, second = halves(house, POLICIES, "承保日期")
    house.put(POLICIES, stacked((["上半年", "单位：元"], first), (["下半年", "单位：万元"], second.mapped(wan, "首年保费"))))


@way
def policies_below_in_the_unit_noted_above_the_first(house: House) -> None:
    first, second = (part.mapped(wan, "首年保费") for part in halves(house, POLICIES, "承保日期"))
    house.put(POLICIES, stacked((["2026年上半年", "单位：万元"], first), (["2026年下半年"], turned(second))))


@way
def policies_beside_each_other(house: House) -> None:
    first, second = halves(house, POLICIES, "承保日期")
    house.put(POLICIES, beside((["上半年"], first), (["下半年"], second.without("险种类别"))))


@way
def policies_of_a_month_by_days_alone_under_their_titles(house: House) -> None:
    months = house.frame(POLICIES).split(lambda row: f"{row['承保日期'].month}月")
    parts = [((f"2026年{name}新契约",), frame.mapped(lambda day: float(day.day), "承保日期")) for name, frame in months.items()]
    house.put("新契约", stacked(*parts), replaces=POLICIES)


@way
def renewals_and_activity_below(house: House) -> None:
    for sheet, heading, first in ((RENEWALS, "应收日期", 4), (ACTIVITY, "日期", 9)):
        one, two = halves(house, sheet, heading, first)
        house.put(sheet, stacked(((), one), (["续表"], turned(two)), gap=0))


@way
def activity_of_two_months_beside_each_other(house: House) -> None:
    one, two = halves(house, ACTIVITY, "日期", 9)
    house.put(ACTIVITY, beside((["9月"], one), (["10月"], two), above="活动日志"))


@way
def heading_words_among_the_records(house: House) -> None:
    frame = house.frame(POLICIES).mapped(lambda v: v or "保单号", "备注").mapped(lambda _: "保费", "险种类别")
    texts = frame.mapped(lambda v: v if v is None else f"{v:%Y-%m-%d}", "承保日期").mapped(lambda v: f"{v:g}", "首年保费")
    house.put(POLICIES, page(texts.mapped(lambda v: f"{v:g}", "佣金率", "缴费年期"), "新契约"))
    house.put(ROSTER, page(house.frame(ROSTER).mapped(lambda v: v or "姓名", "备注", "推荐人"), "业务员花名册"))


@way
def sums_and_signatures_between(house: House) -> None:
    first, second = halves(house, POLICIES, "承保日期")
    total: Row = ["合计", *[None] * 7, sum(first.column("首年保费"))]
    signed: Row = ["制表：李四", None, "审核：王五"]
    house.put(POLICIES, stacked(((), Frame(first.headings, [*first.rows, total, signed])), (["下半年", "单位：元"], turned(second))))


@way
def an_empty_table_first(house: House) -> None:
    frame = house.frame(ROSTER)
    house.put(ROSTER, stacked((["本月新增"], Frame(list(LEFT), [])), (["业务员花名册"], frame)))


@pytest.mark.parametrize("name", WAYS)
def it_finds_the_true_figures_wherever_the_tables_stand(name: str, sample_house: House, truth: dict[str, Any]):
    house = sample_house.copy()
    WAYS[name](house)
    ledger = Ledger(house)
    wrong = differences(ledger, truth)
    assert not wrong, f"{len(wrong)}: {wrong[:5]}"
    errors = [f"{f.code} {f.sheet}!{f.cell} {f.message}" for f in ledger.department.findings if f.level is Level.ERROR]
    assert not errors, f"{len(errors)}: {errors[:5]}"


@pytest.mark.parametrize("name", ["headings_again_on_every_page", "title_and_headings_again_on_every_page"])
def it_takes_headings_that_recur_for_one_table(name: str, sample_house: House):
    house = sample_house.copy()
    WAYS[name](house)
    tables = Ledger(house).tables
    assert not any(table.more for table in tables.values())
