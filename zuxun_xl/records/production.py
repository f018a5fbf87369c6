"""New business of groups over a period: 件数, FYP, 首年期交, FYC and the distinct count of 举绩人数."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from zuxun_xl.periods import Period
from zuxun_xl.records.model import WHOLE, PolicyLine
from zuxun_xl.units import round_half_up


@dataclass(slots=True)
class _Tally:
    """Net business of one agent in one scope."""

    premium: float = 0.0
    issued: set[str] = field(default_factory=set)
    withdrawn: set[str] = field(default_factory=set)

    @property
    def cases(self) -> int:
        return len(self.issued) - len(self.withdrawn)


@dataclass(slots=True)
class _Total:
    """Business of a group or of the whole department."""

    premium: float = 0.0
    regular: float = 0.0
    commission: float = 0.0
    agents: dict[str, _Tally] = field(default_factory=lambda: defaultdict(_Tally))

    def add(self, line: PolicyLine) -> None:
        self.premium += line.premium
        self.commission += line.commission
        if line.regular:
            self.regular += line.premium
        tally = self.agents[line.agent]
        tally.premium += line.premium
        if line.main:
            (tally.withdrawn if line.premium < 0 else tally.issued).add(line.policy)

    def measures(self, min_fyp: float) -> dict[str, float | None]:
        tallies = self.agents.values()
        active = sum(t.cases >= 1 and t.premium > 0 and t.premium >= min_fyp for t in tallies)
        return {
            "举绩人数": active,
            "件数": sum(t.cases for t in tallies),
            "FYP": _cents(self.premium),
            "首年期交": _cents(self.regular),
            "FYC": _cents(self.commission),
        }


def production(
    lines: Sequence[PolicyLine], groups: Iterable[str], period: Period, min_fyp: float = 0.0
) -> dict[str, dict[str, float | None]]:
    """Measures of each group and 全部; withdrawals count in the month and group of the withdrawal (domain.md §3.1).

    Args:
        lines: policy lines sorted by day.
        groups: names of the groups.
        period: the days to count.
        min_fyp: least net FYP (元) for 举绩; it must be above 0 in any case.
    """
    first = bisect_left(lines, period.start, key=_day)
    last = bisect_right(lines, period.end, key=_day)
    totals = {group: _Total() for group in (*groups, WHOLE)}
    for line in lines[first:last]:
        totals[line.group].add(line)
        totals[WHOLE].add(line)
    return {scope: total.measures(min_fyp) for scope, total in totals.items()}


def _day(line: PolicyLine) -> date:
    return line.day


def _cents(amount: float) -> float:
    return round_half_up(amount, 4)
