"""活动量登记: the activity logs, newest month last, days as 8月3日."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zuxun_xl.build.sample.sheets.page import Column, Formula, Page, span

if TYPE_CHECKING:
    from zuxun_xl.build.sample.model import Department, Log

NAME = "活动量登记"
_TOP, _LEFT = 3, 1
_FIRST_COUNT = 4
_COLUMNS: tuple[Column[Log], ...] = (
    Column("登记日", 11, "day_date", lambda log: log.day),
    Column("员工号", 11, "center", lambda log: log.agent.code),
    Column("业务员姓名", 12, "center", lambda log: log.agent.name),
    Column("小组", 9, "center", lambda log: log.group),
    Column("约访数", 9, "plain", lambda log: log.calls),
    Column("面谈数", 9, "plain", lambda log: log.meetings),
    Column("新增准主顾", 11, "plain", lambda log: log.prospects),
    Column("主管批阅", 22, "text", lambda log: log.remark or None),
)


def write(page: Page, department: Department) -> None:
    """Write the sheet."""
    last = _LEFT + len(_COLUMNS) - 1
    page.sheet.set_column(0, 0, 2)
    page.title(1, _LEFT, last, "业务员每日活动量登记（2026年8—9月）", "日标准：约访5、面谈3、新增准主顾1；当天未交日志的不登记")
    end = page.table(_TOP, _LEFT, _COLUMNS, department.logs)
    page.merged((end, _LEFT, end, _LEFT + _FIRST_COUNT - 1), f"合计　{len(department.logs)} 份", "total")
    sums = (
        sum(log.calls for log in department.logs),
        sum(log.meetings for log in department.logs),
        sum(log.prospects for log in department.logs),
    )
    for offset, value in enumerate(sums):
        col = _LEFT + _FIRST_COUNT + offset
        page.put(end, col, Formula(f"=SUM({span((_TOP + 1, col), (end - 1, col))})", value), "int", "total")
    page.put(end, last, None, "text", "total")
    page.sheet.freeze_panes(_TOP + 1, 0)
    page.paper(landscape=False, repeat=(_TOP, _TOP))
