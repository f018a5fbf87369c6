"""What happens in the fictitious department: people, policy lines, renewals, marks, logs, prospects and targets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

GROUPS = ("旭日组", "鲲鹏组", "远航组", "萌芽组")
WHOLE = "全部"


@dataclass(frozen=True)
class Stint:
    """A time in one group; the next stint, or the leave date, ends it."""

    group: str
    since: date


@dataclass(frozen=True)
class Agent:
    """One agent; `left` is the first day at whose close the agent is no longer in force."""

    code: str
    name: str
    sex: str
    education: str
    rank: str
    phone: str
    introducer: str
    prospects: int
    joined: date
    left: date | None
    stints: tuple[Stint, ...]

    def in_force(self, day: date) -> bool:
        """Say whether the agent is in force at the close of the day."""
        return self.joined <= day and (self.left is None or self.left > day)

    def group_on(self, day: date) -> str:
        """Return the group to which a record of that day belongs; after the leave date, the last one."""
        return [stint.group for stint in self.stints if stint.since <= day or stint is self.stints[0]][-1]

    @property
    def group(self) -> str:
        """The group of the latest stint."""
        return self.stints[-1].group


@dataclass(frozen=True)
class Product:
    """What can be sold: yearly premium range in yuan, commission percent by paying term (term 1: 趸缴)."""

    name: str
    category: str
    is_main: bool
    rates: dict[int, int]
    low: int
    high: int
    step: int


@dataclass(frozen=True)
class Line:
    """One line of the new-business ledger; a withdrawal repeats the policy's lines with a negative premium."""

    day: date
    policy: str
    agent: Agent
    group: str
    product: Product
    years: int
    premium: int

    @property
    def is_regular(self) -> bool:
        """Whether the premium is paid over several years (期缴)."""
        return self.years > 1

    @property
    def is_withdrawal(self) -> bool:
        """Whether the line takes back an earlier one."""
        return self.premium < 0

    @property
    def commission_cents(self) -> int:
        """The first-year commission in cents, exact: whole yuan times whole percent."""
        return self.premium * self.product.rates[self.years]


@dataclass(frozen=True)
class Renewal:
    """One renewal premium that fell due, and the day on which it was paid, if it was."""

    due: date
    policy: str
    policy_year: int
    agent: Agent
    group: str
    premium: int
    paid: date | None
    status: str


@dataclass(frozen=True)
class Mark:
    """One agent's attendance mark on one morning."""

    day: date
    agent: Agent
    group: str
    sign: str


@dataclass(frozen=True)
class Log:
    """One handed-in activity log."""

    day: date
    agent: Agent
    group: str
    calls: int
    meetings: int
    prospects: int
    remark: str


@dataclass(frozen=True)
class Recruit:
    """One person on the recruiting list and how far it went."""

    name: str
    sex: str
    group: str
    introducer: str
    source: str
    steps: tuple[date | None, ...]
    state: str


@dataclass(frozen=True)
class Target:
    """The plan of one group for one month; money in yuan, always a multiple of 100 (0.01万元)."""

    actives: int
    cases: int
    fyp: int
    regular: int
    fyc: int
    opening: int
    joins: int
    losses: int

    @property
    def closing(self) -> int:
        """The planned headcount at the end of the month."""
        return self.opening + self.joins - self.losses


@dataclass(frozen=True)
class WeekTarget:
    """The plan of one group for one week of the tracking form."""

    fyp: int
    regular: int
    cases: int
    actives: int
    calls: int
    meetings: int
    prospects: int


@dataclass(frozen=True)
class Department:
    """Everything that was recorded up to the as-of date, and what was planned."""

    agents: tuple[Agent, ...]
    lines: tuple[Line, ...]
    renewals: tuple[Renewal, ...]
    marks: tuple[Mark, ...]
    logs: tuple[Log, ...]
    recruits: tuple[Recruit, ...]
    targets: dict[tuple[str, int], Target]
    week_targets: dict[tuple[str, int], WeekTarget]
    personal_targets: dict[str, tuple[int | None, ...]]
