"""What judging needs of each group, drawn from the ledger: the KPI, its plan, the other groups, its own history, its sample."""

from __future__ import annotations

from zuxun_xl.diagnosis.comparisons import Observation
from zuxun_xl.diagnosis.thresholds import Direction
from zuxun_xl.kpi.catalogue import KPIS
from zuxun_xl.kpi.compute import grows, kpi_value, monthly_scale
from zuxun_xl.kpi.measures import Values, over_teams
from zuxun_xl.periods import Period
from zuxun_xl.tasks.ledger import Ledger

_SAMPLES = {"增员率": ("增员人数", "平均人力"), "脱落率": ("脱落人数", "平均人力"), "举绩率": ("举绩人次", "人力月")}
"""KPIs that are proportions: the counts k and n of the Wilson interval (domain.md §4.3)."""

_HISTORY = 6


def observations(ledger: Ledger, key: str, period: Period, direction: Direction) -> dict[str, Observation]:
    """An observation of each group for one KPI; 举绩率 on the monthly scale, plan ratios by the KPI's own formula."""
    measures, plans = ledger.measures(period), ledger.plan.of(period)
    groups = ledger.department.groups
    values = {group: _value(key, measures[group]) for group in groups}
    history = _history(ledger, key, period)
    return {
        group: Observation(
            values[group],
            _plan_due(ledger, key, period, _value(key, plans.get(group, {}))),
            _value(key, over_teams([measures[other] for other in groups if other != group])),
            tuple(past[group] for past in history),
            _rank(values, group, direction),
            *_sample(key, measures[group]),
            headcount=measures[group]["平均人力"],
            months=len(period.pieces()),
            attrition=_value("脱落率", measures[group]) if key == "增员率" else None,
        )
        for group in groups
    }


def _value(key: str, measures: Values) -> float | None:
    return kpi_value(KPIS[key], measures, {}, monthly_scale(key)) if measures else None


def _plan_due(ledger: Ledger, key: str, period: Period, plan: float | None) -> float | None:
    """The plan that should be reached by now: of a period under way, what grows with time is due in proportion to its workdays."""
    if plan is None or ledger.has_passed(period) or not grows(key):
        return plan
    return plan * ledger.settings.workdays.progress(period, ledger.as_of)


def _history(ledger: Ledger, key: str, period: Period) -> list[dict[str, float | None]]:
    """The KPI by group in up to six preceding periods of the same length that the records cover, oldest first."""
    past: list[dict[str, float | None]] = []
    before = period.previous()
    while len(past) < _HISTORY and ledger.covers(before):
        measures = ledger.department.measures(before)
        past.insert(0, {group: _value(key, measures[group]) for group in ledger.department.groups})
        before = before.previous()
    return past


def _rank(values: dict[str, float | None], group: str, direction: Direction) -> tuple[int, int] | None:
    """Place among the groups, 1 the best, and their number."""
    own = values[group]
    known = [value for value in values.values() if value is not None]
    if own is None:
        return None
    better = sum(value > own for value in known) if direction == "low" else sum(value < own for value in known)
    return better + 1, len(known)


def _sample(key: str, measures: Values) -> tuple[float | None, float | None]:
    if key not in _SAMPLES:
        return None, None
    successes, trials = _SAMPLES[key]
    return measures.get(successes), measures.get(trials)


