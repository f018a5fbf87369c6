"""Headcount of groups over a period: who is there at the opening, joins, leaves, moves, and is there at the close."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from zuxun_xl.periods import Period
from zuxun_xl.records.model import WHOLE, Agent

_DAY = timedelta(days=1)
TRANSFERS = ("调入", "调出")
PARTS = ("期初人力", "增员人数", "脱落人数", *TRANSFERS, "期末人力")


class Movement(NamedTuple):
    """One person in one part of a group's headcount.

    Attributes:
        part: one of ``PARTS``.
        group: the group that counts the person.
        agent: the person, by the contract concerned.
        day: day of joining, leaving or moving; ``None`` at the opening and at the close.
        other: where a transfer came from or led to.
    """

    part: str
    group: str
    agent: Agent
    day: date | None = None
    other: str = ""


def movements(agents: Iterable[Agent], period: Period) -> Iterator[Movement]:
    """Every person in every part of the headcount of a period.

    Who joined and left within the period is in each flow once; transfers are neither; a transfer on the day of joining or leaving is none.
    """
    before = period.start - _DAY
    for agent in (contract for person in agents for contract in person.contracts):
        if agent.in_force(before):
            yield Movement("期初人力", agent.group_on(before), agent)
        if agent.joined in period:
            yield Movement("增员人数", agent.group_on(agent.joined), agent, agent.joined)
        if agent.left is not None and agent.left in period and agent.joined <= agent.left:
            yield Movement("脱落人数", agent.group_on(agent.left - _DAY if agent.left > agent.joined else agent.left), agent, agent.left)
        for move in agent.moves:
            if move.day in period and move.source != move.to and agent.in_force(move.day) and agent.joined < move.day:
                yield Movement("调入", move.to, agent, move.day, move.source)
                yield Movement("调出", move.source, agent, move.day, move.to)
        if agent.in_force(period.end):
            yield Movement("期末人力", agent.group_on(period.end), agent)


def headcount(agents: Iterable[Agent], groups: Iterable[str], period: Period) -> dict[str, dict[str, float | None]]:
    """Measures 期初人力 … 期末人力 and 平均人力 of each group and 全部 (conventions of domain.md §3.1, §8).

    全部 has no transfers. 平均人力 is (期初+期末)/2 within a month, beyond it the mean of the monthly averages.
    """
    people = list(agents)
    scopes = [*groups, WHOLE]
    pieces = period.pieces()
    counts = _count(people, period)
    monthly = [counts if piece == period else _count(people, piece) for piece in pieces]
    return {scope: _measures(scope, counts, monthly) for scope in scopes}


def _measures(scope: str, counts: Counter[tuple[str, str]], monthly: list[Counter[tuple[str, str]]]) -> dict[str, float | None]:
    measures: dict[str, float | None] = {part: counts[scope, part] for part in PARTS}
    averages = [(month[scope, "期初人力"] + month[scope, "期末人力"]) / 2 for month in monthly]
    measures["平均人力"] = sum(averages) / len(averages)
    measures["人力月"] = sum(averages)
    return measures


def _count(agents: Iterable[Agent], period: Period) -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    for movement in movements(agents, period):
        counts[movement.group, movement.part] += 1
        if movement.part not in TRANSFERS:
            counts[WHOLE, movement.part] += 1
    return counts
