"""Lists that entries of the templates are chosen from; they stand in the sheet 设置, where a department may change them."""

from __future__ import annotations

from collections.abc import Mapping

GROUPS = "组别"
"""The list that every department has of its own."""

CHOICES: Mapping[str, tuple[str, ...]] = {
    "性别": ("男", "女"),
    "学历": ("初中", "高中", "中专", "大专", "本科", "研究生"),
    "职级": ("业务员", "业务主任", "高级主任", "部经理"),
    "在职状态": ("在职", "离司"),
    "主附险": ("主险", "附加险"),
    "期趸": ("期交", "趸交"),
    "险种类别": ("寿险", "年金险", "两全险", "健康险", "意外险"),
    "业务类型": ("承保", "撤单"),
    "缴费状态": ("已收", "未收"),
    "考勤符号": ("√", "△", "○", "×"),
    "增员来源": ("缘故", "转介绍", "创业说明会", "招聘会", "网络"),
    "增员状态": ("列名单", "已面谈", "已甄选", "待考试", "已入司", "放弃"),
    "状态": ("红", "黄", "绿", "灰"),
    "日历": ("工作日", "调休上班", "周末", "放假"),
    "版本状态": ("草案", "讨论稿", "定稿"),
    "训练": ("职前辅导", "培训班跟进", "险种培训", "准客户开拓训练", "专业化推销流程训练", "工具使用训练", "产能提升训练", "高手交流会", "专题培训"),
}
"""Name of the list → its entries as shipped."""

MARKS: Mapping[str, str] = {"√": "出勤", "△": "迟到", "○": "请假", "×": "缺勤"}
"""Signs of attendance and what they mean."""
