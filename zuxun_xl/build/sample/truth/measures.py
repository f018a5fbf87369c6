"""Base figures of a group, or of the whole department, over some days: counted straight from the events."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from zuxun_xl.build.sample.days import AS_OF, Span
from zuxun_xl.build.sample.model import GROUPS, WHOLE, Agent, Department, Line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

Figures = dict[str, Fraction]
UNITS = (*GROUPS, WHOLE)


def belongs(unit: str, group: str) -> bool:
    """Say whether a record of that group counts for the unit."""
    return unit in {WHOLE, group}


def headcount(agents: Iterable[Agent], unit: str, day: date) -> int:
    """People in force at the close of the day."""
    return sum(agent.in_force(day) and belongs(unit, agent.group_on(day)) for agent in agents)


def opening(agents: Iterable[Agent], unit: str, first: date) -> int:
    """People in force at the opening of the day, that is at the close of the day before."""
    return headcount(agents, unit, first - timedelta(days=1))


def average_headcount(agents: Sequence[Agent], unit: str, months: Sequence[Span]) -> Fraction:
    """Mean over the months of the mean of opening and closing headcount."""
    ends = sum(opening(agents, unit, span.first) + headcount(agents, unit, span.last) for span in months)
    return Fraction(ends, 2 * len(months))


def movements(agents: Sequence[Agent], unit: str, span: Span) -> Figures:
    """Headcount at both ends of the span and the four flows between them."""
    moves = [(agent.stints[0].group, agent.group) for agent in agents if len(agent.stints) > 1 and agent.stints[1].since in span]
    inner = unit == WHOLE
    return _fractions(
        期初人力=opening(agents, unit, span.first),
        期末人力=headcount(agents, unit, span.last),
        增员人数=sum(agent.joined in span and belongs(unit, agent.group_on(agent.joined)) for agent in agents),
        脱落人数=sum(agent.left in span and belongs(unit, agent.group) for agent in agents),
        调入=0 if inner else sum(after == unit for _, after in moves),
        调出=0 if inner else sum(before == unit for before, _ in moves),
    )


def production(lines: Iterable[Line], unit: str, span: Span) -> Figures:
    """New business of the span, net of withdrawals, each line in the group of its own date."""
    own = [line for line in lines if line.day in span and belongs(unit, line.group)]
    issued = len({line.policy for line in own if line.product.is_main and not line.is_withdrawal})
    withdrawn = len({line.policy for line in own if line.product.is_main and line.is_withdrawal})
    return _fractions(
        举绩人数=_active_people(own),
        件数=issued - withdrawn,
        FYP=sum(line.premium for line in own),
        首年期交=sum(line.premium for line in own if line.is_regular),
        FYC=Fraction(sum(line.commission_cents for line in own), 100),
        承保件数=issued,
        撤单件数=withdrawn,
        明细行数=len(own),
    )


def _active_people(lines: Iterable[Line]) -> int:
    """People with at least one net main policy and net premium above zero."""
    cases: dict[str, int] = defaultdict(int)
    premium: dict[str, int] = defaultdict(int)
    for line in lines:
        premium[line.agent.code] += line.premium
        if line.product.is_main:
            cases[line.agent.code] += -1 if line.is_withdrawal else 1
    return sum(count >= 1 and premium[code] > 0 for code, count in cases.items())


def renewals(department: Department, unit: str, span: Span, paid_by: date) -> Figures:
    """Renewals that fell due in the span, and those of them paid by that day."""
    due = [item for item in department.renewals if item.due in span and belongs(unit, item.group)]
    paid = [item for item in due if item.paid is not None and item.paid <= paid_by]
    return _fractions(
        应收件数=len(due),
        实收件数=len(paid),
        应收保费=sum(item.premium for item in due),
        实收保费=sum(item.premium for item in paid),
    )


def attendance(department: Department, unit: str, span: Span) -> Figures:
    """Marks of the span."""
    signs = [mark.sign for mark in department.marks if mark.day in span and belongs(unit, mark.group)]
    late = signs.count("迟")
    return _fractions(
        应出勤人次=len(signs), 出勤人次=signs.count("√") + late, 其中迟到=late, 请假=signs.count("假"), 缺勤=signs.count("旷")
    )


def activity(department: Department, unit: str, span: Span) -> Figures:
    """Logs of the span."""
    own = [log for log in department.logs if log.day in span and belongs(unit, log.group)]
    return _fractions(
        日志份数=len(own),
        约访=sum(log.calls for log in own),
        面谈=sum(log.meetings for log in own),
        新增准客户=sum(log.prospects for log in own),
        **{"531达标人日": sum(log.calls >= 5 and log.meetings >= 3 and log.prospects >= 1 for log in own)},  # noqa: PLR2004
    )


def period_measures(department: Department, unit: str, months: Sequence[Span]) -> Figures:
    """All base figures of a period made of whole months (or of the running month so far)."""
    span = Span(months[0].first, months[-1].last)
    return {
        **movements(department.agents, unit, span),
        "平均人力": average_headcount(department.agents, unit, months),
        **production(department.lines, unit, span),
        **renewals(department, unit, span, span.last),
    }


def summed_over(months: Sequence[Span], measure: Callable[[Span], Figures], key: str) -> Fraction:
    """Add a figure up month by month: for 举绩人数 that counts a person once a month, not once."""
    return sum((measure(span)[key] for span in months), Fraction(0))


def renewals_so_far(department: Department, unit: str, span: Span) -> Figures:
    """Renewals due in the span with all payments up to the as-of date."""
    return renewals(department, unit, span, AS_OF)


def _fractions(**values: int | Fraction) -> Figures:
    return {key: Fraction(value) for key, value in values.items()}
