"""Values as Excel hands them over, turned into the types that the file adapter gives: floats, days, times, errors, text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from zuxun_xl.book.grid import ErrorValue, Scalar
from zuxun_xl.book.ooxml.numbers import is_duration

_ERRORS = {
    2000: "#NULL!", 2007: "#DIV/0!", 2015: "#VALUE!", 2023: "#REF!", 2029: "#NAME?", 2036: "#NUM!", 2042: "#N/A",
    2043: "#GETTING_DATA", 2045: "#SPILL!", 2046: "#CONNECT!", 2047: "#BLOCKED!", 2048: "#UNKNOWN!", 2049: "#FIELD!", 2050: "#CALC!",
}
"""Excel's numbers of errors."""
_ERROR_BASE = -2146828288
"""What a number of an error is counted from when it leaves Excel."""
_OLE_DAY = datetime(1899, 12, 30)
_DAY = timedelta(days=1)
_MARCH_1900 = 61
"""Serial number of 1 March 1900: Excel believes that the day before it existed."""
_SURELY_A_DAY = 10_959
"""From 1930 on a number of days is a date; a smaller one may be a duration."""


def scalar(value: object, format_of: Callable[[], str]) -> Scalar:
    """One value of a grid.

    Args:
        value: as ``Range.Value`` gives it: floats, pywin32's times, and whole numbers for errors only.
        format_of: asks for the cell's number format, needed only to tell a duration from a time of day.
    """
    match value:
        case None | bool():
            return value
        case str():
            return value or None
        case datetime():
            return _moment(value.replace(tzinfo=None), format_of)
        case int():
            return error(value) or float(value)
    return float(value)  # type: ignore[arg-type]  # floats, and decimals for amounts of money


def error(value: int) -> ErrorValue | None:
    """The error value that a whole number from Excel stands for, if it does."""
    name = _ERRORS.get(value - _ERROR_BASE)
    return ErrorValue(name) if name else None


def _moment(moment: datetime, format_of: Callable[[], str]) -> date | time | timedelta:
    """A day, a day with a time, a time of day, or a duration: by the number of days and, where these are few, by the format."""
    moment = _OLE_DAY + timedelta(milliseconds=round((moment - _OLE_DAY) / timedelta(milliseconds=1)))
    days = (moment - _OLE_DAY) / _DAY
    if days < _SURELY_A_DAY and is_duration(format_of()):
        return moment - _OLE_DAY
    if days < 1:
        return moment.time()
    moment += _DAY if days < _MARCH_1900 - 1 else timedelta()
    return moment if moment.time() != time() else moment.date()
