"""How exactly typed figures say what they say: two agree when the digits that were kept explain the difference."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_MOST_DECIMALS = 6
_DUST = 1e-9
_LEAST_KNOWN = 0.5
"""Money in 元 is seldom typed more exactly than to one 元."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A typed figure and half of its last digit."""

    value: float
    half: float = 0.0

    @property
    def doubt(self) -> float:
        """Half of its last digit as a share of the figure."""
        return self.half / abs(self.value) if self.value else 0.0


def half_digit(values: Iterable[float | None]) -> float:
    """Half of the last digit that figures of one column are kept to: 0.05 for 12.5 and 13."""
    decimals = [len(f"{value:.{_MOST_DECIMALS}f}".rstrip("0").partition(".")[2]) for value in values if value is not None]
    return 0.5 * 10.0 ** -max(decimals, default=_MOST_DECIMALS)


def half_money(scale: int) -> float:
    """Half of the last digit of money kept in 元, or in 万元 with two decimals."""
    return _LEAST_KNOWN if scale == 1 else 0.005 * scale


def agree(shown: Typed, wanted: float, *from_figures: Typed) -> bool:
    """Whether a typed figure is the wanted one, as a fraction or in per cent, given what it was computed from."""
    loose = abs(wanted) * sum(figure.doubt for figure in from_figures)
    return any(abs(shown.value - scale * wanted) <= shown.half + scale * loose + _DUST * abs(shown.value) for scale in (1, 100))
