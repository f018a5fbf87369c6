"""The roster (花名册) → agents, with transfers, doubled codes and impossible dates sorted out and listed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from zuxun_xl.findings import Finding
from zuxun_xl.forms import records as rules
from zuxun_xl.forms.table import Table
from zuxun_xl.records.contracts import Row, contract_rows
from zuxun_xl.records.groupnames import group_meant
from zuxun_xl.records.model import Agent
from zuxun_xl.records.moves import Stated, following, move_in_columns, moves_by_agent, moves_in_text
from zuxun_xl.records.texts import code_of, text_of

__all__ = ["People", "is_college", "read_people", "text_of"]

UNGROUPED = "未分组"
_REMARK = re.compile(r"[(（【\[].*$")
_SPELT = re.compile(r"([A-Z]*\d{4,})[-/_:：.]*(\D*)|(\D+?)[-/_:：.]*[(]?([A-Z]*\d{4,})[)]?")
_EARLIEST = 1980
"""Nobody sold life insurance as an agent in China before; an earlier day is a birthday or a typing error."""
_LEADERS = ("主任", "经理", "主管", "总监", "处长", "组长")
_COLLEGE = ("大专", "专科", "本科", "大学", "学士", "研究生", "硕士", "博士")
_LEFT_WORDS = ("离", "脱落", "解约", "终止")
_Person = tuple[tuple[Agent, Row], ...]
"""The contracts of one person, oldest first, each with its row."""


def is_college(education: str) -> bool:
    """Whether an education level is 大专 or above."""
    return any(word in education for word in _COLLEGE)


@dataclass(frozen=True)
class People:
    """The agents of a department.

    Attributes:
        agents: by agent code.
        groups: group names in the order of the roster.
    """

    agents: Mapping[str, Agent] = field(default_factory=dict)
    groups: tuple[str, ...] = ()

    @cached_property
    def _by_name(self) -> dict[str, list[Agent]]:
        names: dict[str, list[Agent]] = defaultdict(list)
        for agent in self.agents.values():
            names[agent.name].append(agent)
        return names

    @cached_property
    def _by_digits(self) -> dict[str, list[Agent]]:
        digits: dict[str, list[Agent]] = defaultdict(list)
        for agent in self.agents.values():
            digits[code_of(agent.code).lstrip("0")].append(agent)
        return digits

    @cached_property
    def _group_names(self) -> dict[str, str | None]:
        return {}

    def group_named(self, text: str) -> str | None:
        """The group that a text means for certain: its name, or one group's name inside it (第一组, 春华营业部一组); else ``None``."""
        if text in self.groups:
            return text
        if text not in self._group_names:
            inside = [group for group in self.groups if group in text or (len(text) > 1 and group.startswith(text))]
            self._group_names[text] = group_meant(text, self.groups) or (inside[0] if len(inside) == 1 else None)
        return self._group_names[text]

    def find(self, code: str, name: str, group: str, day: date | None = None) -> Agent | None:
        """The agent by code; without a code by name, if the name (or name and group, at best that of the day) is unique."""
        if code:
            return self.agents.get(code) or self._by_similar_code(code)
        same = self._by_name.get(name) or self._by_name.get(_REMARK.sub("", name), [])
        if len(same) > 1:
            then = [agent for agent in same if day is not None and agent.group_on(day) == group]
            same = then if len(then) == 1 else [agent for agent in same if group in agent.groups]
        return same[0] if len(same) == 1 else self._by_both(name)

    def bears(self, agent: Agent, written: str) -> bool:
        """Whether what is written is the agent's name, perhaps with the code or a remark in brackets beside it."""
        return agent.name in ("", written, _REMARK.sub("", written)) or self._by_both(written) is agent

    def _by_similar_code(self, code: str) -> Agent | None:
        """By a code that lost its leading zeros, is written in small letters, or stands together with the name."""
        same = self._by_digits.get(code_of(code).lstrip("0"), [])
        return same[0] if len(same) == 1 else self._by_both(code)

    def _by_both(self, text: str) -> Agent | None:
        """By a text that holds code and name, 530100102 钱永瑶, if they belong together."""
        match = _SPELT.fullmatch(text.upper())
        if match is None:
            return None
        code, name = match[1] or match[4], (match[2] or match[3] or "").strip("()（）")
        same = self._by_digits.get(code.lstrip("0"), [])
        return same[0] if len(same) == 1 and name in ("", same[0].name) else None


def read_people(
    rosters: Sequence[Table], evidence: Mapping[str, Counter[str]], year: int, transfers: Sequence[Table] = ()
) -> tuple[People, list[Finding]]:
    """The agents of a roster.

    Args:
        rosters: the table 花名册, on one sheet or several.
        evidence: agent code → how often the agent's own records bear each group and each name; decides between doubled codes, stands in for
            a blank group.
        year: year of transfer dates that state none.
        transfers: the table 组间调动, where the department keeps one.
    """
    findings: list[Finding] = []
    groups = tuple(dict.fromkeys(text_of(g) for roster in rosters for g in roster.column("组别") if text_of(g)))
    moves = moves_by_agent(transfers, findings)
    persons = _told_apart(list(_persons(contract_rows(rosters, evidence, findings), groups, evidence, year, findings)))
    listed = _listed([person[-1][0] for person in persons], moves, findings)
    agents = {}
    for person in persons:
        code, own = person[-1][0].code, []
        for place, (agent, (roster, index)) in enumerate(person):
            stated = moves_in_text(roster, index, agent.group, groups, year, findings)
            stated += move_in_columns(roster, index, agent.group, findings)
            stated += _during(listed[code], person, place)
            own.append(replace(agent, moves=following(stated, agent.group, findings)))
        agents[code] = replace(own[-1], before=tuple(own[:-1]))
    return People(agents, _groups_of(groups, agents.values())), findings


def _persons(
    rows: Iterable[Sequence[Row]], groups: Sequence[str], evidence: Mapping[str, Counter[str]], year: int, findings: list[Finding]
) -> Iterator[_Person]:
    for places in rows:
        found = ((_agent(*row, year, findings), row) for row in places)
        person = tuple((_grouped(agent, row, groups, evidence, findings), row) for agent, row in found if agent is not None)
        if person:
            yield person


def _grouped(
    agent: Agent, row: Row, groups: Sequence[str], evidence: Mapping[str, Counter[str]], findings: list[Finding]
) -> Agent:
    """The agent in a group: where the roster leaves it blank, in the one that most of the agent's records bear."""
    if agent.group:
        return agent
    roster, index = row
    seen = evidence.get(agent.code, Counter())
    group = max(groups, key=lambda name: seen[name], default="")
    group = group if seen[group] else UNGROUPED
    findings.append(rules.GROUP_BLANK.at(roster.sheet, roster.cell(index, "组别"), name=agent.name, code=agent.code, group=group))
    return replace(agent, group=group)


def _during(stated: Iterable[Stated], person: _Person, place: int) -> Iterator[Stated]:
    """Transfers of a person that belong to one contract: those from its first day to the next one's, the first also takes earlier ones."""
    first = person[place][0].joined if place else date.min
    end = person[place + 1][0].joined if place + 1 < len(person) else date.max
    return (item for item in stated if first <= item.move.day < end)


def _groups_of(written: Sequence[str], agents: Iterable[Agent]) -> tuple[str, ...]:
    """Groups that somebody is or was in: in the order of the roster, then those that only transfers name."""
    used = dict.fromkeys(group for agent in agents for group in agent.groups)
    return tuple(dict.fromkeys([*(group for group in (*written, UNGROUPED) if group in used), *used]))


def _told_apart(persons: Sequence[_Person]) -> Sequence[_Person]:
    """Agents under a code of their own each: namesakes without codes are told apart by group, else by their row as well."""
    for by_row in (False, True):
        same = Counter(person[-1][0].code for person in persons)
        persons = [person if same[person[-1][0].code] == 1 else _renamed(person, by_row=by_row) for person in persons]
    return persons


def _renamed(person: _Person, *, by_row: bool) -> _Person:
    agent, (roster, index) = person[-1]
    code = f"{agent.name}（{agent.group}）" + (str(roster.rows[index]) if by_row else "")
    return tuple((replace(contract, code=code), row) for contract, row in person)


def _listed(agents: Sequence[Agent], transfers: Mapping[str, list[Stated]], findings: list[Finding]) -> Mapping[str, list[Stated]]:
    """Agent code → transfers of the table 组间调动, found by code or by a name that is unique; those of nobody become findings."""
    names = Counter(agent.name for agent in agents)
    owners = {agent.name: agent for agent in agents if names[agent.name] == 1} | {agent.code: agent for agent in agents}
    listed: dict[str, list[Stated]] = defaultdict(list)
    for who, stated in transfers.items():
        if who in owners:
            owner = owners[who]
            listed[owner.code] += [replace(item, move=replace(item.move, to=item.move.to or owner.group)) for item in stated]
        else:
            findings += [item.unused() for item in stated]
    return listed


def _agent(roster: Table, index: int, year: int, findings: list[Finding]) -> Agent | None:
    row = {column.key: roster.column(column.key)[index] for column in roster.form.columns}
    name = text_of(row["姓名"])
    code = text_of(row["工号"]) or name
    joined, left = row["入司日期"], row["离司日期"]
    if joined is None or not _EARLIEST <= joined.year <= year + 1:
        findings.append(rules.NO_JOIN_DATE.at(roster.sheet, roster.cell(index, "入司日期"), name=name, code=code))
        return None
    if left is not None and left < joined:
        findings.append(
            rules.LEFT_BEFORE_JOINED.at(
                roster.sheet, roster.cell(index, "离司日期"), name=name, code=code, left=left, joined=joined
            )
        )
        left = None
    _check_status(roster, index, text_of(row["状态"]), left, findings)
    group = text_of(row["组别"])
    rank = text_of(row["职级"])
    return Agent(
        code, name, group, joined, left, (), rank, text_of(row["性别"]), text_of(row["学历"]), row["准客户存量"],
        leader=any(word in rank + text_of(row["备注"]) for word in _LEADERS),
    )


def _check_status(roster: Table, index: int, status: str, left: date | None, findings: list[Finding]) -> None:
    says_left = any(word in status for word in _LEFT_WORDS)
    if status and says_left != (left is not None):
        shown = "空白" if left is None else f"是{left}"
        findings.append(rules.STATUS_DIFFERS.at(roster.sheet, roster.cell(index, "状态"), status=status, left=shown))
