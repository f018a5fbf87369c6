"""The KPIs as the handbook defines them, over plain figures; an undefined ratio is None."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

    from zuxun_xl.build.sample.truth.measures import Figures


def ratio(numerator: Fraction | None, denominator: Fraction | None) -> Fraction | None:
    """Divide; None where a side is missing or the denominator is zero."""
    return None if numerator is None or not denominator else numerator / denominator


def kpis(figures: Figures, plan: Figures) -> dict[str, object]:
    """Return the KPIs of a period from its measures and its plan."""
    heads, cases, fyp, active = (figures[key] for key in ("平均人力", "件数", "FYP", "举绩人数"))
    return {
        "举绩率": ratio(active, heads),
        "FYP计划达成率": ratio(fyp, plan["FYP"]),
        "首年期交保费计划达成率": ratio(figures["首年期交"], plan["首年期交"]),
        "人均FYC": ratio(figures["FYC"], heads),
        "人均产能": ratio(fyp, active),
        "件均保费": ratio(fyp, cases),
        "人均件数": ratio(cases, heads),
        "有效人均件数": ratio(cases, active),
        "达成率": {key: ratio(figures[key], plan.get(key)) for key in ("件数", "FYC", "举绩人数", "增员人数", "期末人力")},
        "保单持续率": ratio(figures["实收保费"], figures["应收保费"]),
        "续收达成率": ratio(figures["实收件数"], figures["应收件数"]),
        "增员率": ratio(figures["增员人数"], heads),
        "脱落率": ratio(figures["脱落人数"], heads),
    }


def plan_kpis(plan: Figures, actives_by_month: Fraction, months: int) -> dict[str, Fraction | None]:
    """Return the ratios that the plan implies; 举绩率 on the monthly scale."""
    heads = plan["平均人力"]
    return {
        "举绩率": ratio(actives_by_month, heads * months),
        "人均件数": ratio(plan["件数"], heads),
        "件均保费": ratio(plan["FYP"], plan["件数"]),
        "增员率": ratio(plan["增员人数"], heads),
        "脱落率": ratio(plan["脱落人数"], heads),
    }


def attendance_ratios(figures: Figures) -> dict[str, Fraction | None]:
    """Return 出勤率, with and without leave in what was due."""
    return {
        "出勤率": ratio(figures["出勤人次"], figures["应出勤人次"]),
        "出勤率_请假不计应出勤": ratio(figures["出勤人次"], figures["应出勤人次"] - figures["请假"]),
    }


def activity_ratios(activity: Figures, due: Fraction) -> dict[str, Fraction | None]:
    """Return the shares of logs handed in and of days that met 5-3-1."""
    good = activity["531达标人日"]
    return {
        "531达标率_按日志": ratio(good, activity["日志份数"]),
        "531达标率_按应出勤": ratio(good, due),
        "日志交纳率_按应出勤": ratio(activity["日志份数"], due),
    }
