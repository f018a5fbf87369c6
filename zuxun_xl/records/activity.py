"""Attendance and activity logs of groups over a period."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from zuxun_xl.periods import Period
from zuxun_xl.records.model import WHOLE, Activity, Attendance, Mark

_AT_WORK = (Mark.PRESENT, Mark.LATE)


def attendance(marks: Sequence[Attendance], groups: Iterable[str], period: Period) -> dict[str, dict[str, float | None]]:
    """应出勤人次 and 出勤人次 (present or late) of each group and 全部; ``None`` where nobody was registered in the period."""
    present: dict[str, int] = {}
    due: dict[str, int] = {}
    for mark in marks:
        if mark.day in period:
            for scope in (mark.group, WHOLE):
                due[scope] = due.get(scope, 0) + 1
                present[scope] = present.get(scope, 0) + (mark.mark in _AT_WORK)
    absent: float | None = 0 if due else None
    return {scope: {"应出勤人次": due.get(scope, absent), "出勤人次": present.get(scope, absent)} for scope in (*groups, WHOLE)}


def activity(logs: Sequence[Activity], groups: Iterable[str], period: Period) -> dict[str, dict[str, float | None]]:
    """约访 面谈 新增准客户 and 日志份数 of each group and 全部; ``None`` where no log at all lies in the period."""
    keys = ("约访", "面谈", "新增准客户", "日志份数")
    totals: dict[str, list[float]] = {}
    for log in logs:
        if log.day in period:
            for scope in (log.group, WHOLE):
                total = totals.setdefault(scope, [0.0] * len(keys))
                for i, amount in enumerate((log.calls, log.meetings, log.prospects, 1)):
                    total[i] += amount
    absent: list[float] | list[None] = [0.0] * len(keys) if totals else [None] * len(keys)
    return {scope: dict(zip(keys, totals.get(scope, absent), strict=True)) for scope in (*groups, WHOLE)}
