"""A department's workbook in which somebody makes mistakes: where they must be found, and the records as they then count."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any, TypeVar

from tests.departments import dongqing, xiahe
from tests.departments.catalogue import departments
from tests.departments.model import Department, Due, Line, Log, Mark, Person
from tests.departments.pages import Sheets
from tests.tasks.restyle import House, house_of
from zuxun_xl.cells import address

T = TypeVar("T")
MODULES: dict[str, Any] = {"夏荷": xiahe, "冬青": dongqing}
COLUMNS: dict[str, dict[str, dict[str, int]]] = {
    "夏荷": {
        "保单": {"日期": 2, "保单号": 3, "主附": 5, "保费": 8, "佣金率": 9, "姓名": 10, "组别": 11},
        "人员": {"工号": 1, "姓名": 2, "组别": 5, "入司": 7},
        "离司": {"入司": 7, "离司": 8},
        "续期": {"组别": 1, "姓名": 2, "保单号": 3, "应收日期": 4, "应收": 5, "状态": 6, "实收日期": 7, "实收": 8},
        "活动": {"日期": 1, "组别": 2, "姓名": 3, "约访": 4},
        "考勤": {"日期": 1, "组别": 2, "姓名": 3, "符号": 4},
    },
    "冬青": {
        "保单": {"保单号": 2, "日期": 3, "工号": 4, "姓名": 5, "保费": 14, "佣金": 15, "佣金率": 10},
        "人员": {"工号": 1, "姓名": 2, "组别": 3, "入司": 7, "离司": 8, "状态": 9},
        "续期": {"保单号": 1, "应收日期": 3, "应收": 4, "实收日期": 5, "实收": 6, "状态": 7, "工号": 8, "姓名": 9, "组别": 10},
        "活动": {"工号": 1, "日期": 2, "约访": 3},
    },
}
"""Department → table → what → 1-based column."""

_RECORDS = ("lines", "dues", "marks", "logs")


@dataclass
class Spoilt:
    """A workbook with wrong entries.

    Attributes:
        name: the department.
        house: its sheets.
        own: the records as they count.
        expected: kind → sheet and cell where it must be found.
    """

    name: str
    house: House
    pages: Sheets
    own: Department
    dice: random.Random
    expected: dict[str, tuple[str, str]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    added: Counter[str] = field(default_factory=Counter)

    @property
    def in_wan(self) -> bool:
        """Whether premiums are kept in 万元, by hand; else in 元, with riders beside the main policy and the commission typed."""
        return self.name == "夏荷"

    def has(self, table: str, what: str = "") -> bool:
        """Say whether the workbook keeps such a table, or such a column of it."""
        return table in COLUMNS[self.name] and (not what or what in COLUMNS[self.name][table])

    def place(self, record: object) -> tuple[str, int]:
        """Return sheet and row of a record."""
        return next((name, page.places[id(record)]) for name, page in self.pages.items() if id(record) in page.places)

    def put(self, kind: str, table: str, record: object, **values: object) -> None:
        """Change a record's cells; the mistake is the last one and must be found there."""
        sheet, row = self.place(record)
        for what, value in values.items():
            column = COLUMNS[self.name][table][what]
            self.house.change(sheet, row, column, value)
            self.expected[kind] = sheet, address(row, column)

    def repeat(self, kind: str, table: str, record: object, **values: object) -> None:
        """Write a record's row once more with other values, below the last record; the mistake is in the last of them."""
        sheet, row = self.place(record)
        self.added[sheet] += 1
        new = max(self.pages[sheet].places.values()) + self.added[sheet]
        self.house.append(sheet, new, list(self.house.sheets[sheet][row - 1]))
        for what, value in values.items():
            column = COLUMNS[self.name][table][what]
            if value is not Ellipsis:
                self.house.change(sheet, new, column, value)
            self.expected[kind] = sheet, address(new, column)

    def money(self, yuan: int | Fraction) -> object:
        """A premium as this department writes it."""
        return f"{float(yuan) / 10_000:,.6f}" if self.in_wan else float(yuan)

    # ------------------------------------------------------------------------------------------------------- records

    def a_line(self, wanted: Callable[[Line], bool] = lambda _: True) -> Line:
        """Pick a main line of this year that stands alone under its policy number and that nothing else touches."""
        times = Counter(line.policy for line in self.own.lines)
        free = [line for line in self.own.lines if times[line.policy] == 1 and line.product.main and line.day.year == self.own.year and line.rate]
        return self._pick([line for line in free if wanted(line)], lambda line: line.policy)

    def a_due(self, wanted: Callable[[Due], bool] = lambda _: True) -> Due:
        """Pick a renewal of this year that nothing else touches."""
        return self._pick([due for due in self.own.dues if due.day.year == self.own.year and wanted(due)], lambda due: due.policy)

    def a_log(self) -> Log:
        """Pick an activity log that nothing else touches."""
        return self._pick(self.own.logs, lambda log: f"{log.day}{log.person.code}")

    def a_mark(self) -> Mark:
        """Pick a morning of somebody."""
        return self._pick(self.own.marks, lambda mark: f"{mark.day}{mark.person.code}")

    def a_person(self) -> Person:
        """Pick somebody in force all the time under a name of their own."""
        return self._pick([person for person in self.own.people if self._is_plain(person)], lambda person: person.code)

    def a_leaver(self) -> Person:
        """Pick somebody who left for good in the first half of the year."""
        first_half = range(1, 7)
        gone = [person for person in self.own.people if (left := person.contracts[-1].left) and left.year == self.own.year and left.month in first_half]
        return self._pick(gone, lambda person: f"leaver{person.code}")

    def _is_plain(self, person: Person) -> bool:
        names = [other.name for other in self.own.people]
        contract = person.contracts[-1]
        return names.count(person.name) == len(person.contracts) == len(contract.stays) == 1 and contract.left is None and contract.joined < date(self.own.year, 1, 1)

    def _pick(self, records: Sequence[T], key: Callable[[T], str]) -> T:
        record = self.dice.choice([record for record in records if key(record) not in self.used])
        self.used.add(key(record))
        return record

    def without(self, record: object) -> None:
        """Let a record not count."""
        self._map(lambda each: () if each is record else (each,))

    def instead(self, record: Any, **changes: Any) -> None:
        """Let a record count with other values."""
        self._map(lambda each: (replace(each, **changes),) if each is record else (each,))

    def twice(self, record: object) -> None:
        """Let a record count as often as it stands there."""
        self._map(lambda each: (each, each) if each is record else (each,))

    def _map(self, change: Callable[[Any], tuple[Any, ...]]) -> None:
        lists: dict[str, Any] = {key: tuple(new for each in getattr(self.own, key) for new in change(each)) for key in _RECORDS}
        self.own = replace(self.own, **lists)


def unspoilt(name: str, seed: int) -> Spoilt:
    """Return a department's workbook before any mistake."""
    own = MODULES[name].department()
    house = house_of(departments()[name].path)
    return Spoilt(name, house, MODULES[name].sheets(own), own, random.Random(f"{name}{seed}"))  # noqa: S311 - no secret
