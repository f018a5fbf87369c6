"""The plan of a period: flows summed over its months, the headcounts at its ends, the whole as the sum of the groups."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from zuxun_xl.build.sample.model import GROUPS, WHOLE, Department, Target, WeekTarget

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from zuxun_xl.build.sample.truth.measures import Figures

_FLOWS: dict[str, Callable[[Target], int]] = {
    "FYP": lambda target: target.fyp,
    "首年期交": lambda target: target.regular,
    "FYC": lambda target: target.fyc,
    "件数": lambda target: target.cases,
    "举绩人数_逐月合计": lambda target: target.actives,
    "增员人数": lambda target: target.joins,
    "脱落人数": lambda target: target.losses,
}
_WEEK_FLOWS: dict[str, Callable[[WeekTarget], int]] = {
    "FYP": lambda target: target.fyp,
    "首年期交": lambda target: target.regular,
    "件数": lambda target: target.cases,
    "举绩人数": lambda target: target.actives,
    "约访": lambda target: target.calls,
    "面谈": lambda target: target.meetings,
    "新增准客户": lambda target: target.prospects,
}


def plan_measures(department: Department, unit: str, months: Sequence[int]) -> Figures:
    """Return the plan of a unit; 举绩人数 itself only for a single month, where it is no sum of months."""
    targets = [[department.targets[group, number] for number in months] for group in _groups(unit)]
    flat = [target for series in targets for target in series]
    plan = {key: Fraction(sum(map(pick, flat))) for key, pick in _FLOWS.items()}
    plan["期初人力"] = Fraction(sum(series[0].opening for series in targets))
    plan["期末人力"] = Fraction(sum(series[-1].closing for series in targets))
    plan["平均人力"] = Fraction(sum(target.opening + target.closing for target in flat), 2 * len(months))
    if len(months) == 1:
        plan["举绩人数"] = plan["举绩人数_逐月合计"]
    return plan


def week_plan(department: Department, unit: str, number: int) -> Figures:
    """Return the plan of a unit for one week of the tracking form."""
    targets = [department.week_targets[group, number] for group in _groups(unit)]
    return {key: Fraction(sum(map(pick, targets))) for key, pick in _WEEK_FLOWS.items()}


def _groups(unit: str) -> Sequence[str]:
    return GROUPS if unit == WHOLE else (unit,)
