"""附表二 团队年、季、月度人力目标经营计划表 (domain.md §2.2)."""

from __future__ import annotations

from zuxun_xl.findings import Level, Rule
from zuxun_xl.forms.appendix1 import PERIOD, RATIO
from zuxun_xl.forms.form import Column, Form, Layout, actual, planned
from zuxun_xl.forms.records import GROUP, REMARK, SERIAL
from zuxun_xl.units import DATE, PEOPLE, PERCENT

FLOWS = ("增员人数", "脱落人数", "调入", "调出")
FOLLOWS = ("期初人力", "增员人数", "脱落人数", "调入", "调出", "期末人力")
MORE = {"增员人数": ("增员数", "新增", "新增人力数", "招募", "招募人数", "入司"), "脱落人数": ("脱落数", "离司", "流失", "离职人数", "减少人力")}
"""Names of measures that are plain only in a plan of people."""
BRIDGE = "实际期初人力 + 实际增员人数 + 实际调入 - 实际脱落人数 - 实际调出"

RULES = (
    RATIO,
    Rule("V201", Level.ERROR, "人力平衡", "{group}{month}期末{closing}，而期初{opening}+增员{joined}+调入{came}−脱落{lost}−调出{went}={bridge}。", "核对这一行的人力。"),
    Rule("V202", Level.ERROR, "期初=上月期末", "{group}{month}期初{opening}，上月期末是{closing}。", "核对期初或上月期末。"),
    Rule("V203", Level.ERROR, "季、年人力由月推出", "{group}{quarter}{column}写{shown}，按各月应是{sum}。", "期初取首月，期末取末月，增员和脱落取合计。"),
    Rule("V204", Level.ERROR, "各组合计=全部", "{month}全部{column}写{shown}，各组合计是{sum}。", "核对全部行或各组人力。"),
    Rule("V205", Level.ERROR, "人力是非负整数", "{group}{month}{column}{value}不是非负整数。", "改成整数。"),
    Rule("V206", Level.WARNING, "手填人力与花名册一致", "{group}{month}{column}填的是{shown}，按花名册是{value}，没有改动。", "核对花名册；要以花名册为准请加 --overwrite。"),
    Rule("V207", Level.WARNING, "当期进出的人各计一次", "{group}{month}{column}填{shown}，按花名册是{value}：{people}在期间内又入又离，增员、脱落都要各计一次。", "按人核对增员和脱落。"),
    Rule("V208", Level.WARNING, "有增员就有开班", "{group}{month}计划增员{joined}人，但没有新人班开班日。", "补上开班日或调整增员计划。"),
    Rule("V209", Level.WARNING, "文字与净增一致", "{group}{month}写着“{word}”，计划净增却是{net}人。", "改正计划人力或这段文字。"),
    Rule("V211", Level.ERROR, "计划可读", "{group}{month}{column}“{raw}”{reason}。", "改成数字。"),
    Rule("V212", Level.WARNING, "开班日在当月", "{group}{month}的新人班开班日是{day}。", "核对开班日。"),
)

FORM = Form(
    "附表二", "团队年、季、月度人力目标经营计划表", Layout.MONTHS,
    (
        SERIAL, GROUP, PERIOD, planned("期初人力", "月初人数", "初期人力"), planned("增员人数", *MORE["增员人数"], required=True), planned("调入"), planned("调出"), planned("脱落人数", *MORE["脱落人数"]),
        planned("期末人力", "月末人数"), Column("计划净增", "计划净增", PEOPLE, ("净增计划", "净增目标")), Column("计划平均人力", "计划平均人力", PEOPLE, ("平均人力计划", "平均人力目标")),
        Column("计划增员率", "计划增员率", PERCENT, ("增员率目标", "增员率计划"), formula="计划增员人数 / 计划平均人力"), Column("计划脱落率", "计划脱落率", PERCENT, ("脱落率目标", "脱落率计划"), formula="计划脱落人数 / 计划平均人力"),
        *(actual(key, *MORE.get(key, ()), formula=BRIDGE if key == "期末人力" else "") for key in FOLLOWS),
        Column("开班日", "新人班开班日", DATE, ("开班日期", "新人班日期", "新人班", "新人班/考试日期", "开班", "新人班开班日期", "新人班开班")),
        Column("活动", "增员活动安排", aliases=("增员活动", "增员举措", "活动安排")), REMARK,
    ),
    words=("附表二", "附表2", "人力目标", "人力计划", "人力经营计划"), identity=("组别", "月份"), rules=RULES,
)
