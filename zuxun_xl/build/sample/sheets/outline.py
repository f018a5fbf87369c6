"""The rows of a yearly plan: months, quarters, half-year and year, in the order in which they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zuxun_xl.build.sample.sheets.look import Band

HALF_YEAR = "上半年小计"


@dataclass(frozen=True)
class PeriodRow:
    """One row of the plan: its label and the months it covers."""

    label: str
    months: tuple[int, ...]

    @property
    def band(self) -> Band:
        """How the row is shaded."""
        return "total" if len(self.months) > 6 else "sub" if len(self.months) > 1 else ""  # noqa: PLR2004


def period_rows(quarters: tuple[str, str, str, str], year: str) -> list[PeriodRow]:
    """Return the rows of one block; the half-year follows the second quarter."""
    rows: list[PeriodRow] = []
    for number, label in enumerate(quarters):
        months = tuple(range(3 * number + 1, 3 * number + 4))
        rows += [PeriodRow(f"{month}月", (month,)) for month in months]
        rows.append(PeriodRow(label, months))
        if number == 1:
            rows.append(PeriodRow(HALF_YEAR, tuple(range(1, 7))))
    return [*rows, PeriodRow(year, tuple(range(1, 13)))]


def rows_of_months(rows: list[PeriodRow], months: tuple[int, ...]) -> list[int]:
    """Return the offsets of the month rows that a subtotal covers."""
    return [offset for offset, row in enumerate(rows) if len(row.months) == 1 and row.months[0] in months]
