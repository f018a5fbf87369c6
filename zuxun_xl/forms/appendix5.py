"""附表五 阶段KPI分析表 (domain.md §2.5): one row an indicator, one column a group."""

from __future__ import annotations

import re
from functools import cache

from zuxun_xl.findings import Level, Rule
from zuxun_xl.forms.form import Column, Form, Layout, fold
from zuxun_xl.forms.records import REMARK, SERIAL
from zuxun_xl.kpi.catalogue import ACHIEVED, GENERIC, KPIS
from zuxun_xl.kpi.measures import MEASURES

PLAN, PRIOR, STATE, PROBLEM, REMEDY = "计划基准", "上期值", "状态", "存在问题", "改善措施"

OWN_VALUE = re.compile(r"本期(?:值|实绩|实际|数)?|实际值|实际|实绩")
"""Heading of the figures in a form that is one group's alone."""

RULES = (
    Rule("V501", Level.NOTE, "比率写明分子分母", "{kpi}{problem}。", "写出分子和分母，让比率有据可查。"),
    Rule("V502", Level.WARNING, "手填指标与记录一致", "{group}{kpi}填的是{shown}，按明细算得{value}，没有改动。", "核对明细；要以明细为准请加 --overwrite。"),
    Rule("V503", Level.ERROR, "全部的比率由合计数算", "全部{kpi}写{shown}，是各组比率的平均，按合计数应是{value}。", "比率不能平均，用全部的合计数相除。"),
    Rule("V504", Level.WARNING, "指标相互勾稽", "{group}{kpi}写{shown}，{factors}却是{product}。", "核对这几个指标和口径。"),
    Rule("V505", Level.WARNING, "上期值与存档一致", "{kpi}上期值写{shown}，“{sheet_before}”（{period}）的全部是{value}。", "核对两张表；上期后来有更正的，请在备注里说明。"),
    Rule("V506", Level.WARNING, "两期口径相同", "{kpi}{now}口径是“{own}”，{period}是“{other}”，不可比。", "统一口径后再比较，或注明“不可比”。"),
    Rule("V507", Level.WARNING, "红的指标有措施、责任人、时限", "{subject}判为红，没有写{missing}。", "选一条速查表的措施，落实责任人和完成时限。"),
    Rule("V508", Level.WARNING, "措施编号在速查表里", "速查表里没有编号{ids}。", "核对编号；自拟的措施不必写编号。"),
    Rule("V510", Level.NOTE, "指标可辨", "指标“{kpi}”不在指标库里，没有填写。", "改用手册的指标名称。"),
)

FORM = Form(
    "附表五", "阶段KPI分析表", Layout.KPIS,
    (
        SERIAL, Column("类别", "类别", aliases=("指标类别", "分类", "指标类型", "类型")),
        Column("指标", "指标", aliases=("指标名称", "KPI", "KPI指标", "项目", "分析指标", "KPI名称", "KPI项目"), required=True), Column("单位", "单位", aliases=("计量单位",)),
        Column("口径", "口径", aliases=("计算口径", "公式", "口径说明", "统计口径")), Column("分子", "分子"), Column("分母", "分母"), Column(PLAN, "计划/基准", aliases=("计划", "基准", "基准值", "目标值", "计划值", "目标", "计划基准值")),
        Column(PRIOR, "上期值", aliases=("上期", "上月", "上期数", "上月值", "上期实绩")), Column(STATE, "状态", aliases=("指标状态", "预警", "判断")),
        Column(PROBLEM, "存在问题", aliases=("问题", "主要问题", "触发问题")), Column(REMEDY, "改善措施", aliases=("措施", "改进措施", "主要措施", "改善对策", "对策")),
        Column("责任人", "责任人", aliases=("负责人",)), Column("完成时限", "完成时限", aliases=("时限", "完成时间", "完成日期", "期限", "完成期限")), REMARK,
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
