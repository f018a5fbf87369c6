"""附表三: every agent's FYP target, months with quarter subtotals, a subtotal row after each group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zuxun_xl.build.sample.sheets.outline import period_rows, rows_of_months
from zuxun_xl.build.sample.sheets.page import Formula, Page, cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zuxun_xl.build.sample.model import Agent, Department
    from zuxun_xl.build.sample.sheets.look import Band

NAME = "附表三个人目标"
_ORDER = ("旭日组", "远航组", "鲲鹏组", "萌芽组")
_TOP = 3
_KEYS = ("营业组", "业务员姓名", "员工号", "职务")
_PERIODS = period_rows(("第一季度", "第二季度", "第三季度", "第四季度"), "全年目标")
_FIRST = len(_KEYS)
_A3 = 8


def write(page: Page, department: Department) -> None:
    """Write the sheet."""
    last = _FIRST + len(_PERIODS)
    note = "单位：元　　新人自签约次月起下达；解约次月起不再下达；组间异动人员列在现小组"
    page.title(0, 0, last, "附表三　个人年、季、月度目标计划表（2026年度FYP）", note)
    page.head(_TOP, 0, [*_KEYS, *(period.label for period in _PERIODS), "本人签名"])
    page.widths(0, [9, 11, 11, 12, *[9.5] * len(_PERIODS), 10])
    row = _TOP + 1
    subtotals: list[int] = []
    for group in _ORDER:
        agents = sorted((one for one in department.agents if one.group == group), key=lambda one: (one.joined, one.code))
        for offset, agent in enumerate(agents):
            _agent_row(page, row + offset, agent, department.personal_targets[agent.code])
        rows = range(row, row + len(agents))
        _sum_row(page, rows.stop, f"{group}小计", [list(rows)], _months(department, agents))
        subtotals.append(rows.stop)
        row = rows.stop + 1
    _sum_row(page, row, "合计", [subtotals], _months(department, department.agents))
    page.sheet.freeze_panes(_TOP + 1, _FIRST)
    page.paper(repeat=(_TOP, _TOP), paper=_A3)


def _months(department: Department, agents: Sequence[Agent]) -> list[int]:
    """Add the agents' months up."""
    return [sum(department.personal_targets[agent.code][month] or 0 for agent in agents) for month in range(12)]


def _agent_row(page: Page, row: int, agent: Agent, months: Sequence[int | None]) -> None:
    for col, text in enumerate((agent.group, agent.name, agent.code, agent.rank)):
        page.put(row, col, text, "center")
    for offset, period in enumerate(_PERIODS):
        if len(period.months) == 1:
            page.put(row, _FIRST + offset, months[period.months[0] - 1], "int")
        else:
            parts = [cell(row, _FIRST + part) for part in rows_of_months(_PERIODS, period.months)]
            value = sum(months[month - 1] or 0 for month in period.months)
            page.put(row, _FIRST + offset, Formula(f"=SUM({','.join(_joined(parts))})", value), "int", period.band)
    page.put(row, _FIRST + len(_PERIODS), None)


def _joined(cells: Sequence[str]) -> list[str]:
    """Write three neighbouring months as one range."""
    return [f"{cells[start]}:{cells[start + 2]}" for start in range(0, len(cells), 3)]


def _sum_row(page: Page, row: int, label: str, parts: Sequence[Sequence[int]], months: Sequence[int]) -> None:
    band: Band = "total" if label == "合计" else "sub"
    page.merged((row, 0, row, _FIRST - 1), label, band)
    for offset, period in enumerate(_PERIODS):
        col = _FIRST + offset
        rows = parts[0]
        neighbours = len(rows) == rows[-1] - rows[0] + 1
        text = f"=SUM({cell(rows[0], col)}:{cell(rows[-1], col)})" if neighbours else "=" + "+".join(cell(one, col) for one in rows)
        page.put(row, col, Formula(text, sum(months[month - 1] for month in period.months)), "int", band)
    page.put(row, _FIRST + len(_PERIODS), None, "text", band)
