"""A year's plan as it stands in a workbook's forms, and what is known of the year that a department is about to plan."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from itertools import pairwise
from typing import TypeGuard

from zuxun_xl.forms.blanks import OPENING, PEOPLE, RESULTS, TARGETS, Blank, Field
from zuxun_xl.forms.planned import TARGET, Entry, EntryKey, Person, YearPlan
from zuxun_xl.forms.table import Table
from zuxun_xl.periods import Period, month
from zuxun_xl.records.model import WHOLE
from zuxun_xl.records.texts import text_of
from zuxun_xl.tasks.ledger import Ledger
from zuxun_xl.units import scaled

_LAST_YEAR = "上年同期FYP"

_NO_NAME = re.compile(r"20\d\d年?度?|经营台账|台账|工作簿|[_（(].*|[-— ]")
"""What the name of a department's file holds besides the department."""


def entries_in(tables: Mapping[str, Table], year: int) -> dict[EntryKey, Entry]:
    """What people entered in 附表一, 附表二 and 附表三 for the months of a year, in base units."""
    found: dict[EntryKey, Entry] = {}
    for blank in (RESULTS, PEOPLE):
        for part in tables[blank.form.key].whole if blank.form.key in tables else ():
            found |= dict(_monthly(blank, part, year))
    for part in tables[TARGETS.form.key].whole if TARGETS.form.key in tables else ():
        found |= dict(_personal(part, year))
    return found


def people_in(table: Table, group: str = "") -> tuple[Person, ...]:
    """The people of a table 附表三, each once; ``group`` is theirs where the table names none."""
    people: dict[str, Person] = {}
    for index in range(len(table)):
        code = _code(table, index)
        person = Person(code, *(text_of(table.column(key)[index]) for key in ("姓名", "组别", "职级")))
        people.setdefault(code, person if person.group else Person(code, person.name, group, person.rank))
    return tuple(people.values())


def year_plan(ledger: Ledger, year: int) -> YearPlan:
    """What a workbook already knows of a year: groups, people, opening headcount, last year's FYP, figures planned so far."""
    department = ledger.department
    entered = _by_agent(ledger, entries_in(ledger.tables, year))
    people = _people(ledger, {key[1] for key in entered})
    staffed = {person.group for person in people}
    groups = tuple(group for group in department.groups if group in staffed)
    known = {**dict(_history(ledger, groups, year)), **entered}
    owners = {*groups, *(person.code for person in people)}
    return YearPlan(_name(ledger), year, groups, people, {key: value for key, value in known.items() if key[1] in owners})


def _by_agent(ledger: Ledger, entered: Mapping[EntryKey, Entry]) -> dict[EntryKey, Entry]:
    """Entries of persons under the codes of the roster, however 附表三 names them; those it does not know stay as they are."""
    find = ledger.department.people.find
    owners = {key[1] for key in entered if key[0] == TARGETS.form.key}
    agents = {owner: find(owner, "", "") or find("", owner, "") for owner in owners}
    codes = {owner: agent.code for owner, agent in agents.items() if agent is not None}
    return {(form, codes.get(owner, owner), number, key): value for (form, owner, number, key), value in entered.items()}


def _people(ledger: Ledger, planned: AbstractSet[str]) -> tuple[Person, ...]:
    """Who is in force at the last day counted, and who has left or is not on the roster but has targets of the year, group by group."""
    department = ledger.department
    agents = department.people.agents
    wanted = [agent for agent in agents.values() if agent.in_force(ledger.as_of) or agent.code in planned]
    people = [Person(agent.code, agent.name, agent.group_on(ledger.as_of), agent.rank) for agent in wanted]
    tables = ledger.tables[TARGETS.form.key].whole if TARGETS.form.key in ledger.tables else ()
    people += [person for table in tables for person in people_in(table) if person.code in planned and person.code not in agents]
    return tuple(person for group in department.groups for person in people if person.group == group)


def _name(ledger: Ledger) -> str:
    """The department's name: beside 单位 above a form, else what the file's name leaves without the year and the word for a ledger."""
    for table in ledger.tables.values():
        for line in ledger.grids[table.sheet].rows[: table.header - 1]:
            for label, name in pairwise(line):
                if label == "单位" and isinstance(name, str):
                    return text_of(name)
    return _NO_NAME.sub("", ledger.book.name.partition(".")[0])


def _history(ledger: Ledger, groups: tuple[str, ...], year: int) -> Iterator[tuple[EntryKey, Entry]]:
    """Opening headcount of the year (of a year to come: the people in force now) and FYP of the same months a year before."""
    cut, department = ledger.settings.month_start, ledger.department
    first = month(year, 1, cut)
    for group in groups:
        opening = ledger.measures(first)[group]["期初人力"] if ledger.reaches(first) else len(department.in_force(group, ledger.as_of))
        yield (PEOPLE.form.key, group, 1, OPENING), float(opening or 0)
    for number in range(1, 13):
        period = month(year - 1, number, cut)
        if ledger.reaches(period) and ledger.has_passed(period):
            measures = ledger.measures(period)
            yield from (((RESULTS.form.key, group, number, _LAST_YEAR), float(measures[group]["FYP"] or 0)) for group in groups)


def _monthly(blank: Blank, table: Table, year: int) -> Iterator[tuple[EntryKey, Entry]]:
    rows = zip(table.column("组别"), table.column("月份"), strict=True)
    for index, (group, period) in enumerate(rows):
        if group != WHOLE and len(period.pieces()) == 1 and period.end.year == year:
            number = period.end.month
            for each in blank.inputs:
                value = table.column(each.key)[index]
                if _counts(value) and (number == 1 or each.key != OPENING):
                    yield (blank.form.key, group, number, each.key), value


def _personal(table: Table, year: int) -> Iterator[tuple[EntryKey, Entry]]:
    scale = table.scales.get("全年目标", 1)
    months = {column: period.end.month for column, period in table.extra.items() if is_month_of(period, year)}
    for index in range(len(table) if months else 0):
        code = _code(table, index)
        for column, number in months.items():
            value = table.values[f"@{column}"][index]
            if isinstance(value, int | float):
                yield (TARGETS.form.key, code, number, TARGET), scaled(float(value), scale)
        yield from _texts(table, index, code, TARGETS.inputs)


def _texts(table: Table, index: int, code: str, fields: tuple[Field, ...]) -> Iterator[tuple[EntryKey, Entry]]:
    for each in fields:
        value = table.column(each.key)[index]
        if _counts(value):
            yield (TARGETS.form.key, code, 0, each.key), value


def is_month_of(period: object, year: int) -> TypeGuard[Period]:
    """Whether a heading or label of a table is a month of that year."""
    return isinstance(period, Period) and len(period.pieces()) == 1 and period.end.year == year


def _counts(value: object) -> bool:
    return isinstance(value, int | float | str | date) and value != ""


def _code(table: Table, index: int) -> str:
    return text_of(table.column("工号")[index]) or text_of(table.column("姓名")[index])
