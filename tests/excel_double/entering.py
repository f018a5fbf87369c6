"""What Excel makes of a text that is put into a cell: a formula, a number, a day, a truth value, an error, or text after all."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from zuxun_xl.cells import ErrorValue

ERRORS = {
    "#NULL!": 2000, "#DIV/0!": 2007, "#VALUE!": 2015, "#REF!": 2023, "#NAME?": 2029, "#NUM!": 2036, "#N/A": 2042,
}
_NUMBER = re.compile(r"[-+]?[¥$￥]?\s?[-+]?(\d{1,3}(,\d{3})+|\d+)?(\.\d*)?([eE][-+]?\d+)?\s?%?")
_BRACKETS = re.compile(r"\([¥$]?[\d,]+(\.\d*)?\)")
_FRACTION = re.compile(r"(\d+ )?\d+/\d+")
_DAYS = (
    re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(\s+\d{1,2}:\d{2}(:\d{2})?)?"),
    re.compile(r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?P<d>\d{1,2})日"), re.compile(r"(?P<y>\d{4})年(?P<m>\d{1,2})月"),
    re.compile(r"(?P<m>\d{1,2})月(?P<d>\d{1,2})日"), re.compile(r"(?P<m>\d{1,2})[-/](?P<d>\d{1,2})"),
    re.compile(r"(?P<y>\d{4})[-/](?P<m>\d{1,2})"), re.compile(r"(?P<m>\d{1,2})月"),
    re.compile(r"(?P<d>\d{1,2})[- ](?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*([- ]\d{2,4})?"),
)
_TIME = re.compile(r"\d{1,2}:\d{2}(:\d{2})?(\s?(?i:am|pm))?|\d{1,2}时\d{1,2}分")


def entered(text: str) -> tuple[object, str | None, str | None]:  # noqa: PLR0911 - a table of kinds
    """Value, formula and a number format that comes with it, of a text put into a cell that is not formatted as text."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain[:1] in "=+@" and len(plain) > 1 and not _number(plain):
        return None, plain.lstrip("=+@"), None
    if plain.startswith("-") and len(plain) > 1 and not _number(plain) and not plain[1].isspace():
        return None, plain, None
    if plain.upper() in ("TRUE", "FALSE"):
        return plain.upper() == "TRUE", None, None
    if plain.upper() in ERRORS:
        return ErrorValue(plain.upper()), None, None
    if _number(plain):
        digits = re.sub(r"[,¥$￥\s%]", "", plain)
        return float(digits) / (100 if plain.endswith("%") else 1), None, "0%" if plain.endswith("%") else None
    if _BRACKETS.fullmatch(plain):
        return -float(re.sub(r"[(),¥$]", "", plain)), None, None
    return _moment(plain, text)


def _number(text: str) -> bool:
    return any(each.isdigit() for each in text) and _NUMBER.fullmatch(text) is not None


def _moment(plain: str, text: str) -> tuple[object, str | None, str | None]:
    for pattern in _DAYS:
        if match := pattern.fullmatch(plain):
            parts = match.groupdict()
            try:
                day = date(int(parts.get("y") or 2026), int(parts.get("m") or 1), int(parts.get("d") or 1))
            except ValueError:
                continue
            return float((day - date(1899, 12, 30)).days), None, "yyyy/m/d"
    if _TIME.fullmatch(plain):
        return 0.5, None, "h:mm"
    if _FRACTION.fullmatch(plain):
        return 0.5, None, "# ?/?"
    return text, None, None
