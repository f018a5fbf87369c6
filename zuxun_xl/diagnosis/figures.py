"""Figures as they stand in a Chinese sentence: a share in %, money in 元, rates in 件 or 次/人日."""

from __future__ import annotations

import math
from typing import Final

from zuxun_xl.units import round_half_up

_PLACES: Final = {"%": 1, "元": 0, "件": 2}
_STATES: Final = {-1: "灰", 0: "绿", 1: "黄", 2: "红"}
_SPARE_PLACES: Final = 2

STATE_UNIT: Final = "状态"
"""Unit of a metric whose value is the severity of a judged state: 灰 -1, 绿 0, 黄 1, 红 2."""


def show(value: float | None, unit: str) -> str:
    """A value with its unit, e.g. ``37.5%``, ``5,200元``, ``1.50件``, ``1.6次/人日``; ``—`` when there is none."""
    if value is None or not math.isfinite(value):
        return "—"
    if unit == STATE_UNIT:
        return _STATES.get(int(value), "—")
    scaled = value * 100 if unit == "%" else value
    return f"{_plain(scaled, unit)}{unit}"


def count(value: float) -> str:
    """A bare count, without needless decimals: ``8``, ``10.25``."""
    return _stripped(value)


def share(ratio: float) -> str:
    """A ratio as a percentage: 0.6818 → ``68.2%``."""
    return show(ratio, "%")


def _plain(value: float, unit: str) -> str:
    places = _PLACES.get(unit)
    return _stripped(value) if places is None else f"{round_half_up(value, places):,.{places}f}"


def _stripped(value: float) -> str:
    text = f"{round_half_up(value, _SPARE_PLACES):,.{_SPARE_PLACES}f}"
    return text.rstrip("0").rstrip(".")
