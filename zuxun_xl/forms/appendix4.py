"""附表四 团队周经营追踪表 (domain.md §2.4): one block a week, one row a group."""

from __future__ import annotations

from zuxun_xl.findings import Level, Rule
from zuxun_xl.forms.form import Column, Form, Layout, actual, planned, ratio
from zuxun_xl.forms.records import REMARK, SERIAL
from zuxun_xl.kpi.measures import MEASURES
from zuxun_xl.units import PERCENT, YUAN

FOLLOWS = ("FYP", "首年期交", "件数", "举绩人数", "期初人力", "增员人数", "脱落人数", "调入", "调出", "期末人力", "应出勤人次", "出勤人次", "约访", "面谈", "新增准客户")
"""Measures of the form that the records yield, by week."""

RULES = (
    Rule("V401", Level.WARNING, "周计划合计=月计划", "{group}各周{column}合计{sum}，附表一{month}计划是{plan}，差{gap}。", "调整周计划或在措施栏说明。"),
    Rule("V404", Level.ERROR, "出勤不多于应出勤", "{group}{week}实出勤{present}多于应出勤{due}。", "核对考勤。"),
    Rule("V405", Level.WARNING, "手填周实绩与记录一致", "{group}{week}{column}填的是{shown}，按明细算得{value}，没有改动。", "核对明细；要以明细为准请加 --overwrite。"),
    Rule("V408", Level.WARNING, "主要问题1—2个", "{group}{week}主要问题写了{count}个。", "只留最要紧的1—2个。"),
    Rule("V410", Level.ERROR, "合计行等于各组合计", "{week}合计行{column}写{shown}，各组合计是{sum}。", "核对合计公式。"),
    Rule("V411", Level.ERROR, "周计划可读", "{group}{week}{column}“{raw}”{reason}。", "改成数字。"),
)


def _weekly(key: str) -> Column:
    """A measure that stands once in the form, under its plain name."""
    return actual(key, front="周", bare=True)


FORM = Form(
    "附表四", "团队周经营追踪表", Layout.WEEKS,
    (
        SERIAL, Column("组别", "组别", aliases=("组", "小组", "营业组", "团队", "组名", "团队/小组", "所属组", "单位"), required=True),
        Column("周次", "周次", aliases=("周", "周别", "时间")),
        *(planned(key, front="周") for key in ("FYP", "首年期交", "件数", "举绩人数", "约访", "面谈", "新增准客户")),
        *(actual(key, front="周") for key in ("FYP", "首年期交", "件数", "举绩人数", "约访", "面谈", "新增准客户")),
        *(_weekly(key) for key in ("期初人力", "增员人数", "脱落人数", "调入", "调出", "期末人力", "应出勤人次", "出勤人次")),
        ratio("FYP达成率", "实际FYP / 计划FYP", "周达成率", "达成率", "FYP计划达成率", "FYP完成率", "周FYP达成率", "本周达成率", "完成率", "周完成率"),
        ratio("出勤率", "实际出勤人次 / 实际应出勤人次"),
        Column("月累计FYP", "月累计FYP", YUAN, ("月累计", "累计FYP", "本月累计FYP", "当月累计FYP", "当月累计", "FYP月累计", "FYP累计", "累计保费"), filled=True),
        Column("月累计达成率", "月累计达成率", PERCENT, ("累计达成率", "月达成率", "累计完成率", "本月累计达成率", "当月累计达成率", "月累计完成率"), filled=True),
        Column("主要问题", "主要问题", aliases=("存在问题", "问题")), Column("措施", "改善措施", aliases=("措施", "主要措施", "下周措施", "改善对策", "对策")), REMARK,
    ),
    words=("附表四", "附表4", "周经营", "周追踪", "周计划"), any_of=(("计划FYP", "实际FYP"),), prefixes=("周", "本周", "当周"), identity=("组别", "周次"), rules=RULES,
)

ADDITIVE = tuple(key for key in FOLLOWS if MEASURES[key].adds.name == "FLOW")
"""Measures of which the 合计 row is the sum of the groups' rows."""
