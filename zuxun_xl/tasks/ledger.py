"""A ledger: an opened workbook with its tables recognised, its department read and its plan at hand. Every task starts from one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from zuxun_xl.book.answers import Answers
from zuxun_xl.book.candidate import Candidate
from zuxun_xl.book.gather import gather
from zuxun_xl.book.grid import Grid
from zuxun_xl.book.locate import locate
from zuxun_xl.book.mapping import Unusable, mapping_in
from zuxun_xl.book.plans import with_plans
from zuxun_xl.book.port import Book
from zuxun_xl.book.read import Context, read
from zuxun_xl.errors import CallError, MissingTableError
from zuxun_xl.forms.catalogue import FORMS
from zuxun_xl.forms.table import Table
from zuxun_xl.kpi.measures import Values
from zuxun_xl.periods import Period, month_of
from zuxun_xl.records.department import Department, read_department, usual_year
from zuxun_xl.records.people import text_of
from zuxun_xl.settings import Settings
from zuxun_xl.tasks.plan import Plan

_INDISPENSABLE = ("花名册", "保单明细")
SETTINGS_SHEETS = ("设置", "参数", "参数设置")
"""Names of the sheet in which a department keeps its settings."""
_NAME, _VALUE = "名称", "值"


@dataclass
class Ledger:
    """A workbook as the tasks see it.

    Attributes:
        book: the opened workbook.
        settings: the department's settings.
        asked_as_of: last day to count, if the user named one.
        given: what the user decides now about ambiguous tables, columns and units, beyond what the workbook remembers.
    """

    book: Book
    settings: Settings = field(default_factory=Settings)
    asked_as_of: date | None = None
    given: Answers = field(default_factory=Answers)

    @cached_property
    def grids(self) -> dict[str, Grid]:
        """Values of every sheet."""
        return {name: self.book.grid(name) for name in self.book.sheet_names}

    @cached_property
    def remembered(self) -> tuple[Answers, tuple[Unusable, ...]]:
        """The decisions in the workbook's sheet 映射, and those in it that cannot be taken."""
        return mapping_in(self.grids)

    @property
    def decisions(self) -> Answers:
        """All decisions in force."""
        return self.remembered[0].updated(self.given)

    @cached_property
    def candidates(self) -> dict[str, list[Candidate]]:
        """What was recognised: form key → places, the surest first."""
        return locate(list(self.grids.values()), self.decisions)

    @cached_property
    def places(self) -> dict[str, list[Candidate]]:
        """The same, with plans in arrangements that only the groups' names explain."""
        if len(self._records) < len(_INDISPENSABLE):
            return self.candidates
        return with_plans(self.candidates, self.grids, self.context, self.decisions)

    @cached_property
    def tables(self) -> Mapping[str, Table]:
        """Form key → the table read from its surest place; raises ``MissingTableError`` without roster or policies."""
        for key in _INDISPENSABLE:
            self._demand(key)
        return self.readable

    @cached_property
    def readable(self) -> Mapping[str, Table]:
        """The same, of whatever can be read, even without roster or policies."""
        usable = {key: kept for key, places in self.places.items() if (kept := [place for place in places if not place.missing])}
        others = {key: self._read(places, self.context) for key, places in usable.items() if key not in _INDISPENSABLE}
        return {**others, **self._records}

    def read_place(self, place: Candidate) -> Table:
        """The table at a place, whether it is in use or not."""
        return read(self.grids[place.sheet], place, self.context)

    @cached_property
    def _records(self) -> dict[str, Table]:
        """The tables that tell what reading the others needs to know, as far as they are there."""
        raw = {key: self._read(places, Context(0)) for key in _INDISPENSABLE if (places := self._usable(key))}
        policies = raw.get("保单明细")
        if policies and any(day is not None for part in policies.whole for day in part.column("承保日期")):
            year = Context(usual_year(policies))  # 3月5日 where neither title nor sheet states a year
            raw |= {key: self._read(self._usable(key), year) for key, table in raw.items() if any(p.unreadable for p in table.whole)}
        if policies and "花名册" in raw:
            registers = [place for place in self.candidates["花名册"] if place.missing == ("入司日期",) and "离司日期" in place.columns]
            year = Context(usual_year(raw["保单明细"]))
            raw["花名册"].beside = [read(self.grids[place.sheet], place, year) for place in registers]
        return raw

    @cached_property
    def context(self) -> Context:
        """What reading a form needs to know from the records."""
        roster, policies = (self._records.get(key) for key in _INDISPENSABLE)
        groups = [group for part in (roster.whole if roster else ()) for group in part.column("组别") if group is not None]
        year = usual_year(policies) if policies else date.today().year
        return Context(year, tuple(dict.fromkeys(map(text_of, groups))), self.settings.month_start)

    def _usable(self, key: str) -> list[Candidate]:
        return [place for place in self.candidates.get(key, []) if not place.missing]

    def _read(self, places: Sequence[Candidate], context: Context) -> Table:
        return gather(places, lambda place: read(self.grids[place.sheet], place, context))

    def _demand(self, key: str) -> None:
        places = self.candidates.get(key)
        if not places:
            found = "、".join(self.candidates) or "没有"
            raise MissingTableError(
                f"“{self.book.name}”里没有找到{key}（认出的表：{found}）。",
                f"请确认表头里有这些列：{'、'.join(FORMS[key].required)}；可用 zuxun adopt 查看识别结果、指定列名。",
            )
        if places[0].missing:
            place = places[0]
            raise MissingTableError(
                f"“{self.book.name}”的工作表“{place.sheet}”像是{key}，但第{place.header}行表头缺少：{'、'.join(place.missing)}。",
                "请补上这些列，或改用常见的列名；可用 zuxun adopt 查看识别结果、指定列名。",
            )

    @cached_property
    def department(self) -> Department:
        """The department's records."""
        return read_department(self.tables, self.asked_as_of, self.settings.min_fyp)

    @cached_property
    def plan(self) -> Plan:
        """The plan typed in 附表一, 附表二 and 附表四."""
        return Plan(self.department.groups, self.tables.get("附表一"), self.tables.get("附表二"), self.tables.get("附表四"))

    @property
    def as_of(self) -> date:
        """Last day counted."""
        return self.department.as_of

    def measures(self, period: Period) -> Mapping[str, Values]:
        """Actual measures by group.

        Raises:
            CallError: the period lies before the first or after the last record.
            MissingTableError: there are no usable records at all.
        """
        department = self.department
        if not department.lines or not department.groups:
            table = "保单明细" if department.groups else "花名册"
            raise MissingTableError(f"“{self.book.name}”的{table}里没有一行可用的记录。", "请先登记，或用 zuxun check 查看为什么没有采用。")
        if period.start > self.as_of:
            raise CallError(
                f"期间{period.label}在数据截止日{self.as_of}之后，还没有记录。", "请换一个已经开始的期间，或用 --as-of 指定截止日。"
            )
        if min(period.end, self.as_of) < self._first:
            raise CallError(f"期间{period.label}早于台账的第一条记录（{department.lines[0].day}）。", "请换一个台账里有记录的期间。")
        return department.measures(period)

    def reaches(self, period: Period) -> bool:
        """Whether a period has begun and the records reach it; a day to count up to may be set too far ahead."""
        return self.covers(period) and period.start <= min(self.as_of, self.department.last)

    def has_passed(self, period: Period) -> bool:
        """Whether a period is over: no workday of it is left after the last day counted."""
        return self.settings.workdays.has_passed(period, self.as_of)

    def covers(self, period: Period) -> bool:
        """Whether the records reach back to a period's first month."""
        return period.start >= self._first

    @cached_property
    def _first(self) -> date:
        """First day of the month in which the records begin."""
        lines = self.department.lines
        return month_of(lines[0].day, self.settings.month_start).start if lines else date.max


def settings_in(book: Book) -> dict[str, object]:
    """Name → value of the workbook's 设置 sheet: the column under 值, else whatever stands right of the first text of a row."""
    for name in book.sheet_names:
        if name in SETTINGS_SHEETS:
            grid = book.grid(name)
            head = next((row for row, values in enumerate(grid.rows) if {_NAME, _VALUE} <= {*values}), None)
            if head is not None:
                key, value = grid.rows[head].index(_NAME), grid.rows[head].index(_VALUE)
                return {str(row[key]): row[value] for row in grid.rows[head + 1 :] if row[key] is not None}
            rows = [[value for value in row if value is not None] for row in grid.rows]
            return {row[0]: row[1] for row in rows if len(row) > 1 and isinstance(row[0], str)}
    return {}
