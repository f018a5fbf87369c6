"""Chinese workdays with 调休 and the department's own days, the weeks of a month, time progress."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any, Protocol

from zuxun_xl.errors import CallError
from zuxun_xl.periods import Period

_DAY = timedelta(days=1)
_SATURDAY, _SUNDAY = 5, 6
WEEKDAYS = "一二三四五六日"
"""Names of the days of a week from Monday on."""


class _National(Protocol):
    """The national calendar, with 调休."""

    def __contains__(self, day: object, /) -> bool: ...

    def is_working_day(self, key: Any, /) -> bool:  # noqa: ANN401 - the package takes more than dates
        """Whether people work on a day."""
        ...


@cache
def _national() -> _National:
    """The calendar of the ``holidays`` package; where ``workdays.json`` lies beside this module, that one. Shared, since it learns."""
    from importlib.resources import files

    if (stored := files(__package__).joinpath("workdays.json")).is_file():
        import json

        return _Stored(**json.loads(stored.read_text(encoding="utf-8")))
    import holidays  # a quarter of a second; only needed where days are looked at

    calendar: _National = holidays.country_holidays("CN")
    return calendar


class _Stored:
    """The calendar of some years as data, for hosts that cannot have the package; it answers for no other year."""

    def __init__(self, first: int, last: int, off: Iterable[str], on: Iterable[str]) -> None:
        self._years, self._off, self._on = range(first, last + 1), frozenset(off), frozenset(on)

    def __contains__(self, day: object) -> bool:
        return str(day) in self._off

    def is_working_day(self, day: date) -> bool:
        if day.year not in self._years:
            raise CallError(f"没有{day.year}年的放假安排。", f"只有{self._years[0]}年到{self._years[-1]}年的。")
        return str(day) in self._on or (day.weekday() < _SATURDAY and str(day) not in self._off)


def national_data(years: range) -> dict[str, Any]:
    """What ``workdays.json`` holds: first and last year, holidays, and the weekend days on which people work."""
    days = Period(date(years[0], 1, 1), date(years[-1], 12, 31)).days()
    off = [str(day) for day in days if day in _national()]
    on = [str(day) for day in days if day.weekday() >= _SATURDAY and _national().is_working_day(day)]
    return {"first": years[0], "last": years[-1], "off": off, "on": on}


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
        return bool(_national().is_working_day(day))

    def is_holiday(self, day: date) -> bool:
        """Whether a day is one of a holiday, or the department's own day off; an ordinary weekend is neither."""
        return self.overrides[day] is False if day in self.overrides else day in _national()

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
