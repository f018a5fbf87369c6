"""The task ``enter``: a year plan written into the plan cells of 附表一, 附表二 and 附表三 that a workbook already has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeGuard

from zuxun_xl.book.changes import ChangeSet
from zuxun_xl.findings import Finding
from zuxun_xl.forms.blanks import PEOPLE, RESULTS, TARGETS, Blank
from zuxun_xl.forms.form import Column
from zuxun_xl.forms.planned import TARGET, EntryKey, YearPlan
from zuxun_xl.forms.returns import NOT_ENTERED, OTHER_PLAN
from zuxun_xl.forms.table import Table
from zuxun_xl.kpi.measures import MEASURES, Adds
from zuxun_xl.periods import Period
from zuxun_xl.records.model import WHOLE
from zuxun_xl.records.texts import code_of, text_of
from zuxun_xl.tasks.filling.ours import remembered
from zuxun_xl.tasks.filling.pen import How, Note, Pen
from zuxun_xl.tasks.ledger import Ledger
from zuxun_xl.units import YUAN

_PLAN = "计划"
_WHY = "主管交回的计划"


@dataclass
class Entering:
    """What entering amounts to: the changes, cells that hold something else, and how many cells of each form change."""

    changes: ChangeSet = field(default_factory=ChangeSet)
    findings: list[Finding] = field(default_factory=list)
    filled: dict[str, int] = field(default_factory=dict)


def enter(ledger: Ledger, plan: YearPlan, how: How | None = None) -> Entering:
    """Writes what was planned; what a person typed stays and is reported where it differs, unless ``how`` says to overwrite it.

    Sums that are blank are written as formulas. What the workbook has no cell for is named.
    """
    entering, how, left = Entering(), how or How(), set(plan.entries)
    for blank in (RESULTS, PEOPLE, TARGETS):
        for table in ledger.tables[blank.form.key].whole if blank.form.key in ledger.tables else ():
            pen = Pen(ledger, table, how)
            left -= _enter_people(pen, plan) if blank is TARGETS else _enter_months(pen, blank, plan)
            changes = pen.changes()
            entering.changes += changes
            entering.findings += pen.findings
            entering.filled[blank.form.key] = entering.filled.get(blank.form.key, 0) + len(changes.changes)
    entering.changes += ChangeSet(names=remembered(ledger.book, entering.changes.changes))
    entering.findings += _without_a_cell(left)
    return entering


def _enter_months(pen: Pen, blank: Blank, plan: YearPlan) -> set[EntryKey]:
    """Enters a group's months and the blank sums over them; returns the entries for which there is a cell."""
    records = dict(_records(pen.table))
    entered: set[EntryKey] = set()
    for (group, period), index in records.items():
        if period.end.year == plan.year and len(period.pieces()) == 1:
            for each in blank.inputs:
                key = (blank.form.key, group, period.end.month, each.key)
                if key in plan.entries and pen.table.place(index, each.key) is not None:
                    _put(pen, index, blank.column(each), plan, key)
                    entered.add(key)
    for (scope, period), index in records.items():
        for each in blank.plan if period.end.year == plan.year else ():
            _sum(pen, records, scope, period, index, each.key)
    return entered


def _records(table: Table) -> Iterator[tuple[tuple[str, Period], int]]:
    rows = zip(table.column("组别"), table.column("月份"), strict=True)
    return (((group, period), index) for index, (group, period) in enumerate(rows))


def _put(pen: Pen, index: int, column: Column, plan: YearPlan, key: EntryKey) -> None:
    place, value = pen.table.place(index, column.key), plan.entries[key]
    if place is not None:
        content = value / place.scale if isinstance(value, int | float) else value
        pen.put(place.row, place.column, content, _note(pen, column, key))


def _note(pen: Pen, column: Column, key: EntryKey) -> Note:
    where = f"{key[1]}{key[2]}月" if key[2] else key[1]
    return Note.of(column, _WHY, OTHER_PLAN, form=pen.table.form.key, where=where)


def _sum(pen: Pen, records: dict[tuple[str, Period], int], scope: str, period: Period, index: int, key: str) -> None:
    """A blank sum of months, or of groups for 全部, once all its parts are there."""
    measure = MEASURES.get(key.removeprefix(_PLAN))
    place = pen.table.place(index, key)
    if place is None or pen.value(place.row, place.column) is not None or measure is None or measure.adds is not Adds.FLOW:
        return
    pieces = period.pieces()
    if len(pieces) > 1:
        parts = [records[scope, piece] for piece in pieces if (scope, piece) in records]
        whole = len(parts) == len(pieces)
    else:
        parts = [other for (group, when), other in records.items() if when == period and group != WHOLE]
        whole = scope == WHOLE and bool(parts)
    places = [found for part in parts if (found := pen.table.place(part, key)) is not None]
    numbers = [number for found in places if (number := pen.number(found.row, found.column)) is not None]
    if whole and len(numbers) == len(parts):
        note = Note.of(pen.table.form.by_key[key], _WHY, OTHER_PLAN, form=pen.table.form.key, where=scope)
        pen.put(place.row, place.column, pen.total(parts, key, sum(numbers)), note)


def _enter_people(pen: Pen, plan: YearPlan) -> set[EntryKey]:
    """Enters each person's months; returns the entries for which there is a cell."""
    table = pen.table
    scale = table.scales.get("全年目标", 1)
    months = {period.end.month: column for column, period in table.extra.items() if _is_month(period, plan.year)}
    rows = {_code(table.column("工号")[index], table.column("姓名")[index]): index for index in range(len(table))} if months else {}
    entered: set[EntryKey] = set()
    for key, value in plan.entries.items():
        index = rows.get(code_of(key[1])) if key[0] == TARGETS.form.key else None
        if index is None:
            continue
        if key[3] == TARGET and key[2] in months and isinstance(value, int | float):
            pen.put(table.rows[index], months[key[2]], value / scale, _note(pen, _TARGET_COLUMN, key))
            entered.add(key)
        elif key[3] in table.form.by_key and table.place(index, key[3]) is not None:
            _put(pen, index, table.form.by_key[key[3]], plan, key)
            entered.add(key)
    return entered


_TARGET_COLUMN = Column(TARGET, TARGET, YUAN)


def _is_month(period: object, year: int) -> TypeGuard[Period]:
    return isinstance(period, Period) and len(period.pieces()) == 1 and period.end.year == year


def _code(code: object, name: object) -> str:
    return code_of(code) or text_of(name)


def _without_a_cell(left: set[EntryKey]) -> Iterator[Finding]:
    """A finding for each form and column, or person, that the workbook has no cell for."""
    places: dict[tuple[str, str], int] = {}
    for form, owner, _, key in left:
        place = (form, f"{owner}的目标" if form == TARGETS.form.key else f"{owner}的“{key}”")
        places[place] = places.get(place, 0) + 1
    for (form, what), count in sorted(places.items()):
        yield NOT_ENTERED.at("", form=form, what=what, count=count)
