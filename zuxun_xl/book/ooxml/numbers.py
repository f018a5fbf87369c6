"""Number formats: built-in ids and the family that a format belongs to (percentage, date, text …)."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from zuxun_xl.book.changes import Change, Content, Formula

BUILTIN = {
    "General": 0, "0": 1, "0.00": 2, "#,##0": 3, "#,##0.00": 4, "0%": 9, "0.00%": 10, "0.00E+00": 11, "# ?/?": 12, "# ??/??": 13,
    "h:mm": 20, "h:mm:ss": 21, "mm:ss": 45, "[h]:mm:ss": 46, "@": 49,
}  # fmt: skip
"""Codes that need no entry of their own. The date codes 14–17 and 22 look different in every locale and are not among them."""

_BUILTIN_FAMILIES = {
    **dict.fromkeys([0], "general"),
    **dict.fromkeys([9, 10], "percent"),
    **dict.fromkeys([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)], "date"),
    **dict.fromkeys([49], "text"),
}
_CODES = {number: code for code, number in BUILTIN.items()} | {
    14: "yyyy/m/d", 22: "yyyy/m/d h:mm", 31: 'yyyy"年"m"月"d"日"',
    **dict.fromkeys([27, 36, 50, 52, 57], 'yyyy"年"m"月"'), **dict.fromkeys([28, 29, 51, 53, 54, 58], 'm"月"d"日"'),
}  # fmt: skip
"""Codes of built-in ids, the dates as a Chinese system shows them."""
_NOISE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_DURATION = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)


def builtin_family(number: int) -> str:
    """Family of a built-in format id."""
    return _BUILTIN_FAMILIES.get(number, "number")


def builtin_code(number: int) -> str:
    """Code of a built-in format id; ``General`` for those that nobody chooses."""
    return _CODES.get(number, "General")


def family(code: str) -> str:
    """Family of a format code: ``general``, ``number``, ``percent``, ``date`` or ``text``."""
    first = _NOISE.sub("", code).partition(";")[0].strip().lower()
    if first in {"general", "g/通用格式", ""}:
        return "general"
    if "%" in first:
        return "percent"
    if "@" in first:
        return "text"
    return "date" if re.search(r"[ymdhs]|am/pm", first) else "number"


def is_duration(code: str) -> bool:
    """Whether a format shows lengths of time, of which the hours do not stop at 24."""
    return _DURATION.search(code) is not None


def date_format(value: object) -> str | None:
    """The format without which a date or time would show as a bare number; ``None`` for other values."""
    if isinstance(value, datetime):
        return "yyyy-mm-dd hh:mm"
    if isinstance(value, date):
        return "yyyy-mm-dd"
    if isinstance(value, time):
        return "h:mm"
    return "[h]:mm:ss" if isinstance(value, timedelta) else None


def asked_format(change: Change) -> str | None:
    """The format that a change asks for; a plain number in a date's place is not to show as a date."""
    undated = date_format(change.old) is not None and date_format(change.new) is None
    return change.number_format or ("General" if undated else None)


def format_for(content: Content, asked: str | None) -> str | None:
    """The format that a content needs, given what is asked for; ``None`` where the cell's own will do."""
    value = content.value if isinstance(content, Formula) else content
    if content is None or isinstance(content, str):
        return None
    return asked or date_format(value)
