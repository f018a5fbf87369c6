"""A department's own monthly summaries: every differing cell is named, nothing is written there, none is taken for a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.tasks.restyle import House, Row
from zuxun_xl.periods import parse_period
from zuxun_xl.tasks.check import check
from zuxun_xl.tasks.fill import fill
from zuxun_xl.tasks.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ITEMS = ("FYP", "件数", "首年期交", "举绩人数")
GROUPS = ("一组", "二组", "三组", "四组", "五组", "六组")
SHEET = "月度汇总"


def months_down(figure: Callable[[str, int, str], float]) -> list[Row]:
    rows: list[Row] = [["月份", "首年保费", "新单件数", "期交保费", "实动人力", "FYP目标"]]
    return [["春华营业部2026年业绩汇总"], *rows, *([f"{n}月", *(figure("全部", n, item) for item in ITEMS), 700000] for n in range(1, 11))]


def months_across(figure: Callable[[str, int, str], float]) -> list[Row]:
    return [
        ["各组业绩汇总（2026年）"],
        ["组别", "项目", *(f"{n}月" for n in range(1, 11))],
        *([group, item, *(figure(group, n, item) for n in range(1, 11))] for group in GROUPS for item in ITEMS),
    ]


def in_wan(figure: Callable[[str, int, str], float]) -> list[Row]:
    return [
        ["各组FYP汇总"],
        ["月份", *(f"{group}（万元）" for group in GROUPS), "合计（万元）"],
        *([f"{n}月", *(round(figure(group, n, "FYP") / 10_000, 2) for group in (*GROUPS, "全部"))] for n in range(1, 11)),
    ]


def built(sample: House, truth: dict[str, Any], layout: Callable[[Callable[[str, int, str], float]], Sequence[Row]]) -> House:
    house = sample.copy()
    house.put(SHEET, layout(lambda group, n, item: truth["periods"][f"2026-{n:02}"][group][item]))
    return house


LAYOUTS = (months_down, months_across, in_wan)


@pytest.mark.parametrize("layout", LAYOUTS)
def it_is_silent_about_a_summary_that_agrees(layout: Any, sample_house: House, truth: dict[str, Any]):
    ledger = Ledger(built(sample_house, truth, layout))
    assert [finding for finding in check(ledger) if finding.sheet == SHEET] == []
    assert all(place.sheet != SHEET or place.missing for places in ledger.places.values() for place in places)


@pytest.mark.parametrize("layout", LAYOUTS)
def it_names_the_one_cell_that_differs_and_writes_nothing_there(layout: Any, sample_house: House, truth: dict[str, Any]):
    house = built(sample_house, truth, layout)
    held = house.sheets[SHEET][4][3]
    house.change(SHEET, 5, 4, held + 3)
    found = [(finding.code, finding.cell) for finding in check(Ledger(house)) if finding.sheet == SHEET]
    assert found == [("T107", "D5")]
    assert all(change.sheet != SHEET for change in fill(Ledger(house), parse_period("2026-10")).changes.changes)


def it_does_not_compare_figures_of_another_basis(sample_house: House, truth: dict[str, Any]):
    house = built(sample_house, truth, months_down)
    house.change(SHEET, 1, 1, "业绩汇总（未扣撤单）")
    house.change(SHEET, 5, 3, 9999)
    assert all(finding.sheet != SHEET for finding in check(Ledger(house)))
