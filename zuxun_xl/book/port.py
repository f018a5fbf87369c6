"""The Book port: what a task may ask of a workbook, whichever adapter stands behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from zuxun_xl.book.changes import ChangeSet
from zuxun_xl.book.grid import Grid


@dataclass(frozen=True, slots=True)
class Beside:
    """A formula that stands outside cells.

    Attributes:
        kind: in Chinese: 名称, 条件格式, 数据验证 or 表格的计算列.
        sheet: its sheet; empty for a name of the whole workbook.
        where: the name, the area or the column's heading.
        text: the formula without ``=``.
    """

    kind: str
    sheet: str
    where: str
    text: str


class Book(Protocol):
    """A workbook seen through a few questions. Adapters: ``book.file.FileBook``; the live one follows."""

    @property
    def name(self) -> str:
        """File name without its folder, for messages."""
        ...

    @property
    def sheet_names(self) -> tuple[str, ...]:
        """Names of the worksheets in tab order."""
        ...

    def grid(self, sheet: str) -> Grid:
        """Values of one sheet; raises ``KeyError`` for an unknown name."""
        ...

    def formulas(self, sheet: str) -> Mapping[tuple[int, int], str]:
        """Formula texts without ``=`` by 1-based (row, column); shared formulas are given for each cell."""
        ...

    def uncalculated(self, sheet: str) -> Sequence[str]:
        """Addresses of formula cells that hold no value."""
        ...

    def is_protected(self, sheet: str) -> bool:
        """Whether a sheet's locked cells cannot be changed."""
        ...

    def hidden_rows(self, sheet: str) -> frozenset[int]:
        """Rows that are hidden or filtered out; they count like all others."""
        ...

    def column_width(self, sheet: str, column: int) -> float:
        """Width of a 1-based column in characters."""
        ...

    def changed(self, changes: ChangeSet) -> Book:
        """The book as it will be once these changes are applied; nothing is written."""
        ...

    def number_format(self, sheet: str, row: int, column: int) -> str:
        """Number format of a cell as Excel's code; ``General`` where it has none."""
        ...

    def note_obstacle(self, sheet: str) -> str:
        """Why no note can be put on the cells of a sheet without harm, as a Chinese phrase; empty if it can."""
        ...

    def sheet_name(self, sheet: str, name: str) -> str | None:
        """What a sheet-local defined name refers to, or ``None``."""
        ...

    def arrays(self, sheet: str) -> Sequence[tuple[int, int, int, int]]:
        """Areas (top, left, bottom, right) that one array formula fills each; their first cell holds it."""
        ...

    def beside(self) -> Sequence[Beside]:
        """Formulas outside cells: defined names, conditional formats, validation, computed columns of tables."""
        ...
