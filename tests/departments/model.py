"""What happens in a fictitious department: people and their contracts, policy lines, renewals, attendance, activity, targets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

WHOLE = "全部"


class Span(NamedTuple):
    """Days from the first to the last, both included."""

    first: date
    last: date

    def __contains__(self, day: object) -> bool:
        """Say whether the day lies inside."""
        return isinstance(day, date) and self.first <= day <= self.last

    def days(self) -> list[date]:
        """Every day."""
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]


def month(year: int, number: int) -> Span:
    """One whole month; 0 and less lie in the year before."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    following = date(year + number // 12, number % 12 + 1, 1)
    return Span(date(year, number, 1), following - timedelta(days=1))


@dataclass(frozen=True)
class Contract:
    """A time in force, from the day of joining to the day at whose close it has ended, with the groups since their first days."""

    joined: date
    left: date | None
    stays: tuple[tuple[date, str], ...]

    def in_force(self, day: date) -> bool:
        """Say whether it is in force at the close of the day."""
        return self.joined <= day and (self.left is None or day < self.left)

    def group_on(self, day: date) -> str:
        """Return the group of the latest stay that has begun, at first the first one."""
        return [group for since, group in self.stays if since <= day or since == self.stays[0][0]][-1]


@dataclass(frozen=True)
class Person:
    """One agent; whoever comes back has a second contract under the same code."""

    code: str
    name: str
    sex: str
    school: str
    rank: str
    contracts: tuple[Contract, ...]

    def in_force(self, day: date) -> bool:
        """Say whether a contract is in force at the close of the day."""
        return any(contract.in_force(day) for contract in self.contracts)

    def group_on(self, day: date) -> str:
        """Return the group to which a record of that day belongs; after leaving the last one."""
        begun = [contract for contract in self.contracts if contract.joined <= day] or list(self.contracts[:1])
        return begun[-1].group_on(day)

    @property
    def group(self) -> str:
        """The latest group."""
        return self.contracts[-1].stays[-1][1]


@dataclass(frozen=True)
class Product:
    """What can be sold: yearly premium in yuan, first-year commission percent by paying years (1: single premium)."""

    name: str
    main: bool
    rates: dict[int, int]
    low: int
    high: int
    weight: int


@dataclass(frozen=True)
class Line:
    """One line of new business; a withdrawal repeats the policy's lines with a negative premium."""

    day: date
    policy: str
    person: Person
    product: Product
    years: int
    premium: int | Fraction
    withdrawal: bool = False
    typed_cents: int | Fraction | None = None

    @property
    def group(self) -> str:
        """The group it counts for."""
        return self.person.group_on(self.day)

    @property
    def rate(self) -> int:
        """Commission in percent."""
        return self.product.rates[self.years]

    @property
    def commission_cents(self) -> int | Fraction:
        """Premium x rate in cents, unless somebody typed something else."""
        return self.premium * self.rate if self.typed_cents is None else self.typed_cents


@dataclass(frozen=True)
class Due:
    """A renewal premium that fell due, and the day of payment if it was paid."""

    day: date
    policy: str
    year: int
    person: Person
    premium: int
    paid: date | None
    typed: int | None = None

    @property
    def received(self) -> int:
        """What was paid: the premium, unless somebody typed something else."""
        return self.premium if self.typed is None else self.typed


@dataclass(frozen=True)
class Mark:
    """One morning of one person: 到 迟 假 旷."""

    day: date
    person: Person
    sign: str


@dataclass(frozen=True)
class Log:
    """One activity log of one person."""

    day: date
    person: Person
    calls: int
    meetings: int
    prospects: int


@dataclass(frozen=True)
class Target:
    """The plan of one group for one month, money in yuan."""

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
        """Planned headcount at the end of the month."""
        return self.opening + self.joins - self.losses


@dataclass(frozen=True)
class Department:
    """All records up to a day, and the plan."""

    name: str
    year: int
    as_of: date
    groups: tuple[str, ...]
    people: tuple[Person, ...]
    lines: tuple[Line, ...]
    dues: tuple[Due, ...]
    marks: tuple[Mark, ...]
    logs: tuple[Log, ...]
    targets: dict[tuple[str, int], Target]
