"""A table as it was read: typed values by column, each still knowing its cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from zuxun_xl.cells import address
from zuxun_xl.forms.form import Form
from zuxun_xl.periods import Period


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell whose value could not be read as its column demands: sheet row, column key, what stands there, why, which record."""

    row: int
    key: str
    raw: object
    reason: str
    index: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where one figure stands: row, column and how many base units one of the cell's units is (万元 → 10 000)."""

    row: int
    column: int
    scale: int = 1


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of a plan: whose, of when, under which column key, where.

    Attributes:
        group, period, key: what it is.
        place: where it stands.
        across: whether its group or period stands above it, not beside it.
    """

    group: str
    period: Period
    key: str
    place: Place
    across: bool = False


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
        repaired: record and column of cells read from text that should have been numbers or dates.
        totals: sheet rows left out as subtotals or totals.
        similar: other places that look like the same form.
        more: further tables of the same form that continue this one on other sheets.
        beside: registers that only complete this table: leavers with their leave dates, but no day of joining.
        points: keys of columns of percentages that are kept as 25 for 25%.
        places: (record, column key) → cell, where a record has no row of its own (months across); empty where it has one.
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
    beside: list[Table] = field(default_factory=list)
    points: set[str] = field(default_factory=set)
    places: dict[tuple[int, str], Place] = field(default_factory=dict)

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

    def place(self, index: int, key: str) -> Place | None:
        """Where a record's value stands; ``None`` where the table has no cell for it."""
        if self.places:
            return self.places.get((index, key))
        column = self.columns.get(key)
        return None if column is None else Place(self.rows[index], column, self.scales.get(key, 1))

    def cell(self, index: int, key: str) -> str:
        """A1 address of a record's value; of its row's first column where the table has no cell for it."""
        place = self.place(index, key)
        return address(place.row, place.column) if place else address(self.rows[index], min(self.columns.values()))

    def address(self, row: int, key: str) -> str:
        """A1 address of a column in a sheet row."""
        return address(row, self.columns[key])
