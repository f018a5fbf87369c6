"""Texts of records: cells as text, agent codes as they are compared."""

from __future__ import annotations

import re

from zuxun_xl.units import squeeze

_WHOLE = re.compile(r"(\d+)\.0+")
_APOSTROPHES = "'‘’`"


def text_of(value: object) -> str:
    """A cell's value as trimmed text; whole numbers without a decimal point."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return squeeze(str(value))


def code_of(value: object) -> str:
    """A code as it is compared: capital letters, no apostrophe before it, no ``.0`` behind it."""
    text = text_of(value).strip(_APOSTROPHES).upper()
    match = _WHOLE.fullmatch(text)
    return match[1] if match else text
