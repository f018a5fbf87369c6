"""Reporting periods: months, quarters, years and date ranges, the weeks of a month, Chinese workdays and time progress."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, cached_property

from zuxun_xl.errors import CallError
from zuxun_xl.units import squeeze

_DAY = timedelta(days=1)
_SUNDAY = 6
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
    """

    start: date
    end: date

    @property
    def id(self) -> str:
        """Canonical text: ``2026-10``, ``2026Q3``, ``2026``, ``2026-01..2026-10`` or ``2026-10-12..2026-10-18``."""
        months = self.months()
        if months is None:
            return f"{self.start}..{self.end}"
        first, last = months[0].start, months[-1].start
        if len(months) == 1:
            return f"{first:%Y-%m}"
        if len(months) == 3 and first.month % 3 == 1:  # noqa: PLR2004
            return f"{first.year}Q{(first.month + 2) // 3}"
        if len(months) == 12 and first.month == 1:  # noqa: PLR2004
            return f"{first.year}"
        return f"{first:%Y-%m}..{last:%Y-%m}"

    @property
    def label(self) -> str:
        """The period in Chinese: ``2026年10月``, ``2026年三季度``, ``2026年10月12日—10月18日``."""
        return _label(self)

    def months(self) -> tuple[Period, ...] | None:
        """The whole months it consists of, or ``None`` when it cuts a month."""
        if self.start.day != 1 or (self.end + _DAY).day != 1:
            return None
        return self.pieces()

    def pieces(self) -> tuple[Period, ...]:
        """Its parts, cut where a month ends."""
        return _pieces(self)

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def previous(self) -> Period:
        """The period of the same length just before it; whole months before whole months."""
        months = self.months()
        if months is None:
            return Period(self.start - (self.end - self.start) - _DAY, self.start - _DAY)
        index = self.start.year * 12 + self.start.month - 1 - len(months)
        return Period(date(index // 12, index % 12 + 1, 1), self.start - _DAY)

    def clipped(self, last: date) -> Period:
        """The part up to ``last``; the whole period when it has passed by then."""
        return self if last >= self.end else Period(self.start, max(last, self.start))

    def days(self) -> list[date]:
        """Every day in order."""
        return [self.start + timedelta(days=n) for n in range((self.end - self.start).days + 1)]


@cache
def _pieces(period: Period) -> tuple[Period, ...]:
    parts, start = [], period.start
    while start <= period.end:
        end = min(month(start.year, start.month).end, period.end)
        parts.append(Period(start, end))
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
        return f"{period.start.year}年{period.start.month}{'月' if other_year else ''}—{other_year}{period.end.month}月"
    return f"{period.start.year}年{period.start.month}月{period.start.day}日—{other_year}{period.end.month}月{period.end.day}日"


@cache
def month(year: int, number: int) -> Period:
    """A calendar month."""
    return Period(date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1]))


def quarter(year: int, number: int) -> Period:
    """A calendar quarter, 1 to 4."""
    return Period(date(year, number * 3 - 2, 1), month(year, number * 3).end)


def year_of(year: int) -> Period:
    """A calendar year."""
    return Period(date(year, 1, 1), date(year, 12, 31))


def parse_period(text: str) -> Period:
    """The period that a command or a form states.

    Raises:
        CallError: the text is no period.
    """
    period = find_period(text)
    if period is None:
        raise CallError(f"看不懂期间“{text}”。", f"请写成这样的形式：{_FORMS}。")
    return period


def find_period(text: str) -> Period | None:
    """The period a text states, or ``None``; see ``parse_period``."""
    folded = squeeze(text)
    if match := _MONTHS.fullmatch(folded):
        folded = f"{match[1]}-{match[2]}..{match[1]}-{match[3]}"
    if match := _DAYS.fullmatch(folded):
        folded = f"{match[1]}-{match[2]}-{match[3]}..{match[1]}-{match[4] or match[2]}-{match[5]}"
    ends = _RANGE.split(folded)
    if len(ends) == 1:
        return _single(ends[0])
    if len(ends) != 2:  # noqa: PLR2004
        return None
    first, last = _single(ends[0]), _single(ends[1])
    return Period(first.start, last.end) if first and last and first.start <= last.end else None


def _single(text: str) -> Period | None:
    try:
        if match := _FULL_DATE.fullmatch(text):
            day = date(int(match[1]), int(match[2]), int(match[3]))
            return Period(day, day)
        if match := _MONTH.fullmatch(text):
            return month(int(match[1]), int(match[2]))
    except (ValueError, calendar.IllegalMonthError):
        return None
    if match := _QUARTER.fullmatch(text):
        digit = match[2] or match[3]
        return quarter(int(match[1]), _DIGITS.get(digit) or int(digit))
    if match := _YEAR.fullmatch(text):
        return year_of(int(match[1]))
    return None


@dataclass(frozen=True)
class Workdays:
    """The department's working days: national holidays and 调休 from the ``holidays`` package, corrected by the user.

    Attributes:
        overrides: day → ``True`` (working) or ``False`` (off); wins over everything else.
    """

    overrides: Mapping[date, bool] = field(default_factory=dict)

    @cached_property
    def _national(self) -> object:
        import holidays  # a quarter of a second; only needed where a month is under way

        return holidays.country_holidays("CN")

    def is_workday(self, day: date) -> bool:
        """Whether people work on that day."""
        if day in self.overrides:
            return self.overrides[day]
        return bool(self._national.is_working_day(day))  # type: ignore[attr-defined]

    def within(self, period: Period) -> list[date]:
        """The working days of a period in order."""
        return [day for day in period.days() if self.is_workday(day)]

    def has_passed(self, period: Period, as_of: date) -> bool:
        """Whether no working day of the period is left after ``as_of``."""
        if as_of >= period.end or as_of < period.start:
            return as_of >= period.end
        if (period.end - as_of).days > 10:  # noqa: PLR2004 - no holiday is that long
            return False
        return not self.within(Period(as_of + _DAY, period.end))

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
            weeks.append(Period(start, end))
            start = end + _DAY
        return self._joined(weeks)

    def _joined(self, weeks: list[Period]) -> list[Period]:
        joined: list[Period] = []
        pending: date | None = None
        for week in weeks:
            start = pending or week.start
            if self.within(week):
                joined.append(Period(start, week.end))
                pending = None
            elif joined:
                joined[-1] = Period(joined[-1].start, week.end)
            else:
                pending = start
        return joined or [Period(weeks[0].start, weeks[-1].end)]
