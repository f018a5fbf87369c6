"""The columns and rows of our 附表五: base figures, then the KPIs by what they show, each with its 口径."""

from __future__ import annotations

from dataclasses import dataclass

from zuxun_xl.expr import Expression, expression
from zuxun_xl.forms import appendix5
from zuxun_xl.forms.blanks import COMPUTED, Field
from zuxun_xl.kpi.catalogue import ACHIEVED, GENERIC, HANDBOOK, KPIS, Kpi
from zuxun_xl.kpi.measures import MEASURES
from zuxun_xl.units import PERCENT, Unit

LABELS = (Field("类别", COMPUTED, width=10), Field("指标", COMPUTED, width=17), Field("单位", COMPUTED, width=7), Field("口径", COMPUTED, width=28))
BEHIND = (
    Field(appendix5.PLAN, COMPUTED, width=11), Field(appendix5.PRIOR, "公", width=11), Field(appendix5.STATE, "训", width=7, choices="状态"),
    Field(appendix5.PROBLEM, "训", width=18), Field(appendix5.REMEDY, "训", width=24), Field("责任人", "主", width=9), Field("完成时限", "主", width=11),
)
"""Columns before those of the groups, and behind them."""

BASIC = "基础数据"
AUXILIARY = "辅助指标"
_PURPOSES = ("业绩趋势", "核心技能", "基础工作质量", "改革成效")
_PLAN = "计划"


@dataclass(frozen=True, slots=True)
class Indicator:
    """A row of 附表五.

    Attributes:
        key: as ``appendix5.indicator`` knows it.
        name: as it is shown.
        kind: the block it stands in.
        unit: its unit.
        meaning: how it is reckoned.
        formula: over the figures of the same column; ``None`` for what is entered.
        planned: the formula of its plan over planned figures; ``None`` where the plan follows otherwise.
    """

    key: str
    name: str
    kind: str
    unit: Unit
    meaning: str
    formula: Expression | None = None
    planned: Expression | None = None


def indicators() -> tuple[Indicator, ...]:
    """All rows in order."""
    rows = [_ratio(kpi) for kpi in KPIS.values() if kpi.key != GENERIC]
    rows += [_attained(measure) for measure in ACHIEVED]
    blocks = [row for kind in (*_PURPOSES, AUXILIARY) for row in rows if row.kind == kind]
    needed = {name.removeprefix(_PLAN) for row in blocks if row.formula for name in row.formula.names}
    basic = [Indicator(key, key, BASIC, m.unit, m.meaning) for key, m in MEASURES.items() if key in needed]
    return (*basic, *blocks)


def _ratio(kpi: Kpi) -> Indicator:
    formula = kpi.monthly() if all(_plain(name) in MEASURES for name in kpi.monthly().names) else None
    attains = any(name.startswith(_PLAN) for name in kpi.monthly().names)
    kind = AUXILIARY if kpi.auxiliary else kpi.purpose
    meaning = f"{HANDBOOK}：{kpi.formula.replace(' ', '')}" + (f"（{kpi.unavailable}）" if kpi.unavailable else "")
    return Indicator(kpi.key, kpi.key, kind, kpi.unit, meaning, formula, None if attains else formula)


def _attained(measure: str) -> Indicator:
    return Indicator(
        f"{GENERIC}:{measure}", f"{GENERIC}（{measure}）", KPIS[GENERIC].purpose, PERCENT, f"{HANDBOOK}：实际/计划",
        expression(f"{measure} / {_PLAN}{measure}"),
    )


def _plain(name: str) -> str:
    return name.removeprefix(_PLAN)


