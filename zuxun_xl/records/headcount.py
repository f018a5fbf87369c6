"""Headcount of groups over a period: opening, joined, left, transferred, closing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from zuxun_xl.periods import Period
from zuxun_xl.records.model import WHOLE, Agent

_DAY = timedelta(days=1)
_PARTS = ("期初人力", "增员人数", "脱落人数", "调入", "调出", "期末人力")


def headcount(agents: Iterable[Agent], groups: Iterable[str], period: Period) -> dict[str, dict[str, float | None]]:
    """Measures 期初人力 … 期末人力 and 平均人力 of each group and 全部 (conventions of domain.md §3.1, §8).

    Who joined and left within the period counts once in each flow; transfers are neither; 全部 has none.
    平均人力 is (期初+期末)/2 within a month, beyond it the mean of the monthly averages.
    """
    people = [contract for agent in agents for contract in agent.contracts]
    scopes = [*groups, WHOLE]
    pieces = period.pieces()
    counts = _count(people, period)
    monthly = [counts if piece == period else _count(people, piece) for piece in pieces]
    return {scope: _measures(scope, counts, monthly) for scope in scopes}


def _measures(scope: str, counts: Counter[tuple[str, str]], monthly: list[Counter[tuple[str, str]]]) -> dict[str, float | None]:
    measures: dict[str, float | None] = {part: counts[scope, part] for part in _PARTS}
    averages = [(month[scope, "期初人力"] + month[scope, "期末人力"]) / 2 for month in monthly]
    measures["平均人力"] = sum(averages) / len(averages)
    measures["人力月"] = sum(averages)
    return measures


def _count(agents: Iterable[Agent], period: Period) -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    before = period.start - _DAY
    for agent in agents:
        if agent.in_force(before):
            _add(counts, agent.group_on(before), "期初人力")
        if agent.in_force(period.end):
            _add(counts, agent.group_on(period.end), "期末人力")
        if agent.joined in period:
            _add(counts, agent.group_on(agent.joined), "增员人数")
        if agent.left is not None and agent.left in period and agent.joined <= agent.left:
            _add(counts, agent.group_on(agent.left - _DAY if agent.left > agent.joined else agent.left), "脱落人数")
        for move in agent.moves:
            if move.day in period and move.source != move.to and agent.in_force(move.day) and agent.joined < move.day:
                counts[move.to, "调入"] += 1
                counts[move.source, "调出"] += 1
    return counts


def _add(counts: Counter[tuple[str, str]], group: str, part: str) -> None:
    counts[group, part] += 1
    counts[WHOLE, part] += 1
