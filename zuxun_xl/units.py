"""Units of the trade (人 件 元 万元 % 天 次): reading what people type, rounding and showing figures, Excel number formats."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

_BLANKS = frozenset({"", "-", "--", "—", "——", "/", "无", "空", "n/a", "none"})
_NO_DATES = _BLANKS | {"至今", "在职", "未离司", "暂无", "未缴", "未收", "未定", "待定"}
_SUFFIXES = re.compile(r"(元/人|元/件|件/人|元|人次|人|件|次|天|日|份|名|个|岁)$")
_SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_CURRENCY = re.compile(r"^([+-]?)[¥$]")
_STATED = re.compile(r"(元|万|亿)(/[人件])?[)]?$")
_APOSTROPHES = "'‘’"
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")
_DATES = (
    re.compile(r"(?P<y>\d{4}|\d{2})[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})[日号]?"),
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"),
)
_DAY_OF_YEAR = re.compile(r"(?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})[日号]?")
_TIME = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?$")
_WEEKDAY = re.compile(r"[(]?(星期|周)[一二三四五六日天][)]?$")
EPOCH = date(1899, 12, 30)
"""Day 0 of the serial numbers by which spreadsheets keep days."""
_SERIALS = range(20_000, 80_000)
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it stands in headings.

    Attributes:
        name: e.g. ``万元``.
        scale: how many base units one is (1 万元 = 10 000 元).
        decimals: places shown in text.
        number_format: Excel number format.
    """

    name: str
    scale: int = 1
    decimals: int = 0
    number_format: str = "#,##0"


PEOPLE = Unit("人")
CASES = Unit("件")
YUAN = Unit("元")
WAN_YUAN = Unit("万元", 10_000, 2, "#,##0.00")
PERCENT = Unit("%", 1, 1, "0.0%")
TIMES = Unit("次")
DAYS = Unit("天")
YUAN_PER_HEAD = Unit("元/人", 1, 2, "#,##0.00")
YUAN_PER_CASE = Unit("元/件", 1, 2, "#,##0.00")
CASES_PER_HEAD = Unit("件/人", 1, 2, "0.00")
TEXT = Unit("文字", 1, 0, "@")
DATE = Unit("日期", 1, 0, "yyyy-mm-dd")

MONEY_SCALES = {"元": 1, "千元": 1_000, "万元": 10_000, "万": 10_000, "百万元": 1_000_000, "亿元": 100_000_000}
"""Money units a heading or a note above a table may state, in 元."""


@lru_cache(maxsize=1 << 14)  # groups, names and marks recur by the thousand
def squeeze(text: str) -> str:
    """Text for comparison: full-width letters and digits folded (NFKC), every space and line break removed."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", text))


def parse_number(raw: object) -> float | None:
    """The number a person meant, in the cell's own unit; ``None`` for a blank.

    Reads full-width digits, thousand separators, ¥, %, 万, 亿, a trailing unit and bracketed negatives.

    Raises:
        ValueError: the text is no number; the message is a short Chinese phrase.
    """
    if raw is None:
        return None
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        msg = "不是数字"
        raise ValueError(msg)
    if isinstance(raw, str):
        return _number_from_text(raw)
    if not math.isfinite(raw):
        msg = "不是有限的数字"
        raise ValueError(msg)
    return float(raw)


def _number_from_text(raw: str) -> float | None:
    text = squeeze(raw).lower().strip(_APOSTROPHES).replace("\N{MINUS SIGN}", "-")
    if text in _BLANKS:
        return None
    text = _CURRENCY.sub(r"\1", _SUFFIXES.sub("", text))
    negative = text.startswith("(") and text.endswith(")") and text[1] not in "+-"
    text = _SUFFIXES.sub("", _CURRENCY.sub(r"\1", text[1:-1])) if negative else text
    factor = Decimal(1)
    if text.endswith("%"):
        text, factor = text[:-1], Decimal("0.01")
    elif text and text[-1] in _SCALES:
        text, factor = text[:-1], _SCALES[text[-1]]
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    if not _NUMBER.fullmatch(text):
        msg = f"“{raw}”不是数字"
        raise ValueError(msg)
    try:
        number = float(Decimal(text) * factor)
    except ArithmeticError:
        number = math.inf
    if not math.isfinite(number):
        msg = f"“{raw}”不是有限的数字"
        raise ValueError(msg)
    return -number if negative else number


def states_money(raw: object) -> bool:
    """Whether what a person typed names its own money unit (13.37万, 133,700元): its number is in 元, whatever the column's unit."""
    return isinstance(raw, str) and _STATED.search(squeeze(raw)) is not None


def scaled(value: float, scale: int) -> float:
    """A value in base units, without binary dust: 13.37 万元 → 133700.0."""
    return value if scale == 1 else float(Decimal(repr(value)) * scale)


def parse_date(raw: object, year: int | None = None) -> date | None:
    """The day a person meant; ``None`` for a blank.

    Reads dates, serial numbers and texts such as 2026-3-5, 2026.03.05, 2026年3月5日, 20260305; with ``year`` also 3月5日.

    Raises:
        ValueError: it is no possible date; the message is a short Chinese phrase.
    """
    if raw is None:
        return None
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return _date_from_number(raw)
    if isinstance(raw, str):
        return _date_from_text(raw, year)
    msg = "不是日期"
    raise ValueError(msg)


def _date_from_number(raw: float) -> date:
    if not math.isfinite(raw):
        msg = "不是日期"
        raise ValueError(msg)
    if int(raw) in _SERIALS:
        return EPOCH + timedelta(days=int(raw))
    if raw == int(raw) and (match := _DATES[1].fullmatch(str(int(raw)))):
        return _date_from_parts(match, None, str(int(raw)))
    msg = f"“{raw:g}”不是日期"
    raise ValueError(msg)


def _date_from_text(raw: str, year: int | None) -> date | None:
    text = _TIME.sub("", unicodedata.normalize("NFKC", raw).strip().strip(_APOSTROPHES))
    text = _WEEKDAY.sub("", squeeze(text))
    if text.lower() in _NO_DATES:
        return None
    for pattern in _DATES:
        if match := pattern.fullmatch(text):
            return _date_from_parts(match, None, raw)
    if year is not None and (match := _DAY_OF_YEAR.fullmatch(text)):
        return _date_from_parts(match, year, raw)
    if text.isdecimal() and int(text) in _SERIALS:
        return _date_from_number(int(text))
    msg = f"“{raw}”不是日期"
    raise ValueError(msg)


def _date_from_parts(match: re.Match[str], year: int | None, raw: str) -> date:
    number = year if year is not None else int(match["y"])
    try:
        return date(_full_year(number), int(match["m"]), int(match["d"]))
    except ValueError as error:
        msg = f"“{raw}”不是存在的日期"
        raise ValueError(msg) from error


def _full_year(number: int) -> int:
    """A year of two digits as the spreadsheet takes it: 00–29 → 2000–2029, 30–99 → 1930–1999."""
    return number + (2000 if number < 30 else 1900 if number < 100 else 0)  # noqa: PLR2004


def round_half_up(value: float, decimals: int = 2) -> float:
    """Rounded as the spreadsheet's ROUND does it: half away from zero, binary dust forgiven (limits.md)."""
    power = 10.0**decimals
    raised = abs(value) * power * (1 + 2.0**-49) + 0.5
    if not math.isfinite(raised):
        return value
    rounded = math.floor(raised) / power
    return math.copysign(rounded, value) if rounded else 0.0


def tidy(result: float, operand: float) -> float:
    """The result of an addition or subtraction as the spreadsheet has it: what is nothing but binary dust is 0."""
    return 0.0 if abs(result) < abs(operand) * 1e-15 else result


def show(value: float | None, unit: Unit) -> str:
    """A figure for a message or report, e.g. ``9.8%``, ``142,000元``; ``—`` when undefined."""
    if value is None:
        return "—"
    if unit is PERCENT:
        return f"{round_half_up(value * 100, unit.decimals):.{unit.decimals}f}%"
    rounded = round_half_up(value, max(unit.decimals, 2))
    places = unit.decimals or (0 if rounded == int(rounded) else 2)
    return f"{rounded:,.{places}f}{unit.name}"
