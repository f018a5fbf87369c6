"""Labels in the cells and titles of forms: months and subtotals, weeks, whole-department words, years."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from zuxun_xl.periods import NATURAL, Period, find_period, month, quarter, year_of
from zuxun_xl.units import squeeze

WHOLE_WORDS = frozenset(
    {"全部", "合计", "总计", "部门合计", "全体", "全部门", "营业部", "部门", "全部合计", "团队合计", "汇总", "营业部合计", "全司", "本部", "全部门合计", "部合计", "各组合计", "全区"}
)
TOTAL = re.compile(r"^(合计|总计|小计|累计|共计|平均|汇总|本页|本月合计|全年合计|总合计)|(小计|合计|总计|汇总|累计)[:：]?$")
_DIGITS = {c: i for i, c in enumerate("一二三四五六七八九十", start=1)} | {"十一": 11, "十二": 12, "元": 1}
_CHINESE = "十一|十二|[一二三四五六七八九十]|元(?=月)"
_MONTH = re.compile(rf"(?:(20\d\d)[年\-./])?0?(1[0-2]|[1-9]|{_CHINESE})月?份?")
_QUARTER = re.compile(r"(?:(20\d\d)年?)?(?:第?([一二三四1-4])季度?|[Qq]([1-4]))(?:小计|合计|累计|汇总)?")
_HALF = re.compile(r"(?:(20\d\d)年?)?([上下])半年(?:度)?(?:小计|合计|累计|汇总)?")
_YEAR = re.compile(r"(?:(20\d\d)年?)?(?:全年|年度|年|合计|总计|全年度)(?:小计|合计|累计|汇总)?")
_YEAR_IN_TEXT = re.compile(r"(20\d\d)\s*(?:年|[-./]\d)")
_WEEK = re.compile(r"(?<!\d\d)(?:(\d{4})[年\-./])?(\d{1,2})[月./\-](\d{1,2})[日号]?(?:-|~|至|到|—|–|－)+(?:(\d{4})[年\-./])?(?:(\d{1,2})[月./\-])?(\d{1,2})[日号]?")
_PERIOD = re.compile(r"20\d\d年(?:\d{1,2}月?(?:[-—~至]\d{1,2})?月|第?[一二三四1-4]季度?|度?)(?!\d)")
_LONG_PERIOD = re.compile(
    r"20\d\d年\d{1,2}月\d{1,2}日?[-—~至](?:20\d\d年)?(?:\d{1,2}月)?\d{1,2}日|20\d\d([-./])\d{1,2}\1\d{1,2}[—~至]20\d\d\1\d{1,2}\1\d{1,2}"
    r"|20\d\d年\d{1,2}月[-—~至]20\d\d年\d{1,2}月(?!\d)"
)
_MONTH_OF_DAY = re.compile(r"20\d\d年\d{1,2}月(?=\d)")
_SIX_DIGITS = re.compile(r"(20\d\d)(0[1-9]|1[0-2])")
_ONE_MONTH = re.compile(r"(?<![\d\-—~至.])(1[0-2]|0?[1-9])月(?:份|度)?(?![\d\-—~至])")
_LONGEST_WEEK = timedelta(days=16)


def year_in(text: str) -> int | None:
    """The first year a title states."""
    match = _YEAR_IN_TEXT.search(text)
    return int(match[1]) if match else None


def period_in(text: str, cut: int = NATURAL) -> Period | None:
    """The period a title states, e.g. 阶段：2026年10月; the most exact of several. A single day (填表日期) counts only where no period is stated.

    Months begin on the day ``cut``; days that the title names are those days.
    """
    folded = squeeze(text)
    rest = _LONG_PERIOD.sub("|", folded)
    stated = [match[0] for match in (*_LONG_PERIOD.finditer(folded), *_PERIOD.finditer(rest))]
    for texts in (stated, _MONTH_OF_DAY.findall(rest)):
        found = [period for each in texts if (period := find_period(each, cut)) is not None]
        if found:
            return min(found, key=lambda period: period.end - period.start)
    return None


def month_in(text: str) -> int | None:
    """The one month that a sheet's name or a title states without more: 9月考勤, 10月份早会考勤表; ``None`` for none or several."""
    found = {int(number) for number in _ONE_MONTH.findall(squeeze(text))}
    return found.pop() if len(found) == 1 else None


def slot(value: object, year: int, cut: int = NATURAL) -> Period | None:
    """The month, quarter, half or year that a row or column label names; ``None`` if it names none."""
    if isinstance(value, datetime | date):
        return month(value.year, value.month, cut)
    if isinstance(value, float | int) and not isinstance(value, bool):
        return month(year, int(value), cut) if value in range(1, 13) else _year_month(f"{value:g}", cut)
    return _slot_in_text(squeeze(value), year, cut) if isinstance(value, str) else None


def _slot_in_text(text: str, year: int, cut: int) -> Period | None:
    if (match := _MONTH.fullmatch(text)) and not text.isdecimal():
        number = _DIGITS.get(match[2]) or int(match[2])
        return month(int(match[1] or year), number, cut)
    if match := _QUARTER.fullmatch(text):
        digit = match[2] or match[3]
        return quarter(int(match[1] or year), _DIGITS.get(digit) or int(digit), cut)
    if match := _HALF.fullmatch(text):
        own = int(match[1] or year)
        first, last = (1, 6) if match[2] == "上" else (7, 12)
        return Period(month(own, first, cut).start, month(own, last, cut).end, cut)
    match = _YEAR.fullmatch(text)
    return year_of(int(match[1] or year), cut) if match else _year_month(text, cut)


def _year_month(digits: str, cut: int) -> Period | None:
    """The month that six digits such as 202601 mean."""
    match = _SIX_DIGITS.fullmatch(digits)
    return month(int(match[1]), int(match[2]), cut) if match else None


def week_in(text: str, year: int, cut: int = NATURAL) -> Period | None:
    """The first range of days of a week's length in a heading such as 第一周（10月1日—10月11日）."""
    match = _WEEK.search(squeeze(text))
    if match is None:
        return None
    try:
        start = date(int(match[1] or year), int(match[2]), int(match[3]))
        last = int(match[5] or match[2])
        end = date(int(match[4] or start.year + (last < start.month)), last, int(match[6]))
    except ValueError:
        return None
    return Period(start, end, cut) if start <= end <= start + _LONGEST_WEEK else None


def is_total(value: object) -> bool:
    """Whether a label marks a subtotal or total row."""
    return isinstance(value, str) and TOTAL.search(squeeze(value)) is not None
