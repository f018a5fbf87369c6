"""The days under which signs stand: dates in headings, or bare numbers that count the days of the month a title states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from zuxun_xl.forms.labels import month_in, period_in
from zuxun_xl.periods import Period, month
from zuxun_xl.units import parse_date

UNDATED = 2000
"""Year of days whose heading and title state none: a leap year that no ledger is kept for."""


def days_under(headings: Mapping[int, Sequence[str | date]], title: str, year: int) -> dict[int, date]:
    """Column → day, for the headings that mean one.

    Args:
        headings: column → the readings of its heading.
        title: the title above and the sheet's name.
        year: year of days that state none.
    """
    found = {column: day for column, readings in headings.items() if (day := _written(readings, year)) is not None}
    numbers = {
        column: number for column, readings in headings.items()
        if column not in found and (number := _number(readings)) is not None
    }
    whole = _stated_month(title, year)
    return dict(sorted((found | _counted(numbers, whole)).items())) if whole is not None else found


def _written(readings: Sequence[str | date], year: int) -> date | None:
    """The day that a heading writes out, with its month."""
    for reading in readings:
        try:
            day = reading if isinstance(reading, date) else None if _bare(reading).isdecimal() else parse_date(reading, year)
        except ValueError:
            continue
        if day is not None:
            return day
    return None


def _number(readings: Sequence[str | date]) -> int | None:
    bare = [_bare(reading) for reading in readings if isinstance(reading, str)]
    return next((int(text) for text in bare if text.isdecimal()), None)


def _bare(text: str) -> str:
    return text.rstrip("日号")


def _stated_month(title: str, year: int) -> Period | None:
    number, stated = month_in(title), period_in(title)
    if number is not None and (stated is None or len(stated.pieces()) > 1):
        return month(year, number)
    return stated if stated is not None and len(stated.pieces()) == 1 else None


def _counted(numbers: Mapping[int, int], whole: Period) -> dict[int, date]:
    """The days of a month; where the numbers start anew (26 … 31 1 … 25), the first ones are days of the month before."""
    falls = [column for (_, before), (column, number) in pairwise(numbers.items()) if number < before]
    second = falls[0] if len(falls) == 1 else 0
    days: dict[int, date] = {}
    for column, number in numbers.items():
        first = (whole if column >= second else whole.previous()).start
        try:
            days[column] = first.replace(day=number)
        except ValueError:
            continue
    return days
