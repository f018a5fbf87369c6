"""The metrics by which the ledger can test causes: activity, prospects, logs, attendance, leaders, newcomers, products of each group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from zuxun_xl.diagnosis.evidence import Metric
from zuxun_xl.kpi.catalogue import KPIS
from zuxun_xl.kpi.compute import kpi_value
from zuxun_xl.kpi.measures import Values, over_teams
from zuxun_xl.periods import Period, month_of
from zuxun_xl.records.department import Department
from zuxun_xl.records.model import Agent, PolicyLine
from zuxun_xl.tasks.ledger import Ledger

_FIRST_MONTHS = timedelta(days=91)
_LAST_DAYS = 3


def metrics(ledger: Ledger, period: Period) -> dict[str, dict[str, Metric]]:
    """Metric id → value of each group; what the records cannot tell is left out (需现场核实).

    Activity is counted per log handed in, logs per day of due attendance; both only where they were kept in the period.
    """
    department, measures = ledger.department, ledger.measures(period)
    window = period.clipped(ledger.as_of)
    handed, first_sales = _logs_handed_in(department, window), _first_sales(department)
    found: dict[str, dict[str, Metric]] = {}
    for group in department.groups:
        own, others = measures[group], over_teams([measures[other] for other in department.groups if other != group])
        members = department.in_force(group, window.end)
        joined = [agent for agent in department.people.agents.values() if agent.joined in window and agent.group_on(agent.joined) == group]
        ripe = [agent for agent in joined if agent.joined + _FIRST_MONTHS <= ledger.as_of]
        sold = [line for line in department.lines if line.group == group and line.day in window]
        values = {
            "约访每人日": _over(own, "约访", "日志份数"),
            "面谈每人日": _over(own, "面谈", "日志份数"),
            "新增准客户每人日": _over(own, "新增准客户", "日志份数"),
            "日志交纳率": handed.get(group),
            "出勤率": _over(own, "出勤人次", "应出勤人次"),
            "准客户存量": _mean(agent.prospects for agent in members),
            "新人首三月零件占比": _share(ripe, lambda agent: first_sales.get(agent.code, date.max) > agent.joined + _FIRST_MONTHS),
            "月末入司占比": _share(joined, lambda agent: _is_month_end(agent.joined, period.cut)),
            "险种集中度": _concentration(sold),
        }
        found[group] = {name: Metric(value) for name, value in values.items() if value is not None}
        found[group] |= _compared(own, others) | _leaders(members, sold, own)
    return found


def _compared(own: Values, others: Values) -> dict[str, Metric]:
    """Metrics whose standard is the figure of the other groups taken together."""
    pairs = {
        "人均FYC": [kpi_value(KPIS["人均FYC"], values, {}) if values else None for values in (own, others)],
        "增员面谈人均": [_over(values, "增员面谈", "平均人力") for values in (own, others)],
    }
    return {name: Metric(value, standard) for name, (value, standard) in pairs.items() if value is not None and standard is not None}


def _leaders(members: Iterable[Agent], sold: Iterable[PolicyLine], own: Values) -> dict[str, Metric]:
    """The leaders' own FYP a head beside the group's."""
    leaders = {agent.code for agent in members if agent.leader}
    average = kpi_value(KPIS["人均产能"], own, {}, "人均FYP")
    if not leaders or average is None:
        return {}
    return {"主管FYP": Metric(sum(line.premium for line in sold if line.agent in leaders) / len(leaders), average)}


def _over(values: Values, numerator: str, denominator: str) -> float | None:
    above, below = values.get(numerator), values.get(denominator)
    return above / below if above is not None and below else None


def _logs_handed_in(department: Department, window: Period) -> dict[str, float]:
    """Logs ÷ due attendance of each group, over the days for which both were kept."""
    marks, logs = department.marks or (), department.logs or ()
    days = {day for day in {mark.day for mark in marks} & {log.day for log in logs} if day in window}
    due, handed = (Counter(item.group for item in items if item.day in days) for items in (marks, logs))
    return {group: handed[group] / count for group, count in due.items()}


def _first_sales(department: Department) -> dict[str, date]:
    """Agent code → day of the first policy sold."""
    first: dict[str, date] = {}
    for line in department.lines:
        if line.main and line.premium > 0:
            first.setdefault(line.agent, line.day)
    return first


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def _share(agents: list[Agent], test: Callable[[Agent], bool]) -> float | None:
    return sum(test(agent) for agent in agents) / len(agents) if agents else None


def _is_month_end(day: date, cut: int) -> bool:
    return (month_of(day, cut).end - day).days < _LAST_DAYS


def _concentration(sold: Iterable[PolicyLine]) -> float | None:
    """Share of the best-selling product in the main policies issued."""
    products = Counter(line.product for line in sold if line.main and line.premium >= 0 and line.product)
    return products.most_common(1)[0][1] / products.total() if products else None
