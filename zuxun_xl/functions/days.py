"""Functions on days: Chinese workdays with 调休, first and last day of a period."""

from __future__ import annotations

from datetime import date, timedelta

from zuxun_xl.cells import ErrorValue
from zuxun_xl.errors import CallError
from zuxun_xl.functions.function import Function, Parameter
from zuxun_xl.functions.values import NUM, Area, Cell, Missing, first_error, flat, number
from zuxun_xl.periods import NATURAL, Period, month_of, parse_period
from zuxun_xl.units import EPOCH, parse_date
from zuxun_xl.workdays import Workdays

_LONGEST = 36_525
_YEARS = range(1900, 2200)
_PERIOD = "期间：2026-10、2026Q3、2026、2026-01..2026-10，或某一天（即那一天所在的月）"


def _workdays(start: Cell, end: Cell, off: Area | Missing, on: Area | Missing) -> float | ErrorValue:
    """The number of working days from one day to another, both counted."""
    if error := first_error([start, end, *(cell for area in (off, on) if not isinstance(area, Missing) for cell in flat(area))]):
        return error
    first, last = _day(start), _day(end)
    overrides: dict[date, bool] = {}
    for area, works in ((off, False), (on, True)):
        for cell in () if isinstance(area, Missing) else flat(area):
            if cell not in (None, ""):
                overrides[_day(cell)] = works
    if not 0 <= (last - first).days < _LONGEST:
        return NUM
    return float(len(Workdays(overrides).within(Period(first, last))))


def _day(cell: Cell) -> date:
    """The day that a cell holds, as a serial number or as text; raises ``ValueError`` for what is none."""
    day = None if isinstance(cell, bool) else parse_date(cell)
    if day is None:
        message = "no day"
        raise ValueError(message)
    return day


def _period(cell: Cell, cut: Cell | Missing) -> Period | ErrorValue:
    """The period that a cell states: a text, a year, or a day of a month."""
    begin = NATURAL if isinstance(cut, Missing) or cut is None else number(cut)
    if error := first_error([cell, begin]):
        return error
    first = int(begin)
    if first != begin or not NATURAL <= first <= 28:  # noqa: PLR2004 - no month may lack the day on which it begins
        raise CallError("月起始日要在1到28之间。")
    if isinstance(cell, float) and cell in _YEARS:
        return parse_period(f"{cell:g}", first)
    if isinstance(cell, str):
        return parse_period(cell, first)
    return month_of(_day(cell), first)


def _serial(day: date) -> float:
    return float((day - EPOCH) / timedelta(days=1))


def _start(period: Cell, cut: Cell | Missing) -> float | ErrorValue:
    found = _period(period, cut)
    return found if isinstance(found, ErrorValue) else _serial(found.start)


def _end(period: Cell, cut: Cell | Missing) -> float | ErrorValue:
    found = _period(period, cut)
    return found if isinstance(found, ErrorValue) else _serial(found.end)


_CUT = Parameter("month_start", "月起始日，默认 1；26 是工作月（上月26日到本月25日）", optional=True)

FUNCTIONS = (
    Function(
        "ZX_WORKDAYS", "工作日数", "从起到止（含两头）有几个工作日，按国家放假和调休安排；本部自定的放假日、上班日可另给。",
        (
            Parameter("first_day", "起始日期"), Parameter("last_day", "截止日期"),
            Parameter("days_off", "本部放假日区域，可省略", optional=True, area=True),
            Parameter("days_on", "本部上班日区域，可省略", optional=True, area=True),
        ),
        _workdays, example=('=ZX_WORKDAYS("2026-10-01","2026-10-31")', "18"),
    ),
    Function(
        "ZX_PERIOD_START", "期间首日", "期间的第一天（日期序号，单元格请设成日期格式）。",
        (Parameter("period", _PERIOD), _CUT), _start, example=('=ZX_PERIOD_START("2026-10",26)', "46291"),
    ),
    Function(
        "ZX_PERIOD_END", "期间末日", "期间的最后一天（日期序号，单元格请设成日期格式）。",
        (Parameter("period", _PERIOD), _CUT), _end, example=('=ZX_PERIOD_END("2026Q3")', "46295"),
    ),
)
