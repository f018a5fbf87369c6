"""The recruiting list: how this year's newcomers were found, and the many who were not won."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from zuxun_xl.build.sample.days import AS_OF, YEAR, Span
from zuxun_xl.build.sample.dice import Dice
from zuxun_xl.build.sample.model import GROUPS, Agent, Recruit
from zuxun_xl.build.sample.people import Names

if TYPE_CHECKING:
    from collections.abc import Sequence

_SOURCES = ("缘故", "转介绍", "创业说明会", "网络招聘", "客户转化", "陌生拜访")
_STATES = ("列入名单", "已面谈", "待考试")
_GIVEN_UP = "放弃"
_SIGNED = "已签约"
_NOT_WON = {"旭日组": 7, "鲲鹏组": 9, "远航组": 6, "萌芽组": 2}


def recruiting_list(agents: Sequence[Agent]) -> tuple[Recruit, ...]:
    """Return the newcomers of the year and the others, in the order of first contact."""
    dice = Dice("recruits")
    names = Names(dice, [agent.name for agent in agents])
    found = [_won(dice, agent) for agent in agents if agent.joined.year == YEAR]
    found += [_not_won(dice, names, agents, group) for group in GROUPS for _ in range(_NOT_WON[group])]
    return tuple(sorted(found, key=lambda recruit: (recruit.steps[0] or AS_OF, recruit.name)))


def _won(dice: Dice, agent: Agent) -> Recruit:
    contact = agent.joined - timedelta(days=dice.between(28, 60))
    meeting = contact + timedelta(days=dice.between(2, 8))
    exam = meeting + timedelta(days=dice.between(7, 14))
    steps = (contact, meeting, exam, agent.joined)
    group = agent.stints[0].group
    return Recruit(agent.name, agent.sex, group, agent.introducer, dice.one(_SOURCES), steps, _SIGNED)


def _not_won(dice: Dice, names: Names, agents: Sequence[Agent], group: str) -> Recruit:
    contact = date(YEAR, 1, 5) + timedelta(days=dice.between(0, 250))
    serving = [agent for agent in agents if agent.in_force(contact) and agent.group_on(contact) == group]
    reached = dice.between(0, len(_STATES) - 1)
    steps = tuple(_reached(contact + timedelta(days=9 * step), wanted=step <= reached) for step in range(4))
    gone = dice.happens(60)
    sex = dice.one("女男")
    state = _GIVEN_UP if gone else _STATES[sum(step is not None for step in steps) - 1]
    return Recruit(names.draw(sex), sex, group, dice.one(serving).name, dice.one(_SOURCES), steps, state)


def _reached(day: date, *, wanted: bool) -> date | None:
    return day if wanted and day in Span(date(YEAR - 1, 11, 1), AS_OF) else None
