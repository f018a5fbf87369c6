"""Reading located tables: which rows are records, each value typed by its column, every address kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from zuxun_xl.book.grid import ErrorValue, Grid
from zuxun_xl.book.locate import Candidate, scale_of, week_of
from zuxun_xl.forms.appendix5 import indicator
from zuxun_xl.forms.form import Layout
from zuxun_xl.forms.labels import WHOLE_WORDS, is_total, slot, year_in
from zuxun_xl.forms.table import Table, Unreadable
from zuxun_xl.periods import Period
from zuxun_xl.records.model import WHOLE
from zuxun_xl.units import DATE, TEXT, Unit, parse_date, parse_number, scaled, squeeze

_LABELS = 4
_LABEL_COLUMNS = ("组别", "工号", "姓名", "问题")


@dataclass(frozen=True, slots=True)
class Context:
    """What reading a form needs to know from the rest of the workbook: the usual year and the groups' names."""

    year: int
    groups: tuple[str, ...] = ()

    def scope(self, value: object) -> str | None:
        """The group that a label names, 全部 for the whole department, ``None`` otherwise."""
        if not isinstance(value, str):
            return None
        text = squeeze(value)
        if text in self.groups:
            return text
        return WHOLE if text in WHOLE_WORDS else None


def read(grid: Grid, candidate: Candidate, context: Context) -> Table:
    """The typed table at a candidate's place."""
    year = year_in(candidate.title) or year_in(candidate.sheet) or context.year
    table = Table(
        candidate.form, candidate.sheet, candidate.title, candidate.header, candidate.confidence, dict(candidate.columns),
        {key: scale_of(candidate, key) for key in candidate.columns}, dict(candidate.extra), dict(candidate.unknown),
    )
    rows = _filled_down(grid, candidate)
    match candidate.form.layout:
        case Layout.MONTHS:
            picked = _months(table, rows, Context(year, context.groups))
        case Layout.WEEKS:
            picked = _weeks(table, rows, Context(year, context.groups), candidate)
        case Layout.KPIS:
            picked = _kpis(table, rows)
        case _:
            picked = _records(table, rows)
    _type_columns(table, rows, picked, year)
    return table


def _filled_down(grid: Grid, candidate: Candidate) -> list[list[Any]]:
    """The grid's rows with vertically merged labels (组别, 姓名 …) given to every row they span."""
    columns = {candidate.columns[key] for key in (*_LABEL_COLUMNS, "月份") if key in candidate.columns}
    spans = [m for m in grid.merges if m[0] > candidate.header and m[2] > m[0] and m[1] in columns]
    if not spans:
        return grid.rows
    rows = list(grid.rows)
    for top, left, bottom, _ in spans:
        for row in range(top + 1, bottom + 1):
            rows[row - 1] = [*rows[row - 1][: left - 1], grid.value(top, left), *rows[row - 1][left:]]
    return rows


def _records(table: Table, rows: Sequence[Sequence[Any]]) -> list[tuple[int, dict[str, Any]]]:
    keys = [key for key in table.columns if key != "序号"]
    places = [table.columns[key] - 1 for key in keys]
    needed = [table.columns[key] - 1 for key in (*table.form.required, "工号", "姓名") if key in table.columns]
    heading = [rows[table.header - 1][place] for place in places]
    picked: list[tuple[int, dict[str, Any]]] = []
    for number, row in enumerate(rows[table.header :], start=table.header + 1):
        if all(row[place] is None for place in needed):
            if any(is_total(value) for value in row[: _LABELS + 4]):
                table.totals.append(number)
        elif any(is_total(value) for value in _first_labels(row)):
            table.totals.append(number)
        elif [row[place] for place in places] != heading and sum(value is not None for value in row) > 1:
            picked.append((number, {}))
    return picked


def _first_labels(row: Sequence[Any]) -> list[Any]:
    return [value for value in row if value is not None][:_LABELS]


def _months(table: Table, rows: Sequence[Sequence[Any]], context: Context) -> list[tuple[int, dict[str, Any]]]:
    place, group_place = table.columns["月份"] - 1, table.columns.get("组别", 0) - 1
    group = None if group_place >= 0 else _stated_group(table, context)
    picked: list[tuple[int, dict[str, Any]]] = []
    for number, row in enumerate(rows[table.header :], start=table.header + 1):
        if group_place >= 0 and row[group_place] is not None:
            group = context.scope(row[group_place]) or squeeze(str(row[group_place]))
        period = slot(row[place], context.year)
        if period is not None and group is not None:
            picked.append((number, {"月份": period, "组别": group}))
            if len(period.pieces()) > 1:
                table.totals.append(number)
    return picked


def _stated_group(table: Table, context: Context) -> str:
    """The group that a table without a group column speaks of: named by its sheet or title, else the whole department."""
    text = squeeze(table.sheet + table.title)
    named = [group for group in context.groups if group in text]
    return named[0] if len(named) == 1 else WHOLE


def _weeks(table: Table, rows: Sequence[Sequence[Any]], context: Context, candidate: Candidate) -> list[tuple[int, dict[str, Any]]]:
    headers = {candidate.header, *candidate.repeats}
    place, own = table.columns["组别"] - 1, table.columns.get("周次", 0) - 1
    week: Period | None = None
    picked: list[tuple[int, dict[str, Any]]] = []
    for number, row in enumerate(rows, start=1):
        if number in headers:
            continue
        stated = week_of([row[own]] if own >= 0 else [v for v in row if v is not None][:3], context.year)
        week = stated or week
        if number < candidate.header or week is None:
            continue
        group = context.scope(row[place])
        if group is None and row[place] is None:
            group = next((scope for value in _first_labels(row) if (scope := context.scope(value)) is not None), None)
        if group is not None:
            picked.append((number, {"周次": week, "组别": group}))
            if group == WHOLE:
                table.totals.append(number)
    return picked


def _kpis(table: Table, rows: Sequence[Sequence[Any]]) -> list[tuple[int, dict[str, Any]]]:
    place = table.columns["指标"] - 1
    return [
        (number, {"指标": indicator(row[place])})
        for number, row in enumerate(rows[table.header :], start=table.header + 1)
        if isinstance(row[place], str) and sum(value is not None for value in row) > 1
    ]


def _type_columns(table: Table, rows: Sequence[Sequence[Any]], picked: list[tuple[int, dict[str, Any]]], year: int) -> None:
    table.rows = [number for number, _ in picked]
    given = picked[0][1].keys() if picked else ()
    for key in given:
        table.values[key] = [values[key] for _, values in picked]
    for key, column in table.columns.items():
        if key not in given:
            unit = table.form.by_key[key].unit
            table.values[key] = _typed(table, key, [rows[n - 1][column - 1] for n in table.rows], unit, year)
    for column in table.extra:
        raw = [rows[n - 1][column - 1] for n in table.rows]
        numeric = table.form.layout in (Layout.PEOPLE, Layout.KPIS)
        table.values[f"@{column}"] = [_lenient(value) for value in raw] if numeric else raw


def _lenient(value: Any) -> Any:
    try:
        return parse_number(value)
    except ValueError:
        return value


def _typed(table: Table, key: str, raw: list[Any], unit: Unit, year: int) -> list[Any]:
    if unit is TEXT:
        return [None if isinstance(value, str) and not value.strip() else value for value in raw]
    parse: Callable[[Any], Any] = (lambda v: parse_date(v, year)) if unit is DATE else parse_number
    scale = table.scales.get(key, 1)
    easy: type = date if unit is DATE else float
    values: list[Any] = []
    for number, value in zip(table.rows, raw, strict=True):
        if value is None or type(value) is easy:
            parsed = value
        else:
            parsed = _parsed(table, number, key, value, parse)
        values.append(parsed if parsed is None or scale == 1 else scaled(parsed, scale))
    return values


def _parsed(table: Table, row: int, key: str, value: Any, parse: Callable[[Any], Any]) -> Any:
    if isinstance(value, ErrorValue):
        table.unreadable.append(Unreadable(row, key, value, f"是错误值{value}"))
        return None
    try:
        parsed = parse(value)
    except ValueError as error:
        table.unreadable.append(Unreadable(row, key, value, str(error)))
        return None
    if isinstance(value, str) and parsed is not None:
        table.repaired.append((row, key))
    return parsed
