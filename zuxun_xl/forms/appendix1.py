"""附表一 团队年、季、月度业绩经营计划表 (domain.md §2.1)."""

from __future__ import annotations

from zuxun_xl.findings import Level, Rule
from zuxun_xl.forms.form import Column, Form, Layout, actual, planned, ratio
from zuxun_xl.forms.records import GROUP, REMARK, SERIAL
from zuxun_xl.units import PEOPLE, PERCENT, YUAN, YUAN_PER_CASE

PERIOD = Column("月份", "月份", aliases=("月度", "期间", "月", "时间", "年月", "月/季/年", "月季年", "月份季度", "所属期", "统计期间"), required=True)
FOLLOWS = ("举绩人数", "件数", "FYP", "首年期交", "FYC")
"""Measures that are planned and then followed, in the form's order."""
MORE = {"FYP": ("业绩", "保费", "总保费", "新单", "首年度保费收入", "规模保费", "承保保费"), "FYC": ("首佣", "首年度佣金收入"), "件数": ("新契约件数", "新单件"), "举绩人数": ("举绩人", "活动人力", "有效人力", "举绩数")}
"""Names of measures that are plain only in a plan of business."""

RATIO = Rule("V107", Level.ERROR, "比率由合计数重算", "{group}{quarter}{column}写{shown}{looks}，按合计数应是{value}（{top}÷{bottom}）。", "比率不能相加或平均，用合计数相除。")
"""Shared with the other forms that keep ratios beside their figures."""

RULES = (
    Rule("V101", Level.ERROR, "月合计=季小计", "{group}{quarter}{column}写{shown}，三个月合计是{sum}，差{gap}。", "核对小计公式或月计划。"),
    Rule("V102", Level.ERROR, "季合计=全年", "{group}全年{column}写{shown}，十二个月合计是{sum}，差{gap}。", "核对全年公式或月计划。"),
    Rule("V103", Level.ERROR, "各组合计=全部", "{month}全部{column}写{shown}，各组合计是{sum}，差{gap}。", "核对全部行的公式或各组计划。"),
    Rule("V104", Level.ERROR, "期交、FYC不大于FYP", "{group}{month}{column}{value}大于计划FYP {fyp}。", "核对这两个计划数。"),
    Rule("V105", Level.WARNING, "计划不低于公司任务", "{where}{column}{plan}，低于公司下达的任务{task}，差{gap}。", "调整计划，或与公司沟通任务。"),
    Rule("V106", Level.NOTE, "驱动关系成立", "{group}{month}{column}{shown}与{factors}{product}相差超过0.5%。", "在备注里说明差异，或调整计划。"),
    RATIO,
    Rule("V108", Level.WARNING, "每月都有计划", "{group}{month}{column}是空白或0。", "补上计划；确实没有计划的请在备注栏说明。"),
    Rule("V109", Level.NOTE, "个人合计=组计划", "{group}{month}计划FYP为{plan}，附表三个人目标合计{sum}，高出{gap}。", "核对两张表；有意多下达的，可在设置里写明“个人安全系数”。"),
    Rule("V110", Level.WARNING, "手填实绩与记录一致", "{group}{month}{column}填的是{shown}，按明细算得{value}，没有改动。", "核对明细；要以明细为准请加 --overwrite。"),
    Rule("V112", Level.ERROR, "计划是非负数", "{group}{month}{column}写{shown}；计划不能是负数，人数和件数是整数。", "核对这一格。"),
    Rule("V111", Level.ERROR, "计划可读", "{group}{month}{column}“{raw}”{reason}。", "改成数字。"),
)

FORM = Form(
    "附表一", "团队年、季、月度业绩经营计划表", Layout.MONTHS,
    (
        SERIAL, GROUP, PERIOD, Column("主题", "阶段主题", aliases=("经营主题", "业务节点", "阶段主题业务节点")),
        Column("计划平均人力", "计划平均人力", PEOPLE, ("平均人力计划", "计划人力")),
        planned("举绩人数", *MORE["举绩人数"]), Column("计划举绩率", "计划举绩率", PERCENT, ("举绩率计划", "举绩率目标", "目标举绩率"), formula="计划举绩人数 / 计划平均人力"), planned("件数", *MORE["件数"]),
        Column("计划件均保费", "计划件均保费", YUAN_PER_CASE, ("件均保费计划", "计划件均", "件均保费目标", "目标件均"), formula="计划FYP / 计划件数"),
        planned("FYP", *MORE["FYP"], required=True), planned("首年期交"), planned("FYC", *MORE["FYC"]),
        Column("公司任务", "公司下达任务", YUAN, ("公司任务", "公司下达", "公司下达FYP", "公司下达FYP任务", "公司任务FYP", "公司FYP任务", "公司目标", "公司计划", "上级任务", "上级下达", "上级下达任务", "下达任务")),
        Column("上年同期FYP", "上年同期FYP", YUAN, ("去年同期", "上年同期", "同期FYP", "去年同期FYP")), Column("同比", "同比", PERCENT, ("同比增长", "同比增长率")),
        *(actual(key, *MORE.get(key, ())) for key in FOLLOWS),
        ratio("FYP达成率", "实际FYP / 计划FYP", "FYP计划达成率", "达成率", "FYP完成率", "完成率", "保费达成率", "计划达成率"),
        ratio("首年期交达成率", "实际首年期交 / 计划首年期交", "期交达成率", "首年期交保费计划达成率", "期缴达成率", "首年期缴达成率", "期交完成率"),
        ratio("件数达成率", "实际件数 / 计划件数", "件数完成率"),
        Column("措施", "主要措施", aliases=("措施", "工作措施", "主要举措", "重点举措", "经营措施")), Column("责任人", "责任人", aliases=("负责人",)), REMARK,
    ),
    words=("附表一", "附表1", "业绩经营计划", "业绩计划"), identity=("组别", "月份"), rules=RULES,
)
