"""In which unit a column is kept, and what says so: its heading, a row of units below, a note above; of percentages their size."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from zuxun_xl.forms.form import Form
from zuxun_xl.units import MONEY_SCALES, squeeze

_MONEY = frozenset({"元", "元/件", "元/人"})
_LARGE = "百万元|万元|千元|亿元"
_NOTE = re.compile(
    rf"(?:单位|金额|保费|币种)(?:均?为|以|是|一律)?:?(?:人民币)?[^\d。;]{{0,8}}?({_LARGE}|(?<=[:、,/为是以币])元)|[(\[【]({_LARGE}|元)[)\]】]"
)
"""A note above a table that names the unit of its money: soon after such a word, or alone in brackets."""
_UNITS = frozenset({*MONEY_SCALES, "元/件", "元/人", "人", "件", "次", "人次", "%", "天", "个", "名", "件/人"})
_FILLERS = frozenset({"-", "—", "/", "单位", "文字", "日期"})
_LEAST_UNITS = 2


class Source(StrEnum):
    """What a column's unit was read from."""

    DECIDED = "您的决定"
    HEADING = "表头"
    ROW = "单位行"
    NOTE = "单位说明"
    SIZE = "数值大小"
    DEFAULT = "默认"


@dataclass(frozen=True, slots=True)
class Scale:
    """The unit of a column of money, how many 元 one of it is, and what says so."""

    unit: str
    source: Source

    @property
    def factor(self) -> int:
        """How many 元 one unit is."""
        return MONEY_SCALES[self.unit]


def is_money(form: Form, key: str) -> bool:
    """Whether a column holds amounts of money."""
    return form.by_key[key].unit.name in _MONEY


def scale_in(form: Form, key: str, units: Mapping[str, tuple[str, Source]], title: str) -> Scale | None:
    """The unit of a column from what was stated for it, else from the note above the table; ``None`` if it holds no money."""
    if not is_money(form, key):
        return None
    stated = units.get(key)
    if stated is not None and stated[0] in MONEY_SCALES:
        return Scale(*stated)
    noted = noted_unit(title)
    return Scale("元", Source.DEFAULT) if noted is None else Scale(noted, Source.NOTE)


def noted_unit(title: str) -> str | None:
    """The money unit of a note such as 单位：万元、人, 金额：万元 or （万元）; of several the one that is more than 元."""
    note = squeeze(title)
    found = [match[1] or match[2] for match in _NOTE.finditer(note)]
    return next((unit for unit in found if unit != "元"), found[0] if found else None)


def units_below(rows: Sequence[Sequence[Any]], header: int) -> dict[int, str]:
    """Column → unit, where the row under the headings holds units and nothing else."""
    row = rows[header] if header < len(rows) else ()
    return {column: _bare(value) for column, value in enumerate(row, start=1) if value is not None} if is_unit_row(row) else {}


def is_unit_row(row: Sequence[Any]) -> bool:
    """Whether a row says the units of its columns and nothing else."""
    held = [_bare(value) if isinstance(value, str) else "" for value in row if value is not None]
    units = sum(text in _UNITS for text in held)
    return units >= _LEAST_UNITS and all(text in _UNITS or text in _FILLERS for text in held)


def in_points(raw: Sequence[Any], values: Sequence[float | None]) -> bool:
    """Whether a column of percentages is kept as 25 or text 25, as most of its figures are; 25% is 0.25 already."""
    bare = [value for held, value in zip(raw, values, strict=True) if value and not _is_signed(held)]
    return sum(value > 1 for value in bare) * 2 > len(bare)


def from_points(raw: Sequence[Any], values: Sequence[float | None]) -> list[float | None]:
    """Percentages kept in points as shares: 25 → 0.25."""
    return [
        value / 100 if value is not None and not _is_signed(held) else value for held, value in zip(raw, values, strict=True)
    ]


def _is_signed(held: object) -> bool:
    return isinstance(held, str) and held.rstrip().endswith(("%", "％"))


def _bare(value: object) -> str:
    return squeeze(str(value)).strip("()[]").removeprefix("单位:")
