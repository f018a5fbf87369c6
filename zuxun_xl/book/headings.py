"""Headings of plans: which rows of a sheet are headings, what each column says through all its heading lines, what a 合计 sums."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from zuxun_xl.book.grid import Grid, Scalar
from zuxun_xl.book.scales import units_below
from zuxun_xl.book.senses import AXES, OTHER, Lexicon, Sense
from zuxun_xl.periods import Period
from zuxun_xl.records.model import WHOLE

_LONGEST = 24
_MONTH_RUN = 6
_AT_LEAST = 2
_YEAR, _HALF, _QUARTER = 12, 6, 3


def is_number(value: Scalar) -> bool:
    """Whether a cell holds a figure."""
    return isinstance(value, int | float) and not isinstance(value, bool)


@dataclass
class Sheet:
    """A sheet with the words its labels may use.

    Attributes:
        grid: its values.
        lexicon: the words.
    """

    grid: Grid
    lexicon: Lexicon

    @cached_property
    def _anchors(self) -> dict[tuple[int, int], tuple[int, int]]:
        return {
            (row, column): (top, left)
            for top, left, bottom, right in self.grid.merges
            for row in range(top, min(bottom, len(self.grid.rows)) + 1) for column in range(left, right + 1)
        }

    def held(self, row: int, column: int) -> Scalar:
        """The value at a place, or of the merged cell that covers it."""
        return self.grid.value(*self._anchors.get((row, column), (row, column)))

    def is_covered(self, row: int, column: int) -> bool:
        """Whether a merged cell covers a place."""
        return (row, column) in self._anchors

    def across(self, row: int, column: int) -> int:
        """The column of the merged cell of this row that spreads over a column further right; 0 where there is none."""
        top, left = self._anchors.get((row, column), (row, column))
        return left if top == row and left < column and self.grid.value(top, left) is not None else 0

    def sense(self, value: Scalar) -> Sense | None:
        """What a content says as a label."""
        return self.lexicon.sense(value)

    def month_numbers(self, row: int) -> dict[int, Sense]:
        """Months written as bare numbers across a row: 1 to 12, or 202601 and on."""
        cells = {c: value for c, value in enumerate(self.grid.rows[row - 1], start=1) if is_number(value)}
        months = {c: period for c, value in cells.items() if (period := self.lexicon.period(value)) is not None}
        in_order = all(later.previous() == earlier for earlier, later in pairwise(months.values()))
        if len(months) < len(cells) or len(months) < _MONTH_RUN or not in_order:
            return {}
        return {column: Sense(period=period) for column, period in months.items()}

    def labels(self, row: int) -> dict[int, Sense]:
        """What the cells of a row say, by column; nothing for a row that holds figures."""
        values = self.grid.rows[row - 1]
        numbers = self.month_numbers(row) if any(map(is_number, values)) else {}
        if len(numbers) < sum(map(is_number, values)):
            return {}
        known = {c: sense for c, value in enumerate(values, start=1) if (sense := self.sense(value)) is not None}
        return known | numbers


@dataclass(frozen=True)
class Band:
    """Heading lines that belong together.

    Attributes:
        top, bottom: first and last row.
        columns: column → what its headings say.
        roles: column → what labels below a heading such as 组别 or 项目 tell.
        left: the first column.
    """

    top: int
    bottom: int
    columns: dict[int, Sense] = field(default_factory=dict)
    roles: dict[int, str] = field(default_factory=dict)
    left: int = 1

    def side_by_side(self) -> list[Band]:
        """The bands of tables that stand beside each other under headings that begin anew with the same columns of labels."""
        marks = sorted((column, role) for column, role in self.roles.items() if role in AXES)
        runs: list[list[tuple[int, str]]] = []
        for column, role in marks:
            if not runs or any(runs[-1][-1][0] < other < column for other in self.columns):
                runs.append([])
            runs[-1].append((column, role))
        if len(runs) < _AT_LEAST or len({tuple(role for _, role in run) for run in runs}) > 1:
            return [self]
        starts = [1, *(run[0][0] for run in runs[1:])]
        parts = [[c for c in self.columns if start <= c < end] for start, end in zip(starts, [*starts[1:], sys.maxsize], strict=True)]
        return [self._part(start, own) for start, own in zip(starts, parts, strict=True)] if all(parts) else [self]

    def _part(self, left: int, own: Sequence[int]) -> Band:
        roles = {column: role for column, role in self.roles.items() if left <= column <= max(own)}
        return replace(self, columns={column: self.columns[column] for column in own}, roles=roles, left=left)


def bands(sheet: Sheet) -> Iterator[Band]:
    """All bands of headings of a sheet, in order."""
    rows = len(sheet.grid.rows)
    number = 1
    while number <= rows:
        if not _is_heading(sheet, number):
            number += 1
            continue
        top, bottom = number, number
        while top > 1 and _joins(sheet, top - 1):
            top -= 1
        while bottom < rows and _is_heading(sheet, bottom + 1):
            bottom += 1
        band = _with_units(sheet, _band(sheet, top, bottom))
        yield band
        number = band.bottom + 1


def _is_heading(sheet: Sheet, row: int) -> bool:
    labels = sheet.labels(row)
    if len(labels) < _AT_LEAST:
        return False
    senses = [sense for sense in labels.values() if not sense.total]
    roles = sum(bool(sense.role) for sense in senses)
    told = [{getattr(sense, axis) for sense in senses if getattr(sense, axis)} for axis in AXES]
    several = any(len(different) >= _AT_LEAST for different in told)
    return several or (roles >= 1 and any(sense.axes for sense in senses)) or roles >= _AT_LEAST


def _joins(sheet: Sheet, row: int) -> bool:
    """Whether the row above a heading is one of its lines: several short texts, of which one says something."""
    texts = [value for value in sheet.grid.rows[row - 1] if value is not None]
    labels = sheet.labels(row)
    if not any(sense.axes for sense in labels.values()) or any(not isinstance(t, str) or len(t) > _LONGEST for t in texts):
        return False
    return len(texts) >= _AT_LEAST


def _band(sheet: Sheet, top: int, bottom: int) -> Band:
    band = Band(top, bottom)
    width = max(map(len, sheet.grid.rows), default=0)
    levels = [_level(sheet, row, width, bottom) for row in range(top, bottom + 1)]
    for column in range(1, width + 1):
        lines = [level[column] for level in levels if column in level]
        if lines:
            _column(sheet, band, column, lines)
    return band


def _with_units(sheet: Sheet, band: Band) -> Band:
    """A band with the row of units right below it, if there is one."""
    units = units_below(sheet.grid.rows, band.bottom)
    if not units:
        return band
    columns = {c: sense if sense.unit else replace(sense, unit=units.get(c, "")) for c, sense in band.columns.items()}
    return replace(band, bottom=band.bottom + 1, columns=columns)


_Line = tuple[Scalar, Sense | None]


def _level(sheet: Sheet, row: int, width: int, bottom: int) -> dict[int, _Line]:
    """One heading line: what stands over each column; beside labels that say something an unknown one says something else."""
    labels = _resolved(sheet.labels(row))
    unknown = OTHER if any(sense.axes for sense in labels.values()) and row < bottom else None
    heads = _heads(sheet, row, width, labels, bottom)
    return {column: (sheet.grid.value(row, head), labels.get(head, unknown)) for column, head in heads.items()}


def _heads(sheet: Sheet, row: int, width: int, labels: Mapping[int, Sense], bottom: int) -> dict[int, int]:
    """Column → the column whose text in this line heads it: its own, the merged cell's, or the last one before blanks."""
    merged = any(top == row == bottom and right > left for top, left, bottom, right in sheet.grid.merges)
    heads: dict[int, int] = {}
    last = 0
    for column in range(1, width + 1):
        own = sheet.grid.value(row, column) is not None
        head = column if own else sheet.across(row, column)
        if head:
            heads[column] = last = head
        elif not merged and not sheet.is_covered(row, column) and _is_headed(sheet, column, row + 1, bottom):
            sense = labels.get(last)
            if sense is not None and not sense.role:
                heads[column] = last
    return heads


def _is_headed(sheet: Sheet, column: int, top: int, bottom: int) -> bool:
    """Whether a column has a text of its own in the heading lines from one to another."""
    return any(sheet.grid.value(row, column) is not None for row in range(top, bottom + 1))


def _resolved(labels: Mapping[int, Sense]) -> dict[int, Sense]:
    """The labels of a line, each 合计 with what it sums."""
    by_period = any(sense.axes == {"period"} for sense in labels.values())
    by_scope = any("scope" in sense.axes for sense in labels.values())
    resolved: dict[int, Sense] = {}
    trail: list[Period] = []
    for column, label in sorted(labels.items()):
        sense = label
        if label.total and label.period is None:
            period = period_of_total(trail) if by_period else None
            if period is not None:
                sense = replace(label, period=period)
            elif by_scope and not by_period and not label.scope:
                sense = replace(label, scope=WHOLE)
            elif by_period or not label.axes:
                sense = OTHER
        trail += [] if sense.period is None else [sense.period]
        resolved[column] = sense
    return resolved


def _column(sheet: Sheet, band: Band, column: int, lines: Sequence[_Line]) -> None:
    """Adds what the heading lines of one column say together."""
    whole = Sense()
    for number in reversed(range(len(lines))):
        value, sense = lines[number]
        above = lines[number - 1][0] if number else None
        if sense is None and isinstance(value, str) and isinstance(above, str):
            sense = sheet.sense(above + value) or sheet.sense(value + above)
        if sense is None and number == len(lines) - 1:
            return
        if sense is not None and sense.role is not None:
            band.roles.setdefault(column, sense.role)
        elif sense is not None:
            whole = whole.within(sense)
    if whole.axes and column not in band.roles:
        band.columns[column] = whole


def period_of_total(before: Sequence[Period]) -> Period | None:
    """What a 小计 or 合计 after some periods sums: the quarter, half or year that they complete; ``None`` where that is not clear."""
    months = [period for period in before if len(period.pieces()) == 1 and period.months() is not None]
    if not months:
        return None
    if len(before[-1].pieces()) == 1 and len(months) > _QUARTER and len(months) % _QUARTER == 0 and len(before) > len(months):
        return _spanned(months[-_QUARTER:])
    if len(before[-1].pieces()) == 1 and len(months) == _QUARTER:
        return _spanned(months)
    return _spanned(months) if len(months) in (_HALF, _YEAR) else None


def _spanned(months: Sequence[Period]) -> Period | None:
    """The quarter, half or year that consecutive months make up."""
    whole = months[0].spanning(months[0].start, months[-1].end)
    starts = (months[0].end.month - 1) % len(months) == 0
    return whole if starts and list(whole.pieces()) == list(months) else None
