"""附表六 行事历 (domain.md §2.6): one row a day."""

from __future__ import annotations

from zuxun_xl.findings import Level, Rule
from zuxun_xl.forms.form import Column, Form, Layout
from zuxun_xl.forms.records import REMARK
from zuxun_xl.units import DATE

WEEKLY = {"信息窗口": 2, "开心一刻": 2, "专题": 2, "政令宣达": 3}
"""How often a week the handbook wants each segment of the morning meeting at least."""

RULES = (
    Rule("V601", Level.ERROR, "每天一行", "{problem}。", "每个日期写一行，不重不漏。"),
    Rule("V602", Level.WARNING, "早会环节够次数", "{week}{segment}安排了{held}次，至少要{wanted}次{short}。", "补上这一环节。"),
    Rule("V603", Level.WARNING, "早会有主持、专题有主讲", "{problem}。", "事先落实到人，并与本人沟通。"),
    Rule("V604", Level.WARNING, "同一时间一人一事", "{day}{name}既{first}又{second}。", "换一个人或换一个时间。"),
    Rule("V605", Level.WARNING, "周会每周、月会每月", "{problem}。", "每周至少一次周经营分析会，每月一次月度经营总结会。"),
    Rule("V606", Level.WARNING, "讲师有授权", "{day}{training}：{problem}。", "请公司授权人员（准客户开拓请APS授权讲师）授课；名单写在设置里。"),
    Rule("V607", Level.WARNING, "轮值均衡", "{column}共{total}次，{name}一人{count}次，占{share}，超过{most}。", "让更多的人轮值。"),
    Rule("V608", Level.WARNING, "定稿不再改动", "行事历已定稿，但{problem}。", "定稿前落实；定稿后的改动写明修订日期，并保护工作表。"),
    Rule("V609", Level.ERROR, "星期、假日与日历一致", "{day}写的是“{shown}”，应是{wanted}。", "核对日期；本单位另定的放假日、上班日写在设置里。"),
)

FORM = Form(
    "附表六", "行事历", Layout.RECORDS,
    (
        Column("日期", "日期", DATE, required=True), Column("星期", "星期", aliases=("周",), required=True), Column("日历", "工作日/假/调休", aliases=("日历", "工作日", "节假日", "工作日/休息日", "日期性质")),
        Column("主持人", "早会主持人", aliases=("主持人", "主持", "早会主持")), Column("专题", "专题题目", aliases=("专题", "专题时间")),
        Column("主讲人", "专题主讲人", aliases=("主讲人", "主讲", "专题主讲")), Column("信息窗口", "信息窗口"), Column("政令宣达", "政令宣达"), Column("开心一刻", "开心一刻"),
        Column("二早重点", "二早重点", aliases=("二早",)), Column("会议", "教育训练/会议", aliases=("会议", "会议培训", "会议与训练", "培训会议", "会议安排")),
        Column("训练", "培训", aliases=("训练", "教育训练", "教育培训", "培训安排", "培训(九类)")), Column("讲师", "培训讲师", aliases=("讲师", "训练讲师", "授课人", "授课讲师")),
        Column("授权", "讲师授权", aliases=("授权", "是否授权", "授权情况", "授权证号")), Column("重要行事", "重要行事", aliases=("重要事项",)), REMARK,
    ),
    words=("附表六", "附表6", "行事历"), any_of=(("主持人", "专题", "重要行事"),), rules=RULES,
)
