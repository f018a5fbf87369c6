"""Sum rules on both axes of a form: months = quarters = year, groups = department. Shared by all forms with such rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from zuxun_xl.findings import Finding, Rule
from zuxun_xl.forms.table import Table
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


def over_time(body: Body, keys: Iterable[str], quarters: Rule, year: Rule) -> Iterator[Finding]:
    """Subtotals typed for longer periods against the sum of their months."""
    keys = [key for key in keys if body.table.has(key)]
    index = body.index()
    for (group, period), row in index.items():
        pieces = period.pieces()
        if len(pieces) == 1:
            continue
        rule = year if len(pieces) > 6 else quarters  # noqa: PLR2004 - halves and quarters alike
        for key in keys:
            shown = body.value(row, key)
            parts = [body.value(index.get((group, piece)), key) for piece in pieces]
            known = [part for part in parts if part is not None]
            if shown is None or len(known) < len(parts):
                continue
            gap = shown - sum(known)
            if abs(gap) > body.tolerance(key, len(parts)):
                yield rule.at(
                    body.table.sheet, body.cell(row, key), group=group, quarter=period.label, column=body.heading(key),
                    shown=body.show(key, shown), sum=body.show(key, sum(known)), gap=body.show(key, gap),
                )


def over_groups(body: Body, keys: Iterable[str], rule: Rule) -> Iterator[Finding]:
    """Figures typed for the whole department against the sum of its groups."""
    keys = [key for key in keys if body.table.has(key)]
    index = body.index()
    groups = list(dict.fromkeys(group for group, _ in index if group != WHOLE))
    for (scope, period), row in index.items():
        parts_of = [index.get((group, period)) for group in groups]
        if scope != WHOLE or not groups or None in parts_of:
            continue
        for key in keys:
            shown = body.value(row, key)
            known = [part for part in (body.value(place, key) for place in parts_of) if part is not None]
            if shown is None or len(known) < len(groups):
                continue
            if abs(shown - sum(known)) > body.tolerance(key, len(known)):
                yield rule.at(
                    body.table.sheet, body.cell(row, key), month=period.label, week=period.label, column=body.heading(key),
                    shown=body.show(key, shown), sum=body.show(key, sum(known)), gap=body.show(key, shown - sum(known)),
                )
