"""The agents: the people of the paths in `profiles`, with names, numbers and ranks drawn for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from zuxun_xl.build.sample.days import YEAR
from zuxun_xl.build.sample.dice import Dice
from zuxun_xl.build.sample.model import GROUPS, Agent, Stint
from zuxun_xl.build.sample.profiles import PATHS, PLAIN_STAFF, Path

if TYPE_CHECKING:
    from collections.abc import Iterable

_SURNAMES = "陈林黄周吴郑何罗高郭马梁宋谢韩唐冯董程曹袁邓许傅沈曾彭吕苏卢"
_GIVEN = {
    "女": ("晓燕", "雪梅", "秋月", "慧敏", "静怡", "玉兰", "思琪", "丽娜", "春芳", "雅琴", "佩珊", "文静", "美玲", "凤霞", "欣然"),
    "男": ("建国", "志远", "浩然", "文斌", "立新", "俊峰", "国强", "明辉", "永康", "家栋", "世杰", "宏伟"),
}
_EDUCATIONS = ("初中", "高中/中专", "大专", "本科")
_SENIOR_DAYS = 3 * 365
_REGULAR_DAYS = 365


class Cast(NamedTuple):
    """The agents in the order of their codes, and those who stand for a case by its label."""

    agents: tuple[Agent, ...]
    by_label: dict[str, Agent]


class Names:
    """Draws names that nobody has yet."""

    def __init__(self, dice: Dice, taken: Iterable[str]) -> None:
        """Start with the names that are taken."""
        self._dice = dice
        self._taken = set(taken)

    def draw(self, sex: str) -> str:
        """Return a new name for that sex."""
        while True:
            name = self._dice.one(_SURNAMES) + self._dice.one(_GIVEN[sex])
            if name not in self._taken:
                self._taken.add(name)
                return name


def cast() -> Cast:
    """Return the people of the year."""
    dice = Dice("people")
    names = Names(dice, [path.name for path in PATHS])
    agents: list[Agent] = []
    by_label: dict[str, Agent] = {}
    for group in GROUPS:
        leader = ""
        for number, path in enumerate(_paths(group)):
            agent = _agent(path, len(agents), names, dice, leader)
            leader = leader or agent.name
            agents.append(agent if number else _promoted(agent))
            if path.label:
                by_label[path.label] = agent
    return Cast(tuple(agents), by_label)


def _paths(group: str) -> list[Path]:
    return [Path(group)] * PLAIN_STAFF[group] + [path for path in PATHS if path.group == group]


def _agent(path: Path, number: int, names: Names, dice: Dice, leader: str) -> Agent:
    sex = "女" if path.name or dice.happens(66) else "男"
    joined = path.joined or date(YEAR, 1, 1) - timedelta(days=dice.between(40, 2900))
    moved = (Stint(path.moved_to, path.moved),) if path.moved else ()
    return Agent(
        code=f"0326{10 * number + dice.between(1001, 1009):04d}",
        name=path.name or names.draw(sex),
        sex=sex,
        education=dice.weighted(_EDUCATIONS, (12, 43, 33, 12)),
        rank=_rank(joined),
        phone=f"199****{dice.between(0, 9999):04d}",
        introducer=leader,
        prospects=dice.between(70, 165),
        joined=joined,
        left=path.left,
        stints=(Stint(path.group, joined), *moved),
    )


def _rank(joined: date) -> str:
    served = (date(YEAR, 1, 1) - joined).days
    if served >= _SENIOR_DAYS:
        return "高级业务员"
    return "业务员" if served >= _REGULAR_DAYS else "见习业务员"


def _promoted(agent: Agent) -> Agent:
    """Return the leader of a group: the first of its plain staff, with many years of service."""
    joined = date(YEAR - 10, 3, 1) + timedelta(days=int(agent.code[-4:]) % 500)
    stints = (Stint(agent.group, joined),)
    return replace(agent, rank="营业组经理", joined=joined, stints=stints, introducer="")
