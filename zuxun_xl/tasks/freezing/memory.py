"""What stood in frozen cells, remembered in the very hidden sheet ``_zx_frozen``.

Each entry begins with a formula ``COLUMNS(cell)+COLUMNS(reference)+…`` over the cell and all that its formula refers to: the spreadsheet
program itself keeps it right when rows are inserted or sheets renamed, which it does not do for the text of the formula beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from zuxun_xl.book.changes import Formula, SheetCell, SheetSpec
from zuxun_xl.book.grid import Scalar
from zuxun_xl.book.own import FROZEN
from zuxun_xl.book.port import Book
from zuxun_xl.cells import parse_address, place_in
from zuxun_xl.tasks.freezing.rewrite import pieces, references

_HEADS = ("位置", "原来的公式", "固化成了", "方式")
_NOTE = "固化前的公式，zuxun thaw 用它恢复；请不要改动。"
_FIRST = 3
NATIVE, VALUE = "公式", "数值"


@dataclass(frozen=True, slots=True)
class Entry:
    """A frozen cell.

    Attributes:
        track: formula over the cell and the references of what stood there.
        original: what stood there, without ``=``.
        written: the native formula or the value that was written.
        kind: which of both.
    """

    track: str
    original: str
    written: Scalar
    kind: str

    @property
    def spots(self) -> list[tuple[str, str]]:
        """Where the cell and the references are now: sheet and area."""
        return [(_sheet(sheet), area) for _, sheet, area in references(self.track)]

    @property
    def place(self) -> tuple[str, int, int] | None:
        """Where the cell is now; ``None`` where it, or what it refers to, was deleted."""
        spots = self.spots
        if "#REF!" in self.track or len(spots) != 1 + sum(1 for _ in references(self.original)):
            return None
        return spots[0][0], *parse_address(spots[0][1])

    @property
    def restored(self) -> str:
        """What stood there, over the references as they are now."""
        parts = [piece.text for piece in pieces(self.original)]
        for (index, sheet, _), (now, area) in zip(references(self.original), self.spots[1:], strict=True):
            parts[index] = area
            if sheet and _sheet(sheet) != now:
                parts[index - 1] = place_in(now, "A1")[: -len("A1")]
        return "".join(parts)


def entry(sheet: str, cell: str, original: str, written: Scalar | Formula) -> Entry:
    """The entry of a cell that is being frozen."""
    own = place_in(sheet, "A1")[: -len("A1")]
    areas = [f"{own}{cell}", *(f"{named or own}{area}" for _, named, area in references(original))]
    track = "+".join(f"COLUMNS({area})" for area in areas)
    return Entry(track, original, written.text, NATIVE) if isinstance(written, Formula) else Entry(track, original, written, VALUE)


def remembered(book: Book) -> list[Entry]:
    """The entries of a workbook."""
    return list(_entries(book)) if FROZEN in book.sheet_names else []


def _entries(book: Book) -> Iterator[Entry]:
    grid, formulas = book.grid(FROZEN), book.formulas(FROZEN)
    for (row, column), track in sorted(formulas.items()):
        original, written, kind = (grid.value(row, each) for each in (2, 3, 4))
        if column == 1 and row >= _FIRST and isinstance(original, str) and kind in {NATIVE, VALUE}:
            yield Entry(track, original, written, str(kind))


def sheet_of(entries: Iterable[Entry]) -> SheetSpec:
    """The sheet that remembers these entries."""
    cells = [SheetCell(1, 1, _NOTE), *(SheetCell(2, column, head) for column, head in enumerate(_HEADS, start=1))]
    for row, each in enumerate(entries, start=_FIRST):
        contents = (Formula(each.track, None), each.original, each.written, each.kind)
        cells += [SheetCell(row, column, content) for column, content in enumerate(contents, start=1) if content is not None]
    return SheetSpec(FROZEN, tuple(cells), visibility="very hidden")


def _sheet(prefix: str) -> str:
    """The name of the sheet before an exclamation mark."""
    text = prefix[:-1]
    return text[1:-1].replace("''", "'") if text.startswith("'") else text
