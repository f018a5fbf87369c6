"""Sum rules on both axes of a form: months = quarters = year, groups = department. Shared by all forms with such rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from zuxun_xl.findings import Finding, Rule
from zuxun_xl.forms.table import Table
from zuxun_xl.kpi.measures import total_of
from zuxun_xl.periods import Period
from zuxun_xl.records.model import WHOLE

_CENT = 0.01
_STEP = 0.005
"""Half of the last digit of a figure kept in 万元 with two decimals."""
_COMPANY = re.compile(r"(公司|上级|机构|中支).*(任务|下达|计划|目标|责任额)|下达任务|^任务$")
"""Labels of rows that hold what the company demands; they are no group."""


@dataclass(frozen=True)
class Body:
    """Figures of a form by group, period and column.

    Attributes:
        table: the form.
        slot: column key of the period.
    """

    table: Table
    slot: str = "月份"

    def rows(self) -> Iterator[tuple[int, str, Period]]:
        """Record index, group and period of every row of a group or of 全部."""
        return ((index, group, period) for index, group, period in self._all() if not _COMPANY.search(group))

    def tasks(self) -> Iterator[tuple[int, Period]]:
        """Record index and period of the rows in which the company's task stands."""
        return ((index, period) for index, group, period in self._all() if _COMPANY.search(group))

    def _all(self) -> Iterator[tuple[int, str, Period]]:
        columns = self.table.column("组别"), self.table.column(self.slot)
        return ((index, group, period) for index, (group, period) in enumerate(zip(*columns, strict=True)))

    def index(self) -> dict[tuple[str, Period], int]:
        """(Group, period) → record index."""
        return {(group, period): index for index, group, period in self.rows()}

    def value(self, index: int | None, key: str) -> float | None:
        """A figure in base units; ``None`` where the row or figure is missing."""
        if index is None:
            return None
        value = self.table.column(key)[index]
        return value if isinstance(value, int | float) else None

    def text(self, index: int, *keys: str) -> str:
        """What stands in text columns of a row, one after the other."""
        held = (self.table.column(key)[index] for key in keys)
        return "；".join(str(value) for value in held if value is not None)

    def cell(self, index: int, key: str) -> str:
        """A1 address of a figure."""
        return self.table.cell(index, key)

    def show(self, key: str, value: float | None) -> str:
        """A figure in the unit of its column, for messages."""
        if value is None:
            return "空白"
        text = f"{value / self.table.scales.get(key, 1):,.2f}".rstrip("0").rstrip(".")
        return text + ("万元" if self.table.scales.get(key, 1) > 1 else "")

    def tolerance(self, key: str, parts: int) -> float:
        """What rounding of the parts may explain."""
        scale = self.table.scales.get(key, 1)
        return _CENT if scale == 1 else _STEP * scale * (parts + 1)

    def unreadable(self, rule: Rule) -> Iterator[Finding]:
        """A finding for every cell that could not be read."""
        names = {index: (group, period) for index, group, period in self._all()}
        for item in self.table.unreadable:
            group, period = names[item.index]
            yield rule.at(
                self.table.sheet, self.table.cell(item.index, item.key), group=group, month=period.label, week=period.label,
                column=self.heading(item.key), raw=item.raw, reason="不是数字" if "不是数字" in item.reason else item.reason,
            )

    def heading(self, key: str) -> str:
        """The column's heading in the handbook's words."""
        return self.table.form.by_key[key].heading


def impossible(body: Body, keys: Iterable[str], rule: Rule) -> Iterator[Finding]:
    """Planned figures of months and weeks that are negative, and counts that are no whole numbers."""
    for key in (key for key in keys if body.table.has(key)):
        counted = not body.table.form.by_key[key].unit.name.startswith("元")
        for index, group, period in body.rows():
            value = body.value(index, key)
            shortest = body.slot != "月份" or len(period.pieces()) == 1
            if value is not None and shortest and (value < 0 or (counted and value != int(value))):
                yield rule.at(
                    body.table.sheet, body.cell(index, key), group=group, month=period.label, week=period.label, column=body.heading(key),
                    shown=body.show(key, value),
                )


class Figures:
    """The figures of a form by group, period and column, over all sheets that together keep it."""

    def __init__(self, tables: Iterable[Table], slot: str = "月份") -> None:
        self._bodies = [(body, body.index()) for body in (Body(table, slot) for table in tables)]
        self.keys = tuple(dict.fromkeys(key for _, index in self._bodies for key in index))
        self.groups = tuple(dict.fromkeys(group for group, _ in self.keys if group != WHOLE))

    def spot(self, group: str, period: Period, key: str) -> tuple[Body, int] | None:
        """Where a figure stands: body and record index."""
        spots = ((body, index[group, period]) for body, index in self._bodies if (group, period) in index and body.table.has(key))
        return next(spots, None)

    def value(self, group: str, period: Period, key: str) -> float | None:
        """A figure in base units; ``None`` where there is none."""
        spot = self.spot(group, period, key)
        return None if spot is None else spot[0].value(spot[1], key)


def over_time(figures: Figures, keys: Iterable[str], quarters: Rule, year: Rule) -> Iterator[Finding]:
    """Subtotals typed for longer periods against the sum of their months."""
    keys = tuple(keys)
    for group, period in figures.keys:
        pieces = period.pieces()
        rule = year if len(pieces) > 6 else quarters  # noqa: PLR2004 - halves and quarters alike
        for key in keys if len(pieces) > 1 else ():
            yield from _differs(figures, group, period, key, [figures.value(group, piece, key) for piece in pieces], rule)


def over_groups(figures: Figures, keys: Iterable[str], rule: Rule) -> Iterator[Finding]:
    """Figures typed for the whole department against the sum of its groups."""
    keys = tuple(keys)
    for scope, period in figures.keys:
        if scope == WHOLE and figures.groups:
            for key in keys:
                parts = [figures.value(group, period, key) for group in figures.groups]
                yield from _differs(figures, scope, period, key, parts, rule)


def _differs(
    figures: Figures, group: str, period: Period, key: str, parts: list[float | None], rule: Rule
) -> Iterator[Finding]:
    """A finding where a typed figure is not the sum of its parts, as far as rounding does not explain it; all parts must be there."""
    spot, total = figures.spot(group, period, key), total_of(parts)
    shown = None if spot is None else spot[0].value(spot[1], key)
    if spot is None or shown is None or total is None or abs(shown - total) <= spot[0].tolerance(key, len(parts)):
        return
    body, row = spot
    yield rule.at(
        body.table.sheet, body.cell(row, key), group=group, month=period.label, week=period.label, quarter=period.label,
        column=body.heading(key), shown=body.show(key, shown), sum=body.show(key, total), gap=body.show(key, shown - total),
    )
