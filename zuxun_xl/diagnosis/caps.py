"""Why a 红 is lowered to 黄: the group is small, or its figure may be chance (Wilson interval); domain.md §4.3."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from zuxun_xl.diagnosis.comparisons import usable
from zuxun_xl.diagnosis.figures import count, share, show
from zuxun_xl.diagnosis.thresholds import HISTORY, PEERS, PLAN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zuxun_xl.diagnosis.comparisons import Case, Observation, TestResult

_LABELS: Final = {PLAN: "计划", PEERS: "其余组", HISTORY: "历史均值"}


def wilson(successes: float, trials: float, z: float = 1.959964) -> tuple[float, float]:
    """The Wilson interval of a proportion k/n: (3, 8) → (0.137, 0.694). n may be an average and so a fraction."""
    share_seen = successes / trials
    square = z * z / trials
    middle = (share_seen + square / 2) / (1 + square)
    half = z * math.sqrt(share_seen * (1 - share_seen) / trials + square / trials / 4) / (1 + square)
    return max(0.0, middle - half), min(1.0, middle + half)


def sample(observation: Observation) -> tuple[float, float] | None:
    """The k and n of a proportion; ``None`` if they are missing, n is 0 or k exceeds n (a rate is no proportion)."""
    successes, trials = usable(observation.successes), usable(observation.trials)
    if successes is None or trials is None or trials <= 0 or not 0 <= successes <= trials:
        return None
    return successes, trials


def cap(case: Case, adverse: Sequence[TestResult]) -> str | None:
    """The reason why these adverse tests may not add up to 红, or ``None``."""
    reasons = [reason for reason in (_small_group(case), _chance(case, adverse)) if reason]
    return "；".join(reasons) or None


def _small_group(case: Case) -> str | None:
    headcount, least = usable(case.observation.headcount), case.thresholds.small_group
    if headcount is None or headcount >= least:
        return None
    return f"平均人力{count(headcount)}人，不足{count(least)}人"


def _chance(case: Case, adverse: Sequence[TestResult]) -> str | None:
    numbers = sample(case.observation)
    if numbers is None:
        return None
    lower, upper = wilson(*numbers, case.thresholds.z)
    inside = [
        f"{_LABELS[test.name]}{show(test.baseline, case.unit)}"
        for test in adverse
        if test.name in _LABELS and test.baseline is not None and lower <= test.baseline <= upper
    ]
    if not inside:
        return None
    sure = math.floor(math.erf(case.thresholds.z / math.sqrt(2)) * 100 + 0.5)
    return f"样本{count(numbers[1])}，{sure}%区间{share(lower)}–{share(upper)}，含{'、'.join(inside)}"
