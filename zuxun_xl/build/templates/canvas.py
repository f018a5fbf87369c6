"""A template sheet under construction, and several of them finished together: computed cells get their values across sheets."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from zuxun_xl.book.changes import Content, Entry, Formula, Highlight, SheetCell, SheetSpec
from zuxun_xl.book.grid import Scalar
from zuxun_xl.book.layout import height_of
from zuxun_xl.build.templates.computed import Computed, Spot
from zuxun_xl.build.templates.looks import style

A3 = 8
"""The paper of wide sheets, by its number in a workbook."""


@dataclass
class Canvas:
    """A sheet whose cells are put one by one.

    Attributes:
        name: the sheet's name.
        widths: column widths in characters.
        options: further fields of ``SheetSpec``.
    """

    name: str
    widths: Sequence[float]
    options: dict[str, Any] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    highlights: list[Highlight] = field(default_factory=list)
    notes: dict[tuple[int, int], str] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    hidden: list[int] = field(default_factory=list)
    _cells: dict[tuple[int, int], tuple[Content | Computed, str]] = field(default_factory=dict)

    def put(self, row: int, column: int, content: Content | Computed, style_name: str) -> None:
        """One cell."""
        self._cells[row, column] = (content, style_name)

    def across(self, row: int, text: str, style_name: str, height: float | None = None) -> None:
        """A text over the whole width, centred across the columns by its style and never merged."""
        for column in range(1, len(self.widths) + 1):
            self.put(row, column, text if column == 1 else None, style_name)
        self.heights[row] = height or height_of([(text, sum(self.widths))])

    def spot(self, row: int, column: int) -> Spot:
        """A cell as other sheets know it."""
        return self.name, row, column

    def spots(self) -> Iterator[Spot]:
        """All cells that were put."""
        return (self.spot(*place) for place in self._cells)

    def held(self, row: int, column: int) -> Content | Computed:
        """What was put into a cell."""
        return self._cells[row, column][0] if (row, column) in self._cells else None

    def computed(self, columns: Container[int]) -> dict[tuple[int, int], Content | Computed]:
        """The computed cells in some columns."""
        return {
            place: content for place, (content, _) in self._cells.items() if isinstance(content, Computed) and place[1] in columns
        }

    def spec(self, values: Mapping[Spot, Scalar]) -> SheetSpec:
        """The finished sheet, its computed cells with these values."""
        cells = tuple(
            SheetCell(row, column, Formula(content.text, values[self.spot(row, column)]) if isinstance(content, Computed) else content, name)
            for (row, column), (content, name) in sorted(self._cells.items())
        )
        used = {name for _, name in self._cells.values()} | {h.style for h in self.highlights} | {*self.options.get("column_styles", ())}
        spec = SheetSpec(
            self.name, cells, {name: style(name) for name in sorted(used - {""})}, tuple(self.widths), dict(self.heights),
            entries=tuple(self.entries), highlights=tuple(self.highlights), notes=dict(self.notes), hidden_rows=tuple(self.hidden),
            footer=f"&L{self.name}&C第 &P 页 共 &N 页&R&D",
        )
        return replace(spec, **self.options)


def finished(canvases: Sequence[Canvas]) -> tuple[SheetSpec, ...]:
    """All sheets, every computed cell with its value."""
    by_name = {canvas.name: canvas for canvas in canvases}
    values: dict[Spot, Scalar] = {}

    def look(spot: Spot) -> Scalar:
        if spot not in values:
            content = by_name[spot[0]].held(*spot[1:])
            values[spot] = content.value(look) if isinstance(content, Computed) else plain(content)
        return values[spot]

    for canvas in canvases:
        for spot in canvas.spots():
            look(spot)
    return tuple(canvas.spec(values) for canvas in canvases)


def plain(content: Content) -> Scalar:
    """The value of a content that was put as it is."""
    return content.value if isinstance(content, Formula) else content
