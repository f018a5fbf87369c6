"""Attendance marks and activity logs of August and September, morning by morning."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from zuxun_xl.build.sample.days import AS_OF, YEAR, Span, workdays
from zuxun_xl.build.sample.dice import Dice
from zuxun_xl.build.sample.model import Agent, Log, Mark
from zuxun_xl.build.sample.profiles import PROFILES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PRESENT, LATE, LEAVE, ABSENT = "√", "迟", "假", "旷"
RECORDED = Span(date(YEAR, 8, 1), AS_OF)
_REMARKS = ("已阅", "面谈后要及时记录", "加强转介绍", "拜访量不足", "已陪访")
_SIGNS_WHEN_NOT_ON_TIME = (LATE, LEAVE, ABSENT)


def attendance(agents: Sequence[Agent]) -> tuple[Mark, ...]:
    """Return a mark for every agent in force on every workday."""
    dice = Dice("attendance")
    return tuple(
        Mark(day, agent, agent.group_on(day), _sign(dice, PROFILES[agent.group_on(day)].attendance))
        for day in workdays(RECORDED)
        for agent in agents
        if agent.in_force(day)
    )


def activity_logs(marks: Sequence[Mark]) -> tuple[Log, ...]:
    """Return the logs that were handed in; who was not there handed in none."""
    return tuple(_written(marks))


def _written(marks: Sequence[Mark]) -> Iterator[Log]:
    dice = Dice("logs")
    for mark in marks:
        profile = PROFILES[mark.group]
        if mark.sign in {PRESENT, LATE} and dice.happens(profile.log_share):
            calls, meetings, prospects = (_around(dice, usual) for usual in profile.activity)
            remark = dice.one(_REMARKS) if dice.happens(14) else ""
            yield Log(mark.day, mark.agent, mark.group, calls, meetings, prospects, remark)


def _sign(dice: Dice, on_time: int) -> str:
    if dice.happens(on_time):
        return PRESENT
    return dice.weighted(_SIGNS_WHEN_NOT_ON_TIME, (45, 30, 25))


def _around(dice: Dice, usual: int) -> int:
    return max(0, usual + dice.between(-2, 2))
