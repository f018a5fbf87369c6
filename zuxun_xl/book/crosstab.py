"""Reading a plan in any arrangement: every figure gets its group, period and measure from the labels around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from zuxun_xl.book.grid import Grid, Scalar
from zuxun_xl.book.headings import Band, Sheet, bands, is_number, period_of_total
from zuxun_xl.book.senses import OTHER, Lexicon, Sense
from zuxun_xl.periods import Period
from zuxun_xl.records.model import WHOLE
from zuxun_xl.units import squeeze

Axes = frozenset[str]
_ROWS_TOGETHER = 2
_LONGEST_LINE = 40
_SENTENCE = re.compile(r"[,，;；。]")
_FIGURE = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_YEAR = 12


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell among labels.

    Attributes:
        row, column: where it stands.
        sense: what its labels say; the kind is empty where none says whether it is planned or done.
        spoken: the kind that only the title above it or the sheet's name speaks of.
        across: whether the group or the period stands above it, not beside it.
        dated: whether its own row or column names the period, not only a line above.
        note: text above the table that may state its unit.
        header: row of the lowest heading above it.
    """

    row: int
    column: int
    sense: Sense
    spoken: str
    across: bool
    dated: bool
    note: str
    header: int


@dataclass
class _Above:
    """What the lines above a row have said so far."""

    sense: Sense
    spoken: str
    note: str = ""

    def hear(self, lexicon: Lexicon, text: str) -> None:
        """Takes in a title or a line of its own."""
        label, spoken = lexicon.sense(text), lexicon.spoken(text)
        known = label if label is not None and label.axes and not label.other else replace(spoken, kind="")
        older = replace(self.sense, unit="") if known.item else self.sense
        if older.period is not None and known.period is not None and len(known.period.pieces()) == _YEAR:
            known = replace(known, period=None)  # a title's year says less than the month on the sheet's tab
        self.sense = replace(known, total=False, role=None).default(older)
        self.spoken = self.spoken or ("" if _SENTENCE.search(text) else spoken.kind)
        self.note += f"  {text}"


def figures(grid: Grid, lexicon: Lexicon) -> list[Figure]:
    """Every cell of a sheet whose labels tell its group, period and item."""
    grid = replace(grid, rows=[[_number(value) for value in row] for row in grid.rows])
    sheet = Sheet(grid, lexicon)
    above = _Above(Sense(), "")
    above.hear(lexicon, grid.sheet)
    found = list(bands(sheet))
    ends = [*(band.top for band in found[1:]), len(grid.rows) + 1]
    for text in _texts(grid, 1, found[0].top if found else 0):
        above.hear(lexicon, text)
    parts = [(part, end) for band, end in zip(found, ends, strict=True) for part in band.side_by_side()] if found else []
    return [figure for part, end in parts for figure in _Block(sheet, part, end, above).figures()]


def _texts(grid: Grid, top: int, end: int) -> Iterator[str]:
    return (value for row in grid.rows[top - 1 : max(end - 1, 0)] for value in row if isinstance(value, str) and value.strip())


@dataclass
class _Block:
    """The rows from one heading to the next."""

    sheet: Sheet
    band: Band
    end: int
    above: _Above
    _carried: dict[int, Sense] = field(default_factory=dict)
    _trail: dict[int, list[Period]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._body = range(self.band.bottom + 1, self.end)
        self._data = {column: sense for column, sense in self.band.columns.items() if not self._holds_labels(column)}
        first = min(self._data, default=0)
        width = len(self.sheet.grid.rows[0]) if self.sheet.grid.rows else 0
        self._labels = [
            column for column in range(self.band.left, width + 1)
            if column not in self._data and (column < first or self.band.roles.get(column))
        ]
        self._axes = {column: self._axes_of(column) for column in self._labels}

    def figures(self) -> Iterator[Figure]:
        """The figures of all rows."""
        for row in self._body:
            texts = [value for value in self.sheet.grid.rows[row - 1] if isinstance(value, str) and value.strip()]
            numbers = any(is_number(value) for value in self.sheet.grid.rows[row - 1])
            sense = self._row_sense(row)
            own = list(self._of_row(row, sense)) if sense is not None else []
            line = len(set(texts)) == 1 and not numbers
            if line and (not own or not self._is_usual(row)):
                if len(texts[0]) <= _LONGEST_LINE or self.sheet.sense(texts[0]) is not None:
                    self.above.hear(self.sheet.lexicon, texts[0])
                self._trail.clear()
            else:
                yield from own

    def _is_usual(self, row: int) -> bool:
        """Whether a text alone in its row says what its column says in full rows too."""
        column = next(column for column, value in enumerate(self.sheet.grid.rows[row - 1], start=1) if value is not None)
        sense = self._own(row, column)
        return sense is not None and column in self._axes and (not self._axes[column] or sense.axes <= self._axes[column])

    def _of_row(self, row: int, sense: Sense) -> Iterator[Figure]:
        for column, heading in self._data.items():
            whole = _crossed(heading, sense)
            if whole is None:
                continue
            dated = whole.period is not None
            whole = whole.default(self.above.sense)
            whole = whole if whole.scope else replace(whole, scope=WHOLE)
            if whole.period is not None and (whole.item or whole.kind) and not whole.other:
                across = bool(heading.axes & {"scope", "period"})
                yield Figure(row, column, whole, self.above.spoken, across, dated, self.above.note, self.band.bottom)

    def _holds_labels(self, column: int) -> bool:
        """Whether a column is one of labels, though its heading names a measure (业绩 over the items of business)."""
        values = [self.sheet.held(row, column) for row in self._body]
        senses = [self.sheet.sense(value) for value in values if isinstance(value, str)]
        known = sum(sense is not None and bool(sense.axes) for sense in senses)
        return known > sum(map(is_number, values)) and known >= _ROWS_TOGETHER

    def _axes_of(self, column: int) -> Axes:
        """What the labels of a column usually tell apart, by its rows with figures, else by all; a lone 合计 tells nothing."""
        seen: tuple[Counter[Axes], Counter[Axes]] = (Counter(), Counter())
        for row in self._body:
            sense = self._plain(row, column)
            if sense is not None and sense.axes:
                seen[self._is_full(row)][sense.axes] += 1
        role = self.band.roles.get(column)
        if usual := seen[True] or seen[False]:
            return usual.most_common(1)[0][0]
        return frozenset({role}) if role in ("scope", "period") else frozenset()

    def _is_full(self, row: int) -> bool:
        return sum(value is not None for value in self.sheet.grid.rows[row - 1]) >= _ROWS_TOGETHER

    def _plain(self, row: int, column: int) -> Sense | None:
        """What a label says by itself."""
        value = self.sheet.held(row, column)
        if self.band.roles.get(column) == "period":
            value = _month_number(value)
            period = self.sheet.lexicon.period(value) if isinstance(value, float) else None
            if period is not None:
                return Sense(period=period)
        return self.sheet.sense(value)

    def _own(self, row: int, column: int) -> Sense | None:
        """What a label says in its column: an unknown one stands for a group nobody knows, or for figures that no form knows."""
        sense, axes = self._plain(row, column), self._axes[column]
        value = self.sheet.held(row, column)
        if sense is None and isinstance(value, str) and value.strip() and axes:
            if any(self._axes[later] == axes for later in self._labels if later > column):
                return None
            return Sense(scope=squeeze(value)) if axes == {"scope"} else OTHER
        if sense is None or not sense.total or sense.period is not None:
            return sense
        if "period" in axes:
            period = period_of_total(self._trail.get(column, []))
            return OTHER if period is None else replace(sense, period=period)
        return replace(sense, scope=WHOLE) if "scope" in axes and not sense.scope else sense if sense.axes else OTHER

    def _row_sense(self, row: int) -> Sense | None:
        """What the labels of a row say together, those written once filled down; ``None`` for a row without a label of its own."""
        whole, labelled, changed = Sense(), False, False
        for column in self._labels:
            held = self.sheet.held(row, column)
            sense = self._own(row, column)
            if held is not None and sense is not None:
                labelled = labelled or bool(sense.axes) or sense.other
                if sense != self._carried.get(column):
                    changed = True
                self._carried[column] = sense
                self._follow(column, sense)
            elif held is not None or changed:
                self._carried.pop(column, None)
            if changed and sense is not None and sense.period is None:
                self._forget(column)
            carried = self._carried.get(column) if held is None else sense
            whole = (carried or Sense()).default(whole)
        return whole if labelled else None

    def _follow(self, column: int, sense: Sense) -> None:
        """Remembers the periods that a column has named."""
        trail = self._trail.setdefault(column, [])
        if sense.period is not None and (not trail or trail[-1] != sense.period):
            trail.append(sense.period)

    def _forget(self, column: int) -> None:
        """A new group begins: the months before it belong to another."""
        for later in [later for later in self._trail if later > column]:
            del self._trail[later]


def _number(value: Scalar) -> Scalar:
    """A figure that is kept as text, as a paste of values leaves it."""
    if not isinstance(value, str) or _FIGURE.fullmatch(value.strip()) is None:
        return value
    return float(value.replace(",", ""))


def _month_number(value: Scalar) -> Scalar:
    """In a column of months the text 01 is the number 1."""
    return float(value) if isinstance(value, str) and value.strip().isdecimal() and len(value.strip()) <= _ROWS_TOGETHER else value


def _crossed(heading: Sense, label: Sense) -> Sense | None:
    """A heading and a label together; ``None`` where both speak of the same thing and differ."""
    if heading.other or label.other:
        return None
    for axis in heading.axes & label.axes:
        if getattr(heading, axis) != getattr(label, axis):
            return None
    return heading.default(label)


