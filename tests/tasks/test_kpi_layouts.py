"""附表五 with a sheet for each group: figures, plan and previous period are that group's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zuxun_xl.periods import parse_period
from zuxun_xl.tasks.fill import fill
from zuxun_xl.tasks.filling.pen import plain
from zuxun_xl.tasks.ledger import Ledger

if TYPE_CHECKING:
    from tests.tasks.restyle import House

FIVE = "附表五"
GROUPS = ("一组", "二组", "三组", "四组", "五组", "六组")


def it_fills_a_sheet_of_each_group(sample_house: House):
    house = sample_house.copy()
    whole = fill(Ledger(house), parse_period("2026-10")).changes.changes
    own = {change.cell: plain(change.new) for change in whole if change.sheet == FIVE}
    items = [(row[2], row[3]) for row in house.sheets[FIVE][3:27]]
    for number, group in enumerate(GROUPS):
        title = [f"附表五 阶段KPI分析表（{group}）"], ["阶段：2026年10月"], ["指标", "单位", "本期值", "计划/基准", "上期值", "状态"]
        house.put(f"{FIVE}{group}", [*title, *([*item, None, None, None, None] for item in items)], replaces=FIVE if number == 0 else "")
    ledger = Ledger(house)
    filling = fill(ledger, parse_period("2026-10"))
    written = {(change.sheet, change.cell): plain(change.new) for change in filling.changes.changes if change.sheet.startswith(FIVE)}
    for number, group in enumerate(GROUPS):
        sheet, column = f"{FIVE}{group}", "EFGHIJ"[number]
        for row in range(4, 28):
            assert written.get((sheet, f"C{row}")) == own.get(f"{column}{row}"), (group, items[row - 4])
        assert written[sheet, "D4"] == ledger.plan.of(parse_period("2026-10"))[group]["FYP"]
        assert written[sheet, "E4"] == ledger.measures(parse_period("2026-09"))[group]["FYP"]
