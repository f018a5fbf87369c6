"""Filling the actual columns of 附表一 and 附表二: months that have begun, quarters and years that have passed."""

from __future__ import annotations

from collections.abc import Iterator

from zuxun_xl.book.changes import Content
from zuxun_xl.expr import expression
from zuxun_xl.findings import Rule
from zuxun_xl.forms.form import Column
from zuxun_xl.forms.table import Table
from zuxun_xl.kpi.measures import MEASURES, Adds, Values
from zuxun_xl.periods import Period
from zuxun_xl.tasks.filling.pen import ACTUAL, Note, Pen
from zuxun_xl.units import PERCENT


def fill_months(pen: Pen, rule: Rule) -> None:
    """Fills every row whose period is a month that has begun or a longer period that has passed."""
    table = pen.table
    months = {(group, period): row for row, group, period in _rows(table)}
    for row, group, period in sorted(_rows(table), key=lambda item: (item[2].end - item[2].start, item[0])):
        if not _due(pen, group, period):
            continue
        measures = pen.ledger.measures(period)[group]
        parts = _parts(months, group, period)
        for column in table.form.columns:
            if column.filled and column.key in table.columns:
                note = Note.of(column, _why(pen, period), rule, group=group, month=period.label)
                pen.put(row, table.columns[column.key], _content(pen, row, column, measures, parts), note)


def _rows(table: Table) -> Iterator[tuple[int, str, Period]]:
    return zip(table.rows, table.column("组别"), table.column("月份"), strict=True)


def _due(pen: Pen, group: str, period: Period) -> bool:
    ledger = pen.ledger
    if group not in ledger.department.scopes or not ledger.reaches(period.pieces()[-1]) or not ledger.covers(period):
        return False
    return len(period.pieces()) == 1 or ledger.has_passed(period)


def _why(pen: Pen, period: Period) -> str:
    return f"{period.label}实绩" + ("" if pen.ledger.has_passed(period) else f"（截至{pen.ledger.as_of}）")


def _parts(months: dict[tuple[str, Period], int], group: str, period: Period) -> list[int]:
    """Rows of the months of a longer period, in order; empty for a month or where one is missing."""
    pieces = period.pieces()
    rows = [months[group, piece] for piece in pieces if (group, piece) in months]
    return rows if len(pieces) > 1 and len(rows) == len(pieces) else []


def _content(pen: Pen, row: int, column: Column, measures: Values, parts: list[int]) -> Content:
    if column.unit is PERCENT:
        return pen.ratio(row, column.formula)
    wanted = pen.wanted(column, measures)
    if wanted is None:
        return None
    if parts:
        return _subtotal(pen, column.key.removeprefix(ACTUAL), parts, pen.table.columns[column.key], wanted)
    return _same_row(pen, row, column.formula, wanted) if column.formula else wanted


def _subtotal(pen: Pen, key: str, parts: list[int], column: int, wanted: float) -> Content:
    """Flows as a sum of the months, 期初 as the first month's, 期末 as the last one's; a distinct count as a value."""
    match MEASURES[key].adds:
        case Adds.FLOW:
            return pen.total(parts, column, wanted)
        case Adds.OPENING:
            return pen.formula(expression("x"), {"x": (parts[0], column)}, {}, wanted)
        case Adds.CLOSING:
            return pen.formula(expression("x"), {"x": (parts[-1], column)}, {}, wanted)
    return wanted


def _same_row(pen: Pen, row: int, formula: str, wanted: float) -> Content:
    places = {key: (row, column) for key, column in pen.table.columns.items()}
    return pen.formula(expression(formula), places, pen.table.scales, wanted)
