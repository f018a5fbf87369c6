"""Chinese workdays with 调休 and the department's own days, the weeks of a month, time progress."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from zuxun_xl.periods import Period

_DAY = timedelta(days=1)
_SUNDAY = 6
WEEKDAYS = "一二三四五六日"
"""Names of the days of a week from Monday on."""


@cache
def _national() -> object:
    """The national calendar, with 调休; shared, since it learns a year at its first question."""
    import holidays  # a quarter of a second; only needed where days are looked at

    return holidays.country_holidays("CN")


@dataclass(frozen=True)
class Workdays:
    """The department's working days: national holidays and 调休 from the ``holidays`` package, corrected by the user.

    Attributes:
        overrides: day → ``True`` (working) or ``False`` (off); wins over everything else.
    """

    overrides: Mapping[date, bool] = field(default_factory=dict)

    def is_workday(self, day: date) -> bool:
        """Whether people work on that day."""
        if day in self.overrides:
            return self.overrides[day]
        return bool(_national().is_working_day(day))  # type: ignore[attr-defined]

    def is_holiday(self, day: date) -> bool:
        """Whether a day is one of a holiday, or the department's own day off; an ordinary weekend is neither."""
        return self.overrides[day] is False if day in self.overrides else day in _national()  # type: ignore[operator]

    def within(self, period: Period) -> list[date]:
        """The working days of a period in order."""
        return [day for day in period.days() if self.is_workday(day)]

    def has_passed(self, period: Period, as_of: date) -> bool:
        """Whether no working day of the period is left after ``as_of``."""
        if as_of >= period.end or as_of < period.start:
            return as_of >= period.end
        if (period.end - as_of).days > 10:  # noqa: PLR2004 - no holiday is that long
            return False
        return not self.within(period.spanning(as_of + _DAY, period.end))

    def progress(self, period: Period, as_of: date) -> float:
        """Time progress 时间进度: working days gone by ÷ working days, 0 to 1."""
        days = self.within(period)
        return sum(day <= as_of for day in days) / len(days) if days else 1.0

    def weeks(self, whole: Period) -> list[Period]:
        """Calendar weeks (Monday to Sunday) cut at the period's ends; a week without a workday joins its neighbour."""
        weeks: list[Period] = []
        start = whole.start
        while start <= whole.end:
            end = min(start + timedelta(days=_SUNDAY - start.weekday()), whole.end)
            weeks.append(whole.spanning(start, end))
            start = end + _DAY
        return self._joined(weeks)

    def _joined(self, weeks: list[Period]) -> list[Period]:
        joined: list[Period] = []
        pending: date | None = None
        for week in weeks:
            start = pending or week.start
            if self.within(week):
                joined.append(week.spanning(start, week.end))
                pending = None
            elif joined:
                joined[-1] = week.spanning(joined[-1].start, week.end)
            else:
                pending = start
        return joined or [weeks[0].spanning(weeks[0].start, weeks[-1].end)]
