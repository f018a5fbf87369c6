"""A place in a workbook that looks like a form: which rows and columns, what they mean, and how surely."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from zuxun_xl.book.grid import Grid
from zuxun_xl.book.scales import Scale, Source, scale_in
from zuxun_xl.forms.form import Form
from zuxun_xl.forms.table import Cell

_JOINED, _LEFT = "入司日期", "离司日期"


@dataclass(slots=True)
class Candidate:
    """A place that looks like a form.

    Attributes:
        form, sheet: what and where.
        header: row of the headings; the lower one of two.
        columns: column key → column number.
        units: column key → unit stated for it, if any, and where.
        extra: further headings: column number → day, month slot or group name.
        unknown: headings without a meaning.
        missing: required columns that were not found; the table is unusable unless empty.
        title: text above the headings.
        inferred: keys of columns recognised only by how their headings end.
        confidence: 0 to 1.
        repeats: later rows with the same headings (week blocks).
        rivals: column key → columns of which each may be it, the one taken (if any) first.
        decided: keys of columns that the user named.
        last: last row that may belong to it, where another table follows on the sheet; 0 for the sheet's end.
        left, right: first and last column that may belong to it, where another table stands beside it; 0 for the sheet's end.
        top: first row that belongs to it: its headings, with the lines above that speak of it alone.
        cells: its figures one by one, where they do not stand one record a row.
    """

    form: Form
    sheet: str
    header: int
    columns: dict[str, int]
    units: dict[str, tuple[str, Source]]
    extra: dict[int, Any]
    unknown: dict[int, str]
    missing: tuple[str, ...]
    title: str
    inferred: tuple[str, ...]
    confidence: float = 0.0
    repeats: list[int] = field(default_factory=list)
    last: int = 0
    left: int = 1
    right: int = 0
    top: int = 0
    rivals: dict[str, tuple[int, ...]] = field(default_factory=dict)
    decided: frozenset[str] = frozenset()
    cells: tuple[Cell, ...] = ()

    @property
    def spot(self) -> tuple[str, int, int]:
        """Sheet, row of the headings and first column: what tells it from every other place."""
        return self.sheet, self.header, self.left

    @property
    def is_register(self) -> bool:
        """Whether it lists leavers with the days of leaving alone: no roster, but it completes one."""
        return self.missing == (_JOINED,) and _LEFT in self.columns

    @property
    def rank(self) -> tuple[bool, float]:
        """By what the surest of several places is chosen."""
        return not self.missing, self.confidence

    def overlaps(self, other: Candidate) -> bool:
        """Whether the two have columns of the sheet in common."""
        return (not self.right or other.left <= self.right) and (not other.right or self.left <= other.right)

    def window(self, grid: Grid) -> Grid:
        """The part of its sheet that belongs to it."""
        return grid.within(self.left, self.right, self.last)


def scale_of(candidate: Candidate, key: str) -> Scale | None:
    """The unit of a column of money and what says so; ``None`` for other columns."""
    return scale_in(candidate.form, key, candidate.units, candidate.title)
