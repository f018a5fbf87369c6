"""Rules of 附表四 on its rows: weeks against the month's plan, sums of groups and persons, attendance, number of problems."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from zuxun_xl.findings import Finding
from zuxun_xl.forms import appendix4
from zuxun_xl.forms.table import Table
from zuxun_xl.kpi.measures import MEASURES, Adds, total_of
from zuxun_xl.periods import Period, month_of
from zuxun_xl.records.model import WHOLE
from zuxun_xl.tasks.checking.ratios import check_ratios
from zuxun_xl.tasks.checking.sums import Body, Figures, impossible, over_groups
from zuxun_xl.tasks.checking.versions import check_versions
from zuxun_xl.tasks.checking.weeks_in_line import check_lines
from zuxun_xl.tasks.ledger import Ledger

_PLANNED = ("FYP", "首年期交", "件数")
_SUMMED = tuple(f"计划{key}" for key in (*_PLANNED, "举绩人数", "约访", "面谈", "新增准客户"))
_OF_PERSONS = tuple(f"实际{key}" for key in (*_PLANNED, "约访", "面谈", "新增准客户"))
_MOST_PROBLEMS = 2
_ITEM = re.compile(r"(?:^|[\n;；])\s*(?:\(?\d+\)?[.、)]|[①-⑨])")


def check_weeks(ledger: Ledger, table: Table) -> Iterator[Finding]:
    """All rules of 附表四."""
    rule, body = appendix4.FORM.rule, Body(table, "周次")
    yield from over_groups(Figures([table], "周次"), _SUMMED, rule("V410"))
    yield from check_ratios(body, rule("V107"))
    yield from _month_plan(ledger, body)
    yield from check_lines(ledger, body)
    yield from check_versions(ledger, body)
    yield from _persons(ledger, body)
    for index, group, week in body.rows():
        figures = {"group": group, "week": week.label}
        present, due = body.value(index, "实际出勤人次"), body.value(index, "实际应出勤人次")
        if present is not None and due is not None and present > due:
            place = table.cell(index, "实际出勤人次")
            yield rule("V404").at(table.sheet, place, present=f"{present:g}", due=f"{due:g}", **figures)
        count = len(_ITEM.findall(str(table.column("主要问题")[index] or "")))
        if count > _MOST_PROBLEMS:
            yield rule("V408").at(table.sheet, table.cell(index, "主要问题"), count=count, **figures)
    yield from impossible(body, _SUMMED, rule("V412"))
    yield from body.unreadable(rule("V411"))


def _month_plan(ledger: Ledger, body: Body) -> Iterator[Finding]:
    """V401: the weeks of a month add up to its plan in 附表一, for what can be added; weeks that straddle months belong to two plans."""
    rows: dict[tuple[str, Period], list[int]] = defaultdict(list)
    for index, group, week in body.rows():
        rows[group, month_of(week.end, week.cut)].append(index)
    for (group, whole), indexes in rows.items():
        weeks = [body.table.column("周次")[index] for index in indexes]
        if group == WHOLE or not _covered(whole, weeks) or min(weeks).start < whole.start:
            continue
        for key in _PLANNED:
            name = f"计划{key}"
            plan = ledger.plan.of(whole).get(group, {}).get(key)
            parts = [body.value(index, name) for index in indexes] if body.table.has(name) else []
            known = [part for part in parts if part is not None]
            if plan is None or not known or len(known) < len(parts) or MEASURES[key].adds is not Adds.FLOW:
                continue
            if abs(sum(known) - plan) > body.tolerance(name, len(known)):
                odd = _oddest(known, plan, _shares(ledger, body, rows, group, weeks, name))
                yield appendix4.FORM.rule("V401").at(
                    body.table.sheet, body.table.cell(indexes[odd], name), group=group, month=whole.label, column=body.heading(name),
                    sum=body.show(name, sum(known)), plan=body.show(name, plan), gap=body.show(name, sum(known) - plan),
                )


def _oddest(parts: Sequence[float], plan: float, shares: Sequence[float]) -> int:
    """The week to look at first: the one that correction by the gap would leave nearest to its usual share."""
    gap = sum(parts) - plan
    return min(range(len(parts)), key=lambda n: abs(parts[n] - gap - plan * shares[n]))


def _shares(
    ledger: Ledger, body: Body, rows: Mapping[tuple[str, Period], Sequence[int]], group: str, weeks: Sequence[Period], name: str
) -> list[float]:
    """Each week's usual share of the month: as the other groups planned it, else by workdays."""
    others = [index for (other, _), indexes in rows.items() if other not in (group, WHOLE) for index in indexes]
    planned = [sum(body.value(i, name) or 0.0 for i in others if body.table.column("周次")[i] == week) for week in weeks]
    if not all(planned):
        planned = [float(len(ledger.settings.workdays.within(week))) for week in weeks]
    return [part / (sum(planned) or 1.0) for part in planned]


def _persons(ledger: Ledger, body: Body) -> Iterator[Finding]:
    """V405 where the department keeps a weekly sheet of persons: their figures add up to the group's."""
    persons = [Body(part, "周次") for part in ledger.tables[appendix4.PERSONS.key].whole] if appendix4.PERSONS.key in ledger.tables else []
    rows: dict[tuple[str, Period], list[tuple[Body, int]]] = defaultdict(list)
    for sheet in persons:
        for index, group, week in sheet.rows():
            if sheet.text(index, "姓名", "工号"):
                rows[group, week].append((sheet, index))
    for index, group, week in body.rows():
        for name in _OF_PERSONS:
            shown = body.value(index, name)
            total = total_of([sheet.value(row, name) for sheet, row in rows[group, week]])
            if shown is not None and total is not None and abs(shown - total) > body.tolerance(name, 1):
                yield appendix4.FORM.rule("V405").at(
                    body.table.sheet, body.cell(index, name), group=group, week=week.label, column=body.heading(name),
                    shown=body.show(name, shown), value=f"{body.show(name, total)}（个人周表合计）",
                )


def _covered(whole: Period, weeks: list[Period]) -> bool:
    """Whether weeks cover every day of a month."""
    days = {day for week in weeks for day in week.days()}
    return set(whole.days()) <= days
