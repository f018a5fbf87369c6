"""The task ``kpi``: measures and KPIs of every group in a period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zuxun_xl.kpi.compute import kpi_values
from zuxun_xl.kpi.measures import Values
from zuxun_xl.periods import Period
from zuxun_xl.tasks.ledger import Ledger

SHOWN = (
    "期初人力", "期末人力", "增员人数", "脱落人数", "调入", "调出", "平均人力", "举绩人数", "件数", "FYP", "首年期交", "FYC",
    "应收件数", "实收件数", "应收保费", "实收保费", "应出勤人次", "出勤人次", "约访", "面谈", "新增准客户",
)
"""Measures of the command's JSON, in order."""


@dataclass(frozen=True)
class Figures:
    """Measures, plan and KPIs of one group in one period."""

    measures: Values
    plan: Values
    kpis: Mapping[str, Any]

    def as_dict(self) -> dict[str, Any]:
        """The JSON object of one group: KPIs by name, and ``measures``."""
        return {**self.kpis, "measures": {key: self.measures.get(key) for key in SHOWN}}


def figures(ledger: Ledger, period: Period) -> dict[str, Figures]:
    """Figures of each group and 全部. The plan is that of the whole period, the actual figures end at the ledger's last day."""
    measures, plans = ledger.measures(period), ledger.plan.of(period)
    return {
        scope: Figures(measures[scope], plan := plans.get(scope, {}), kpi_values(measures[scope], plan, ledger.settings.variants))
        for scope in ledger.department.scopes
    }


def report(ledger: Ledger, period: Period, group: str | None = None) -> dict[str, Any]:
    """The JSON object of ``zuxun kpi --json``."""
    rows = figures(ledger, period)
    wanted = rows if group is None else {group: rows[group]}
    return {"period": period.id, "kpi": {scope: row.as_dict() for scope, row in wanted.items()}}


