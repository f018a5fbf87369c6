"""What was planned at the start of the year: months by group, the weeks of September, every agent's share."""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from zuxun_xl.build.sample.days import AS_OF, RUNNING_MONTH, WEEKS, month, workdays
from zuxun_xl.build.sample.model import GROUPS, Agent, Target, WeekTarget
from zuxun_xl.build.sample.profiles import PLANNED_MOVES, PROFILES, SEASON

if TYPE_CHECKING:
    from collections.abc import Sequence

_STEP = 100  # yuan: the plan is typed in 万元 with two decimals
_CASES_PER_HEAD = 115  # percent a month
_ACTIVE_SHARE = 60
_REGULAR_SHARE = 84
_FYC_SHARE = 22
_STANDARD = (5, 3, 1)  # 约访, 面谈, 新增准客户 a workday
_RANK_WEIGHTS = {"营业组经理": 160, "高级业务员": 110, "业务员": 100, "见习业务员": 70}
Targets = dict[tuple[str, int], Target]


def monthly_targets(agents: Sequence[Agent]) -> Targets:
    """Return the plan of every group and month."""
    targets: Targets = {}
    for group in GROUPS:
        opening = sum(agent.joined < month(1).first and agent.group_on(month(1).first) == group for agent in agents)
        for number, (joins, losses) in enumerate(zip(*PLANNED_MOVES[group], strict=True), 1):
            targets[group, number] = _target(group, number, opening, joins, losses)
            opening = targets[group, number].closing
    return targets


def _target(group: str, number: int, opening: int, joins: int, losses: int) -> Target:
    doubled_average = 2 * opening + joins - losses
    cases = _rounded(doubled_average * _CASES_PER_HEAD * SEASON[number - 1], 2 * 100 * 100)
    fyp = _rounded(cases * PROFILES[group].planned_case_size, _STEP) * _STEP
    return Target(
        actives=_rounded(doubled_average * _ACTIVE_SHARE, 2 * 100),
        cases=cases,
        fyp=fyp,
        regular=_rounded(fyp * _REGULAR_SHARE, 100 * _STEP) * _STEP,
        fyc=_rounded(fyp * _FYC_SHARE, 100 * _STEP) * _STEP,
        opening=opening,
        joins=joins,
        losses=losses,
    )


def weekly_targets(targets: Targets) -> dict[tuple[str, int], WeekTarget]:
    """Return the September plan by the weeks of the form, in step with their workdays; the weeks add up to the month."""
    lengths = [len(workdays(week)) for week in WEEKS]
    weeks: dict[tuple[str, int], WeekTarget] = {}
    for group in GROUPS:
        plan = targets[group, RUNNING_MONTH]
        parts = [_split(value, lengths) for value in (plan.fyp // _STEP, plan.regular // _STEP, plan.cases, plan.actives)]
        for number, length in enumerate(lengths):
            fyp, regular, cases, actives = (part[number] for part in parts)
            activity = (plan.opening * length * standard for standard in _STANDARD)
            weeks[group, number + 1] = WeekTarget(fyp * _STEP, regular * _STEP, cases, actives, *activity)
    return weeks


def personal_targets(agents: Sequence[Agent], targets: Targets) -> dict[str, tuple[int | None, ...]]:
    """Share the FYP plan of every group and month among its present members, in step with their ranks."""
    shares: dict[str, list[int | None]] = {agent.code: [None] * 12 for agent in agents}
    for (group, number), plan in targets.items():
        takers = [agent for agent in agents if agent.group == group and _takes(agent, number)]
        parts = _split(plan.fyp // _STEP, [_RANK_WEIGHTS[agent.rank] for agent in takers])
        for agent, part in zip(takers, parts, strict=True):
            shares[agent.code][number - 1] = part * _STEP
    return {code: tuple(months) for code, months in shares.items()}


def _takes(agent: Agent, number: int) -> bool:
    """Newcomers take a share from the month after joining, leavers up to the month of leaving."""
    first = month(number).first
    still_there = agent.left is None or agent.left >= min(first, AS_OF)
    return agent.joined < first and still_there


def _split(value: int, weights: Sequence[int]) -> list[int]:
    """Split a whole number in step with the weights; the parts add up exactly."""
    marks = [_rounded(value * reached, sum(weights)) for reached in accumulate(weights, initial=0)]
    return [after - before for before, after in pairwise(marks)]


def _rounded(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)
