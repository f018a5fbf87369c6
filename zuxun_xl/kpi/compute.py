"""KPIs of a team and period from its measures and its plan."""

from __future__ import annotations

from collections.abc import Mapping

from zuxun_xl.kpi.catalogue import ACHIEVED, GENERIC, HANDBOOK, KPIS, Kpi
from zuxun_xl.kpi.measures import MEASURES, Adds, Values

PLAN = "计划"

Reported = float | dict[str, float | None] | None
"""A KPI as reported: a number, ``None`` if undefined, or for 达成率 an object by measure."""


def kpi_value(kpi: Kpi, measures: Values, plan: Values, variant: str = HANDBOOK) -> float | None:
    """One KPI; ``None`` where a measure is missing or the denominator is 0.

    Args:
        kpi: an entry of the catalogue.
        measures: actual measures of the team and period.
        plan: its plan, by the same measure keys.
        variant: the 口径.
    """
    expression = kpi.expression(variant)
    return expression.value({name: lookup(name, measures, plan) for name in expression.names})


def lookup(name: str, measures: Values, plan: Values) -> float | None:
    """The value of a formula's name: a measure, or with the prefix 计划 one of the plan."""
    if name.startswith(PLAN) and name != PLAN:
        return plan.get(name.removeprefix(PLAN))
    return measures.get(name)


def achievement(measures: Values, plan: Values) -> dict[str, float | None]:
    """The generic 达成率 (actual ÷ plan) of each measure for which the handbook's users report it."""
    expression = KPIS[GENERIC].expression()
    return {key: expression.value({"实际": measures.get(key), "计划": plan.get(key)}) for key in ACHIEVED}


def kpi_values(
    measures: Values, plan: Values, variants: Mapping[str, str] | None = None
) -> dict[str, Reported]:
    """Every KPI that measures can yield, by key; 达成率 is an object by measure.

    Args:
        measures: actual measures.
        plan: plan measures.
        variants: KPI key → 口径, where it is not the handbook's.
    """
    chosen = variants or {}
    known = set(measures) | {PLAN + key for key in plan} | {PLAN + key for key in measures}
    values: dict[str, Reported] = {}
    for key, kpi in KPIS.items():
        if key == GENERIC:
            values[key] = achievement(measures, plan)
        elif known.issuperset(kpi.expression(chosen.get(key, HANDBOOK)).names):
            values[key] = kpi_value(kpi, measures, plan, chosen.get(key, HANDBOOK))
    return values


def monthly_scale(key: str) -> str:
    """The 口径 on which a KPI is judged over several months: 举绩率 monthly, every other one as it is."""
    return "月度" if "月度" in KPIS[key].variants else HANDBOOK


def grows(key: str) -> bool:
    """Whether a KPI grows as its period goes on: a flow over a stock of people (脱落率), not a flow over a flow (件均保费)."""
    adds = [MEASURES[name].adds for name in KPIS[key].expression().names if name in MEASURES]
    return any(kind in (Adds.AVERAGE, Adds.CLOSING, Adds.OPENING) for kind in adds)
