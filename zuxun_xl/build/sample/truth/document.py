"""The truth document: every figure in one JSON text, the same byte for byte every time."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING

from zuxun_xl.build.sample.days import AS_OF, RUNNING_MONTH, YEAR, Span, month, until_as_of
from zuxun_xl.build.sample.department import simulate
from zuxun_xl.build.sample.model import GROUPS, Agent, Department
from zuxun_xl.build.sample.profiles import DEPARTMENT
from zuxun_xl.build.sample.truth.measures import UNITS, activity, attendance
from zuxun_xl.build.sample.truth.periods import PERIODS, period_truth
from zuxun_xl.build.sample.truth.problems import lookup_problems
from zuxun_xl.build.sample.truth.ratios import activity_ratios, attendance_ratios
from zuxun_xl.build.sample.truth.weeks import weeks_truth

if TYPE_CHECKING:
    from collections.abc import Callable

_ENOUGH_PROSPECTS = 100
_RECORDED_MONTHS = (8, RUNNING_MONTH)


def truth_text() -> str:
    """Return the document as JSON text."""
    return json.dumps(_plain(truth()), ensure_ascii=False, indent=1) + "\n"


def truth() -> dict[str, object]:
    """Return the document with exact fractions."""
    department = simulate()
    return {
        "department": DEPARTMENT,
        "as_of": AS_OF.isoformat(),
        "counts": _counts(department),
        "periods": {key: period_truth(department, numbers) for key, numbers in PERIODS.items()},
        f"weeks_{YEAR}-{RUNNING_MONTH:02d}": weeks_truth(department),
        "attendance": _by_month(lambda unit, span: _attendance(department, unit, span)),
        "activity": _by_month(lambda unit, span: _activity(department, unit, span)),
        f"准客户存量_{AS_OF.isoformat()}": {group: _prospects(department, group) for group in GROUPS},
        "lookup_problems": lookup_problems(department),
    }


def _counts(department: Department) -> dict[str, object]:
    agents = department.agents
    joined = [agent for agent in agents if agent.joined.year == YEAR]
    left = [agent for agent in agents if agent.left is not None]
    return {
        "业务员总数": len(agents),
        "期末在职": len(agents) - len(left),
        "期内入司": len(joined),
        "期内离司": len(left),
        "期内入司又离司": sum(agent.left is not None for agent in joined),
        "保单明细行": len(department.lines),
        "续期行": len(department.renewals),
        "考勤人日": len(department.marks),
        "活动日志": len(department.logs),
        "增员对象": len(department.recruits),
        "同名": [_card(agent) for agent in agents if sum(other.name == agent.name for other in agents) > 1],
        "同月入司离司": [_card(agent) for agent in joined if agent.left and agent.left.month == agent.joined.month],
        "调组": [_card(agent) for agent in agents if len(agent.stints) > 1],
        "离司后撤单": sorted({line.policy for line in department.lines if line.agent.left and line.day >= line.agent.left}),
    }


def _card(agent: Agent) -> dict[str, object]:
    return {
        "工号": agent.code,
        "姓名": agent.name,
        "入司": agent.joined.isoformat(),
        "离司": agent.left.isoformat() if agent.left else None,
        "组": [[stint.group, stint.since.isoformat()] for stint in agent.stints],
    }


def _by_month(figures: Callable[[str, Span], dict[str, object]]) -> dict[str, object]:
    spans = {f"{YEAR}-{number:02d}": until_as_of(month(number)) for number in _RECORDED_MONTHS}
    return {key: {unit: figures(unit, span) for unit in UNITS} for key, span in spans.items()}


def _attendance(department: Department, unit: str, span: Span) -> dict[str, object]:
    marks = attendance(department, unit, span)
    return {**marks, **attendance_ratios(marks)}


def _activity(department: Department, unit: str, span: Span) -> dict[str, object]:
    logs = activity(department, unit, span)
    return {**logs, **activity_ratios(logs, attendance(department, unit, span)["应出勤人次"])}


def _prospects(department: Department, group: str) -> dict[str, object]:
    counts = [agent.prospects for agent in department.agents if agent.in_force(AS_OF) and agent.group == group]
    return {
        "在职人数": len(counts),
        "平均": Fraction(sum(counts), len(counts)),
        "不足100人数": sum(count < _ENOUGH_PROSPECTS for count in counts),
    }


def _plain(value: object) -> object:
    """Turn fractions into JSON numbers: whole ones exact, the others to six decimals."""
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else float(round(value, 6))
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value
