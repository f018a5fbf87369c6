"""Renewal premiums: what falls due every month, who looks after it, and when it is paid."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from zuxun_xl.build.sample.days import AS_OF, RUNNING_MONTH, days, month, until_as_of
from zuxun_xl.build.sample.dice import Dice
from zuxun_xl.build.sample.model import GROUPS, Agent, Renewal
from zuxun_xl.build.sample.profiles import PROFILES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_GRACE = timedelta(days=60)
_PER_AGENT_IN_TEN_MONTHS = 13
PAID, GRACE, LAPSED = "已到账", "宽限期内", "已失效"


def renewals(agents: Sequence[Agent]) -> tuple[Renewal, ...]:
    """Return every renewal that fell due up to the as-of date, in the order of the due dates."""
    found = [item for number in range(1, RUNNING_MONTH + 1) for group in GROUPS for item in _due(agents, group, number)]
    return tuple(sorted(found, key=lambda item: (item.due, item.policy)))


def _due(agents: Sequence[Agent], group: str, number: int) -> Iterator[Renewal]:
    dice = Dice(f"renewals/{group}/{number}")
    passed = list(days(until_as_of(month(number))))
    in_force = [agent for agent in agents if agent.in_force(passed[0]) and agent.group_on(passed[0]) == group]
    for _ in range(len(in_force) * _PER_AGENT_IN_TEN_MONTHS * len(passed) // 300):
        due = dice.one(passed)
        serving = [agent for agent in in_force if agent.in_force(due) and agent.group_on(due) == group]
        yield _renewal(dice, dice.one(serving), group, due)


def _renewal(dice: Dice, agent: Agent, group: str, due: date) -> Renewal:
    year = dice.weighted((2, 3, 4, 5, 6), (34, 26, 18, 13, 9))
    paid = _pay_day(dice, due) if dice.happens(PROFILES[group].paid_share) else None
    if paid is not None and paid > AS_OF:
        paid = None
    lapsed = due + _GRACE < AS_OF
    status = PAID if paid else (LAPSED if lapsed else GRACE)
    policy = f"{26 + 1 - year:02d}QS{dice.between(2_000_000, 7_999_999):08d}"
    return Renewal(due, policy, year, agent, group, dice.between(110, 1480) * 10, paid, status)


def _pay_day(dice: Dice, due: date) -> date:
    """Most pay on the day or soon after, some a few days early, some late in the grace period."""
    habit = dice.weighted(("early", "on time", "soon", "late"), (14, 40, 32, 14))
    offset = {"early": -dice.between(1, 6), "on time": 0, "soon": dice.between(1, 20), "late": dice.between(21, 58)}[habit]
    return due + timedelta(days=offset)
