"""Reading 附表六: the day of each row, what is arranged on it, whether people work."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from zuxun_xl.cells import address
from zuxun_xl.forms.labels import period_in
from zuxun_xl.forms.table import Table
from zuxun_xl.periods import Period, month_of
from zuxun_xl.tasks.ledger import Ledger
from zuxun_xl.units import squeeze

MORNING = ("主持人", "专题", "主讲人", "信息窗口", "政令宣达", "开心一刻", "二早重点")
"""Columns of the morning meeting."""
OTHERS = ("训练", "会议", "重要行事")
_DAY_NUMBER = re.compile(r"(\d{1,2})(?:\.0)?[日号]?")
_SEPARATORS = re.compile(r"[、,，/和;；\n]+")
_NOTHING = frozenset({"", "无", "—", "-", "——", "/", "休息", "休"})


@dataclass(frozen=True)
class Agenda:
    """The calendar of one month (or of the days that its title states).

    Attributes:
        ledger, table: where it stands.
    """

    ledger: Ledger
    table: Table

    @cached_property
    def period(self) -> Period | None:
        """What the title states, else the month that most days belong to."""
        stated = period_in(self.table.title)
        if stated is not None:
            return stated
        known = [month_of(day) for day in self.table.column("日期") if day is not None]
        return max(known, key=known.count) if known else None

    @cached_property
    def rows(self) -> list[tuple[int, date | None]]:
        """Record index and day of every row; days may be written as bare numbers of the month."""
        return [(index, self._day(index, day)) for index, day in enumerate(self.table.column("日期"))]

    def _day(self, index: int, day: date | None) -> date | None:
        held = self.raw(index)
        match = _DAY_NUMBER.fullmatch(squeeze(str(held))) if day is None and held is not None else None
        if match is None or self.period is None:
            return day
        try:
            return self.period.start.replace(day=int(match[1]))
        except ValueError:
            return None

    def raw(self, index: int) -> object:
        """What stands in the cell of the date."""
        return self.ledger.grids[self.table.sheet].value(self.table.rows[index], self.table.columns["日期"])

    @cached_property
    def days(self) -> dict[date, int]:
        """Day of the period → record index."""
        days: dict[date, int] = {}
        for index, day in self.rows:
            if day is not None and self.period is not None and day in self.period:
                days.setdefault(day, index)
        return days

    @cached_property
    def workdays(self) -> list[date]:
        """The working days of the period that have a row."""
        return [day for day in sorted(self.days) if self.ledger.settings.workdays.is_workday(day)]

    @cached_property
    def weeks(self) -> list[tuple[Period, list[date]]]:
        """The weeks of the period, each with its working days that have a row; a week of which days are missing is left out."""
        if self.period is None:
            return []
        calendar = self.ledger.settings.workdays
        weeks = [(week, [day for day in self.workdays if day in week]) for week in calendar.weeks(self.period)]
        return [(week, days) for week, days in weeks if days and days == calendar.within(week)]

    @cached_property
    def _anchors(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Cells below the first one of a cell merged over several days → that first cell."""
        return {
            (row, left): (top, left)
            for top, left, bottom, _ in self.ledger.grids[self.table.sheet].merges for row in range(top + 1, bottom + 1)
        }

    def _held(self, day: date, key: str) -> object:
        place = self.table.rows[self.days[day]], self.table.columns[key]
        return self.ledger.grids[self.table.sheet].value(*self._anchors.get(place, place))

    def text(self, day: date, *keys: str) -> str:
        """What is arranged on a day, blanks and 无 left out; a cell merged over several days speaks for each of them."""
        held = (self._held(day, key) for key in keys if self.table.has(key))
        return "；".join(text for value in held if value is not None and (text := str(value).strip()) not in _NOTHING)

    def cell(self, day: date, key: str) -> str:
        """A1 address of a day's cell."""
        return self.table.cell(self.days[day], key)

    def heading(self, key: str) -> str:
        """A1 address of a column's heading."""
        return address(self.table.header, self.table.columns[key])

    def people(self, day: date, key: str) -> Sequence[str]:
        """The persons that a cell names."""
        return [name for name in _SEPARATORS.split(squeeze(self.text(day, key))) if name]

    def items(self, day: date) -> Iterator[tuple[str, str]]:
        """Column and text of each thing that is arranged outside the morning meeting."""
        for key in OTHERS:
            for item in re.split(r"[;；\n]", self.text(day, key)):
                if item.strip():
                    yield key, item.strip()


def spoken(day: date) -> str:
    """A day as it is said: 10月8日."""
    return f"{day.month}月{day.day}日"
