"""Why a KPI is called 偏低 or 较高: 红 黄 绿 灰 from the five tests, with the sentence that explains it (domain.md §4.3).

红 when two of the counted tests are adverse, 黄 when one is, 绿 when none is, 灰 when nothing can be said. A 红 is lowered
to 黄 for a small group and where a baseline lies inside the Wilson interval. If no counted test is available, 自身历史
stands in, and failing that 绝对水平 (sample levels); a single test never makes a 红.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from zuxun_xl.diagnosis.caps import cap, sample, wilson
from zuxun_xl.diagnosis.comparisons import (
    Case,
    Observation,
    TestResult,
    against_history,
    against_level,
    against_peers,
    against_plan,
    band,
    trend,
    usable,
)
from zuxun_xl.diagnosis.drivers import driver_split
from zuxun_xl.diagnosis.figures import count, show
from zuxun_xl.diagnosis.thresholds import ABSOLUTE, DEFAULTS, HISTORY, PEERS, PLAN, Thresholds

if TYPE_CHECKING:
    from zuxun_xl.diagnosis.thresholds import Direction, State

__all__ = ["Observation", "TestResult", "Thresholds", "Verdict", "band", "driver_split", "judge", "severity", "wilson"]

_SEVERITY: Final[dict[State, int]] = {"灰": -1, "绿": 0, "黄": 1, "红": 2}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The state of a KPI and why.

    Attributes:
        state: 红, 黄, 绿 or 灰.
        tests: every test made, in the order T1 T3 T2 T5 T4; ``counted`` marks those that decided.
        capped: why 红 was lowered to 黄; ``None`` if it was not.
        sentence: the whole reasoning in Chinese, with the numbers.
        brief: the same without the tests that are for information only.
    """

    state: State
    tests: tuple[TestResult, ...]
    capped: str | None
    sentence: str
    brief: str


def severity(state: State) -> int:
    """How bad a state is, for sorting and as the value of the metric 脱落率状态: 绿 0, 黄 1, 红 2; 灰 -1."""
    return _SEVERITY[state]


def judge(
    observation: Observation,
    direction: Direction,
    thresholds: Thresholds = DEFAULTS,
    *,
    kpi: str = "",
    unit: str = "%",
) -> Verdict:
    """Judge one KPI of one group in one period.

    Args:
        observation: the figures.
        direction: which side is bad, from the lookup.
        thresholds: the settings.
        kpi: its name, for the sentence and the absolute levels.
        unit: ``%``, ``元`` or ``件``, for the sentence.
    """
    value = usable(observation.value)
    if value is None:
        text = f"{kpi}无法计算（分母为0或口径已变），不作判断。"
        return Verdict("灰", (), None, text, text)
    case = Case(observation, value, direction, thresholds, kpi, unit)
    tests = _decided(case)
    adverse = [test for test in tests if test.counted and test.adverse]
    state = _state(tests, len(adverse), thresholds)
    capped = cap(case, adverse) if state == "红" else None
    close = _close(state, len(adverse), capped)
    named = tuple(test for test in tests if test.counted or test.name in {PLAN, PEERS})
    return Verdict("黄" if capped else state, tests, capped, _sentence(case, tests, close), _sentence(case, named, close))


def _sentence(case: Case, tests: tuple[TestResult, ...], close: str) -> str:
    return "".join((_head(case), *(f"；{words}" for words in _shown(tests)), f"；{close}。"))


def _decided(case: Case) -> tuple[TestResult, ...]:
    """All tests, the deciding ones marked; 绝对水平 is made only if T1–T3 are all unavailable."""
    tests = [against_plan(case), against_peers(case), against_history(case), trend(case)]
    if all(test.adverse is None for test in tests if test.name in {PLAN, PEERS, HISTORY}):
        tests.append(against_level(case))
    names = _deciding_names(tests, case.thresholds)
    return tuple(replace(test, counted=test.name in names and test.adverse is not None) for test in tests)


def _deciding_names(tests: list[TestResult], thresholds: Thresholds) -> tuple[str, ...]:
    available = {test.name for test in tests if test.adverse is not None}
    for names in (thresholds.counted_tests, (HISTORY,), (ABSOLUTE,)):
        if available.intersection(names):
            return names
    return ()


def _state(tests: tuple[TestResult, ...], adverse: int, thresholds: Thresholds) -> State:
    if not any(test.counted for test in tests):
        return "灰"
    if adverse >= thresholds.adverse_for_red:
        return "红"
    return "黄" if adverse else "绿"


def _head(case: Case) -> str:
    numbers = sample(case.observation)
    beside = f"（{count(numbers[0])}/{count(numbers[1])}）" if numbers else ""
    return f"{case.kpi}{show(case.value, case.unit)}{beside}"


def _shown(tests: tuple[TestResult, ...]) -> list[str]:
    """The tests in words. Plan and peers are named even when missing, the others only if they say something."""
    said = [test for test in tests if test.name in {PLAN, PEERS} or test.adverse is not None]
    return [test.text if test.counted or test.adverse is None else f"{test.text}，仅供参考" for test in said]


def _close(state: State, adverse: int, capped: str | None) -> str:
    if state == "灰":
        return "没有可比的基准，不作判断"
    verdict = f"{adverse}项不利" if adverse else "无不利项"
    if capped:
        return f"{verdict}，应判红；但{capped}，降为黄，建议看组内明细"
    return f"{verdict}，判{state}"
