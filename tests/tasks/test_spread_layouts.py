"""Spreading into plans of any arrangement: the blank cells of the measure are filled, all of them, and no others."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.tasks.arrange import Arrangement, lay_out
from tests.tasks.restyle import House
from tests.tasks.test_plan_layouts import FILLED, GROUPS, MONTHS, ONE, PERIODS, QUARTERS, TITLE, facts_of, planned
from zuxun_xl.cells import parse_address
from zuxun_xl.tasks.filling.pen import plain
from zuxun_xl.tasks.ledger import Ledger
from zuxun_xl.tasks.spread import Wish, spread

TOTAL = 6_943_000
LAID_OUT = [how for how in FILLED if how.lines != ("period",)]
"""Without the one whose 全年 is a line of its own: that line is not read as a period, its block stays blank."""


@pytest.mark.parametrize("how", LAID_OUT, ids=str)
def it_spreads_over_exactly_the_blank_cells(how: Arrangement, sample_house: House) -> None:
    house = sample_house.copy()
    house.drop(ONE)
    facts = facts_of(planned(sample_house), (*GROUPS, "全部"), ("计划", "实际"), PERIODS)
    blank = {fact: None if fact[2:] == ("FYP", "计划") else value for fact, value in facts.items()}
    places = lay_out(house, blank, how, TITLE, ONE)
    spreading = spread(Ledger(house), Wish(total=Decimal(TOTAL)))
    written: dict[Any, Any] = {
        places[change.sheet, *parse_address(change.cell)]: plain(change.new) for change in spreading.changes.changes
    }
    assert written.keys() == {fact for fact in facts if fact[2:] == ("FYP", "计划")}
    assert spreading.findings == []
    value = {(group, period): figure for (group, period, _, _), figure in written.items()}
    assert value["全部", "全年"] == TOTAL
    for group in (*GROUPS, "全部"):
        assert value[group, "全年"] == sum(value[group, label] for label in MONTHS) == sum(value[group, label] for label in QUARTERS)
    for label in PERIODS:
        assert value["全部", label] == sum(value[group, label] for group in GROUPS)
