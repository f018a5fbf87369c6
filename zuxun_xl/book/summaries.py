"""A department's own summaries of its results (月度汇总, 业绩通报): which figure of theirs stands in which cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zuxun_xl.book.crosstab import Figure, figures
from zuxun_xl.book.grid import Grid
from zuxun_xl.book.plans import is_summary, is_weekly, lexicon_of
from zuxun_xl.book.rows import Context
from zuxun_xl.book.scales import noted_unit
from zuxun_xl.book.senses import DONE
from zuxun_xl.forms.table import Cell, Place
from zuxun_xl.kpi.catalogue import KPIS
from zuxun_xl.kpi.measures import MEASURES
from zuxun_xl.units import MONEY_SCALES, Unit

_MOST_ROWS = 400
_LEAST = 3
_OTHER_BASIS = re.compile(r"未扣|不扣|未减|含撤|预收|受理|交单|标准保费|折标")
"""Words above figures that cannot be compared with ours: gross of withdrawals, by the day of application, weighted."""
_MONEY = ("元", "元/件", "元/人")


@dataclass(frozen=True, slots=True)
class Summary:
    """A sheet of results; the key of a cell is a measure or an indicator."""

    sheet: str
    cells: tuple[Cell, ...]


def summary_on(grid: Grid, context: Context) -> Summary | None:
    """The summary that a sheet is; ``None`` for any other sheet."""
    if len(grid.rows) > _MOST_ROWS or not is_summary(grid):
        return None
    cells = tuple(_cells(figures(grid, lexicon_of(grid, context))))
    return Summary(grid.sheet, cells) if len(cells) >= _LEAST else None


def _cells(found: list[Figure]) -> Iterator[Cell]:
    for figure in found:
        sense = figure.sense
        ours = sense.kind in ("", DONE) and unit_of(sense.item) is not None and not _OTHER_BASIS.search(figure.note)
        if not ours or sense.period is None or is_weekly(figure):
            continue
        stated = sense.unit if sense.unit in MONEY_SCALES else noted_unit(figure.note) or "元"
        scale = MONEY_SCALES[stated] if unit_of(sense.item) in _MONEY else 1
        yield Cell(sense.scope, sense.period, sense.item, Place(figure.row, figure.column, scale), figure.across)


def unit_of(item: str) -> str | None:
    """The unit's name of a measure or indicator; ``None`` for anything else."""
    unit: Unit | None = MEASURES[item].unit if item in MEASURES else KPIS[item].unit if item in KPIS else None
    return None if unit is None else unit.name
