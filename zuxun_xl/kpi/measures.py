"""The base measures and how each adds up over teams and over time. A new measure is one entry of ``MEASURES``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from zuxun_xl.units import CASES, PEOPLE, TIMES, YUAN, Unit

Values = Mapping[str, float | None]
"""Measure key → value; ``None`` where it is unknown."""


class Adds(Enum):
    """How a measure of a longer period follows from its months (handbook S1, KPI的种类与名称; domain.md §3.1)."""

    FLOW = "合计"
    OPENING = "取首期"
    CLOSING = "取末期"
    AVERAGE = "各月平均"
    DISTINCT = "去重计数"


@dataclass(frozen=True, slots=True)
class Measure:
    """One base figure.

    Attributes:
        key: name in the handbook's words.
        unit: its unit.
        adds: how it adds up over time; over teams every measure is summed (an agent counts in the team of the day).
        meaning: definition in one Chinese sentence.
        aliases: other names that forms give it.
    """

    key: str
    unit: Unit
    adds: Adds
    meaning: str
    aliases: tuple[str, ...] = ()


MEASURES: dict[str, Measure] = {
    m.key: m
    for m in (
        Measure("期初人力", PEOPLE, Adds.OPENING, "期间第一天开始时合同有效人数，即上期期末", ("月初人力", "期初人数")),
        Measure("期末人力", PEOPLE, Adds.CLOSING, "期间最后一天结束时合同有效人数", ("月末人力", "期末人数", "在册人力")),
        Measure("增员人数", PEOPLE, Adds.FLOW, "期间内入司人数，调入不计", ("增员", "新增人力", "新增人数", "入司人数", "新人", "新入司")),
        Measure("脱落人数", PEOPLE, Adds.FLOW, "期间内离司人数，调出不计", ("脱落", "离司人数", "流失人数", "脱落人力", "减员")),
        Measure("调入", PEOPLE, Adds.FLOW, "期间内从别组调入人数", ("调入人数", "组间调入")),
        Measure("调出", PEOPLE, Adds.FLOW, "期间内调往别组人数", ("调出人数", "组间调出")),
        Measure("平均人力", PEOPLE, Adds.AVERAGE, "月：(期初+期末)/2；更长期间：各月平均人力的平均", ("月均人力",)),
        Measure("人力月", PEOPLE, Adds.FLOW, "各月平均人力之和"),
        Measure("举绩人数", PEOPLE, Adds.DISTINCT, "期间内净承保主险1件以上且净FYP大于0的人数（去重）", ("举绩人力", "实动人力", "出单人数", "举绩")),
        Measure("举绩人次", PEOPLE, Adds.FLOW, "各月举绩人数之和"),
        Measure("件数", CASES, Adds.FLOW, "承保主险保单件数减犹豫期撤单件数", ("保单件数", "新单件数", "主险件数", "承保件数")),
        Measure(
            "FYP", YUAN, Adds.FLOW, "首年度保费之和，撤单冲减当期",
            ("首年度保费", "首年度保费(FYP)", "首年度保费FYP", "首年保费FYP", "首年保费", "首年保费(FYP)", "新单保费", "新契约保费"),
        ),
        Measure(
            "首年期交", YUAN, Adds.FLOW, "首年度期交保费之和",
            ("首年度期交保费", "首年期交保费", "首年期缴", "首年期缴保费", "首年度期缴保费", "期交保费", "期缴保费", "期交", "期缴", "新单期交", "新单期缴"),
        ),
        Measure(
            "FYC", YUAN, Adds.FLOW, "逐件首年保费×首年佣金率之和",
            ("首年度佣金", "首年度佣金(FYC)", "首年度佣金FYC", "首年佣金FYC", "首年佣金", "首年佣金(FYC)", "佣金", "佣金FYC", "佣金(FYC)", "FYC佣金"),
        ),
        Measure("应收件数", CASES, Adds.FLOW, "应收日期在期间内的续期件数"),
        Measure("实收件数", CASES, Adds.FLOW, "其中期末前已实收的件数"),
        Measure("应收保费", YUAN, Adds.FLOW, "应收日期在期间内的续期保费"),
        Measure("实收保费", YUAN, Adds.FLOW, "其中期末前已实收的保费"),
        Measure("应出勤人次", TIMES, Adds.FLOW, "有考勤记录的人日", ("应出勤", "应到人次", "应到")),
        Measure("出勤人次", TIMES, Adds.FLOW, "出勤和迟到的人日", ("实出勤人次", "实出勤", "出勤", "实到人次", "实到")),
        Measure("请假人次", TIMES, Adds.FLOW, "请假的人日", ("请假",)),
        Measure("约访", TIMES, Adds.FLOW, "电话约访次数", ("电话约访", "约访量", "约访次数", "电访", "电话量")),
        Measure("面谈", TIMES, Adds.FLOW, "面谈（接洽）次数", ("面谈量", "面谈次数", "接洽", "拜访", "拜访量", "面访")),
        Measure("新增准客户", PEOPLE, Adds.FLOW, "新增准客户人数", ("新增准客", "准客户新增", "新增客户", "新客户", "新增准主顾")),
        Measure("日志份数", TIMES, Adds.FLOW, "交来的活动日志份数"),
        Measure("增员名单", PEOPLE, Adds.FLOW, "列入名单的增员对象人数", ("增员名单人数",)),
        Measure("增员面谈", PEOPLE, Adds.FLOW, "面谈过的增员对象人数", ("增员面谈人数",)),
    )
}


def over_time(months: Sequence[Values]) -> dict[str, float | None]:
    """Measures of a longer period from those of its months, in order.

    A distinct count of several months cannot be known from the months and is ``None``; so is any sum with a part missing.
    """
    if len(months) == 1:
        return dict(months[0])
    keys = {key for values in months for key in values}
    return {key: _rolled(MEASURES[key].adds, [values.get(key) for values in months]) for key in keys}


def _rolled(adds: Adds, parts: Sequence[float | None]) -> float | None:
    match adds:
        case Adds.OPENING:
            return parts[0]
        case Adds.CLOSING:
            return parts[-1]
        case Adds.DISTINCT:
            return None
    total = total_of(parts)
    return total if total is None or adds is Adds.FLOW else total / len(parts)


def over_teams(teams: Sequence[Values]) -> dict[str, float | None]:
    """Measures of several teams taken together: every measure summed; ``None`` where a team's is missing."""
    keys = {key for values in teams for key in values}
    return {key: total_of([values.get(key) for values in teams]) for key in keys}


def total_of(parts: Sequence[float | None]) -> float | None:
    """The sum, or ``None`` if a part is missing or there is none."""
    known = [part for part in parts if part is not None]
    return sum(known) if known and len(known) == len(parts) else None
