"""附表四 团队周经营追踪表 (domain.md §2.4): one block a week, one row a group."""

from __future__ import annotations

from dataclasses import replace

from zuxun_xl.findings import Level, Rule
from zuxun_xl.forms.appendix1 import RATIO
from zuxun_xl.forms.form import Column, Form, Layout, actual, planned, ratio
from zuxun_xl.forms.records import CODE, GROUP, NAME, REMARK, SERIAL
from zuxun_xl.kpi.measures import MEASURES
from zuxun_xl.units import PEOPLE, PERCENT, YUAN

FOLLOWS = ("FYP", "首年期交", "件数", "举绩人数", "期初人力", "增员人数", "脱落人数", "调入", "调出", "期末人力", "应出勤人次", "出勤人次", "约访", "面谈", "新增准客户")
"""Measures of the form that the records yield, by week."""

RULES = (
    RATIO,
    Rule("V401", Level.WARNING, "周计划合计=月计划", "{group}各周{column}合计{sum}，附表一{month}计划是{plan}，差{gap}。", "调整周计划或在措施栏说明。"),
    Rule("V402", Level.WARNING, "月累计不倒退", "{group}{week}月累计FYP写{shown}，比上一周的{before}少，本周没有撤单，也没有说明。", "核对月累计；有撤单的请在备注里说明。"),
    Rule("V403", Level.ERROR, "月累计举绩人数去重", "{group}{week}月累计举绩人数写{shown}，{problem}。", "同一人当月举绩几次只算一人：不多于各周之和，不少于最多的一周。"),
    Rule("V404", Level.ERROR, "出勤不多于应出勤", "{group}{week}实出勤{present}多于应出勤{due}。", "核对考勤。"),
    Rule("V405", Level.WARNING, "手填周实绩与记录一致", "{group}{week}{column}填的是{shown}，按明细算得{value}，没有改动。", "核对明细；要以明细为准请加 --overwrite。"),
    Rule("V406", Level.ERROR, "周末人力平衡", "{group}{week}期末{closing}，而期初{opening}+增员{joined}+调入{came}−脱落{lost}−调出{went}={bridge}。", "核对这一行的人力。"),
    Rule("V407", Level.ERROR, "期初=上周期末", "{group}{week}期初{opening}，上一周期末是{closing}。", "核对期初或上一周的期末。"),
    Rule("V408", Level.WARNING, "主要问题1—2个", "{group}{week}主要问题写了{count}个。", "只留最要紧的1—2个。"),
    Rule("V409", Level.WARNING, "目标调整有理由", "{group}{week}{column}{shown}，{source}是{before}，没有写理由及依据。", "在调整理由栏写明理由及依据。"),
    Rule("V410", Level.ERROR, "合计行等于各组合计", "{week}合计行{column}写{shown}，各组合计是{sum}。", "核对合计公式。"),
    Rule("V412", Level.ERROR, "周计划是非负数", "{group}{week}{column}写{shown}；计划不能是负数，人数、件数和次数是整数。", "核对这一格。"),
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
        Column("时间进度", "时间进度", PERCENT, ("月时间进度", "时间进度率", "工作日进度")),
        Column("进度差", "进度差", PERCENT, ("达成进度差", "与时间进度差", "进度差异")),
        Column("月累计举绩人数", "月累计举绩人数", PEOPLE, ("累计举绩人数", "本月累计举绩人数", "当月累计举绩人数", "举绩人数月累计", "举绩人数累计", "月累计举绩")),
        Column("月计划FYP", "月计划FYP", YUAN, ("月目标", "月目标FYP", "月FYP目标", "当月目标", "当月计划FYP", "本月目标", "本月计划FYP", "月度目标")),
        Column("原计划FYP", "原周计划FYP", YUAN, ("原计划", "原目标", "调整前计划", "调整前目标", "原周计划", "原周目标", "原目标FYP")),
        Column("下周计划FYP", "下周计划FYP", YUAN, ("下周目标", "下周目标FYP", "下周计划", "下周FYP目标", "下周FYP计划")),
        Column("调整理由", "调整理由及依据", aliases=("调整理由", "理由及依据", "理由", "依据", "调整原因", "任务调整理由", "目标调整理由")),
        Column("主要问题", "主要问题", aliases=("存在问题", "问题")), Column("措施", "改善措施", aliases=("措施", "主要措施", "下周措施", "改善对策", "对策")), REMARK,
    ),
    words=("附表四", "附表4", "周经营", "周追踪", "周计划"), any_of=(("计划FYP", "实际FYP"),), prefixes=("周", "本周", "当周"), identity=("组别", "周次"), rules=RULES,
)

ADDITIVE = tuple(key for key in FOLLOWS if MEASURES[key].adds.name == "FLOW")
"""Measures of which the 合计 row is the sum of the groups' rows."""

PERSONS = Form(
    "附表四个人", "业务员周经营追踪表", Layout.WEEKS,
    (
        SERIAL, replace(GROUP, required=True), CODE, replace(NAME, required=True), Column("周次", "周次", aliases=("周", "周别", "时间")),
        *(planned(key, front="周") for key in ("FYP", "首年期交", "件数", "约访", "面谈", "新增准客户")),
        *(actual(key, front="周", bare=True) for key in ("FYP", "首年期交", "件数", "约访", "面谈", "新增准客户")), REMARK,
    ),
    words=("业务员周", "个人周", "人员周", "周追踪"), any_of=(("计划FYP", "实际FYP"),), prefixes=("周", "本周", "当周"), identity=("姓名", "周次"),
)
"""The same week by week for each person, where a department keeps it; checked against, never filled."""
