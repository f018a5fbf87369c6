"""Reporting periods: months (natural ones or 工作月), quarters, years and ranges of days, from and as texts."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from zuxun_xl.errors import CallError
from zuxun_xl.units import squeeze

NATURAL = 1
"""The cut of natural months."""

_DAY = timedelta(days=1)
_FORMS = "2026-10、2026Q3、2026、2026-01..2026-10、2026-10-12..2026-10-18"
_MONTH = re.compile(r"((?:19|2[01])\d\d)[-./年](\d{1,2})月?")
_QUARTER = re.compile(r"((?:19|2[01])\d\d)[-./年]?(?:第)?(?:[qQ]([1-4])|([一二三四1-4])季度?)")
_YEAR = re.compile(r"((?:19|2[01])\d\d)年?(?:度|全年)?")
_FULL_DATE = re.compile(r"((?:19|2[01])\d\d)[-./年](\d{1,2})[-./月](\d{1,2})日?")
_RANGE = re.compile(r"\.\.|~|～|至|—|–")
_MONTHS = re.compile(r"(\d{4})年(\d{1,2})月?(?:-|~|～|至|—|–)(\d{1,2})月")
_DAYS = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日?(?:-|~|～|至|—|–)(?:(\d{1,2})月)?(\d{1,2})日")
_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4}
_QUARTER_NAMES = "一二三四"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A closed range of days.

    Attributes:
        start, end: first and last day.
        cut: day on which a month begins: 1 for natural months; 26 for 工作月, the month before's 26th to the 25th. The year is the
            calendar's in any case, so that its first month begins on January 1st and its last one ends on December 31st.
    """

    start: date
    end: date
    cut: int = NATURAL

    @property
    def id(self) -> str:
        """Canonical text: ``2026-10``, ``2026Q3``, ``2026``, ``2026-01..2026-10`` or ``2026-10-12..2026-10-18``."""
        months = self.months()
        if months is None:
            return f"{self.start}..{self.end}"
        (year, first), (other, last) = _named(months[0].start, self.cut), _named(months[-1].start, self.cut)
        if len(months) == 1:
            return f"{year}-{first:02}"
        if len(months) == 3 and first % 3 == 1:  # noqa: PLR2004
            return f"{year}Q{(first + 2) // 3}"
        if len(months) == 12 and first == 1:  # noqa: PLR2004
            return f"{year}"
        return f"{year}-{first:02}..{other}-{last:02}"

    @property
    def label(self) -> str:
        """The period in Chinese: ``2026年10月``, ``2026年三季度``, ``2026年10月12日—10月18日``."""
        return _label(self)

    def months(self) -> tuple[Period, ...] | None:
        """The whole months it consists of, or ``None`` when it cuts a month."""
        if month_of(self.start, self.cut).start != self.start or month_of(self.end, self.cut).end != self.end:
            return None
        return self.pieces()

    def pieces(self) -> tuple[Period, ...]:
        """Its parts, cut where a month ends."""
        return _pieces(self)

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def spanning(self, start: date, end: date) -> Period:
        """Another range of days under the same months."""
        return replace(self, start=start, end=end)

    def previous(self) -> Period:
        """The period of the same length just before it; whole months before whole months."""
        months = self.months()
        if months is None:
            return self.spanning(self.start - (self.end - self.start) - _DAY, self.start - _DAY)
        year, number = _named(self.start, self.cut)
        index = year * 12 + number - 1 - len(months)
        return self.spanning(month(index // 12, index % 12 + 1, self.cut).start, self.start - _DAY)

    def clipped(self, last: date) -> Period:
        """The part up to ``last``; the whole period when it has passed by then."""
        return self if last >= self.end else self.spanning(self.start, max(last, self.start))

    def days(self) -> list[date]:
        """Every day in order."""
        return [self.start + timedelta(days=n) for n in range((self.end - self.start).days + 1)]


@cache
def _pieces(period: Period) -> tuple[Period, ...]:
    parts, start = [], period.start
    while start <= period.end:
        end = min(month_of(start, period.cut).end, period.end)
        parts.append(period.spanning(start, end))
        start = end + _DAY
    return tuple(parts)


@cache
def _label(period: Period) -> str:
    match period.id.replace("..", "Q").split("Q"):
        case [one] if "-" not in one:
            return f"{one}年"
        case [one]:
            return f"{one[:4]}年{int(one[5:])}月"
        case [year, quarter] if len(quarter) == 1:
            return f"{year}年{_QUARTER_NAMES[int(quarter) - 1]}季度"
    other_year = "" if period.start.year == period.end.year else f"{period.end.year}年"
    if period.months() is not None:
        first, last = (_named(day, period.cut)[1] for day in (period.start, period.end))
        return f"{period.start.year}年{first}{'月' if other_year else ''}—{other_year}{last}月"
    return f"{period.start.year}年{period.start.month}月{period.start.day}日—{other_year}{period.end.month}月{period.end.day}日"


@cache
def month(year: int, number: int, cut: int = NATURAL) -> Period:
    """A month by its number."""
    last = calendar.monthrange(year, number)[1]
    start = date(year, number, 1) if cut == NATURAL or number == 1 else date(year, number - 1, cut)
    return Period(start, date(year, number, last if cut == NATURAL or number == 12 else cut - 1), cut)  # noqa: PLR2004


def month_of(day: date, cut: int = NATURAL) -> Period:
    """The month that a day belongs to: under 工作月 September 26th is a day of October."""
    return month(*_named(day, cut), cut)


def _named(day: date, cut: int) -> tuple[int, int]:
    """Year and number of the month that a day belongs to; what follows the last cut of a year belongs to December."""
    return day.year, min(day.month + (day.day >= cut > NATURAL), 12)


def quarter(year: int, number: int, cut: int = NATURAL) -> Period:
    """A quarter, 1 to 4."""
    return Period(month(year, number * 3 - 2, cut).start, month(year, number * 3, cut).end, cut)


def year_of(year: int, cut: int = NATURAL) -> Period:
    """A calendar year."""
    return Period(date(year, 1, 1), date(year, 12, 31), cut)


def parse_period(text: str, cut: int = NATURAL) -> Period:
    """The period that a command or a form states; its months begin on the day ``cut``, days that it names are those days.

    Raises:
        CallError: the text is no period.
    """
    period = find_period(text, cut)
    if period is None:
        raise CallError(f"看不懂期间“{text}”。", f"请写成这样的形式：{_FORMS}。")
    return period


def find_period(text: str, cut: int = NATURAL) -> Period | None:
    """The period a text states, or ``None``; see ``parse_period``."""
    folded = squeeze(text)
    if match := _MONTHS.fullmatch(folded):
        folded = f"{match[1]}-{match[2]}..{match[1]}-{match[3]}"
    if match := _DAYS.fullmatch(folded):
        folded = f"{match[1]}-{match[2]}-{match[3]}..{match[1]}-{match[4] or match[2]}-{match[5]}"
    ends = _RANGE.split(folded)
    if len(ends) == 1:
        return _single(ends[0], cut)
    if len(ends) != 2:  # noqa: PLR2004
        return None
    first, last = _single(ends[0], cut), _single(ends[1], cut)
    return Period(first.start, last.end, cut) if first and last and first.start <= last.end else None


def _single(text: str, cut: int) -> Period | None:
    try:
        if match := _FULL_DATE.fullmatch(text):
            day = date(int(match[1]), int(match[2]), int(match[3]))
            return Period(day, day, cut)
        if match := _MONTH.fullmatch(text):
            return month(int(match[1]), int(match[2]), cut)
    except (ValueError, calendar.IllegalMonthError):
        return None
    if match := _QUARTER.fullmatch(text):
        digit = match[2] or match[3]
        return quarter(int(match[1]), _DIGITS.get(digit) or int(digit), cut)
    if match := _YEAR.fullmatch(text):
        return year_of(int(match[1]), cut)
    return None
