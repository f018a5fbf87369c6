"""The plan cells of one measure over all sheets of a form: what people typed in them, and writing figures with their sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from zuxun_xl.book.changes import Content, Formula
from zuxun_xl.findings import Finding
from zuxun_xl.forms.table import Place
from zuxun_xl.kpi.measures import MEASURES, Adds
from zuxun_xl.periods import Period
from zuxun_xl.records.model import WHOLE
from zuxun_xl.tasks.filling.pen import Note, Pen
from zuxun_xl.tasks.spreading.rules import KEPT, clash
from zuxun_xl.tasks.spreading.targets import Key

PLAN = "计划"
"""Keys of plan columns begin so; the measure's key follows."""

_DIGITS = 6


@dataclass
class Cells:
    """The cells of one measure.

    Attributes:
        pens: one a sheet of the form.
        measure: key of the measure.
        slot: column key of the period.
    """

    pens: Sequence[Pen]
    measure: str
    slot: str = "月份"

    @property
    def key(self) -> str:
        """Column key of the plan."""
        return PLAN + self.measure

    @property
    def is_summed(self) -> bool:
        """Whether longer periods are the sum of their months; a distinct count is not."""
        return MEASURES[self.measure].adds is not Adds.DISTINCT

    @cached_property
    def places(self) -> dict[Key, tuple[Pen, int]]:
        """(Scope, period) → sheet and record."""
        places: dict[Key, tuple[Pen, int]] = {}
        for pen in self.pens:
            for index, key in enumerate(zip(pen.table.column("组别"), pen.table.column(self.slot), strict=True)):
                if pen.table.place(index, self.key) is not None:
                    places.setdefault(key, (pen, index))
        return places

    @cached_property
    def periods(self) -> list[Period]:
        """The shortest periods of the form in order: its months, or its weeks."""
        periods = sorted({period for _, period in self.places})
        return [period for period in periods if self.slot != "月份" or len(period.pieces()) == 1]

    @cached_property
    def groups(self) -> list[str]:
        """The groups in the form's order, without 全部."""
        return list(dict.fromkeys(scope for scope, _ in self.places if scope != WHOLE))

    def place(self, key: Key) -> Place:
        """Where a figure stands."""
        pen, index = self.places[key]
        place = pen.table.place(index, self.key)
        assert place is not None, "only cells that exist are places"  # noqa: S101
        return place

    def at(self, key: Key) -> tuple[str, str]:
        """Sheet and address of a figure; those of the form's first cell where it has no such cell."""
        pen, index = self.places.get(key) or next(iter(self.places.values()))
        return pen.table.sheet, pen.table.cell(index, self.key) if key in self.places else ""

    @cached_property
    def typed(self) -> dict[Key, Decimal]:
        """What people's own figures lock, in base units. A formula for a sum locks nothing, a text in a group's month locks 0."""
        typed: dict[Key, Decimal] = {}
        for key in self.places:
            value = self.value(key)
            if self._is_own(key) and not (not self._is_part(key) and (value is None or self.has_formula(key))):
                typed[key] = value or Decimal(0)
        return typed

    def _is_own(self, key: Key) -> bool:
        place = self.place(key)
        return self.places[key][0].is_own(place.row, place.column)

    def has_formula(self, key: Key) -> bool:
        """Whether a figure is shown by a formula."""
        place = self.place(key)
        return self.places[key][0].has_formula(place.row, place.column)

    def value(self, key: Key) -> Decimal | None:
        """What a cell will hold, in base units."""
        place = self.place(key)
        number = self.places[key][0].number(place.row, place.column)
        return None if number is None else Decimal(repr(round(number * place.scale, _DIGITS)))

    def put(self, key: Key, value: Decimal, content: Content, why: str) -> None:
        """Writes a figure of base units, as the formula if there is one; a person's own formula stays without a word."""
        pen, place = self.places[key][0], self.place(key)
        if not (self._is_own(key) and self.has_formula(key)):
            shown = float(value / place.scale)
            written = Formula(content.text, shown) if isinstance(content, Formula) else shown
            figures = {"group": key[0], "month": key[1].label, "column": pen.table.form.by_key[self.key].heading}
            pen.put(place.row, place.column, written, Note(why, KEPT, figures, actual=False))

    def write(self, figures: Mapping[Key, Decimal], why: str) -> dict[Key, Decimal]:
        """Writes the groups' figures and every sum that follows from them; returns all."""
        for key in (key for key in figures if key in self.places):
            self.put(key, figures[key], None, why)
        return self.add_up(figures)

    def add_up(self, figures: Mapping[Key, Decimal]) -> dict[Key, Decimal]:
        """Writes every sum of which all parts are known: 全部 of its groups, longer periods of their months."""
        whole = dict(figures)
        for key in sorted(self.places, key=lambda key: (len(key[1].pieces()), key[0] == WHOLE, key[1], key[0])):
            parts = self._parts(key)
            if key not in figures and parts and all(part in whole for part in parts):
                whole[key] = sum((whole[part] for part in self._counted(parts)), Decimal(0))
                self.put(key, whole[key], self._formula(parts, whole[key]), "合计")
        return whole

    def clash(self, key: Key, total: Decimal, locked: Decimal) -> Finding:
        """The finding that a total cannot be reached beside what people typed."""
        column = self.pens[0].table.form.by_key[self.key].heading
        return clash(*self.at(key), (key[0], key[1].label, column), total, locked, MEASURES[self.measure].unit.name)

    def current(self) -> dict[Key, Decimal]:
        """The groups' figures as they will stand."""
        values = {(group, period): self.value((group, period)) for group, period in self.places if self._is_part((group, period))}
        return {key: value for key, value in values.items() if value is not None}

    def _is_part(self, key: Key) -> bool:
        return key[1] in self.periods and (key[0] != WHOLE or not self.groups)

    def _parts(self, key: Key) -> list[Key]:
        """What a cell is the sum of: 全部 of its groups, longer periods of their months; nothing for a distinct count of several months."""
        scope, period = key
        if period in self.periods:
            return [(group, period) for group in self.groups] if scope == WHOLE else []
        if not self.is_summed:
            return []
        months = [(scope, month) for month in self.periods if period.start <= month.start and month.end <= period.end]
        return months if len(months) == len(period.pieces()) else []

    def _counted(self, parts: Sequence[Key]) -> Sequence[Key]:
        """Of several months' openings only the first one's, of closings the last one's; all parts of a sum."""
        adds = MEASURES[self.measure].adds
        over_time = len({scope for scope, _ in parts}) == 1 and len(parts) > 1 and adds in (Adds.OPENING, Adds.CLOSING)
        return parts if not over_time else parts[:1] if adds is Adds.OPENING else parts[-1:]

    def _formula(self, parts: Sequence[Key], wanted: Decimal) -> Content:
        """The sum as a formula, where all its parts stand on one sheet and hold what they should."""
        counted = self._counted(parts)
        if any(part not in self.places for part in counted) or len({id(self.places[part][0]) for part in counted}) > 1:
            return None
        pen = self.places[counted[0]][0]
        return pen.total([self.places[part][1] for part in counted], self.key, float(wanted / self.place(counted[0]).scale))
