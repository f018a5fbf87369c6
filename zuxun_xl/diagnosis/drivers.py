"""Why did FYP miss? The gap shared out over 平均人力 × 举绩率 × 有效人均件数 × 件均保费 (domain.md §3.2, §4.3)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from zuxun_xl.errors import CallError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FACTORS: Final = ("平均人力", "举绩率", "有效人均件数", "件均保费")
"""FYP is their product, for any period, as long as all four are of the same scale."""

PROBLEMS_OF_FACTOR: Final[dict[str, tuple[str, ...]]] = {
    "平均人力": ("ZY", "TL"),
    "举绩率": ("JJ",),
    "有效人均件数": ("JS",),
    "件均保费": ("JB",),
}
"""Codes of the lookup problems that a factor opens."""


def driver_split(actual: Mapping[str, float | None], baseline: Mapping[str, float | None]) -> dict[str, float]:
    """The part of the FYP gap (actual - baseline, 元) that each factor explains; the parts sum to the gap.

    By log-ratio shares, which do not depend on the order of the factors; when a factor is not positive there is no
    logarithm and the factors are changed one after the other instead. A factor that is undefined on one side (件均保费
    of a group without a policy) keeps the other side's value there, so it explains nothing.
    """
    after, before = _complete(_factors(actual), _factors(baseline))
    split = _by_logarithms(after, before) if min(*after, *before) > 0 else _one_by_one(after, before)
    return dict(zip(FACTORS, split, strict=True))


def main_driver(split: Mapping[str, float]) -> str | None:
    """The factor that costs most FYP: its lookup problem is opened first; ``None`` if the gap is no loss."""
    if math.fsum(split.values()) >= 0:
        return None
    return min(split, key=lambda factor: split[factor])


def _factors(figures: Mapping[str, float | None]) -> list[float | None]:
    missing = [factor for factor in FACTORS if factor not in figures]
    if missing:
        raise CallError(f"拆分FYP差距缺少{'、'.join(missing)}。", f"需要：{'、'.join(FACTORS)}。")
    return [figures[factor] for factor in FACTORS]


def _complete(after: Sequence[float | None], before: Sequence[float | None]) -> tuple[list[float], list[float]]:
    """Undefined factors take the other side's value; undefined on both sides (no sales at all) they are 0."""
    pairs = list(zip(after, before, strict=True))
    return [_first(new, old) for new, old in pairs], [_first(old, new) for new, old in pairs]


def _first(wanted: float | None, other: float | None) -> float:
    return next((number for number in (wanted, other) if number is not None), 0.0)


def _by_logarithms(after: Sequence[float], before: Sequence[float]) -> list[float]:
    """Each factor's ln(new/old) times the logarithmic mean of the two products, which stays exact where they are equal."""
    logs = [math.log(new) - math.log(old) for new, old in zip(after, before, strict=True)]
    total = math.fsum(logs)
    mean = math.prod(before) * (math.expm1(total) / total if total else 1.0)
    return [mean * log for log in logs]


def _one_by_one(after: Sequence[float], before: Sequence[float]) -> list[float]:
    """Telescoping: each factor changes with those before it already new and those after it still old."""
    return [
        math.prod(after[:place]) * (after[place] - before[place]) * math.prod(before[place + 1 :]) for place in range(len(after))
    ]
