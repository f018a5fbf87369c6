"""What a text certainly means as a number or a day; anything that leaves a doubt is none."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal

from zuxun_xl.units import Unit, parse_date, parse_number, scaled, states_money

_NUMBER = re.compile(
    r"'?(?:[+-]?¥?|¥[+-])\s*(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"\s*(?P<percent>%?)\s*(?P<scale>[万亿]?)(?P<unit>(?:人次|[元人名个件次天日])?(?:/[人件])?)"
)
_DATE = re.compile(r"'?(?:(?:19|20)\d\d([-/.])\d{1,2}\1\d{1,2}|(?:19|20)\d\d年\s*\d{1,2}月\s*\d{1,2}[日号]|(?:19|20)\d{6})")
_MOST_DIGITS = 15
_SUFFIXES = {"元": ("元",), "人": ("人", "名", "个"), "件": ("件",), "次": ("次", "人次"), "天": ("天", "日")}
"""Unit → what people put behind its figures."""


def certain_number(text: str, unit: Unit, scale: int = 1) -> float | None:
    """The number, in the unit of its column, that a text certainly means: 1,200 · ¥300 · 5件 · 3.5万 (35000 in 元, 3.5 in 万元).

    Args:
        text: what stands in the cell.
        unit: unit of the column.
        scale: how many base units one of the column is (万元: 10 000).
    """
    match = _NUMBER.fullmatch(_folded(text))
    if match is None or not _is_figure(match["digits"]) or not _fits(match, unit):
        return None
    value = parse_number(text)
    if value is None or not states_money(text):
        return value
    own = float(Decimal(repr(value)) / scale)
    return own if scaled(own, scale) == value else None


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().replace("\N{MINUS SIGN}", "-")


def _is_figure(digits: str) -> bool:
    """Whether digits can be a figure: codes and numbers of policies are too long, or begin with a zero."""
    bare = digits.replace(",", "")
    return len(bare.replace(".", "")) <= _MOST_DIGITS and not re.match(r"0\d", bare)


def _fits(match: re.Match[str], unit: Unit) -> bool:
    """Whether what follows the digits speaks of the column's own unit."""
    if match["percent"]:
        return unit.name == "%" and not match["scale"] and not match["unit"]
    stated = match["unit"].partition("/")[0]
    return stated in ("", *_SUFFIXES.get(unit.name.partition("/")[0], ()))


def percent_format(text: str) -> str:
    """Number format that shows a percentage as it was typed: 25% → ``0%``, 9.76% → ``0.00%``."""
    decimals = len(_folded(text).rstrip("%").rstrip().partition(".")[2])
    return f"0.{'0' * decimals}%" if decimals else "0%"


def certain_date(text: str) -> date | None:
    """The day that a text certainly means: with its year in full, without time or weekday."""
    if not _DATE.fullmatch(_folded(text)):
        return None
    try:
        return parse_date(text)
    except ValueError:
        return None
