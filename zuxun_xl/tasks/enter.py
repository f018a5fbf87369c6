"""The task ``enter``: a year plan written into the plan cells of 附表一, 附表二 and 附表三 that a workbook already has."""

from __future__ import annotations

from collections.abc import Iterator

from zuxun_xl.book.changes import ChangeSet
from zuxun_xl.findings import Finding
from zuxun_xl.forms.blanks import COMPUTED, PEOPLE, RESULTS, TARGETS, Blank
from zuxun_xl.forms.form import Column
from zuxun_xl.forms.planned import TARGET, EntryKey, YearPlan
from zuxun_xl.forms.returns import NOT_ENTERED, OTHER_PLAN
from zuxun_xl.forms.table import Table
from zuxun_xl.kpi.measures import MEASURES
from zuxun_xl.periods import Period
from zuxun_xl.records.texts import code_of, text_of
from zuxun_xl.tasks.fill import Filling
from zuxun_xl.tasks.filling.ours import remembered
from zuxun_xl.tasks.filling.pen import How, Note, Pen
from zuxun_xl.tasks.ledger import Ledger
from zuxun_xl.tasks.spreading.cells import PLAN, Cells
from zuxun_xl.tasks.spreading.headcount import bridge
from zuxun_xl.tasks.yearplan import is_month_of
from zuxun_xl.units import YUAN

_WHY = "主管交回的计划"


def enter(ledger: Ledger, plan: YearPlan, how: How | None = None) -> Filling:
    """Writes what was planned; what a person typed stays and is reported where it differs, unless ``how`` says to overwrite it.

    Blank sums, and the headcount that follows from the flows, are written as formulas. What the workbook has no cell for is named.
    """
    entering, left = Filling(), set(plan.entries)
    for blank in (RESULTS, PEOPLE, TARGETS):
        tables = ledger.tables[blank.form.key].whole if blank.form.key in ledger.tables else ()
        pens = [Pen(ledger, table, how or How()) for table in tables]
        for pen in pens:
            left -= _enter_people(pen, plan) if blank is TARGETS else _enter_months(pen, blank, plan)
        entering.findings += _sums(pens, blank)
        entering.take(blank.form.key, *pens)
    entering.changes += ChangeSet(names=remembered(ledger.book, entering.changes.changes))
    entering.findings += _without_a_cell(left)
    return entering


def _enter_months(pen: Pen, blank: Blank, plan: YearPlan) -> set[EntryKey]:
    """Enters the groups' months; returns the entries for which there is a cell."""
    entered: set[EntryKey] = set()
    for (group, period), index in _records(pen.table):
        for each in blank.inputs if is_month_of(period, plan.year) else ():
            key = (blank.form.key, group, period.end.month, each.key)
            if key in plan.entries and pen.table.place(index, each.key) is not None:
                _put(pen, index, blank.column(each), plan, key)
                entered.add(key)
    return entered


def _sums(pens: list[Pen], blank: Blank) -> list[Finding]:
    """Sums of groups, quarters and years, and the bridge of headcount, where nobody typed them."""
    if blank is PEOPLE:
        return bridge(pens)
    for each in blank.plan if blank is RESULTS else ():
        cells = Cells(pens, each.key.removeprefix(PLAN))
        if cells.measure in MEASURES and each.by != COMPUTED:
            cells.add_up(cells.current())
    return []


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


def _enter_people(pen: Pen, plan: YearPlan) -> set[EntryKey]:
    """Enters each person's months; returns the entries for which there is a cell."""
    table = pen.table
    scale = table.scales.get("全年目标", 1)
    months = {period.end.month: column for column, period in table.extra.items() if is_month_of(period, plan.year)}
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
