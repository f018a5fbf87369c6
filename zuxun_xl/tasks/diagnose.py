"""The task ``diagnose``: which problems of the lookup each group has, why, and which causes and measures the lookup gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from zuxun_xl.diagnosis.evidence import Metric, Weighed, weigh_problem
from zuxun_xl.diagnosis.judge import Verdict, judge, severity
from zuxun_xl.diagnosis.lookup import Problem, problems
from zuxun_xl.diagnosis.thresholds import Thresholds
from zuxun_xl.kpi.catalogue import KPIS
from zuxun_xl.kpi.compute import monthly_scale
from zuxun_xl.periods import Period
from zuxun_xl.settings import Settings
from zuxun_xl.tasks.diagnosis.measured import metrics
from zuxun_xl.tasks.diagnosis.observe import observations
from zuxun_xl.tasks.ledger import Ledger


@dataclass(frozen=True)
class Diagnosis:
    """One problem of the lookup held against one group.

    Attributes:
        group: the group.
        problem: the lookup's problem.
        verdict: state, tests and the sentence that explains them.
        value, plan, peers: the figures on the judging scale.
        causes: the lookup's causes with what the figures say; empty unless 红 or 黄.
    """

    group: str
    problem: Problem
    verdict: Verdict
    value: float | None
    plan: float | None
    peers: float | None
    causes: tuple[Weighed, ...] = ()

    @property
    def present(self) -> bool:
        """Whether the problem is worth work: 红 or 黄."""
        return severity(self.verdict.state) > 0

    @property
    def unit(self) -> str:
        """Unit of the figures in a sentence."""
        return unit_of(self.problem)

    def as_dict(self) -> dict[str, Any]:
        """The JSON object of ``zuxun diagnose``."""
        return {
            "group": self.group,
            "problem": self.problem.name,
            "state": self.verdict.state,
            "tests": [
                {"name": t.name, "adverse": t.adverse, "baseline": t.baseline, "ratio": t.ratio, "counted": t.counted, "text": t.text}
                for t in self.verdict.tests
            ],
            "value": self.value,
            "why": self.verdict.sentence,
            "causes": [{"id": w.cause.id, "text": w.cause.text, "evidence": w.support, "figures": w.phrase} for w in self.causes],
            "measures": [{"id": m.id, "text": m.text} for m in self.problem.measures] if self.present else [],
        }


def diagnose(ledger: Ledger, period: Period) -> list[Diagnosis]:
    """Every group held against the five problems of the lookup, in the lookup's order within each group."""
    thresholds = thresholds_of(ledger.settings)
    found = [entry for problem in problems() for entry in _judged(ledger, problem, period, thresholds)]
    measured = metrics(ledger, period)
    for entry in found:
        if entry.problem.kpi == "脱落率":
            measured[entry.group]["脱落率状态"] = Metric(severity(entry.verdict.state))
    order = {group: place for place, group in enumerate(ledger.department.groups)}
    explained = [_explained(entry, measured[entry.group]) for entry in found]
    return sorted(explained, key=lambda entry: order[entry.group])


def unit_of(problem: Problem) -> str:
    """Unit of a problem's KPI in a sentence: 元/件 → 元."""
    return KPIS[problem.kpi].unit.name.partition("/")[0]


def thresholds_of(settings: Settings) -> Thresholds:
    """The judging thresholds that the department's settings ask for."""
    return Thresholds(low=settings.low, high=settings.high, small_group=settings.small_group, counted_tests=settings.counted_tests)


def _judged(ledger: Ledger, problem: Problem, period: Period, thresholds: Thresholds) -> list[Diagnosis]:
    name = problem.kpi + ("（月度）" if monthly_scale(problem.kpi) == "月度" and len(period.pieces()) > 1 else "")
    unit = unit_of(problem)
    return [
        Diagnosis(group, problem, judge(seen, problem.direction, thresholds, kpi=name, unit=unit), seen.value, seen.plan, seen.peers)
        for group, seen in observations(ledger, problem.kpi, period, problem.direction).items()
    ]


def _explained(entry: Diagnosis, measured: dict[str, Metric]) -> Diagnosis:
    if not entry.present:
        return entry
    causes = weigh_problem(entry.problem, measured)
    return Diagnosis(entry.group, entry.problem, entry.verdict, entry.value, entry.plan, entry.peers, causes)
