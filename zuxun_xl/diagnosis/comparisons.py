"""The five tests of a KPI: plan (T1), own history (T2), the other groups (T3), absolute level (T4), trend (T5); domain.md §4.3."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar, Literal

from zuxun_xl.diagnosis.figures import share, show
from zuxun_xl.diagnosis.thresholds import ABSOLUTE, HISTORY, PEERS, PLAN, TREND

if TYPE_CHECKING:
    from zuxun_xl.diagnosis.thresholds import Direction, Level, Thresholds

Band = Literal["健康", "异常", "危险"]
"""Parts of the 100/90 band (domain.md §4.1): low is bad [1, ∞) [0.9, 1) (-∞, 0.9); high is bad (-∞, 1] (1, 1.1] (1.1, ∞)."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One KPI of one group in one period, with all that it may be compared with.

    Attributes:
        value: the KPI on the judging scale; ``None`` if undefined or if its 口径 changed.
        plan: the same formula on the plan measures; ``None`` without a plan.
        peers: the same formula on the other groups merged; ``None`` if there are none.
        history: the same KPI of the preceding periods of the same length, the newest last.
        rank: place (1 is the best) among n groups; shown only.
        successes: k of a proportion, for the Wilson interval.
        trials: n of a proportion.
        headcount: 平均人力 of the period, for the small-group guard.
        months: length of the period in months, for the absolute levels.
        attrition: for 增员率 only, the 脱落率 of the same period: a net loss is adverse (domain.md §4.2).
    """

    value: float | None
    plan: float | None
    peers: float | None
    history: tuple[float | None, ...] = ()
    rank: tuple[int, int] | None = None
    successes: float | None = None
    trials: float | None = None
    headcount: float | None = None
    months: float = 1
    attrition: float | None = None


@dataclass(frozen=True, slots=True)
class TestResult:
    """One test with its numbers.

    Attributes:
        name: 计划, 自身历史, 同业, 绝对水平 or 趋势.
        adverse: ``None`` if the test is not available.
        text: the test in words.
        baseline: what the value was compared with.
        ratio: value ÷ baseline.
        band: where the ratio lies.
        counted: whether the test took part in the decision.
    """

    __test__: ClassVar[bool] = False  # not a test class: pytest collects every name that begins with Test

    name: str
    adverse: bool | None
    text: str
    baseline: float | None = None
    ratio: float | None = None
    band: Band | None = None
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """An observation with a usable value, and what it is judged by."""

    observation: Observation
    value: float
    direction: Direction
    thresholds: Thresholds
    kpi: str
    unit: str


def usable(number: float | None) -> float | None:
    """The number itself, or ``None`` for a missing, infinite or undefined one."""
    return number if number is not None and math.isfinite(number) else None


def band(ratio: float, direction: Direction, thresholds: Thresholds) -> Band:
    """The part of the band in which value ÷ baseline lies; each edge belongs to the better part."""
    edge = thresholds.low if direction == "low" else thresholds.high
    if _worse(ratio, edge, direction):
        return "危险"
    return "异常" if _worse(ratio, 1.0, direction) else "健康"


def against_plan(case: Case) -> TestResult:
    """T1: the plan, by the KPI's own formula on the plan measures."""
    return _against(case, PLAN, case.observation.plan, "计划")


def against_peers(case: Case) -> TestResult:
    """T3: the other groups merged; the rank stands beside it and decides nothing."""
    return _against(case, PEERS, case.observation.peers, "其余组", _rank_words(case))


def against_history(case: Case) -> TestResult:
    """T2: the mean of the last periods of the same length."""
    kept = [past for past in map(usable, case.observation.history[-case.thresholds.history_periods :]) if past is not None]
    mean = math.fsum(kept) / len(kept) if kept else None
    return _against(case, HISTORY, mean, f"前{len(kept)}期均值" if kept else "历史")


def trend(case: Case) -> TestResult:
    """T5: consecutive moves for the worse, this period's included; a standstill breaks the row."""
    moves = case.thresholds.trend_moves
    past = [usable(figure) for figure in case.observation.history[-moves:]]
    known = [figure for figure in past if figure is not None]
    if len(known) < moves:
        return TestResult(TREND, None, "趋势资料不足")
    series = [*known, case.value]
    adverse = all(_worse(new, old, case.direction) for old, new in pairwise(series))
    row = "→".join(show(figure, case.unit) for figure in series)
    return TestResult(TREND, adverse, f"{row}，{f'连续{moves}期变差' if adverse else f'未连续{moves}期变差'}")


def against_level(case: Case) -> TestResult:
    """T4: the sample level of the KPI, or a net loss of headcount, for a group that can be compared with nothing."""
    attrition = usable(case.observation.attrition)
    if attrition is not None and _worse(case.value, attrition, "low"):
        return TestResult(ABSOLUTE, adverse=True, text=f"低于脱落率{show(attrition, case.unit)}，净增为负", baseline=attrition)
    level = case.thresholds.levels.get(case.kpi)
    if level is None:
        return TestResult(ABSOLUTE, None, "无示例水平可比")
    return _by_level(case, level)


def _by_level(case: Case, level: Level) -> TestResult:
    scale = case.observation.months if level.adds_up else 1
    watch, alarm = level.watch * scale, level.alarm * scale
    side = "低于" if case.direction == "low" else "高于"
    if _worse(case.value, alarm, case.direction):
        return TestResult(ABSOLUTE, adverse=True, text=f"{side}示例警戒线{show(alarm, case.unit)}", baseline=alarm)
    adverse = _worse(case.value, watch, case.direction)
    words = f"{'' if adverse else '未'}{side}示例关注线{show(watch, case.unit)}"
    return TestResult(ABSOLUTE, adverse=adverse, text=words, baseline=watch)


def _against(case: Case, name: str, baseline: float | None, label: str, beside: str = "") -> TestResult:
    """The value against a baseline. Without a positive baseline there is no ratio and so no test, never a guess."""
    known = usable(baseline)
    if known is None:
        return TestResult(name, None, f"无{label}可比{beside}")
    if known <= 0:
        return TestResult(name, None, f"{label}为{show(known, case.unit)}，比值无定义{beside}", baseline=known)
    ratio = case.value / known
    part = band(ratio, case.direction, case.thresholds)
    text = f"{label}{show(known, case.unit)}，为其{share(ratio)}（{part}）{beside}"
    return TestResult(name, part == "危险", text, known, ratio, part)


def _rank_words(case: Case) -> str:
    if case.observation.rank is None:
        return ""
    place, groups = case.observation.rank
    bottom = math.floor(groups * case.thresholds.quartile)
    last = groups >= case.thresholds.quartile_groups and place > groups - bottom
    return f"，列{groups}组中第{place}{'（末四分之一）' if last else ''}"


def _worse(value: float, edge: float, direction: Direction) -> bool:
    """Strictly beyond the edge, binary dust forgiven: 0.63 ÷ 0.7 is not below 0.9."""
    beyond = value < edge if direction == "low" else value > edge
    return beyond and not math.isclose(value, edge, rel_tol=1e-12)
