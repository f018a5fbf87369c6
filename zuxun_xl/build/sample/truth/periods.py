"""The truth of the periods: months, quarters, year to date and the running month, per group and for the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zuxun_xl.build.sample.days import AS_OF, RUNNING_MONTH, YEAR, Span, month, until_as_of, workdays
from zuxun_xl.build.sample.truth.measures import (
    UNITS,
    Figures,
    headcount,
    period_measures,
    production,
    renewals_so_far,
    summed_over,
)
from zuxun_xl.build.sample.truth.plans import plan_measures
from zuxun_xl.build.sample.truth.ratios import kpis, plan_kpis, ratio

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zuxun_xl.build.sample.model import Department

RUNNING = f"{YEAR}-{RUNNING_MONTH:02d}-01..{AS_OF.isoformat()}"
PERIODS: dict[str, tuple[int, ...]] = {
    **{f"{YEAR}-{number:02d}": (number,) for number in range(1, RUNNING_MONTH)},
    f"{YEAR}-Q1": (1, 2, 3),
    f"{YEAR}-Q2": (4, 5, 6),
    f"{YEAR}-YTD8": tuple(range(1, RUNNING_MONTH)),
    RUNNING: (RUNNING_MONTH,),
}


def period_truth(department: Department, numbers: Sequence[int]) -> dict[str, object]:
    """Return the figures of a period, per group and for the whole."""
    return {unit: _unit_truth(department, unit, numbers) for unit in UNITS}


def _unit_truth(department: Department, unit: str, numbers: Sequence[int]) -> dict[str, object]:
    spans = [until_as_of(month(number)) for number in numbers]
    figures = period_measures(department, unit, spans)
    plan = plan_measures(department, unit, numbers)
    shown = {key: value for key, value in plan.items() if key != "举绩人数"}
    return {
        **figures,
        "KPI": kpis(figures, plan),
        "变体": _variants(department, unit, spans, figures),
        "计划": {**shown, **plan_kpis(plan, plan["举绩人数_逐月合计"], len(spans))},
    }


def _variants(department: Department, unit: str, spans: Sequence[Span], figures: Figures) -> dict[str, object]:
    """Return what other readings of the handbook give."""
    span = Span(spans[0].first, spans[-1].last)
    first_workday = workdays(span)[0]
    ends = (figures["期初人力"] + figures["期末人力"]) / 2
    monthly = summed_over(spans, lambda part: production(department.lines, unit, part), "举绩人数")
    late = renewals_so_far(department, unit, span)
    paid_until = f"截至{AS_OF.month:02d}-{AS_OF.day}"
    return {
        "期初人力_首个工作日终": headcount(department.agents, unit, first_workday),
        "首个工作日": first_workday.isoformat(),
        "平均人力_期初期末": ends,
        "举绩率_期末人力": ratio(figures["举绩人数"], figures["期末人力"]),
        "举绩人数_逐月合计": monthly,
        "举绩率_逐月合计比": ratio(monthly, figures["平均人力"] * len(spans)),
        "增员率_期初期末": ratio(figures["增员人数"], ends),
        "脱落率_期初期末": ratio(figures["脱落人数"], ends),
        "脱落率_期初": ratio(figures["脱落人数"], figures["期初人力"]),
        f"实收件数_{paid_until}": late["实收件数"],
        f"实收保费_{paid_until}": late["实收保费"],
        f"保单持续率_{paid_until}": ratio(late["实收保费"], late["应收保费"]),
        f"续收达成率_{paid_until}": ratio(late["实收件数"], late["应收件数"]),
    }
