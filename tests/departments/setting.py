"""What is put into a fictitious department on purpose: habits of its groups, paths of its people, odd policies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tests.departments.model import Product


@dataclass(frozen=True)
class Habit:
    """The habits of a group: people without a story, weights of 0, 1, 2 … policies a month, percents, size of a policy in percent."""

    staff: int
    cases: tuple[int, ...] = (24, 34, 25, 13, 4)
    present: int = 93
    paid: int = 86
    size: int = 100


@dataclass(frozen=True)
class Path:
    """One person's way; without ``joined`` the person was there long before."""

    group: str
    joined: date | None = None
    left: date | None = None
    moves: tuple[tuple[date, str], ...] = ()
    name: str = ""
    label: str = ""
    again: tuple[date, str] | None = None


@dataclass(frozen=True)
class OddSale:
    """A policy that stands for a case, sold by the person of that label (and shared with another), perhaps withdrawn."""

    label: str
    day: date
    product: str
    years: int
    premium: int
    withdrawn: date | None = None
    shared: str = ""


@dataclass(frozen=True)
class Setting:
    """A department to be simulated.

    Attributes:
        first: first month of the ledger, counted from January of ``year``; -1 is November of the year before.
        marked: first month of attendance and logs.
        weekly: whether logs are handed in once a week.
    """

    name: str
    year: int
    first: int
    as_of: date
    marked: int
    weekly: bool
    habits: dict[str, Habit]
    paths: tuple[Path, ...]
    products: tuple[Product, ...]
    odd: tuple[OddSale, ...]
    code: Callable[[int], str]
    policy: Callable[[int], str]
    on_leave: str = ""
