"""A group's monthly plan over its persons in 附表三: from the month after joining up to the month of leaving."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal
from functools import cached_property

from zuxun_xl.book.changes import Formula
from zuxun_xl.findings import Finding
from zuxun_xl.periods import Period
from zuxun_xl.records.model import Agent
from zuxun_xl.spreading import Number, SpreadError, spread_table
from zuxun_xl.tasks.checking.targeted import columns_of, person_of
from zuxun_xl.tasks.filling.pen import Note, Pen, sum_of
from zuxun_xl.tasks.ledger import Ledger
from zuxun_xl.tasks.spreading.rules import KEPT, NOBODY, clash
from zuxun_xl.tasks.spreading.targets import Key
from zuxun_xl.tasks.spreading.wish import HISTORY, Wish
from zuxun_xl.units import MONEY_SCALES, squeeze

_YEAR = "全年目标"
_UNIT = re.compile(r"单位:?(百万元|千元|万元|元)")


@dataclass(frozen=True)
class Row:
    """A person's line of targets."""

    pen: Pen
    index: int
    agent: Agent

    @cached_property
    def columns(self) -> dict[Period, int]:
        """Month or longer period → column."""
        return columns_of(self.pen.table)

    @property
    def number(self) -> int:
        """The sheet row."""
        return self.pen.table.rows[self.index]

    @cached_property
    def scale(self) -> int:
        """How many 元 one of the form's units is."""
        match = _UNIT.search(squeeze(self.pen.table.title))
        return self.pen.table.scales.get(_YEAR) or (MONEY_SCALES[match[1]] if match else 1)

    def typed(self, column: int | None) -> Decimal | None:
        """A person's own figure in a column, in 元."""
        if column is None or not self.pen.is_own(self.number, column) or self.pen.has_formula(self.number, column):
            return None
        return Decimal(repr(self.pen.number(self.number, column) or 0.0)) * self.scale

    def is_due(self, month: Period) -> bool:
        """Whether a target is due: joined before the month, not gone before it."""
        return self.agent.joined < month.start and (self.agent.left is None or self.agent.left >= month.start)


@dataclass
class Persons:
    """The persons of 附表三 and what they are to reach.

    Attributes:
        ledger: the workbook.
        pens: one a sheet of the form.
        wish: what the user wants.
        plan: (group, month) → plan of the group in 元.
        findings: what could not be.
    """

    ledger: Ledger
    pens: Sequence[Pen]
    wish: Wish
    plan: Mapping[Key, Decimal]
    findings: list[Finding] = field(default_factory=list)

    def write(self) -> None:
        """Spreads every group's months over its persons and adds up quarters and years."""
        for group in self.ledger.department.groups:
            self._write_group(group)
        for row in self.rows:
            _add_up(row)

    @cached_property
    def rows(self) -> list[Row]:
        """The lines of persons who are in the roster."""
        return [
            Row(pen, index, agent) for pen in self.pens for index in range(len(pen.table))
            if (agent := person_of(self.ledger, pen.table, index)) is not None
        ]

    def _write_group(self, group: str) -> None:
        rows, months = self._members(group)
        if not rows or not months:
            return
        locked: dict[tuple[int, int], Number] = {}
        for i, row in enumerate(rows):
            for j, month in enumerate(months):
                typed = row.typed(row.columns[month]) if self._belongs(row, month, group) else None
                if typed is not None or not self._shares(row, month, group):
                    locked[i, j] = typed or 0
        totals = [row.typed(row.pen.table.columns.get(_YEAR)) if self._all_year(row, months, group) else None for row in rows]
        weights = self._weights(rows)
        try:
            aims = [self._aim(self.plan[group, month]) for month in months]
            table = spread_table(totals, aims, [[weight] * len(months) for weight in weights], locked, self.wish.smallest)
        except SpreadError as error:
            self.findings.append(self._clash(error, group, rows, months))
            return
        for row, line in zip(rows, table, strict=True):
            for month, value in zip(months, line, strict=True):
                if self._shares(row, month, group):
                    _put(row, row.columns[month], float(value / row.scale), f"{group}{month.label}计划分到人", month.label)

    def _aim(self, plan: Decimal) -> Decimal:
        """What the persons of a group aim at together: its plan, or the settings' factor times it, up to the next step."""
        factor, step = self.ledger.settings.target_factor, self.wish.smallest
        return (plan * Decimal(repr(factor)) / step).to_integral_value(ROUND_CEILING) * step if factor else plan

    def _members(self, group: str) -> tuple[list[Row], list[Period]]:
        """The persons of a group and the months in which somebody can take its plan."""
        planned = [month for own, month in self.plan if own == group and len(month.pieces()) == 1]
        rows = [row for row in self.rows if any(self._belongs(row, month, group) for month in planned)]
        months = []
        for month in sorted(planned):
            if any(self._shares(row, month, group) or (self._belongs(row, month, group) and row.typed(row.columns[month])) for row in rows):
                months.append(month)
            elif self.plan[group, month]:
                sheet = self.pens[0].table.sheet
                self.findings.append(NOBODY.at(sheet, group=group, month=month.label, plan=f"{self.plan[group, month]:,f}元"))
        return [row for row in rows if any(self._belongs(row, month, group) for month in months)], months

    @staticmethod
    def _belongs(row: Row, month: Period, group: str) -> bool:
        return month in row.columns and row.agent.group_on(month.end) == group

    def _shares(self, row: Row, month: Period, group: str) -> bool:
        return self._belongs(row, month, group) and row.is_due(month)

    def _all_year(self, row: Row, months: Sequence[Period], group: str) -> bool:
        own = [month for month in row.columns if len(month.pieces()) == 1]
        return set(own) <= set(months) and all(self._belongs(row, month, group) for month in own)

    def _weights(self, rows: Sequence[Row]) -> list[float]:
        """Given weights, last year's business (who had none counts as the least of those who had), or equal shares."""
        given = self.wish.named({name: row.agent.code for row in rows for name in (row.agent.code, row.agent.name)})
        if given:
            return [given.get(row.agent.code, 0.0) for row in rows]
        business = self._business if self.wish.people_by == HISTORY else {}
        own = [business.get(row.agent.code, 0.0) for row in rows]
        least = min((value for value in own if value > 0), default=1.0)
        return [value if value > 0 else least for value in own]

    @cached_property
    def _business(self) -> dict[str, float]:
        """Code → net FYP of the year before the form's."""
        year = min(month.start for row in self.rows for month in row.columns).year - 1
        totals: dict[str, float] = defaultdict(float)
        for line in (self.wish.last_year or self.ledger).department.lines:
            if line.day.year == year:
                totals[line.agent] += line.premium
        return totals

    def _clash(self, error: SpreadError, group: str, rows: Sequence[Row], months: Sequence[Period]) -> Finding:
        row = rows[error.index or 0] if error.axis == "row" else rows[0]
        who = row.agent.name if error.axis == "row" else f"{group}个人"
        when = months[error.index or 0].label if error.axis == "column" else "全年"
        cell = row.pen.table.cell(row.index, _YEAR) if error.axis == "row" else ""
        return clash(row.pen.table.sheet, cell, (who, when, "FYP目标"), error.total, error.locked, "元")


def _put(row: Row, column: int, content: float | Formula, why: str, label: str) -> None:
    figures = {"group": row.agent.name, "month": label, "column": "FYP目标"}
    row.pen.put(row.number, column, content, Note(why, KEPT, figures, actual=False))


def _add_up(row: Row) -> None:
    """Quarters, halves and the year of a person as sums; blank months count as 0."""
    for period, column, parts in _sums(row):
        if not (row.pen.is_own(row.number, column) and row.pen.has_formula(row.number, column)):
            cells = [(row.number, part) for part in parts]
            value = sum(row.pen.number(*cell) or 0.0 for cell in cells)
            if any(row.pen.value(*cell) is not None for cell in cells):
                _put(row, column, Formula(sum_of(cells), value), "合计", period)


def _sums(row: Row) -> Iterator[tuple[str, int, list[int]]]:
    """(Label, column, columns of the parts): periods of their months, the year of its quarters where the form has them."""
    months = {period: column for period, column in sorted(row.columns.items()) if len(period.pieces()) == 1}
    for period, column in sorted(row.columns.items(), key=lambda item: len(item[0].pieces())):
        parts = [months[piece] for piece in period.pieces() if piece in months]
        if 1 < len(period.pieces()) == len(parts):
            yield period.label, column, sorted(parts)
    year = row.pen.table.columns.get(_YEAR)
    if year is not None:
        quarters = sorted(column for period, column in row.columns.items() if len(period.pieces()) == 3)  # noqa: PLR2004
        yield "全年", year, quarters if len(quarters) == 4 else sorted(months.values())  # noqa: PLR2004
