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
    """Net business of one agent, of a group or of the whole department."""

    premium: float = 0.0
    issued: set[str] = field(default_factory=set)
    withdrawn: set[str] = field(default_factory=set)

    def add(self, line: PolicyLine) -> None:
        self.premium += line.premium
        if line.main:
            (self.withdrawn if line.premium < 0 else self.issued).add(line.policy)

    @property
    def cases(self) -> int:
        return len(self.issued) - len(self.withdrawn)


@dataclass(slots=True)
class _Total:
    """Business of a scope: of the scope itself, so that a policy shared by two agents is one, and of each agent for 举绩."""

    regular: float | None = 0.0
    commission: float | None = 0.0
    own: _Tally = field(default_factory=_Tally)
    agents: dict[str, _Tally] = field(default_factory=lambda: defaultdict(_Tally))

    def add(self, line: PolicyLine) -> None:
        self.own.add(line)
        self.agents[line.agent].add(line)
        self.commission = _plus(self.commission, line.commission)
        if line.regular is not False:
            self.regular = _plus(self.regular, line.premium if line.regular else None)

    def measures(self, min_fyp: float) -> dict[str, float | None]:
        active = sum(t.cases >= 1 and t.premium > 0 and t.premium >= min_fyp for t in self.agents.values())
        return {
            "举绩人数": active,
            "件数": self.own.cases,
            "FYP": _cents(self.own.premium),
            "首年期交": None if self.regular is None else _cents(self.regular),
            "FYC": None if self.commission is None else _cents(self.commission),
        }


def production(
    lines: Sequence[PolicyLine], groups: Iterable[str], period: Period, min_fyp: float = 0.0
) -> dict[str, dict[str, float | None]]:
    """Measures of each group and 全部; withdrawals count in the month and group of the withdrawal (domain.md §3.1).

    FYC and 首年期交 are ``None`` where a line does not tell them, everywhere where no line does.

    Args:
        lines: policy lines sorted by day.
        groups: names of the groups.
        period: the days to count.
        min_fyp: least net FYP (元) for 举绩; it must be above 0 in any case.
    """
    first = bisect_left(lines, period.start, key=_day)
    last = bisect_right(lines, period.end, key=_day)
    regular = _start(line.regular for line in lines)
    commission = _start(line.commission for line in lines)
    totals = {group: _Total(regular, commission) for group in (*groups, WHOLE)}
    for line in lines[first:last]:
        totals[line.group].add(line)
        totals[WHOLE].add(line)
    return {scope: total.measures(min_fyp) for scope, total in totals.items()}


def _start(parts: Iterable[float | None]) -> float | None:
    """What a sum starts with: 0, but ``None`` where there are parts and every one is unknown."""
    nothing = True
    for part in parts:
        if part is not None:
            return 0.0
        nothing = False
    return 0.0 if nothing else None


def _plus(total: float | None, part: float | None) -> float | None:
    return None if total is None or part is None else total + part


def _day(line: PolicyLine) -> date:
    return line.day


def _cents(amount: float) -> float:
    return round_half_up(amount, 4)
