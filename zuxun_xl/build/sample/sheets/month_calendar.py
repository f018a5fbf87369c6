"""附表六: the September calendar of the department, filled in up to the third week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zuxun_xl.build.sample.days import RUNNING_MONTH, WEEKDAY_NAMES, day_kind, days, is_workday, month

if TYPE_CHECKING:
    from datetime import date

    from zuxun_xl.build.sample.model import Department
    from zuxun_xl.build.sample.sheets.look import Band
    from zuxun_xl.build.sample.sheets.page import Page

NAME = "附表六行事历"
_TOP = 3
_HEADINGS = (
    "日期",
    "星期",
    "日历",
    "早会主持",
    "专题题目",
    "专题主讲",
    "信息窗口",
    "开心一刻",
    "政令宣达",
    "二早重点",
    "会议与训练",
    "备注",
)
_WIDTHS = (11, 7, 10, 10, 24, 10, 12, 11, 16, 14, 22, 12)
_FILLED_UNTIL = 20
_TOPICS = {
    1: "重疾理念沟通三步曲",
    3: "转介绍话术通关",
    8: "教师节客户经营",
    10: "年金产品优势解读",
    15: "小额保单如何加保",
    17: "面谈记录怎么写",
}
_WINDOW, _FUN, _NOTICE = "行业动态", "手指操", "九月竞赛方案"
_MEETINGS = {4: "周经营分析会15:30", 11: "周经营分析会15:30", 14: "新人班开班", 18: "周经营分析会15:30", 30: "月度经营总结会"}
_FRIDAY = 4


def write(page: Page, department: Department) -> None:
    """Write the sheet."""
    last = len(_HEADINGS) - 1
    page.title(0, 0, last, "附表六　2026年9月行事历", "经营主题：金秋九月 人人举绩　　口号：秋实满仓，件件都香　　编制：组训")
    page.head(_TOP, 0, _HEADINGS)
    page.widths(0, _WIDTHS)
    leaders = [agent.name for agent in department.agents if agent.rank == "营业组经理"]
    for row, day in enumerate(days(month(RUNNING_MONTH)), _TOP + 1):
        _day_row(page, row, day, leaders)
    page.sheet.freeze_panes(_TOP + 1, 1)
    page.paper()


def _day_row(page: Page, row: int, day: date, leaders: list[str]) -> None:
    band: Band = "" if is_workday(day) else "sub"
    page.put(row, 0, day, "day_date", band)
    for col, text in enumerate((WEEKDAY_NAMES[day.weekday()], day_kind(day), *_agenda(day, leaders)), 1):
        page.put(row, col, text or None, "center" if col != 4 else "text", band)  # noqa: PLR2004


def _agenda(day: date, leaders: list[str]) -> tuple[str, ...]:
    """Host, topic, speaker, 信息窗口, 开心一刻, 政令宣达, second morning, meetings, remark."""
    meeting = _MEETINGS.get(day.day, "")
    if not is_workday(day) or day.day > _FILLED_UNTIL:
        return ("", "", "", "", "", "", "", meeting, "")
    weekday = day.weekday()
    topic = _TOPICS.get(day.day, "")
    return (
        leaders[day.day % len(leaders)],
        topic,
        leaders[(day.day + 1) % len(leaders)] if topic else "",
        _WINDOW if weekday in {0, 2} else "",
        _FUN if weekday in {1, 3} else "",
        _NOTICE if weekday in {0, 2, _FRIDAY} else "",
        "约访通关" if weekday % 2 else "日志检查",
        meeting,
        "",
    )
