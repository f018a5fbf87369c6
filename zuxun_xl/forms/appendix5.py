"""附表五 阶段KPI分析表 (domain.md §2.5): one row an indicator, one column a group."""

from __future__ import annotations

from functools import cache

from zuxun_xl.findings import Level, Rule
from zuxun_xl.forms.form import Column, Form, Layout, fold
from zuxun_xl.forms.records import REMARK, SERIAL
from zuxun_xl.kpi.catalogue import ACHIEVED, GENERIC, KPIS
from zuxun_xl.kpi.measures import MEASURES

PLAN, PRIOR, STATE, PROBLEM, REMEDY = "计划基准", "上期值", "状态", "存在问题", "改善措施"

RULES = (
    Rule("V502", Level.WARNING, "手填指标与记录一致", "{group}{kpi}填的是{shown}，按明细算得{value}，没有改动。", "核对明细；要以明细为准请加 --overwrite。"),
    Rule("V510", Level.NOTE, "指标可辨", "指标“{kpi}”不在指标库里，没有填写。", "改用手册的指标名称。"),
)

FORM = Form(
    "附表五", "阶段KPI分析表", Layout.KPIS,
    (
        SERIAL, Column("类别", "类别", aliases=("指标类别", "分类", "指标类型", "类型")),
        Column("指标", "指标", aliases=("指标名称", "KPI", "KPI指标", "项目", "分析指标", "KPI名称", "KPI项目"), required=True), Column("单位", "单位", aliases=("计量单位",)),
        Column("口径", "口径", aliases=("计算口径", "公式")), Column(PLAN, "计划/基准", aliases=("计划", "基准", "基准值", "目标值", "计划值", "目标", "计划基准值")),
        Column(PRIOR, "上期值", aliases=("上期", "上月", "上期数", "上月值", "上期实绩")), Column(STATE, "状态", aliases=("指标状态", "预警", "判断")),
        Column(PROBLEM, "存在问题", aliases=("问题", "主要问题", "触发问题")), Column(REMEDY, "改善措施", aliases=("措施", "改进措施", "主要措施", "改善对策", "对策")), REMARK,
    ),
    words=("附表五", "附表5", "KPI分析", "阶段KPI", "KPI"), rules=RULES,
)


@cache
def _indicators() -> dict[str, str]:
    names: dict[str, str] = {}
    for key in (*MEASURES, *KPIS):
        aliases = MEASURES[key].aliases if key in MEASURES else KPIS[key].aliases
        for name in (key, *aliases):
            names.setdefault(fold(name)[0], key)
    names |= {fold(f"{measure}达成率")[0]: f"{GENERIC}:{measure}" for measure in ACHIEVED}
    return names


def indicator(text: str) -> str | None:
    """Catalogue key of an indicator's name in a form; ``达成率:件数`` for 达成率（件数）; ``None`` if unknown.

    A remark in brackets is passed over where the rest is known: 学历比率（大专及以上）.
    """
    names = _indicators()
    folded = fold(text)[0]
    if folded in names:
        return names[folded]
    base, _, inner = folded.partition("(")
    inner = inner.rstrip(")")
    if names.get(base) == GENERIC and names.get(inner) in ACHIEVED:
        return f"{GENERIC}:{names[inner]}"
    return names.get(base) or names.get(inner)
