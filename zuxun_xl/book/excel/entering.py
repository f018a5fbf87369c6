"""Which texts Excel would take for something else: a formula, a number, a day, a truth value, an error."""

from __future__ import annotations

import re
import unicodedata

_SIGNS = ("=", "+", "-", "@", "'", "#")
_WORDS = re.compile(
    r"上午|下午|星期|周|年|月|日|时|分|秒|am|pm|jan\w*|feb\w*|mar\w*|apr\w*|may|jun\w*|jul\w*|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*"
    r"|cny|rmb|usd|hkd|e|f|d",
    re.IGNORECASE,
)
"""Words and letters that numbers, days and times may hold."""
_TRUTHS = {"TRUE", "FALSE", "真", "假"}
_DIGITS = "〇一二三四五六七八九十"
MOST_SHOWN = 255
"""A longer text shows as ###### in a cell that is formatted as text."""


def is_taken_otherwise(text: str) -> bool:
    """Whether Excel might make something else of a text that is put into a cell; in doubt yes."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain.startswith(_SIGNS) or plain.upper() in _TRUTHS:
        return True
    if not any(character.isdigit() or character in _DIGITS for character in plain):
        return False
    rest = _WORDS.sub("", plain)
    return not any(character.isalpha() and character not in _DIGITS for character in rest)
