"""What a new year's workbook takes over from the old one: groups, people in force, opening headcount, last year's FYP."""

from __future__ import annotations

from collections.abc import Mapping

from zuxun_xl.book.grid import Scalar
from zuxun_xl.forms.planned import YearPlan
from zuxun_xl.records.model import Agent
from zuxun_xl.tasks.ledger import Ledger
from zuxun_xl.tasks.yearplan import year_plan

Record = Mapping[str, Scalar]
"""A row of the roster by column key."""


def opening(ledger: Ledger, year: int) -> tuple[YearPlan, list[Record]]:
    """What is known of a year before it is planned, and the roster of those in force."""
    plan = year_plan(ledger, year)
    agents = ledger.department.people.agents
    roster = [_record(agents[person.code], person.group) for person in plan.people if agents[person.code].in_force(ledger.as_of)]
    return plan, roster


def _record(agent: Agent, group: str) -> Record:
    record: dict[str, Scalar] = {
        "组别": group, "工号": agent.code, "姓名": agent.name, "性别": agent.gender, "学历": agent.education, "职级": agent.rank,
        "入司日期": agent.joined, "状态": "在职", "准客户存量": agent.prospects,
    }
    return {key: value for key, value in record.items() if value not in ("", None)}
