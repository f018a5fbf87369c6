"""Attendance and activity logs of groups over a period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from zuxun_xl.periods import Period
from zuxun_xl.records.model import WHOLE, Activity, Attendance, Mark

_KEYS = ("应出勤人次", "出勤人次", "请假人次")
_AT_WORK = (Mark.PRESENT, Mark.LATE)


def attendance(marks: Sequence[Attendance], groups: Iterable[str], period: Period) -> dict[str, dict[str, float | None]]:
    """应出勤人次, 出勤人次 (present or late) and 请假人次 of each group and 全部; ``None`` where nobody was registered in the period."""
    counts = Counter((mark.group, mark.mark) for mark in marks if period.start <= mark.day <= period.end)
    for (_, sign), count in list(counts.items()):
        counts[WHOLE, sign] += count
    return {scope: _signs(counts, scope) if counts else dict.fromkeys(_KEYS) for scope in (*groups, WHOLE)}


def _signs(counts: Counter[tuple[str, Mark]], scope: str) -> dict[str, float | None]:
    due = sum(counts[scope, sign] for sign in Mark)
    return dict(zip(_KEYS, (due, sum(counts[scope, sign] for sign in _AT_WORK), counts[scope, Mark.LEAVE]), strict=True))


def activity(logs: Sequence[Activity], groups: Iterable[str], period: Period) -> dict[str, dict[str, float | None]]:
    """约访 面谈 新增准客户 and 日志份数 of each group and 全部; ``None`` where no log at all lies in the period."""
    keys = ("约访", "面谈", "新增准客户", "日志份数")
    totals: dict[str, list[float]] = {}
    for log in logs:
        if period.start <= log.day <= period.end:
            for scope in (log.group, WHOLE):
                total = totals.setdefault(scope, [0.0] * len(keys))
                for i, amount in enumerate((log.calls, log.meetings, log.prospects, 1)):
                    total[i] += amount
    absent: list[float] | list[None] = [0.0] * len(keys) if totals else [None] * len(keys)
    return {scope: dict(zip(keys, totals.get(scope, absent), strict=True)) for scope in (*groups, WHOLE)}
