"""Seeded chance, one stream a topic, so that a change in one part leaves the others as they are."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")
SEED = "秋实营业部2026/65"


class Dice:
    """A small set of draws over one seeded stream."""

    def __init__(self, topic: str) -> None:
        """Open the stream of the topic."""
        self._random = random.Random(f"{SEED}/{topic}")  # noqa: S311  (a simulation, no secret)

    def between(self, low: int, high: int) -> int:
        """Draw a whole number, both ends included."""
        return self._random.randint(low, high)

    def happens(self, percent: float) -> bool:
        """Say yes with that chance."""
        return self._random.random() * 100 < percent

    def one(self, items: Sequence[T]) -> T:
        """Draw one of the items."""
        return items[self._random.randrange(len(items))]

    def weighted(self, items: Sequence[T], weights: Sequence[int]) -> T:
        """Draw one of the items by relative weight."""
        return self._random.choices(items, weights)[0]
