"""The roster (花名册) → agents, with transfers, doubled codes and impossible dates sorted out and listed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from zuxun_xl.findings import Finding
from zuxun_xl.forms import records as rules
from zuxun_xl.forms.table import Table
from zuxun_xl.records.model import Agent, Move
from zuxun_xl.units import parse_date, squeeze

UNGROUPED = "未分组"
_DATE = re.compile(r"(?:(\d{4})[-./年])?(\d{1,2})[-./月](\d{1,2})日?")
_CLAUSES = re.compile(r"[;；\n]+")
_LEADERS = ("主任", "经理", "主管", "总监", "处长", "组长")
_COLLEGE = ("大专", "专科", "本科", "大学", "学士", "研究生", "硕士", "博士")
_LEFT_WORDS = ("离", "脱落", "解约", "终止")


def text_of(value: object) -> str:
    """A cell's value as trimmed text; whole numbers without a decimal point."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return squeeze(str(value))


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

    def find(self, code: str, name: str, group: str) -> Agent | None:
        """The agent by code; without a code by name, if the name (or name and group) is unique."""
        if code:
            return self.agents.get(code)
        same = self._by_name.get(name, [])
        if len(same) > 1:
            same = [agent for agent in same if agent.group == group or any(group in (m.source, m.to) for m in agent.moves)]
        return same[0] if len(same) == 1 else None


def read_people(roster: Table, evidence: Mapping[str, Counter[str]], year: int) -> tuple[People, list[Finding]]:
    """The agents of a roster.

    Args:
        roster: the table 花名册.
        evidence: agent code → how often the agent's own records name each group; decides between doubled codes.
        year: year of transfer dates that state none.
    """
    findings: list[Finding] = []
    keep = _choose_rows(roster, evidence, findings)
    groups = tuple(dict.fromkeys(text_of(g) for g in roster.column("组别") if text_of(g)))
    agents = {}
    for index in keep:
        agent = _agent(roster, index, groups, year, findings)
        if agent is not None:
            agents[agent.code] = agent
    used = {agent.group for agent in agents.values()} | {m.source for a in agents.values() for m in a.moves}
    ordered = [group for group in (*groups, UNGROUPED) if group in used]
    return People(agents, tuple(ordered)), findings


def _choose_rows(roster: Table, evidence: Mapping[str, Counter[str]], findings: list[Finding]) -> list[int]:
    rows: dict[str, list[int]] = defaultdict(list)
    for index, code in enumerate(roster.column("工号")):
        key = text_of(code)
        rows[key or f"@{index}"].append(index)
    return [_choose(roster, code, indexes, evidence, findings) for code, indexes in rows.items()]


def _choose(roster: Table, code: str, indexes: Sequence[int], evidence: Mapping[str, Counter[str]], findings: list[Finding]) -> int:
    if len(indexes) == 1:
        return indexes[0]
    seen = evidence.get(code, Counter())
    best = max(indexes, key=lambda index: (seen[text_of(roster.column("组别")[index])], -index))
    group = text_of(roster.column("组别")[best])
    findings.extend(
        rules.CODE_TWICE.at(roster.sheet, roster.cell(index, "工号"), code=code, group=group) for index in indexes if index != best
    )
    return best


def _agent(roster: Table, index: int, groups: Sequence[str], year: int, findings: list[Finding]) -> Agent | None:
    row = {column.key: roster.column(column.key)[index] for column in roster.form.columns}
    name = text_of(row["姓名"])
    code = text_of(row["工号"]) or name
    joined, left = row["入司日期"], row["离司日期"]
    if joined is None:
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
    moves = _moves(roster, index, group, groups, year, findings)
    rank = text_of(row["职级"])
    return Agent(
        code, name, group, joined, left, moves, rank, text_of(row["性别"]), text_of(row["学历"]), row["准客户存量"],
        leader=any(word in rank + text_of(row["备注"]) for word in _LEADERS),
    )


def _check_status(roster: Table, index: int, status: str, left: date | None, findings: list[Finding]) -> None:
    says_left = any(word in status for word in _LEFT_WORDS)
    if status and says_left != (left is not None):
        shown = "空白" if left is None else f"是{left}"
        findings.append(rules.STATUS_DIFFERS.at(roster.sheet, roster.cell(index, "状态"), status=status, left=shown))


def _moves(
    roster: Table, index: int, group: str, groups: Sequence[str], year: int, findings: list[Finding]
) -> tuple[Move, ...]:
    raw = roster.column("调动")[index]
    if not text_of(raw) or text_of(raw) in {"-", "无", "/", "—"}:
        return ()
    moves = []
    for clause in filter(None, map(text_of, _CLAUSES.split(str(raw)))):
        move = parse_move(clause, group, groups, year)
        if move is None:
            findings.append(rules.TRANSFER_UNREAD.at(roster.sheet, roster.cell(index, "调动"), text=clause))
        else:
            moves.append(move)
    return tuple(sorted(moves, key=lambda move: move.day))


def parse_move(text: str, group: str, groups: Sequence[str], year: int) -> Move | None:
    """A transfer such as 5月18日由一组调入三组; a group that is not named is the agent's present one."""
    match = _DATE.search(text)
    if match is None:
        return None
    try:
        day = parse_date(f"{match[1] or year}-{match[2]}-{match[3]}")
    except ValueError:
        return None
    rest = text[: match.start()] + "|" + text[match.end() :]
    places = sorted((rest.find(name), name) for name in groups if name in rest)
    named = [name for place, name in places if not any(name in other and name != other and abs(place - p) < len(other) for p, other in places)]
    if day is None or not named:
        return None
    if len(named) > 1:
        return Move(day, named[0], named[1])
    return Move(day, named[0], group) if named[0] != group else None
