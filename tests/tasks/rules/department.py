"""A department of five people with all six forms, small enough to be read: every rule is tested on it, one broken cell at a time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tests.tasks.restyle import House, Row
from zuxun_xl.cells import parse_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from zuxun_xl.findings import Finding

_GROUPS = ("甲组", "乙组", "全部")
_QUARTERS = ("一季度小计", "二季度小计", "三季度小计", "四季度小计")

ROSTER: list[Row] = [
    ["工号", "姓名", "组别", "职级", "入司日期", "离司日期"],
    ["530100001", "张一", "甲组", "营业组经理", date(2020, 1, 6), None],
    ["530100002", "李二", "甲组", "业务员", date(2021, 3, 1), None],
    ["530100003", "孙三", "甲组", "业务员", date(2026, 3, 2), date(2026, 3, 20)],
    ["530100004", "赵四", "乙组", "营业组经理", date(2020, 2, 3), None],
    ["530100005", "钱五", "乙组", "业务员", date(2022, 5, 9), None],
]

_POLICY_HEADS: Row = ["承保日期", "保单号", "工号", "主险/附加险", "期交/趸交", "首年保费", "佣金率"]
_POLICY_DAYS = [date(2026, 1, 12) + timedelta(days=7 * week) for week in range(12)]


def _policies() -> list[Row]:
    """A policy a week of 4,000 to 6,000 元, from each of the four who stay in turn; the last on 2026-03-30."""
    people = [row for row in ROSTER[1:] if row[5] is None]
    return [
        _POLICY_HEADS,
        *([day, f"26ZX{n:04}", people[n % 4][0], "主险", "期交", 4000.0 + 1000.0 * (n % 3), 0.3] for n, day in enumerate(_POLICY_DAYS)),
    ]


def _months(value: Callable[[int], float], *, closes: bool = False) -> list[float]:
    """Seventeen figures of a year: the months with their quarters and the year, summed up (or as of their last month)."""
    figures: list[float] = []
    for quarter in range(4):
        own = [value(quarter * 3 + n) for n in (1, 2, 3)]
        figures += [*own, own[-1] if closes else sum(own)]
    return [*figures, figures[-1] if closes else sum(figures[3::4])]


_PERIODS = [
    *(label for quarter in range(4) for label in (*(f"{quarter * 3 + n}月" for n in (1, 2, 3)), _QUARTERS[quarter])),
    "全年合计",
]


def _production() -> list[Row]:
    """Row 4 is 甲组's January, 7 its first quarter, 20 its year; 乙组 begins in 21, 全部 in 38; 55 is the company's task."""
    cases = _months(lambda n: 4.0 if n == 2 else 2.0)
    fyp = _months(lambda n: 24000.0 if n == 2 else 10000.0)
    heads = [
        "组别", "月份", "计划平均人力", "计划举绩人数", "计划举绩率", "计划件数",
        "计划件均保费", "计划FYP", "计划首年期交", "计划FYC", "公司下达任务", "备注",
        "实际FYP", "FYP达成率",
    ]
    rows: list[Row] = [["附表一  团队年、季、月度业绩经营计划表（2026年）"], ["公司下达全年FYP任务20万元    单位：元"], heads]
    for group, times in zip(_GROUPS, (1, 1, 2), strict=True):
        for place, period in enumerate(_PERIODS):
            first, last = _months_of(period)
            count = last - first + 1.0
            rows.append([
                group, period, 2.0 * times, 1.0 * times * count, 0.5, cases[place] * times, round(fyp[place] / cases[place], 2),
                fyp[place] * times, fyp[place] * times * 0.8, fyp[place] * times * 0.2, fyp[place] * times * 0.9, None, None, None,
            ])
    return [*rows, ["公司下达", "全年合计", *(None,) * 5, 260000.0]]


def _people() -> list[Row]:
    """The same rows; actual figures for the first quarter of 甲组 and 乙组, whose headcount the roster confirms."""
    heads = [
        "组别", "月份", "计划期初人力", "计划增员", "计划脱落", "计划期末人力", "计划平均人力", "计划增员率",
        "实际期初人力", "实际增员", "实际脱落", "实际期末人力",
        "新人班开班日", "增员活动安排",
    ]
    rows: list[Row] = [["附表二  团队年、季、月度人力目标经营计划表（2026年）"], ["单位：人"], heads]
    joined = _months(lambda n: 1.0 if n in (2, 3) else 0.0)
    lost = _months(lambda n: 1.0 if n == 3 else 0.0)
    for group, times in zip(_GROUPS, (1, 1, 2), strict=True):
        closing = [(3.0 if month > 1 else 2.0) * times for month in range(1, 13)]
        for place, period in enumerate(_PERIODS):
            first, last = _months_of(period)
            opening = ([2.0 * times, *closing])[first - 1]
            ends = [(a + b) / 2 for a, b in zip([2.0 * times, *closing], closing, strict=False)][first - 1 : last]
            average = sum(ends) / len(ends)
            rows.append([
                group, period, opening, joined[place] * times, lost[place] * times, closing[last - 1], average,
                joined[place] * times / average, None, None, None, None, date(2026, first, 9) if first == last else None, None,
            ])
    for row in (4, 5):
        rows[row - 1][8:12] = [2.0, 0.0, 0.0, 2.0]
    rows[6 - 1][8:12] = [2.0, 1.0, 1.0, 2.0]
    return rows


def _months_of(period: str) -> tuple[int, int]:
    """First and last month of a label."""
    if period in _QUARTERS:
        first = _QUARTERS.index(period) * 3 + 1
        return first, first + 2
    return (1, 12) if period == "全年合计" else (int(period[:-1]),) * 2


def _targets() -> list[Row]:
    """Four people whose targets are half of their group's plan each."""
    months = [f"{n}月" for n in range(1, 13)]
    heads: Row = [
        "组别", "工号", "姓名", "全年FYP目标", *months, "一季度", "全年FYC目标", "约访目标", "面谈目标", "全年件数目标",
    ]
    monthly = [12000.0 if n == 2 else 5000.0 for n in range(1, 13)]
    rows: list[Row] = [["附表三  个人年、季、月度目标计划表（2026年 FYP）"], ["单位：元"], heads]
    stayed = [row for row in ROSTER[1:] if row[5] is None]
    aims: Row = [sum(monthly), *monthly, sum(monthly[:3]), 20000.0, 600.0, 300.0, 13.0]
    return [*rows, *([row[2], row[0], row[1], *aims] for row in stayed)]


_WEEK_HEADS: Row = [
    "组别", "周计划FYP", "周实际FYP", "FYP达成率", "实际件数", "实际举绩人数", "期初人力", "增员", "脱落", "期末人力",
    "应出勤人次", "实出勤人次",
    "月累计FYP", "月累计举绩人数", "下周目标", "调整理由及依据", "主要问题", "备注",
]


def _weeks() -> list[Row]:
    """Four weeks of April, after the last record: each block is a title, headings, 甲组, 乙组 and 合计 (甲组 in rows 5, 10, 15, 20)."""
    rows: list[Row] = [["附表四  团队周经营追踪表（2026年4月）"], ["单位：元"]]
    for number, (first, last) in enumerate(((1, 5), (6, 12), (13, 19), (20, 30)), start=1):
        rows += [[f"第{number}周（4月{first}日—4月{last}日）"], _WEEK_HEADS]
        group: Row = [2500.0, 2000.0, 0.8, 1.0, 1.0, 2.0, 0.0, 0.0, 2.0, 10.0, 8.0, 2000.0 * number, 1.0, 2500.0, None, "拜访少", None]
        whole: Row = [5000.0, 4000.0, 0.8, 2.0, 2.0, 4.0, 0.0, 0.0, 4.0, 20.0, 16.0, 4000.0 * number, 2.0, 5000.0, None, None, None]
        rows += [["甲组", *group], ["乙组", *group], ["合计", *whole]]
    return rows


def _persons() -> list[Row]:
    """The first week of April, person by person."""
    return [
        ["业务员周经营追踪表（2026年4月）"], ["单位：元"], ["第1周（4月1日—4月5日）"], ["组别", "姓名", "实际FYP", "实际件数"],
        ["甲组", "张一", 2000.0, 1.0], ["甲组", "李二", 0.0, 0.0], ["乙组", "赵四", 2000.0, 1.0], ["乙组", "钱五", 0.0, 0.0],
    ]


_INDICATORS: dict[str, tuple[Row, float, str]] = {
    "FYP": ([10000.0, 16000.0, 26000.0], 19000.0, "元"),
    "件数": ([2.0, 3.0, 5.0], 4.0, "件"),
    "举绩人数": ([2.0, 2.0, 4.0], 4.0, "人"),
    "期初人力": ([2.0, 2.0, 4.0], 4.0, "人"),
    "期末人力": ([2.0, 2.0, 4.0], 4.0, "人"),
    "增员人数": ([1.0, 0.0, 1.0], 0.0, "人"),
    "脱落人数": ([1.0, 0.0, 1.0], 0.0, "人"),
    "举绩率": ([1.0, 1.0, 1.0], 1.0, "%"),
    "件均保费": ([5000.0, 5333.33, 5200.0], 4750.0, "元/件"),
    "人均件数": ([1.0, 1.5, 1.25], 1.0, "件/人"),
    "增员率": ([0.5, 0.0, 0.25], 0.0, "%"),
}
"""What the records say of March in 甲组, 乙组 and 全部, and of 全部 in February."""

_DIVIDED = {"举绩率": (4.0, 4.0), "件均保费": (26000.0, 5.0), "人均件数": (5.0, 4.0), "增员率": (1.0, 4.0)}


def _stage() -> list[Row]:
    """March by indicators in rows 4 to 14: F to H hold 甲组, 乙组 and 全部, I the month before."""
    heads: Row = [
        "指标", "单位", "口径", "分子", "分母", "甲组", "乙组", "全部", "上期值", "状态", "改善措施", "责任人", "完成时限",
    ]
    rows: list[Row] = [["附表五  阶段KPI分析表（2026年3月）"], ["阶段：2026年3月"], heads]
    for name, (figures, prior, unit) in _INDICATORS.items():
        red = name == "件均保费"
        done: Row = ["红", "JB-M1 见速查表", "赵四", "4月15日"] if red else [None] * 4
        rows.append([name, unit, "手册", *_DIVIDED.get(name, (None, None)), *figures, prior, *done])
    return rows


def _stage_before() -> list[Row]:
    """February as it was archived: C to E hold 甲组, 乙组 and 全部 in rows 4 to 9."""
    figures: dict[str, Row] = {
        "FYP": [11000.0, 8000.0, 19000.0], "平均人力": [2.0, 2.0, 4.0], "举绩率": [1.0, 1.0, 1.0], "有效人均件数": [1.0, 1.0, 1.0],
        "件均保费": [5500.0, 4000.0, 4750.0], "人均件数": [1.0, 1.0, 1.0], "人均产能": [5500.0, 4000.0, 4750.0],
    }
    rows: list[Row] = [["附表五  阶段KPI分析表（2026年2月）"], ["阶段：2026年2月"]]
    rows += [["指标", "口径", "甲组", "乙组", "全部", "上期值", "状态"]]
    return [*rows, *([name, "手册", *row, None, None] for name, row in figures.items())]


_CALENDAR_HEADS: Row = [
    "日期", "星期", "工作日/假/调休", "早会主持人", "专题题目", "专题主讲人", "信息窗口", "政令宣达", "开心一刻", "培训", "培训讲师",
    "会议", "备注", "讲师授权",
]


def _calendar() -> list[Row]:
    """March: row 4 is Sunday the 1st, row 5 Monday the 2nd, row 34 Tuesday the 31st; the last week has two working days."""
    rows: list[Row] = [["附表六  2026年3月行事历"], ["状态：草案"], _CALENDAR_HEADS]
    for day in (date(2026, 3, n) for n in range(1, 32)):
        weekday, last = day.isoweekday(), day.day > 29
        row: Row = [day, "一二三四五六日"[weekday - 1], "工作日" if weekday < 6 else "休息", *[None] * 11]
        if weekday < 6:
            row[3] = ("张一", "李二", "赵四", "钱五")[day.day % 4]
            row[4], row[5] = ("转介绍", "组训") if weekday in (2, 4) or last else (None, None)
            row[6] = "行业动态" if weekday in (1, 3) or last else None
            row[7] = "竞赛方案" if weekday in (1, 3, 5) or last else None
            row[8] = "手指操" if weekday in (2, 4) or last else None
            row[11] = "周经营分析会15:30" if weekday == 5 else "月度经营总结会" if day.day == 31 else None
        rows.append(row)
    return rows


def department() -> House:
    """The sound workbook: no rule has anything to say about it."""
    house = House({})
    for name, rows in {
        "花名册": [["花名册"], *ROSTER], "保单明细": [["新契约保单明细"], *_policies()], "附表一": _production(), "附表二": _people(),
        "附表三": _targets(), "附表四": _weeks(), "个人周表": _persons(),
        "附表五": _stage(), "附表五2月": _stage_before(), "附表六": _calendar(),
    }.items():
        house.put(name, rows)
    return house


def broken(house: House, cells: Mapping[str, Any]) -> House:
    """A copy with some cells changed; a place reads ``附表一!F7``."""
    copy = house.copy()
    for place, value in cells.items():
        sheet, _, cell = place.partition("!")
        copy.change(sheet, *parse_address(cell), value)
    return copy


def places(findings: Iterable[Finding]) -> list[tuple[str, str, str]]:
    """(Sheet, cell, code) of findings, sorted."""
    return sorted((finding.sheet, finding.cell, finding.code) for finding in findings)
