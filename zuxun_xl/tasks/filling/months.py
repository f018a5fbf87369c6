"""Filling the actual columns of 附表一 and 附表二: months that have begun, quarters and years that have passed."""

from __future__ import annotations

from collections.abc import Iterator

from zuxun_xl.book.changes import Content
from zuxun_xl.findings import Rule
from zuxun_xl.forms.form import Column
from zuxun_xl.forms.table import Table
from zuxun_xl.kpi.measures import MEASURES, Adds, Values
from zuxun_xl.periods import Period
from zuxun_xl.tasks.filling.pen import ACTUAL, Note, Pen
from zuxun_xl.units import PERCENT


def fill_months(pen: Pen, rule: Rule) -> None:
    """Fills every record whose period is a month that has begun or a longer period that has passed."""
    months = {(group, period): index for index, group, period in _records(pen.table)}
    for index, group, period in sorted(_records(pen.table), key=lambda item: (item[2].end - item[2].start, item[0])):
        if not _due(pen, group, period):
            continue
        measures = pen.ledger.measures(period)[group]
        parts = _parts(months, group, period)
        for column in pen.table.form.columns:
            if column.filled and pen.table.has(column.key):
                note = Note.of(column, _why(pen, period), rule, group=group, month=period.label)
                pen.fill(index, column, _content(pen, index, column, measures, parts), note)


def _records(table: Table) -> Iterator[tuple[int, str, Period]]:
    return ((index, *labels) for index, labels in enumerate(zip(table.column("组别"), table.column("月份"), strict=True)))


def _due(pen: Pen, group: str, period: Period) -> bool:
    ledger = pen.ledger
    if group not in ledger.department.scopes or not ledger.reaches(period.pieces()[-1]) or not ledger.covers(period):
        return False
    return len(period.pieces()) == 1 or ledger.has_passed(period)


def _why(pen: Pen, period: Period) -> str:
    return f"{period.label}实绩" + ("" if pen.ledger.has_passed(period) else f"（截至{pen.ledger.as_of}）")


def _parts(months: dict[tuple[str, Period], int], group: str, period: Period) -> list[int]:
    """Records of the months of a longer period, in order; empty for a month or where one is missing."""
    pieces = period.pieces()
    records = [months[group, piece] for piece in pieces if (group, piece) in months]
    return records if len(pieces) > 1 and len(records) == len(pieces) else []


def _content(pen: Pen, index: int, column: Column, measures: Values, parts: list[int]) -> Content:
    if column.unit is PERCENT:
        return pen.ratio(index, column.formula)
    wanted = pen.wanted(index, column, measures)
    if wanted is None:
        return None
    if parts:
        return _subtotal(pen, column.key, parts, wanted)
    return pen.over_record(index, column.formula, wanted) if column.formula else wanted


def _subtotal(pen: Pen, key: str, parts: list[int], wanted: float) -> Content:
    """Flows as a sum of the months, 期初 as the first month's, 期末 as the last one's; a distinct count as a value."""
    match MEASURES[key.removeprefix(ACTUAL)].adds:
        case Adds.FLOW:
            return pen.total(parts, key, wanted)
        case Adds.OPENING:
            return pen.over_record(parts[0], key, wanted)
        case Adds.CLOSING:
            return pen.over_record(parts[-1], key, wanted)
    return wanted
