"""The simulated department 秋实 typed into a new workbook, as a trainer would: people, policies, renewals, marks, logs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from zuxun_xl.book.changes import Change, ChangeSet
from zuxun_xl.book.file import FileBook, create
from zuxun_xl.build.sample.department import simulate
from zuxun_xl.build.sample.model import GROUPS, Agent
from zuxun_xl.build.templates.attendance import sheet_name
from zuxun_xl.build.templates.ledger import NewBook, ledger_book
from zuxun_xl.build.templates.plans import HEAD_ROW
from zuxun_xl.cells import address
from zuxun_xl.forms.planned import Entry, EntryKey, Person, YearPlan
from zuxun_xl.forms.registers import REGISTERS
from zuxun_xl.periods import month

SIGNS = {"√": "√", "迟": "△", "假": "○", "旷": "×"}
Record = dict[str, Any]


def wished(first: int = 8) -> NewBook:
    """The workbook as it is laid down: the plan known, the people who were there."""
    department = simulate()
    entries: dict[EntryKey, Entry] = {}
    for (group, number), target in department.targets.items():
        figures = {"举绩人数": target.actives, "件数": target.cases, "FYP": target.fyp, "首年期交": target.regular, "FYC": target.fyc}
        entries |= {("附表一", group, number, f"计划{key}"): float(value) for key, value in figures.items()}
        flows = {"增员人数": target.joins, "脱落人数": target.losses, **({"期初人力": target.opening} if number == 1 else {})}
        entries |= {("附表二", group, number, f"计划{key}"): float(value) for key, value in flows.items()}
    people = tuple(Person(agent.code, agent.name, agent.group, agent.rank) for agent in department.agents)
    return NewBook(YearPlan("秋实营业部", 2026, GROUPS, people, entries), first)


def records() -> dict[str, list[Record]]:
    """Sheet → its records by column key."""
    known = simulate()
    return {
        "花名册": [_person(agent) for agent in known.agents],
        "组间调动": [
            {"工号": agent.code, "姓名": agent.name, "调动日期": after.since, "原组别": before.group, "新组别": after.group}
            for agent in known.agents for before, after in pairwise(agent.stints)
        ],
        "保单明细": [
            {
                "承保日期": line.day, "保单号": line.policy, "组别": line.group, "工号": line.agent.code, "姓名": line.agent.name,
                "险种名称": line.product.name, "主附险": "主险" if line.product.is_main else "附加险", "险种类别": line.product.category,
                "期趸": "期交" if line.is_regular else "趸交", "缴费年期": str(line.years), "首年保费": line.premium,
                "佣金率": line.product.rates[line.years] / 100, "业务类型": "撤单" if line.is_withdrawal else "承保",
            }
            for line in known.lines
        ],
        "续期明细": [
            {
                "应收日期": item.due, "保单号": item.policy, "保单年度": str(item.policy_year), "组别": item.group, "工号": item.agent.code,
                "姓名": item.agent.name, "应收保费": item.premium, "实收日期": item.paid, "实收保费": item.premium if item.paid else None,
                "缴费状态": "已收" if item.paid else "未收",
            }
            for item in known.renewals
        ],
        "活动日志": [
            {
                "日期": log.day, "组别": log.group, "工号": log.agent.code, "姓名": log.agent.name, "约访": log.calls, "面谈": log.meetings,
                "新增准客户": log.prospects,
            }
            for log in known.logs
        ],
        "增员跟踪": [
            {
                "增员对象": recruit.name, "性别": recruit.sex, "组别": recruit.group, "推荐人": recruit.introducer, "来源": recruit.source,
                **dict(zip(("列名单日期", "面谈日期", "考试日期", "入司日期"), recruit.steps, strict=True)), "目前状态": recruit.state,
            }
            for recruit in known.recruits
        ],
    }


def _person(agent: Agent) -> Record:
    return {
        "组别": agent.group, "工号": agent.code, "姓名": agent.name, "性别": agent.sex, "学历": agent.education, "职级": agent.rank,
        "入司日期": agent.joined, "离司日期": agent.left, "状态": "离司" if agent.left else "在职", "推荐人": agent.introducer,
        "准客户存量": agent.prospects,
    }


def typed(folder: Path, first: int = 8) -> Path:
    """The new workbook with everything typed in."""
    book = FileBook(create(ledger_book(wished(first)), folder / "新台账.xlsx"))
    changes = [change for sheet, rows in records().items() for change in _rows(sheet, rows)]
    return book.save(ChangeSet((*changes, *_marks(book))), folder / "登记好.xlsx")


def _rows(sheet: str, rows: list[Record]) -> Iterator[Change]:
    columns = {each.key: number for number, each in enumerate(REGISTERS[sheet].fields, start=1)}
    for row, record in enumerate(rows, start=HEAD_ROW + 1):
        for key, value in record.items():
            if value not in (None, ""):
                yield Change(sheet, address(row, columns[key]), None, value, "登记")


def _marks(book: FileBook) -> Iterator[Change]:
    known = simulate()
    rows = {agent.code: HEAD_ROW + 1 + [a.code for g in GROUPS for a in known.agents if a.group == g].index(agent.code) for agent in known.agents}
    for number in (8, 9):
        sheet = sheet_name(month(2026, number))
        head = {day: column for column, day in enumerate(book.grid(sheet).rows[HEAD_ROW - 1], start=1) if isinstance(day, date)}
        seen = set()
        for mark in known.marks:
            if mark.day.month == number:
                row = rows[mark.agent.code]
                if row not in seen:
                    seen.add(row)
                    labels = (mark.agent.group, mark.agent.code, mark.agent.name)
                    yield from (Change(sheet, address(row, place), None, text, "登记") for place, text in enumerate(labels, start=1))
                yield Change(sheet, address(row, head[mark.day]), None, SIGNS[mark.sign], "登记")
