"""早会考勤: the morning register; months above days as headings, the rest of September still empty."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from zuxun_xl.build.sample.days import RUNNING_MONTH, Span, month, workdays
from zuxun_xl.build.sample.sheets.page import Formula, Page, cell, span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zuxun_xl.build.sample.model import Agent, Department

NAME = "早会考勤"
_ORDER = ("鲲鹏组", "旭日组", "远航组", "萌芽组")
_TOP = 3  # months; the days stand one row below
_KEYS = ("小组", "业务员姓名", "员工号")
_SUMS = ("应到", "实到", "出勤率")
_A3 = 8


def write(page: Page, department: Department) -> None:
    """Write the sheet."""
    days = workdays(Span(month(8).first, month(RUNNING_MONTH).last))
    last = len(_KEYS) + len(days) + len(_SUMS) - 1
    page.title(
        0, 0, last, "秋实营业部2026年8—9月早会考勤登记", "符号说明：√＝出勤　迟＝迟到　假＝请假　旷＝旷工；空格为当天不在册或尚未开会"
    )
    _headings(page, days)
    signs: dict[str, dict[date, str]] = defaultdict(dict)
    for mark in department.marks:
        signs[mark.agent.code][mark.day] = mark.sign
    agents = sorted(
        (agent for agent in department.agents if agent.code in signs),
        key=lambda agent: (_ORDER.index(agent.group), agent.joined, agent.code),
    )
    for row, agent in enumerate(agents, _TOP + 2):
        _agent_row(page, row, agent, [signs[agent.code].get(day, "") for day in days])
    page.sheet.freeze_panes(_TOP + 2, len(_KEYS))
    page.paper(repeat=(_TOP, _TOP + 1), paper=_A3)


def _headings(page: Page, days: Sequence[date]) -> None:
    page.widths(0, [8, 10, 10.5, *[3.4] * len(days), 6, 6, 8])
    page.sheet.set_row(_TOP, 20)
    for col, text in enumerate(_KEYS):
        page.merged((_TOP, col, _TOP + 1, col), text, "head")
    left = len(_KEYS)
    for number in sorted({day.month for day in days}):
        inside = [left + index for index, day in enumerate(days) if day.month == number]
        page.merged((_TOP, inside[0], _TOP, inside[-1]), f"{number}月", "head")
    for index, day in enumerate(days):
        page.put(_TOP + 1, left + index, day.day, "plain", "head2")
    for col, text in enumerate(_SUMS, left + len(days)):
        page.merged((_TOP, col, _TOP + 1, col), text, "head")


def _agent_row(page: Page, row: int, agent: Agent, signs: Sequence[str]) -> None:
    for col, text in enumerate((agent.group, agent.name, agent.code)):
        page.put(row, col, text, "center")
    left, end = len(_KEYS), len(_KEYS) + len(signs)
    for col, sign in enumerate(signs, left):
        page.put(row, col, sign or None, "center")
    due = sum(bool(sign) for sign in signs)
    came = sum(sign in {"√", "迟"} for sign in signs)
    area = span((row, left), (row, end - 1))
    page.put(row, end, Formula(f"=COUNTA({area})", due), "plain")
    page.put(row, end + 1, Formula(f'=COUNTIF({area},"√")+COUNTIF({area},"迟")', came), "plain")
    share = f'=IF({cell(row, end)}=0,"",{cell(row, end + 1)}/{cell(row, end)})'
    page.put(row, end + 2, Formula(share, came / due), "percent")
