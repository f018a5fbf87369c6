"""Why a typed headcount differs from the roster's: the usual slips, each with the people whom it would count wrongly."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from zuxun_xl.periods import Period
from zuxun_xl.records.headcount import Movement
from zuxun_xl.tasks.bridging.names import CAME, CLOSING, JOINED, LOST, OPENING, WENT, Bridge, told

_SHOWN = 8
_MOST = 2


@dataclass(frozen=True)
class Scene:
    """One group's bridge and what lies around it.

    Attributes:
        own: the bridge of the period.
        before, after: those of the periods before and after it, as far as the records go.
        first, following: the days of the period, and of the one after it, up to the end of the first workday.
        between: transfers inside the department, which 全部 does not count.
        returned: those of the period's joiners who were here before.
        unadopted: people of roster rows that do not count.
    """

    own: Bridge
    before: Bridge
    after: Bridge
    first: Period
    following: Period
    between: tuple[Movement, ...] = ()
    returned: tuple[Movement, ...] = ()
    unadopted: tuple[str, ...] = ()

    def early(self, part: str) -> list[str]:
        """Who moved by the end of the first workday."""
        return _told(each for each in self.own.parts[part] if each.day is not None and each.day in self.first)

    def next(self, part: str) -> list[str]:
        """Who moved after the period, by the end of the first workday."""
        return _told(each for each in self.after.parts[part] if each.day is not None and each.day in self.following)


def _told(movements: Iterable[Movement]) -> list[str]:
    return [told(each) for each in movements]


def _among(movements: Iterable[Movement], others: Iterable[Movement]) -> Iterator[Movement]:
    """Movements of people who are in another part as well."""
    people = {(each.agent.code, each.agent.joined) for each in others}
    return (each for each in movements if (each.agent.code, each.agent.joined) in people)


@dataclass(frozen=True)
class Slip:
    """A way of counting that differs from the handbook's.

    Attributes:
        part: the figure it touches.
        sign: 1 where it counts people too much, −1 where it leaves them out.
        text: what is said after the people's names.
        who: the people.
        at_once: whether it counts the first workday's movements as made before it; such slips come together.
    """

    part: str
    sign: int
    text: str
    who: Callable[[Scene], list[str]]
    at_once: bool = False


SLIPS = (
    Slip(OPENING, 1, "入司当天就算进了期初，按口径只算增员", lambda scene: scene.early(JOINED), at_once=True),
    Slip(OPENING, -1, "离司当天就从期初里减掉了，按口径算本期脱落", lambda scene: scene.early(LOST), at_once=True),
    Slip(OPENING, 1, "调入当天就算进了期初，按口径算本期调入", lambda scene: scene.early(CAME), at_once=True),
    Slip(OPENING, -1, "调出当天就从期初里减掉了，按口径算本期调出", lambda scene: scene.early(WENT), at_once=True),
    Slip(OPENING, 1, "上期已离司，仍算在期初", lambda scene: _told(scene.before.parts[LOST])),
    Slip(OPENING, -1, "上期入司，没有算进期初", lambda scene: _told(_among(scene.before.parts[JOINED], scene.own.parts[OPENING]))),
    Slip(OPENING, 1, "上期已调出，仍算在期初", lambda scene: _told(scene.before.parts[WENT])),
    Slip(OPENING, -1, "上期调入，没有算进期初", lambda scene: _told(_among(scene.before.parts[CAME], scene.own.parts[OPENING]))),
    Slip(OPENING, 1, "在花名册里的这一行没有采用，仍算了人", lambda scene: list(scene.unadopted)),
    Slip(JOINED, -1, "当期入司又离司，增员里漏了", lambda scene: _told(_among(scene.own.parts[JOINED], scene.own.passed))),
    Slip(JOINED, 1, "是组间调入，被算成了增员", lambda scene: _told(scene.own.parts[CAME])),
    Slip(JOINED, 1, "是组间调动，被算成了增员", lambda scene: _told(each for each in scene.between if each.part == CAME)),
    Slip(JOINED, -1, "已算进期初，没有算增员", lambda scene: scene.early(JOINED)),
    Slip(JOINED, -1, "是离司后回来的，没有算增员", lambda scene: _told(scene.returned)),
    Slip(JOINED, 1, "上期入司，记在了本期", lambda scene: _told(scene.before.parts[JOINED])),
    Slip(JOINED, -1, "本期入司，还没有登记", lambda scene: _told(scene.own.parts[JOINED])),
    Slip(LOST, -1, "当期入司又离司，脱落里漏了", lambda scene: _told(scene.own.passed)),
    Slip(LOST, 1, "是组间调出，被算成了脱落", lambda scene: _told(scene.own.parts[WENT])),
    Slip(LOST, 1, "是组间调动，被算成了脱落", lambda scene: _told(each for each in scene.between if each.part == WENT)),
    Slip(LOST, 1, "上期离司，晚了一期才登记", lambda scene: _told(scene.before.parts[LOST])),
    Slip(LOST, -1, "本期已离司，还没有登记", lambda scene: _told(scene.own.parts[LOST])),
    Slip(CAME, -1, "的调入没有登记", lambda scene: _told(scene.own.parts[CAME])),
    Slip(CAME, 1, "是部内调动，全部这一行不计", lambda scene: _told(each for each in scene.between if each.part == CAME)),
    Slip(WENT, -1, "的调出没有登记", lambda scene: _told(scene.own.parts[WENT])),
    Slip(WENT, 1, "是部内调动，全部这一行不计", lambda scene: _told(each for each in scene.between if each.part == WENT)),
    Slip(CLOSING, 1, "本期已离司，仍算在期末", lambda scene: _told(scene.own.parts[LOST])),
    Slip(CLOSING, -1, "本期入司，没有算进期末", lambda scene: _told(_among(scene.own.parts[JOINED], scene.own.parts[CLOSING]))),
    Slip(CLOSING, 1, "本期已调出，仍算在期末", lambda scene: _told(scene.own.parts[WENT])),
    Slip(CLOSING, -1, "本期调入，没有算进期末", lambda scene: _told(_among(scene.own.parts[CAME], scene.own.parts[CLOSING]))),
    Slip(CLOSING, 1, "下期第一个工作日才入司，提前算进了期末", lambda scene: scene.next(JOINED)),
    Slip(CLOSING, 1, "上期已离司，仍算在期末", lambda scene: _told(scene.before.parts[LOST])),
    Slip(CLOSING, 1, "在花名册里的这一行没有采用，仍算了人", lambda scene: list(scene.unadopted)),
)
"""The slips by figure, the likelier ones first."""


def explained(part: str, gap: int, scene: Scene) -> str | None:
    """The people who explain that a typed figure is ``gap`` too high, in a sentence; ``None`` where nobody does.

    One slip whose people are just as many is preferred; then what happened on the first workday, or two slips together; then one among
    whose people they may be.
    """
    slips = [(slip, people) for slip in SLIPS if slip.part == part and (people := slip.who(scene))]
    whole = [_said(slip, people) for slip, people in slips if slip.sign * len(people) == gap]
    if whole:
        return "；或者".join(dict.fromkeys(whole[:_MOST]))
    at_once = [(slip, people) for slip, people in slips if slip.at_once]
    pairs = (pair for pair in combinations(slips, 2) if all(slip.sign * gap > 0 for slip, _ in pair) and not _overlap(*pair))
    for together in (at_once, *pairs):
        if sum(slip.sign * len(people) for slip, people in together) == gap:
            return "；".join(_said(slip, people) for slip, people in together)
    among = [(slip, people) for slip, people in slips if slip.sign * gap > 0 and len(people) > abs(gap)]
    return next((f"可能是{_listed(people)}当中的{abs(gap)}人{slip.text}" for slip, people in among), None)


def _overlap(one: tuple[Slip, list[str]], other: tuple[Slip, list[str]]) -> bool:
    return not set(one[1]).isdisjoint(other[1])


def _said(slip: Slip, people: Sequence[str]) -> str:
    return _listed(people) + slip.text


def _listed(people: Sequence[str]) -> str:
    return "、".join(people[:_SHOWN]) + (f"等{len(people)}人" if len(people) > _SHOWN else "")
