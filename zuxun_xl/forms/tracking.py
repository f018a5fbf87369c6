"""Blanks of the forms that are kept through the month: 附表四 week by week, 附表六 day by day."""

from __future__ import annotations

from zuxun_xl.forms import appendix2, appendix4, appendix6
from zuxun_xl.forms.blanks import COMPUTED, Blank, Field

MONTH_PLAN, CUMULATED, PROGRESS = "月计划FYP", "月累计FYP", "时间进度"
"""Columns of 附表四 that follow from other sheets and other weeks."""

_COUNT, _RATE, _MONEY, _TEXT = 5.5, 7.0, 9.0, 14.0

WEEKS = Blank(
    appendix4.FORM, (Field("组别", COMPUTED, width=9),),
    (
        Field("实际期初人力", "公", width=_COUNT), Field("实际增员人数", "公", width=_COUNT), Field("实际脱落人数", "公", width=_COUNT),
        Field("实际调入", "公", width=_COUNT), Field("实际调出", "公", width=_COUNT),
        Field("实际期末人力", COMPUTED, appendix2.BRIDGE, needs=("实际期初人力",), width=_COUNT),
        Field("计划FYP", "主", width=_MONEY, help="各周合计应等于附表一的月计划（V401）。"), Field("实际FYP", "公", width=_MONEY),
        Field("FYP达成率", COMPUTED, "实际FYP / 计划FYP", width=_RATE),
        Field("计划首年期交", "主", width=_MONEY), Field("实际首年期交", "公", width=_MONEY),
        Field("计划件数", "主", width=_COUNT), Field("实际件数", "公", width=_COUNT),
        Field("计划举绩人数", "主", width=_COUNT), Field("实际举绩人数", "公", width=_COUNT),
        Field(MONTH_PLAN, COMPUTED, width=_MONEY), Field(CUMULATED, COMPUTED, width=_MONEY),
        Field("月累计达成率", COMPUTED, f"{CUMULATED} / {MONTH_PLAN}", width=_RATE), Field(PROGRESS, COMPUTED, width=_RATE),
        Field("进度差", COMPUTED, f"月累计达成率 - {PROGRESS}", width=_RATE),
        Field("月累计举绩人数", "训", width=_COUNT, help="当月去重：同一人举绩几周只算一人（V403）。"),
        Field("实际应出勤人次", "公", width=_COUNT), Field("实际出勤人次", "公", width=_COUNT),
        Field("出勤率", COMPUTED, "实际出勤人次 / 实际应出勤人次", width=_RATE),
        Field("计划约访", "主", width=_COUNT), Field("实际约访", "公", width=_COUNT), Field("计划面谈", "主", width=_COUNT),
        Field("实际面谈", "公", width=_COUNT), Field("计划新增准客户", "主", width=_COUNT), Field("实际新增准客户", "公", width=_COUNT),
    ),
    (),
    (
        Field("主要问题", "主", width=_TEXT, help="只写最要紧的1—2个（V408）。"), Field("措施", "主", width=_TEXT),
        Field("原计划FYP", "主", width=_MONEY, help="调整了周目标的，写调整前的数。"), Field("下周计划FYP", "负", width=_MONEY),
        Field("调整理由", "负", width=10, help="改了目标就要写理由及依据（V409）。"), Field("备注", "主", width=8),
    ),
)

AGENDA = Blank(
    appendix6.FORM, (Field("日期", COMPUTED, width=11), Field("星期", COMPUTED, width=8)),
    (
        Field("日历", "训", width=10, choices="日历", help="本单位另有安排的可以改；放假、上班日也写进“设置”。"),
        Field("主持人", "训", width=10, help="工作日都要有主持人（V603）。"), Field("专题", "训", width=20, help="每周至少2次，写明题目（V602）。"),
        Field("主讲人", "训", width=10, help="有专题就要有主讲人（V603）。"), Field("信息窗口", "训", width=12, help="每周至少2次。"),
        Field("政令宣达", "训", width=12, help="每周至少3次。"), Field("开心一刻", "训", width=12, help="每周至少2次。"),
        Field("二早重点", "主", width=14), Field("会议", "训", width=16, help="周经营分析会每周一次，月度经营总结会每月一次（V605）。"),
        Field("训练", "训", width=12, choices="训练"), Field("讲师", "训", width=10), Field("授权", "训", width=8, help="险种培训、准客户开拓训练的讲师要有授权（V606）。"),
        Field("重要行事", "训", width=18, help="考试、开班、考核、竞赛节点等。"), Field("备注", "训", width=12),
    ),
)
