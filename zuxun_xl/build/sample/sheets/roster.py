"""人员名册: the roster; starts at B4, groups in an order of its own, dates as 2026年3月5日."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from zuxun_xl.build.sample.days import AS_OF
from zuxun_xl.build.sample.sheets.page import Column, Page

if TYPE_CHECKING:
    from zuxun_xl.build.sample.model import Agent, Department

NAME = "人员名册"
_ORDER = ("远航组", "旭日组", "萌芽组", "鲲鹏组")
_TOP, _LEFT = 3, 1


def _moves(agent: Agent) -> str | None:
    """Return the transfer as the trainer writes it: 2026.05.20 远航组→旭日组."""
    return "；".join(f"{after.since:%Y.%m.%d} {before.group}→{after.group}" for before, after in pairwise(agent.stints)) or None


_COLUMNS: tuple[Column[Agent], ...] = (
    Column("营业组", 9, "center", lambda agent: agent.group),
    Column("员工号", 11, "center", lambda agent: agent.code),
    Column("业务员姓名", 11, "center", lambda agent: agent.name),
    Column("性别", 6, "center", lambda agent: agent.sex),
    Column("最高学历", 11, "center", lambda agent: agent.education),
    Column("职务", 12, "center", lambda agent: agent.rank),
    Column("签约日期", 15, "long_date", lambda agent: agent.joined),
    Column("解约日期", 15, "long_date", lambda agent: agent.left),
    Column("人员状态", 9, "center", lambda agent: "已离岗" if agent.left else "在岗"),
    Column("介绍人", 10, "center", lambda agent: agent.introducer or None),
    Column("组别异动", 24, "center", _moves),
    Column("名单客户数", 10, "plain", lambda agent: agent.prospects),
    Column("联系方式", 13, "center", lambda agent: agent.phone),
    Column("备注", 12, "text", lambda agent: "组长" if agent.rank == "营业组经理" else None),
)


def write(page: Page, department: Department) -> None:
    """Write the sheet."""
    agents = sorted(department.agents, key=lambda agent: (_ORDER.index(agent.group), agent.joined, agent.code))
    last = _LEFT + len(_COLUMNS) - 1
    page.sheet.set_column(0, 0, 2)
    page.title(1, _LEFT, last, "秋实营业部业务人员名册", f"统计日：{AS_OF:%Y.%m.%d}　解约日期为不再计入人力的第一天")
    end = page.table(_TOP, _LEFT, _COLUMNS, agents)
    here = sum(agent.left is None for agent in agents)
    page.merged((end, _LEFT, end, last), f"合计：登记 {len(agents)} 人，在岗 {here} 人，已离岗 {len(agents) - here} 人", "total", "text")
    page.sheet.freeze_panes(_TOP + 1, _LEFT + 3)
    page.sheet.autofilter(_TOP, _LEFT, end - 1, last)
    for col, choices in ((_LEFT, sorted(_ORDER)), (_LEFT + 8, ["在岗", "已离岗"])):
        page.sheet.data_validation(_TOP + 1, col, end - 1, col, {"validate": "list", "source": choices})
    page.paper(repeat=(_TOP, _TOP))
