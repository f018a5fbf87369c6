"""The metrics by which the ledger can test causes: activity, prospects, logs, attendance, leaders, newcomers, products of each group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from zuxun_xl.kpi.catalogue import KPIS
from zuxun_xl.kpi.compute import kpi_value
from zuxun_xl.kpi.measures import Values, over_teams
from zuxun_xl.periods import Period, month
from zuxun_xl.records.model import Agent
from zuxun_xl.tasks.diagnosis.evidence import Metric
from zuxun_xl.tasks.ledger import Ledger

_FIRST_MONTHS = timedelta(days=91)
_LAST_DAYS = 3


def metrics(ledger: Ledger, period: Period) -> dict[str, dict[str, Metric]]:
    """Metric id → value of each group; what the records cannot tell is left out (需现场核实).

    Activity is counted per log handed in, logs per day of due attendance; both only where they were kept in the period.
    """
    groups = ledger.department.groups
    measures = ledger.measures(period)
    found: dict[str, dict[str, Metric]] = {group: {} for group in groups}
    for group in groups:
        own = measures[group]
        others = over_teams([measures[other] for other in groups if other != group])
        values = {
            "约访每人日": _over(own, "约访", "日志份数"),
            "面谈每人日": _over(own, "面谈", "日志份数"),
            "新增准客户每人日": _over(own, "新增准客户", "日志份数"),
            "日志交纳率": _logs_handed_in(ledger, group, period),
            "出勤率": _over(own, "出勤人次", "应出勤人次"),
            "准客户存量": _mean(agent.prospects for agent in ledger.department.in_force(group, _last(ledger, period))),
            "新人首三月零件占比": _silent_newcomers(ledger, group, period),
            "月末入司占比": _share(_joined(ledger, group, period), lambda agent: _is_month_end(agent.joined)),
            "险种集中度": _concentration(ledger, group, period),
        }
        found[group] = {name: Metric(value) for name, value in values.items() if value is not None}
        found[group] |= _compared(own, others)
        found[group] |= _leaders(ledger, group, period, own)
    return found


def _compared(own: Values, others: Values) -> dict[str, Metric]:
    """Metrics whose standard is the figure of the other groups taken together."""
    pairs = {
        "人均FYC": [kpi_value(KPIS["人均FYC"], values, {}) if values else None for values in (own, others)],
        "增员面谈人均": [_over(values, "增员面谈", "平均人力") for values in (own, others)],
    }
    return {name: Metric(value, standard) for name, (value, standard) in pairs.items() if value is not None and standard is not None}


def _leaders(ledger: Ledger, group: str, period: Period, own: Values) -> dict[str, Metric]:
    """The leaders' own FYP a head beside the group's."""
    leaders = [a.code for a in ledger.department.in_force(group, _last(ledger, period)) if a.leader]
    average = kpi_value(KPIS["人均产能"], own, {}, "人均FYP")
    if not leaders or average is None:
        return {}
    window = period.clipped(ledger.as_of)
    sold = sum(line.premium for line in ledger.department.lines if line.agent in leaders and line.day in window and line.group == group)
    return {"主管FYP": Metric(sold / len(leaders), average)}


def _last(ledger: Ledger, period: Period) -> date:
    return min(period.end, ledger.as_of)


def _over(values: Values, numerator: str, denominator: str) -> float | None:
    above, below = values.get(numerator), values.get(denominator)
    return above / below if above is not None and below else None


def _logs_handed_in(ledger: Ledger, group: str, period: Period) -> float | None:
    """Logs ÷ due attendance over the days for which both were kept."""
    marks, logs = ledger.department.marks or (), ledger.department.logs or ()
    days = {mark.day for mark in marks} & {log.day for log in logs}
    due = sum(mark.group == group and mark.day in period and mark.day in days for mark in marks)
    handed = sum(log.group == group and log.day in period and log.day in days for log in logs)
    return handed / due if due else None


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def _joined(ledger: Ledger, group: str, period: Period) -> list[Agent]:
    window = period.clipped(ledger.as_of)
    return [agent for agent in ledger.department.people.agents.values() if agent.joined in window and agent.group_on(agent.joined) == group]


def _share(agents: list[Agent], test: Callable[[Agent], bool]) -> float | None:
    return sum(test(agent) for agent in agents) / len(agents) if agents else None


def _is_month_end(day: date) -> bool:
    return (month(day.year, day.month).end - day).days < _LAST_DAYS


def _silent_newcomers(ledger: Ledger, group: str, period: Period) -> float | None:
    """Of those who joined in the period and whose first three months are over: the share without a single policy in them."""
    ripe = [agent for agent in _joined(ledger, group, period) if agent.joined + _FIRST_MONTHS <= ledger.as_of]
    first_sale: dict[str, date] = {}
    for line in ledger.department.lines:
        if line.main and line.premium > 0:
            first_sale.setdefault(line.agent, line.day)
    return _share(ripe, lambda agent: first_sale.get(agent.code, date.max) > agent.joined + _FIRST_MONTHS)


def _concentration(ledger: Ledger, group: str, period: Period) -> float | None:
    """Share of the best-selling product in the main policies issued."""
    window = period.clipped(ledger.as_of)
    products = Counter(
        line.product for line in ledger.department.lines
        if line.main and line.premium >= 0 and line.group == group and line.day in window and line.product
    )
    return products.most_common(1)[0][1] / products.total() if products else None
