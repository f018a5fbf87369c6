"""The roster (花名册) → agents, with transfers, doubled codes and impossible dates sorted out and listed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from zuxun_xl.findings import Finding
from zuxun_xl.forms import records as rules
from zuxun_xl.forms.table import Table
from zuxun_xl.records.model import Agent, Move
from zuxun_xl.records.moves import move_in_columns, moves_by_agent, moves_in_text
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
            self._group_names[text] = inside[0] if len(inside) == 1 else None
        return self._group_names[text]

    def find(self, code: str, name: str, group: str) -> Agent | None:
        """The agent by code; without a code by name, if the name (or name and group) is unique."""
        if code:
            return self.agents.get(code) or self._by_similar_code(code)
        same = self._by_name.get(name) or self._by_name.get(_REMARK.sub("", name), [])
        if len(same) > 1:
            same = [agent for agent in same if agent.group == group or any(group in (m.source, m.to) for m in agent.moves)]
        return same[0] if len(same) == 1 else self._by_both(name)

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
        evidence: agent code → how often the agent's own records name each group; decides between doubled codes.
        year: year of transfer dates that state none.
        transfers: the table 组间调动, where the department keeps one.
    """
    findings: list[Finding] = []
    groups = tuple(dict.fromkeys(text_of(g) for roster in rosters for g in roster.column("组别") if text_of(g)))
    moves = moves_by_agent(transfers, findings)
    rows = _choose_rows(rosters, evidence, findings)
    found = [agent for roster, index in rows if (agent := _agent(roster, index, groups, year, findings)) is not None]
    names = Counter(agent.name for agent in found)
    agents = {}
    for agent in found:
        by_name = moves.get(agent.name, []) if names[agent.name] == 1 else []
        agents[agent.code] = _with_moves(agent, [*moves.get(agent.code, ()), *by_name])
    used = {agent.group for agent in agents.values()} | {m.source for a in agents.values() for m in a.moves}
    ordered = [group for group in (*groups, UNGROUPED) if group in used]
    return People(agents, tuple(ordered)), findings


def _with_moves(agent: Agent, moves: Sequence[Move]) -> Agent:
    """An agent with further transfers; the last one leads to the present group where it names none."""
    own = [replace(move, to=move.to or agent.group) for move in moves]
    return replace(agent, moves=tuple(sorted({*agent.moves, *own}, key=lambda move: move.day))) if own else agent


_Row = tuple[Table, int]


def _choose_rows(rosters: Sequence[Table], evidence: Mapping[str, Counter[str]], findings: list[Finding]) -> list[_Row]:
    rows: dict[str, list[_Row]] = defaultdict(list)
    for roster in rosters:
        for index, code in enumerate(roster.column("工号")):
            rows[text_of(code) or f"@{roster.sheet}{index}"].append((roster, index))
    return [_choose(code, places, evidence, findings) for code, places in rows.items()]


def _choose(code: str, places: Sequence[_Row], evidence: Mapping[str, Counter[str]], findings: list[Finding]) -> _Row:
    if len(places) == 1:
        return places[0]
    seen = evidence.get(code, Counter())
    groups = [text_of(roster.column("组别")[index]) for roster, index in places]
    best = max(range(len(places)), key=lambda place: (seen[groups[place]], -place))
    findings.extend(
        rules.CODE_TWICE.at(roster.sheet, roster.cell(index, "工号"), code=code, group=groups[best])
        for place, (roster, index) in enumerate(places) if place != best
    )
    return places[best]


def _agent(roster: Table, index: int, groups: Sequence[str], year: int, findings: list[Finding]) -> Agent | None:
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
    group = text_of(row["组别"]) or UNGROUPED
    moves = {*moves_in_text(roster, index, group, groups, year, findings), *move_in_columns(roster, index, group, findings)}
    in_order = tuple(sorted(moves, key=lambda move: move.day))
    rank = text_of(row["职级"])
    return Agent(
        code, name, group, joined, left, in_order, rank, text_of(row["性别"]), text_of(row["学历"]), row["准客户存量"],
        leader=any(word in rank + text_of(row["备注"]) for word in _LEADERS),
    )


def _check_status(roster: Table, index: int, status: str, left: date | None, findings: list[Finding]) -> None:
    says_left = any(word in status for word in _LEFT_WORDS)
    if status and says_left != (left is not None):
        shown = "空白" if left is None else f"是{left}"
        findings.append(rules.STATUS_DIFFERS.at(roster.sheet, roster.cell(index, "状态"), status=status, left=shown))
