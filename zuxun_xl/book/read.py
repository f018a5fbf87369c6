"""Reading located tables: each value of a record typed by its column, every address kept."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from zuxun_xl.book.candidate import Candidate, scale_of
from zuxun_xl.book.days import UNDATED
from zuxun_xl.book.grid import ErrorValue, Grid
from zuxun_xl.book.rows import Context, Picked, Rows, filled_down, picked_rows
from zuxun_xl.book.scales import from_points, in_points
from zuxun_xl.forms.form import Form, Layout
from zuxun_xl.forms.labels import month_in, year_in
from zuxun_xl.forms.table import Table, Unreadable
from zuxun_xl.periods import NATURAL, Period, parse_period
from zuxun_xl.records.people import text_of
from zuxun_xl.units import DATE, PERCENT, TEXT, parse_date, parse_number, scaled, states_money

__all__ = ["Context", "read"]

_SAMPLE = 300
"""Rows looked at to see what a column holds."""
_NOTE_ROW = 2
_FLAGS = re.compile(r"是|否|1|0|Y|N|√|×|TRUE|FALSE")
"""What any column of yes and no may hold; it says nothing about the column."""
_FIXED = frozenset({"工号", "姓名", "组别", "保单号", "备注", "险种名称"})
"""Columns that are what their headings say, whatever stands in them."""
_DAY = re.compile(r"(0?[1-9]|[12]\d|3[01])[日号]?")
_NOT_YET = re.compile(r"^[未无暂待尚免][^\d]*$")


def read(grid: Grid, candidate: Candidate, context: Context) -> Table:
    """The typed table at a candidate's place."""
    year = year_in(candidate.title) or year_in(candidate.sheet) or context.year
    if candidate.cells:
        return _of_cells(grid, candidate, year)
    rows = filled_down(candidate.window(grid), candidate)
    columns, unknown = _by_values(candidate, rows)
    table = Table(
        candidate.form, candidate.sheet, candidate.title, candidate.header, candidate.confidence, columns,
        {key: scale.factor for key in columns if (scale := scale_of(candidate, key)) is not None},
        {column: _dated(value, year, context.cut) for column, value in candidate.extra.items()}, unknown,
    )
    picked = picked_rows(table, rows, replace(context, year=year), candidate)
    if candidate.form.layout is Layout.DAYS:
        table.title += _notes_below(rows, table, picked)
    natural = context.cut == NATURAL and table.form.layout is Layout.RECORDS and year > 0
    counted = month_in(table.sheet) or month_in(table.title) if natural else None
    _type_columns(table, rows, picked, year, counted)
    return table


def _of_cells(grid: Grid, candidate: Candidate, year: int) -> Table:
    """A table whose records are groups and periods, wherever their figures stand."""
    form = candidate.form
    table = Table(form, candidate.sheet, candidate.title, candidate.header, candidate.confidence, dict(candidate.columns))
    records: dict[tuple[str, Period], int] = {}
    for cell in candidate.cells:
        index = records.setdefault((cell.group, cell.period), len(records))
        if index == len(table.rows):
            table.rows.append(cell.place.row)
        table.places[index, cell.key] = cell.place
        table.scales.setdefault(cell.key, cell.place.scale)
    table.values = {"组别": [group for group, _ in records], form.identity[1]: [period for _, period in records]}
    for key in table.columns:
        places = [table.places.get((index, key)) for index in range(len(records))]
        raw = [None if place is None else grid.value(place.row, place.column) for place in places]
        table.values[key] = _typed(table, key, raw, [1 if place is None else place.scale for place in places], year)
    return table


def _by_values(candidate: Candidate, rows: Rows) -> tuple[dict[str, int], dict[int, str]]:
    """Columns told apart by what stands in them: 缴费方式 with 银行转账 is no 期趸, 险种类型 with 主险 and 附加险 is 主附险."""
    form, columns, unknown = candidate.form, dict(candidate.columns), dict(candidate.unknown)
    typical = {column.key: re.compile(column.values) for column in form.columns if column.values}
    body = rows[candidate.header : candidate.header + _SAMPLE]
    for key in typical.keys() & columns.keys():
        held = any(row[columns[key] - 1] is not None for row in body)
        if held and not _all_match(typical[key], body, columns[key], at_least=0.01):
            unknown[columns[key]] = str(rows[candidate.header - 1][columns[key] - 1])
            del columns[key]
    for key in typical.keys() - columns.keys():
        free = [*unknown, *(columns[other] for other in columns if _is_free(form, other))]
        fits = [
            column for column in free
            if _all_match(typical[key], body, column, at_least=0.95) and not _all_match(_FLAGS, body, column, at_least=0.5)
        ]
        if len(fits) == 1:
            columns = {other: column for other, column in columns.items() if column != fits[0]} | {key: fits[0]}
            unknown.pop(fits[0], None)
    return columns, unknown


def _is_free(form: Form, key: str) -> bool:
    column = form.by_key[key]
    return column.unit is TEXT and not column.required and not column.values and key not in _FIXED


def _all_match(pattern: re.Pattern[str], body: Rows, column: int, *, at_least: float) -> bool:
    held = [text for row in body if (text := text_of(row[column - 1]))]
    return sum(pattern.fullmatch(text.upper()) is not None for text in held) >= max(at_least * len(held), 1)


def _dated(value: Any, year: int, cut: int) -> Any:
    """What a further heading means here: a day or period without a year lies in the table's year, months begin on the day ``cut``."""
    if isinstance(value, Period):
        return parse_period(value.id.replace(str(UNDATED), str(year)), cut)
    return value.replace(year=year) if isinstance(value, date) and value.year == UNDATED and year > UNDATED else value


def _notes_below(rows: Rows, table: Table, picked: Picked) -> str:
    """Texts that stand alone below the headings, such as the legend under a table of signs."""
    taken = {number for number, _ in picked}
    notes = [
        [value for value in row if value is not None]
        for number, row in enumerate(rows[table.header :], start=table.header + 1) if number not in taken
    ]
    return "".join(f"  {value}" for held in notes if len(held) <= _NOTE_ROW for value in held if isinstance(value, str))


def _in_month(raw: Sequence[Any], year: int, number: int) -> list[Any]:
    """Days of the month that a sheet or its title names, where a cell states no more than the day: 4, 4日."""
    days = [_DAY.fullmatch(text_of(value)) if isinstance(value, str | float) else None for value in raw]
    last = monthrange(year, number)[1]
    return [date(year, number, int(day[1])) if day and int(day[1]) <= last else value for day, value in zip(days, raw, strict=True)]


def _type_columns(table: Table, rows: Rows, picked: Picked, year: int, counted: int | None) -> None:
    table.rows = [number for number, _ in picked]
    given = picked[0][1].keys() if picked else ()
    for key in given:
        table.values[key] = [values[key] for _, values in picked]
    for key, column in table.columns.items():
        if key not in given:
            scales = [table.scales.get(key, 1)] * len(table.rows)
            raw = [rows[n - 1][column - 1] for n in table.rows]
            if counted is not None and table.form.by_key[key].unit is DATE and key in table.form.required:
                raw = _in_month(raw, year, counted)
            table.values[key] = _typed(table, key, raw, scales, year)
    for column in table.extra:
        raw = [rows[n - 1][column - 1] for n in table.rows]
        numeric = table.form.layout in (Layout.PEOPLE, Layout.KPIS)
        table.values[f"@{column}"] = [_lenient(value) for value in raw] if numeric else raw


def _lenient(value: Any) -> Any:
    try:
        return parse_number(value)
    except ValueError:
        return value


def _typed(table: Table, key: str, raw: Sequence[Any], scales: Sequence[int], year: int) -> list[Any]:
    unit = table.form.by_key[key].unit
    if unit is TEXT:
        return [None if isinstance(value, str) and not value.strip() else value for value in raw]
    parse: Callable[[Any], Any] = (lambda v: parse_date(v, year or None)) if unit is DATE else parse_number
    easy: type = date if unit is DATE else float
    values: list[Any] = [
        value if value is None or type(value) is easy else _parsed(table, index, key, value, parse) for index, value in enumerate(raw)
    ]
    if any(scale != 1 for scale in scales):
        return [
            value if value is None or states_money(held) else scaled(value, scale)
            for held, value, scale in zip(raw, values, scales, strict=True)
        ]
    if unit is PERCENT and table.form.layout is Layout.RECORDS and in_points(raw, values):
        table.points.add(key)
        return from_points(raw, values)
    return values


def _parsed(table: Table, index: int, key: str, value: Any, parse: Callable[[Any], Any]) -> Any:
    row = table.rows[index]
    if isinstance(value, ErrorValue):
        table.unreadable.append(Unreadable(row, key, value, f"是错误值{value}", index))
        return None
    try:
        parsed = parse(value)
    except ValueError as error:
        if isinstance(value, str) and key not in table.form.identity and _NOT_YET.match(value.strip()):
            return None
        table.unreadable.append(Unreadable(row, key, value, str(error), index))
        return None
    if isinstance(value, str) and parsed is not None:
        table.repaired.append((index, key))
    return parsed
