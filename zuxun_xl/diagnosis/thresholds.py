"""What judging is set by: the 100/90 band, the tests that count, the guards for small groups, the sample levels."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from zuxun_xl.errors import CallError

if TYPE_CHECKING:
    from collections.abc import Mapping

Direction = Literal["low", "high"]
"""Which side is bad: ``low`` for …偏低, ``high`` for 脱落率较高. It comes from the lookup, never from code."""

State = Literal["红", "黄", "绿", "灰"]

PLAN: Final = "计划"
HISTORY: Final = "自身历史"
PEERS: Final = "同业"
ABSOLUTE: Final = "绝对水平"
TREND: Final = "趋势"

COUNTABLE: Final = (PLAN, HISTORY, PEERS, TREND)
"""Tests T1, T2, T3 and T5, which ``counted_tests`` may name. 绝对水平 (T4) never counts beside them."""


@dataclass(frozen=True, slots=True)
class Level:
    """Absolute levels of one KPI for one month, a sample that every unit must replace by its own (domain.md §4.2).

    Attributes:
        watch: 关注线; beyond it the KPI is adverse.
        alarm: 警戒线.
        adds_up: whether the KPI of m months is about m times that of one month.
    """

    watch: float
    alarm: float
    adds_up: bool


SAMPLE_LEVELS: Final[Mapping[str, Level]] = MappingProxyType(
    {
        "增员率": Level(watch=0.04, alarm=0.02, adds_up=True),
        "脱落率": Level(watch=0.05, alarm=0.09, adds_up=True),
        "人均件数": Level(watch=1.0, alarm=0.7, adds_up=True),
        "举绩率": Level(watch=0.55, alarm=0.45, adds_up=False),
    }
)
"""件均保费 has none: it is judged against the unit's own baseline only."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The settings of judging; the defaults are those decided in domain.md §4.3.

    Attributes:
        low: of a baseline; a value below it is adverse where low is bad.
        high: of a baseline; a value above it is adverse where high is bad.
        adverse_for_red: how many counted tests must be adverse for 红.
        counted_tests: the tests that decide; the others are shown for information.
        small_group: average headcount below which a group is at most 黄.
        z: normal quantile of the Wilson interval (1.959964 = 95 %).
        history_periods: preceding periods whose mean is the own-history baseline.
        trend_moves: consecutive moves for the worse that make a trend.
        quartile: the share of groups called the bottom ones.
        quartile_groups: number of groups from which the bottom quartile is named.
        levels: absolute levels by KPI, for a group that can be compared with nothing.
    """

    low: float = 0.9
    high: float = 1.1
    adverse_for_red: int = 2
    counted_tests: tuple[str, ...] = (PLAN, PEERS)
    small_group: float = 8.0
    z: float = 1.959964
    history_periods: int = 6
    trend_moves: int = 3
    quartile: float = 0.25
    quartile_groups: int = 5
    levels: Mapping[str, Level] = field(default_factory=lambda: SAMPLE_LEVELS)

    def __post_init__(self) -> None:
        """Refuse settings that would leave a gap or an overlap between the bands."""
        unknown = [name for name in self.counted_tests if name not in COUNTABLE]
        if unknown:
            raise CallError(f"判定设置里没有“{'、'.join(unknown)}”这项检验。", f"可选：{'、'.join(COUNTABLE)}。")
        if not 0 < self.low <= 1 <= self.high:
            raise CallError(f"判定界限{self.low}和{self.high}不合理。", "下限应在0与1之间，上限应不小于1。")
        if min(self.adverse_for_red, self.history_periods, self.trend_moves, self.z) <= 0:
            raise CallError("判红所需项数、历史期数、趋势期数和z值都应大于0。", "请改正判定设置。")


DEFAULTS: Final = Thresholds()
