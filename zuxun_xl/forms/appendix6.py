"""附表六 行事历 (domain.md §2.6): one row a day."""

from __future__ import annotations

from zuxun_xl.forms.form import Column, Form, Layout
from zuxun_xl.forms.records import REMARK
from zuxun_xl.units import DATE

FORM = Form(
    "附表六", "行事历", Layout.RECORDS,
    (
        Column("日期", "日期", DATE, required=True), Column("星期", "星期", aliases=("周",), required=True), Column("日历", "工作日/假/调休", aliases=("日历", "工作日", "节假日")),
        Column("主持人", "早会主持人", aliases=("主持人", "主持", "早会主持")), Column("专题", "专题题目", aliases=("专题", "专题时间")),
        Column("主讲人", "专题主讲人", aliases=("主讲人", "主讲", "专题主讲")), Column("信息窗口", "信息窗口"), Column("政令宣达", "政令宣达"), Column("开心一刻", "开心一刻"),
        Column("二早重点", "二早重点", aliases=("二早",)), Column("会议", "教育训练/会议", aliases=("会议", "教育训练", "培训", "会议培训", "会议与训练", "培训会议")), Column("重要行事", "重要行事", aliases=("重要事项",)), REMARK,
    ),
    words=("附表六", "附表6", "行事历"), any_of=(("主持人", "专题", "重要行事"),),
)
