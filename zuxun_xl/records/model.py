"""People and events of a department, as the raw tables record them."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
    """One agent. ``left`` is the first day on which the contract is no longer in force at its close.

    ``before`` holds earlier contracts of who left and came back, oldest first.
    """

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
    before: tuple[Agent, ...] = ()

    @property
    def contracts(self) -> tuple[Agent, ...]:
        """Each contract by itself, oldest first."""
        return (*self.before, replace(self, before=())) if self.before else (self,)

    @property
    def groups(self) -> tuple[str, ...]:
        """Every group the agent is or was in, the present one first."""
        moves = [move for contract in (self, *self.before) for move in contract.moves]
        return (self.group, *(group for move in moves for group in (move.source, move.to)), *(contract.group for contract in self.before))

    def contract_on(self, day: date) -> Agent:
        """The contract that a record of a day belongs to: the latest begun by then, else the first."""
        if day >= self.joined or not self.before:
            return self
        return next((contract for contract in reversed(self.before) if contract.joined <= day), self.before[0])

    def in_force(self, day: date) -> bool:
        """Whether a contract is in force at the close of a day."""
        contract = self.contract_on(day)
        return contract.joined <= day and (contract.left is None or contract.left > day)

    def group_on(self, day: date) -> str:
        """The group at the close of a day (before the first move: where that move started)."""
        if self.before and (contract := self.contract_on(day)) is not self:
            return contract.group_on(day)
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
