"""A table as it was read: typed values by column, each still knowing its cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from zuxun_xl.cells import address
from zuxun_xl.forms.form import Form


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell whose value could not be read as its column demands: sheet row, column key, what stands there, why."""

    row: int
    key: str
    raw: object
    reason: str


@dataclass(slots=True)
class Table:
    """One recognised table.

    Attributes:
        form: its declaration.
        sheet: the sheet it stands on.
        title: all text above its headings, for periods, units and legends.
        header: row of its (last) heading line.
        confidence: how surely it was recognised, 0 to 1.
        columns: column key → 1-based column number.
        scales: column key → factor from the column's unit to the base unit (万元 → 10 000).
        extra: further headings by column number: dates, months, groups.
        unknown: headings that mean nothing to this form, by column number.
        rows: sheet rows of its records, in order.
        values: column key → one typed value a record; ``None`` is blank or unreadable.
        unreadable: cells that could not be read.
        repaired: cells read from text that should have been numbers or dates.
        totals: sheet rows left out as subtotals or totals.
        similar: other places that look like the same form.
        more: further tables of the same form that continue this one on other sheets.
    """

    form: Form
    sheet: str
    title: str
    header: int
    confidence: float
    columns: dict[str, int]
    scales: dict[str, int] = field(default_factory=dict)
    extra: dict[int, Any] = field(default_factory=dict)
    unknown: dict[int, str] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)
    values: dict[str, list[Any]] = field(default_factory=dict)
    unreadable: list[Unreadable] = field(default_factory=list)
    repaired: list[tuple[int, str]] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    similar: list[str] = field(default_factory=list)
    more: list[Table] = field(default_factory=list)

    @property
    def whole(self) -> tuple[Table, ...]:
        """This table and those that continue it: all sheets that together keep the form."""
        return (self, *self.more)

    def __len__(self) -> int:
        return len(self.rows)

    def has(self, key: str) -> bool:
        """Whether the column was found."""
        return key in self.columns

    def column(self, key: str) -> list[Any]:
        """Values of a column; all ``None`` where the table lacks it."""
        return self.values.get(key) or [None] * len(self.rows)

    def cell(self, index: int, key: str) -> str:
        """A1 address of a record's value; of its row's first column where the table lacks the column."""
        return address(self.rows[index], self.columns.get(key) or min(self.columns.values()))

    def address(self, row: int, key: str) -> str:
        """A1 address of a column in a sheet row."""
        return address(row, self.columns[key])
