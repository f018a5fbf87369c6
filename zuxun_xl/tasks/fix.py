"""The task ``check --fix``: repairs of what is certain — numbers and dates kept as text, stray spaces in group names and codes.

A repair changes how a value is written, never what it says: where the workbook would then be read differently, the cells are left alone.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from zuxun_xl.book.changes import Change, ChangeSet, Content
from zuxun_xl.cells import parse_address
from zuxun_xl.forms.table import Table
from zuxun_xl.periods import Period
from zuxun_xl.records.department import Department
from zuxun_xl.records.texts import code_of
from zuxun_xl.tasks.fixing.figures import repaired_figures
from zuxun_xl.tasks.fixing.names import repaired_names
from zuxun_xl.tasks.ledger import Ledger

_PLANS = (("附表一", "月份"), ("附表二", "月份"), ("附表四", "周次"))
_Reading = dict[tuple[str, int, int], Any]
"""Sheet, column and row of the headings → the values read there; column 0 is the table itself."""


def fix(ledger: Ledger) -> list[Change]:
    """Repairs of all recognised tables, by tabs and cells; none where everything already is as it should be."""
    tables = [part for table in ledger.tables.values() for part in table.whole]
    figures = [change for table in tables for change in repaired_figures(ledger, table)]
    changes = _once([*figures, *repaired_names(ledger, tables)])
    return _undisturbing(ledger, [change for sheet in ledger.book.sheet_names for change in changes if change.sheet == sheet])


def repaired(ledger: Ledger, repairs: Iterable[Change]) -> Ledger:
    """The ledger as it will be read once the repairs are made."""
    return replace(ledger, book=ledger.book.changed(ChangeSet(tuple(repairs))))


def _once(changes: Iterable[Change]) -> list[Change]:
    """By cell; a cell that two tables share is repaired once, and only if both mean the same."""
    wanted: dict[tuple[str, str], set[Content]] = {}
    kept: dict[tuple[str, str], Change] = {}
    for change in changes:
        wanted.setdefault((change.sheet, change.cell), set()).add(change.new)
        kept[change.sheet, change.cell] = change
    certain = [change for place, change in kept.items() if len(wanted[place]) == 1]
    return sorted(certain, key=lambda change: parse_address(change.cell))


def _undisturbing(ledger: Ledger, changes: list[Change]) -> list[Change]:
    """The changes after which every typed cell, every record and every plan is read as before."""
    while changes:
        after = repaired(ledger, changes)
        disturbed = _disturbed(ledger, after)
        if not disturbed and _figures(after) == _figures(ledger):
            return changes
        kept = [change for change in changes if (change.sheet, parse_address(change.cell)[1]) not in disturbed]
        changes = kept if len(kept) < len(changes) else _besides_formulas(ledger, after, changes)
    return []


def _disturbed(before: Ledger, after: Ledger) -> set[tuple[str, int]]:
    """Sheets and columns that are read differently."""
    one, other = _reading(before), _reading(after)
    return {place[:2] for place in one.keys() | other.keys() if one.get(place) != other.get(place)}


def _besides_formulas(before: Ledger, after: Ledger, changes: Sequence[Change]) -> list[Change]:
    """The changes outside rows whose formulas lose their value until the program computes them anew; none if that is no help."""
    rows = {
        (sheet, parse_address(cell)[0])
        for sheet in after.book.sheet_names for cell in {*after.book.uncalculated(sheet)} - {*before.book.uncalculated(sheet)}
    }
    kept = [change for change in changes if (change.sheet, parse_address(change.cell)[0]) not in rows]
    return kept if len(kept) < len(changes) else []


def _reading(ledger: Ledger) -> _Reading:
    tables = [part for table in ledger.tables.values() for part in table.whole]
    return {place: values for table in tables for place, values in _columns(table, ledger.book.formulas(table.sheet)).items()}


def _columns(table: Table, formulas: Container[tuple[int, int]]) -> _Reading:
    """What was read from the typed cells of a table; names and codes as they are compared."""
    own = {column: table.values[key] for key, column in table.columns.items() if key in table.values}
    further = {column: table.values[f"@{column}"] for column in table.extra}
    read: dict[int, list[Any]] = {0: [table.form.key, *table.rows]}
    for column, values in (own | further).items():
        typed = [value for row, value in zip(table.rows, values, strict=True) if (row, column) not in formulas]
        read[column] = [code_of(value) if isinstance(value, str) else value for value in typed]
    return {(table.sheet, column, table.header): values for column, values in read.items()}


def _figures(ledger: Ledger) -> tuple[Department, Mapping[Period, Any]]:
    """What all KPIs come from: the records, and the plan of every month and week."""
    parts = ((part, slot) for form, slot in _PLANS for part in (ledger.tables[form].whole if form in ledger.tables else ()))
    periods = {period for part, slot in parts for period in part.column(slot)}
    return replace(ledger.department, findings=[], _cache={}), {period: ledger.plan.of(period) for period in periods if period}
