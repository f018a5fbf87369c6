"""Which rows of a located table are records: totals, repeated headings and notes are left out, labels written once are filled down."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from zuxun_xl.book.candidate import Candidate
from zuxun_xl.book.grid import Grid
from zuxun_xl.book.scales import is_unit_row
from zuxun_xl.book.sections import groups_by_row
from zuxun_xl.forms.appendix5 import indicator
from zuxun_xl.forms.form import Layout
from zuxun_xl.forms.labels import WHOLE_WORDS, is_total, slot, week_in
from zuxun_xl.forms.table import Table
from zuxun_xl.periods import NATURAL, Period
from zuxun_xl.records.groupnames import group_meant
from zuxun_xl.records.model import WHOLE
from zuxun_xl.units import squeeze

Rows = Sequence[Sequence[Any]]
Picked = list[tuple[int, dict[str, Any]]]

_LABELS = 4
_NOTE = re.compile(
    r"[^:]{1,12}:|[(（]?(?:说明|备注|注意|注\d?|附注|制表|填表|填报|编制|审核|复核|核对|经办|负责人|主管签|经理签|组训签|签字|签名|盖章|日期)"
)
"""How texts begin that stand under a table: who made it, who checked it, what to know."""
_WEEKDAY = re.compile(r"(?:星期|周|礼拜)?[一二三四五六日天]")
_LABEL_COLUMNS = ("组别", "工号", "姓名", "问题", "月份", "项目")


@dataclass(frozen=True, slots=True)
class Context:
    """What reading a form needs to know from the rest of the workbook.

    Attributes:
        year: the usual year.
        groups: the groups' names.
        cut: day on which a month begins.
    """

    year: int
    groups: tuple[str, ...] = ()
    cut: int = NATURAL

    def scope(self, value: object) -> str | None:
        """The group that a label names, 全部 for the whole department, ``None`` otherwise."""
        if not isinstance(value, str):
            return None
        text = squeeze(value)
        return WHOLE if text in WHOLE_WORDS and text not in self.groups else group_meant(text, self.groups)


def filled_down(grid: Grid, candidate: Candidate) -> Rows:
    """The grid's rows with labels that are written once (组别, 姓名 …) given to every row they speak for."""
    rows = _unmerged(grid, candidate)
    if candidate.form.layout in (Layout.RECORDS, Layout.DAYS, Layout.PEOPLE) and "组别" in candidate.columns:
        return _groups_once(rows, candidate)
    return rows


def _unmerged(grid: Grid, candidate: Candidate) -> Rows:
    columns = {candidate.columns[key] for key in _LABEL_COLUMNS if key in candidate.columns}
    spans = [m for m in grid.merges if m[0] > candidate.header and m[2] > m[0] and m[1] in columns]
    if not spans:
        return grid.rows
    rows = list(grid.rows)
    for top, left, bottom, _ in spans:
        for row in range(top + 1, bottom + 1):
            rows[row - 1] = [*rows[row - 1][: left - 1], grid.value(top, left), *rows[row - 1][left:]]
    return rows


def _groups_once(rows: Rows, candidate: Candidate) -> Rows:
    """Fills the groups down where each is named once, on its first row, and its other rows are blank."""
    place = candidate.columns["组别"] - 1
    body = range(candidate.header, len(rows))
    if not body or rows[body[0]][place] is None:
        return rows
    named = [squeeze(str(rows[n][place])) for n in body if rows[n][place] is not None and not is_total(rows[n][place])]
    blank = sum(rows[n][place] is None and sum(v is not None for v in rows[n]) > 1 for n in body)
    if blank <= len(named) or len(set(named)) < len(named):
        return rows
    filled, group = list(rows), None
    for n in body:
        row = rows[n]
        if row[place] is None and sum(value is not None for value in row) > 1:
            filled[n] = [*row[:place], group, *row[place + 1 :]]
        elif row[place] is not None:
            group = row[place]
    return filled


def picked_rows(table: Table, rows: Rows, context: Context, candidate: Candidate) -> Picked:
    """Sheet rows of the records, with the values that follow from a row's place."""
    match table.form.layout:
        case Layout.MONTHS:
            return _months(table, rows, context)
        case Layout.WEEKS:
            return _weeks(table, rows, context, candidate)
        case Layout.KPIS:
            return _kpis(table, rows)
    return _records(table, rows, frozenset(candidate.repeats))


def _records(table: Table, rows: Rows, repeats: frozenset[int]) -> Picked:
    keys = [key for key in table.columns if key != "序号"]
    places = [table.columns[key] - 1 for key in keys]
    needed = [table.columns[key] - 1 for key in (*table.form.required, "工号", "姓名") if key in table.columns]
    heading = [rows[table.header - 1][place] for place in places]
    unnamed = "组别" in table.form.required and not table.has("组别")
    groups = groups_by_row(rows, table.header, table.sheet, table.title) if unnamed else {}
    picked: Picked = []
    for number, row in enumerate(rows[table.header :], start=table.header + 1):
        if number in repeats or (unnamed and number not in groups):
            continue
        if all(row[place] is None for place in needed):
            if any(is_total(value) for value in row[: _LABELS + 4]):
                table.totals.append(number)
        elif any(is_total(value) for value in first_labels(row)) or _sums_only(row):
            table.totals.append(number)
        elif [row[place] for place in places] != heading and not (is_unit_row(row) or _is_note(row) or _is_weekdays(row)):
            picked.append((number, {"组别": groups[number]} if unnamed else {}))
    return picked


def _is_note(row: Sequence[Any]) -> bool:
    """Whether a row holds a single value, or nothing but texts that stand under a table, such as 制表人：内勤."""
    held = [value for value in row if value is not None]
    return len(held) < 2 or all(isinstance(value, str) and _NOTE.match(squeeze(value)) for value in held) or _is_signed(held)  # noqa: PLR2004


def _is_weekdays(row: Sequence[Any]) -> bool:
    """Whether a row below days says which days of the week they are."""
    held = [value for value in row if value is not None]
    days = sum(isinstance(value, str) and _WEEKDAY.fullmatch(squeeze(value)) is not None for value in held)
    return days > _LABELS and days >= len(held) - _LABELS


def _is_signed(held: Sequence[Any]) -> bool:
    """Whether texts that end with a colon stand before what is filled in there: 制表： 李四 审核： 王五."""
    asks = [isinstance(value, str) and squeeze(value).endswith(":") for value in held]
    return asks[0] and len(held) <= 2 * sum(asks) and not any(isinstance(value, float) for value in held)


def _sums_only(row: Sequence[Any]) -> bool:
    """Whether a row holds one or two sums and nothing that says what they belong to."""
    held = [value for value in row if value is not None]
    return len(held) <= 2 and all(isinstance(value, float) for value in held)  # noqa: PLR2004


def first_labels(row: Sequence[Any]) -> list[Any]:
    """The first few values of a row, where its label stands."""
    return [value for value in row if value is not None][:_LABELS]


def _months(table: Table, rows: Rows, context: Context) -> Picked:
    place, group_place = table.columns["月份"] - 1, table.columns.get("组别", 0) - 1
    group = None if group_place >= 0 else _stated_group(table, context)
    picked: Picked = []
    for number, row in enumerate(rows[table.header :], start=table.header + 1):
        if group_place >= 0 and row[group_place] is not None:
            group = context.scope(row[group_place]) or squeeze(str(row[group_place]))
        elif group_place < 0:
            group = _heading_group(row, context) or group
        period = slot(_number(row[place]), context.year, context.cut)
        if period is not None and group is not None:
            picked.append((number, {"月份": period, "组别": group}))
            if len(period.pieces()) > 1:
                table.totals.append(number)
    return picked


def _number(label: object) -> object:
    """In a column of months the text 01 is the number 1."""
    return float(label) if isinstance(label, str) and re.fullmatch(r"\s*\d{1,2}\s*", label) else label


def _heading_group(row: Sequence[Any], context: Context) -> str | None:
    """The group that a line of its own names, above the rows it speaks for."""
    held = [value for value in row if value is not None]
    if len(held) != 1 or not isinstance(held[0], str):
        return None
    inside = [group for group in context.groups if group in squeeze(held[0])]
    return inside[0] if len(inside) == 1 else context.scope(held[0])


def _stated_group(table: Table, context: Context) -> str:
    """The group that a table without a group column speaks of: named by its sheet or title, else the whole department."""
    text = squeeze(table.sheet + table.title)
    named = [group for group in context.groups if group in text]
    return named[0] if len(named) == 1 else WHOLE


def _weeks(table: Table, rows: Rows, context: Context, candidate: Candidate) -> Picked:
    headers = {candidate.header, *candidate.repeats}
    place, own = table.columns["组别"] - 1, table.columns.get("周次", 0) - 1
    week: Period | None = _week_of([table.sheet, table.title], context.year, context.cut)
    picked: Picked = []
    for number, row in enumerate(rows, start=1):
        if number in headers:
            continue
        stated = _week_of([row[own]] if own >= 0 else [v for v in row if v is not None][:3], context.year, context.cut)
        week = stated or week
        if number < candidate.header or week is None:
            continue
        group = context.scope(row[place])
        if group is None and row[place] is None:
            group = next((scope for value in first_labels(row) if (scope := context.scope(value)) is not None), None)
        if group is not None:
            picked.append((number, {"周次": week, "组别": group}))
            if group == WHOLE:
                table.totals.append(number)
    return picked


def _kpis(table: Table, rows: Rows) -> Picked:
    place = table.columns["指标"] - 1
    return [
        (number, {"指标": indicator(row[place])})
        for number, row in enumerate(rows[table.header :], start=table.header + 1)
        if isinstance(row[place], str) and (sum(value is not None for value in row) > 1 or indicator(row[place]) is not None)
    ]


def _week_of(values: Sequence[Any], year: int, cut: int) -> Period | None:
    """The week that a block's heading row states, or ``None``."""
    texts = [value for value in values if isinstance(value, str)]
    return next((week for text in texts if (week := week_in(text, year, cut)) is not None), None)
