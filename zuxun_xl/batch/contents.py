"""What was entered into a returned template: unreadable or impossible figures, gaps, people missing or new, sums that fall short."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TypeGuard

from zuxun_xl.batch.forensics import Sheet, input_keys
from zuxun_xl.build.templates.meta import Meta
from zuxun_xl.cells import address
from zuxun_xl.findings import Finding
from zuxun_xl.forms import returns as rules
from zuxun_xl.forms.blanks import BLANKS, OPENING, PEOPLE, RESULTS, TARGETS
from zuxun_xl.forms.planned import TARGET, YearPlan
from zuxun_xl.periods import Period
from zuxun_xl.records.texts import code_of, text_of
from zuxun_xl.tasks.checking.headcount import classes_and_words
from zuxun_xl.tasks.checking.production import within_fyp
from zuxun_xl.tasks.checking.sums import Body
from zuxun_xl.tasks.filling.pen import shown
from zuxun_xl.units import DATE, TEXT, parse_number

_NEEDED = {RESULTS.form.key: ("计划举绩人数", "计划件数", "计划FYP"), PEOPLE.form.key: ("计划增员人数", "计划脱落人数")}
_CENT = 0.01


def check_contents(sheets: Mapping[str, Sheet], plan: YearPlan, meta: Meta) -> Iterator[Finding]:
    """All findings in what was entered."""
    for sheet in sheets.values():
        yield from _unreadable(sheet)
        yield from _repaired(sheet)
        if sheet.monthly:
            yield from _impossible(sheet)
            yield from _gaps(sheet)
    yield from _broken_rules(sheets)
    if TARGETS.form.key in sheets:
        yield from _people(sheets[TARGETS.form.key], meta)
        yield from _short(plan)


def _unreadable(sheet: Sheet) -> Iterator[Finding]:
    """Cells to be filled that hold no number; what a formula of the copy shows follows from them."""
    table = sheet.table
    for item in table.unreadable:
        if item.key in input_keys(sheet.form) and _is_asked(sheet, item.index, item.key):
            row = _row_name(sheet, item.index)
            yield rules.NO_NUMBER.at(sheet.grid.sheet, table.cell(item.index, item.key), row=row, column=item.key, reason=item.reason)
    for column, period in table.extra.items():
        for index, value in enumerate(table.values[f"@{column}"]):
            if isinstance(value, str) and value.strip() and _is_one_month(period):
                figures = {"row": _row_name(sheet, index), "column": period.label, "reason": f"“{value}”不是数字"}
                yield rules.NO_NUMBER.at(sheet.grid.sheet, address(table.rows[index], column), **figures)


def _is_asked(sheet: Sheet, index: int, key: str) -> bool:
    """Whether a person fills a cell: months only, and of the opening headcount the first one."""
    return not sheet.monthly or (index in sheet.months and (key != OPENING or sheet.months[index] == 1))


def _is_one_month(period: object) -> TypeGuard[Period]:
    return isinstance(period, Period) and len(period.pieces()) == 1


def _row_name(sheet: Sheet, index: int) -> str:
    if sheet.monthly:
        period: Period = sheet.table.column("月份")[index]
        return period.label
    return text_of(sheet.table.column("姓名")[index]) or text_of(sheet.table.column("工号")[index])


def _repaired(sheet: Sheet) -> Iterator[Finding]:
    table = sheet.table
    for key, count in Counter(key for _, key in table.repaired).items():
        first = next(index for index, name in table.repaired if name == key)
        kind = "日期" if table.form.by_key[key].unit is DATE else "数字"
        yield rules.TEXT_NUMBER.at(sheet.grid.sheet, table.cell(first, key), column=key, count=count, kind=kind)


def _impossible(sheet: Sheet) -> Iterator[Finding]:
    """People and cases are counted in whole numbers from 0, money is not negative, and no group loses more people than it has."""
    table = sheet.table
    for each in BLANKS[sheet.form].inputs:
        unit = table.form.by_key[each.key].unit
        if unit not in (TEXT, DATE):
            whole = not unit.name.startswith("元")
            for index, value in enumerate(table.column(each.key)):
                if isinstance(value, int | float) and _is_asked(sheet, index, each.key) and (value < 0 or (whole and value != int(value))):
                    yield _no_count(sheet, index, each.key, value, "非负整数" if whole else "不小于0的数")
    closings = enumerate(table.column("计划期末人力") if sheet.form == PEOPLE.form.key else [])
    below = next(((index, value) for index, value in closings if index in sheet.months and isinstance(value, float) and value < 0), None)
    if below:
        yield _no_count(sheet, below[0], "计划期末人力", below[1], "非负整数，脱落和调出多于现有的人")


def _no_count(sheet: Sheet, index: int, key: str, value: float, wanted: str) -> Finding:
    figures = {"row": _row_name(sheet, index), "column": key, "value": f"{value:g}", "wanted": wanted}
    return rules.NO_COUNT.at(sheet.grid.sheet, sheet.table.cell(index, key), **figures)


def _gaps(sheet: Sheet) -> Iterator[Finding]:
    table = sheet.table
    for key in _NEEDED[sheet.form]:
        held = table.column(key)
        unread = {item.index for item in table.unreadable if item.key == key}
        blank = [index for index in sheet.months if held[index] is None and index not in unread]
        if blank and table.has(key):
            months = "、".join(f"{sheet.months[index]}月" for index in blank)
            place = table.cell(blank[0], key)
            yield rules.UNFILLED.at(sheet.grid.sheet, place, form=sheet.form, column=key, count=len(blank), months=months)


def _broken_rules(sheets: Mapping[str, Sheet]) -> Iterator[Finding]:
    """Rules of the forms that a row can break by itself; sums and bridges are formulas of the copy."""
    for form, check in ((RESULTS.form.key, within_fyp), (PEOPLE.form.key, classes_and_words)):
        if form in sheets:
            body = Body(sheets[form].table)
            for index, group, period in body.rows():
                yield from check(body, index, group, period) if index in sheets[form].months else ()


def _people(sheet: Sheet, meta: Meta) -> Iterator[Finding]:
    """People of the issue who are gone, people who are new, targets of nobody."""
    table = sheet.table
    rows = {_code(table.column("工号")[index], table.column("姓名")[index]): index for index in range(len(table))}
    for person in meta.people:
        if _code(person.code, person.name) not in rows:
            yield rules.NOBODY.at(sheet.grid.sheet, name=person.name, code=person.code)
    issued = {_code(person.code, person.name) for person in meta.people}
    for code, index in rows.items():
        if issued and code not in issued:
            name = text_of(table.column("姓名")[index])
            yield rules.NEWCOMER.at(sheet.grid.sheet, table.cell(index, "姓名"), name=name or "无名", code=code)
    months = [column for column, period in table.extra.items() if _is_one_month(period)]
    columns = [table.columns[key] for key in ("工号", "姓名") if key in table.columns]
    for row in range(table.header + 1, len(sheet.grid.rows) + 1):
        if row in table.rows or any(sheet.grid.value(row, column) is not None for column in columns):
            continue
        targets = [sheet.grid.value(row, column) for column in months]
        if sheet.grid.value(row, table.columns["组别"]) == meta.group and any(map(_is_number, targets)):
            yield rules.NAMELESS.at(sheet.grid.sheet, address(row, months[0]))


def _code(code: object, name: object) -> str:
    return code_of(code) or text_of(name)


def _is_number(value: object) -> bool:
    try:
        return bool(parse_number(value))
    except ValueError:
        return False


def _short(plan: YearPlan) -> Iterator[Finding]:
    """V302 in one sentence: the months in which persons together stay below the group."""
    group, gaps = plan.groups[0], {}
    for month in range(1, 13):
        wanted = plan.entries.get((RESULTS.form.key, group, month, "计划FYP"))
        own = [value for (form, _, number, key), value in plan.entries.items() if (form, number, key) == (TARGETS.form.key, month, TARGET)]
        total = sum(value for value in own if isinstance(value, float))
        if isinstance(wanted, float) and total < wanted - _CENT:
            gaps[month] = wanted - total
    if gaps:
        months = "各月" if len(gaps) == 12 else "、".join(f"{month}月" for month in gaps)  # noqa: PLR2004
        yield rules.SHORT.at(TARGETS.form.key, months=months, gap=shown(sum(gaps.values())))
