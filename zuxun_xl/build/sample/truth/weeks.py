"""The truth of the weeks that the tracking form of September states, up to the as-of date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zuxun_xl.build.sample.days import AS_OF, RUNNING_MONTH, WEEKS, Span, month, until_as_of, workdays
from zuxun_xl.build.sample.truth.measures import UNITS, activity, attendance, movements, production
from zuxun_xl.build.sample.truth.plans import plan_measures, week_plan
from zuxun_xl.build.sample.truth.ratios import activity_ratios, attendance_ratios, ratio

if TYPE_CHECKING:
    from zuxun_xl.build.sample.model import Department

_PRODUCTION = ("FYP", "首年期交", "FYC", "件数", "举绩人数")


def weeks_truth(department: Department) -> list[dict[str, object]]:
    """Return every week of the form: over, running (up to the as-of date) or still to come (its plan only)."""
    return [_week_truth(department, number, week) for number, week in enumerate(WEEKS, 1)]


def _week_truth(department: Department, number: int, week: Span) -> dict[str, object]:
    passed = until_as_of(week)
    begun = passed.first <= passed.last
    state = "已过" if week.last <= AS_OF else "进行中" if begun else "未到"
    groups: dict[str, object] = {}
    for unit in UNITS:
        plan: dict[str, object] = {"计划": week_plan(department, unit, number)}
        groups[unit] = {**plan, **_actuals(department, unit, passed, number)} if begun else plan
    return {
        "week": number,
        "from": week.first.isoformat(),
        "to": week.last.isoformat(),
        "状态": state,
        "截至": passed.last.isoformat() if begun else None,
        "workdays": len(workdays(week)),
        "groups": groups,
    }


def _actuals(department: Department, unit: str, passed: Span, number: int) -> dict[str, object]:
    own = production(department.lines, unit, passed)
    so_far = production(department.lines, unit, Span(month(RUNNING_MONTH).first, passed.last))
    marks = attendance(department, unit, passed)
    logs = activity(department, unit, passed)
    return {
        **movements(department.agents, unit, passed),
        **{key: own[key] for key in _PRODUCTION},
        "FYP达成率": ratio(own["FYP"], week_plan(department, unit, number)["FYP"]),
        **{f"月累计{key}": so_far[key] for key in ("FYP", "件数", "举绩人数")},
        "月累计达成率": ratio(so_far["FYP"], plan_measures(department, unit, [RUNNING_MONTH])["FYP"]),
        "出勤": {**marks, **attendance_ratios(marks)},
        "活动": {**logs, **activity_ratios(logs, marks["应出勤人次"])},
    }
