"""The sheet 映射 as a trainer edits it: its headings, and the decisions that its rows hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from zuxun_xl.book.answers import SEPARATOR, Answers, Decision, Kind, UnknownTargetError, decided, without_contradictions
from zuxun_xl.book.grid import Grid
from zuxun_xl.book.own import MAPPING, is_numbered
from zuxun_xl.cells import address
from zuxun_xl.units import squeeze

TITLE = "映射：这本台账的表和列怎么认"
"""The text of A1, by which the sheet is known to be ours."""

HEADS = ("表", "工作表", "表头行", "列", "表头文字", "单位", "来源", "您的决定：表头", "您的决定：单位", "疑问")
_FORM, _SHEET, _KEY, _HEADING, _UNIT = (HEADS.index(name) for name in ("表", "工作表", "列", "您的决定：表头", "您的决定：单位"))
WHOLE_TABLE = "（整张表）"
"""What stands for the column in the row in which the sheet of a whole form is decided."""

Row = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Unusable:
    """An answer that could not be taken: where it stands (nowhere for the command line), what it says, and why not."""

    sheet: str
    cell: str
    label: str
    reason: str


def mapping_in(grids: Mapping[str, Grid]) -> tuple[Answers, tuple[Unusable, ...]]:
    """What the workbook's sheet 映射 decides, and the answers in it that cannot be taken."""
    grid = next((grid for name, grid in grids.items() if is_numbered(name, MAPPING) and is_mapping(grid)), None)
    return read_mapping(grid) if grid is not None else (Answers(), ())


def is_mapping(grid: Grid) -> bool:
    """Whether a sheet is a mapping of ours."""
    return grid.value(1, 1) == TITLE


def read_mapping(grid: Grid) -> tuple[Answers, tuple[Unusable, ...]]:
    """The decisions of a sheet 映射. Where a form is kept in several ways, a row speaks for the sheets that it names, else for all."""
    decisions: list[Decision] = []
    unusable: list[Unusable] = []
    rows = list(_rows(grid))
    for number, row in rows:
        for place, kind in _asked(row).items():
            source = grid.sheet, address(number, place + 1)
            try:
                decisions += [decided(kind, row[_FORM], row[_KEY], row[place], sheet, source) for sheet in _sheets(rows, row)]
            except UnknownTargetError as error:
                unusable.append(Unusable(*source, f"{row[_FORM]}.{row[_KEY]}={row[place]}", str(error)))
    answers, pairs = without_contradictions(decisions)
    return answers, (*unusable, *(contradiction(*pair) for pair in pairs))


def contradiction(first: Decision, second: Decision) -> Unusable:
    """Two decisions on one thing of which neither counts."""
    return Unusable(*second.source, f"{second.label}={second.value}", f"另一处写的是“{first.value}”，两处不一致，都没有采用")


def _rows(grid: Grid) -> Iterator[Row]:
    """Rows below the headings that name a form and a column, as texts."""
    texts = [["" if value is None else str(value).strip() for value in row[: len(HEADS)]] for row in grid.rows]
    wanted = [squeeze(name) for name in HEADS]
    head = next((number for number, row in enumerate(texts, start=1) if [squeeze(text) for text in row] == wanted), len(texts))
    return ((number, row) for number, row in enumerate(texts[head:], start=head + 1) if row[_FORM] and row[_KEY])


def _asked(row: list[str]) -> dict[int, Kind]:
    """Places of a row's decisions and what they decide."""
    kinds = {_HEADING: Kind.SHEET if row[_KEY] == WHOLE_TABLE else Kind.HEADING, _UNIT: Kind.UNIT}
    return {place: kind for place, kind in kinds.items() if row[place]}


def _sheets(rows: list[Row], row: list[str]) -> list[str]:
    """The sheets that a row speaks for; one empty name for all that keep the form."""
    ways = {other[_SHEET] for _, other in rows if other[_FORM] == row[_FORM] and other[_KEY] != WHOLE_TABLE}
    return [""] if row[_KEY] == WHOLE_TABLE or len(ways) == 1 else row[_SHEET].split(SEPARATOR)
