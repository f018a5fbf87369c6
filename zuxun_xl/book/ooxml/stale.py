"""Which formulas of the user's own no longer hold their value, because a cell that they read was written."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zuxun_xl.book.ooxml.references import Names, Reference, references

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from zuxun_xl.book.ooxml.areas import Area, Position
    from zuxun_xl.book.ooxml.formulas import FormulaCell

    Formulas = Callable[[str], list[FormulaCell]]


@dataclass(slots=True)
class _Dirty:
    """Cells that changed, by sheet and column, so that a long range is tested at the cost of a look-up."""

    rows: dict[tuple[str, int], list[int]] = field(default_factory=lambda: defaultdict(list))
    columns: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    areas: dict[str, list[Area]] = field(default_factory=lambda: defaultdict(list))

    def add(self, sheet: str, position: Position) -> None:
        """Mark a cell."""
        row, column = position
        self.columns[sheet].add(column)
        insort(self.rows[sheet, column], row)

    def meets(self, reference: Reference) -> bool:
        """Whether an area holds a changed cell."""
        top, left, bottom, right = reference.area
        columns = (column for column in self.columns[reference.sheet] if left <= column <= right)
        return any(self._in_column(reference.sheet, column, top, bottom) for column in columns) or any(
            area[0] <= bottom and top <= area[2] and area[1] <= right and left <= area[3] for area in self.areas[reference.sheet]
        )

    def _in_column(self, sheet: str, column: int, top: int, bottom: int) -> bool:
        rows = self.rows[sheet, column]
        index = bisect_left(rows, top)
        return index < len(rows) and rows[index] <= bottom


@dataclass(frozen=True, slots=True)
class _Node:
    sheet: str
    cell: FormulaCell
    reads: list[Reference] | None
    """What it reads; ``None`` for anything."""


def stale_formulas(
    written: dict[str, set[Position]], replaced: set[str], own: dict[str, set[Position]], formulas: Formulas, names: Names
) -> dict[str, list[FormulaCell]]:
    """Formula cells whose value is out of date, by sheet.

    Args:
        written: cells that got another content.
        replaced: sheets that were replaced as a whole.
        own: cells that hold what we wrote, with a value of ours: always current.
        formulas: all formula cells of a sheet, read on demand.
        names: what names and tables stand for.
    """
    dirty = _Dirty()
    for sheet, positions in written.items():
        for position in positions:
            dirty.add(sheet, position)
    waiting = [node for node in _reachable(written, formulas, names) if node.cell.position not in own.get(node.sheet, set())]
    stale: dict[str, list[FormulaCell]] = defaultdict(list)
    while True:
        still: list[_Node] = []
        for node in waiting:
            if node.reads is None or any(reference.sheet in replaced or dirty.meets(reference) for reference in node.reads):
                stale[node.sheet].append(node.cell)
                dirty.add(node.sheet, node.cell.position)
                dirty.areas[node.sheet] += [node.cell.fills] if node.cell.fills else []
            else:
                still.append(node)
        if len(still) == len(waiting):
            return dict(stale)
        waiting = still


def _reachable(start: Iterable[str], formulas: Formulas, names: Names) -> list[_Node]:
    """Formulas of the touched sheets and of all sheets that these read."""
    nodes: list[_Node] = []
    todo, seen = list(start), set(start)
    while todo:
        sheet = todo.pop()
        found = [_Node(sheet, cell, _reads(cell, sheet, names)) for cell in formulas(sheet)]
        nodes += found
        further = {reference.sheet for node in found for reference in node.reads or []} - seen
        seen |= further
        todo += sorted(further)
    return nodes


def _reads(cell: FormulaCell, sheet: str, names: Names) -> list[Reference] | None:
    """What a formula cell reads; a data table and a dependant without its master may read anything."""
    return references(cell.text, sheet, names) if cell.text else None
