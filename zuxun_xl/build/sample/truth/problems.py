"""Which of the five lookup problems are really there: against the plan and against the other groups merged."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from zuxun_xl.build.sample.days import Span, month
from zuxun_xl.build.sample.model import GROUPS, Department
from zuxun_xl.build.sample.profiles import DESIGNED_PROBLEMS
from zuxun_xl.build.sample.truth.measures import Figures, average_headcount, period_measures, production, summed_over
from zuxun_xl.build.sample.truth.plans import plan_measures
from zuxun_xl.build.sample.truth.ratios import ratio

if TYPE_CHECKING:
    from collections.abc import Sequence

_LOW, _HIGH = Fraction(9, 10), Fraction(11, 10)
_SMALL = 8
_STAGES: dict[str, range] = {"2026-08": range(8, 9), "2026-Q2": range(4, 7), "2026-YTD8": range(1, 9)}
_MONTHLY_ACTIVES = "举绩人数_逐月合计"
_PARTS: dict[str, tuple[str, str]] = {
    "增员率偏低": ("增员人数", "平均人力"),
    "脱落率较高": ("脱落人数", "平均人力"),
    "人均件数偏低": ("件数", "平均人力"),
    "件均保费偏低": ("FYP", "件数"),
    "举绩率偏低": (_MONTHLY_ACTIVES, "人月"),
}


def lookup_problems(department: Department) -> dict[str, dict[str, object]]:
    """Return for every group and problem what the figures show and whether it was put there on purpose."""
    return {group: {problem: _judged(department, group, problem) for problem in _PARTS} for group in GROUPS}


def _judged(department: Department, group: str, problem: str) -> dict[str, object]:
    evidence = {stage: _evidence(department, group, problem, numbers) for stage, numbers in _STAGES.items()}
    measured = {stage: bool(shown["两法都触发"]) for stage, shown in evidence.items()}
    spans = [month(number) for number in _STAGES["2026-YTD8"]]
    small = average_headcount(department.agents, group, spans) < _SMALL
    designed = DESIGNED_PROBLEMS.get(group) == problem
    verdict = "存在" if designed else "不存在"
    if small and any(measured.values()):
        verdict = "小样本:只提示不判红"
    return {
        "present": designed,
        "designed": designed,
        "verdict": verdict,
        "measured": measured,
        "small_sample": small,
        "evidence": evidence,
    }


def _evidence(department: Department, group: str, problem: str, numbers: range) -> dict[str, object]:
    spans = [month(number) for number in numbers]
    own = _actual(department, group, spans)
    plan = _with_person_months(plan_measures(department, group, numbers), len(spans))
    others = _merged([_actual(department, other, spans) for other in GROUPS if other != group])
    value, planned, peers = (ratio(*(figures[key] for key in _PARTS[problem])) for figures in (own, plan, others))
    to_plan, to_peers = ratio(value, planned), ratio(value, peers)
    adverse = [_is_adverse(problem, share) for share in (to_plan, to_peers)]
    return {
        "实际": value,
        "计划": planned,
        "实际/计划": to_plan,
        "其余各组合并": peers,
        "实际/其余组": to_peers,
        "计划法触发": adverse[0],
        "同业法触发": adverse[1],
        "两法都触发": adverse == [True, True],
    }


def _is_adverse(problem: str, share: Fraction | None) -> bool | None:
    if share is None:
        return None
    return share > _HIGH if problem.endswith("较高") else share < _LOW


def _actual(department: Department, group: str, spans: Sequence[Span]) -> Figures:
    figures = period_measures(department, group, spans)
    figures[_MONTHLY_ACTIVES] = summed_over(spans, lambda span: production(department.lines, group, span), "举绩人数")
    return _with_person_months(figures, len(spans))


def _with_person_months(figures: Figures, months: int) -> Figures:
    return {**figures, "人月": figures["平均人力"] * months}


def _merged(parts: Sequence[Figures]) -> Figures:
    """Add groups up; only additive figures are looked at afterwards."""
    return {key: sum((part[key] for part in parts), Fraction(0)) for key in parts[0]}
