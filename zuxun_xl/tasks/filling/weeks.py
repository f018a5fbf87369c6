"""Filling 附表四: the weeks of the period that have begun, group by group, and their 合计 rows."""

from __future__ import annotations

from collections.abc import Iterator

from zuxun_xl.book.changes import Content
from zuxun_xl.findings import Rule
from zuxun_xl.forms.appendix4 import ADDITIVE
from zuxun_xl.forms.form import Column
from zuxun_xl.periods import Period, month_of
from zuxun_xl.records.model import WHOLE
from zuxun_xl.tasks.filling.pen import ACTUAL, Note, Pen
from zuxun_xl.units import PERCENT

_CUMULATIVE, _CUMULATIVE_RATE = "月累计FYP", "月累计达成率"


def fill_weeks(pen: Pen, rule: Rule, period: Period) -> list[Period]:
    """Fills the weeks that lie in the period and have begun; returns the weeks that the form states for other periods."""
    others: list[Period] = []
    blocks: dict[Period, list[int]] = {}
    for index, group, week in _records(pen):
        if week.end < period.start or week.start > period.end:
            others += [] if week in others else [week]
        elif group in pen.ledger.department.scopes and pen.ledger.reaches(week):
            members = blocks.setdefault(week, [])
            _fill_record(pen, rule, index, group, week, members)
            if group != WHOLE:
                members.append(index)
    return others


def _records(pen: Pen) -> Iterator[tuple[int, str, Period]]:
    labels = zip(pen.table.column("组别"), pen.table.column("周次"), strict=True)
    records = ((index, group, week) for index, (group, week) in enumerate(labels))
    return iter(sorted(records, key=lambda item: (item[2], item[1] == WHOLE, item[0])))


def _fill_record(pen: Pen, rule: Rule, index: int, group: str, week: Period, members: list[int]) -> None:
    for column in pen.table.form.columns:
        if column.filled and pen.table.has(column.key):
            note = Note.of(column, f"{week.label}实绩", rule, group=group, week=week.label)
            pen.fill(index, column, _content(pen, index, column, group, week, members), note)


def _content(pen: Pen, index: int, column: Column, group: str, week: Period, members: list[int]) -> Content:
    if column.key in (_CUMULATIVE, _CUMULATIVE_RATE):
        return _cumulative(pen, index, column, group, week)
    if column.unit is PERCENT:
        return pen.ratio(index, column.formula)
    wanted = pen.wanted(index, column, pen.ledger.measures(week)[group])
    additive = column.key.removeprefix(ACTUAL) in ADDITIVE
    if wanted is not None and group == WHOLE and additive and len(members) == len(pen.ledger.department.groups):
        return pen.total(members, column.key, wanted)
    return wanted


def _cumulative(pen: Pen, index: int, column: Column, group: str, week: Period) -> Content:
    """From the first day of the week's month (of its last day gone by) to the week's end, and that as a share of the month's plan."""
    last = min(week.end, pen.ledger.as_of)
    whole = month_of(last, week.cut)
    done = pen.ledger.measures(whole.spanning(whole.start, week.end))[group]["FYP"]
    if done is None:
        return None
    if column.key == _CUMULATIVE:
        place = pen.table.place(index, column.key)
        return None if place is None else done / place.scale
    plan = pen.ledger.plan.of(whole).get(group, {}).get("FYP")
    return done / plan if plan else None
