"""What is doubtful about the people of a period: both in and out, present on the first workday, namesakes, records of nobody in force."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from zuxun_xl.cells import address
from zuxun_xl.findings import Finding, Level, Rule
from zuxun_xl.forms.records import CODE_TWICE, LEFT_BEFORE_JOINED, NO_JOIN_DATE, STATUS_DIFFERS, TRANSFER_UNREAD
from zuxun_xl.forms.table import Table
from zuxun_xl.periods import Period
from zuxun_xl.records.marks import NO_MARKS
from zuxun_xl.records.model import Agent
from zuxun_xl.records.texts import text_of
from zuxun_xl.tasks.bridging.names import CAME, JOINED, LOST, OPENING, WENT, day_text, event, named, told
from zuxun_xl.tasks.bridging.scenes import Scenes
from zuxun_xl.tasks.ledger import Ledger

FIRST_DAY = Rule(
    "B203", Level.NOTE, "期初按上期期末", "{group}{period}期初{opening}人，第一个工作日（{day}）结束时{close}人，差在：{people}。",
    "本工具的期初是上期期末；第一个工作日才进出的人只算增员、脱落或调动。",
)
PASSED = Rule(
    "B204", Level.NOTE, "当期进出各计一次", "{group}{period}{people}当期入司又离司，增员、脱落各计一次，不在期初和期末里。",
    "手填的人力也照此计。",
)
NAMESAKES = Rule(
    "B205", Level.NOTE, "同名不同工号", "{name}在花名册里有{count}个工号（{people}），按不同的人计。",
    "如是同一个人换了工号，请只留一行，或写清离司日期。",
)
STRAY = Rule(
    "B206", Level.WARNING, "有记录的人都在职", "{person}{period}有{records}，但{why}，不在任何一组的人力里。",
    "核对工号和入司、离司日期；漏登的人请补进花名册。",
)
ROSTER = frozenset(rule.code for rule in (CODE_TWICE, LEFT_BEFORE_JOINED, NO_JOIN_DATE, STATUS_DIFFERS, TRANSFER_UNREAD))
"""Rules of the roster whose findings bear on headcount."""


def doubts(ledger: Ledger, period: Period, scenes: Scenes) -> Iterator[Finding]:
    """All doubts about the people of a period."""
    yield from (finding for finding in ledger.department.findings if finding.code in ROSTER)
    yield from _strays(ledger, period)
    roster = ledger.tables["花名册"].sheet
    for group in ledger.department.groups:
        scene = scenes.scene(group, period)
        early = [each for part in (JOINED, CAME, LOST, WENT) for each in scene.own.parts[part] if each.day in scene.first.days()]
        if early:
            net = sum(1 if each.part in (JOINED, CAME) else -1 for each in early)
            opening = scene.own.count(OPENING)
            yield FIRST_DAY.at(
                roster, group=group, period=period.label, opening=opening, close=opening + net, day=day_text(scene.first.end),
                people="、".join(map(told, early)),
            )
        if scene.own.passed:
            people = "、".join(named(each.agent, f"{day_text(each.agent.joined)}入司", event(each)) for each in scene.own.passed)
            yield PASSED.at(roster, group=group, period=period.label, people=people)
    yield from _namesakes(ledger, period)


def _namesakes(ledger: Ledger, period: Period) -> Iterator[Finding]:
    """People of one name under several codes, one of whom at least counts in the period."""
    agents: dict[str, list[Agent]] = defaultdict(list)
    for agent in ledger.department.people.agents.values():
        agents[agent.name].append(agent)
    for name, same in agents.items():
        if len(same) > 1 and any(_counts(agent, period) for agent in same):
            sheet, cell = _place(ledger, same[-1])
            people = "、".join(f"{agent.code}，{agent.group}" for agent in same)
            yield NAMESAKES.at(sheet, cell, name=name, count=len(same), people=people)


def _counts(agent: Agent, period: Period) -> bool:
    """Whether one of the agent's contracts is in force on some day of the period."""
    return any(each.joined <= period.end and (each.left is None or each.left >= period.start) for each in agent.contracts)


def _place(ledger: Ledger, agent: Agent) -> tuple[str, str]:
    """Sheet and cell of an agent's row in the roster."""
    rosters = ledger.tables["花名册"].whole
    places = ((roster, index) for roster in rosters for index, code in enumerate(roster.column("工号")) if text_of(code) == agent.code)
    found = next(places, None)
    return (found[0].sheet, found[0].cell(found[1], "工号")) if found else (rosters[0].sheet, "")


@dataclass(slots=True)
class _Stray:
    """Records of somebody who is in no group on their days: the first one's place, and how many of each table."""

    sheet: str
    cell: str
    counts: dict[str, int] = field(default_factory=dict)


def _strays(ledger: Ledger, period: Period) -> Iterator[Finding]:
    """Each person with new business, logs or marks on days of the period on which the roster does not have them in force."""
    strays: dict[tuple[str, str], _Stray] = {}
    for form, table, index, days in _records(ledger, period):
        code, name, group = (text_of(table.column(key)[index]) for key in ("工号", "姓名", "组别"))
        for day, cell in days if code or name else ():
            agent = ledger.department.people.find(code, name, group, day)
            why = "不在花名册里" if agent is None else _absent(agent, day)
            if why:
                person = named(agent) if agent else (f"{name}（{code}）" if name and code else name or f"工号{code}")
                counts = strays.setdefault((person, why), _Stray(table.sheet, cell)).counts
                counts[form] = counts.get(form, 0) + 1
    for (person, why), stray in strays.items():
        records = "、".join(f"{form}{count}条" for form, count in stray.counts.items())
        yield STRAY.at(stray.sheet, stray.cell, person=person, period=period.label, records=records, why=why)


def _absent(agent: Agent, day: date) -> str:
    """Why an agent is not in force on a day; empty where the agent is, or leaves on that day."""
    contract = agent.contract_on(day)
    if day < contract.joined:
        return f"{contract.joined}才入司"
    return f"{contract.left}已离司" if contract.left is not None and day > contract.left else ""


_Days = list[tuple[date, str]]


def _records(ledger: Ledger, period: Period) -> Iterator[tuple[str, Table, int, _Days]]:
    """Table, record and the days with their cells of all new business, logs and marks of a period; withdrawals may follow leaving."""
    for form, key in (("保单明细", "承保日期"), ("活动日志", "日期"), ("考勤", "日期")):
        for table in ledger.tables[form].whole if form in ledger.tables else ():
            for index in range(len(table)):
                days = _marked(table, index) if table.extra else _dated(table, index, key)
                inside = [(day, cell) for day, cell in days if day in period]
                if inside and not (form == "保单明细" and (table.column("首年保费")[index] or 0) < 0):
                    yield form, table, index, inside


def _dated(table: Table, index: int, key: str) -> _Days:
    day = table.column(key)[index]
    return [(day, table.cell(index, key))] if isinstance(day, date) else []


def _marked(table: Table, index: int) -> Iterable[tuple[date, str]]:
    """The days under which a row has a mark."""
    days = ((day, column) for column, day in table.extra.items() if isinstance(day, date))
    return [
        (day, address(table.rows[index], column)) for day, column in days
        if text_of(table.values[f"@{column}"][index]).upper() not in NO_MARKS
    ]
