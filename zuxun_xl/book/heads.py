"""Rows that may head tables: where they stand, how their headings read, which lines above speak of them, and whether they head several."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from zuxun_xl.book.answers import labels
from zuxun_xl.book.candidate import Candidate
from zuxun_xl.book.days import UNDATED, days_under
from zuxun_xl.book.grid import Grid
from zuxun_xl.book.keys import keys_of, read_by_key
from zuxun_xl.book.scales import noted_unit
from zuxun_xl.book.sections import BETWEEN, group_of_sheet
from zuxun_xl.forms.catalogue import FORMS
from zuxun_xl.forms.form import fold
from zuxun_xl.forms.labels import is_total, month_in, year_in
from zuxun_xl.units import MONEY_SCALES, squeeze

Headings = Mapping[int, list[str | date]]
"""Column → the readings of its heading."""
LEAST_HEADINGS = 3
LEAST_DAYS = 5

_TOPIC_END = re.compile(r"(?:基本)?(?:信息|情况|资料|明细|数据|部分|内容)$")
"""What a merged heading adds to the thing that the headings below it are of: 险种信息 over 名称 is 险种名称."""
_TOP_ROWS = 60
_SMALL_SHEET = 400
_TITLE_ROWS = 8
_LINE_CELLS = 3
"""Most cells of a line between two tables that speaks of the lower one."""
_LONGEST_PARENT = 12
_BRACKETED = re.compile(r"^(.+?)[(（]([^()（）]*)[)）]$")
_VOCABULARY = frozenset(front + name for form in FORMS.values() for front in ("", *form.prefixes) for name in form.headings)
_SPOKEN_OF = ((noted_unit, "单位：{}"), (year_in, "{}年"), (month_in, "{}月"), (lambda title: group_of_sheet("", title), "{}"))
"""What lines above a table may state, and how it is written."""


@dataclass(frozen=True, slots=True)
class Head:
    """A row of headings of one table.

    Attributes:
        grid: its sheet, with nothing in it but the columns that it heads.
        row: the row; the lower one of two.
        top: first of the rows that speak of this table alone.
        headings: how they read.
        title: what stands above them.
        left, right: first and last column, where tables stand side by side; 0 for the sheet's end.
    """

    grid: Grid
    row: int
    top: int
    headings: Headings
    title: str
    left: int
    right: int


def heading_rows(grid: Grid) -> Iterator[int]:
    """Rows that may head a table; far below the top of a long sheet only those that hold nothing else than headings."""
    small = len(grid.rows) <= _SMALL_SHEET
    lower = {bottom for top, _, bottom, _ in grid.merges if bottom == top + 1}
    lower |= {top + 1 for top, left, _, right in grid.merges if right > left}
    for number, row in enumerate(grid.rows, start=1):
        if not small and number > _TOP_ROWS:
            if is_texts(row) and _named(row) >= LEAST_HEADINGS:
                yield number
            continue
        named, filled = _named(row), sum(value is not None for value in row)
        spoken = named >= 2 or (named and _days_in(row) >= LEAST_DAYS) or keys_of(grid, number)  # noqa: PLR2004
        if (filled >= LEAST_HEADINGS and spoken) or (number in lower and filled >= 2):  # noqa: PLR2004
            yield number


def is_texts(row: Sequence[Any]) -> bool:
    """Whether a row holds texts alone, as headings of records are and records hardly ever."""
    return all(value is None or isinstance(value, str) for value in row)


def _named(row: Sequence[Any]) -> int:
    return sum(fold(value)[0] in _VOCABULARY for value in row if isinstance(value, str))


def _days_in(row: Sequence[Any]) -> int:
    """How many cells of a row may head a day: dates, texts that write one out, numbers of days of a month."""
    numbers = sum(isinstance(value, float) and value in range(1, 32) for value in row)
    written = {n: [value] for n, value in enumerate(row) if isinstance(value, str | date)}
    return numbers + len(days_under(written, "", UNDATED))


def headings_at(grid: Grid, header: int) -> dict[int, str]:
    """Column → the text by which its heading is named, for a row of headings."""
    return labels(_headings(grid, header))


def heads_at(grid: Grid, row: int, begun: Sequence[Candidate]) -> Iterator[tuple[Head, ...]]:
    """A row as the head of one table; then, if headings recur in it, as the heads of several side by side, in each way to part them.

    Args:
        begun: the tables of records that began above, from the top.
    """
    yield (_head(grid, row, [(1, 0)], 0, begun),)
    for starts in _ways_apart(_headings(grid, row)):
        spans = [*zip([1, *starts], [*(start - 1 for start in starts), 0], strict=True)]
        yield tuple(_head(grid, row, spans, place, begun) for place in range(len(spans)))


def _ways_apart(headings: Headings) -> list[list[int]]:
    """First columns of the tables that a row heads beside the first one: after a column without heading, else where a heading recurs."""
    texts = {column: fold(str(readings[-1]))[0] for column, readings in sorted(headings.items())}
    ways = [_starts(texts, after_gap=after_gap) for after_gap in (True, False)]
    return [way for place, way in enumerate(ways) if way and way not in ways[:place]]


def _starts(texts: Mapping[int, str], *, after_gap: bool) -> list[int]:
    starts, first = [], 1
    for column, text in texts.items():
        own = {texts[other] for other in range(first, column) if other in texts}
        if text in own:
            gaps = [other for other in range(first + 1, column) if other not in texts] if after_gap else []
            first = gaps[-1] + 1 if gaps else column
            starts.append(first)
    return starts


def _head(grid: Grid, row: int, spans: Sequence[tuple[int, int]], place: int, begun: Sequence[Candidate]) -> Head:
    left, right = spans[place]
    own = grid.within(left, right)
    above = [table for table in begun if table.left <= (right or table.left) and left <= (table.right or left)]
    top, lines = _lines_below(own, row, above[-1]) if above else (row, range(max(row - _TITLE_ROWS, 1), row))
    title = BETWEEN.join(text for number in lines for text in _texts(grid.rows[number - 1], spans, place))
    title += _left_unsaid(title, above[0].title) if above else ""
    return Head(own, row, top, _headings(own, row), title, left, right)


def _texts(line: Sequence[Any], spans: Sequence[tuple[int, int]], place: int) -> list[str]:
    """Texts of a line that speak of one of the tables below: those over its own columns, or all if they stand over one table only."""
    parts = [[value for value in line[left - 1 : right or None] if isinstance(value, str)] for left, right in spans]
    held = [part for part in parts if part]
    return held[0] if len(held) == 1 else parts[place]


def _lines_below(grid: Grid, row: int, upper: Candidate) -> tuple[int, list[int]]:
    """First row of a table that stands below another one, and the lines between the two that speak of it."""
    top, lines = first_row(grid, row), list[int]()
    needed = {upper.columns[key] for key in (*upper.form.required, "工号", "姓名") if key in upper.columns}
    for number in range(top - 1, max(top - 1 - _TITLE_ROWS, upper.header), -1):
        held = {column: value for column, value in enumerate(grid.rows[number - 1], start=1) if value is not None}
        if not _speaks(held, needed):
            break
        lines = [number, *lines] if held else lines
    return lines[0] if lines else top, lines


def _speaks(held: Mapping[int, Any], needed: set[int]) -> bool:
    """Whether a line is empty or a title; two values in columns that no record lacks are a record, and a total belongs to what is above."""
    texts = all(isinstance(value, str) and not is_total(value) for value in held.values())
    return texts and len(held) <= _LINE_CELLS and len(needed & held.keys()) < 2  # noqa: PLR2004


def _left_unsaid(title: str, first: str) -> str:
    """What the title of a sheet's first table states and that of a lower one does not: it holds for both."""
    unsaid = [(written, stated(first)) for stated, written in _SPOKEN_OF if stated(title) is None]
    return "".join(BETWEEN + written.format(value) for written, value in unsaid if value is not None)


def first_row(grid: Grid, row: int) -> int:
    """First of the rows of headings that end in a row: merged cells begin there."""
    return min((
        top for top, left, bottom, right in grid.merges
        if (top < row == bottom and left == right) or (top == bottom == row - 1 and right > left)
    ), default=row)


def _headings(grid: Grid, row: int) -> Headings:
    """Column → the readings of its heading: by its key in a template, else with the merged heading above it, then alone."""
    keys = keys_of(grid, row)
    parents: dict[int, str] = {}
    anchors: dict[int, Any] = {}
    for top, left, bottom, right in grid.merges:
        value = grid.value(top, left)
        if top == bottom == row - 1 and right > left and isinstance(value, str) and len(squeeze(value)) <= _LONGEST_PARENT:
            parents |= dict.fromkeys(range(left, right + 1), value)
        if top < row == bottom and left == right:
            anchors[left] = value
    headings: dict[int, list[str | date]] = {}
    over = _over_headings(grid, row)
    for column, own in enumerate(grid.rows[row - 1], start=1):
        value = None if column in over else own if own is not None else anchors.get(column)
        if column in keys:
            headings[column] = [*read_by_key(keys[column], value)]
        elif isinstance(value, str) and value.strip():
            parent = parents.get(column)
            headings[column] = [*_together(parent, value), value] if parent else [value]
        elif isinstance(value, date):
            headings[column] = [value]
        elif isinstance(value, float) and value.is_integer():
            headings[column] = [f"{parents.get(column, '')}{int(value)}", str(int(value))]
    return headings


def _over_headings(grid: Grid, row: int) -> set[int]:
    """Columns of merged cells of a row that only say what the headings below them have in common."""
    below = grid.rows[row] if row < len(grid.rows) else []
    return {
        left for top, left, bottom, right in grid.merges
        if top == bottom == row and right > left and sum(isinstance(value, str) for value in below[left - 1 : right]) > 1
    }


def _together(parent: str, own: str) -> list[str]:
    """A heading with the merged one above it, in both orders; a unit in brackets above goes to the end: 计划（万元） over FYP."""
    match = _BRACKETED.match(parent.strip())
    if match is None:
        topic = _TOPIC_END.sub("", parent.strip())
        return [parent + own, own + parent, *([topic + own] if topic != parent.strip() else [])]
    unit = f"({match[2]})" if squeeze(match[2]) in MONEY_SCALES else ""
    return [parent + own, own + parent, f"{match[1]}{own}{unit}", f"{own}{match[1]}{unit}"]
