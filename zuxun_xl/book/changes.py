"""A ChangeSet: what a task wants to have in a workbook — cells, new sheets, names — and why. Tasks build it, adapters apply it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from zuxun_xl.book.grid import Scalar


@dataclass(frozen=True, slots=True)
class Formula:
    """A native formula with the value it has now.

    Attributes:
        text: the formula without its leading ``=``.
        value: its computed value; ``ErrorValue("#N/A")`` for an undefined ratio.
    """

    text: str
    value: Scalar


Content = Scalar | Formula


@dataclass(frozen=True, slots=True)
class Change:
    """One cell to be written.

    Attributes:
        sheet, cell: where, e.g. ``附表一``, ``K4``.
        old, new: contents before and after; ``None`` is an empty cell.
        why: one Chinese phrase for the preview and the change log.
        number_format: format the figure needs to be legible, e.g. ``0.0%``. Applied only where the cell's own
            format is of another family (a percentage in a ``#,##0`` cell); font, fill and border always stay.
        row_height: points that the row needs to show a long text; a higher row stays as it is.
    """

    sheet: str
    cell: str
    old: Content
    new: Content
    why: str
    number_format: str | None = None
    row_height: float | None = None


@dataclass(frozen=True, slots=True)
class CellMark:
    """A cell to be marked, in a copy: what stands in it stays.

    Attributes:
        sheet, cell: where.
        colour: of its ground, such as ``FFC7CE``.
        note: text of a note on it, below the note that is there; empty for none.
    """

    sheet: str
    cell: str
    colour: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell of a sheet to be added: 1-based position, content and the name of a style of its ``SheetSpec``."""

    row: int
    column: int
    content: Content
    style: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What may be entered in an area: a list validation by a defined name, whole numbers, dates.

    Attributes:
        area: e.g. ``D5:H21``.
        options: XlsxWriter's ``data_validation`` options; messages in Chinese.
    """

    area: str
    options: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Highlight:
    """A conditional format of an area.

    Attributes:
        area: e.g. ``D5:H21``.
        style: name of a style of the sheet; empty for data bars, colour scales and icon sets.
        options: XlsxWriter's ``conditional_format`` options without the format.
    """

    area: str
    style: str
    options: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """Description of a whole new sheet, independent of any file format.

    Attributes:
        name: sheet name; a sheet of this name that is already there is replaced in its place.
        cells: its filled cells.
        styles: style name → XlsxWriter format properties (``{"bold": True, "bg_color": "#DDEBF7"}``).
        widths: column widths in characters, from column A on.
        heights: 1-based row → height in points.
        merges: merged ranges such as ``A1:H1`` (titles only).
        freeze: (rows, columns) to freeze.
        repeat_rows: first and last 1-based row repeated on each printed page.
        landscape, paper: print set-up; paper 9 is A4, 8 is A3. The sheet is fitted to one page in width.
        one_page: whether it is fitted to one page in height as well.
        footer: footer text in Excel's code (``&C第 &P 页 共 &N 页``).
        tab_color: colour of the tab.
        links: (row, column) → internal target such as ``'附表五'!E4``.
        column_styles: styles of whole columns from column A on, for rows that are still empty; an empty name styles nothing.
        entries: what may be entered where.
        highlights: conditional formats.
        notes: (row, column) → note on the cell; only in new workbooks.
        locked: whether cells are locked, except those whose style says ``"locked": False``; there is no password.
        hidden_rows: rows that are kept out of sight.
        breaks: rows after which a page ends.
        filter: area with filter buttons.
        visibility: ``hidden`` sheets can be shown by the user, ``very hidden`` ones only by a program.
    """

    name: str
    cells: tuple[SheetCell, ...]
    styles: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    widths: tuple[float, ...] = ()
    heights: Mapping[int, float] = field(default_factory=dict)
    merges: tuple[str, ...] = ()
    freeze: tuple[int, int] = (0, 0)
    repeat_rows: tuple[int, int] | None = None
    landscape: bool = True
    paper: int = 9
    one_page: bool = False
    footer: str = ""
    tab_color: str = ""
    links: Mapping[tuple[int, int], str] = field(default_factory=dict)
    column_styles: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    highlights: tuple[Highlight, ...] = ()
    notes: Mapping[tuple[int, int], str] = field(default_factory=dict)
    locked: bool = False
    hidden_rows: tuple[int, ...] = ()
    breaks: tuple[int, ...] = ()
    filter: str = ""
    visibility: Literal["visible", "hidden", "very hidden"] = "visible"


@dataclass(frozen=True, slots=True)
class SheetName:
    """A hidden defined name local to one sheet, e.g. the cells that zuxun_xl filled there.

    Attributes:
        sheet: the sheet it belongs to.
        name: e.g. ``_zuxun_filled``.
        refers_to: its formula without ``=``, e.g. ``附表一!$I$4:$M$6,附表一!$I$8:$M$10``.
    """

    sheet: str
    name: str
    refers_to: str


@dataclass(frozen=True, slots=True)
class BookSpec:
    """Description of a whole new workbook.

    Attributes:
        sheets: its sheets in tab order; the first visible one is shown on opening.
        names: defined names → what they refer to, without ``=``.
        hidden: hidden names local to its sheets.
        title: title in the file's properties.
    """

    sheets: tuple[SheetSpec, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    hidden: tuple[SheetName, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Everything a task wants to change; empty when the workbook already is as it should be."""

    changes: tuple[Change, ...] = ()
    sheets: tuple[SheetSpec, ...] = ()
    names: tuple[SheetName, ...] = ()
    marks: tuple[CellMark, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changes or self.sheets or self.names or self.marks)

    def __add__(self, other: ChangeSet) -> ChangeSet:
        return ChangeSet(
            self.changes + other.changes, self.sheets + other.sheets, self.names + other.names, self.marks + other.marks
        )

    def inverse(self) -> ChangeSet:
        """The cell changes undone: old and new swapped, in reverse order. Added sheets and marks are not part of it."""
        return ChangeSet(
            tuple(Change(c.sheet, c.cell, c.new, c.old, f"撤销：{c.why}", c.number_format) for c in reversed(self.changes))
        )
