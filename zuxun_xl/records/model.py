"""People and events of a department, as the raw tables record them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

WHOLE = "全部"
"""Name of the whole department beside its groups."""


@dataclass(frozen=True, slots=True)
class Move:
    """A transfer between groups; from ``day`` on the agent belongs to ``to``."""

    day: date
    source: str
    to: str


@dataclass(frozen=True, slots=True)
class Agent:
    """One agent. ``left`` is the first day on which the contract is no longer in force at its close."""

    code: str
    name: str
    group: str
    joined: date
    left: date | None = None
    moves: tuple[Move, ...] = ()
    rank: str = ""
    gender: str = ""
    education: str = ""
    prospects: float | None = None
    leader: bool = False

    def in_force(self, day: date) -> bool:
        """Whether the contract is in force at the close of a day."""
        return self.joined <= day and (self.left is None or self.left > day)

    def group_on(self, day: date) -> str:
        """The group at the close of a day (before the first move: where that move started)."""
        group = self.moves[0].source if self.moves else self.group
        for move in self.moves:
            if move.day > day:
                break
            group = move.to
        return group


@dataclass(frozen=True, slots=True)
class PolicyLine:
    """One line of new business: a main policy or a rider; a withdrawal is a line with a negative premium.

    ``commission`` and ``regular`` are ``None`` where the policy table has no column that tells them.
    """

    day: date
    policy: str
    agent: str
    group: str
    premium: float
    commission: float | None
    regular: bool | None
    main: bool
    product: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Renewal:
    """One renewal premium: due on a day, perhaps paid on another."""

    due: date
    group: str
    amount: float
    paid: float
    paid_on: date | None


class Mark(Enum):
    """What an attendance sign means."""

    PRESENT = "出勤"
    LATE = "迟到"
    LEAVE = "请假"
    ABSENT = "缺勤"


@dataclass(frozen=True, slots=True)
class Attendance:
    """One agent on one working day."""

    day: date
    agent: str
    group: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Activity:
    """One agent's activity log of one day."""

    day: date
    agent: str
    group: str
    calls: float
    meetings: float
    prospects: float


@dataclass(frozen=True, slots=True)
class Recruit:
    """One person in the recruiting pipeline: group of the recommender and the days of the steps reached."""

    group: str
    listed: date | None
    met: date | None
    joined: date | None
