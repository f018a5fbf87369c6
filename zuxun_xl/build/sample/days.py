"""The calendar of the fictitious year 2026: workdays, months, and the weeks that the tracking form states.

It is written down here on purpose, apart from the product's own calendar: the sample is an independent oracle.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

YEAR = 2026
AS_OF = date(2026, 9, 16)
RUNNING_MONTH = 9
WEEKDAY_NAMES = "一二三四五六日"


class Span(NamedTuple):
    """Days from the first to the last, both included."""

    first: date
    last: date

    def __contains__(self, day: object) -> bool:
        """Say whether the day lies inside."""
        return isinstance(day, date) and self.first <= day <= self.last


_DAYS_OFF: dict[str, Span] = {
    "元旦": Span(date(2026, 1, 1), date(2026, 1, 3)),
    "春节": Span(date(2026, 2, 15), date(2026, 2, 23)),
    "清明节": Span(date(2026, 4, 4), date(2026, 4, 6)),
    "劳动节": Span(date(2026, 5, 1), date(2026, 5, 5)),
    "端午节": Span(date(2026, 6, 19), date(2026, 6, 21)),
    "中秋节": Span(date(2026, 9, 25), date(2026, 9, 27)),
}
_MAKE_UP_DAYS = frozenset(date(2026, *day) for day in ((1, 4), (2, 14), (2, 28), (5, 9), (9, 20)))
_SATURDAY = 5

WEEKS: tuple[Span, ...] = (
    Span(date(2026, 9, 1), date(2026, 9, 6)),
    Span(date(2026, 9, 7), date(2026, 9, 13)),
    Span(date(2026, 9, 14), date(2026, 9, 20)),
    Span(date(2026, 9, 21), date(2026, 9, 30)),
)


def days(span: Span) -> Iterator[date]:
    """Every day of the span."""
    for offset in range((span.last - span.first).days + 1):
        yield span.first + timedelta(days=offset)


def day_kind(day: date) -> str:
    """What the day is called on the wall calendar: the holiday's name, 调休上班, 休息 or 工作日."""
    for name, span in _DAYS_OFF.items():
        if day in span:
            return name
    if day in _MAKE_UP_DAYS:
        return "调休上班"
    return "休息" if day.weekday() >= _SATURDAY else "工作日"


def is_workday(day: date) -> bool:
    """Say whether the department works on that day."""
    return day_kind(day) in {"工作日", "调休上班"}


def workdays(span: Span) -> list[date]:
    """Return the workdays of the span."""
    return [day for day in days(span) if is_workday(day)]


def next_workday(day: date) -> date:
    """Return the day itself or the first workday after it."""
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def month(number: int) -> Span:
    """Return one whole month of the year."""
    following = date(YEAR + number // 12, number % 12 + 1, 1)
    return Span(date(YEAR, number, 1), following - timedelta(days=1))


def until_as_of(span: Span) -> Span:
    """Return the part of the span that has passed; empty (last before first) when none has."""
    return Span(span.first, min(span.last, AS_OF))
