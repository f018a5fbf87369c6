"""Sums are checked wherever the plan's figures stand: months across, a sheet a group, a sheet a period."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tasks.arrange import Arrangement, lay_out
from tests.tasks.rules.department import places
from tests.tasks.test_plan_layouts import FILLED, GROUPS, ONE, PERIODS, TITLE, facts_of, planned
from zuxun_xl.cells import address
from zuxun_xl.tasks.check import check
from zuxun_xl.tasks.ledger import Ledger

if TYPE_CHECKING:
    from tests.tasks.restyle import House

SUMS = {"V101", "V102", "V103"}
BROKEN = {
    ("一组", "一季度", "FYP", "计划"): "V101", ("二组", "全年", "件数", "计划"): "V102", ("全部", "5月", "首年期交", "计划"): "V103",
}


@pytest.mark.parametrize("how", FILLED, ids=str)
def it_finds_a_wrong_sum_at_its_cell_in_every_arrangement(how: Arrangement, sample_house: House) -> None:
    house = sample_house.copy()
    house.drop(ONE)
    cells = lay_out(house, facts_of(planned(sample_house), (*GROUPS, "全部"), ("计划", "实际"), PERIODS), how, TITLE, ONE)
    assert not SUMS & {code for _, _, code in places(check(Ledger(house)))}
    # 全年 on a line of its own is taken for the title of totals, and left out of the plan
    broken = {fact: code for fact, code in BROKEN.items() if "period" not in how.lines or fact[1] != "全年"}
    wanted = set()
    for (sheet, row, column), fact in cells.items():
        if fact in broken:
            held = house.grid(sheet).value(row, column)
            assert isinstance(held, float)
            house.change(sheet, row, column, held + 1000)
            wanted.add((sheet, address(row, column), broken[fact]))
    assert wanted <= set(places(check(Ledger(house))))
    assert len(wanted) == len(broken)
