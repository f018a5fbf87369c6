"""A month's plan over the weeks of 附表四, by workdays; the weeks are the form's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from zuxun_xl.findings import Finding
from zuxun_xl.periods import Period
from zuxun_xl.records.model import WHOLE
from zuxun_xl.spreading import Number, SpreadError, spread_table
from zuxun_xl.tasks.filling.pen import Pen
from zuxun_xl.tasks.spreading.cells import Cells
from zuxun_xl.tasks.spreading.rules import NO_WEEKS
from zuxun_xl.tasks.spreading.targets import Key


def spread_weeks(cells: Cells, plan: Mapping[Key, Decimal], step: Number) -> list[Finding]:
    """Spreads the plans of the months that the form's weeks cover.

    Args:
        cells: the weeks' plan cells of the measure.
        plan: (group, month) → plan of the month.
        step: figures are multiples of it.
    """
    months = sorted({month for group, month in plan if group in cells.groups and len(month.pieces()) == 1})
    covered = {month: weeks for month in months if (weeks := _weeks_of(month, cells.periods))}
    if not covered:
        pen = cells.pens[0]
        return [NO_WEEKS.at(pen.table.sheet, form=pen.table.form.key)]
    findings: list[Finding] = []
    for month, weeks in covered.items():
        findings += _spread_month(cells, plan, month, weeks, step)
    return findings


def _weeks_of(month: Period, weeks: Sequence[Period]) -> list[Period]:
    """The weeks that make up a month, or nothing."""
    inside = [week for week in weeks if month.start <= week.start and week.end <= month.end]
    return inside if {day for week in inside for day in week.days()} == set(month.days()) else []


def _spread_month(cells: Cells, plan: Mapping[Key, Decimal], month: Period, weeks: list[Period], step: Number) -> list[Finding]:
    groups = [group for group in cells.groups if (group, month) in plan and all((group, week) in cells.places for week in weeks)]
    workdays = cells.pens[0].ledger.settings.workdays
    days = [len(workdays.within(week)) for week in weeks]
    everyone = len(groups) == len(cells.groups)
    columns = [cells.typed.get((WHOLE, week)) if everyone else None for week in weeks]
    locked: dict[tuple[int, int], Number] = {
        (i, j): cells.typed[group, week] for i, group in enumerate(groups) for j, week in enumerate(weeks) if (group, week) in cells.typed
    }
    try:
        table = spread_table([plan[group, month] for group in groups], columns, [days] * len(groups), locked, step)
    except SpreadError as error:
        where = (groups[error.index or 0], month) if error.axis == "row" else (WHOLE, weeks[error.index or 0] if error.axis else month)
        return [cells.clash(where, error.total, error.locked)]
    figures = {(group, week): value for group, line in zip(groups, table, strict=True) for week, value in zip(weeks, line, strict=True)}
    cells.write(figures, f"{month.label}计划按工作日分到周")
    return []


def week_cells(pens: Sequence[Pen], measure: str) -> Cells:
    """The weeks' plan cells of a measure."""
    return Cells(pens, measure, "周次")
