"""Questions about headings: several that may be one column, and a missing column where similar headings stand.

A question is asked only where its answer may change a figure: the column counts, and the candidates hold different values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zuxun_xl.book.answers import Kind
from zuxun_xl.book.candidate import Candidate
from zuxun_xl.book.grid import Grid
from zuxun_xl.book.heads import headings_at
from zuxun_xl.cells import address
from zuxun_xl.forms.form import Column, Form, Layout, fold
from zuxun_xl.forms.table import Table
from zuxun_xl.tasks.adopting.question import Option, Question, samples
from zuxun_xl.units import DATE, TEXT, parse_date, parse_number

_COUNTING = frozenset({"工号", "组别", "保单号", "业务类型"})
"""Columns of text that figures depend on; sorts such as 期趸 are told apart by what stands in them."""
_ASIDE = frozenset({"序号", "出生日期"})
_SAMPLE = 300
_READABLE = 0.8
_ENDING = 2
_BASIS = re.compile(r"规模|年化")
"""What a heading says of the way its amounts were reckoned."""


def heading_questions(grid: Grid, table: Table, place: Candidate) -> Iterator[Question]:
    """Columns that several headings of a table in use may mean."""
    names = {} if place.cells else headings_at(grid, place.header)
    for key, columns in _doubts(table, place, names).items():
        taken = table.columns.get(key)
        column = table.form.by_key[key]
        others = [each for each in columns if each != taken and each in names and _holds(grid, table.rows, each, column)]
        offered = [*([taken] if taken in names else []), *others]
        if others and len(offered) > 1 and _differ(grid, table.rows, offered):
            words = "、".join(f"“{names[each]}”" for each in offered)
            yield Question(
                Kind.HEADING, table.form.key, key, table.sheet, address(table.header, offered[0]),
                f"{table.form.key}里{words}都可能是{column.heading}，各有不同的数。用哪一列？",
                tuple(Option(names[each], samples(grid, table.rows, each)) for each in offered), names.get(taken or 0, ""),
            )


def missing_questions(grid: Grid, place: Candidate) -> Iterator[Question]:
    """Columns without which a table cannot be used, where headings stand that look similar."""
    names = headings_at(grid, place.header)
    rows = range(place.header + 1, min(len(grid.rows), place.header + _SAMPLE) + 1)
    for key in place.missing:
        column = place.form.by_key[key]
        alike = [each for each in place.unknown if _alike(place.form, key, names[each]) and _holds(grid, rows, each, column)]
        if alike:
            words = "、".join(f"“{names[each]}”" for each in alike)
            yield Question(
                Kind.HEADING, place.form.key, key, place.sheet, address(place.header, alike[0]),
                f"{place.form.key}没有{column.heading}这一列，相近的表头有{words}。是哪一列？",
                tuple(Option(names[each], samples(grid, rows, each)) for each in alike),
            )


def _doubts(table: Table, place: Candidate, names: dict[int, str]) -> dict[str, tuple[int, ...]]:
    """Column key → headings that may be it."""
    doubts = {key: columns for key, columns in place.rivals.items() if not _is_block(table, columns, names)}
    for key, taken in place.columns.items():
        if key not in place.decided and taken in names and (kin := _kin(table.form, key, place, names[taken])):
            doubts[key] = tuple(dict.fromkeys((*doubts.get(key, (taken,)), *kin)))
    return {key: columns for key, columns in doubts.items() if _counts(table.form, key, place)}


def _is_block(table: Table, columns: Sequence[int], names: dict[int, str]) -> bool:
    """Whether the same heading recurs in a form because its columns are kept in blocks, a month or a group each."""
    bare = {fold(names.get(column, "").partition("（第")[0])[0] for column in columns}
    return table.form.layout is not Layout.RECORDS and len(bare) == 1


def _kin(form: Form, key: str, place: Candidate, heading: str) -> list[int]:
    """Headings that some houses mean by the column, where the one taken states a basis of its own and so leaves open which one counts."""
    if _BASIS.search(heading) is None:
        return []
    return [column for column, text in place.unknown.items() if fold(text)[0] in form.by_key[key].kin]


def _counts(form: Form, key: str, place: Candidate) -> bool:
    """Whether figures depend on a column."""
    column = form.by_key[key]
    if column.unit is TEXT:
        return key in _COUNTING or (key == "姓名" and "工号" not in place.columns)
    return key not in _ASIDE and not column.filled


def _holds(grid: Grid, rows: Sequence[int], place: int, column: Column) -> bool:
    """Whether a column holds anything, and what such a column may hold."""
    held = [value for row in rows if (value := grid.value(row, place)) is not None]
    return bool(held) and sum(_reads(value, column) for value in held) >= _READABLE * len(held)


def _reads(value: object, column: Column) -> bool:
    if column.unit is TEXT:
        return True
    try:
        return (parse_date(value, 2000) if column.unit is DATE else parse_number(value)) is not None
    except ValueError:
        return False


def _differ(grid: Grid, rows: Sequence[int], columns: Sequence[int]) -> bool:
    return any(len({grid.value(row, column) for column in columns}) > 1 for row in rows)


def _alike(form: Form, key: str, heading: str) -> bool:
    """Whether a heading ends as a name of the column ends, or one holds the other."""
    text = fold(heading)[0]
    names = [name for name, own in form.headings.items() if own == key and len(name) >= _ENDING]
    return any(text[-_ENDING:] == name[-_ENDING:] or name in text or (len(text) >= _ENDING and text in name) for name in names)
